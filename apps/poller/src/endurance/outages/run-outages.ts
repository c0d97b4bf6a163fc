import { MINUTE } from '@fill-tracker/domain';
import type { OwningTest } from '../../testing/world.ts';
import type { Findings, Progress } from '../check.ts';
import { table } from '../table.ts';
import type { OutageFigures } from './findings.ts';
import { liveOutage } from './live-outage.ts';
import { OUTAGES } from './outage.ts';

export interface OutagesOptions {
  readonly minutes: number;
  readonly progress: Progress;
}

/** Every kind of outage at once, each with a poller, a broker and a record of its own. */
export async function runOutages(owner: OwningTest, { minutes, progress }: OutagesOptions): Promise<Findings> {
  const outageMs = Math.round(minutes * MINUTE);
  const endured = await Promise.all(OUTAGES.map((outage) => liveOutage(owner, outage, { outageMs, progress })));
  const figures = endured.map((each) => each.figures);
  return {
    checks: endured.flatMap(({ checks }) => checks),
    lines: [
      ...OUTAGES.map(({ kind, what }) => `${kind}: ${what}`),
      '',
      ...table(
        ['outage', 'seconds', 'seen again after (s)', 'failed cycles', 'requests', 'refreshes', 'busiest minute'],
        figures.map(rowOf),
      ),
    ],
    figures: { outages: figures },
  };
}

function rowOf(each: OutageFigures): readonly (string | number)[] {
  const { kind, seconds, resumedAfterMs, failedCycles, requestsMeanwhile, refreshesMeanwhile, busiestMinute } = each;
  const resumed = resumedAfterMs === null ? 'never' : Math.round(resumedAfterMs / 100) / 10;
  return [kind, seconds, resumed, failedCycles, requestsMeanwhile, refreshesMeanwhile, busiestMinute];
}
