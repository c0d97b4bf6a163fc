import { isList, JsonNumber, jsonDepth, readJson, writeJson } from './lossless.ts';
import type { JsonValue } from './lossless.ts';

const HASH = /[0-9a-f]{64}/gi;
/**
 * Schwab's account numbers have 8 digits (9 in older days). Its order ids have 13 and stay readable, as do amounts
 * and the digits of an option symbol (`250613C00144000`).
 */
const ACCOUNT_NUMBER = /(?<!\d|\d\.|\d{6}[CP])\d{6,11}(?!\d|\.\d|[CP]\d{8})/g;
const CREDENTIALS = /\b(Bearer|Basic)\s+[^\s"',;]+/gi;
/** Tokens and codes are long and opaque; words of that length do not occur in what Schwab says. */
const OPAQUE = /[\w.~+/=@%-]{32,}/g;
const MAX_DEPTH = 500;

/** `12345678` becomes `…678`; a number too short to keep three digits private becomes `…`. */
export function maskAccountNumber(accountNumber: string): string {
  return accountNumber.length >= 6 ? `…${accountNumber.slice(-3)}` : '…';
}

/**
 * Makes text that came from outside fit for messages and logs: whatever is known to be secret, and whatever looks
 * like a token, an account hash or an account number, is masked.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of secrets) {
    for (const form of secret === '' ? [] : [secret, encodeURIComponent(secret)])
      clean = clean.replaceAll(form, '[redacted]');
  }
  return maskHashes(clean)
    .replace(CREDENTIALS, '$1 [redacted]')
    .replace(OPAQUE, '[redacted]')
    .replace(ACCOUNT_NUMBER, maskAccountNumber);
}

/** Masks account hashes alone: for the `Location` of an order, whose other parts are worth keeping. */
export function maskHashes(text: string): string {
  return text.replace(HASH, (hash) => `…${hash.slice(-3)}`);
}

/**
 * Redacts the JSON text of orders for keeping as evidence: the values of `accountNumber` and `accountId` become
 * masked strings, the same numbers are masked wherever else they stand in a text, and 64-digit hashes are masked.
 * All other values keep their source text. Text that is not JSON is redacted by pattern.
 */
export function redactOrderText(text: string): string {
  if (jsonDepth(text) > MAX_DEPTH) return redactUnreadable(text);
  let value: JsonValue;
  try {
    const reading = readJson(text);
    // Reading keeps one value of a doubled key, so writing it again would lose the other.
    if (reading.hasDuplicateKey) return redactUnreadable(text);
    value = reading.value;
  } catch {
    return redactUnreadable(text);
  }
  return writeJson(redactValue(value, [...new Set(accountNumbersIn(value))]));
}

/**
 * Redacts the text of an order that cannot be read, for keeping as evidence: an account's number may stand anywhere in
 * it and in any shape. So whatever could be one is masked as well, which costs a reader at most a large quantity.
 */
export function redactOddOrderText(text: string): string {
  return redactOrderText(text).replace(ACCOUNT_NUMBER, maskAccountNumber);
}

function redactUnreadable(text: string): string {
  return maskHashes(text).replace(
    /("account(?:number|id)"\s*:\s*)"?(\d+)"?/gi,
    (_match, key: string, number: string) => `${key}"${maskAccountNumber(number)}"`,
  );
}

function redactValue(value: JsonValue, accountNumbers: readonly string[]): JsonValue {
  if (typeof value === 'string') return redactString(value, accountNumbers);
  if (value instanceof JsonNumber || typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((element) => redactValue(element, accountNumbers));
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      const number = isAccountKey(key) ? scalarText(member) : null;
      return [maskHashes(key), number === null ? redactValue(member, accountNumbers) : maskAccountNumber(number)];
    }),
  );
}

function redactString(text: string, accountNumbers: readonly string[]): string {
  const masked = accountNumbers.reduce(
    (rest, number) => rest.replaceAll(new RegExp(`(?<!\\d)${number}(?!\\d)`, 'g'), maskAccountNumber(number)),
    text,
  );
  return maskHashes(masked);
}

function accountNumbersIn(value: JsonValue): readonly string[] {
  if (value instanceof JsonNumber || typeof value !== 'object' || value === null) return [];
  if (isList(value)) return value.flatMap(accountNumbersIn);
  return Object.entries(value).flatMap(([key, member]) => {
    const number = isAccountKey(key) ? scalarText(member) : null;
    // A number this short would be found inside prices, ids and dates.
    if (number !== null) return /^\d{6,}$/.test(number) ? [number] : [];
    return accountNumbersIn(member);
  });
}

function isAccountKey(key: string): boolean {
  return /^account(number|id)$/i.test(key);
}

function scalarText(value: JsonValue): string | null {
  if (value instanceof JsonNumber) return value.source;
  return typeof value === 'string' ? value : null;
}
