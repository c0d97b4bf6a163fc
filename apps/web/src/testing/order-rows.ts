import { screen } from '@testing-library/react';
import { expect } from 'vitest';

/** The row of the order list whose link has this name. */
export async function rowOf(symbol: string): Promise<HTMLTableRowElement> {
  const row = (await screen.findByRole('link', { name: symbol })).closest('tr');
  return row ?? expect.unreachable('the link is in no row');
}

/** What a row says in a column. */
export function cell(row: HTMLElement, column: string): string | null | undefined {
  return row.querySelector(`[data-column="${column}"]`)?.textContent;
}
