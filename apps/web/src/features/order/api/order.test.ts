import { describe, expect, it } from 'vitest';
import { createQueryClient } from '../../../app/query-client.ts';
import { aFullOrder } from '../../../testing/builders.ts';
import { orderQuery } from './order.ts';

describe('an order that is shown', () => {
  const intervalOf = (fills: ReturnType<typeof aFullOrder>['fills'], status: 'success' | 'error') => {
    const client = createQueryClient();
    const options = client.defaultQueryOptions(orderQuery(1));
    const query = client.getQueryCache().build(client, options);
    query.setState({ data: aFullOrder({ fills }), status });
    return typeof options.refetchInterval === 'function' ? options.refetchInterval(query) : options.refetchInterval;
  };

  it('is asked for again while its verdict is awaited, or when it could not be refreshed', () => {
    expect(intervalOf([], 'success')).toBe(false);
    expect(intervalOf(aFullOrder().fills, 'success')).toBe(15_000);
    expect(intervalOf([], 'error')).toBe(15_000);
  });
});
