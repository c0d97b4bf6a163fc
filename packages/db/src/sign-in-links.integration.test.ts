import { describe, expect, it } from 'vitest';
import { SIGN_IN_LINK_LIFE_MS } from './sign-in-links.ts';
import { NOW, openTestDatabase } from './testing/test-database.ts';

const link = { state: 'a'.repeat(32), callbackUrl: 'https://127.0.0.1:8182/', issuedAt: NOW };
const younger = { ...link, state: 'b'.repeat(32), issuedAt: NOW + 1_000 };

describe('a sign-in link', () => {
  it('is remembered beside others, the youngest first', async () => {
    const db = await openTestDatabase();
    await db.issueSignInLink(link);
    await db.issueSignInLink(younger);
    expect(await db.listSignInLinks(NOW + 2_000)).toEqual([younger, link]);
  });

  it('is used once', async () => {
    const db = await openTestDatabase();
    await db.issueSignInLink(link);
    expect(await db.takeSignInLink(link.state, NOW)).toBe(true);
    expect(await db.takeSignInLink(link.state, NOW)).toBe(false);
    expect(await db.listSignInLinks(NOW)).toEqual([]);
  });

  it('is not taken for one that was never given out', async () => {
    const db = await openTestDatabase();
    await db.issueSignInLink(link);
    expect(await db.takeSignInLink(younger.state, NOW)).toBe(false);
  });

  it('runs out', async () => {
    const db = await openTestDatabase();
    await db.issueSignInLink(link);
    const over = NOW + SIGN_IN_LINK_LIFE_MS;
    expect(await db.listSignInLinks(over - 1)).toEqual([link]);
    expect(await db.listSignInLinks(over)).toEqual([]);
    expect(await db.takeSignInLink(link.state, over)).toBe(false);
  });
});
