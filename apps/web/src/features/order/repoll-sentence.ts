import type { CommandReport } from '@fill-tracker/contract';
import { z } from 'zod';
import { problemOf, queuedSentence } from '../../lib/commands.ts';
import { dollars, groupedDecimal } from '../../lib/decimal-text.ts';
import { sinceText } from '../../lib/time-text.ts';
import { counted } from '../../lib/words.ts';

/** What the poller found when it asked the broker about one order. */
const foundOutcome = z.object({
  found: z.literal(true),
  brokerStatus: z.string().nullish(),
  filledQuantity: z.string().nullish(),
  averagePrice: z.string().nullish(),
  newFills: z.number().int().default(0),
  changed: z.boolean().default(false),
});

/**
 * What came of a re-poll, in one line: `checked 0.4 s ago: 60 of 100 at 22.7299, nothing new`.
 *
 * @param quantity ordered, null when unknown
 * @param now ms by the server's clock
 */
export function repollSentence(report: CommandReport, quantity: string | null, now: number): string {
  if (report.state === 'QUEUED') return queuedSentence(report);
  if (report.state === 'FAILED') return `Could not be checked: ${problemOf(report)}.`;
  const checked = report.appliedAt === null ? 'checked' : `checked ${sinceText(now - Date.parse(report.appliedAt))}`;
  const found = foundOutcome.safeParse(report.outcome);
  if (!found.success) return `${checked}: the broker does not know this order`;
  const { filledQuantity, averagePrice, brokerStatus } = found.data;
  const filled = `${groupedDecimal(filledQuantity ?? '0')} of ${quantity === null ? '?' : groupedDecimal(quantity)}`;
  const price = averagePrice === null || averagePrice === undefined ? '' : ` at ${dollars(averagePrice)}`;
  const word = price === '' && typeof brokerStatus === 'string' ? `, ${brokerStatus}` : '';
  return `${checked}: ${filled}${price}${word}, ${newsOf(found.data)}`;
}

/** Whether the broker told of the order. */
export function isChecked({ state, outcome }: CommandReport): boolean {
  return state === 'DONE' && foundOutcome.safeParse(outcome).success;
}

/** Whether the record says something else than before. */
export function hasNews({ outcome }: CommandReport): boolean {
  const found = foundOutcome.safeParse(outcome);
  return found.success && (found.data.newFills > 0 || found.data.changed);
}

function newsOf({ newFills, changed }: z.infer<typeof foundOutcome>): string {
  if (newFills > 0) return counted(newFills, 'new fill');
  return changed ? 'changed' : 'nothing new';
}
