import { expect, it } from 'vitest';
import { NOW } from '../testing/record.ts';
import { clearedMessage } from './alert-message.ts';
import { presentAlert } from './present-alert.ts';

const textWith = (fillsFoundLate: number | null): string =>
  clearedMessage(
    presentAlert({
      id: 1,
      cause: 'poller-down',
      subject: '',
      severity: 'critical',
      summary: 'No poller has been at work for 15 s.',
      detail: {},
      since: NOW - 60_000,
      raisedAt: NOW - 45_000,
      clearedAt: NOW,
      clearedNote: 'It lasted 1 min.',
      fillsFoundLate,
    }),
    false,
  ).text;

it('says of fills at the end of an alert only what is known', () => {
  expect(textWith(0)).toMatch(/It lasted 1 min\. No fill was missed or late\.$/);
  expect(textWith(1)).toMatch(/It lasted 1 min\. 1 fill was found late; none was missed\.$/);
  expect(textWith(null)).toMatch(/It lasted 1 min\.$/);
});
