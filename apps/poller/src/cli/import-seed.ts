import { hostname } from 'node:os';
import type { ImportSummary } from '@fill-tracker/contract';
import type { FillDatabase } from '@fill-tracker/db';
import { createUnwrittenCycles } from '../cycle/quiet-cycles.ts';
import { allOf } from '../events.ts';
import { underLease } from '../backfill/under-lease.ts';
import { EXIT } from './command-error.ts';
import type { Output } from './output.ts';
import { processParts } from '../process-parts.ts';

export const IMPORT_HELP = `
Takes over the executions of the older bot's SQLite database, which is only read. Doing it again adds nothing twice.
That bot wrote price 0 where it did not know one: such orders keep it, flagged NOT_BACKFILLED, until \`poller backfill\`
has asked Schwab. Stop the poller first: one process writes the record.
`;

export interface ImportOptions {
  readonly file: string;
  /** Our short id of the account whose orders they are. */
  readonly account: string;
  readonly isJson: boolean;
}

/** Exit status 1 when rows had to be left out. */
export async function importSeedFile(
  db: FillDatabase,
  { file, account, isJson }: ImportOptions,
  output: Output,
): Promise<number> {
  const { clock, processId } = processParts();
  const owner = `${hostname()}:${processId}`;
  const seeker = { owner, db, clock, events: allOf(), unwrittenCycles: createUnwrittenCycles() };
  const imported = await underLease(seeker, 'The import', ({ fencing }) =>
    db.importSeed(file, { accountId: account, fencing, now: clock.now() }),
  );
  const { length: toBackfill } = await db.loadToBackfill(account);
  const summary: ImportSummary = { account, ...imported, problems: [...imported.problems], toBackfill };
  if (isJson) output.json(summary);
  else output.line(summaryText(summary));
  return summary.problems.length === 0 ? EXIT.fine : EXIT.problem;
}

function summaryText({ account, rows, added, alreadyKnown, problems, toBackfill }: ImportSummary): string {
  const next = toBackfill > 0 ? '; `poller backfill` asks Schwab about them' : '';
  return [
    `${rows} rows read: ${added} orders added to ${account}, ${alreadyKnown} known before, ${problems.length} left out`,
    ...problems.map(({ row, problem }) => `  row ${row}: ${problem}`),
    `${toBackfill} orders whose price or end the broker has not confirmed${next}`,
  ].join('\n');
}
