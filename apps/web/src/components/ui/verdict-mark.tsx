import type { VerificationVerdict } from '@fill-tracker/contract';
import { VERDICTS } from '../../lib/verdict-words.ts';
import styles from './verdict-mark.module.css';

/** What the account's transactions say, as a small sign; nothing where they were not asked. */
export function VerdictMark({ verdict }: { verdict: VerificationVerdict | null }) {
  if (verdict === null) return null;
  const { sign, tone, text } = VERDICTS[verdict];
  return (
    <span className={styles.mark} data-tone={tone} title={text}>
      <span aria-hidden="true">{sign}</span>
      <span className="visually-hidden">{text}</span>
    </span>
  );
}
