import { commandReport, resolveRequest, trackRequest, wholeNumberText } from '@fill-tracker/contract';
import type { FillDatabase } from '@fill-tracker/db';
import { z } from 'zod';
import type { App, Context } from '../../app.ts';
import { ProblemError } from '../../problem-error.ts';
import { findOrder, orderParams } from '../orders/index.ts';
import { lookAtCommand } from './await-command.ts';
import { presentCommand } from './present-command.ts';
import type { QueueCommand, Wish } from './queue-command.ts';

const commandParams = z.object({ id: wholeNumberText(1, Number.MAX_SAFE_INTEGER) });

/** 200 with the outcome when the caller waited for it and it came; 202 while the command is only queued. */
export const COMMAND_RESPONSES = { 200: commandReport, 202: commandReport };

/** What people and bots ask of the poller about orders. */
export function commandRoutes(app: App, { record, clock }: Context, queue: QueueCommand): void {
  app.post(
    '/api/orders',
    {
      schema: { summary: 'Start to track an order placed elsewhere', body: trackRequest, response: COMMAND_RESPONSES },
    },
    async (request, reply) => {
      const db = record();
      const { account: accountId, brokerOrderId } = request.body;
      await assertAccount(db, accountId);
      return await queue(db, { kind: 'TRACK', accountId, brokerOrderId, orderId: null }, request, reply);
    },
  );

  app.post(
    '/api/orders/:id/repoll',
    { schema: { summary: 'Ask the broker about one order now', params: orderParams, response: COMMAND_RESPONSES } },
    async (request, reply) => {
      const db = record();
      const { id: orderId, accountId, known } = await findOrder(db, request.params.id);
      if (known.brokerOrderId === '') {
        throw new ProblemError(409, `Order ${orderId} was imported without the broker's id: nobody can be asked.`);
      }
      const wish: Wish = { kind: 'REPOLL', accountId, brokerOrderId: known.brokerOrderId, orderId };
      return await queue(db, wish, request, reply);
    },
  );

  app.post(
    '/api/orders/:id/resolve',
    {
      schema: {
        summary: 'Decide what reports leave open of an order: close it, accept transactions, link a replacement',
        params: orderParams,
        body: resolveRequest,
        response: COMMAND_RESPONSES,
      },
    },
    async (request, reply) => {
      const db = record();
      const { id: orderId, accountId, known } = await findOrder(db, request.params.id);
      const brokerOrderId = known.brokerOrderId === '' ? null : known.brokerOrderId;
      const wish: Wish = { kind: 'RESOLVE', accountId, brokerOrderId, orderId, payload: request.body };
      return await queue(db, wish, request, reply);
    },
  );

  app.get(
    '/api/commands/:id',
    { schema: { summary: 'What became of a command', params: commandParams, response: { 200: commandReport } } },
    async ({ params: { id } }) => {
      const standing = await lookAtCommand(record(), clock, id);
      if (standing === null) throw new ProblemError(404, `There is no command ${id}.`);
      return presentCommand(standing);
    },
  );
}

/** @throws {ProblemError} 404 naming the accounts that there are */
async function assertAccount(db: FillDatabase, accountId: string): Promise<void> {
  const accounts = await db.listAccounts();
  if (accounts.some(({ id }) => id === accountId)) return;
  const known = accounts.map(({ id }) => id).join(', ') || 'none yet: the poller learns them in its first cycle';
  throw new ProblemError(404, `There is no account ${accountId}. Known: ${known}.`, {
    errors: [{ in: 'body', name: 'account', message: 'is not the id of an account' }],
  });
}
