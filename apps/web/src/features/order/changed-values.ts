type Values = Readonly<Record<string, unknown>> | null;

/** A value that an audit entry changed, as text; null for what was not there. */
export interface ChangedValue {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What differs between the two sides of an audit entry, in the order of the record. */
export function changedValues(before: Values, after: Values): readonly ChangedValue[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names]
    .map((name) => ({ name, before: textOf(before?.[name]), after: textOf(after?.[name]) }))
    .filter((value) => value.before !== value.after);
}

/** Values are text, whole numbers or null; anything else is shown as the JSON that it is. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
