import { decimalText } from '../decimal.ts';
import type { Fill } from './fill.ts';

/**
 * The key of a fill within its order. Schwab gives executions no id, so the key is their content, readable as it
 * stands: `leg/activity/time/quantity@price#n`. Without an activity id, what was left after the fill takes its
 * place. Fills alike in all of that are told apart by n: three equal fills in one second are three fills.
 */
export function fillKey(fill: Fill, taken: ReadonlySet<string>): string {
  const base = `${fill.legId}/${mark(fill)}/${time(fill)}/${decimalText(fill.quantity)}@${decimalText(fill.price)}`;
  for (let n = 1; ; n += 1) {
    const key = `${base}#${n}`;
    if (!taken.has(key)) return key;
  }
}

function mark(fill: Fill): string {
  if (fill.activityId !== null) return `a${fill.activityId}`;
  return fill.remainingAfter === null ? '-' : `left${decimalText(fill.remainingAfter)}`;
}

/** Broker times are whole seconds; a stray fraction is kept. */
function time(fill: Fill): string {
  return fill.occurredAt === null ? '-' : new Date(fill.occurredAt).toISOString().replace('.000Z', 'Z');
}
