import { expect, it } from 'vitest';
import { passwordIn } from './require-password.ts';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

it('reads the password of a Basic authorization, colons and other alphabets included', () => {
  expect(passwordIn(basic('me:correct:horse'))).toBe('correct:horse');
  expect(passwordIn(basic(':pässword'))).toBe('pässword');
  expect(passwordIn(basic('me:').replace('Basic', 'bAsIc '))).toBe('');
});

it.each([undefined, '', 'Bearer abc', 'Basic', 'Basic %%%', basic('no colon')])('finds none in %j', (header) => {
  expect(passwordIn(header)).toBeNull();
});
