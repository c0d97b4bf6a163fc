import type { Account } from '../accounts.ts';
import type { FillDatabase } from '../fill-database.ts';
import type { OrderView } from '../orders.ts';
import { decimalTextOrNull } from '../rows/decimal-text.ts';
import { instantText, instantTextOrNull } from '../rows/instant-text.ts';
import type { StoredSighting } from '../sightings.ts';
import { presentOrder } from './present-order.ts';

/** Of each kind, more than anybody goes through one by one. */
const MOST_SHOWN = 500;

/** Where the record and the broker do not know of the same orders: what `poller orphans` and the API answer. */
export async function readOrphans(db: FillDatabase) {
  const [sightings, accounts, pending, looks] = await Promise.all([
    db.listSightings(MOST_SHOWN + 1),
    db.listAccounts(),
    db.loadPendingOrders(),
    db.readLooks(),
  ]);
  const isAbsent = ({ known }: Pick<OrderView, 'known'>): boolean =>
    known.absence !== null || known.state.flags.includes('NOT_FOUND');
  const absent = pending.filter(isAbsent);
  const shown = await Promise.all(absent.slice(0, MOST_SHOWN).map(({ id }) => db.findOrder({ id })));
  return {
    untracked: sightings.slice(0, MOST_SHOWN).map((sighting) => presentSighting(sighting, accounts)),
    untrackedIsCapped: sightings.length > MOST_SHOWN,
    // Read again: what the broker has told of meanwhile is no orphan.
    unknownToBroker: shown.flat().filter(isAbsent).map(presentAbsent),
    unknownToBrokerIsCapped: absent.length > MOST_SHOWN,
  };

  function presentAbsent(view: OrderView) {
    const { absence } = view.known;
    const absentSince = instantTextOrNull(absence?.since ?? null);
    return { ...presentOrder(view, looks), absentSince, absences: absence?.count ?? 0 };
  }
}

function presentSighting(sighting: StoredSighting, accounts: readonly Account[]) {
  const { accountId, brokerOrderId, symbol, instruction, brokerStatus } = sighting;
  const account = accounts.find(({ id }) => id === accountId);
  return {
    account: { id: accountId, maskedNumber: account?.maskedNumber ?? '' },
    brokerOrderId,
    symbol,
    instruction,
    quantity: decimalTextOrNull(sighting.quantity),
    brokerStatus,
    enteredAt: instantTextOrNull(sighting.enteredAt),
    firstSeenAt: instantText(sighting.firstSeenAt),
    lastSeenAt: instantText(sighting.lastSeenAt),
    adopt: {
      command: `poller track --account ${accountId} --order-id ${brokerOrderId}`,
      body: { account: accountId, brokerOrderId },
    },
  };
}
