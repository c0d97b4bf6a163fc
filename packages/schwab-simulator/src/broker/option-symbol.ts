/** An option as its symbol tells it: `NVDA  250613C00144000`, the underlying padded to six characters. */
export interface OptionSymbol {
  readonly underlying: string;
  readonly putCall: 'PUT' | 'CALL';
  /** Such as `NVDA 06/13/2025 $144 Call`. */
  readonly description: string;
}

const OPTION_SYMBOL = /^([A-Z][A-Z0-9./ ]{5})(\d{2})(\d{2})(\d{2})([CP])(\d{5})(\d{3})$/;

/** Null for a symbol that is not an option's. */
export function readOptionSymbol(symbol: string): OptionSymbol | null {
  const [matched, root = '', year, month, day, side, dollars, thousandths = ''] = OPTION_SYMBOL.exec(symbol) ?? [];
  if (matched === undefined) return null;
  const underlying = root.trimEnd();
  const fraction = thousandths.replace(/0+$/, '');
  const strike = `${Number(dollars)}${fraction === '' ? '' : `.${fraction}`}`;
  const putCall = side === 'C' ? 'CALL' : 'PUT';
  const kind = side === 'C' ? 'Call' : 'Put';
  return { underlying, putCall, description: `${underlying} ${month}/${day}/20${year} $${strike} ${kind}` };
}

export function isOption(symbol: string): boolean {
  return readOptionSymbol(symbol) !== null;
}
