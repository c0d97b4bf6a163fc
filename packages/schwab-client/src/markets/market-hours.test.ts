import { describe, expect, it } from 'vitest';

import { ShapeError } from '../errors.ts';
import { parseMarketDay } from './market-hours.ts';

const regular = '[{"start":"2025-11-28T09:30:00-05:00","end":"2025-11-28T13:00:00-05:00"}]';

const product = (name: string) =>
  `"${name}":{"product":"${name}","isOpen":true,"sessionHours":{"regularMarket":${regular}}}`;

describe('parseMarketDay', () => {
  it('reads an open day', () => {
    const text = `{"equity":{"EQ":{"date":"2025-11-28","product":"EQ","isOpen":true,"sessionHours":{"preMarket":[],"regularMarket":${regular}}}}}`;
    expect(parseMarketDay(text, 'equity')).toEqual({
      date: '2025-11-28',
      isOpen: true,
      product: 'EQ',
      sessionHours: {
        preMarket: [],
        regularMarket: [{ start: '2025-11-28T09:30:00-05:00', end: '2025-11-28T13:00:00-05:00' }],
        postMarket: [],
      },
    });
  });

  it('reads a closed day, on which the product bears the name of the market', () => {
    const text = '{"equity":{"equity":{"date":"2025-07-20","marketType":"EQUITY","product":"equity","isOpen":false}}}';
    expect(parseMarketDay(text, 'equity')).toEqual({
      date: '2025-07-20',
      isOpen: false,
      product: 'equity',
      sessionHours: null,
    });
  });

  it('reads the first product of several', () => {
    expect(parseMarketDay(`{"option":{${product('EQO')},${product('IND')}}}`, 'option').product).toBe('EQO');
  });

  it.each([
    ['no market', '{}'],
    ['another market', '{"bond":{"BON":{"isOpen":true}}}'],
    ['no product', '{"equity":{}}'],
    ['no word on being open', '{"equity":{"EQ":{"sessionHours":{}}}}'],
    ['an open day without hours', '{"equity":{"EQ":{"isOpen":true}}}'],
    ['hours that are no spans', '{"equity":{"EQ":{"isOpen":true,"sessionHours":{"regularMarket":["09:30"]}}}}'],
    ['no JSON', 'closed'],
    ['a list', '[]'],
  ])('refuses an answer with %s', (_what, text) => {
    expect(() => parseMarketDay(text, 'equity')).toThrow(ShapeError);
  });
});
