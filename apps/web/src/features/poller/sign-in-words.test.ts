import { expect, it } from 'vitest';
import { signInSentence, urgencyOf } from './sign-in-words.ts';

const HOUR = 3_600_000;
const END = '2026-01-06T14:12:00.000Z';

it.each([
  [49, 'none'],
  [48, '48h'],
  [24, '24h'],
  [4, '4h'],
  [1, '1h'],
  [0, 'ended'],
  [-5, 'ended'],
] as const)('%s hours before its end a sign-in looks %s', (hours, urgency) => {
  expect(urgencyOf(hours * HOUR)).toBe(urgency);
});

it.each([
  [76, 3, 'Signed in until Tue 09:12 ET (in 3 d 4 h); 3 orders would go untracked.'],
  [0.5, 1, 'Signed in until Tue 09:12 ET (in 30 min 00 s); 1 order would go untracked.'],
  [5, 0, 'Signed in until Tue 09:12 ET (in 5 h 00 min); no order would go untracked.'],
  [5, null, 'Signed in until Tue 09:12 ET (in 5 h 00 min).'],
  [-2, 3, 'The sign-in ended Tue 09:12 ET (2 h ago); 3 orders go untracked.'],
  [-2, 1, 'The sign-in ended Tue 09:12 ET (2 h ago); 1 order goes untracked.'],
] as const)('%s hours before its end, with %s orders pending, it reads', (hours, pending, text) => {
  expect(signInSentence(END, pending, Date.parse(END) - hours * HOUR)).toBe(text);
});
