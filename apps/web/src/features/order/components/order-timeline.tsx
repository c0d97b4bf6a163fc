import type { FullOrder } from '@fill-tracker/contract';
import { Panel } from '../../../components/ui/panel.tsx';
import { ScrollBox } from '../../../components/ui/scroll-box.tsx';
import { exactMoment, latencyText, marketMomentText } from '../../../lib/time-text.ts';
import { useServerNow } from '../../live/live-context.tsx';
import { orderStory, type StoryEvent } from '../order-story.ts';
import styles from './order-timeline.module.css';

/** The life of an order from its entry to its end, every fill on it. */
export function OrderTimeline({ order }: { order: FullOrder }) {
  const events = orderStory(order);
  return (
    <Panel title="Timeline" aside={<span className={styles.zone}>New York time</span>}>
      <Rail events={events} />
      <ScrollBox label="Events" height="middle">
        <ol className={styles.events}>
          {events.map(({ key, kind, text, at }) => (
            <li key={key} data-kind={kind}>
              <span className={styles.mark} aria-hidden="true" />
              <span className={styles.kind}>{KINDS[kind]}</span>
              <span className={styles.text}>{text}</span>
              {at !== null && (
                <time dateTime={at} title={exactMoment(at)}>
                  {marketMomentText(at)}
                </time>
              )}
            </li>
          ))}
        </ol>
      </ScrollBox>
    </Panel>
  );
}

const KINDS = { entered: 'Entered', fill: 'Fill', withdrawn: 'Withdrawn', closed: 'Closed', open: 'Now' } as const;

/** The same events where they lie in time: a picture, the list below it says it all. */
function Rail({ events }: { events: readonly StoryEvent[] }) {
  const now = useServerNow();
  const times = events.map(({ at, kind }) => (kind === 'open' ? now : Date.parse(at ?? '')));
  const known = times.filter((at) => Number.isFinite(at));
  const start = Math.min(...known);
  const length = Math.max(...known) - start;
  if (known.length < 2 || length <= 0) return null;
  return (
    <div className={styles.rail} aria-hidden="true">
      {events.map(({ key, kind }, i) => {
        const at = times[i] ?? NaN;
        return Number.isFinite(at) ? (
          <span
            key={key}
            className={styles.dot}
            data-kind={kind}
            style={{ left: `${((at - start) / length) * 100}%` }}
          />
        ) : null;
      })}
      <span className={styles.length}>{latencyText(length)}</span>
    </div>
  );
}
