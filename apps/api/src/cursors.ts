/**
 * Cursors: where a page of a list ended, as text that callers hand back and need not understand. A cursor names its
 * list and its order, so one of another list is refused rather than misread.
 */
import type { OrderPosition } from '@fill-tracker/db';
import { z } from 'zod';
import { ProblemError } from './problem-error.ts';

const id = z.int().positive();

/** For lists that go by their number alone, newest first. */
export function encodeIdCursor(list: string, last: number): string {
  return encode([list, last]);
}

/** @throws {ProblemError} 400 for what is no cursor of that list */
export function decodeIdCursor(list: string, cursor: string | undefined): number | undefined {
  return cursor === undefined ? undefined : decode(cursor, z.tuple([z.literal(list), id]))[1];
}

/** @param order names sort and direction */
export function encodeOrderCursor(order: string, { key, id: last }: OrderPosition): string {
  return encode(['orders', order, key, last]);
}

/** @throws {ProblemError} 400 for what is no cursor of a list in that order */
export function decodeOrderCursor(order: string, cursor: string | undefined): OrderPosition | undefined {
  if (cursor === undefined) return undefined;
  const shape = z.tuple([z.literal('orders'), z.literal(order), z.string().nullable(), id]);
  const [, , key, last] = decode(cursor, shape);
  return { key, id: last };
}

function encode(parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

function decode<Shape extends z.ZodType>(cursor: string, shape: Shape): z.output<Shape> {
  const parsed = shape.safeParse(jsonIn(cursor));
  if (parsed.success) return parsed.data;
  const message = 'is not the nextCursor of a page of this list in this order';
  throw new ProblemError(400, `The request is not valid: cursor ${message}.`, {
    errors: [{ in: 'query', name: 'cursor', message }],
  });
}

function jsonIn(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
