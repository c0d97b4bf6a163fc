import { describe, expect, it } from 'vitest';

import { orderIdFromLocation } from './location-header.ts';

describe('orderIdFromLocation', () => {
  it.each([
    ['an absolute URL', 'https://api.schwabapi.com/trader/v1/accounts/ABC/orders/1005639387086'],
    ['a relative one', '/trader/v1/accounts/ABC/orders/1005639387086'],
    ['a final slash', '/trader/v1/accounts/ABC/orders/1005639387086/'],
    ['a query', '/trader/v1/accounts/ABC/orders/1005639387086?x=/orders/1'],
  ])('reads the id from %s', (_what, location) => {
    expect(orderIdFromLocation(location)).toBe('1005639387086');
  });

  it('reads the largest int64', () => {
    expect(orderIdFromLocation('/orders/9223372036854775807')).toBe('9223372036854775807');
  });

  it.each([
    null,
    '',
    '/',
    'https://api.schwabapi.com/trader/v1/accounts/ABC/orders',
    'https://api.schwabapi.com/trader/v1/accounts/ABC/orders/',
    '/accounts/12345678',
    '/orders/undefined',
    '/orders/0',
    '/orders/007',
    '/orders/-5',
    '/orders/12345678901234567890',
    '/orders/12/legs',
    '/orders/12%20',
    '/reorders/12',
  ])('finds none in %j', (location) => {
    expect(orderIdFromLocation(location)).toBeNull();
  });
});
