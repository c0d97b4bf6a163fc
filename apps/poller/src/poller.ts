import type { FillDatabase } from '@fill-tracker/db';
import type { Instant, MarketCalendar, PollSettings, SweepMemory } from '@fill-tracker/domain';
import type { Clock, SchwabClient } from '@fill-tracker/schwab-client';
import type { AlertWatch } from './alerts/watch-record.ts';
import type { DeadManSwitch } from './alerts/dead-man-switch.ts';
import type { BlindWatch } from './blind/blind-watch.ts';
import type { AccountDirectory } from './cycle/account-directory.ts';
import type { PendingOrders } from './cycle/pending-orders.ts';
import type { UnwrittenCycles } from './cycle/quiet-cycles.ts';
import type { SeenReports } from './cycle/seen-reports.ts';
import type { PollerEvents } from './events.ts';
import type { SignInWatch } from './sign-in/watch-sign-in.ts';

/** Everything a poll cycle works with. Time and randomness come in here, and nowhere else. */
export interface Poller {
  /** Names this process in the lease, such as `host:4711:9f2c`. */
  readonly owner: string;
  readonly db: FillDatabase;
  readonly client: SchwabClient;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly settings: PollSettings;
  readonly discoversOrders: boolean;
  /** Asks the broker for its own hours of today, at most once a day. Never throws on the broker's account. */
  readonly learnMarketHours: (signal: AbortSignal) => Promise<void>;
  /** Today's calendar; it may learn the broker's own hours. */
  readonly calendar: () => MarketCalendar;
  readonly accounts: AccountDirectory;
  readonly pending: PendingOrders;
  readonly unwrittenCycles: UnwrittenCycles;
  /** Since when this run watches, the lease's beginning. Replaced with each. */
  watchingSince: Instant;
  /** The list calls that reached back to orders of earlier dates. Replaced with each. */
  sweeps: SweepMemory;
  readonly seen: SeenReports;
  /** What was told of orders that cannot be read: each is told once, not every second. */
  readonly toldUnreadable: SeenReports;
  /** When each pending order was last asked for by id, by our order id. */
  readonly lastAskedAt: Map<number, number>;
  /** When the broker last answered such a question, by our order id. */
  readonly answeredAt: Map<number, number>;
  /** Calls sent to the broker so far. */
  readonly requestsMade: () => number;
  readonly events: PollerEvents;
  readonly signInWatch: SignInWatch;
  /** When it could not see. */
  readonly blindWatch: BlindWatch;
  /** Finds what needs a person while this poller is at work. */
  readonly alertWatch: AlertWatch;
  /** Whether the webhook is to be told of fills. */
  readonly notifiesFills: boolean;
  readonly deadMan: DeadManSwitch;
}
