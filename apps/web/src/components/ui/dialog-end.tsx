import styles from './dialog-end.module.css';

/** How every dialog with a form ends: what is in the way, and the way out and on. */
export function DialogEnd(props: {
  /** For `aria-describedby` of the fields that it may be about. */
  problemId: string;
  problem: string | null;
  /** What the form does, such as "Track". */
  action: string;
  isWaiting: boolean;
  onCancel: () => void;
}) {
  const { problemId, problem, action, isWaiting, onCancel } = props;
  return (
    <>
      <p id={problemId} role="alert" className={styles.problem}>
        {problem}
      </p>
      <div className={styles.actions}>
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
        <button type="submit" data-look="main" disabled={isWaiting}>
          {isWaiting ? 'Waiting for the poller…' : action}
        </button>
      </div>
    </>
  );
}
