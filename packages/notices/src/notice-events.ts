import type { Alert, Notice } from '@fill-tracker/db';

/** What happened to alerts and messages. Implementations must not throw. */
export interface NoticeEvents {
  readonly alertRaised: (alert: Alert) => void;
  readonly alertCleared: (alert: Alert) => void;
  readonly noticeDelivered: (facts: { kind: Notice['kind']; refId: number; attempts: number }) => void;
  readonly noticeFailed: (facts: { kind: Notice['kind']; refId: number; attempts: number; problem: string }) => void;
  readonly noticeGivenUp: (facts: { kind: Notice['kind']; refId: number; attempts: number; problem: string }) => void;
  /** The record could not be read or written for them; the next look tries again. */
  readonly noticesTroubled: (facts: { error: unknown }) => void;
}
