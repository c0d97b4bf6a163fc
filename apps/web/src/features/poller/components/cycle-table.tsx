import type { Cycle } from '@fill-tracker/contract';
import { type ListColumn, ListTable } from '../../../components/ui/list-table.tsx';
import { errorText } from '../../../lib/error-words.ts';
import { exactMoment, latencyText, marketClock, workTime } from '../../../lib/time-text.ts';
import { wordsOf } from '../../../lib/words.ts';
import { lengthOf } from '../cycle-words.ts';
import styles from './cycle-table.module.css';

const COLUMNS: readonly ListColumn[] = [
  { title: 'From, ET' },
  { title: 'To, ET' },
  { title: 'Outcome' },
  { title: 'Cycles', isNumber: true },
  { title: 'Took', isNumber: true },
  { title: 'Examined', isNumber: true },
  { title: 'Changed', isNumber: true },
  { title: 'Calls', isNumber: true },
  { title: 'Longest pause', isNumber: true },
];

/** The cycles, newest first. */
export function CycleTable({ cycles }: { cycles: readonly Cycle[] }) {
  return (
    <ListTable label="Cycle table" columns={COLUMNS} isWide>
      {cycles.map((cycle) => (
        <CycleRow key={cycle.id} cycle={cycle} />
      ))}
    </ListTable>
  );
}

function CycleRow({ cycle }: { cycle: Cycle }) {
  const { startedAt, lastFinishedAt, outcome, errorKind, note } = cycle;
  return (
    <tr>
      <td>
        <time dateTime={startedAt} title={exactMoment(startedAt)}>
          {marketClock(startedAt)}
        </time>
      </td>
      <td>
        <time dateTime={lastFinishedAt} title={exactMoment(lastFinishedAt)}>
          {marketClock(lastFinishedAt)}
        </time>
      </td>
      <td className={styles.outcome} data-outcome={outcome} title={note ?? undefined}>
        {wordsOf(outcome)}
        {errorKind !== null && `: ${errorText(errorKind)}`}
      </td>
      <td data-number>{cycle.repeatCount.toLocaleString('en-US')}</td>
      <td data-number>{workTime(lengthOf(cycle))}</td>
      <td data-number>
        {cycle.examined}/{cycle.due}
      </td>
      <td data-number>{cycle.changed}</td>
      <td data-number>{cycle.requests.toLocaleString('en-US')}</td>
      {/* A single cycle has nothing before it to pause after. */}
      <td data-number>{cycle.repeatCount === 1 ? '—' : latencyText(cycle.longestPauseMs)}</td>
    </tr>
  );
}
