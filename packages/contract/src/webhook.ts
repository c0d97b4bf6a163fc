/**
 * Messages to the webhook, signed in the manner of https://www.standardwebhooks.com: the headers `webhook-id`,
 * `webhook-timestamp` (Unix seconds) and `webhook-signature`, `v1,` and the base64 of HMAC-SHA256 over
 * `id.timestamp.body` under the shared secret.
 *
 * A message comes at least once. The same `id` is the same message; fills come in the order of their `sequence`, which
 * has gaps where a fill came into the record in another way, such as by an import: `GET /api/fills` tells all.
 */
import { z } from 'zod';
import { alert } from './alerts.ts';
import { fillEvent } from './fills-feed.ts';
import { timeText } from './values.ts';

const envelope = {
  /** The same at every try. */
  id: z.string(),
  /** When it happened; a message may come much later. */
  timestamp: timeText,
  /** The same in words: what chat tools show. Plain text. */
  text: z.string(),
  /** As `text`, for those that read this name. */
  content: z.string(),
  /** Whether it comes from the demo, whose orders are made up. */
  demo: z.boolean(),
};

export const webhookMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('fill'), ...envelope, sequence: z.number().int().positive(), data: fillEvent }),
  z.object({ type: z.literal('alert.raised'), ...envelope, data: alert }),
  z.object({ type: z.literal('alert.cleared'), ...envelope, data: alert }),
  /** `poller alerts --test`. */
  z.object({ type: z.literal('test'), ...envelope, data: z.object({}) }),
]);
export type WebhookMessage = z.infer<typeof webhookMessage>;
