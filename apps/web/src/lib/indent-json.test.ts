import { expect, it } from 'vitest';
import { indentJson } from './indent-json.ts';

it('lays out what a parser would, as a parser would', () => {
  const value = { a: [1, { b: 'x, "y": {z}\\' }, [], {}], c: null, d: true };
  expect(indentJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
  expect(indentJson(JSON.stringify(value, null, 7))).toBe(JSON.stringify(value, null, 2));
});

it('keeps numbers as they were written', () => {
  expect(indentJson('{"orderId":9007199254740993,"price":22.80,"tiny":1e-7}')).toBe(
    '{\n  "orderId": 9007199254740993,\n  "price": 22.80,\n  "tiny": 1e-7\n}',
  );
});

it('gives text that is no JSON back', () => {
  expect(indentJson('redacted')).toBe('redacted');
});
