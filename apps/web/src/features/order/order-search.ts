import { orderDetailQuery } from '@fill-tracker/contract';

/** The search parameters of the page of one order. */
export interface OrderSearch {
  /** Shows the order as it was known at this instant, ISO 8601. */
  readonly asKnownAt?: string;
}

/** @throws {Error} for people, when the instant makes no sense */
export function readOrderSearch(search: Record<string, unknown>): OrderSearch {
  const { asKnownAt } = search;
  if (asKnownAt === undefined || asKnownAt === '') return {};
  const checked = orderDetailQuery.safeParse({ asKnownAt });
  if (!checked.success) throw new Error('“asKnownAt” must be an instant such as 2026-01-05T15:00:00Z.');
  return checked.data.asKnownAt === undefined ? {} : { asKnownAt: checked.data.asKnownAt };
}

/** What a field for date and time takes: the instant by this machine's own clock and zone, to the second. */
export function localInputText(ms: number): string {
  const at = new Date(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** The reverse; null when it is no date and time. */
export function instantOfLocalInput(text: string): string | null {
  const at = new Date(text);
  return text === '' || Number.isNaN(at.getTime()) ? null : at.toISOString();
}
