import type { PollerHealth, PollerState as State } from '@fill-tracker/contract';
import type { ReactNode } from 'react';
import { Badge, type Tone } from '../../../components/ui/badge.tsx';
import { Panel } from '../../../components/ui/panel.tsx';
import { errorText } from '../../../lib/error-words.ts';
import { countdown } from '../../../lib/time-text.ts';
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
      <p className={styles.explanation}>{isFailing ? failingText(poller.errorStreak) : withCode(poller.explanation)}</p>
      <dl className={styles.facts}>
        <Fact name="At work">{poller.leaseHolder}</Fact>
        <Fact name="Run">{poller.fencing === 0 ? null : `number ${poller.fencing}`}</Fact>
        <Fact name="Heartbeat">{current.heartbeatAt !== null && <Ago at={current.heartbeatAt} />}</Fact>
        <Fact name="Everything checked">{lastCompleteAt !== null && <Ago at={lastCompleteAt} />}</Fact>
        <Fact name="Next look">{nextLook(current.nextPollAt, poller.nextPollReason, now)}</Fact>
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

/** What stands between backticks is a command. */
function withCode(text: string): readonly ReactNode[] {
  return text.split('`').map((part, i) => (i % 2 === 0 ? part : <code key={part}>{part}</code>));
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
