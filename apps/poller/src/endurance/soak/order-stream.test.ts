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

  it('lets orders come and go in spells of three minutes, and none in those between', () => {
    const stream = orderStream(500, chance(1));
    const counts = Array.from({ length: 30 }, () => stream.next(MINUTE).length);
    const busy = counts.filter((_, minute) => minute > 0 && Math.floor(minute / 3) % 2 === 0);
    const quiet = counts.filter((_, minute) => Math.floor(minute / 3) % 2 === 1);
    expect(Math.min(...busy)).toBeGreaterThan(10);
    expect(Math.max(...quiet)).toBe(0);
  });

  it('tells nothing twice', () => {
    const stream = orderStream(10, chance(2));
    expect(stream.next(MINUTE).length).toBeGreaterThanOrEqual(10);
    expect(stream.next(0)).toEqual([]);
  });
});
