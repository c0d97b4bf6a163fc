/** What happened, in the past tense: each event is logged once and counted once. Ids in the log, few labels in metrics. */
import type { CycleRecord } from '@fill-tracker/db';
import type {
  BlindCause,
  BlindSpot,
  CalendarEnding,
  Discrepancy,
  FailureStreak,
  KnownOrder,
  PollDecision,
  RecordedFill,
} from '@fill-tracker/domain';
import type { NoticeEvents } from '@fill-tracker/notices';
import type { AttemptEvent } from '@fill-tracker/schwab-client';
import type { SignInThreshold } from './sign-in/sign-in-warning.ts';

/** One order that changed, after it was committed. */
export interface OrderChanged {
  readonly orderId: number;
  readonly order: KnownOrder;
  readonly newFills: readonly RecordedFill[];
  readonly discrepancies: readonly Discrepancy[];
  /** When the change was committed, ms. */
  readonly committedAt: number;
  /** The blind spot that is open, or that this look ended; null while the tracker sees. */
  readonly blindSpot: BlindSpot | null;
}

/** Where events go. Implementations must not throw. */
export interface PollerEvents extends NoticeEvents {
  readonly leaseTaken: (facts: { owner: string; fencing: number; at: number }) => void;
  /** A heartbeat is in the record: it can be written. */
  readonly leaseRenewed: (facts: { fencing: number }) => void;
  readonly leaseLost: (facts: { owner: string; fencing: number }) => void;
  readonly leaseHeldElsewhere: (facts: { owner: string | null; until: number | null }) => void;
  /** `hasList` is false when the broker's list did not come: then nothing new can have been seen. */
  readonly cycleEnded: (facts: { summary: CycleRecord; hasList: boolean; next: PollDecision }) => void;
  readonly loopFailed: (facts: { error: unknown }) => void;
  /** The loop does not move: its cycle is cut short; or, when that did not help, the process ends. */
  readonly loopHung: (facts: { step: 'cycle-cut' | 'process-ends'; cycleStartedAt: number | null }) => void;
  /** So many cycles failed in a row that it matters; told once in a streak. */
  readonly streakBegan: (facts: FailureStreak) => void;
  /** A cycle went well after such a streak. */
  readonly recovered: (facts: FailureStreak & { until: number }) => void;
  /** The tracker cannot see since `beganAt`; told when that is in the record. */
  readonly blindSpotBegan: (facts: { beganAt: number; cause: BlindCause }) => void;
  /** The tracker sees again, or what keeps it from that is another spot now. Told also of one noticed only afterwards. */
  readonly blindSpotEnded: (facts: BlindSpot & { endedAt: number }) => void;
  /** What happened in a blind spot is in the record now. */
  readonly blindSpotBackfilled: (facts: {
    spotId: number;
    beganAt: number;
    endedAt: number;
    cause: BlindCause;
  }) => void;
  readonly orderAdded: (facts: { orderId: number; brokerOrderId: string; source: string }) => void;
  readonly orderChanged: (facts: OrderChanged) => void;
  readonly orderRefused: (facts: { brokerOrderId: string; problem: string }) => void;
  /** A recheck, verdict, link or sighting that the database would not take. */
  readonly noteRefused: (facts: { about: string; problem: string }) => void;
  /** A pending order is so old that the broker's list will soon not show it any more. */
  readonly orderNearsWindowLimit: (facts: { brokerOrderId: string; enteredAt: number }) => void;
  /** Set aside. */
  readonly orderUnreadable: (facts: { brokerOrderId: string | null; problem: string }) => void;
  /** Recorded without a value that has no meaning and proves nothing, such as a time. */
  readonly valueUnreadable: (facts: { brokerOrderId: string | null; problem: string }) => void;
  readonly brokerCallFailed: (facts: BrokerCallFailed) => void;
  readonly brokerAttempted: (facts: AttemptEvent) => void;
  /** A sign-in comes to its end; each threshold is told once. */
  readonly signInEnding: (facts: { threshold: SignInThreshold; endsAt: number; workingOrders: number }) => void;
  /** Alarm: Schwab takes the tokens no more. `signedInAt` is null when nobody ever signed in. */
  readonly signInNeeded: (facts: { signedInAt: number | null; workingOrders: number }) => void;
  /** Somebody signed in, in this process or another. */
  readonly signedIn: (facts: { signedInAt: number; endsAt: number }) => void;
  readonly commandAnswered: (facts: { commandId: number; kind: string; state: string }) => void;
  /** The built-in market calendar comes to its end: a newer version of the program has later rules. Once a run. */
  readonly calendarEnding: (facts: CalendarEnding) => void;
  /** The monitor could not be told that all is well; told once until it can. */
  readonly pingFailed: (facts: { problem: string }) => void;
  readonly pingTaken: (facts: { at: number }) => void;
}

