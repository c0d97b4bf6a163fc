/** The tables of docs/reconciliation.md are the code's own. `UPDATE_DOCS=1` writes them anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { BROKER_STATUSES, ORDER_FLAGS, STATUS_RULE } from '@fill-tracker/domain';
import { expect, it } from 'vitest';

const FILE = new URL('../../../docs/reconciliation.md', import.meta.url);

const COLUMNS = {
  none: 'nothing filled',
  unpriced: 'filled, no price',
  unsummed: 'do not add up',
  part: 'add up to a part',
  whole: 'add up to all',
} as const;

const ROWS = {
  live: 'live, or unknown',
  filled: 'FILLED',
  ended: 'CANCELED, EXPIRED, REPLACED',
  rejected: 'REJECTED',
} as const;

const keysOf = <K extends string>(record: Record<K, unknown>): K[] => Object.keys(record) as K[];

function statusRuleTable(): string {
  const cells = keysOf(ROWS).map((row) =>
    keysOf(COLUMNS).map((column) => {
      const { status, outcome, flags } = STATUS_RULE[row][column];
      const word = outcome === 'word' ? "the broker's word" : outcome;
      return [status, ...(word === null ? [] : [word]), ...flags.map((flag) => `\`${flag}\``)].join(', ');
    }),
  );
  return table(
    ['broker says', ...keysOf(COLUMNS).map((column) => COLUMNS[column])],
    keysOf(ROWS).map((row, i) => [ROWS[row], ...(cells[i] ?? [])]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const SECTIONS: Readonly<Record<string, string>> = {
  'status-rule': statusRuleTable(),
  'broker-words': table(
    ['word', 'counts as', 'meaning'],
    Object.entries(BROKER_STATUSES).map(([word, row]) => [word, row.class, row.meaning]),
  ),
  flags: table(
    ['flag', 'meaning'],
    Object.entries(ORDER_FLAGS).map(([flag, meaning]) => [`\`${flag}\``, meaning]),
  ),
};

function withSections(document: string): string {
  return Object.entries(SECTIONS).reduce(
    (text, [name, body]) =>
      text.replace(
        new RegExp(`<!-- ${name} -->[^]*<!-- /${name} -->`),
        () => `<!-- ${name} -->\n${body}\n<!-- /${name} -->`,
      ),
    document,
  );
}

it('docs/reconciliation.md shows the tables as they are in the code', () => {
  const document = readFileSync(FILE, 'utf8');
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(FILE, withSections(document));
  expect(readFileSync(FILE, 'utf8')).toBe(withSections(document));
  for (const name of Object.keys(SECTIONS)) expect(document).toContain(`<!-- ${name} -->`);
});
