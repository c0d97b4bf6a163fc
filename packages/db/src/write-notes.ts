/** What a commit notes beside the orders themselves. It is written after them, so it may speak of orders new in it. */
import type { BlindSpot } from '@fill-tracker/domain';
import { type BackfilledSpot, concludeBackfills, writeBlindSpots } from './blind-spots.ts';
import type { Queries } from './connection.ts';
import { orderName } from './order-keys.ts';
import { type OrderLink, writeOrderLinks } from './order-links.ts';
import { type RecheckCommit, writeRechecks } from './rechecks.ts';
import { writeAllButRefused } from './savepoints.ts';
import { type Sighting, writeSightings } from './sightings.ts';
import { type VerificationCommit, writeVerifications } from './verifications.ts';

export interface CommitNotes {
  /** When ended orders are to be looked at once more. */
  readonly rechecks?: readonly RecheckCommit[];
  /** What the account's transactions say of orders; each takes the place of the order's last verdict. */
  readonly verifications?: readonly VerificationCommit[];
  /** What people say of replacements. */
  readonly links?: readonly OrderLink[];
  /** Orders that the broker lists and nobody tracks. */
  readonly sightings?: readonly Sighting[];
  /** The blind spot as it stands: opened, or over. */
  readonly blindSpots?: readonly BlindSpot[];
  /** Blind spots of which everything is in the record now. */
  readonly backfilledSpots?: readonly BackfilledSpot[];
}

export interface RefusedNote {
  /** Such as `recheck of order 12`. */
  readonly about: string;
  readonly problem: string;
}

/** Writes all notes but those that the database refuses, such as of an order that it refused. */
export async function writeNotes(transaction: Queries, notes: CommitNotes): Promise<readonly RefusedNote[]> {
  const { rechecks = [], verifications = [], links = [], sightings = [] } = notes;
  const { blindSpots = [], backfilledSpots = [] } = notes;
  return [
    ...(await writeEach(transaction, rechecks, writeRechecks, (note) => `recheck of ${orderName(note)}`)),
    ...(await writeEach(transaction, verifications, writeVerifications, (note) => `verdict on ${orderName(note)}`)),
    ...(await writeEach(transaction, links, writeOrderLinks, (note) => `replacement link of ${orderName(note)}`)),
    ...(await writeEach(transaction, sightings, writeSightings, (note) => `sighting of ${orderName(note)}`)),
    ...(await writeEach(transaction, blindSpots, writeBlindSpots, ({ cause }) => `blind spot (${cause})`)),
    ...(await writeEach(transaction, backfilledSpots, concludeBackfills, ({ id }) => `back-fill of blind spot ${id}`)),
  ];
}

async function writeEach<Note>(
  transaction: Queries,
  notes: readonly Note[],
  write: (savepoint: Queries, notes: readonly Note[]) => Promise<void>,
  nameOf: (note: Note) => string,
): Promise<readonly RefusedNote[]> {
  const { refused } = await writeAllButRefused(transaction, notes, async (savepoint, some) => {
    await write(savepoint, some);
    return [];
  });
  return refused.map(({ item, problem }) => ({ about: nameOf(item), problem }));
}
