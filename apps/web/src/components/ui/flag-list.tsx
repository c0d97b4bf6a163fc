import { flagMeaning } from '../../lib/order-words.ts';
import { wordsOf } from '../../lib/words.ts';
import { Badge } from './badge.tsx';
import styles from './flag-list.module.css';

/** The first flags of an order, and how many more there are. */
export function FlagList({ flags, shown }: { flags: readonly string[]; shown: number }) {
  if (flags.length === 0) return null;
  const rest = flags.slice(shown);
  return (
    <span className={styles.flags}>
      {flags.slice(0, shown).map((flag) => (
        <Badge key={flag} tone="warn" title={flagMeaning(flag)}>
          <span aria-hidden="true">⚑</span> {wordsOf(flag)}
        </Badge>
      ))}
      {rest.length > 0 && (
        <Badge tone="warn" title={rest.map(wordsOf).join(', ')}>
          +{rest.length}
        </Badge>
      )}
    </span>
  );
}
