import type { z } from 'zod';

import { ShapeError } from './errors.ts';
import { isList, jsonDepth, readJson, splitJsonArray, toPlain, writeJson } from './lossless.ts';

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
  /** Place in the list, from 0. */
  readonly index: number;
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
 * Reads a list, each element on its own: an odd one is set aside and disturbs no other.
 *
 * @throws {ShapeError} when the text is not a JSON array.
 */
export function readElements<T>(text: string, rules: ElementRules<T>): readonly ReadElement<T>[] {
  return splitElements(text, rules).map((element, index) => readElement(element, index, rules));
}

/**
 * The texts of a list's elements.
 *
 * @throws {ShapeError} when the text is not a JSON array.
 */
export function splitElements(text: string, { plural }: Pick<ElementRules<unknown>, 'plural'>): readonly string[] {
  const elements = splitJsonArray(text);
  if (elements === null) throw new ShapeError('$', `not a JSON array of ${plural}`);
  return elements;
}

/** @throws {ShapeError} when the text is not JSON: then nothing around it can be trusted either. */
export function readElement<T>(text: string, index: number, rules: ElementRules<T>): ReadElement<T> {
  const odd = (problem: string, id: string | null, evidence: string): ReadElement<T> => {
    return { kind: 'odd', odd: { index, id, problem, text: evidence } };
  };
  if (jsonDepth(text) > rules.maxDepth) {
    return odd(`nested deeper than ${rules.maxDepth} levels`, null, text.trim().slice(0, MAX_UNREADABLE_TEXT));
  }
  const { value, hasDuplicateKey } = readJson(text);
  const plain = toPlain(value);
  // Reading keeps one of two values under one key, so only the original shows what was wrong.
  if (hasDuplicateKey) return odd('an object names one key twice', idOf(plain, rules), text.trim());
  const evidence = writeJson(value);
  if (isList(value)) return odd('must be an object', null, evidence);
  const result = rules.schema.safeParse(plain);
  if (result.success) return { kind: 'read', value: result.data, text: evidence };
  const [issue] = result.error.issues;
  return odd(describeIssue(issue?.path ?? [], issue?.message ?? 'unreadable'), idOf(plain, rules), evidence);
}

/** `[0].quantity: must be a number`. */
export function describeIssue(path: readonly PropertyKey[], message: string): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
  const where = steps.join('').replace(/^\./, '');
  return where === '' ? message : `${where}: ${message}`;
}

function idOf<T>(plain: unknown, { idKey, isId }: ElementRules<T>): string | null {
  if (typeof plain !== 'object' || plain === null) return null;
  const id: unknown = Object.entries(plain).find(([key]) => key === idKey)?.[1];
  return typeof id === 'string' && isId(id) ? id : null;
}
