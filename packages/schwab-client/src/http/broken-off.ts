import { SchwabError } from '../errors.ts';
import type { Answer, SchwabRequest } from './request.ts';

/**
 * The error of a good answer whose JSON ends before it is closed, null for any other: HTTP called it whole, but a
 * gateway had let go of it halfway. Asked again, Schwab mostly gives all of it; what is JSON of another shape it would
 * only repeat. The two ends alone are looked at, which costs nothing on a list of megabytes.
 */
export function brokenOff({ text, status, correlationId }: Answer, { operation }: SchwabRequest): SchwabError | null {
  const body = text.trim();
  const isOpen = (opening: string, closing: string): boolean => body.startsWith(opening) && !body.endsWith(closing);
  if (!isOpen('[', ']') && !isOpen('{', '}')) return null;
  const words = `${operation}: the answer broke off after ${text.length} characters`;
  return new SchwabError('network', words, { operation, status, correlationId });
}
