import { summary } from '@fill-tracker/contract';
import { queryOptions } from '@tanstack/react-query';
import { requestJson } from '../../../lib/http.ts';
import { queryKeys } from '../../../lib/query-keys.ts';

export const summaryQuery = queryOptions({
  queryKey: queryKeys.summary,
  queryFn: ({ signal }) => requestJson(summary, '/api/summary', { signal }),
});
