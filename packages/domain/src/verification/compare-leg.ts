import { type Decimal, decimalText, sumOf } from '../decimal.ts';

/** An execution as one of the two witnesses tells it. */
export interface WitnessedExecution {
  readonly symbol: string | null;
  /** Null when this witness does not know it. */
  readonly price: Decimal | null;
  readonly quantity: Decimal;
  readonly activityId: string | null;
}

/** What one witness says in all. */
export interface WitnessTotal {
  readonly executions: number;
  /** Shares or contracts. */
  readonly quantity: Decimal;
  /** USD: the exact sum of price times quantity; null when an execution has no price. */
  readonly sum: Decimal | null;
}

/** One leg as both witnesses tell it. */
export interface LegComparison {
  readonly symbol: string | null;
  /** As the order says; null when it does not know this symbol. */
  readonly assetType: string | null;
  readonly record: WitnessTotal;
  readonly transactions: WitnessTotal;
  /** What is wrong, if anything. A missing price is no difference: it is not known. */
  readonly difference: 'QUANTITY' | 'PRICE' | null;
  /** Executions without a counterpart. The totals can agree all the same: then the two split the trade otherwise. */
  readonly onlyInRecord: readonly WitnessedExecution[];
  readonly onlyInTransactions: readonly WitnessedExecution[];
}

/** Holds the executions of one leg against each other: by activity, as they are, and in total. */
export function compareLeg(
  { symbol, assetType }: Pick<LegComparison, 'symbol' | 'assetType'>,
  recorded: readonly WitnessedExecution[],
  transacted: readonly WitnessedExecution[],
): LegComparison {
  const contradicted = contradictedActivities(recorded, transacted);
  const isContradicted = ({ activityId }: WitnessedExecution): boolean => contradicted.has(activityId ?? '');
  const others = [recorded, transacted].map((side) => side.filter((execution) => !isContradicted(execution)));
  const rest = unmatched(others[0] ?? [], others[1] ?? []);
  const [record, transactions] = [totalOf(recorded), totalOf(transacted)];
  return {
    symbol,
    assetType,
    record,
    transactions,
    difference: differenceOf(record, transactions) ?? (contradicted.size > 0 ? 'PRICE' : null),
    onlyInRecord: [...recorded.filter(isContradicted), ...rest.onlyInRecord],
    onlyInTransactions: [...transacted.filter(isContradicted), ...rest.onlyInTransactions],
  };
}

function totalOf(executions: readonly WitnessedExecution[]): WitnessTotal {
  const sums = executions.flatMap(({ price, quantity }) => price?.times(quantity) ?? []);
  return {
    executions: executions.length,
    quantity: sumOf(executions.map(({ quantity }) => quantity)),
    sum: sums.length === executions.length ? sumOf(sums) : null,
  };
}

function differenceOf(record: WitnessTotal, transactions: WitnessTotal): LegComparison['difference'] {
  if (!record.quantity.eq(transactions.quantity)) return 'QUANTITY';
  if (record.sum === null || transactions.sum === null) return null;
  return record.sum.eq(transactions.sum) ? null : 'PRICE';
}

/**
 * Activities that both tell, of one quantity and at two prices: a contradiction even where the leg's totals agree.
 * One that has another quantity on each side is only split otherwise, and the totals decide.
 */
function contradictedActivities(
  recorded: readonly WitnessedExecution[],
  transacted: readonly WitnessedExecution[],
): ReadonlySet<string> {
  const other = byActivity(transacted);
  return new Set(
    [...byActivity(recorded)].flatMap(([activityId, executions]) => {
      const told = other.get(activityId);
      return told !== undefined && differenceOf(totalOf(executions), totalOf(told)) === 'PRICE' ? activityId : [];
    }),
  );
}

function byActivity(executions: readonly WitnessedExecution[]): ReadonlyMap<string, readonly WitnessedExecution[]> {
  const activities = new Map<string, WitnessedExecution[]>();
  for (const execution of executions) {
    if (execution.activityId === null) continue;
    const others = activities.get(execution.activityId);
    if (others === undefined) activities.set(execution.activityId, [execution]);
    else others.push(execution);
  }
  return activities;
}

/** What is left of two multisets once equal executions are paired: first those of one activity, then by content. */
function unmatched(
  recorded: readonly WitnessedExecution[],
  transacted: readonly WitnessedExecution[],
): Pick<LegComparison, 'onlyInRecord' | 'onlyInTransactions'> {
  const sameActivity = (execution: WitnessedExecution): string => `${execution.activityId} ${contentOf(execution)}`;
  const record = without(recorded, transacted, sameActivity);
  const transactions = without(transacted, recorded, sameActivity);
  return {
    onlyInRecord: without(record, transactions, contentOf),
    onlyInTransactions: without(transactions, record, contentOf),
  };
}

/** The first multiset less the second. */
function without<T>(items: readonly T[], taken: readonly T[], textOf: (item: T) => string): readonly T[] {
  const counts = new Map<string, number>();
  for (const text of taken.map(textOf)) counts.set(text, (counts.get(text) ?? 0) + 1);
  return items.filter((item) => {
    const count = counts.get(textOf(item)) ?? 0;
    counts.set(textOf(item), count - 1);
    return count <= 0;
  });
}

function contentOf({ price, quantity }: WitnessedExecution): string {
  return `${decimalText(quantity)}@${price === null ? '?' : decimalText(price)}`;
}
