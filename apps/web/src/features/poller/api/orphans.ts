import { orphans } from '@fill-tracker/contract';
import { queryOptions } from '@tanstack/react-query';
import { requestJson } from '../../../lib/http.ts';
import { queryKeys } from '../../../lib/query-keys.ts';

export const orphansQuery = queryOptions({
  queryKey: queryKeys.orphans,
  queryFn: ({ signal }) => requestJson(orphans, '/api/orphans', { signal }),
});
