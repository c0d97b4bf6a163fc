import { expect, it } from 'vitest';
import { table } from './output.ts';

it('lays columns out as wide as their widest cell, numbers to the right', () => {
  const rows = [
    ['1', 'GME', 'open'],
    ['20', 'BRK/B', ''],
  ];
  expect(table(['id', 'symbol', 'flags'], rows, new Set([0])).split('\n')).toEqual([
    'id  symbol  flags',
    '--  ------  -----',
    ' 1  GME     open',
    '20  BRK/B',
  ]);
});

it('is a head alone without rows', () => {
  expect(table(['id'], [])).toBe('id\n--');
});
