// @vitest-environment happy-dom
import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { OrdersPlaceholder } from './orders-placeholder.tsx';

const refetch = () => undefined;

it('is a skeleton until the first answer', () => {
  render(<OrdersPlaceholder list={{ isPending: true, errorUpdateCount: 0, error: null, refetch }} search={{}} />);
  expect(screen.getByRole('status').textContent).toBe('Loading the orders');
});

it('goes on saying that the orders could not be loaded while it tries again', () => {
  const failed = { isPending: false, errorUpdateCount: 1, error: new Error('The record is locked.'), refetch };
  const { rerender } = render(<OrdersPlaceholder list={failed} search={{}} />);
  expect(screen.getByRole('alert').textContent).toContain('The record is locked.');
  rerender(<OrdersPlaceholder list={{ ...failed, isPending: true, error: null }} search={{}} />);
  expect(screen.getByRole('alert').textContent).toContain('The orders could not be loaded');
  expect(screen.getByRole('alert').textContent).toContain('Trying again…');
});
