import { describe, expect, it } from 'vitest';
import { DEMO_CREDENTIALS } from './demo-credentials.ts';
import { createTokenDesk, type TokenDesk } from './token-desk.ts';

const CALLBACK = 'https://127.0.0.1:8182';
const DAY_MS = 24 * 3_600_000;

const DEAD = 'refresh_token_authentication_error';

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

function accessToken(desk: TokenDesk): string {
  const grant = desk.refresh(DEMO_CREDENTIALS.refreshToken);
  return typeof grant === 'string' ? `refused: ${grant}` : grant.accessToken;
}

describe('the token desk', () => {
  it('accepts an access token for its life and no longer', () => {
    const { desk, pass } = aDesk();
    const token = accessToken(desk);
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
    expect(desk.refresh(refreshToken)).toBe(DEAD);
  });

  it('voids the earlier login by a new one, and tells of each', () => {
    const { desk, logIn, logins } = aDesk();
    const earlier = logIn();
    const later = logIn();
    expect(desk.refresh(earlier)).toBe(DEAD);
    expect(desk.refresh(later)).toMatchObject({ refreshToken: later });
    expect(logins).toHaveLength(2);
  });

  it('accepts the demo’s refresh token always', () => {
    const { desk, logIn, pass } = aDesk();
    logIn();
    pass(400 * DAY_MS);
    expect(desk.refresh(DEMO_CREDENTIALS.refreshToken)).toMatchObject({ expiresInSeconds: 1_800 });
  });

  it('announces the life that it is told, and ends tokens earlier than announced', () => {
    const { desk, pass } = aDesk();
    desk.change({ accessTokenSeconds: 60 });
    expect(desk.refresh(DEMO_CREDENTIALS.refreshToken)).toMatchObject({ expiresInSeconds: 60 });
    desk.change({ accessTokenSeconds: 1_800, accessTokenLivesSeconds: 5 });
    expect(desk.refresh(DEMO_CREDENTIALS.refreshToken)).toMatchObject({ expiresInSeconds: 1_800 });
    const token = accessToken(desk);
    pass(4_999);
    expect(desk.accepts(token)).toBe(true);
    pass(1);
    expect(desk.accepts(token)).toBe(false);
  });

  it('ends all access tokens at once, and issues others', () => {
    const { desk } = aDesk();
    const token = accessToken(desk);
    desk.change({ expireAccessTokens: true });
    expect(desk.accepts(token)).toBe(false);
    expect(desk.accepts(accessToken(desk))).toBe(true);
  });

  it('refuses as often as told, counts, and goes back to its usual ways', () => {
    const { desk } = aDesk();
    desk.change({ refuseRefresh: 'unsupported_token_type', refuseTimes: 2 });
    const answers = [1, 2, 3].map(() => accessToken(desk).startsWith('refused'));
    expect(answers).toEqual([true, true, false]);
    desk.change({ refuseRefresh: 'access_denied_page' });
    expect([1, 2, 3].map(() => accessToken(desk))).toEqual(Array(3).fill('refused: access_denied_page'));
    expect(desk.state()).toMatchObject({ refreshes: 6, refusedRefreshes: 5 });
    desk.restore();
    expect(accessToken(desk)).not.toContain('refused');
    expect(desk.state()).toMatchObject({ refreshes: 1, refusedRefreshes: 0, refuseRefresh: null });
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
