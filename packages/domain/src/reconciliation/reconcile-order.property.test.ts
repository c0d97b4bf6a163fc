/**
 * The invariants of `reconcile-order.ts` as properties: whatever reports of a story arrive, in whatever order and
 * state, the record ends with the truth as soon as the whole final report was among them, and is never beyond it.
 *
 * Left out of the stories, because no rule could decide them from content alone:
 * - twins that one answer tells by id only and another by remainder only: which is which is never said;
 * - a remainder told anew in an answer that is not whole: it looks like a twin;
 * - a fill told with another price, quantity or time under an id of its own: it looks like another fill.
 * Each of these ends in a flag (sums that do not add up, fills that contradict), never in a silent price.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditEntry, AuditValues } from '../audit/audit-entry.ts';
import { replayAudit } from '../audit/replay-audit.ts';
import { decimal, type Decimal, decimalText } from '../decimal.ts';
import type { RecordedFill } from '../execution/fill.ts';
import { type KnownOrder, newlyKnownOrder } from '../order/known-order.ts';
import { MONDAY_TEN } from '../testing/builders.ts';
import { anyStory, type Story, storyFillText, type Truth, truthOf } from '../testing/order-story.ts';
import { PROPERTY_RUNS, PROPERTY_TIMEOUT } from '../testing/property-runs.ts';
import { anyDeliveries, type Delivery, finalReport } from '../testing/story-reports.ts';
import { concludeOrder } from './conclude-order.ts';
import { reconcileAbsence } from './reconcile-absence.ts';
import { reconcileOrder } from './reconcile-order.ts';
import type { Reconciliation } from './reconciliation.ts';

interface Run {
  readonly story: Story;
  readonly deliveries: readonly Delivery[];
}

const anyRun: fc.Arbitrary<Run> = anyStory.chain((story) =>
  anyDeliveries(story).map((deliveries) => ({ story, deliveries })),
);

const UNSEEN = newlyKnownOrder('1000000000001', 'TRACKED', MONDAY_TEN);

/** Applies the deliveries as they come, a second apart. */
function steps(deliveries: readonly Delivery[]): readonly Reconciliation[] {
  let order: KnownOrder = UNSEEN;
  return deliveries.map(({ report, requestedAt }, i) => {
    const step = reconcileOrder(order, report, requestedAt, seenAt(i));
    order = step.order;
    return step;
  });
}

function seenAt(i: number): number {
  return MONDAY_TEN + 60_000 + i * 1_000;
}

function after(deliveries: readonly Delivery[]): KnownOrder {
  return steps(deliveries).at(-1)?.order ?? UNSEEN;
}

function fillText(fill: RecordedFill): string {
  const second = ((fill.occurredAt ?? 0) - MONDAY_TEN) / 1_000;
  return `${fill.legId} ${decimalText(fill.quantity)}@${decimalText(fill.price)} ${second}`;
}

function textOf(value: Decimal | null): string | null {
  return value && decimalText(value);
}

/** The record in the form of the truth. */
function recordOf(order: KnownOrder, story: Story): Truth | object {
  const { status, outcome, filledQuantity, averagePrice, priceCents, netPrice } = order.state;
  const legs = order.facts === null ? [] : concludeOrder(order.facts, order.fills).legs;
  const sums = story.legs.map(({ legId }) => [legId, textOf(legs.find((leg) => leg.legId === legId)?.sum ?? null)]);
  return {
    status,
    outcome,
    filledQuantity: textOf(filledQuantity),
    fills: order.fills.map(fillText).toSorted(),
    sums: Object.fromEntries(sums),
    averagePrice: textOf(averagePrice),
    priceCents,
    netPrice: netPrice && `${decimalText(netPrice.amount)} ${netPrice.effect}`,
  };
}

