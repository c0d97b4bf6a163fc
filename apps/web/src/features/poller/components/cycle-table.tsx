import type { Cycle } from '@fill-tracker/contract';
import { ScrollBox } from '../../../components/ui/scroll-box.tsx';
import { exactMoment, latencyText, marketClock, workTime } from '../../../lib/time-text.ts';
import { wordsOf } from '../../../lib/words.ts';
import { lengthOf } from '../cycle-words.ts';
import styles from './cycle-table.module.css';

/** The cycles, newest first. */
export function CycleTable({ cycles }: { cycles: readonly Cycle[] }) {
  return (
    <ScrollBox label="Cycle table" height="middle">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">From, ET</th>
            <th scope="col">To, ET</th>
            <th scope="col">Outcome</th>
            <th scope="col" data-number>
              Cycles
            </th>
            <th scope="col" data-number>
              Took
            </th>
            <th scope="col" data-number>
              Examined
            </th>
            <th scope="col" data-number>
              Changed
            </th>
            <th scope="col" data-number>
              Calls
            </th>
            <th scope="col" data-number>
              Longest pause
            </th>
          </tr>
        </thead>
        <tbody>
          {cycles.map((cycle) => (
            <CycleRow key={cycle.id} cycle={cycle} />
          ))}
        </tbody>
      </table>
    </ScrollBox>
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
      <td data-outcome={outcome} title={note ?? undefined}>
        {wordsOf(outcome)}
        {errorKind !== null && ` (${errorKind})`}
      </td>
      <td data-number>{cycle.repeatCount.toLocaleString('en-US')}</td>
      <td data-number>{workTime(lengthOf(cycle))}</td>
      <td data-number>
        {cycle.examined}/{cycle.due}
      </td>
      <td data-number>{cycle.changed}</td>
      <td data-number>{cycle.requests.toLocaleString('en-US')}</td>
      <td data-number>{latencyText(cycle.longestPauseMs)}</td>
    </tr>
  );
}
