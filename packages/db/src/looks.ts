/** When the broker was last asked about pending orders. What nothing tells is written nowhere for each order. */
import type { Instant } from '@fill-tracker/domain';
import type { Queries } from './connection.ts';
import type { OrderView } from './orders.ts';
import type { LeaseProgress } from './poller-lease.ts';
import { numberIn } from './poller-traces.ts';
import { instantFromTextOrNull } from './rows/instant-text.ts';
import { jsonObjectOrNull } from './rows/json-text.ts';

/** The looks of the poller at work, as far as one look is about many orders. */
export interface Looks {
  /** End of the last look that examined every due order; null before the first. */
  readonly completeAt: Instant | null;
  /** Each look's list shows the orders that were entered from here on; null when that is not known. */
  readonly listedFrom: Instant | null;
  /** The last look whose list reached back further, and how far; null before the first. */
  readonly sweep: { readonly at: Instant; readonly from: Instant } | null;
  /** By our order id: when the broker last answered a question about that order alone. */
  readonly answeredAt: ReadonlyMap<number, Instant>;
}

/** What looks an order is part of: each one, those that reach back, or none that is not about it alone. */
export type LookedAtWith = 'EACH_LOOK' | 'SWEEPS';

/** One statement: every list of orders asks this. */
export async function readLooks(db: Queries): Promise<Looks> {
  const [row] = await db.$queryRaw<{ progress: string | null; completeAt: string | null }[]>`
    SELECT progress, (
      SELECT last_finished_at FROM poll_cycles WHERE outcome = 'complete' ORDER BY id DESC LIMIT 1
    ) AS "completeAt"
    FROM lease`;
  const progress = jsonObjectOrNull(row?.progress ?? null);
  const [at, from] = [numberIn(progress, 'sweptAt'), numberIn(progress, 'sweptFrom')];
  return {
    completeAt: instantFromTextOrNull(row?.completeAt ?? null),
    listedFrom: numberIn(progress, 'listedFrom'),
    sweep: at === null || from === null ? null : { at, from },
    answeredAt: answersIn(progress),
  };
}

/** An order that ended rests as it was last written. So does one without a broker id, of which nobody can be asked. */
export function lookedAtWith({ known }: OrderView, looks: Looks | null): LookedAtWith | null {
  const isPolled = known.state.status === 'PENDING' && known.brokerOrderId !== '';
  const enteredAt = known.facts?.enteredAt ?? null;
  // What the lists lack is asked about by its id.
  if (looks === null || !isPolled || enteredAt === null || known.absence !== null) return null;
  const { listedFrom, sweep } = looks;
  if (listedFrom === null || enteredAt >= listedFrom) return 'EACH_LOOK';
  return sweep !== null && enteredAt >= sweep.from ? 'SWEEPS' : null;
}

/** @param looks null when nothing is known of them */
export function lastCheckedAt(view: OrderView, looks: Looks | null): Instant {
  if (looks === null) return view.lastChangedAt;
  const lookedWith = lookedAtWith(view, looks);
  const listedAt = { EACH_LOOK: looks.completeAt, SWEEPS: looks.sweep?.at ?? null };
  const ownAnswerAt = view.known.state.status === 'PENDING' ? looks.answeredAt.get(view.id) : undefined;
  return Math.max(view.lastChangedAt, ownAnswerAt ?? 0, (lookedWith && listedAt[lookedWith]) ?? 0);
}

function answersIn(progress: LeaseProgress | null): ReadonlyMap<number, Instant> {
  const answers = progress?.['answeredAt'];
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers)) return new Map();
  return new Map(Object.entries(answers).flatMap(([id, at]) => (typeof at === 'number' ? [[Number(id), at]] : [])));
}
