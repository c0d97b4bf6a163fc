import { z } from 'zod';

/** RFC 9457, `application/problem+json`: every error of the HTTP API. */
export const problem = z.object({
  /** `about:blank`, or `/problems/...` for what a program may want to tell apart. */
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  /** What happened and what to do, for people. */
  detail: z.string(),
  /** Every bad parameter of an invalid request. */
  errors: z
    .array(
      z.object({
        in: z.enum(['query', 'path', 'header', 'body']),
        /** The parameter, or the path into the body; empty for the body as a whole. */
        name: z.string(),
        message: z.string(),
      }),
    )
    .optional(),
});
export type Problem = z.infer<typeof problem>;
