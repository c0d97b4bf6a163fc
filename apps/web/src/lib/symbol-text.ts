/** Underlying padded to six places, expiry as YYMMDD, call or put, strike in thousandths of a dollar. */
const OPTION = /^([A-Z0-9./]{1,6}) *(\d{2})(\d{2})(\d{2})([CP])(\d{5})(\d{3})$/;

/** An option's symbol for people: `SPY   261218C00600500` is `SPY 12/18/26 600.5C`. Other symbols are words already. */
export function symbolText(symbol: string): string {
  const [, underlying, year, month, day, right, whole, thousandths] = OPTION.exec(symbol) ?? [];
  if (underlying === undefined || whole === undefined || thousandths === undefined) return symbol;
  const fraction = thousandths.replace(/0+$/, '');
  const strike = `${whole.replace(/^0{1,4}/, '')}${fraction === '' ? '' : `.${fraction}`}`;
  return `${underlying} ${month}/${day}/${year} ${strike}${right}`;
}
