import type { Operation } from '../operation.ts';

/** One HTTP request, without its `Authorization`, which is decided at the last moment. */
export interface SchwabRequest {
  readonly operation: Operation;
  readonly method: 'GET' | 'POST';
  /** Absolute URL. Holds account hashes: never to be logged. */
  readonly url: string;
  readonly contentType?: string;
  readonly body?: string;
  /** What an error message must never repeat, should the answer echo it; the credential sent along is one besides. */
  readonly secrets: readonly string[];
}

/** An answer of any status, its body read to the end. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** The `Location` header. */
  readonly location: string | null;
  readonly correlationId: string | null;
  /** What a `Retry-After` header asks for, in ms. */
  readonly retryAfterMs: number | null;
  /** The `Date` header, ms since epoch: Schwab's clock. */
  readonly serverDate: number | null;
  /** ms since epoch, our clock: just before the request left, just after the body had come. */
  readonly requestedAt: number;
  readonly respondedAt: number;
  /** The secrets that were sent, which `text` may echo. */
  readonly secrets: readonly string[];
}

/** Joins Schwab's paths to a base URL, with or without its final slash. */
export function schwabUrl(baseUrl: string, path: string, query: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams(query).toString();
  return `${baseUrl.replace(/\/+$/, '')}${path}${search === '' ? '' : `?${search}`}`;
}
