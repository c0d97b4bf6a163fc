/** CSV as RFC 4180 has it, for people who open it in a spreadsheet. */

/** One line, with its end. Null is an empty cell. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map((cell) => (cell === null ? '' : quoted(guarded(String(cell))))).join(',')}\r\n`;
}

/**
 * Spreadsheets run a cell that begins like a formula, and a symbol or a status text comes from outside. A leading
 * apostrophe makes it text; plain numbers stay numbers.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
function guarded(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
