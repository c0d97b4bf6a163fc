import type { DayVerification } from '@fill-tracker/contract';
import { tradingDateAt } from '@fill-tracker/domain';
import type { PolledAccount } from '../cycle/account-directory.ts';
import type { Poller } from '../poller.ts';
import { lastFinishedDate, tradingDay, type TradingDay } from '../witness/trading-day.ts';
import { verifyDay } from '../witness/verify-day.ts';
import { CommandError, EXIT, UsageError } from './command-error.ts';
import type { Output } from './output.ts';
import { verificationText } from './verify-text.ts';

export const VERIFY_HELP = `
Asks Schwab for the orders and the transactions of one New York date and holds the record against them: every order,
every fill, every cent. Exit status 0 when all agree, 1 with any difference, or when an answer did not come whole.

The certificate ends with a hash of the record's statement of that date: the same as long as the record says the same.
Verdicts are kept in the record unless a poller is at work, which alone may write it.
`;

export interface VerifyOptions {
  /** Such as `2026-01-05`; the last finished session when left out. */
  readonly date?: string;
  /** Our short id; all accounts when left out. */
  readonly account?: string;
  readonly isJson: boolean;
}

/** Prints the certificate of one date. Exit status 0 without any difference. */
export async function verify(
  poller: Poller,
  options: VerifyOptions,
  signal: AbortSignal,
  output: Output,
): Promise<number> {
  const day = dayOf(poller, options.date);
  const accounts = await chosenAccounts(poller, options.account, signal);
  const verification = await verifyDay(poller, accounts, day, signal);
  if (options.isJson) output.json(verification);
  else output.line(verificationText(verification));
  for (const note of notesOn(verification, day, poller.clock.now())) output.note(note);
  return verification.differences.length + verification.unreadable.length === 0 ? EXIT.fine : EXIT.problem;
}

function dayOf(poller: Poller, date: string | undefined): TradingDay {
  const now = poller.clock.now();
  const day = tradingDay(date ?? lastFinishedDate(poller.calendar(), now));
  if (day === null) throw new UsageError(`--date must be a New York date such as 2026-01-05, not "${date ?? ''}"`);
  if (day.from > now) throw new UsageError(`--date ${day.date} has not begun: in New York it is ${tradingDateAt(now)}`);
  return day;
}

/**
 * The accounts of this login that a command is about.
 *
 * @throws {UsageError} when the one that is named is not among them, {CommandError} when there is none.
 */
export async function chosenAccounts(
  poller: Poller,
  wanted: string | undefined,
  signal: AbortSignal,
): Promise<readonly PolledAccount[]> {
  const accounts = await poller.accounts.current(signal);
  if (accounts.length === 0) throw new CommandError('Schwab shows no account for this sign-in, or all are disabled.');
  const chosen = accounts.filter(({ id }) => wanted === undefined || id === wanted);
  if (chosen.length > 0) return chosen;
  throw new UsageError(`There is no account ${wanted}. Known: ${accounts.map(({ id }) => id).join(', ')}.`);
}

/** What a reader should know besides, on stderr. */
function notesOn(
  { date, leaseHolder, isStored, isListed }: DayVerification,
  day: TradingDay,
  now: number,
): readonly string[] {
  return [
    ...(isStored
      ? []
      : [`The verdicts were not kept: the poller ${leaseHolder ?? ''} is at work, and it alone writes the record.`]),
    ...(isListed
      ? []
      : [`${date} lies too far back for the broker's list of orders: only transactions were asked for.`]),
    ...(now <= day.to ? [`${date} is not over in New York: orders may still change, and transactions come late.`] : []),
  ];
}
