import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeIdCursor, decodeOrderCursor, encodeIdCursor, encodeOrderCursor } from './cursors.ts';

const position = fc.record({
  key: fc.option(fc.string({ unit: 'binary', maxLength: 40 })),
  id: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
});

it('says where the page ended, in text that is safe in an address', () => {
  fc.assert(
    fc.property(position, (end) => {
      const cursor = encodeOrderCursor('enteredAt desc', end);
      expect(decodeOrderCursor('enteredAt desc', cursor)).toEqual(end);
      expect(cursor).toMatch(/^[\w-]+$/);
    }),
  );
});

it('begins at the beginning without one', () => {
  expect(decodeOrderCursor('symbol asc', undefined)).toBeUndefined();
  expect(decodeIdCursor('audit', undefined)).toBeUndefined();
});

it('is refused by another list, and by the same list in another order', () => {
  const orders = encodeOrderCursor('enteredAt desc', { key: null, id: 7 });
  const audit = encodeIdCursor('audit', 7);
  expect(decodeIdCursor('audit', audit)).toBe(7);
  expect(() => decodeOrderCursor('enteredAt asc', orders)).toThrow(/cursor/);
  expect(() => decodeIdCursor('cycles', audit)).toThrow(/cursor/);
  expect(() => decodeIdCursor('audit', orders)).toThrow(/cursor/);
});

it('is a problem of the caller when it is anything else', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(() => decodeOrderCursor('enteredAt desc', text)).toThrow(expect.objectContaining({ status: 400 }));
    }),
  );
});
