import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { maskAccountNumber, redact, redactOddOrderText, redactOrderText } from './redact.ts';

const HASH = '1996EA06'.repeat(8);

describe('maskAccountNumber', () => {
  it('keeps the last three digits', () => {
    expect(maskAccountNumber('12345678')).toBe('…678');
  });

  it('keeps nothing of a number too short to hide', () => {
    expect(maskAccountNumber('1234')).toBe('…');
  });
});

describe('redact', () => {
  it.each([
    ['an account number', 'account 12345678 is closed', 'account …678 is closed'],
    ['an account number at the end of a sentence', 'closed: acct12345678.', 'closed: acct…678.'],
    ['a hash', `no account ${HASH}`, 'no account …A06'],
    [
      'a bearer token',
      'header Authorization: Bearer I0.abc@ refused',
      'header Authorization: Bearer [redacted] refused',
    ],
    ['a long opaque text', `code C0.${'aZ9_'.repeat(10)}%40 is used`, 'code [redacted] is used'],
  ])('masks %s', (_what, text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  it.each([
    'order 1005639387086 is FILLED',
    'price 61.295, power 1234567.89, on 2026-01-05',
    'SPXW  250613C00144000 12',
  ])('leaves %j readable', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('masks what is known to be secret, as it is and as it stands in a form', () => {
    expect(redact('short@ and short%40', ['short@', ''])).toBe('[redacted] and [redacted]');
  });
});

describe('redactOrderText', () => {
  it('masks account numbers and hashes, and keeps every other value as it was written', () => {
    const text = `[{"orderId":1005639387086,"price":10.10,"accountNumber":12345678,"childOrderStrategies":[{"accountId":"87654321","tag":"${HASH}"}]}]`;
    expect(redactOrderText(text)).toBe(
      '[{"orderId":1005639387086,"price":10.10,"accountNumber":"…678","childOrderStrategies":[{"accountId":"…321","tag":"…A06"}]}]',
    );
  });

  it('finds the account number again in a text of the same order', () => {
    expect(redactOrderText('{"accountNumber":12345678,"statusDescription":"account 12345678, order 9123456780"}')).toBe(
      '{"accountNumber":"…678","statusDescription":"account …678, order 9123456780"}',
    );
  });

  it('is not evaded by an escaped key or another spelling', () => {
    expect(redactOrderText(String.raw`{"account\u004eumber":12345678,"ACCOUNTID":12345678}`)).not.toContain('12345678');
  });

  it.each([
    ['cut off', '[{"accountNumber": 12345678, "price": 1.'],
    ['naming a key twice', '{"accountNumber":"12345678","a":1,"a":2}'],
    ['nested without end', `{"accountNumber":12345678,"a":${'['.repeat(200_000)}`],
  ])('masks text that is %s', (_what, text) => {
    const clean = redactOrderText(text);
    expect(clean).not.toContain('12345678');
    expect(clean).toContain('"…678"');
  });

  it('never lets an account number through, wherever an order carries it', () => {
    const order = fc.letrec((tie) => ({
      order: fc.record({
        accountNumber: fc.constantFrom(12345678, '12345678'),
        statusDescription: fc.constantFrom('no', 'account 12345678!', '12345678'),
        childOrderStrategies: fc.oneof(
          { depthSize: 'small' },
          fc.constant([]),
          fc.array(tie('order'), { maxLength: 2 }),
        ),
      }),
    })).order;
    fc.assert(
      fc.property(order, (value) => {
        expect(redactOrderText(JSON.stringify(value))).not.toContain('12345678');
      }),
    );
  });

  it('changes nothing in orders without accounts', () => {
    const text = '[{"orderId":9223372036854775807,"price":0.10,"quantity":1E2,"note":"a\\n\\"b"}]';
    expect(redactOrderText(text)).toBe(text);
  });
});

describe('redactOddOrderText', () => {
  it.each([
    ['in a list', '{"orderId":1005639387086,"accountNumber":[12345678]}'],
    ['in an object', '{"orderId":1005639387086,"accountNumber":{"value":12345678}}'],
    ['behind letters', '{"orderId":1005639387086,"accountNumber":"XX12345678"}'],
    ['under another key', '{"orderId":1005639387086,"account":"12345678"}'],
    ['in words, one key told twice', '{"orderId":1005639387086,"a":1,"a":2,"statusDescription":"no. 12345678"}'],
  ])('masks the number of an account %s, and leaves the id of the order', (_where, text) => {
    const clean = redactOddOrderText(text);
    expect(clean).not.toContain('12345678');
    expect(clean).toContain('1005639387086');
  });
});
