import type { z } from 'zod';

import { ShapeError } from './errors.ts';
import { isList, jsonDepth, type JsonValue, readJson, splitJsonArray, toPlain, writeJson } from './lossless.ts';

/** Only text nobody can read is ever cut. */
const MAX_UNREADABLE_TEXT = 100_000;

/** What an element of a list must be. */
export interface ElementRules<T> {
  /** What the list is of, for messages: `orders`. */
  readonly plural: string;
  readonly schema: z.ZodType<T>;
  /** The deepest nesting that is still believed. */
  readonly maxDepth: number;
  /** The member that names an element, and whether its text is such a name. */
  readonly idKey: string;
  readonly isId: (text: string) => boolean;
}

/** An element that is not what the list is of, or cannot be read without guessing. */
export interface OddElement {
  /** Its id, when at least that can be read. */
  readonly id: string | null;
  /** What is wrong and where, without quoting a value: `orderActivityCollection[0].quantity: must be a number`. */
  readonly problem: string;
  /** Its JSON. Not redacted. */
  readonly text: string;
}

export type ReadElement<T> =
  | {
      readonly kind: 'read';
      readonly value: T;
      /** Its own JSON without white space, each value as Schwab wrote it. Not redacted. */
      readonly text: string;
    }
  | { readonly kind: 'odd'; readonly odd: OddElement };

/**
 * Reads a list, each element on its own: an odd one is set aside, in its place, and disturbs no other.
 *
 * @throws {ShapeError} when the text is not a JSON array.
 */
export function readElements<T>(text: string, rules: ElementRules<T>): readonly ReadElement<T>[] {
  return splitElements(text, rules).map((element, index) =>
    namingElement(index, () => {
      const opened = openElement(element, rules);
      return opened.kind === 'odd' ? opened : judgeElement(opened.element, rules);
    }),
  );
}

/**
 * The texts of a list's elements, without the white space around them.
 *
 * @throws {ShapeError} when the text is not a JSON array.
 */
export function splitElements(text: string, { plural }: Pick<ElementRules<unknown>, 'plural'>): readonly string[] {
  const elements = splitJsonArray(text);
  if (elements === null) throw new ShapeError('$', `not a JSON array of ${plural}`);
  return elements.map((element) => element.trim());
}

/** Text that is not JSON is told by its place in the list: a position in it counts from where the element begins. */
export function namingElement<R>(index: number, read: () => R): R {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw new ShapeError(`[${index}]`, `${error.problem}, counted from the start of this element`);
  }
}

/** An element, or a part of one, that is JSON and not judged yet. */
export interface OpenElement {
  readonly value: JsonValue;
  /** The same as plain values. */
  readonly plain: unknown;
  /** Where it lies in its element: empty for the whole of it. */
  readonly path: readonly PropertyKey[];
}

/** @throws {ShapeError} when the text is not JSON: then nothing around it can be trusted either. */
export function openElement<T>(
  text: string,
  rules: ElementRules<T>,
): { readonly kind: 'open'; readonly element: OpenElement } | { readonly kind: 'odd'; readonly odd: OddElement } {
  if (jsonDepth(text) > rules.maxDepth) {
    const problem = `nested deeper than ${rules.maxDepth} levels`;
    return { kind: 'odd', odd: { id: null, problem, text: text.trim().slice(0, MAX_UNREADABLE_TEXT) } };
  }
  const { value, hasDuplicateKey } = readJson(text);
  const plain = toPlain(value);
  if (!hasDuplicateKey) return { kind: 'open', element: { value, plain, path: [] } };
  // Reading keeps one of two values under one key, so only the original shows what was wrong.
  const problem = 'an object names one key twice';
  return { kind: 'odd', odd: { id: idOf(plain, rules), problem, text: text.trim() } };
}

/** Holds an element against its schema. */
export function judgeElement<T>({ value, plain, path }: OpenElement, rules: ElementRules<T>): ReadElement<T> {
  const text = writeJson(value);
  const odd = (issuePath: readonly PropertyKey[], message: string): ReadElement<T> => {
    const problem = describeIssue([...path, ...issuePath], message);
    return { kind: 'odd', odd: { id: idOf(plain, rules), problem, text } };
  };
  if (isList(value)) return odd([], 'must be an object');
  const result = rules.schema.safeParse(plain);
  if (result.success) return { kind: 'read', value: result.data, text };
  const [issue] = result.error.issues;
  return odd(issue?.path ?? [], issue?.message ?? 'unreadable');
}

/** `[0].quantity: must be a number`. */
export function describeIssue(path: readonly PropertyKey[], message: string): string {
  const where = pathText(path);
  return where === '' ? message : `${where}: ${message}`;
}

/** `childOrderStrategies[0].quantity`; empty for the whole. */
export function pathText(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
  return steps.join('').replace(/^\./, '');
}

function idOf<T>(plain: unknown, { idKey, isId }: ElementRules<T>): string | null {
  if (typeof plain !== 'object' || plain === null) return null;
  const id: unknown = Object.entries(plain).find(([key]) => key === idKey)?.[1];
  return typeof id === 'string' && isId(id) ? id : null;
}
