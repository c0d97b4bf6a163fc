import { SchwabError } from './errors.ts';
import type { Operation } from './operation.ts';

/**
 * Shares (`GME`), classes (`BRK/B`), indices (`$SPX`) and options (`NVDA  250613C00144000`), to be encoded in a query.
 *
 * @throws {SchwabError} `bad-request` for what cannot be a symbol: nothing is sent.
 */
export function assertSymbol(symbol: string, operation: Operation): void {
  if (!/^[!-~][ -~]{0,31}$/.test(symbol)) {
    throw new SchwabError('bad-request', `${operation}: not a symbol (nothing was sent)`, { operation });
  }
}
