import type { BlindSpot } from '@fill-tracker/contract';
import { type ListColumn, ListTable } from '../../../components/ui/list-table.tsx';
import { causeText } from '../../../lib/blind-cause-words.ts';
import { exactMoment, latencyText, marketMomentText } from '../../../lib/time-text.ts';
import { lengthOfSpot } from '../blind-spot-words.ts';
import styles from './blind-spot-table.module.css';

const COLUMNS: readonly ListColumn[] = [
  { title: 'From, ET' },
  { title: 'To, ET' },
  { title: 'Why' },
  { title: 'Lasted', isNumber: true },
  { title: 'Fills found late', isNumber: true },
  { title: 'Made up for' },
];

/** The blind spots, newest first. */
export function BlindSpotTable({ spots, now }: { spots: readonly BlindSpot[]; now: string }) {
  return (
    <ListTable label="Blind spot table" columns={COLUMNS} isWide>
      {spots.map((spot) => (
        <tr key={spot.id}>
          <td>
            <Moment iso={spot.beganAt} />
          </td>
          <td>{spot.endedAt === null ? 'still open' : <Moment iso={spot.endedAt} />}</td>
          <td>
            {spot.explanation}
            {spot.also.length > 0 && <span className={styles.also}>then: {spot.also.map(causeText).join('; ')}</span>}
          </td>
          <td data-number>{latencyText(lengthOfSpot(spot, now))}</td>
          <td data-number className={spot.lateFills > 0 ? styles.late : undefined}>
            {spot.lateFills}
          </td>
          <td>{madeUpText(spot)}</td>
        </tr>
      ))}
    </ListTable>
  );
}

function Moment({ iso }: { iso: string }) {
  return (
    <time dateTime={iso} title={exactMoment(iso)}>
      {marketMomentText(iso)}
    </time>
  );
}

function madeUpText({ endedAt, backfilledAt }: BlindSpot): string {
  if (endedAt === null) return '—';
  return backfilledAt === null ? 'not all of it yet' : 'all of it';
}
