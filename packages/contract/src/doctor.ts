import { z } from 'zod';

/** What one check of `poller doctor` found. */
const finding = z.object({
  /** A word for programs, such as `app-key`. */
  check: z.string(),
  /** The same for people. */
  title: z.string(),
  verdict: z.enum(['ok', 'problem', 'unknown']),
  /** What was seen; for `unknown`, why nothing can be told. */
  finding: z.string(),
  /** What to do; null unless it is a problem. */
  remedy: z.string().nullable(),
});

/** `poller doctor`: what is wrong, and what to do. */
export const diagnosis = z.object({ healthy: z.boolean(), checks: z.array(finding) });
export type Diagnosis = z.infer<typeof diagnosis>;
