import type { FillEvent as FillEventJson, WebhookMessage } from '@fill-tracker/contract';
import { type FillEvent, presentFillEvent } from '@fill-tracker/db';
import { wordsOf } from './alert-message.ts';

export function fillMessage(event: FillEvent, isDemo: boolean): WebhookMessage {
  const data = presentFillEvent(event);
  const text = wordsOf(isDemo, WORDS[data.kind](data));
  return {
    type: 'fill',
    id: `fill-${data.sequence}`,
    timestamp: data.recordedAt,
    text,
    content: text,
    demo: isDemo,
    sequence: data.sequence,
    data,
  };
}

const WORDS: Readonly<Record<FillEventJson['kind'], (event: FillEventJson) => string>> = {
  RECORDED: (event) => `Filled: ${tradeText(event)}.`,
  CORRECTED: (event) => `Corrected by the broker: ${tradeText(event)}.`,
  WITHDRAWN: (event) => `Taken back, counts no longer: ${tradeText(event)}.`,
};

function tradeText({ fill, order }: FillEventJson): string {
  const what = `${fill.instruction ?? 'traded'} ${fill.quantity} ${fill.symbol ?? '(no symbol)'} at ${fill.price}`;
  const of = order.quantity === null ? '' : ` of ${order.quantity}`;
  return `${what}; order ${order.brokerOrderId ?? order.id} has ${order.filledQuantity ?? '0'}${of} filled`;
}
