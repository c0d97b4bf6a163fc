import { describe, expect, it } from 'vitest';

import { ShapeError } from '../errors.ts';
import { parseCandles } from './price-history.ts';

const candle = '{"open":183.710,"high":183.79,"low":183.5501,"close":183.6,"volume":25283,"datetime":1767625200000}';

describe('parseCandles', () => {
  it('keeps prices as they were written', () => {
    expect(parseCandles(`{"candles":[${candle}],"symbol":"XYZ","empty":false}`)).toEqual({
      symbol: 'XYZ',
      candles: [
        {
          open: '183.710',
          high: '183.79',
          low: '183.5501',
          close: '183.6',
          volume: '25283',
          datetime: 1_767_625_200_000,
        },
      ],
      odd: [],
      isEmpty: false,
    });
  });

  it.each([
    ['with its mark', '{"candles":[],"symbol":"XYZ","empty":true}'],
    ['without its mark', '{"candles":[]}'],
    ['with the wrong mark', '{"candles":[],"empty":false}'],
    ['without a list', '{"empty":true}'],
    ['with null for a list', '{"candles":null,"empty":true}'],
  ])('takes an empty answer %s for an answer', (_what, text) => {
    expect(parseCandles(text)).toMatchObject({ candles: [], odd: [], isEmpty: true });
  });

  it('goes by the candles when their mark says that there are none', () => {
    expect(parseCandles(`{"candles":[${candle}],"empty":true}`)).toMatchObject({ isEmpty: false });
  });

  it.each([
    ['no close', candle.replace('"close":183.6,', ''), 'close: must be a number'],
    ['a price that is a word', candle.replace('183.79', '"NaN"'), 'high: must be a number'],
    ['a time that is text', candle.replace('1767625200000', '"2026-01-05"'), 'datetime: must be ms'],
    ['nothing in it', 'null', 'must be an object'],
  ])('sets a candle with %s aside', (_what, odd, problem) => {
    expect(parseCandles(`{"candles":[${candle},${odd}]}`)).toMatchObject({
      candles: [{ close: '183.6' }],
      odd: [{ index: 1, problem }],
      isEmpty: false,
    });
  });

  it.each(['{}', '{"empty":false}', '{"candles":{}}', '{"candles":[],"empty":"yes"}', '[]', '', '<html>'])(
    'refuses %j',
    (text) => {
      expect(() => parseCandles(text)).toThrow(ShapeError);
    },
  );
});
