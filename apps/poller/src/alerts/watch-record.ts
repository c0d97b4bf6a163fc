/**
 * Finds what needs a person, every few seconds, while this poller is at work: trouble with the broker, orders that are
 * not as they should be, a sign-in or a calendar that ends, a full disk. What a poller cannot tell, its own death, is
 * watched from outside.
 *
 * Alerts are rows of the record: after a restart those that are open are neither raised again nor forgotten.
 */
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Alert, type FillDatabase, StaleLeaseError } from '@fill-tracker/db';
import {
  type AlertCause,
  HOUR,
  type Instant,
  type MarketCalendar,
  MINUTE,
  NEWS_FOR_MS,
  RECORD_CAUSES,
  recordAlerts,
  type MissingAccount,
  type RecordFacts,
  SECOND,
  severityOf,
  type StandingAlert,
} from '@fill-tracker/domain';
import {
  createClearingHold,
  lasted,
  presentAlert,
  raisedMessage,
  settleAlerts,
  type Webhook,
} from '@fill-tracker/notices';
import type { Clock } from '@fill-tracker/schwab-client';
import type { PollerConfig } from '../config/poller-config.ts';
import type { PollerEvents } from '../events.ts';
import type { LoopProgress } from '../loop/loop-progress.ts';
import type { AccountDirectory } from '../cycle/account-directory.ts';
import { createTroubleMemory } from './trouble-memory.ts';

const LOOK_EVERY_MS = 3 * SECOND;
/** Time alone can make an alert too: a sign-in that ends, an order that should be over, a disk that others fill. */
const QUIET_LOOK_EVERY_MS = 5 * MINUTE;
/** An order for one day that was entered later cannot be overdue. */
const YOUNGEST_OVERDUE_MS = 16 * HOUR;

export interface AlertWatch {
  /** How it learns of cycles and of failures of the record. */
  readonly hears: Partial<PollerEvents>;
  /** Looks once. Never rejects: what the record cannot do is told. */
  look(run: WatchedRun, signal: AbortSignal): Promise<void>;
  /** Looks every so often until the signal aborts. Never rejects. */
  watch(run: WatchedRun, signal: AbortSignal): Promise<void>;
  /**
   * For as long as the process lives: tells of a record that cannot be written while no run is watched. A lease that
   * cannot be renewed is lost before that is certain. Never rejects.
   */
  watchUnwritable(signal: AbortSignal): Promise<void>;
}

/** The run of the loop under one lease. */
export interface WatchedRun {
  readonly fencing: number;
  readonly progress: Pick<LoopProgress, 'cycles'>;
}

export interface AlertWatchParts {
  readonly db: FillDatabase;
  readonly clock: Clock;
  readonly events: PollerEvents;
  readonly config: Pick<PollerConfig, 'isDemo' | 'notifiesAlerts'>;
  readonly accounts: Pick<AccountDirectory, 'missing'>;
  readonly calendar: () => MarketCalendar;
  /** Null when none is configured. */
  readonly webhook: Webhook | null;
}

