/** Which way shares or contracts move. */
export type Side = 'BUY' | 'SELL';

const SIDES: Readonly<Record<string, Side>> = {
  BUY: 'BUY',
  BUY_TO_COVER: 'BUY',
  BUY_TO_OPEN: 'BUY',
  BUY_TO_CLOSE: 'BUY',
  SELL: 'SELL',
  SELL_SHORT: 'SELL',
  SELL_SHORT_EXEMPT: 'SELL',
  SELL_TO_OPEN: 'SELL',
  SELL_TO_CLOSE: 'SELL',
};

/** The side of an instruction as reported; null for EXCHANGE and for words nobody knows. */
export function sideOf(instruction: string | null): Side | null {
  return instruction !== null && Object.hasOwn(SIDES, instruction) ? (SIDES[instruction] ?? null) : null;
}
