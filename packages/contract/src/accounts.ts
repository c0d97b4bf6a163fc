import { z } from 'zod';

/** A brokerage account; its number is masked and its hash is nowhere. */
export const account = z.object({
  id: z.string(),
  maskedNumber: z.string(),
  label: z.string().nullable(),
  enabled: z.boolean(),
});
export type Account = z.infer<typeof account>;

/** `GET /api/accounts`, in the order of first appearance. */
export const accountList = z.object({ items: z.array(account) });
export type AccountList = z.infer<typeof accountList>;
