import type { ListedOrder } from '@fill-tracker/contract';
import { orderName } from '../../lib/order-words.ts';
import { counted } from '../../lib/words.ts';
import type { RepollOutcome } from '../order/api/repoll.ts';

/** How many re-polls are under way at a time. The poller carries them out one by one, within its budget of calls. */
const AT_ONCE = 3;
/** How many orders that could not be checked are named. */
const NAMED = 5;

export interface Repolled {
  readonly order: ListedOrder;
  readonly outcome: RepollOutcome;
}

/**
 * Re-polls orders in their order, a few at a time. When stopped, it begins no further ones and waits for those under
 * way.
 *
 * @returns what came of each that was begun
 */
export async function repollEach(
  orders: readonly ListedOrder[],
  repollOne: (order: ListedOrder) => Promise<RepollOutcome>,
  run: { readonly onDone: (done: number) => void; readonly isStopped: () => boolean },
): Promise<readonly Repolled[]> {
  const left = [...orders];
  const done: Repolled[] = [];
  const work = async () => {
    for (let order = left.shift(); order !== undefined; order = run.isStopped() ? undefined : left.shift()) {
      done.push({ order, outcome: await repollOne(order) });
      run.onDone(done.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return done;
}

/**
 * What came of re-polling a selection: `3 checked, news in 1.`, and which orders could not be checked, and why.
 *
 * @param total how many were to be asked about
 */
export function repolledSentence(done: readonly Repolled[], total: number): { text: string; isProblem: boolean } {
  const checked = done.filter(({ outcome }) => !outcome.isProblem);
  const failed = done.filter(({ outcome }) => outcome.isProblem);
  const news = checked.filter(({ outcome }) => outcome.hasNews).length;
  const count = checked.length === total ? `${total} checked` : `${checked.length} of ${total} checked`;
  const found = news === 0 ? 'nothing new' : `news in ${news}`;
  const sentences = [
    checked.length === 0 ? `${count}.` : `${count}, ${found}.`,
    ...(done.length < total ? [`Stopped before ${counted(total - done.length, 'other')}.`] : []),
    ...failureSentences(failed),
  ];
  return { text: sentences.join(' '), isProblem: failed.length > 0 };
}

/** Orders that failed for the same reason are named together. */
function failureSentences(failed: readonly Repolled[]): string[] {
  const reasons = new Map<string, string[]>();
  for (const { order, outcome } of failed.slice(0, NAMED)) {
    reasons.set(outcome.text, [...(reasons.get(outcome.text) ?? []), fullName(order)]);
  }
  const sentences = [...reasons].map(([reason, names]) => `${names.join('; ')}: ${reason.replace(/\.?$/, '.')}`);
  return failed.length > NAMED ? [...sentences, `And ${failed.length - NAMED} more could not be checked.`] : sentences;
}

function fullName(order: ListedOrder): string {
  return `${orderName(order)} (${order.brokerOrderId ?? `#${order.id}`})`;
}
