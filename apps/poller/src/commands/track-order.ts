import type { Command } from '@fill-tracker/db';
import { newlyKnownOrder } from '@fill-tracker/domain';
import { commitOfTracking } from '../cycle/reconcile-reports.ts';
import type { Poller } from '../poller.ts';
import { done, type Effect, failed } from './effect.ts';

/** The order is watched from this commit on; what the broker says of it comes with the cycle that follows. */
export async function trackOrder(poller: Poller, command: Command): Promise<Effect> {
  const { accountId, brokerOrderId } = command;
  if (brokerOrderId === null) return failed(command, 'the command names no order id');
  const account = (await poller.db.listAccounts()).find(({ id }) => id === accountId);
  if (account === undefined) return failed(command, `there is no account ${accountId ?? '(none named)'}`);
  const [known] = await poller.db.loadOrdersByBrokerIds(account.id, [brokerOrderId]);
  if (known !== undefined) return done(command, { tracked: true, alreadyTracked: true, orderId: known.id });
  const order = newlyKnownOrder(brokerOrderId, 'TRACKED', poller.clock.now());
  const commit = commitOfTracking(account.id, order, command.requestedBy);
  return done(command, { tracked: true, alreadyTracked: false }, { orders: [commit] });
}
