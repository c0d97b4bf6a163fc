import { z } from 'zod';

/** What can go wrong, as a client sees it. */
const FAULT_KINDS = [
  /** 500 with a JSON message. */
  'status-500',
  /** 500 with an HTML page, as the edge in front of Schwab answers. */
  'html-error',
  /** 429 with `Retry-After`. */
  'rate-limit',
  'rate-limit-without-retry-after',
  /** 401 although the token is valid. */
  'unauthorized',
  /** Never answered; the client has to give up. */
  'timeout',
  /** The connection is reset in place of an answer. */
  'reset',
  /** The answer's length is announced in full and half of it is sent. */
  'truncated-body',
  /** Half of the JSON, with a length that fits. */
  'cut-json',
  /** One order of a list (or the order asked for) comes with fields of the wrong type; the others are intact. */
  'malformed-order',
  /** New orders are unknown by id for `visibilityLagMs`, while lists show them. */
  'visibility-lag',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export const faultSchema = z
  .strictObject({
    kind: z.enum(FAULT_KINDS),
    /** 0 to 1, of the matching requests. */
    rate: z.number().min(0).max(1).default(1),
    /** Regular expression on the request's path, without its query. A plain prefix works as one. */
    path: z.string().refine(isRegularExpression, 'is not a regular expression').optional(),
    /** Only requests for this order; for `malformed-order`, the order that is spoilt. */
    orderId: z.string().optional(),
    /** Only the next so many matching requests; afterwards the fault is spent. */
    count: z.number().int().positive().optional(),
    /** Seconds, for `rate-limit`. */
    retryAfterSeconds: z.number().int().nonnegative().default(2),
    /** Milliseconds from entry, for `visibility-lag`. */
    visibilityLagMs: z.number().int().positive().optional(),
  })
  .refine((fault) => fault.kind !== 'visibility-lag' || fault.visibilityLagMs !== undefined, {
    path: ['visibilityLagMs'],
    message: 'is missing',
  });

export type Fault = z.output<typeof faultSchema>;
export type FaultInput = z.input<typeof faultSchema>;

function isRegularExpression(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
