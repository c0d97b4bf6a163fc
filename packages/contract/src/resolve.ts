import { z } from 'zod';
import { decimalText, netPrice, orderStatus } from './values.ts';

/** One line, as it stands in the audit trail. */
const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max} characters`)
    .regex(/^\P{Cc}*$/u, 'must be one line');

const decision = {
  /** Why: it stays in the record. */
  reason: line(500),
  /** Who decides, as they want to be named in the record. */
  by: line(80).optional(),
};

/**
 * The body of `POST /api/orders/:id/resolve`: what a person decides of an order.
 *
 * - `close`: it is over, with the fills that it has. Only where the broker's reports leave it open for good.
 * - `accept-transactions`: the account's transactions are right about its fills, not its own report.
 * - `link`, `unlink`: it took the place of another order of the record (by our id), or of none.
 */
export const resolveRequest = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('close'), ...decision }),
  z.strictObject({ action: z.literal('accept-transactions'), ...decision }),
  z.strictObject({ action: z.literal('link'), replaces: z.int().positive(), ...decision }),
  z.strictObject({ action: z.literal('unlink'), ...decision }),
]);
export type ResolveRequest = z.infer<typeof resolveRequest>;

/** What a decision can change of an order. */
export const orderStanding = z.object({
  status: orderStatus,
  outcome: z.string().nullable(),
  filledQuantity: decimalText.nullable(),
  averagePrice: decimalText.nullable(),
  netPrice: netPrice.nullable(),
  flags: z.array(z.string()),
  /** Of `link` and `unlink`: the order whose place it took, by our id; null when it is no replacement. */
  replaces: z.number().int().nullable().optional(),
});
export type OrderStanding = z.infer<typeof orderStanding>;

/** The outcome of a resolve command that was carried out. */
export const resolveOutcome = z.object({
  action: z.enum(['close', 'accept-transactions', 'link', 'unlink']),
  /** False when the record said so already. */
  changed: z.boolean(),
  before: orderStanding,
  after: orderStanding,
  fillsAdded: z.number().int(),
  /** They stay in the record and count no longer. */
  fillsWithdrawn: z.number().int(),
});
export type ResolveOutcome = z.infer<typeof resolveOutcome>;
