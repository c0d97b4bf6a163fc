/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** @throws {RangeError} when the text is JSON of another kind */
export function jsonObject(text: string): JsonObject {
  const value: unknown = JSON.parse(text);
  if (isObject(value)) return value;
  throw new RangeError('The record holds JSON that is not an object');
}

export function jsonObjectOrNull(text: string | null): JsonObject | null {
  return text === null ? null : jsonObject(text);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
