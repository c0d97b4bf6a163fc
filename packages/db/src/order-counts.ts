import type { Instant } from '@fill-tracker/domain';
import type { Queries } from './connection.ts';
import { instantText } from './rows/instant-text.ts';

/** How many orders ended in a span with something traded. `before` is not part of it. */
export async function countFilledBetween(db: Queries, from: Instant, before: Instant): Promise<number> {
  return await db.order.count({
    where: { status: 'COMPLETED', closedAt: { gte: instantText(from), lt: instantText(before) } },
  });
}

/** How many orders carry each flag, most first. */
export async function countFlags(db: Queries): Promise<readonly { flag: string; orders: number }[]> {
  const groups = await db.order.groupBy({ by: ['flags'], where: { flags: { not: '' } }, _count: true });
  const counts = new Map<string, number>();
  for (const { flags, _count } of groups) {
    for (const flag of flags.split(' ')) counts.set(flag, (counts.get(flag) ?? 0) + _count);
  }
  return [...counts]
    .map(([flag, orders]) => ({ flag, orders }))
    .sort((a, b) => b.orders - a.orders || a.flag.localeCompare(b.flag, 'en'));
}
