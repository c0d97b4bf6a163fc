/** What people read of one order, and of orders that only one side knows, over a record that a poller wrote. */
import { commandAnswer, fullOrder, orderAsKnown, orphans, resolveRequest } from '@fill-tracker/contract';
import { decimal } from '@fill-tracker/domain';
import { describe, expect, it } from 'vitest';
import { createWorld, type OwningTest, type World } from '../testing/world.ts';
import { CommandError, UsageError } from './command-error.ts';
import type { Output } from './output.ts';
import { showOrphans } from './orphans.ts';
import { printResolution, resolveCommand } from './resolve.ts';
import { showOrder, showOrderAsKnown } from './show-order.ts';

/** Keeps what is printed. */
function collecting(): Output & { readonly text: () => string; readonly values: unknown[] } {
  const lines: string[] = [];
  const values: unknown[] = [];
  return {
    json: (value) => void values.push(JSON.parse(JSON.stringify(value))),
    line: (text) => void lines.push(text),
    note: () => undefined,
    text: () => lines.join('\n'),
    values,
  };
}

/** A record with one order that was replaced after a part had filled, and the one that took its place. */
async function openWithChain(test: OwningTest): Promise<{ world: World; old: string; next: string }> {
  const world = await createWorld(test);
  const old = world.script({
    quantity: '10',
    fills: [{ afterMs: 0, quantity: '4', price: '22.5' }],
    replacedBy: { afterMs: 100, limitPrice: '22.8', fills: [{ afterMs: 1_200, quantity: '6', price: '22.55' }] },
  });
  await world.startPoller();
  const completed = () => world.record.findOrders({ limit: 9, status: 'COMPLETED' });
  await world.until('both fills', async () => (await completed()).length === 2);
  const ids = (await completed()).map(({ known }) => known.brokerOrderId);
  return { world, old, next: ids.find((id) => id !== old) ?? '' };
}

describe.concurrent('show', () => {
  it.concurrent('tells the chain with its basis and its totals', async (test) => {
    const { world, old, next } = await openWithChain(test);
    const output = collecting();
    await showOrder(world.record, next, false, output);
    const text = output.text();
    expect(text).toContain('Replacement chain, oldest first:');
    expect(text).toMatch(new RegExp(`  ${(await world.order(old)).id} +${old} .* 4/10 +22\\.5 +PARTIALLY_FILLED`));
    expect(text).toMatch(new RegExp(`> ${(await world.order(next)).id} +${next} .* inferred`));
    expect(text).toContain('Over all 2 orders: filled 10, sum 225.3, average 22.53');
    expect(text).toContain('Why this price: (6 x 22.55) / 6 = 135.3 / 6, which is 22.55 to 8 places');
    await showOrder(world.record, old, true, output);
    expect(fullOrder.strict().parse(output.values[0]).chainTotals).toMatchObject({ filledQuantity: '10' });
  });

  it.concurrent('goes back to what was known at an instant, from the audit trail', async (test) => {
    const { world, old } = await openWithChain(test);
    const { id, audit } = await world.order(old);
    const added = audit[0]?.recordedAt ?? 0;
    const now = Date.now();
    const at = async (instant: number, isJson: boolean) => {
      const output = collecting();
      const back = { at: new Date(instant).toISOString(), now };
      await showOrderAsKnown(world.record, String(id), back, isJson, output);
      return isJson ? orderAsKnown.strict().parse(output.values[0]) : output.text();
    };
    expect(await at(added - 1, true)).toMatchObject({ id, known: null, recordedSince: new Date(added).toISOString() });
    expect(await at(added - 1, false)).toContain('Not in the record yet');
    expect(await at(now, true)).toMatchObject({
      known: { status: 'COMPLETED', outcome: 'PARTIALLY_FILLED', averagePrice: '22.5', fills: [{ quantity: '4' }] },
    });
    expect(await at(now, false)).toMatch(/COMPLETED, PARTIALLY_FILLED; the broker had said REPLACED/);
  });

  it.concurrent.for(['yesterday', '2026-01-05T15:00', '2999-01-01T00:00:00Z'])(
    'refuses the instant %s',
    async (at, test) => {
      const { record } = await createWorld(test);
      const back = { at, now: Date.now() };
      await expect(showOrderAsKnown(record, '1', back, false, collecting())).rejects.toThrow(UsageError);
    },
  );
});

