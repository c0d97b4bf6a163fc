import { describe, expect, it } from 'vitest';
import { clockChangeSchema, createSimulatedClock } from './simulated-clock.ts';

function clockAt(start: number) {
  let real = start;
  const clock = createSimulatedClock(() => real);
  return { clock, pass: (ms: number) => (real += ms) };
}

describe('the simulated clock', () => {
  it('runs with the real one', () => {
    const { clock, pass } = clockAt(1_000);
    pass(500);
    expect(clock.now()).toBe(1_500);
  });

  it('runs on from where it is set', () => {
    const { clock, pass } = clockAt(1_000);
    clock.change({ now: 90_000 });
    pass(500);
    expect(clock.now()).toBe(90_500);
  });

  it('keeps an offset, and moves on by steps', () => {
    const { clock } = clockAt(1_000);
    clock.change({ offsetMs: -400 });
    expect(clock.now()).toBe(600);
    clock.change({ advanceMs: 50 });
    expect(clock.now()).toBe(650);
  });

  it('stands still while frozen, moves by steps, and goes on without a jump', () => {
    const { clock, pass } = clockAt(1_000);
    clock.change({ frozen: true });
    pass(500);
    expect(clock.now()).toBe(1_000);
    clock.change({ advanceMs: 10 });
    pass(500);
    expect(clock.state()).toMatchObject({ now: new Date(1_010).toISOString(), frozen: true });
    clock.change({ frozen: false });
    pass(5);
    expect(clock.now()).toBe(1_015);
  });

  it('is the real one again after a reset', () => {
    const { clock } = clockAt(1_000);
    clock.change({ now: 5, frozen: true });
    clock.reset();
    expect(clock.state()).toEqual({ now: new Date(1_000).toISOString(), offsetMs: 0, frozen: false });
  });

  it('is set by ISO text or milliseconds', () => {
    expect(clockChangeSchema.parse({ now: '2025-08-29T17:15:17Z' }).now).toBe(Date.UTC(2025, 7, 29, 17, 15, 17));
    expect(clockChangeSchema.safeParse({ now: 'noon' }).success).toBe(false);
  });
});
