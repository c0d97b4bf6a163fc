/**
 * JSON in which a number is the text it was written with. `JSON.stringify` would pass prices and ids through a double:
 * an id above 2^53 would change, and `10.0` would lose its point.
 */
export type SchwabJson = string | boolean | NumberText | readonly SchwabJson[] | SchwabObject;

/** Fields that are undefined are left out, as Schwab leaves out what it does not know. */
export interface SchwabObject {
  readonly [field: string]: SchwabJson | undefined;
}

/** A JSON number, kept as text. */
export class NumberText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Renders the value as JSON text, numbers digit for digit. */
export function renderJson(value: SchwabJson): string {
  if (value instanceof NumberText) return value.text;
  if (isList(value)) return `[${value.map(renderJson).join(',')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.entries(value).flatMap(([name, field]) =>
    field === undefined ? [] : [`${JSON.stringify(name)}:${renderJson(field)}`],
  );
  return `{${fields.join(',')}}`;
}

const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Parses JSON with every number as its own source text, so that no price passes through a double. */
export function parseJsonNumbersAsText(text: string): unknown {
  // The first parse refuses what is not JSON; the second reads the same text with its numbers in quotes.
  JSON.parse(text);
  return JSON.parse(text.replaceAll(STRING_OR_NUMBER, (token) => (token.startsWith('"') ? token : `"${token}"`)));
}

function isList(value: SchwabJson): value is readonly SchwabJson[] {
  return Array.isArray(value);
}
