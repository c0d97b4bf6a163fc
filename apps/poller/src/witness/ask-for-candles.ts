import type { StoredOrder } from '@fill-tracker/db';
import { type Instant, MINUTE, type MinuteCandle, parseDecimal, SECOND } from '@fill-tracker/domain';
import { type Candle, SchwabError, type SchwabErrorKind } from '@fill-tracker/schwab-client';
import { describeFailure } from '../cycle/tell-trouble.ts';
import { within } from '../cycle/within.ts';
import type { Poller } from '../poller.ts';
import type { CandleCache } from './candle-cache.ts';
import { minutesAround, pricedSymbol } from './market-findings.ts';

/** The broker needs a moment to close a candle. */
const CANDLE_CLOSES_AFTER_MS = 30 * SECOND;

const ASK_WITHIN_MS = 20 * SECOND;

interface Asking {
  readonly candles: CandleCache;
  readonly signal: AbortSignal;
  readonly callsLeft: number;
}

/** Asks for what an order's fills are to be held against, as far as it is over and the calls suffice. */
export async function askForCandles(
  poller: Poller,
  order: StoredOrder,
  { candles, signal, callsLeft }: Asking,
): Promise<{ readonly isComplete: boolean; readonly callsLeft: number }> {
  const spans = spansToAsk(order, candles);
  if (spans.some(({ to }) => to + MINUTE + CANDLE_CLOSES_AFTER_MS > poller.clock.now())) {
    return { isComplete: false, callsLeft };
  }
  let left = callsLeft;
  for (const span of spans) {
    if (left <= 0) return { isComplete: false, callsLeft: left };
    left -= 1;
    if (!(await askForSpan(poller, span, candles, signal))) return { isComplete: false, callsLeft: 0 };
  }
  return { isComplete: true, callsLeft: left };
}

interface Span {
  readonly symbol: string;
  /** First and last minute. */
  readonly from: Instant;
  readonly to: Instant;
}

/** Minutes further apart than this are asked for apart. */
const WIDEST_GAP_MS = 60 * MINUTE;

/** The minutes around each fill that nobody has asked for yet, in few spans. */
function spansToAsk({ known }: StoredOrder, candles: CandleCache): readonly Span[] {
  const symbols = new Map<string, Set<Instant>>();
  for (const fill of known.fills) {
    const symbol = pricedSymbol(known, fill);
    if (symbol === null || fill.occurredAt === null) continue;
    const missing = minutesAround(fill.occurredAt).filter((minute) => candles.candle(symbol, minute) === undefined);
    symbols.set(symbol, new Set([...(symbols.get(symbol) ?? []), ...missing]));
  }
  return [...symbols].flatMap(([symbol, minutes]) =>
    spansOf(
      symbol,
      [...minutes].sort((a, b) => a - b),
    ),
  );
}

function spansOf(symbol: string, minutes: readonly Instant[]): readonly Span[] {
  const spans: Span[] = [];
  for (const minute of minutes) {
    const last = spans.at(-1);
    if (last !== undefined && minute - last.to <= WIDEST_GAP_MS) spans.splice(-1, 1, { ...last, to: minute });
    else spans.push({ symbol, from: minute, to: minute });
  }
  return spans;
}

/** Failures that say that there are no such candles, rather than that none came now. */
const NONE_TO_HAVE: ReadonlySet<SchwabErrorKind> = new Set(['bad-request', 'not-found', 'forbidden', 'shape']);

/** False when no answer came. */
async function askForSpan(
  poller: Poller,
  { symbol, from, to }: Span,
  candles: CandleCache,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const query = { symbol, frequency: 1, startDate: from, endDate: to } as const;
    const answer = await within(poller.client, ASK_WITHIN_MS, signal, (limited) =>
      poller.client.getPriceHistory(query, { lane: 'rest', signal: limited }),
    );
    candles.put(symbol, from, to, answer.candles.flatMap(candleOf));
    return true;
  } catch (error) {
    if (!(error instanceof SchwabError)) throw error;
    poller.events.brokerCallFailed({ operation: 'get-price-history', ...describeFailure(error) });
    if (!NONE_TO_HAVE.has(error.kind)) return false;
    candles.put(symbol, from, to, []);
    return true;
  }
}

/** A candle that is none tells nothing. */
function candleOf({ datetime, high, low }: Candle): readonly MinuteCandle[] {
  const [top, bottom] = [parseDecimal(high), parseDecimal(low)];
  return top === null || bottom === null ? [] : [{ at: datetime, high: top, low: bottom }];
}
