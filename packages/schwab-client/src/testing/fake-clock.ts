import type { Clock } from '../clock.ts';

interface Sleeper {
  readonly wakeAt: number;
  readonly wake: () => void;
}

/** A clock that stands still until told otherwise. `sleeps` lists every wait that was asked for, in ms. */
export class FakeClock implements Clock {
  readonly sleeps: number[] = [];
  #now: number;
  #sleepers: Sleeper[] = [];

  constructor(now = Date.UTC(2026, 0, 5, 15, 0, 0)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  sleeping(): number {
    return this.#sleepers.length;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.sleeps.push(ms);
    if (signal?.aborted === true) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const sleeper = { wakeAt: this.#now + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal.reason);
      });
    });
  }

  /** Sets the wall clock without waking anybody, as an operator does. */
  set(now: number): void {
    const shift = now - this.#now;
    this.#sleepers = this.#sleepers.map((sleeper) => ({ ...sleeper, wakeAt: sleeper.wakeAt + shift }));
    this.#now = now;
  }

  /** Lets time pass, waking sleepers in order and letting each act before the next. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#now = Math.max(this.#now, next.wakeAt);
      this.#sleepers = this.#sleepers.filter((other) => other !== next);
      next.wake();
      await settle();
    }
    this.#now = end;
  }

  #next(end: number): Sleeper | undefined {
    return this.#sleepers.filter(({ wakeAt }) => wakeAt <= end).sort((a, b) => a.wakeAt - b.wakeAt)[0];
  }
}

/** A clock for calls with I/O in them: a sleeper is woken at once, and the time it wanted has passed. */
export class EagerClock implements Clock {
  readonly sleeps: number[] = [];
  #now: number;

  constructor(now = Date.UTC(2026, 0, 5, 15, 0, 0)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  pass(ms: number): void {
    this.#now += ms;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.sleeps.push(ms);
    this.#now += ms;
    await settle();
    signal?.throwIfAborted();
  }
}

/** Lets every promise that can settle do so. */
export function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
