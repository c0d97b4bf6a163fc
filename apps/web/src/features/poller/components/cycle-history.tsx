import type { Cycle } from '@fill-tracker/contract';
import { Panel } from '../../../components/ui/panel.tsx';
import { cycleSentence, lookOf } from '../cycle-words.ts';
import styles from './cycle-history.module.css';
import { CycleTable } from './cycle-table.tsx';

const LOOKS = [
  ['quiet', 'complete'],
  ['changed', 'with changes'],
  ['slow', 'slow'],
  ['partial', 'partial'],
  ['failed', 'failed'],
] as const;

/** The last cycles as a strip, oldest left, and as a table. Equal quiet cycles in a row are one bar. */
export function CycleHistory({ cycles }: { cycles: readonly Cycle[] }) {
  if (cycles.length === 0) {
    return (
      <Panel title="Cycles">
        <p className={styles.quiet}>The poller has not looked at the broker yet.</p>
      </Panel>
    );
  }
  return (
    <Panel
      title="Cycles"
      aside={
        <ul className={styles.legend}>
          {LOOKS.map(([look, name]) => (
            <li key={look}>
              <span className={styles.sample} data-look={look} aria-hidden="true" /> {name}
            </li>
          ))}
        </ul>
      }
    >
      <div className={styles.strip} role="img" aria-label={stripLabel(cycles)}>
        {cycles.toReversed().map((cycle) => (
          <span key={cycle.id} className={styles.bar} data-look={lookOf(cycle)} title={cycleSentence(cycle)}>
            <span />
          </span>
        ))}
      </div>
      <CycleTable cycles={cycles} />
    </Panel>
  );
}

function stripLabel(cycles: readonly Cycle[]): string {
  const counts = LOOKS.map(([look, name]) => [name, cycles.filter((cycle) => lookOf(cycle) === look).length] as const);
  const found = counts.filter(([, count]) => count > 0).map(([name, count]) => `${count} ${name}`);
  return `The last ${cycles.length} entries: ${found.join(', ')}. The table below has each.`;
}
