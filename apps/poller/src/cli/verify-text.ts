import type { DayVerification } from '@fill-tracker/contract';
import { sumText } from '../witness/sum-text.ts';

type DayDifference = DayVerification['differences'][number];

/** The certificate of a date for people. */
export function verificationText(day: DayVerification): string {
  return [
    `${day.date} (New York), ${day.accounts.map(({ id, maskedNumber }) => `${id} (${maskedNumber})`).join(', ')}`,
    `${count(day.orders, 'order')} and ${count(day.fills, 'fill')} in the record: ${tradedText(day)}; fees ${day.fees} USD`,
    `verdicts: ${verdictsText(day.verdicts)}`,
    ...(day.transactionsWithoutOrder > 0
      ? [`${count(day.transactionsWithoutOrder, 'transaction')} without an order, such as reinvested dividends`]
      : []),
    ...day.unreadable.map(
      ({ kind, id, problem }) => `unreadable ${kind.toLowerCase()} ${id ?? 'without an id'}: ${problem}`,
    ),
    day.differences.length === 0
      ? 'no difference: the record, the orders and the transactions agree'
      : `${count(day.differences.length, 'difference')}:`,
    ...day.differences.map((difference) => `  ${differenceText(difference)}`),
    `sha256 ${day.hash}`,
  ].join('\n');
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

function tradedText({ shares, contracts, otherUnits }: DayVerification): string {
  const kinds = [
    { traded: shares, noun: 'shares', unit: 'USD' },
    { traded: contracts, noun: 'contracts', unit: "before the contracts' multiplier" },
    { traded: otherUnits, noun: 'other units', unit: 'USD' },
  ].filter(({ traded, noun }) => noun === 'shares' || traded.quantity !== '0');
  return kinds.map(({ traded, noun, unit }) => `${traded.quantity} ${noun} for ${traded.notional} ${unit}`).join(', ');
}

function verdictsText({ VERIFIED, ONE_SOURCE, DISAGREE, UNPRICED }: DayVerification['verdicts']): string {
  return `${VERIFIED} verified, ${DISAGREE} disagree, ${ONE_SOURCE} from one source only, ${UNPRICED} without a price`;
}

const WORDS: Readonly<Record<DayDifference['kind'], string>> = {
  MISSING_IN_RECORD: 'missing in the record',
  EXTRA_IN_RECORD: 'only in the record',
  QUANTITY_DIFFERS: 'another quantity',
  PRICE_DIFFERS: 'another price',
};

function differenceText({ kind, account, brokerOrderId, symbol, record, broker }: DayDifference): string {
  const what = `${account} order ${brokerOrderId}${symbol === null ? '' : ` ${symbol}`}`;
  if (symbol === null && record === null && broker === null) return `${WORDS[kind]}: ${what} as a whole`;
  return `${WORDS[kind]}: ${what}: record ${totalText(record, symbol)}, broker ${totalText(broker, symbol)}`;
}

function totalText(total: DayDifference['record'], symbol: string | null): string {
  if (total === null || total.executions === 0) return 'nothing';
  const price = total.sum === null ? 'at no known price' : `for ${sumText(total.sum, symbol)}`;
  return `${total.quantity} ${price} in ${count(total.executions, 'fill')}`;
}
