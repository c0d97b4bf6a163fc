import { readElements } from '../read-elements.ts';
import type { ElementRules } from '../read-elements.ts';
import { transactionSchema } from './transaction-schema.ts';
import type { SchwabTransaction } from './transaction-schema.ts';

/** Schwab's ceiling, and there is no further page: a list this long may have been cut off. */
export const MAX_TRANSACTION_ROWS = 3000;

const TRANSACTION_RULES: ElementRules<SchwabTransaction> = {
  plural: 'transactions',
  schema: transactionSchema,
  maxDepth: 16,
  idKey: 'activityId',
  isId: (text) => /^\d{1,19}$/.test(text),
};

/** An element that is no transaction, or one that cannot be read without guessing. */
export interface OddTransaction {
  /** Place in the list, from 0. */
  readonly index: number;
  /** When at least that can be read. */
  readonly activityId: string | null;
  /** What is wrong and where, without quoting a value: `transferItems[0].price: must be a number`. */
  readonly problem: string;
  /** Its JSON. Not redacted, and it may name the account holder: not for logs. */
  readonly text: string;
}

export interface ParsedTransactionList {
  readonly transactions: readonly SchwabTransaction[];
  readonly odd: readonly OddTransaction[];
  /** Whether the list is as long as it can be: what is missing from it may just have been left off. */
  readonly isCutOff: boolean;
}

/**
 * Reads a list of transactions, each on its own: an odd one is set aside and disturbs no other.
 *
 * @throws {ShapeError} when the text is not a JSON array.
 */
export function parseTransactionList(text: string): ParsedTransactionList {
  const elements = readElements(text, TRANSACTION_RULES);
  return {
    transactions: elements.flatMap((element) => (element.kind === 'read' ? [element.value] : [])),
    odd: elements.flatMap((element, index) => {
      if (element.kind === 'read') return [];
      const { id, problem, text: evidence } = element.odd;
      return [{ index, activityId: id, problem, text: evidence }];
    }),
    isCutOff: elements.length >= MAX_TRANSACTION_ROWS,
  };
}
