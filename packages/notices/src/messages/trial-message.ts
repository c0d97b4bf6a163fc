import type { WebhookMessage } from '@fill-tracker/contract';
import type { Instant } from '@fill-tracker/domain';
import { wordsOf } from './alert-message.ts';

/** What a person sends to see whether the webhook works. */
export function trialMessage(now: Instant, isDemo: boolean): WebhookMessage {
  const text = wordsOf(isDemo, 'A test of the fill tracker: alerts and fills will come here.');
  return {
    type: 'test',
    id: `test-${now}`,
    timestamp: new Date(now).toISOString(),
    text,
    content: text,
    demo: isDemo,
    data: {},
  };
}
