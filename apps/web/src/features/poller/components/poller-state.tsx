import type { PollerHealth, PollerState as State } from '@fill-tracker/contract';
import type { ReactNode } from 'react';
import { Badge, type Tone } from '../../../components/ui/badge.tsx';
import { CodeText } from '../../../components/ui/code-text.tsx';
import { Panel } from '../../../components/ui/panel.tsx';
import { errorText } from '../../../lib/error-words.ts';
import { countdown, skewText } from '../../../lib/time-text.ts';
import { wordsOf } from '../../../lib/words.ts';
import { Ago } from '../../live/components/ago.tsx';
import { useLive, useServerNow } from '../../live/live-context.tsx';
import styles from './poller-state.module.css';

const STATES = {
  running: { word: 'Running', tone: 'good' },
  stuck: { word: 'Hangs', tone: 'bad' },
  stopped: { word: 'Stopped', tone: 'bad' },
  'never-started': { word: 'Never ran', tone: 'warn' },
} as const satisfies Record<State, { word: string; tone: Tone }>;

/** At work, and none of its last cycles was complete. */
const FAILING = { word: 'Running, failing', tone: 'warn' } as const;

/** The state in a sentence, and what it is concluded from. */
export function PollerState({ poller }: { poller: PollerHealth }) {
  const { health } = useLive();
  const now = useServerNow();
  // Events are newer than the answer that this page was built from.
  const current = health !== null && health.now > poller.now ? health : poller;
  const isFailing = current.state === 'running' && poller.errorStreak !== null;
  const { word, tone } = isFailing ? FAILING : STATES[current.state];
  const lastCompleteAt = current.lastCompleteAt ?? poller.lastCompleteAt;
  return (
    <Panel title="State" aside={<Badge tone={tone}>{word}</Badge>}>
      <p className={styles.explanation}>
        <CodeText>{isFailing ? failingText(poller.errorStreak) : poller.explanation}</CodeText>
      </p>
      <dl className={styles.facts}>
        <Fact name="At work">{poller.leaseHolder}</Fact>
        <Fact name="Run">{poller.fencing === 0 ? null : `number ${poller.fencing}`}</Fact>
        <Fact name="Heartbeat">{current.heartbeatAt !== null && <Ago at={current.heartbeatAt} />}</Fact>
        <Fact name="Everything checked">{lastCompleteAt !== null && <Ago at={lastCompleteAt} />}</Fact>
        <Fact name="Next look">{nextLook(current.nextPollAt, poller.nextPollReason, now)}</Fact>
        <Fact name="Clock">{clockText(poller)}</Fact>
        <Fact name="Broker">{poller.broker}</Fact>
        <Fact name="Calendar">{poller.marketCalendar}</Fact>
      </dl>
    </Panel>
  );
}

/** That it lives is half of the truth while nothing comes of it. */
function failingText(streak: PollerHealth['errorStreak']): string {
  const { cycles = 0, kinds = [] } = streak ?? {};
  const which = cycles === 1 ? 'the last cycle' : `the last ${cycles.toLocaleString('en-US')} cycles`;
  const why = kinds.map(({ kind }) => errorText(kind)).join('; ');
  return `At work, but ${which} failed${why === '' ? '' : `: ${why}`}.`;
}

/** Against the clock that the broker's answers carry; null when none came lately. */
function clockText({ clockSkewMs, clockSkewUncertaintyMs }: PollerHealth): string | null {
  if (clockSkewMs === null || clockSkewUncertaintyMs === null) return null;
  return skewText(clockSkewMs, clockSkewUncertaintyMs);
}

function nextLook(at: string | null, reason: string | null, now: number): string | null {
  if (at === null) return null;
  const left = Date.parse(at) - now;
  const when = left <= 0 ? 'now' : `in ${countdown(left)}`;
  return reason === null ? when : `${when} (${wordsOf(reason).toLowerCase()})`;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children === null || children === false ? '—' : children}</dd>
    </div>
  );
}
