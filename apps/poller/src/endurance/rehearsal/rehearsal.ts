/**
 * A poller at work in simulated time: the real loop, the real client, a real SQLite database and the real simulator, in
 * one process and on one clock that leaps over all waiting. No sockets, no seconds of anybody's wall clock.
 */
import { type FillDatabase, openDatabase, type OrderView } from '@fill-tracker/db';
import { type Instant, MINUTE, type MarketCalendar, type PollSettings } from '@fill-tracker/domain';
import {
  DEMO_CREDENTIALS,
  type FaultInput,
  type RunningSimulator,
  type ScriptedOrderInput,
  startSimulator,
} from '@fill-tracker/schwab-simulator';
import { type Difference, differencesFromTruth } from '../../cli/compare-with-truth.ts';
import { createPoller } from '../../create-poller.ts';
import { newPollerLife, type PollerLife, runPoller } from '../../loop/run-poller.ts';
import { openTokenStore } from '../../sign-in/open-token-store.ts';
import { SIGN_IN_LIFE_MS } from '../../sign-in/sign-in-life.ts';
import { type HeardEvents, hearing } from '../../testing/heard-events.ts';
import { configFor, DEMO_BROKER, type OwningTest } from '../../testing/world.ts';
import { breakableLine } from './breakable-line.ts';
import { countCalls, followed } from './calls-under-way.ts';
import { HandTurnedClock } from './hand-turned-clock.ts';
import { solitaryRecord } from './solitary-record.ts';

export interface RehearsalOptions {
  readonly startsAt: Instant;
  readonly settings: PollSettings;
  /** The built-in rules; what the broker says of its hours goes over them, as in life. */
  readonly calendar: MarketCalendar;
  readonly requestsPerMinute: number;
  /** Of the clock, ms; every interval of the settings should be a multiple. */
  readonly stepMs: number;
}

/** A date on which the broker's hours differ from those of its weekday. Times are New York's. */
export interface BrokerDay {
  readonly date: string;
  readonly isOpen?: boolean;
  readonly regularEnd?: string;
  readonly postEnd?: string;
}

export interface Rehearsal {
  readonly record: FillDatabase;
  readonly simulator: RunningSimulator;
  readonly heard: HeardEvents;
  readonly life: PollerLife;
  now(): Instant;
  /** Scripts an order whose instants count from now; gives its broker id. */
  script(order: ScriptedOrderInput): string;
  setBrokerDay(day: BrokerDay): Promise<void>;
  setFaults(faults: readonly FaultInput[]): void;
  /** From now on the broker refuses connections, until mended. */
  cutLine(): void;
  mendLine(): void;
  /** Starts the poller, once the broker is as it should be. */
  startPoller(): Promise<void>;
  /** Lets time pass. */
  runUntil(at: Instant): Promise<void>;
  orders(): Promise<readonly OrderView[]>;
  differences(): Promise<readonly Difference[]>;
}

/** Any will do: the tokens are the simulator's own. */
const TOKEN_KEY = '00'.repeat(32);

export async function createRehearsal(owner: OwningTest, options: RehearsalOptions): Promise<Rehearsal> {
  const calls = countCalls();
  const clock = new HandTurnedClock({ ...options, untilCalm: calls.untilCalm });
  const now = (): Instant => clock.now();
  const simulator = await startSimulator({ port: 0, seed: 1, now });
  owner.onTestFinished(() => simulator.close());
  const db = await openDatabase({ file: ':memory:', broker: DEMO_BROKER, now });
  owner.onTestFinished(() => db.close());
  const line = breakableLine(simulator.fetch);
  const { events, heard } = hearing(() => undefined);
  const life = newPollerLife();

  return {
    record: db,
    simulator,
    heard,
    life,
    now,
    script: (order) => simulator.script(order).brokerOrderId,
    setBrokerDay: (day) => command(simulator, 'market', day),
    setFaults: (faults) => simulator.setFaults([...faults]),
    cutLine: () => line.cut(),
    mendLine: () => line.mend(),
    async startPoller() {
      const config = {
        ...configFor(simulator, ':memory:'),
        isDemo: false,
        settings: options.settings,
        requestsPerMinute: options.requestsPerMinute,
        calendar: options.calendar,
        calendarRules: options.calendar,
      };
      const secrets = { credentials: DEMO_CREDENTIALS, tokenKey: TOKEN_KEY, webhook: null, pingUrl: null };
      const tokens = await openTokenStore({ config, secrets, db });
      await tokens.save({
        accessToken: '',
        accessTokenExpiresAt: 0,
        refreshToken: DEMO_CREDENTIALS.refreshToken,
        refreshTokenExpiresAt: clock.now() + SIGN_IN_LIFE_MS,
        signedInAt: clock.now(),
      });
      const poller = await createPoller({
        config,
        secrets,
        db: solitaryRecord(followed(db, calls)),
        clock,
        // Chance would only spread what is to be counted.
        random: () => 0,
        processId: 'rehearsal',
        events,
        fetch: (input, init) => calls.follow(line.fetch(input, init)),
      });
      const stopping = new AbortController();
      const running = runPoller(poller, life, { stop: stopping.signal, hurry: stopping.signal });
      owner.onTestFinished(async () => {
        stopping.abort(new Error('the rehearsal is over'));
        // Some rests are short and have no signal.
        await Promise.all([running, clock.runUntil(clock.now() + MINUTE)]);
      });
    },
    runUntil: (at) => clock.runUntil(at),
    orders: () => db.findOrders({ limit: 100_000 }),
    differences: async () => differencesFromTruth(await db.findOrders({ limit: 100_000 }), simulator.truth().orders),
  };
}

async function command({ fetch, url }: RunningSimulator, what: string, body: object): Promise<void> {
  const answer = await fetch(`${url}/simulator/${what}`, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`The simulator refused: ${await answer.text()}`);
}
