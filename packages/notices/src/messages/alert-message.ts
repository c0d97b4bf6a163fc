import type { Alert as AlertJson, WebhookMessage } from '@fill-tracker/contract';
import { chatText } from '../webhook/chat-text.ts';

/** Told when it is raised, with what to do about it. */
export function raisedMessage(alert: AlertJson, isDemo: boolean): WebhookMessage {
  const text = wordsOf(isDemo, `${alert.severity.toUpperCase()}: ${alert.summary} ${alert.remedy} (${alert.runbook})`);
  return {
    type: 'alert.raised',
    id: `alert-${alert.id}-raised`,
    timestamp: alert.raisedAt,
    text,
    content: text,
    demo: isDemo,
    data: alert,
  };
}

/** Told when it is over: how long it lasted, and what had gone unseen meanwhile. */
export function clearedMessage(alert: AlertJson, isDemo: boolean): WebhookMessage {
  const late = alert.fillsFoundLate;
  const fills =
    late === null
      ? ''
      : late === 0
        ? ' No fill was missed or late.'
        : ` ${fillsText(late)} found late; none was missed.`;
  const text = wordsOf(isDemo, `OVER: ${alert.meaning} ${alert.clearedNote ?? ''}${fills}`);
  return {
    type: 'alert.cleared',
    id: `alert-${alert.id}-cleared`,
    timestamp: alert.clearedAt ?? alert.raisedAt,
    text,
    content: text,
    demo: isDemo,
    data: alert,
  };
}

function fillsText(count: number): string {
  return count === 1 ? '1 fill was' : `${count} fills were`;
}

/** What chat tools show; the demo says so. */
export function wordsOf(isDemo: boolean, text: string): string {
  return chatText(`${isDemo ? '[DEMO] ' : ''}${text}`);
}
