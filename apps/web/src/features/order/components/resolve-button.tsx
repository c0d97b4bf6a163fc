import type { FullOrder } from '@fill-tracker/contract';
import { type ReactNode, useState } from 'react';
import type { ResolveAction } from '../resolve-choices.ts';
import { ResolveDialog } from './resolve-dialog.tsx';

/** Opens the dialog in which a person decides. */
export function ResolveButton(props: { order: FullOrder; first?: ResolveAction; children: ReactNode }) {
  const { order, first, children } = props;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setIsOpen(true)}>
        {children}
      </button>
      {isOpen && (
        <ResolveDialog order={order} {...(first === undefined ? {} : { first })} onClose={() => setIsOpen(false)} />
      )}
    </>
  );
}
