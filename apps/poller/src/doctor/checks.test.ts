import type { FillDatabase, LeaseView, WriteProbe } from '@fill-tracker/db';
import { usEquities } from '@fill-tracker/domain';
import { describe, expect, it } from 'vitest';
import { DEMO_BROKER, configFor, DEMO_SECRETS } from '../testing/world.ts';
import type { BrokerProbe } from './ask-broker.ts';
import { CHECKS } from './checks.ts';
import { diagnosisText } from './diagnosis-text.ts';
import { diagnose } from './diagnose.ts';
import type { Patient } from './patient.ts';
import type { Verdict } from './verdict.ts';

const NOW = Date.parse('2026-01-12T15:00:00Z');
const HOST = 'desk';
const ANSWERED = { kind: 'answered', status: 302, text: '', skew: null } as const;

interface Signs {
  readonly lease?: Partial<LeaseView>;
  readonly broker?: BrokerProbe;
  readonly writing?: WriteProbe;
  readonly freeBytes?: number;
  readonly nodeVersion?: string;
  readonly now?: number;
}

function patientWith({ lease = {}, broker = ANSWERED, writing = { kind: 'writable' }, ...signs }: Signs): Patient {
  const view: LeaseView = {
    owner: null,
    fencing: 1,
    expiresAt: null,
    heartbeatAt: null,
    progress: null,
    lastLookAt: null,
    ...lease,
  };
  const db: Pick<FillDatabase, 'readLease' | 'readSignIn' | 'file' | 'broker'> = {
    file: '/tmp/record.db',
    broker: DEMO_BROKER,
    readLease: () => Promise.resolve(view),
    readSignIn: () => Promise.resolve(null),
  };
  const { now = NOW, freeBytes = 2 ** 40, nodeVersion = '22.1.0' } = signs;
  const config = { ...configFor({ url: 'http://127.0.0.1:1', port: 1 }, '/tmp/record.db'), calendar: usEquities() };
  return {
    config: { ...config, isDemo: false, callbackUrl: 'https://127.0.0.1:8182' },
    secrets: DEMO_SECRETS,
    record: { kind: 'open', db: db as FillDatabase },
    clock: { now: () => now, sleep: () => Promise.resolve() },
    hostName: HOST,
    isAlive: (pid) => pid === 1,
    freeBytes: () => Promise.resolve(freeBytes),
    nodeVersion,
    writing: () => writing,
    broker: () => Promise.resolve(broker),
    close: () => Promise.resolve(),
  };
}

async function verdictOf(name: string, signs: Signs): Promise<Verdict> {
  const check = CHECKS.find((candidate) => candidate.name === name);
  if (check === undefined) throw new Error(`there is no check ${name}`);
  return await check.run(patientWith(signs));
}

const held = (owner: string, heartbeatAt = NOW - 1_000, progress: LeaseView['progress'] = null): Signs => ({
  lease: { owner, heartbeatAt, expiresAt: heartbeatAt + 10_000, progress },
});

