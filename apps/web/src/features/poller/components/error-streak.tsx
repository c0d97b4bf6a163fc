import type { PollerHealth } from '@fill-tracker/contract';
import { errorText } from '../../../lib/error-words.ts';
import { counted } from '../../../lib/words.ts';
import { Ago } from '../../live/components/ago.tsx';
import styles from './error-streak.module.css';

/** The cycles that failed since one last went well, by what went wrong. */
export function ErrorStreak({ streak }: { streak: NonNullable<PollerHealth['errorStreak']> }) {
  return (
    <section className={styles.streak} aria-label="Errors">
      <p>
        <strong>{counted(streak.cycles, 'cycle')} without a full look at the broker</strong>, since{' '}
        <Ago at={streak.since} />.
      </p>
      <ul>
        {streak.kinds.map(({ kind, cycles }) => (
          <li key={kind}>
            {errorText(kind)}: {counted(cycles, 'time')}
          </li>
        ))}
      </ul>
    </section>
  );
}
