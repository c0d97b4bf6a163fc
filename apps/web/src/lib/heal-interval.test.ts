import { describe, expect, it } from 'vitest';
import { createQueryClient } from '../app/query-client.ts';
import { healInterval } from './heal-interval.ts';

const asked = { status: 'error', data: 1, fetchMeta: null } as const;

describe('healInterval', () => {
  it.each([
    ['what is shown and could not be refreshed', asked, 15_000],
    ['what is up to date', { ...asked, status: 'success' }, false],
    ['what could not be loaded at all', { ...asked, data: undefined }, false],
    [
      'rows after which no more could be loaded',
      { ...asked, fetchMeta: { fetchMore: { direction: 'forward' } } },
      false,
    ],
  ] as const)('of %s', (_what, state, interval) => {
    expect(healInterval({ state })).toBe(interval);
  });

  it('is how every query heals', () => {
    expect(createQueryClient().getDefaultOptions().queries?.refetchInterval).toBe(healInterval);
  });
});
