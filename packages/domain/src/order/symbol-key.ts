/**
 * A symbol as it is compared: the blanks inside an option symbol only pad it, and one source may pad otherwise than the
 * other. Null stays null.
 */
export function symbolKey(symbol: string | null): string | null {
  return symbol === null ? null : symbol.replaceAll(/\s/g, '');
}
