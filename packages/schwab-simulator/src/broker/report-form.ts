import { doubleText, type ExactDecimal, plainText } from './exact-decimal.ts';
import { NumberText, type SchwabJson } from './schwab-json.ts';
import type { Oddities } from './simulated-order.ts';

/** How a report writes numbers and times. */
export interface ReportForm {
  number(value: ExactDecimal): SchwabJson;
  /** @param at epoch ms */
  time(at: number): string;
}

export function formOf(oddities: Pick<Oddities, 'numbersAs' | 'timeForm'>): ReportForm {
  return {
    number(value) {
      if (oddities.numbersAs === 'string') return doubleText(value);
      return new NumberText(oddities.numbersAs === 'integer' ? plainText(value) : doubleText(value));
    },
    // Schwab's times are UTC in whole seconds; the part of a second is cut off, not rounded.
    time: (at) => new Date(at).toISOString().slice(0, 19) + oddities.timeForm,
  };
}
