import { parseJson } from './lossless.ts';
import { redact } from './redact.ts';

const MAX_WORDS = 300;

/**
 * Schwab's own words out of an error body, in whichever of its shapes: `{message}`, `{message, errors: [text]}`,
 * `{errors: [{status, title, detail, source}]}`, the gateway's `{fault: {faultstring, detail: {errorcode}}}`, OAuth's
 * `{error, error_description}`, an HTML page of the edge, plain text, or nothing (null). Redacted, on one line, at most
 * 300 characters.
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
    return wordsOfText(text.trim());
  }
  if (typeof body === 'string') return [body];
  if (Array.isArray(body)) return wordsOfErrors(body);
  if (!isRecord(body)) return [];
  const words = [body['message'], ...wordsOfErrors(body['errors']), wordsOfFault(body['fault'])];
  return [...words, body['error'], body['error_description']].filter(isText);
}

/** Broken JSON says nothing: where its texts begin and end, nobody knows. */
function wordsOfText(text: string): readonly string[] {
  if (/^[[{"]/.test(text)) return [];
  if (!text.startsWith('<')) return /^[\P{C}\s]*$/u.test(text) ? [text] : [];
  const title = /<(title|h1)[^>]*>([^<]*)</i.exec(text)?.[2]?.trim() ?? '';
  return [title === '' ? 'a page without a title' : `page titled "${title}"`];
}

function wordsOfErrors(errors: unknown): readonly string[] {
  return (Array.isArray(errors) ? errors.map(wordsOfOne) : [errors]).filter(isText);
}

function wordsOfOne(error: unknown): unknown {
  if (!isRecord(error)) return error;
  const words = [error['title'], error['detail'], error['message']].filter(isText).join(': ');
  const status = isText(error['status']) ? `status ${error['status']}` : '';
  const source = wordsOfSource(error['source']);
  return `${words === '' ? status : words}${source === '' ? '' : ` (${source})`}`;
}

/** What the fault lies with: `header Authorization`, `parameter fields`, `/data/attributes/symbols`. */
function wordsOfSource(source: unknown): string {
  if (!isRecord(source)) return '';
  const named = ['header', 'parameter'].flatMap((kind) => (isText(source[kind]) ? [`${kind} ${source[kind]}`] : []));
  const pointers: readonly unknown[] = Array.isArray(source['pointer']) ? source['pointer'] : [source['pointer']];
  return [...named, ...pointers.filter(isText)].join(', ');
}

function wordsOfFault(fault: unknown): unknown {
  if (!isRecord(fault)) return undefined;
  const code = isRecord(fault['detail']) ? fault['detail']['errorcode'] : undefined;
  const words = isText(fault['faultstring']) ? [fault['faultstring']] : [];
  return [...words, ...(isText(code) ? [`(${code})`] : [])].join(' ');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
