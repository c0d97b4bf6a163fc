import styles from './meter.module.css';

/** A bar that is full at 1; what it means stands beside it in words. */
export function Meter({ share, tone }: { share: number; tone: 'good' | 'accent' | 'bad' }) {
  // However little it is, something shows; nothing shows as nothing.
  const width = `${share > 0 ? Math.min(1, Math.max(0.01, share)) * 100 : 0}%`;
  return (
    <span className={styles.track} aria-hidden="true">
      <span className={styles.bar} data-tone={tone} style={{ width }} />
    </span>
  );
}
