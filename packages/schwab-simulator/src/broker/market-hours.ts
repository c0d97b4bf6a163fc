import type { MarketDay } from './market-days.ts';

const NEW_YORK = 'America/New_York';

/** The products of each market; a closed day names the market itself instead. */
const PRODUCTS = {
  equity: [
    {
      key: 'EQ',
      name: 'equity',
      sessions: { preMarket: ['07:00', '09:30'], regularMarket: ['09:30', '16:00'], postMarket: ['16:00', '20:00'] },
    },
  ],
  option: [
    { key: 'EQO', name: 'equity option', sessions: { regularMarket: ['09:30', '16:00'] } },
    { key: 'IND', name: 'index option', sessions: { regularMarket: ['09:30', '16:15'] } },
  ],
} as const;

export type MarketName = keyof typeof PRODUCTS;

export function isMarketName(name: string): name is MarketName {
  return Object.hasOwn(PRODUCTS, name);
}

/**
 * The hours of one market as `/marketdata/v1/markets` gives them for a date (`yyyy-MM-dd`, New York). Weekends are
 * closed; `day` tells of holidays and early closes. On a closed day the inner key is the market's name in lower case and
 * the hours are missing, as in real answers.
 */
export function marketHours(market: MarketName, date: string, day: MarketDay | null = null): object {
  const marketType = market.toUpperCase();
  const isOpen = day?.isOpen ?? !isWeekend(date);
  if (!isOpen) return { [market]: { date, marketType, product: market, isOpen: false } };
  const offset = newYorkOffset(date);
  return Object.fromEntries(
    PRODUCTS[market].map(({ key, name, sessions }) => [
      key,
      {
        date,
        marketType,
        product: key,
        productName: name,
        isOpen: true,
        sessionHours: Object.fromEntries(
          Object.entries(changed(sessions, day)).map(([session, [start, end]]) => [
            session,
            [{ start: `${date}T${start}:00${offset}`, end: `${date}T${end}:00${offset}` }],
          ]),
        ),
      },
    ]),
  );
}

type Sessions = Readonly<Record<string, readonly [string, string]>>;

/** What lies between two sessions moves both. Index options close early at the same time as all others. */
function changed(sessions: Sessions, day: MarketDay | null): Sessions {
  if (day === null) return sessions;
  return Object.fromEntries(
    Object.entries(sessions).map(([session, [start, end]]) => {
      const changes = CHANGES[session]?.(day) ?? {};
      return [session, [changes.start ?? start, changes.end ?? end]];
    }),
  );
}

const CHANGES: Readonly<Record<string, (day: MarketDay) => { start?: string | undefined; end?: string | undefined }>> =
  {
    preMarket: ({ preStart, regularStart }) => ({ start: preStart, end: regularStart }),
    regularMarket: ({ regularStart, regularEnd }) => ({ start: regularStart, end: regularEnd }),
    postMarket: ({ regularEnd, postEnd }) => ({ start: regularEnd, end: postEnd }),
  };

/** The date in New York (`yyyy-MM-dd`) at `now` (epoch ms). */
export function newYorkDate(now: number): string {
  // Swedish writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone: NEW_YORK }).format(now);
}

function isWeekend(date: string): boolean {
  return [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
}

/** The clocks change at night, so the offset at noon holds for all trading hours. */
function newYorkOffset(date: string): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: NEW_YORK, timeZoneName: 'longOffset' }).formatToParts(
    new Date(`${date}T17:00:00Z`),
  );
  return parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', '') ?? '';
}
