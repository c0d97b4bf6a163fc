import { MOST_SELECTED } from '../selection.ts';
import styles from './selection-bar.module.css';
import type { RepollProgress } from './use-repoll-selection.ts';

/** What can be done with the orders that are picked, and how far it is done. */
export function SelectionBar(props: {
  count: number;
  /** Null while nothing is under way. */
  progress: RepollProgress | null;
  onRepoll: () => void;
  onStop: () => void;
  onClear: () => void;
}) {
  const { count, progress, onRepoll, onStop, onClear } = props;
  if (count === 0 && progress === null) return null;
  return (
    <section className={styles.bar} aria-label="Selected orders" data-selection-bar>
      <p role="status">{progress === null ? countText(count) : `${progress.done} of ${progress.total} checked`}</p>
      {/* One button, so that the focus stays on it. */}
      <button
        type="button"
        data-look="main"
        title={progress === null ? 'Ask the broker about these orders now (R)' : 'Begin no further ones'}
        onClick={progress === null ? onRepoll : onStop}
        disabled={progress?.isStopping}
      >
        {progress === null ? 'Re-poll' : 'Stop'}
      </button>
      {count > 0 && (
        <button type="button" title="Select none (Esc)" onClick={onClear}>
          Clear
        </button>
      )}
    </section>
  );
}

function countText(count: number): string {
  return count < MOST_SELECTED ? `${count} selected` : `${count} selected, the most at once`;
}
