import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokenCipher } from './token-cipher.ts';

const cipher = createTokenCipher(new Uint8Array(32).fill(7));

describe('the token cipher', () => {
  it('opens what it sealed, in its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, place) => {
        expect(cipher.open(cipher.seal(text, place), place)).toBe(text);
      }),
    );
  });

  it('refuses a text that was put in another place', () => {
    expect(() => cipher.open(cipher.seal('secret', '1:a'), '2:a')).toThrow('altered');
  });

  it.each(['ciphertext', 'iv', 'tag'] as const)('refuses an altered %s', (part) => {
    const sealed = cipher.seal('secret', 'here');
    const bytes = sealed[part].map((byte, n) => (n === 0 ? byte ^ 1 : byte));
    expect(() => cipher.open({ ...sealed, [part]: bytes }, 'here')).toThrow('altered');
  });

  it('refuses a tag that was cut short', () => {
    const sealed = cipher.seal('secret', 'here');
    expect(() => cipher.open({ ...sealed, tag: sealed.tag.slice(0, 12) }, 'here')).toThrow('tag length');
  });

  it('never seals two texts alike', () => {
    expect(cipher.seal('secret', 'here').iv).not.toEqual(cipher.seal('secret', 'here').iv);
  });

  it('takes keys of 32 bytes only', () => {
    expect(() => createTokenCipher(new Uint8Array(16))).toThrow('16 bytes');
  });
});
