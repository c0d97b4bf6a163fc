import type { FullOrder, Verification } from '@fill-tracker/contract';
import { dollars, groupedDecimal } from '../../lib/decimal-text.ts';
import { isBeforeMultiplier, premiumText } from '../../lib/value-words.ts';

/** What both witnesses come to, in one sentence without its full stop. */
export function verificationSentence(verification: Verification, assetType: string | null): string {
  const { verdict, recordQuantity, transactionsQuantity, transactionsSum } = verification;
  switch (verdict) {
    case 'VERIFIED':
      return isNothing(transactionsQuantity) || transactionsSum === null
        ? 'The account’s transactions agree'
        : `The account’s transactions agree: ${tradedText(transactionsQuantity, transactionsSum, assetType)}`;
    case 'DISAGREE':
      return 'The account’s transactions disagree with the order’s own report';
    case 'ONE_SOURCE':
      return isNothing(recordQuantity) && !isNothing(transactionsQuantity)
        ? 'Only the account’s transactions show a trade: the order’s own report shows none'
        : 'Only the order’s own report tells of it: the account’s transactions do not show it yet';
    case 'UNPRICED':
      return 'What filled has no price, in the report or in the account’s transactions';
    default:
      return '';
  }
}

/** `100 shares for 2,271.79 USD`; contracts without USD, see `isBeforeMultiplier`. */
export function tradedText(quantity: string | null, sum: string | null, assetType: string | null): string {
  const amount =
    quantity === null ? 'an unknown quantity' : `${groupedDecimal(quantity)} ${unitOf(assetType, quantity)}`;
  if (sum === null) return `${amount} without a price`;
  return isBeforeMultiplier(assetType) ? `${amount}, ${premiumText(sum)}` : `${amount} for ${dollars(sum)} USD`;
}

function unitOf(assetType: FullOrder['assetType'], quantity: string): string {
  const noun = assetType === 'OPTION' ? 'contract' : assetType === 'EQUITY' ? 'share' : 'unit';
  return quantity === '1' ? noun : `${noun}s`;
}

function isNothing(quantity: string | null): boolean {
  return quantity === null || quantity === '0';
}
