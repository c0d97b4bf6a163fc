import { accountList } from '@fill-tracker/contract';
import { queryOptions } from '@tanstack/react-query';
import { requestJson } from '../../../lib/http.ts';
import { queryKeys } from '../../../lib/query-keys.ts';

export const accountsQuery = queryOptions({
  queryKey: queryKeys.accounts,
  queryFn: async ({ signal }) => (await requestJson(accountList, '/api/accounts', { signal })).items,
});
