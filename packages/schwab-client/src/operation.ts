/** What is asked of Schwab; the name that errors and attempt events carry instead of a URL, which holds hashes. */
export type Operation =
  | 'refresh-token'
  | 'exchange-code'
  | 'list-accounts'
  | 'list-orders'
  | 'get-order'
  | 'place-order'
  | 'list-transactions'
  | 'get-market-hours'
  | 'get-price-history';

/** The lanes of the request budget, first served first: a sign-in outranks a person's command, and so on. */
export const LANES = ['sign-in', 'command', 'fresh', 'rest'] as const;

export type Lane = (typeof LANES)[number];
