import type { ListedOrder } from '@fill-tracker/contract';
import { extentOf, MOST_SELECTED, type Selection } from '../selection.ts';

/** The head of the column of checkboxes: one for all rows that are loaded. */
export function SelectAllHead(props: {
  orders: readonly ListedOrder[];
  selection: Selection;
  onToggleAll: () => void;
}) {
  const { orders, selection, onToggleAll } = props;
  const extent = extentOf(selection, orders);
  const label =
    orders.length > MOST_SELECTED
      ? `Select the first ${MOST_SELECTED} orders`
      : `Select all ${orders.length} loaded orders`;
  return (
    <th scope="col" data-column="select">
      <input
        type="checkbox"
        aria-label={label}
        title={label}
        ref={(box) => {
          if (box !== null) box.indeterminate = extent === 'some';
        }}
        checked={extent === 'all'}
        onChange={onToggleAll}
      />
    </th>
  );
}
