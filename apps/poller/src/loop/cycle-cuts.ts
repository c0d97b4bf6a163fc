/** Cuts the work of one turn of the loop short, and no more than that. */
export interface CycleCuts {
  /** For the turn that begins now: a cut of an earlier one does not reach it. */
  begin(): AbortSignal;
  cut(reason: Error): void;
}

export function createCycleCuts(): CycleCuts {
  let current = new AbortController();
  return {
    begin() {
      if (current.signal.aborted) current = new AbortController();
      return current.signal;
    },
    cut: (reason) => current.abort(reason),
  };
}
