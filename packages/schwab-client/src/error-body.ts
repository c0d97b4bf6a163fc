import { parseJson } from './lossless.ts';
import { redact } from './redact.ts';

const MAX_WORDS = 300;

/**
 * Schwab's own words out of an error body, in whichever of its shapes: `{message}`, `{message, errors: [text]}`,
 * `{errors: [{title, detail}]}`, the gateway's `{fault: {faultstring}}`, OAuth's `{error, error_description}`, an HTML
 * page of the edge, or nothing (null). Redacted, on one line, at most 300 characters.
 */
export function readErrorBody(text: string, secrets: readonly string[] = []): string | null {
  const words = [...new Set(wordsIn(text))].join('; ').replaceAll(/\s+/g, ' ').trim();
  if (words === '') return null;
  const clean = redact(words, secrets);
  return clean.length > MAX_WORDS ? `${clean.slice(0, MAX_WORDS)}…` : clean;
}

function wordsIn(text: string): readonly string[] {
  let body: unknown;
  try {
    body = parseJson(text);
  } catch {
    const title = /<(title|h1)[^>]*>([^<]*)</i.exec(text)?.[2]?.trim() ?? '';
    return title === '' ? [] : [`page titled "${title}"`];
  }
  if (typeof body === 'string') return [body];
  if (!isRecord(body)) return [];
  const errors = Array.isArray(body['errors']) ? body['errors'].map(wordsOfOne) : [];
  const fault = isRecord(body['fault']) ? body['fault']['faultstring'] : undefined;
  return [body['message'], ...errors, fault, body['error'], body['error_description']].filter(isText);
}

function wordsOfOne(error: unknown): unknown {
  if (!isRecord(error)) return error;
  return [error['title'], error['detail'], error['message']].filter(isText).join(': ');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
