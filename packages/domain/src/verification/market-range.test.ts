import { describe, expect, it } from 'vitest';
import { decimal } from '../decimal.ts';
import { MINUTE } from '../instant.ts';
import { MONDAY_TEN } from '../testing/builders.ts';
import { compareWithMarket, type MarketRange, type MinuteCandle } from './market-range.ts';

/** Minutes after Monday ten. */
function candle(minute: number, low: string, high: string): MinuteCandle {
  return { at: MONDAY_TEN + minute * MINUTE, low: decimal(low), high: decimal(high) };
}

/** The market walks up: 22.50 to 22.60, then to 22.70, then to 22.80. */
const CANDLES = [candle(-1, '22.50', '22.60'), candle(0, '22.60', '22.70'), candle(1, '22.70', '22.80')];

function range(price: string, candles: readonly MinuteCandle[] = CANDLES, second: number | null = 30): MarketRange {
  const occurredAt = second === null ? null : MONDAY_TEN + second * 1_000;
  return compareWithMarket({ price: decimal(price), occurredAt }, candles);
}

describe('compareWithMarket', () => {
  it.each<[string, string, MarketRange]>([
    ['within its minute', '22.65', 'inside'],
    ['of the minute before', '22.5299', 'inside'],
    ['of the minute after', '22.7999', 'inside'],
    ['a tick above all', '22.81', 'inside'],
    ['more than a tick above all', '22.8101', 'outside'],
    ['a tick below all', '22.49', 'inside'],
    ['more than a tick below all', '22.4899', 'outside'],
  ])('a price %s', (_name, price, expected) => {
    expect(range(price)).toBe(expected);
  });

  it('has a finer tick below one dollar', () => {
    const penny = [candle(0, '0.5', '0.51')];
    expect(['0.5101', '0.5102', '0.4999', '0.4998'].map((price) => range(price, penny))).toEqual([
      'inside',
      'outside',
      'inside',
      'outside',
    ]);
  });

  it.each([
    ['in the first second of its minute', 0],
    ['in the last', 59],
  ])('counts a fill %s to that minute', (_name, second) => {
    expect(range('22.85', [candle(0, '22.60', '22.70')], second)).toBe('outside');
  });

  it('takes a price between two candles that do not touch as inside', () => {
    expect(range('22.65', [candle(-1, '22.50', '22.60'), candle(0, '22.70', '22.80')])).toBe('inside');
  });

  it.each<[string, string, readonly MinuteCandle[], number | null]>([
    ['there is no candle', '22.65', [], 30],
    ['all candles are farther than a minute', '22.65', [candle(-2, '22.60', '22.70'), candle(2, '22.60', '22.70')], 30],
    ['its own minute is missing and the ones beside it do not have the price', '22.9', [candle(1, '22', '22.8')], 30],
    ['the fill has no time', '22.65', CANDLES, null],
  ])('does not know when %s', (_name, price, candles, second) => {
    expect(range(price, candles, second)).toBe('unknown');
  });

  it('is inside when a minute beside a missing one has the price', () => {
    expect(range('22.75', [candle(1, '22.70', '22.80')])).toBe('inside');
  });
});
