import { decimal, decimalText } from '@fill-tracker/domain';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvLine } from './csv.ts';

it('writes empty cells for null, and ends the line', () => {
  expect(csvLine(['GME', null, 12])).toBe('GME,,12\r\n');
});

it.each([
  ['a comma', 'a,b', '"a,b"'],
  ['quotes', 'say "hi"', '"say ""hi"""'],
  ['a line end', 'a\nb', '"a\nb"'],
])('quotes %s', (_what, cell, written) => {
  expect(csvLine([cell])).toBe(`${written}\r\n`);
});

it.each(['=1+1', '+1', '-1+2', '@SUM(A1)', '\tx', "=cmd|' /C calc'!A0", '-', '+', '-.5', '--1'])(
  'makes text of %j, which a spreadsheet would run',
  (cell) => {
    expect(csvLine([cell])).toMatch(/^"?'/);
  },
);

it.each(['-1.25', '0', '22.7299', '-12345678901234567890.5'])('leaves the number %s a number', (cell) => {
  expect(csvLine([cell])).toBe(`${cell}\r\n`);
});

it('gives a reader every cell back, with an apostrophe before those that begin like a formula', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (cells) => {
      const read = parseLine(csvLine(cells));
      expect(read.map((cell, i) => (cell === `'${cells[i]}` ? cells[i] : cell))).toEqual(cells);
      for (const cell of read) expect(cell).not.toMatch(/^(?!-?\d+(\.\d+)?$)[=+\-@\t\r]/);
    }),
  );
});

it('leaves every decimal as it is', () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(999_999), (whole, part) => {
      const text = decimalText(decimal(`${whole}.${part}`));
      expect(csvLine([text])).toBe(`${text}\r\n`);
    }),
  );
});

/** RFC 4180, written anew rather than shared: cells of one line. */
function parseLine(line: string): string[] {
  const cells: string[] = [];
  let at = 0;
  while (at <= line.length - 2) {
    let cell = '';
    if (line[at] === '"') {
      for (at += 1; line[at] !== '"' || line[at + 1] === '"'; at += 1) {
        cell += line[at];
        if (line[at] === '"') at += 1;
      }
      at += 1;
    } else {
      for (; line[at] !== ',' && line.slice(at, at + 2) !== '\r\n'; at += 1) cell += line[at];
    }
    cells.push(cell);
    if (line.slice(at, at + 2) === '\r\n') return cells;
    at += 1;
  }
  return cells;
}
