import { parse } from 'lossless-json';

import { ShapeError } from './errors.ts';

/** A JSON number as its source text: int64 ids and prices never pass through a double. */
export class JsonNumber {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

export type JsonValue =
  | JsonNumber
  | string
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

export interface JsonReading {
  readonly value: JsonValue;
  /** Whether some object names one key twice with different values: legal JSON, but nobody can say which is meant. */
  readonly hasDuplicateKey: boolean;
}

/**
 * Reads JSON losslessly. The caller has bounded the nesting (`jsonDepth`): the parser recurses.
 *
 * @throws {ShapeError} when the text is not JSON. The message holds a position and never the text, since a parser's
 * own message quotes the number at fault, which may be an account's.
 */
export function readJson(text: string): JsonReading {
  let hasDuplicateKey = false;
  const onDuplicateKey = () => {
    hasDuplicateKey = true;
  };
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- by construction: JSON, with our numbers in it
    const value = parse(text, null, { parseNumber: (source) => new JsonNumber(source), onDuplicateKey }) as JsonValue;
    return { value, hasDuplicateKey };
  } catch (error) {
    const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    throw new ShapeError('$', position === undefined ? 'not JSON' : `not JSON (at character ${position})`);
  }
}

const MAX_DOCUMENT_DEPTH = 64;

/**
 * Reads one whole document as plain values, numbers as their source text (see `toPlain`).
 *
 * @throws {ShapeError} when it is not JSON, is nested absurdly deep, or names a key twice.
 */
export function parseJson(text: string): unknown {
  if (jsonDepth(text) > MAX_DOCUMENT_DEPTH)
    throw new ShapeError('$', `nested deeper than ${MAX_DOCUMENT_DEPTH} levels`);
  const { value, hasDuplicateKey } = readJson(text);
  if (hasDuplicateKey) throw new ShapeError('$', 'an object names one key twice');
  return toPlain(value);
}

/**
 * Numbers become their source text. A null member is left out: to Schwab, absent and null mean the same. So is a
 * member called `__proto__`, which nothing reads and which must not become anybody's prototype.
 */
export function toPlain(value: JsonValue): unknown {
  if (value instanceof JsonNumber) return value.source;
  if (isList(value)) return value.map(toPlain);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([key, member]) => member !== null && key !== '__proto__');
  return Object.fromEntries(members.map(([key, member]) => [key, toPlain(member)]));
}

/** Writes JSON without insignificant white space; numbers exactly as they were read. */
export function writeJson(value: JsonValue): string {
  if (value instanceof JsonNumber) return value.source;
  if (isList(value)) return `[${value.map(writeJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, member]) => `${JSON.stringify(key)}:${writeJson(member)}`)
    .join(',')}}`;
}

/** `Array.isArray` does not narrow a readonly array out of a union. */
export function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** How many brackets are open at once at the deepest point, found without recursion and without judging the text. */
export function jsonDepth(text: string): number {
  let deepest = 0;
  scanStructure(text, (_character, _position, depth) => {
    deepest = Math.max(deepest, depth);
  });
  return deepest;
}

/**
 * Cuts the text of a JSON array into the texts of its elements, so that each can be judged alone; null when the text
 * is not an array from its first bracket to its last. What stands between the cuts is not checked here.
 */
export function splitJsonArray(text: string): readonly string[] | null {
  const body = text.trim();
  if (!body.startsWith('[')) return null;
  const elements: string[] = [];
  let start = 1;
  let end = -1;
  scanStructure(body, (character, position, depth) => {
    if (end !== -1) return;
    if (character === ',' && depth === 1) {
      elements.push(body.slice(start, position));
      start = position + 1;
    }
    if (depth === 0) end = position;
  });
  if (end !== body.length - 1 || !body.endsWith(']')) return null;
  const last = body.slice(start, end);
  if (elements.length > 0 || last.trim() !== '') elements.push(last);
  return elements;
}

/** Calls `visit` at each bracket and comma outside strings, with the number of brackets open after it. */
function scanStructure(text: string, visit: (character: string, position: number, depth: number) => void): void {
  let depth = 0;
  for (let position = 0; position < text.length; position++) {
    const character = text.charAt(position);
    if (character === '"') position = endOfString(text, position);
    else if (character === '{' || character === '[') visit(character, position, ++depth);
    else if (character === '}' || character === ']') visit(character, position, --depth);
    else if (character === ',') visit(character, position, depth);
  }
}

function endOfString(text: string, opening: number): number {
  let position = opening + 1;
  while (position < text.length && text.charAt(position) !== '"') position += text.charAt(position) === '\\' ? 2 : 1;
  return position;
}

/**
 * A copy that stands by itself. A text that was cut out of another one keeps all of that in memory, and so does every
 * value that was read from it: what is to be kept for long must not hang on the whole answer that it came in.
 */
export function detached(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
