import type { Instant } from '@fill-tracker/domain';

/**
 * An instant as the record writes it, such as `2026-01-05T15:00:00.000Z`. 24 characters, so texts sort as times.
 *
 * @throws {RangeError} for what is no time of the years 0 to 9999.
 */
export function instantText(at: Instant): string {
  const text = new Date(at).toISOString();
  if (text.length !== 24) throw new RangeError(`The record holds years 0 to 9999 only: ${text}`);
  return text;
}

export function instantTextOrNull(at: Instant | null): string | null {
  return at === null ? null : instantText(at);
}

export function instantFromText(text: string): Instant {
  return Date.parse(text);
}

export function instantFromTextOrNull(text: string | null): Instant | null {
  return text === null ? null : instantFromText(text);
}
