import { z } from 'zod';

/** `GET /readyz` of the poller: 200 when it does what it is for, else 503; each condition and why not. */
export const readiness = z.object({
  ready: z.boolean(),
  state: z.enum(['starting', 'standby', 'polling', 'stopped']),
  conditions: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
});
export type Readiness = z.infer<typeof readiness>;
