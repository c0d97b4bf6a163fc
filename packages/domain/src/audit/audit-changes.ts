import { decimalText, type Decimal } from '../decimal.ts';
import type { RecordedFill, WithdrawnFill } from '../execution/fill.ts';
import type { KnownOrder, OrderState, Resolution } from '../order/known-order.ts';
import type { OrderFacts, OrderLeg } from '../order/reported-order.ts';
import type { AuditEntry, AuditKind, AuditValues } from './audit-entry.ts';

/** A fill that got an activity id later, and with it a new key and what the same answer says was left after it. */
export interface IdentifiedFill {
  readonly formerKey: string;
  readonly fill: RecordedFill;
}

/** What a reconciliation did to an order. */
export interface OrderChange {
  readonly before: KnownOrder;
  readonly after: KnownOrder;
  readonly newFills: readonly RecordedFill[];
  readonly identifiedFills: readonly IdentifiedFill[];
  readonly withdrawnFills: readonly WithdrawnFill[];
}

/** The audit entries of a change: each fill, then each thing that differs, with its value before and after. */
export function auditChanges(change: OrderChange, reason: string): readonly AuditEntry[] {
  const { before, after } = change;
  return [
    ...change.newFills.map((fill) => entry('FILL_RECORDED', null, fillValues(fill), reason)),
    ...change.identifiedFills.map(({ formerKey, fill }) =>
      entry('FILL_IDENTIFIED', { key: formerKey }, { key: fill.key }, reason),
    ),
    ...change.withdrawnFills.map((fill) => entry('FILL_WITHDRAWN', fillValues(fill), null, reason)),
    ...whenDifferent('BROKER_STATUS_CHANGED', brokerWords(before.facts), brokerWords(after.facts), reason),
    ...whenDifferent('DETAILS_CHANGED', terms(before.facts), terms(after.facts), reason),
    ...whenDifferent('RESOLUTION_CHANGED', resolved(before.resolution), resolved(after.resolution), reason),
    ...whenDifferent('STATUS_CHANGED', standing(before.state), standing(after.state), reason),
    ...whenDifferent('PRICE_CHANGED', prices(before.state), prices(after.state), reason),
    ...whenDifferent('FLAGS_CHANGED', flagList(before.state), flagList(after.state), reason),
  ];
}

function entry(kind: AuditKind, before: AuditValues | null, after: AuditValues | null, reason: string): AuditEntry {
  return { kind, before, after, reason };
}

/** Empty when both sides say the same; a first appearance has no before. */
function whenDifferent(
  kind: AuditKind,
  before: AuditValues | null,
  after: AuditValues | null,
  reason: string,
): readonly AuditEntry[] {
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [entry(kind, before, after, reason)];
}

function fillValues(fill: RecordedFill): AuditValues {
  return {
    key: fill.key,
    version: fill.version,
    legId: fill.legId,
    price: decimalText(fill.price),
    quantity: decimalText(fill.quantity),
    occurredAt: timeText(fill.occurredAt),
  };
}

function brokerWords(facts: OrderFacts | null): AuditValues | null {
  return facts && { brokerStatus: facts.brokerStatus, statusDescription: facts.statusDescription };
}

function terms(facts: OrderFacts | null): AuditValues | null {
  return (
    facts && {
      quantity: numberText(facts.quantity),
      limitPrice: numberText(facts.limitPrice),
      stopPrice: numberText(facts.stopPrice),
      orderType: facts.orderType,
      duration: facts.duration,
      orderSession: facts.orderSession,
      enteredAt: timeText(facts.enteredAt),
      legs: facts.legs.map(legText).join(', '),
    }
  );
}

function legText(leg: OrderLeg): string {
  return [leg.legId, leg.instruction ?? '?', numberText(leg.quantity) ?? '?', leg.symbol ?? '?'].join(' ');
}

function resolved(resolution: Resolution | null): AuditValues | null {
  return resolution && { by: resolution.by, reason: resolution.reason };
}

function standing(state: OrderState): AuditValues {
  return { status: state.status, outcome: state.outcome };
}

function prices(state: OrderState): AuditValues {
  return {
    filledQuantity: numberText(state.filledQuantity),
    sum: numberText(state.sum),
    averagePrice: numberText(state.averagePrice),
    priceCents: state.priceCents,
    netPrice: state.netPrice && `${decimalText(state.netPrice.amount)} ${state.netPrice.effect}`,
  };
}

function flagList(state: OrderState): AuditValues {
  return { flags: state.flags.join(' ') };
}

function numberText(value: Decimal | null): string | null {
  return value && decimalText(value);
}

function timeText(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
