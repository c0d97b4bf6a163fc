/** How much an alert asks of a person: at once, soon, or only to know. */
export type AlertSeverity = 'critical' | 'warning' | 'info';

interface AlertMeaning {
  /** What it says, in a sentence for people. */
  readonly meaning: string;
  /** What to do about it, in a sentence. */
  readonly remedy: string;
  readonly severity: AlertSeverity;
  /** While nothing is pending, nobody loses sight of an order: then it is one step less severe. */
  readonly isMilderWhenIdle: boolean;
  /** While it stands, fills may go unseen; those are found late. */
  readonly isBlind: boolean;
}

/** What can go wrong that a person should be told of, each with its meaning and its remedy. */
export const ALERT_CAUSES = {
  'broker-unreachable': {
    meaning: 'Schwab does not answer, or answers with errors of its own.',
    remedy: "Check this machine's network and Schwab's status page. The poller goes on trying.",
    severity: 'critical',
    isMilderWhenIdle: true,
    isBlind: true,
  },
  'broker-refuses': {
    meaning: 'Schwab answers and refuses, or its answers cannot be read.',
    remedy: 'Check at developer.schwab.com that the app is Ready For Use and the account is linked to it.',
    severity: 'critical',
    isMilderWhenIdle: true,
    isBlind: true,
  },
  'rate-limited': {
    meaning: 'Schwab keeps answering that there were too many calls.',
    remedy: 'Lower POLL_REQUESTS_PER_MINUTE, or give the tracker an app registration of its own.',
    severity: 'warning',
    isMilderWhenIdle: false,
    isBlind: true,
  },
  'sign-in-needed': {
    meaning: 'Schwab takes the sign-in no more: nothing can be watched.',
    remedy: "Sign in again, with `poller login` or on the dashboard's poller page.",
    severity: 'critical',
    isMilderWhenIdle: true,
    isBlind: true,
  },
  'sign-in-ending': {
    meaning: 'The sign-in at Schwab ends soon.',
    remedy: "Sign in again before it ends, with `poller login` or on the dashboard's poller page.",
    severity: 'warning',
    isMilderWhenIdle: false,
    isBlind: false,
  },
  'account-missing': {
    meaning: 'The sign-in does not reach an account of the record: its orders go unwatched.',
    remedy: "Sign in again and tick that account on Schwab's page, or use the app registration that it is linked to.",
    severity: 'critical',
    isMilderWhenIdle: true,
    isBlind: false,
  },
  'poller-down': {
    meaning: 'No poller is at work: nothing is being watched.',
    remedy: 'Start it with `poller run`, or let systemd or Docker do so; its log says why it ended.',
    severity: 'critical',
    isMilderWhenIdle: true,
    isBlind: true,
  },
  'poller-slow': {
    meaning: 'The poller is alive, but its loop does not move.',
    remedy: "Look at its log and at the machine's load and disk; restart the poller if it stays so.",
    severity: 'critical',
    isMilderWhenIdle: true,
    isBlind: true,
  },
  'order-unpriced': {
    meaning: 'Schwab says that an order traded, and names no price, or prices that do not add up.',
    remedy: "Wait: Schwab often adds the price within minutes. Then compare with the account's transactions.",
    severity: 'warning',
    isMilderWhenIdle: false,
    isBlind: false,
  },
  'order-disagrees': {
    meaning: 'Two accounts of the same order contradict each other.',
    remedy: "Open the order, compare both with Schwab's statement, and accept what is true with `poller resolve`.",
    severity: 'critical',
    isMilderWhenIdle: false,
    isBlind: false,
  },
  'order-odd': {
    meaning: 'Something about an order is not as it should be; its fills are kept as Schwab told them.',
    remedy: 'Open the order: each of its flags says what is odd.',
    severity: 'warning',
    isMilderWhenIdle: false,
    isBlind: false,
  },
  'order-stuck': {
    meaning: 'An order does not come to its end, or Schwab does not know it.',
    remedy: 'Look it up at Schwab; if it is over there, close it with `poller resolve`.',
    severity: 'warning',
    isMilderWhenIdle: false,
    isBlind: false,
  },
  'calendar-ending': {
    meaning: 'The built-in market calendar ends soon.',
    remedy: 'Update the tracker: a newer version knows later years.',
    severity: 'info',
    isMilderWhenIdle: false,
    isBlind: false,
  },
  'database-trouble': {
    meaning: 'The record cannot be written, or its disk is nearly full.',
    remedy: 'Free space on the disk of the database, and check that it may be written to.',
    severity: 'critical',
    isMilderWhenIdle: false,
    isBlind: false,
  },
} as const satisfies Readonly<Record<string, AlertMeaning>>;

export type AlertCause = keyof typeof ALERT_CAUSES;

const MILDER: Readonly<Record<AlertSeverity, AlertSeverity>> = { critical: 'warning', warning: 'info', info: 'info' };

/** @param workingOrders how many orders are pending */
export function severityOf(cause: AlertCause, workingOrders: number): AlertSeverity {
  const { severity, isMilderWhenIdle } = ALERT_CAUSES[cause];
  return isMilderWhenIdle && workingOrders === 0 ? MILDER[severity] : severity;
}

/** Where the runbook tells more. */
export function runbookOf(cause: AlertCause): string {
  return `docs/runbook.md#${cause}`;
}
