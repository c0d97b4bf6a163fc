import type { FillDatabase, NewCommand } from '@fill-tracker/db';
import { isOrderId } from '@fill-tracker/schwab-client';
import { CommandError, UsageError } from './command-error.ts';
import { findStoredOrder } from './show-order.ts';

/**
 * The command to track an order that was placed elsewhere.
 *
 * @throws {UsageError} on a malformed order id, {CommandError} when the account is not known.
 */
export async function trackCommand(
  db: FillDatabase,
  accountId: string | undefined,
  brokerOrderId: string,
  now: number,
): Promise<NewCommand> {
  if (!isOrderId(brokerOrderId)) {
    throw new UsageError(
      `"${brokerOrderId}" is no Schwab order id: it must be digits, as in the Location header of the order.`,
    );
  }
  const account = await chooseAccount(db, accountId);
  return { kind: 'TRACK', accountId: account, brokerOrderId, orderId: null, requestedBy: 'cli', requestedAt: now };
}

/** The command to ask the broker about one order now. */
export async function repollCommand(db: FillDatabase, id: string, now: number): Promise<NewCommand> {
  const { id: orderId, accountId, known } = await findStoredOrder(db, id);
  return {
    kind: 'REPOLL',
    accountId,
    brokerOrderId: known.brokerOrderId,
    orderId,
    requestedBy: 'cli',
    requestedAt: now,
  };
}

async function chooseAccount(db: FillDatabase, accountId: string | undefined): Promise<string> {
  const accounts = await db.listAccounts();
  const names = accounts.map(({ id, maskedNumber }) => `${id} (${maskedNumber})`).join(', ');
  if (accounts.length === 0) {
    throw new CommandError(
      'No account is known yet: the poller learns them from Schwab in its first cycle. Start `poller run` first.',
    );
  }
  if (accountId === undefined) {
    const [only, another] = accounts;
    if (only !== undefined && another === undefined) return only.id;
    throw new UsageError(`--account is needed, for there are several: ${names}`);
  }
  if (accounts.some(({ id }) => id === accountId)) return accountId;
  throw new CommandError(`There is no account ${accountId}. Known: ${names}.`);
}
