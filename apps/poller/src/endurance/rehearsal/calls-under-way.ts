import { setImmediate as nextTurn } from 'node:timers/promises';

/** Counts the calls that leave the poller's own code, for whoever must know when nothing happens any more. */
export interface CallsUnderWay {
  readonly follow: <T>(call: Promise<T>) => Promise<T>;
  /**
   * Resolves once no call is under way and all that followed from the last ones has happened.
   *
   * @throws {Error} when a call stays under way for ever.
   */
  readonly untilCalm: () => Promise<void>;
}

/** Turns of the event loop without a call: one lets every promise settle, the others are for timers and streams. */
const CALM_TURNS = 3;
/** Real time after which a call hangs: nothing here waits for anything outside this process. */
const HANGS_AFTER_MS = 30_000;

export function countCalls(): CallsUnderWay {
  let underWay = 0;
  let begun = 0;
  return {
    async follow(call) {
      underWay += 1;
      begun += 1;
      try {
        return await call;
      } finally {
        underWay -= 1;
      }
    },
    async untilCalm() {
      const before = begun;
      const startedAt = performance.now();
      await nextTurn();
      // A waking that made no call is over once its promises have settled: most are such.
      if (begun === before && underWay === 0) return;
      for (let calm = 0, seen = begun; calm < CALM_TURNS;) {
        await nextTurn();
        calm = underWay === 0 && seen === begun ? calm + 1 : 0;
        seen = begun;
        if (performance.now() - startedAt > HANGS_AFTER_MS) throw new Error('A call has been under way for too long');
      }
    },
  };
}

/** The same object, whose calls are followed; so are those of the objects that it gives out. */
export function followed<T extends object>(target: T, calls: CallsUnderWay): T {
  return new Proxy(target, {
    get(object, name, receiver) {
      const value: unknown = Reflect.get(object, name, receiver);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        const result: unknown = Reflect.apply(value, object, args);
        if (result instanceof Promise) return calls.follow(result);
        return typeof result === 'object' && result !== null ? followed(result, calls) : result;
      };
    },
  });
}
