import type { Clock } from '@fill-tracker/schwab-client';

interface Sleeper {
  readonly wakeAt: number;
  readonly wake: () => void;
}

export interface HandTurnedClockOptions {
  /** ms since epoch. */
  readonly startsAt: number;
  /** Everybody wakes on a multiple of this (ms): short rests become one such step, so that a week takes seconds. */
  readonly stepMs: number;
  /** Resolves once nobody does anything but sleep. */
  readonly untilCalm: () => Promise<void>;
}

/**
 * A clock whose time stands still while anybody works, and leaps to the next waking when all sleep. What it says
 * depends on nothing outside: the same story takes the same time, to the millisecond, on any machine.
 */
export class HandTurnedClock implements Clock {
  readonly #stepMs: number;
  readonly #untilCalm: () => Promise<void>;
  readonly #sleepers = new Set<Sleeper>();
  #now: number;

  constructor({ startsAt, stepMs, untilCalm }: HandTurnedClockOptions) {
    this.#now = startsAt;
    this.#stepMs = stepMs;
    this.#untilCalm = untilCalm;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const sleeper: Sleeper = { wakeAt: this.#stepAfter(ms), wake };
      const giveUp = (): void => {
        this.#sleepers.delete(sleeper);
        reject(signal?.reason);
      };
      function wake(): void {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      }
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** Lets time pass up to an instant, each sleeper in its turn. */
  async runUntil(end: number): Promise<void> {
    for (;;) {
      await this.#untilCalm();
      const next = this.#earliest();
      if (next === null || next.wakeAt > end) break;
      this.#now = Math.max(this.#now, next.wakeAt);
      this.#sleepers.delete(next);
      next.wake();
    }
    this.#now = Math.max(this.#now, end);
  }

  #stepAfter(ms: number): number {
    const wanted = this.#now + Math.max(0, ms);
    return Math.ceil(wanted / this.#stepMs) * this.#stepMs;
  }

  /** Of those that wake at once, the one that lay down first. */
  #earliest(): Sleeper | null {
    let earliest: Sleeper | null = null;
    for (const sleeper of this.#sleepers) {
      if (earliest === null || sleeper.wakeAt < earliest.wakeAt) earliest = sleeper;
    }
    return earliest;
  }
}