/** A call that failed for good, retries included. */
export interface BrokerCallFailed {
  readonly operation: string;
  readonly kind: string;
  /** Redacted. */
  readonly message: string;
  readonly correlationId: string | null;
}

/** Hands every event to each of several listeners. */
export function allOf(...listeners: readonly Partial<PollerEvents>[]): PollerEvents {
  const tell = (hear: (listener: Partial<PollerEvents>) => void): void => listeners.forEach(hear);
  return {
    leaseTaken: (facts) => tell((listener) => listener.leaseTaken?.(facts)),
    leaseRenewed: (facts) => tell((listener) => listener.leaseRenewed?.(facts)),
    leaseLost: (facts) => tell((listener) => listener.leaseLost?.(facts)),
    leaseHeldElsewhere: (facts) => tell((listener) => listener.leaseHeldElsewhere?.(facts)),
    cycleEnded: (facts) => tell((listener) => listener.cycleEnded?.(facts)),
    loopFailed: (facts) => tell((listener) => listener.loopFailed?.(facts)),
    loopHung: (facts) => tell((listener) => listener.loopHung?.(facts)),
    streakBegan: (facts) => tell((listener) => listener.streakBegan?.(facts)),
    recovered: (facts) => tell((listener) => listener.recovered?.(facts)),
    blindSpotBegan: (facts) => tell((listener) => listener.blindSpotBegan?.(facts)),
    blindSpotEnded: (facts) => tell((listener) => listener.blindSpotEnded?.(facts)),
    blindSpotBackfilled: (facts) => tell((listener) => listener.blindSpotBackfilled?.(facts)),
    orderAdded: (facts) => tell((listener) => listener.orderAdded?.(facts)),
    orderChanged: (facts) => tell((listener) => listener.orderChanged?.(facts)),
    orderRefused: (facts) => tell((listener) => listener.orderRefused?.(facts)),
    noteRefused: (facts) => tell((listener) => listener.noteRefused?.(facts)),
    orderNearsWindowLimit: (facts) => tell((listener) => listener.orderNearsWindowLimit?.(facts)),
    orderUnreadable: (facts) => tell((listener) => listener.orderUnreadable?.(facts)),
    valueUnreadable: (facts) => tell((listener) => listener.valueUnreadable?.(facts)),
    brokerCallFailed: (facts) => tell((listener) => listener.brokerCallFailed?.(facts)),
    brokerAttempted: (facts) => tell((listener) => listener.brokerAttempted?.(facts)),
    signInEnding: (facts) => tell((listener) => listener.signInEnding?.(facts)),
    signInNeeded: (facts) => tell((listener) => listener.signInNeeded?.(facts)),
    signedIn: (facts) => tell((listener) => listener.signedIn?.(facts)),
    commandAnswered: (facts) => tell((listener) => listener.commandAnswered?.(facts)),
    calendarEnding: (facts) => tell((listener) => listener.calendarEnding?.(facts)),
    alertRaised: (alert) => tell((listener) => listener.alertRaised?.(alert)),
    alertCleared: (alert) => tell((listener) => listener.alertCleared?.(alert)),
    noticeDelivered: (facts) => tell((listener) => listener.noticeDelivered?.(facts)),
    noticeFailed: (facts) => tell((listener) => listener.noticeFailed?.(facts)),
    noticeGivenUp: (facts) => tell((listener) => listener.noticeGivenUp?.(facts)),
    noticesTroubled: (facts) => tell((listener) => listener.noticesTroubled?.(facts)),
    pingFailed: (facts) => tell((listener) => listener.pingFailed?.(facts)),
    pingTaken: (facts) => tell((listener) => listener.pingTaken?.(facts)),
  };
}
