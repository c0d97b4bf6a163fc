import { describe, expect, it } from 'vitest';
import { createTokenDesk, DEMO_CREDENTIALS } from './token-desk.ts';

const CALLBACK = 'https://127.0.0.1:8182';
const DAY_MS = 24 * 3_600_000;

function aDesk() {
  let now = 0;
  let secrets = 0;
  const logins: number[] = [];
  const desk = createTokenDesk({
    now: () => now,
    newSecret: () => `secret-${(secrets += 1)}`,
    accessTokenSeconds: 1_800,
    login: null,
    changed: () => logins.push(now),
  });
  const logIn = () => desk.exchangeCode(desk.issueCode(CALLBACK), CALLBACK)?.refreshToken ?? '';
  return { desk, logins, logIn, pass: (ms: number) => (now += ms) };
}

describe('the token desk', () => {
  it('accepts an access token for its life and no longer', () => {
    const { desk, pass } = aDesk();
    const token = desk.refresh(DEMO_CREDENTIALS.refreshToken)?.accessToken ?? '';
    pass(1_799_999);
    expect(desk.accepts(token)).toBe(true);
    pass(1);
    expect(desk.accepts(token)).toBe(false);
    expect(desk.accepts('')).toBe(false);
  });

  it('gives back the same refresh token, whose seven days count from the login', () => {
    const { desk, logIn, pass } = aDesk();
    const refreshToken = logIn();
    pass(6 * DAY_MS);
    expect(desk.refresh(refreshToken)).toMatchObject({ refreshToken, expiresInSeconds: 1_800 });
    pass(DAY_MS);
    expect(desk.refresh(refreshToken)).toBeNull();
  });

  it('voids the earlier login by a new one, and tells of each', () => {
    const { desk, logIn, logins } = aDesk();
    const earlier = logIn();
    const later = logIn();
    expect(desk.refresh(earlier)).toBeNull();
    expect(desk.refresh(later)).not.toBeNull();
    expect(logins).toHaveLength(2);
  });

  it('accepts the demo’s refresh token always', () => {
    const { desk, logIn, pass } = aDesk();
    logIn();
    pass(400 * DAY_MS);
    expect(desk.refresh(DEMO_CREDENTIALS.refreshToken)).not.toBeNull();
  });

  it('takes a code once, soon, and for the callback it was issued for', () => {
    const { desk, pass } = aDesk();
    const used = desk.issueCode(CALLBACK);
    expect(used.endsWith('@')).toBe(true);
    expect(desk.exchangeCode(used, CALLBACK)).not.toBeNull();
    expect(desk.exchangeCode(used, CALLBACK)).toBeNull();
    expect(desk.exchangeCode(desk.issueCode(CALLBACK), `${CALLBACK}/`)).toBeNull();
    const old = desk.issueCode(CALLBACK);
    pass(30_000);
    expect(desk.exchangeCode(old, CALLBACK)).toBeNull();
  });
});
