import type { PollerHealth } from '@fill-tracker/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Badge, type Tone } from '../../../components/ui/badge.tsx';
import { Panel } from '../../../components/ui/panel.tsx';
import { exactMoment } from '../../../lib/time-text.ts';
import { useServerNow } from '../../live/live-context.tsx';
import { summaryQuery } from '../../orders/api/summary.ts';
import { signInSentence, type SignInUrgency, urgencyOf } from '../sign-in-words.ts';
import { SignInDialog } from './sign-in-dialog.tsx';
import styles from './sign-in.module.css';

const LOOKS = {
  none: { word: 'signed in', tone: 'good' },
  '48h': { word: 'ends within 2 days', tone: 'neutral' },
  '24h': { word: 'ends within a day', tone: 'warn' },
  '4h': { word: 'ends within 4 hours', tone: 'warn' },
  '1h': { word: 'ends within an hour', tone: 'bad' },
  ended: { word: 'ended', tone: 'bad' },
} as const satisfies Record<SignInUrgency, { word: string; tone: Tone }>;

/** Until when somebody is signed in at the broker, and the way to sign in again. The demo signs in by itself. */
export function SignIn({ poller: { signIn, demo } }: { poller: PollerHealth }) {
  const [isOpen, setIsOpen] = useState(false);
  const { data } = useQuery(summaryQuery);
  const now = useServerNow();
  if (demo && signIn === null) return null;
  const left = signIn === null ? 0 : Date.parse(signIn.expiresAt) - now;
  const urgency = demo ? 'none' : urgencyOf(left);
  const { word, tone } = LOOKS[urgency];
  return (
    <div className={styles.signIn} data-urgency={urgency}>
      <Panel title="Sign-in" aside={<Badge tone={tone}>{signIn === null ? 'none yet' : word}</Badge>}>
        <div className={styles.row}>
          <p title={signIn === null ? undefined : exactMoment(signIn.expiresAt)}>
            {signIn === null
              ? 'Nobody has signed in at Schwab yet: no order can be watched.'
              : signInSentence(signIn.expiresAt, data?.counts.pending ?? null, now)}
          </p>
          {!demo && (
            <button type="button" data-look={tone === 'bad' ? 'main' : undefined} onClick={() => setIsOpen(true)}>
              {signIn === null ? 'Sign in' : 'Sign in again'}
            </button>
          )}
        </div>
      </Panel>
      {isOpen && <SignInDialog onClose={() => setIsOpen(false)} />}
    </div>
  );
}
