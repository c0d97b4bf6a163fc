import { decimalText, type KnownOrder } from '@fill-tracker/domain';
import type { PollerEvents } from '../events.ts';
import type { Output } from './output.ts';

/** One line for each change of an order, as it is committed. */
export function printFills(output: Output): Partial<PollerEvents> {
  return {
    leaseHeldElsewhere: ({ owner }) =>
      output.line(`Another poller is at work on this record (${owner ?? '?'}); standing by.`),
    orderChanged: ({ orderId, order, newFills, committedAt }) => {
      const at = new Date(committedAt).toISOString().slice(11, 23);
      for (const { quantity, price } of newFills) {
        output.line(`${at}  #${orderId}  ${title(order)}  fill ${decimalText(quantity)} @ ${decimalText(price)}`);
      }
      output.line(`${at}  #${orderId}  ${title(order)}  ${standing(order)}`);
    },
  };
}

function title({ facts, brokerOrderId }: KnownOrder): string {
  const [leg] = facts?.legs ?? [];
  const quantity = facts?.quantity === null || facts === null ? '?' : decimalText(facts.quantity);
  return `${leg?.instruction ?? '?'} ${quantity} ${leg?.symbol ?? brokerOrderId}`.padEnd(20);
}

function standing({ facts, state, fills }: KnownOrder): string {
  const word = state.outcome ?? facts?.brokerStatus ?? state.status;
  const flags = state.flags.length === 0 ? '' : `  ! ${state.flags.join(' ')}`;
  if (state.averagePrice === null || state.filledQuantity === null) return `${word}${flags}`;
  const parts = fills.length === 1 ? '1 fill' : `${fills.length} fills`;
  return `${word}  ${decimalText(state.filledQuantity)} at average ${decimalText(state.averagePrice)} (${parts})${flags}`;
}
