import { describe, expect, it } from 'vitest';

import { decodeSignInCode } from './sign-in-code.ts';

describe('decodeSignInCode', () => {
  it.each([
    ['as it stands in the redirect', 'C0.abc%40'],
    ['already decoded', 'C0.abc@'],
    ['pasted with white space', ' C0.abc%40\n'],
  ])('takes a code %s', (_what, code) => {
    expect(decodeSignInCode(code)).toBe('C0.abc@');
  });

  it('decodes once only', () => {
    expect(decodeSignInCode('a%2540')).toBe('a%40');
    expect(decodeSignInCode('a%40@')).toBe('a%40@');
  });

  it('leaves what is no encoding as it is', () => {
    expect(decodeSignInCode('100%')).toBe('100%');
  });
});
