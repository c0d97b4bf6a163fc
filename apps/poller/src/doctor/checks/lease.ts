import { type LeaseView, pollerStateOf } from '@fill-tracker/db';
import { type Instant, SECOND } from '@fill-tracker/domain';
import type { Patient } from '../patient.ts';
import { type Check, ok, problem, unknown, type Verdict } from '../verdict.ts';

/** Beyond this a heartbeat lies in the future for no other reason than a clock that was set back. */
const CLOCK_SLACK_MS = 60 * SECOND;

/** Is the poller that says it is at work still there. */
export const lease: Check = {
  name: 'lease',
  title: 'Poller',
  async run(patient) {
    if (patient.record.kind !== 'open') return unknown('the record cannot be read');
    const view = await patient.record.db.readLease();
    return judge(view, patient, patient.clock.now());
  },
};

function judge(view: LeaseView, patient: Patient, now: Instant): Verdict {
  const { owner, heartbeatAt, expiresAt } = view;
  if (heartbeatAt === null) return ok('no poller has worked on this record yet');
  if (owner === null) return ok(`no poller is at work; the last one ended in good order ${ago(heartbeatAt, now)}`);
  const isLive = expiresAt !== null && now < expiresAt;
  if (heartbeatAt > now + CLOCK_SLACK_MS) return fromTheFuture(owner, heartbeatAt);
  if (isDeadHere(owner, patient)) return dead(owner, isLive);
  if (!isLive) return dead(owner, false);
  return pollerStateOf(view, now) === 'stuck'
    ? problem(`${owner} is alive, but its loop does not move`, 'Restart it; its log says what it was doing.')
    : ok(`${owner} is at work, last heartbeat ${ago(heartbeatAt, now)}`);
}

function dead(owner: string, isLive: boolean): Verdict {
  const wait = isLive ? 'Its lease runs out within 10 s, and then any poller can take over. ' : '';
  return problem(
    `stale lease: ${owner} is gone, and did not give its lease back`,
    `${wait}Start a poller (\`poller run\`, or the service): it takes over by itself and reads up what was missed. ` +
      'The log says why the last one ended.',
  );
}

function fromTheFuture(owner: string, heartbeatAt: Instant): Verdict {
  return problem(
    `the lease of ${owner} has a heartbeat in the future (${new Date(heartbeatAt).toISOString()})`,
    'The clock was set back, or is wrong now. Put it right; no poller can take over before that time. If the clock ' +
      'is right now, stop the poller and start it again.',
  );
}

/** True when the holder ran on this machine (`host:pid:start`) and its process is gone. */
function isDeadHere(owner: string, { hostName, isAlive }: Patient): boolean {
  const [host, pid] = owner.split(':');
  return host === hostName && pid !== undefined && /^\d+$/.test(pid) && !isAlive(Number(pid));
}

function ago(at: Instant, now: Instant): string {
  return `${Math.max(0, Math.round((now - at) / SECOND))} s ago`;
}