describe('a problem', () => {
  it.each<[string, string, Signs, RegExp]>([
    ['an old Node', 'node', { nodeVersion: '20.18.3' }, /20\.18\.3 is too old/],
    ['a disk that is nearly full', 'disk-space', { freeBytes: 100 * 1_024 * 1_024 }, /nearly full: 100 MB free/],
    ['a disk that takes nothing', 'disk-space', { writing: { kind: 'full', problem: 'no space' } }, /full.*no space/],
    ['a record that somebody locks', 'writing', { writing: { kind: 'busy', problem: '' } }, /locked for 5 s/],
    ['a record that takes no write', 'writing', { writing: { kind: 'failed', problem: 'odd' } }, /does not take.*odd/],
    ['a calendar that ends', 'calendar', { now: Date.parse('2099-01-01T00:00:00Z') }, /known through \d{4}-.* only/],
    ['a holder that died here', 'lease', held(`${HOST}:2:9f2c`), /stale lease: desk:2:9f2c is gone/],
    ['a heartbeat from the future', 'lease', held('elsewhere:2:9f2c', NOW + 3_600_000), /in the future/],
    ['a loop that hangs', 'lease', held('elsewhere:2:9f2c', NOW, { cycleStartedAt: NOW - 600_000 }), /does not move/],
    ['an unknown host', 'broker', { broker: { kind: 'silent', code: 'ENOTFOUND' } }, /its name is not known/],
    ['a broken certificate', 'broker', { broker: { kind: 'silent', code: 'CERT_HAS_EXPIRED' } }, /CERT_HAS_EXPIRED/],
    ['a broker that is down', 'broker', { broker: { ...ANSWERED, status: 503 } }, /but with 503/],
    ['a broker that is asked too often', 'broker', { broker: { ...ANSWERED, status: 429 } }, /too often/],
  ])('is %s', async (_what, name, signs, finding) => {
    const verdict = await verdictOf(name, signs);
    expect(verdict).toEqual({
      verdict: 'problem',
      finding: expect.stringMatching(finding),
      remedy: expect.stringMatching(/\w{3,}.*\.$/),
    });
  });
});

describe('no problem', () => {
  it.each<[string, string, Signs]>([
    ['a holder that lives here', 'lease', held(`${HOST}:1:9f2c`)],
    ['a holder on another machine, whatever its number here', 'lease', held('elsewhere:2:9f2c')],
    ['a poller that ended in good order', 'lease', { lease: { heartbeatAt: NOW - 60_000, expiresAt: NOW - 60_000 } }],
    ['a new Node', 'node', { nodeVersion: '24.0.0' }],
    ['a clock within five seconds', 'clock', { broker: { ...ANSWERED, skew: { aheadMs: 4_900, uncertaintyMs: 10 } } }],
    ['a clock that may be right', 'clock', { broker: { ...ANSWERED, skew: { aheadMs: 9_000, uncertaintyMs: 4_500 } } }],
  ])('is %s', async (_what, name, signs) => {
    expect(await verdictOf(name, signs)).toMatchObject({ verdict: 'ok' });
  });
});

it('does not guess where an answer says nothing', async () => {
  const refusal = { ...ANSWERED, status: 400, text: '<html>Access Denied</html>' };
  expect(await verdictOf('callback', { broker: refusal })).toMatchObject({ verdict: 'unknown' });
  expect(await verdictOf('clock', { broker: ANSWERED })).toMatchObject({ verdict: 'unknown' });
});

describe('a check that fails itself', () => {
  it('tells nothing, and stops no other', async () => {
    const patient = patientWith({ broker: { kind: 'silent', code: 'ECONNREFUSED' } });
    const found = await diagnose({ ...patient, freeBytes: () => Promise.reject(new Error('no such disk')) });
    const disk = found.checks.find(({ check }) => check === 'disk-space');
    expect(disk).toMatchObject({ verdict: 'unknown', finding: expect.stringContaining('no such disk'), remedy: null });
    expect(found.checks).toHaveLength(CHECKS.length + 1);
  });
});

it('counts what it found in its last line', () => {
  const ok = { check: 'node', title: 'Node version', verdict: 'ok', finding: 'Node 22', remedy: null } as const;
  const bad = { ...ok, verdict: 'problem', finding: 'Node 18 is too old', remedy: 'Install a newer one.' } as const;
  const open = { ...ok, verdict: 'unknown', finding: 'nobody knows' } as const;
  expect(diagnosisText({ healthy: true, checks: [ok] })).toBe('ok       Node version Node 22\n\nNo problem found.');
  expect(diagnosisText({ healthy: false, checks: [bad, open, bad] })).toContain(
    'PROBLEM  Node version Node 18 is too old\n                      -> Install a newer one.\n?        Node version nobody knows',
  );
  expect(diagnosisText({ healthy: false, checks: [bad, open, bad] })).toMatch(
    /2 problems found; 1 could not be told\.$/,
  );
});
