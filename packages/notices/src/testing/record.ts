/** A record with what there is to tell of, and a receiver to tell it to. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FillDatabase, openDatabase } from '@fill-tracker/db';
import { decimal, newlyKnownOrder, reconcileOrder, type StandingAlert } from '@fill-tracker/domain';
import { fillActivity, MONDAY_TEN, orderOf } from '@fill-tracker/domain/testing';
import { onTestFinished } from 'vitest';

export const NOW = MONDAY_TEN + 5_000;

export async function openRecord(file?: string): Promise<{ db: FillDatabase; file: string }> {
  const directory = mkdtempSync(join(tmpdir(), 'fill-tracker-notices-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const path = file ?? join(directory, 'record.db');
  const db = await openDatabase({ file: path, broker: { baseUrl: 'simulator', mode: 'demo' }, now: () => NOW });
  onTestFinished(() => db.close());
  return { db, file: path };
}

/** Records orders of one fill each, told to the webhook; gives the numbers of their fills. */
export async function recordFills(db: FillDatabase, count: number, symbol = 'GME'): Promise<readonly number[]> {
  await db.upsertAccount({ hash: 'HASH-1', maskedNumber: '...4321' });
  const lease = await db.acquireLease({ owner: 'poller', now: NOW, ttlMs: 10_000 });
  if (lease === null) throw new Error('The lease is taken');
  const first = (await db.lastFillSequence()) + 1;
  const orders = Array.from({ length: count }, (_, i) => {
    const reported = orderOf({
      brokerOrderId: String(1_000_000_000_000 + first + i),
      brokerStatus: 'FILLED',
      quantity: decimal('100'),
      filledQuantity: decimal('100'),
      activities: [fillActivity({ price: '22.7', quantity: '100', activityId: String(first + i) })],
    });
    const legs = reported.legs.map((leg) => ({ ...leg, symbol }));
    const known = newlyKnownOrder(reported.brokerOrderId, 'DISCOVERED', NOW);
    const reconciliation = reconcileOrder(known, { ...reported, legs }, NOW, NOW + 100);
    return { id: null, accountId: 'A1', reconciliation, evidence: null, actor: 'poller' };
  });
  await db.commitPollCycle({
    fencing: lease.fencing,
    committedAt: NOW + 200,
    cycle: null,
    orders,
    commands: [],
    notifiesFills: true,
  });
  return Array.from({ length: count }, (_, i) => first + i);
}

export function anAlert(part: Partial<StandingAlert> = {}): StandingAlert {
  return {
    cause: 'broker-unreachable',
    subject: '',
    since: NOW - 60_000,
    summary: 'Schwab has not answered as it should for 1 min.',
    detail: { cycles: 3 },
    ...part,
  };
}

export interface Received {
  readonly headers: IncomingHttpHeaders;
  /** The bytes that were signed. */
  readonly text: string;
  readonly body: { readonly type: string; readonly id: string; readonly sequence?: number; readonly text: string };
}

export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  /** Resolves when the condition holds, which is looked at after each message. */
  readonly until: (condition: () => boolean) => Promise<void>;
}

/** What to answer to a message; `silence` never answers, `cut` breaks the connection. */
export type Answer = number | 'silence' | 'cut';

/** A webhook's other end, on loopback. */
export async function startReceiver(
  answerTo: (message: Received, count: number) => Answer = () => 204,
): Promise<Receiver> {
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const message = { headers: request.headers, text, body: JSON.parse(text) as Received['body'] };
      received.push(message);
      const answer = answerTo(message, received.length);
      if (answer === 'cut') request.socket.destroy();
      else if (answer !== 'silence') response.writeHead(answer, { location: '/elsewhere' }).end('its body is ignored');
      for (const wake of waiting) wake();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?key=canary-in-the-address`,
    received,
    async until(condition) {
      while (!condition()) {
        await new Promise<void>((resolve) => {
          const wake = (): void => {
            waiting.delete(wake);
            resolve();
          };
          waiting.add(wake);
        });
      }
    },
  };
}
