/** Where commands print. Answers go to stdout, everything else to stderr. */
export interface Output {
  /** One JSON value on one line. */
  json(value: unknown): void;
  line(text: string): void;
  /** For people only: never part of an answer. */
  note(text: string): void;
}

export const terminal: Output = {
  json: (value) => void process.stdout.write(`${JSON.stringify(value)}\n`),
  line: (text) => void process.stdout.write(`${text}\n`),
  note: (text) => void process.stderr.write(`${text}\n`),
};

/** A table whose columns are as wide as their widest cell; `right` columns hold numbers. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: ReadonlySet<number> = new Set(),
): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length)));
  const layOut = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (right.has(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return [layOut(head), layOut(widths.map((width) => '-'.repeat(width))), ...rows.map(layOut)].join('\n');
}