function countOf(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

function holds(check: (run: Run) => void): void {
  fc.assert(fc.property(anyRun, check), PROPERTY_RUNS);
}

describe('reconcileOrder, whatever reports arrive', PROPERTY_TIMEOUT, () => {
  it('ends with the true status, fills, sums and prices', () => {
    holds(({ story, deliveries }) => {
      expect(recordOf(after(deliveries), story)).toEqual(truthOf(story));
    });
  });

  it('counts no fill twice, at no moment', () => {
    holds(({ story, deliveries }) => {
      const truth = countOf(story.activities.flatMap((activity) => activity.fills).map(storyFillText));
      for (const { order } of steps(deliveries)) {
        for (const [text, count] of countOf(order.fills.map(fillText))) {
          expect(count, text).toBeLessThanOrEqual(truth.get(text) ?? 0);
        }
      }
    });
  });

  it('is right again at the next good report after answers of a server that lags behind', () => {
    const lags = fc.array(fc.nat({ max: 20 }), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(anyRun, lags, ({ story, deliveries }, lag) => {
        const lagging = deliveries.map((each, i) => ({ ...each, requestedAt: MONDAY_TEN + (lag[i] ?? 0) * 1_000 }));
        const good = { report: finalReport(story), requestedAt: MONDAY_TEN + 60_000 };
        expect(recordOf(after([...lagging, good]), story)).toEqual(truthOf(story));
      }),
      PROPERTY_RUNS,
    );
  });

  it('never lets a fill go, nor changes what it recorded of it', () => {
    holds(({ deliveries }) => {
      let before: readonly RecordedFill[] = [];
      for (const { order, identifiedFills } of steps(deliveries)) {
        for (const fill of before) {
          const key = identifiedFills.find((each) => each.formerKey === fill.key)?.fill.key ?? fill.key;
          const now = order.fills.find((each) => each.key === key);
          expect(now && [fillText(now), now.observedAt, now.version]).toEqual([
            fillText(fill),
            fill.observedAt,
            fill.version,
          ]);
        }
        expect(new Set(order.fills.map((fill) => fill.key)).size).toBe(order.fills.length);
        before = order.fills;
      }
    });
  });

  it('does the same with a report twice as with it once', () => {
    holds(({ deliveries }) => {
      let order: KnownOrder = UNSEEN;
      for (const [i, { report, requestedAt }] of deliveries.entries()) {
        order = reconcileOrder(order, report, requestedAt, seenAt(i)).order;
        const again = reconcileOrder(order, report, requestedAt, seenAt(i) + 500);
        expect(again).toEqual({
          order,
          isChanged: false,
          newFills: [],
          identifiedFills: [],
          withdrawnFills: [],
          audit: [],
          discrepancies: [],
        });
      }
    });
  });

  it('lets an older report add fills and change nothing else that the broker said', () => {
    holds(({ deliveries }) => {
      let before: KnownOrder = UNSEEN;
      for (const [i, { order }] of steps(deliveries).entries()) {
        const isOlder = before.reportedAt !== null && (deliveries[i]?.requestedAt ?? 0) < before.reportedAt;
        if (isOlder) expect([order.facts, order.reportedAt]).toEqual([before.facts, before.reportedAt]);
        expect(order.fills.length).toBeGreaterThanOrEqual(before.fills.length);
        before = order;
      }
    });
  });

  it('completes no order without a price, and prices nothing but its own fills', () => {
    holds(({ deliveries }) => {
      for (const { order } of steps(deliveries)) {
        const { state, fills } = order;
        expect(state.outcome === null, 'an outcome means an end').toBe(state.status === 'PENDING');
        expect(state.closedAt === null, 'a closing time means an end').toBe(state.status === 'PENDING');
        if (state.status === 'COMPLETED') expect(state.averagePrice ?? state.netPrice).not.toBeNull();
        if (state.status === 'FAILED') expect(fills).toEqual([]);
        if (state.sum !== null) {
          const nano = fills.reduce((sum, fill) => sum + scaled(fill.price, 6) * scaled(fill.quantity, 3), 0n);
          expect(scaled(state.sum, 9)).toBe(nano);
        }
      }
    });
  });

  it('keeps the average within half a unit of the eighth place', () => {
    holds(({ deliveries }) => {
      for (const { state, fills } of steps(deliveries).map((step) => step.order)) {
        if (state.averagePrice === null) continue;
        const sum = fills.reduce((total, fill) => total + scaled(fill.price, 6) * scaled(fill.quantity, 3), 0n) * 100n;
        const quantity = fills.reduce((total, fill) => total + scaled(fill.quantity, 3), 0n);
        // sum in 10^-11, average in 10^-8, quantity in 10^-3: half a unit of the average is quantity / 2.
        const off = scaled(state.averagePrice, 8) * quantity - sum;
        expect(2n * (off < 0n ? -off : off)).toBeLessThanOrEqual(quantity);
      }
    });
  });

  it('leaves an unbroken trail of every price and status', () => {
    holds(({ story, deliveries }) => {
      const trail = steps(deliveries).flatMap((step) => step.audit);
      const end = after(deliveries).state;
      const price = lastOf(trail, 'PRICE_CHANGED', {
        filledQuantity: null,
        sum: null,
        averagePrice: null,
        priceCents: null,
        netPrice: null,
      });
      expect(price).toEqual({
        filledQuantity: textOf(end.filledQuantity),
        sum: textOf(end.sum),
        averagePrice: textOf(end.averagePrice),
        priceCents: end.priceCents,
        netPrice: truthOf(story).netPrice,
      });
      const standing = lastOf(trail, 'STATUS_CHANGED', { status: 'PENDING', outcome: null });
      expect(standing).toEqual({ status: end.status, outcome: end.outcome });
      expect(trail.filter((entry) => entry.kind === 'FILL_RECORDED')).toHaveLength(
        story.activities.flatMap((activity) => activity.fills).length,
      );
    });
  });

  it('leaves a trail that tells the whole order again', () => {
    holds(({ deliveries }) => {
      const known = replayAudit(steps(deliveries).flatMap((step) => step.audit));
      const { state, fills, facts } = after(deliveries);
      expect(known).toMatchObject({
        status: state.status,
        outcome: state.outcome,
        brokerStatus: facts?.brokerStatus ?? null,
        filledQuantity: textOf(state.filledQuantity),
        sum: textOf(state.sum),
        averagePrice: textOf(state.averagePrice),
        flags: state.flags,
      });
      expect(known.fills.map((fill) => fill['key']).toSorted()).toEqual(fills.map((fill) => fill.key).toSorted());
    });
  });

  it('writes exactly what changed', () => {
    holds(({ deliveries }) => {
      let before: KnownOrder = UNSEEN;
      for (const { order, isChanged } of steps(deliveries)) {
        const unwritten = isChanged ? order : { ...before, reportedAt: order.reportedAt };
        expect(order).toEqual(unwritten);
        before = order;
      }
    });
  });

  it('takes no order out of PENDING for being absent, however often', () => {
    fc.assert(
      fc.property(anyRun, fc.nat({ max: 8 }), ({ story, deliveries }, position) => {
        let order = after(deliveries.slice(0, position));
        const before = order;
        for (let i = 0; i < 5; i += 1) order = reconcileAbsence(order, MONDAY_TEN + 3_600_000 + i).order;
        expect({ ...order.state, flags: [] }).toEqual({ ...before.state, flags: [] });
        expect([order.fills, order.facts]).toEqual([before.fills, before.facts]);
        for (const { report, requestedAt } of deliveries) {
          order = reconcileOrder(order, report, requestedAt, MONDAY_TEN + 7_200_000).order;
        }
        expect(recordOf(order, story)).toEqual(truthOf(story));
        expect(order.absence).toBeNull();
      }),
      PROPERTY_RUNS,
    );
  });
});

/** Follows the entries of one kind from a first value, each beginning where the one before ended. */
function lastOf(trail: readonly AuditEntry[], kind: AuditEntry['kind'], first: AuditValues): AuditValues | null {
  return trail
    .filter((entry) => entry.kind === kind)
    .reduce<AuditValues | null>((value, entry) => {
      expect(entry.before).toEqual(value);
      expect(entry.after).not.toEqual(value);
      return entry.after;
    }, first);
}

/** The value in units of 10^-`places`, as an integer. */
function scaled(value: Decimal, places: number): bigint {
  return BigInt(decimalText(value.times(decimal(`1e${places}`))));
}
