import { dollars } from './decimal-text.ts';

/**
 * An option's sum is premium per share times contracts. What was paid is that times the contract's multiplier: 100 as a
 * rule, another one after an adjustment, and not in the record. So nothing here multiplies, or calls such a sum USD.
 */
export function isBeforeMultiplier(assetType: string | null): boolean {
  return assetType === 'OPTION';
}

export const BEFORE_MULTIPLIER = 'before the contract’s multiplier, 100 as a rule';

/** What a sum is a sum of, as a label. */
export function valueName(assetType: string | null): string {
  return isBeforeMultiplier(assetType) ? 'Premium × contracts' : 'Value, USD';
}

/** `premium × contracts 10.16 (before the contract’s multiplier, 100 as a rule)`. */
export function premiumText(sum: string): string {
  return `premium × contracts ${dollars(sum)} (${BEFORE_MULTIPLIER})`;
}
