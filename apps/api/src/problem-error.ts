import { STATUS_CODES } from 'node:http';
import type { Problem } from '@fill-tracker/contract';

export type ProblemParameter = NonNullable<Problem['errors']>[number];

/** An answer that tells of an error: its message goes to the caller as it is. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly status: number;
  readonly errors: readonly ProblemParameter[] | null;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    detail: string,
    more: { errors?: readonly ProblemParameter[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail);
    this.status = status;
    this.errors = more.errors ?? null;
    this.headers = more.headers ?? {};
  }
}

/** The body of RFC 9457 for a status; its title is the status's own name. */
export function problemOf(status: number, detail: string, errors: readonly ProblemParameter[] | null = null): Problem {
  const title = STATUS_CODES[status] ?? 'Error';
  return { type: 'about:blank', title, status, detail, ...(errors !== null && { errors: [...errors] }) };
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';
