import { type Alert, alertPage } from '@fill-tracker/contract';
import { queryOptions } from '@tanstack/react-query';
import { requestJson } from '../../../lib/http.ts';
import { queryKeys } from '../../../lib/query-keys.ts';

/** How many alerts that are over are shown. */
const RECENT = 10;

export interface Alerts {
  /** The most severe first, then the newest. */
  readonly open: readonly Alert[];
  /** Those that are over, newest first. */
  readonly recent: readonly Alert[];
}

export const alertsQuery = queryOptions({
  queryKey: queryKeys.alerts,
  queryFn: async ({ signal }): Promise<Alerts> => {
    const [open, all] = await Promise.all([
      requestJson(alertPage, '/api/alerts?state=open&limit=100', { signal }),
      requestJson(alertPage, `/api/alerts?limit=${RECENT * 3}`, { signal }),
    ]);
    return {
      open: open.items.toSorted((a, b) => RANK[a.severity] - RANK[b.severity] || b.id - a.id),
      recent: all.items.filter(({ clearedAt }) => clearedAt !== null).slice(0, RECENT),
    };
  },
});

const RANK: Readonly<Record<Alert['severity'], number>> = { critical: 0, warning: 1, info: 2 };
