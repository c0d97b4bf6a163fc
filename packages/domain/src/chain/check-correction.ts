import type { ChainOrder } from './chain-order.ts';
import { inferReplacements } from './infer-replacements.ts';
import { leadsTo, operatorLinks, type ReplacementCorrection } from './replacement-link.ts';

/** Why a correction cannot stand. */
export interface CorrectionRefusal {
  readonly code: 'UNKNOWN_ORDER' | 'ITSELF' | 'SECOND_SUCCESSOR' | 'CIRCLE';
  /** For the person who asked: what is wrong, and what to do. */
  readonly message: string;
}

/**
 * Checks what a person says of an order before it is kept.
 *
 * An inferred successor of `from` is no obstacle, it gives way; one that a person named is.
 *
 * @param corrections those that stand, oldest first
 * @returns null when it may stand.
 */
export function checkCorrection(
  correction: ReplacementCorrection,
  orders: readonly ChainOrder[],
  corrections: readonly ReplacementCorrection[] = [],
): CorrectionRefusal | null {
  const { to, from } = correction;
  const unknown = [to, from].find((key) => key !== null && !orders.some((order) => order.key === key));
  if (unknown !== undefined) {
    return refusal('UNKNOWN_ORDER', `The record has no order ${unknown} in this account. Track it first.`);
  }
  if (from === null) return null;
  if (from === to) return refusal('ITSELF', `Order ${to} cannot replace itself. Name the order that it replaced.`);
  const rival = operatorLinks(corrections).find((link) => link.from === from && link.to !== to);
  if (rival !== undefined) return refusal('SECOND_SUCCESSOR', secondSuccessor(from, to, rival.to));
  const { links } = inferReplacements(orders, corrections);
  return leadsTo(links, to, from) ? refusal('CIRCLE', circle(from, to)) : null;
}

function refusal(code: CorrectionRefusal['code'], message: string): CorrectionRefusal {
  return { code, message };
}

function secondSuccessor(from: string, to: string, rival: string): string {
  return (
    `Order ${from} was already said to be replaced by ${rival}, and an order has one successor. ` +
    `If ${to} is the right one, first say that ${rival} is not a replacement.`
  );
}

function circle(from: string, to: string): string {
  return (
    `Order ${from} already follows ${to} in their chain, so ${to} cannot follow ${from}. ` +
    `If the chain is wrong, first say that ${from} is not a replacement.`
  );
}
