import type { BlindSpot, PollerHealth } from '@fill-tracker/contract';
import { Panel } from '../../../components/ui/panel.tsx';
import { marketWeekMoment, roughDuration } from '../../../lib/time-text.ts';
import { counted } from '../../../lib/words.ts';
import { blindSpotSentence, DAY_MS, placeInDay, spotsOfDay } from '../blind-spot-words.ts';
import { BlindSpotTable } from './blind-spot-table.tsx';
import styles from './blind-spots.module.css';

/** When the tracker could not see: the last day as a line, the spots as a table. */
export function BlindSpots({ poller, spots }: { poller: PollerHealth; spots: readonly BlindSpot[] }) {
  const { blindness, now } = poller;
  const ofDay = spotsOfDay(spots, blindness.open, now);
  if (spots.length === 0 && blindness.open === null) {
    return (
      <Panel title="Blind spots">
        {poller.lastCompleteAt === null ? (
          <p className={styles.note}>There is nothing to tell before the first look at the broker.</p>
        ) : (
          <p className={styles.good}>None: the tracker has seen everything since it first looked.</p>
        )}
      </Panel>
    );
  }
  return (
    <Panel title="Blind spots" aside={<span className={styles.note}>{dayText(blindness)}</span>}>
      {blindness.open !== null && (
        <p className={styles.open}>
          <strong>The tracker cannot see</strong> since {marketWeekMoment(blindness.open.beganAt)}:{' '}
          {blindness.open.explanation}. What happens meanwhile is looked up as soon as it sees again.
        </p>
      )}
      <div className={styles.track} role="img" aria-label={lineLabel(ofDay.length)}>
        {ofDay.map((spot) => (
          <span
            key={spot.beganAt}
            className={styles.spot}
            data-by-choice={spot.cause === 'closed-by-choice' ? true : undefined}
            style={placeInDay(spot, now)}
            title={blindSpotSentence(spot, now)}
          />
        ))}
      </div>
      <p className={styles.axis} aria-hidden="true">
        <span>{marketWeekMoment(new Date(Date.parse(now) - DAY_MS).toISOString())}</span>
        <span>now</span>
      </p>
      {spots.length > 0 && <BlindSpotTable spots={spots} now={now} />}
    </Panel>
  );
}

function dayText({ lastDay, toBackfill }: PollerHealth['blindness']): string {
  const unfinished = toBackfill === 0 ? '' : `; ${counted(toBackfill, 'spot')} still being made up for`;
  if (lastDay.spots === 0) return `none in 24 hours${unfinished}`;
  return `${counted(lastDay.spots, 'spot')} in 24 hours, ${roughDuration(lastDay.totalMs)} in all${unfinished}`;
}

function lineLabel(count: number): string {
  if (count === 0) return 'The last 24 hours: the tracker saw everything.';
  return `The last 24 hours: ${counted(count, 'blind spot')}. The table below has each.`;
}
