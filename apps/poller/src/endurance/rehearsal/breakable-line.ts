/** The way to the broker, which can be cut. */
export interface BreakableLine {
  readonly fetch: typeof fetch;
  /** From now on every connection is refused. */
  cut(): void;
  mend(): void;
}

export function breakableLine(through: typeof fetch): BreakableLine {
  let isCut = false;
  return {
    async fetch(input, init) {
      if (isCut) throw refused();
      return await through(input, init);
    },
    cut: () => (isCut = true),
    mend: () => (isCut = false),
  };
}

/** As the real fetch says it. */
function refused(): TypeError {
  const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  return new TypeError('fetch failed', { cause });
}
