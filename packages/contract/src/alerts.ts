import { z } from 'zod';
import { pageOf, pageQuery } from './page.ts';
import { timeText } from './values.ts';

export const alertSeverity = z.enum(['critical', 'warning', 'info']);
export type AlertSeverity = z.infer<typeof alertSeverity>;

/** Something that needs a person: open until it is over. Once for each cause and subject. */
export const alert = z.object({
  id: z.number().int(),
  /** Such as `broker-unreachable`; each has its place in the runbook. A newer server may know more of them. */
  cause: z.string(),
  /** What it is about, such as `A1/1059685024002`; empty when the cause says it all. */
  subject: z.string(),
  severity: alertSeverity,
  /** What happened, in a sentence. Plain text: it may hold what the broker said. */
  summary: z.string(),
  /** What such an alert says in general, and what to do about it. */
  meaning: z.string(),
  remedy: z.string(),
  /** Where the runbook tells more: a file of the program and a place in it. */
  runbook: z.string(),
  /** The order that it is about, when it is about one. */
  orderId: z.number().int().nullable(),
  /** When the trouble began, and when it was told. */
  since: timeText,
  raisedAt: timeText,
  /** Null while it is open. */
  clearedAt: timeText.nullable(),
  /** How it ended, in a sentence. */
  clearedNote: z.string().nullable(),
  /** Fills that happened meanwhile and came into the record late; null when the alert says nothing of sight. */
  fillsFoundLate: z.number().int().nonnegative().nullable(),
});
export type Alert = z.infer<typeof alert>;

/** `GET /api/alerts`, newest first. */
export const alertPage = pageOf(alert);
export type AlertPage = z.infer<typeof alertPage>;

export const alertQuery = z.strictObject({ ...pageQuery, state: z.enum(['open', 'all']).default('all') });
export type AlertQueryInput = z.input<typeof alertQuery>;

/** `poller alerts --json`. */
export const alertReport = z.object({
  open: z.array(alert),
  /** Those that are over, newest first. */
  recent: z.array(alert),
  webhook: z.object({
    isConfigured: z.boolean(),
    tellsFills: z.boolean(),
    /** Messages on their way; delivered within the last thirty days; given up after three. */
    waiting: z.number().int().nonnegative(),
    delivered: z.number().int().nonnegative(),
    givenUp: z.number().int().nonnegative(),
    oldestWaitingAt: timeText.nullable(),
    lastProblem: z.string().nullable(),
  }),
});
export type AlertReport = z.infer<typeof alertReport>;

/** `poller alerts --test --json`: what came back from the webhook. */
export const alertTest = z.object({ delivered: z.boolean(), answer: z.string() });
export type AlertTest = z.infer<typeof alertTest>;
