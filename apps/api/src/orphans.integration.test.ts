import { orphans } from '@fill-tracker/contract';
import { decimal } from '@fill-tracker/domain';
import { MONDAY_TEN, orderOf } from '@fill-tracker/domain/testing';
import { expect, it } from 'vitest';
import { buildTestApi } from './testing/api.ts';
import { NOW, openTestRecord } from './testing/record.ts';

const SEEN = {
  accountId: 'A2',
  brokerOrderId: '4001',
  symbol: 'GME',
  instruction: 'BUY',
  quantity: decimal('10.5'),
  brokerStatus: 'WORKING',
  enteredAt: MONDAY_TEN,
  seenAt: NOW,
};

it('tells of orders that nobody tracks, and what tracks them; and of those that the broker does not know', async () => {
  const record = await openTestRecord();
  await record.report([orderOf({ brokerOrderId: '1' }), orderOf({ brokerOrderId: '2' })]);
  await record.note({ sightings: [SEEN] });
  await record.miss('2', NOW + 100_000);
  await record.miss('2', NOW + 200_000);
  const { app } = await buildTestApi({ record: record.db });
  const answer = orphans.strict().parse((await app.inject('/api/orphans')).json());
  const body = { account: 'A2', brokerOrderId: '4001' };
  expect(answer).toMatchObject({
    untracked: [
      {
        account: { id: 'A2', maskedNumber: '...8765' },
        quantity: '10.5',
        lastSeenAt: new Date(NOW).toISOString(),
        adopt: { command: 'poller track --account A2 --order-id 4001', body },
      },
    ],
    untrackedIsCapped: false,
    unknownToBroker: [{ id: 2, absences: 2, absentSince: new Date(NOW + 100_000).toISOString() }],
    unknownToBrokerIsCapped: false,
  });
  const adopted = await app.inject({
    method: 'POST',
    url: '/api/orders',
    payload: answer.untracked[0]?.adopt.body ?? {},
  });
  expect(adopted.statusCode).toBe(202);
});

it('tells when there is none', async () => {
  const record = await openTestRecord();
  await record.report([orderOf()]);
  const { app } = await buildTestApi({ record: record.db });
  expect((await app.inject('/api/orphans')).json()).toMatchObject({ untracked: [], unknownToBroker: [] });
});
