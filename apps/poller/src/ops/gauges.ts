import { SECOND } from '@fill-tracker/domain';
import type { OrderCounts, SignIn } from '@fill-tracker/db';
import type { BudgetState, ClockSkew } from '@fill-tracker/schwab-client';
import { Gauge, type Registry } from 'prom-client';
import type { LoopProgress } from '../loop/loop-progress.ts';

/** What is looked at when somebody asks for the metrics, and not before. */
export interface MetricSources {
  readonly progress: () => LoopProgress;
  readonly budget: () => BudgetState;
  readonly clockSkew: () => ClockSkew | null;
  readonly countOrders: () => Promise<OrderCounts>;
  readonly readSignIn: () => Promise<SignIn | null>;
  readonly now: () => number;
}

/**
 * How things stand at this moment. What is not known has no sample, rather than a 0 that would be a lie. A database that
 * fails leaves its gauges out; the others are answered.
 *
 * @param sources null until the poller has been put together
 */
export function registerGauges(registry: Registry, sources: () => MetricSources | null): void {
  const gauge = (name: string, help: string, read: (from: MetricSources) => Reading | Promise<Reading>): void => {
    const made = new Gauge({
      name: `fill_tracker_${name}`,
      help,
      registers: [registry],
      async collect() {
        const from = sources();
        const value = from === null ? null : await Promise.resolve(read(from)).catch(() => null);
        if (value === null) made.remove();
        else made.set(value);
      },
    });
  };
  ordersByStatus(registry, sources);
  gauge('next_poll_timestamp_seconds', 'When the next poll is due, Unix time.', ({ progress }) =>
    inSeconds(progress().next?.at),
  );
  gauge(
    'consecutive_failed_cycles',
    'Cycles in a row that examined nothing; 0 when the last one did.',
    ({ progress }) => progress().consecutiveFailures,
  );
  gauge(
    'broker_budget_requests_per_minute',
    'The ceiling of calls to the broker in any minute.',
    ({ budget }) => budget().perMinute,
  );
  gauge(
    'broker_budget_used_requests',
    'Calls to the broker in the last minute.',
    ({ budget }) => budget().usedLastMinute,
  );
  gauge('broker_calls_waiting', 'Calls that wait for their turn in the budget.', ({ budget }) => budget().waiting);
  gauge(
    'broker_pause_seconds',
    'How long a 429 of the broker still holds every call back; 0 when none does.',
    (from) => Math.max(0, (from.budget().pausedUntil ?? from.now()) - from.now()) / SECOND,
  );
  gauge('sign_in_expires_timestamp_seconds', 'When somebody has to sign in again, Unix time.', async (from) =>
    inSeconds((await from.readSignIn())?.refreshExpiresAt),
  );
  gauge('clock_skew_seconds', "This machine's clock less the broker's; above 0 when ours is ahead.", (from) =>
    inSeconds(from.clockSkew()?.aheadMs),
  );
  gauge('clock_skew_uncertainty_seconds', 'The true skew lies at most this far to either side.', (from) =>
    inSeconds(from.clockSkew()?.uncertaintyMs),
  );
}

/** Null: not known. */
type Reading = number | null;

function ordersByStatus(registry: Registry, sources: () => MetricSources | null): void {
  const orders = new Gauge({
    name: 'fill_tracker_orders',
    help: 'Orders in the record by status; attention counts those that carry a flag, whatever their status.',
    labelNames: ['status'],
    registers: [registry],
    async collect() {
      const counts =
        (await sources()
          ?.countOrders()
          .catch(() => null)) ?? null;
      orders.reset();
      if (counts === null) return;
      const { pending, completed, failed, attention } = counts;
      for (const [status, count] of Object.entries({ pending, completed, failed, attention })) {
        orders.set({ status }, count);
      }
    },
  });
}

function inSeconds(ms: number | null | undefined): Reading {
  return ms === null || ms === undefined ? null : ms / SECOND;
}