describe.concurrent('orphans', () => {
  it.concurrent('name the command that tracks them', async (test) => {
    const world = await createWorld(test);
    const { poller, stop } = await world.startPoller();
    await world.until('the account', async () => (await world.record.listAccounts()).length > 0);
    await stop();
    const lease = await world.record.acquireLease({ owner: 'test', now: Date.now(), ttlMs: 60_000 });
    const sighting = {
      accountId: 'A1',
      brokerOrderId: '4001',
      symbol: 'GME',
      instruction: 'BUY',
      quantity: decimal('10'),
      brokerStatus: 'WORKING',
      enteredAt: null,
      seenAt: poller.clock.now(),
    };
    await world.record.commitPollCycle({
      fencing: lease?.fencing ?? 0,
      committedAt: Date.now(),
      cycle: null,
      orders: [],
      commands: [],
      sightings: [sighting],
    });
    const output = collecting();
    await showOrphans(world.record, true, output);
    expect(orphans.strict().parse(output.values[0]).untracked).toMatchObject([{ brokerOrderId: '4001' }]);
    await showOrphans(world.record, false, output);
    expect(output.text()).toContain('poller track --account A1 --order-id 4001');
    expect(output.text()).toContain('The broker knows every order');
  });
});

describe.concurrent('resolve', () => {
  it.concurrent('names orders by our id or by the broker’s, and says each word once', async (test) => {
    const { world, old, next } = await openWithChain(test);
    const { id } = await world.order(old);
    const payloadOf = async (options: Parameters<typeof resolveCommand>[2]) => {
      const command = await resolveCommand(world.record, next, options, 1);
      expect(command).toMatchObject({ kind: 'RESOLVE', accountId: 'A1', brokerOrderId: next, requestedBy: 'cli' });
      return resolveRequest.parse(command.payload);
    };
    const reason = 'because';
    expect(await payloadOf({ reason })).toEqual({ action: 'close', reason });
    expect(await payloadOf({ reason, close: true, by: 'Ann' })).toEqual({ action: 'close', reason, by: 'Ann' });
    expect(await payloadOf({ reason, acceptTransactions: true })).toEqual({ action: 'accept-transactions', reason });
    expect(await payloadOf({ reason, replaces: 'none' })).toEqual({ action: 'unlink', reason });
    expect(await payloadOf({ reason, replaces: old })).toEqual({ action: 'link', replaces: id, reason });

    await expect(payloadOf({ reason, close: true, replaces: 'none' })).rejects.toThrow(UsageError);
    await expect(payloadOf({ reason: ' ' })).rejects.toThrow('--reason must not be empty');
    await expect(payloadOf({ reason, replaces: '999' })).rejects.toThrow(CommandError);
  });

  it.concurrent.for([
    ['FAILED', { problem: 'It is alive.' }, 'running', 'Not done: It is alive.', 1],
    ['QUEUED', null, 'stopped', 'Queued: no poller is at work (stopped); it is kept', 1],
    ['QUEUED', null, 'running', 'Queued; the poller has not come to it yet.', 1],
    [
      'DONE',
      {
        action: 'link',
        changed: true,
        before: { ...standing('PENDING'), replaces: null },
        after: { ...standing('PENDING'), replaces: 7 },
        fillsAdded: 0,
        fillsWithdrawn: 0,
      },
      'running',
      'Done: replaces no order -> replaces order 7.',
      0,
    ],
    [
      'DONE',
      {
        action: 'accept-transactions',
        changed: true,
        before: { ...standing('PENDING'), flags: ['FILLS_DO_NOT_SUM'] },
        after: { ...standing('COMPLETED'), outcome: 'FILLED', averagePrice: '22.5' },
        fillsAdded: 2,
        fillsWithdrawn: 1,
      },
      'running',
      'Done: PENDING, 10 filled, FILLS_DO_NOT_SUM -> COMPLETED, FILLED, 10 filled at 22.5 (2 fills added, 1 taken back).',
      0,
    ],
  ] as const)('says of %s %j, with a poller %s: %s', ([state, outcome, pollerState, words, status]) => {
    const output = collecting();
    const answer = commandAnswer.parse({ commandId: 1, kind: 'RESOLVE', state, outcome, pollerState });
    expect(printResolution(answer, false, output)).toBe(status);
    expect(output.text()).toContain(words);
    printResolution(answer, true, output);
    expect(output.values).toEqual([answer]);
  });
});

function standing(status: string) {
  return { status, outcome: null, filledQuantity: '10', averagePrice: null, netPrice: null, flags: [] };
}
