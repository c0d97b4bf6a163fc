import { expect, it } from 'vitest';
import { UsageError } from './command-error.ts';
import { codeFrom } from './login.ts';

const STATE = '0123456789abcdef';

it.each([
  [`https://127.0.0.1:8182/?code=C0.abc%40&session=x&state=${STATE}`, 'C0.abc@'],
  [`  https://127.0.0.1/callback?state=${STATE}&code=C0.a-b_c.d%40\n`, 'C0.a-b_c.d@'],
])('takes the code out of the address, decoded once: %s', (address, code) => {
  expect(codeFrom(address, STATE)).toBe(code);
});

it.each([
  ['', 'whole address'],
  ['C0.abc@', 'whole address'],
  ['127.0.0.1:8182/?code=C0.abc', 'whole address'],
  [`https://127.0.0.1/?error=access_denied&state=${STATE}`, 'whole address'],
  ['https://127.0.0.1/?code=C0.abc%40&state=another', 'another sign-in'],
  ['https://127.0.0.1/?code=C0.abc%40', 'another sign-in'],
])('refuses %j', (pasted, problem) => {
  expect(() => codeFrom(pasted, STATE)).toThrow(problem);
  expect(() => codeFrom(pasted, STATE)).toThrow(UsageError);
});

it('never repeats a code in what it says', () => {
  expect(() => codeFrom('https://127.0.0.1/?code=canary&state=another', STATE)).not.toThrow('canary');
});
