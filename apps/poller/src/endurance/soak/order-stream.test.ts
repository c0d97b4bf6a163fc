import { describe, expect, it } from 'vitest';
import { chance } from '../chance.ts';
import { orderStream } from './order-stream.ts';

const MINUTE = 60_000;

describe('orderStream', () => {
  it('keeps the number of working orders, whatever ends', () => {
    const stream = orderStream(50, chance(1));
    const lives: { from: number; to: number }[] = [];
    for (let minute = 0; minute < 60; minute += 1) {
      for (const { enteredAfterMs = 0, fills = [], ending } of stream.next(MINUTE)) {
        const to = ending?.afterMs ?? Math.max(...fills.map(({ afterMs }) => afterMs));
        lives.push({ from: minute * MINUTE + enteredAfterMs, to: minute * MINUTE + to });
      }
    }
    expect(lives.length).toBeGreaterThan(150);
    for (let at = 0; at < 60 * MINUTE; at += 7_919) {
      expect(lives.filter(({ from, to }) => from <= at && at < to)).toHaveLength(50);
    }
  });

  it('tells nothing twice', () => {
    const stream = orderStream(10, chance(2));
    expect(stream.next(MINUTE).length).toBeGreaterThanOrEqual(10);
    expect(stream.next(0)).toEqual([]);
  });
});