export function createAlertWatch(parts: AlertWatchParts): AlertWatch {
  const { db, clock, events, config, accounts, calendar, webhook } = parts;
  const memory = createTroubleMemory(() => clock.now());
  const hold = createClearingHold();
  /** Told without the record, which could not be written; to be written when it can. */
  let unwritten: StandingAlert | null = null;
  /** When nothing was out of order at the last look; null when something was, or has happened since. */
  let quietSince: Instant | null = null;
  let isRunWatched = false;

  async function settle({ fencing, progress }: WatchedRun): Promise<void> {
    // Before the first cycle of a run nothing is known, and what is open stands.
    if (progress.cycles === 0 && memory.unwritable() === null) return;
    const now = clock.now();
    if (!isWorthALook(now)) return;
    // What happens while the record is read is news again.
    quietSince = now;
    const open = await db.openAlerts();
    const facts = await gatherFacts(open, now);
    const common = { now, workingOrders: facts.workingOrders, fencing };
    if (unwritten !== null) {
      await db.changeAlerts({ ...common, raise: [unwritten], clear: [], notifies: false });
      unwritten = null;
      // Whether it still stands, the next look says.
      quietSince = null;
      return;
    }
    const standing = recordAlerts(facts, now);
    await settleAlerts(open, standing, {
      ...common,
      db,
      events,
      notifies: config.notifiesAlerts,
      judged: RECORD_CAUSES,
      hold,
      noteOf: (alert, endedAt) => noteOf(alert, facts, endedAt),
    });
    if (standing.length + facts.flagged.length > 0 || hold.isHolding()) quietSince = null;
  }

  /** Only this poller writes orders: while it wrote none and nothing was out of order, there is nothing to look for. */
  function isWorthALook(now: Instant): boolean {
    if (quietSince === null || now < quietSince || unwritten !== null) return true;
    if (accounts.missing().length > 0) return true;
    return memory.streak() !== null || memory.unwritable() !== null || now - quietSince >= QUIET_LOOK_EVERY_MS;
  }

  async function gatherFacts(open: readonly Alert[], now: Instant): Promise<RecordFacts> {
    const [{ pending: workingOrders }, flagged, dayOrders, signIn, freeBytes] = await Promise.all([
      db.countOrders(),
      db.loadFlaggedOrders(now),
      db.loadDayOrders(now - YOUNGEST_OVERDUE_MS),
      db.readSignIn(),
      freeBytesBeside(db.file),
    ]);
    return {
      streak: memory.streak(),
      openCauses: new Set(open.map(({ cause }) => cause)),
      workingOrders,
      missingAccounts: await missingAccounts(),
      flagged,
      dayOrders,
      // The demo's tokens never end.
      signInEndsAt: config.isDemo ? null : (signIn?.refreshExpiresAt ?? null),
      calendar: calendar(),
      freeBytes,
      unwritable: memory.unwritable(),
    };
  }

  async function missingAccounts(): Promise<readonly MissingAccount[]> {
    return await Promise.all(
      accounts.missing().map(async (account) => ({ ...account, ...(await db.loadAccountUse(account.id)) })),
    );
  }

  /** A record that cannot be written cannot hold the message that says so: that one goes out by itself, once. */
  async function tellUnwritable(signal: AbortSignal): Promise<void> {
    const unwritable = memory.unwritable();
    if (webhook === null || unwritten !== null || unwritable === null) return;
    const now = clock.now();
    const alert = recordAlerts({ ...NOTHING_KNOWN, calendar: calendar(), unwritable }, now).find(
      ({ cause }) => cause === 'database-trouble',
    );
    if (alert === undefined) return;
    const answer = await webhook.send(messageOf(alert, now), signal);
    if (answer.kind === 'taken') unwritten = alert;
  }

  function messageOf(alert: StandingAlert, now: Instant) {
    const severity = severityOf(alert.cause, 1);
    const over = { clearedAt: null, clearedNote: null, fillsFoundLate: null };
    const shown = presentAlert({ ...alert, ...over, id: 0, severity, raisedAt: now });
    return { ...raisedMessage(shown, config.isDemo), id: `alert-unwritten-${alert.since}-raised` };
  }

  const hearNews = (): void => {
    quietSince = null;
  };

  async function look(run: WatchedRun, signal: AbortSignal): Promise<void> {
    try {
      await settle(run);
    } catch (error) {
      if (error instanceof StaleLeaseError) return;
      // What could not be read or written is still to be told.
      quietSince = null;
      events.noticesTroubled({ error });
      await tellUnwritable(signal);
    }
  }

  return {
    hears: {
      ...memory.hears,
      orderChanged: hearNews,
      orderAdded: hearNews,
      signedIn: hearNews,
      signInNeeded: hearNews,
    },
    look,
    async watch(run, signal) {
      memory.begin();
      quietSince = null;
      isRunWatched = true;
      while (!signal.aborted) {
        await look(run, signal);
        await clock.sleep(LOOK_EVERY_MS, signal).catch(() => undefined);
      }
      isRunWatched = false;
    },
    async watchUnwritable(signal) {
      while (!signal.aborted) {
        if (!isRunWatched) await tellUnwritable(signal);
        await clock.sleep(LOOK_EVERY_MS, signal).catch(() => undefined);
      }
    },
  };
}

const NOTHING_KNOWN: Omit<RecordFacts, 'calendar' | 'unwritable'> = {
  streak: null,
  openCauses: new Set<AlertCause>(),
  workingOrders: 0,
  missingAccounts: [],
  flagged: [],
  dayOrders: [],
  signInEndsAt: null,
  freeBytes: null,
};

/** An order keeps its flags for good; its alert ends when it is no news any more. */
function noteOf(alert: Alert, { flagged }: RecordFacts, now: Instant): string {
  const { orderId, flags } = alert.detail;
  if (typeof flags !== 'string') return lasted(alert, now);
  const order = flagged.find((each) => each.orderId === orderId);
  const isStill = order?.flags.some(({ flag }) => flags.split(' ').includes(flag)) ?? false;
  return isStill || now - alert.since >= NEWS_FOR_MS
    ? 'It is a day old and told of no more: the order itself says how it stands.'
    : lasted(alert, now);
}

async function freeBytesBeside(file: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(dirname(file));
    return bavail * bsize;
  } catch {
    return null;
  }
}
