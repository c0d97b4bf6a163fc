import type { ScriptedNodeInput, ScriptedOrderInput } from '../broker/script-order.ts';

const BUY_GME = { symbol: 'GME', instruction: 'BUY', orderType: 'LIMIT', limitPrice: '22.75', quantity: '10' } as const;
const ONE_FILL = { afterMs: 600, quantity: '4', price: '22.7299' } as const;
const TWO_FILLS = [ONE_FILL, { afterMs: 1_200, quantity: '3', price: '22.7301' }] as const;
const ALL_FILLS = [...TWO_FILLS, { afterMs: 1_800, quantity: '3', price: '22.74' }] as const;
const TWINS = [600, 605, 610].map((afterMs) => ({ afterMs, quantity: '3', price: '22.73' }));

const NEAR_CALL = 'NVDA  281215C00180000';
const FAR_CALL = 'NVDA  281215C00185000';
const NEAR_PUT = 'NVDA  281215P00170000';
const FAR_PUT = 'NVDA  281215P00165000';

const STORIES = {
  // First, so that running the scenario twice without a reset is refused before anything else is entered.
  'an id beyond 2^53': { orderId: '9007199254740993', fills: ALL_FILLS },
  'a status word that nobody knows, for a while': {
    fills: ALL_FILLS,
    phases: [{ afterMs: 0, untilMs: 2_500, status: 'AWAITING_A_WORD_NOBODY_KNOWS' }],
  },
  'an activity that nobody knows': { fills: ALL_FILLS, notices: [{ afterMs: 900, executionType: 'MARINATED' }] },
  'a fill under a word that nobody knows': {
    fills: [{ ...ONE_FILL, executionType: 'PARTIAL_MYSTERY' }, ...ALL_FILLS.slice(1)],
  },
  'rejected a second after it was taken': {
    ending: { afterMs: 1_000, status: 'REJECTED', description: 'You do not have enough buying power.' },
  },
  'rejected, and yet something traded': { fills: TWO_FILLS, ending: { afterMs: 1_500, status: 'REJECTED' } },
  'fills while the cancel is on its way': {
    fills: TWO_FILLS,
    phases: [{ afterMs: 300, status: 'PENDING_CANCEL' }],
    ending: { afterMs: 2_000, status: 'CANCELED' },
  },
  'fills whole while the cancel is on its way': {
    fills: ALL_FILLS,
    phases: [
      { afterMs: 300, status: 'PENDING_CANCEL' },
      { afterMs: 900, status: 'AWAITING_UR_OUT' },
    ],
  },
  'fills while it is being replaced': {
    fills: TWO_FILLS,
    phases: [{ afterMs: 300, status: 'PENDING_REPLACE' }],
    replacedBy: { afterMs: 1_500, limitPrice: '22.8', fills: [{ afterMs: 2_600, quantity: '3', price: '22.7899' }] },
  },
  'waits for the session': { fills: ALL_FILLS, phases: [{ afterMs: 0, untilMs: 500, status: 'PENDING_ACTIVATION' }] },
  'FILLED before the fills that prove it': { fills: ALL_FILLS, ending: { afterMs: 300, status: 'FILLED' } },
  'fills that appear late': { fills: ALL_FILLS.map((fill) => ({ ...fill, shownAfterMs: 2_400 })) },
  'execution legs that appear late': { fills: ALL_FILLS.map((fill) => ({ ...fill, legsAfterMs: 2_400 })) },
  'execution legs that never appear, nor any transaction': {
    fills: [{ afterMs: 600, quantity: '10', price: '22.7299', legsAfterMs: 'never' }],
    transactions: { missing: true },
  },
  'fills that only the transactions show': {
    fills: [ONE_FILL, ...ALL_FILLS.slice(1).map((fill) => ({ ...fill, shownAfterMs: 'never' as const }))],
  },
  'a fill after the cancel': { fills: ALL_FILLS, ending: { afterMs: 1_500, status: 'CANCELED' } },
  'fills that do not sum': {
    fills: TWO_FILLS,
    claimedFilledQuantity: '8',
    ending: { afterMs: 2_000, status: 'CANCELED' },
  },
  'three equal fills in one second': { quantity: '9', fills: TWINS },
  'three equal fills in one second, without ids': { quantity: '9', fills: TWINS, activityIds: 'absent' },
  'one activity with three legs of the same leg': {
    fills: [
      {
        afterMs: 600,
        quantity: '10',
        parts: [
          { quantity: '4', price: '22.7299' },
          { quantity: '3', price: '22.7301' },
          { quantity: '3', price: '22.7301' },
        ],
      },
    ],
  },
  'activity ids that come at the end': { fills: ALL_FILLS, activityIds: 'late' },
  'a fill outside the limit': { fills: [{ afterMs: 600, quantity: '10', price: '22.7601' }] },
  'a fill before the entry': {
    fills: [{ afterMs: -5_000, quantity: '10', price: '22.7299' }],
    allowFillBeforeEntry: true,
  },
  'more filled than ordered': {
    fills: [...ALL_FILLS, { afterMs: 1_900, quantity: '2', price: '22.74' }],
    ending: { afterMs: 2_000, status: 'FILLED' },
    allowOverfill: true,
  },
  'a price that is corrected': {
    fills: [
      { ...ONE_FILL, correction: { afterMs: 2_500, kind: 'CORRECTED', price: '22.7199' } },
      ...ALL_FILLS.slice(1),
    ],
  },
  'a trade that is busted': {
    fills: [{ ...ONE_FILL, correction: { afterMs: 2_500, kind: 'BUSTED' } }, ...ALL_FILLS.slice(1)],
  },
  'replaced elsewhere, twice': {
    fills: [ONE_FILL],
    replacedBy: {
      afterMs: 1_000,
      limitPrice: '22.77',
      fills: [{ afterMs: 1_900, quantity: '2', price: '22.7699' }],
      replacedBy: { afterMs: 2_000, limitPrice: '22.8', fills: [{ afterMs: 2_900, quantity: '4', price: '22.79' }] },
    },
  },
  'a transaction at another price': { fills: ALL_FILLS, transactions: { price: '22.9' } },
  'a transaction without a trade': {
    fills: ALL_FILLS,
    transactions: { extra: [{ afterMs: 1_800, quantity: '1', price: '22.75' }] },
  },
  'transactions that appear late': { fills: ALL_FILLS, transactions: { delayMs: 3_000 } },
  'no transactions': { fills: ALL_FILLS, transactions: { missing: true } },
  'a price that the market never had': {
    orderType: 'MARKET',
    limitPrice: null,
    fills: [{ afterMs: 600, quantity: '10', price: '31.41' }],
    candles: 'apart',
  },
} satisfies Record<string, Partial<ScriptedOrderInput>>;

const SELL_GME = { ...BUY_GME, instruction: 'SELL', duration: 'GOOD_TILL_CANCEL' } as const;
const TARGET = { ...SELL_GME, limitPrice: '23.5' } as const;
const STOP = { ...SELL_GME, orderType: 'STOP', limitPrice: null, stopPrice: '21.9' } as const;

const TREES: Readonly<Record<string, ScriptedNodeInput>> = {
  'a bracket whose target fills': {
    ...BUY_GME,
    fills: ALL_FILLS,
    triggers: [{ oco: [{ ...TARGET, fills: [{ afterMs: 2_700, quantity: '10', price: '23.5012' }] }, STOP] }],
  },
  'a bracket whose stop fills after a part of the target': {
    ...BUY_GME,
    fills: ALL_FILLS,
    triggers: [
      {
        oco: [
          {
            ...TARGET,
            fills: [{ afterMs: 2_300, quantity: '4', price: '23.5' }],
            ending: { afterMs: 2_600, status: 'CANCELED' },
          },
          { ...STOP, quantity: '6', fills: [{ afterMs: 2_700, quantity: '6', price: '21.8877' }] },
        ],
      },
    ],
  },
  'a child that never goes live': {
    ...BUY_GME,
    fills: TWO_FILLS,
    ending: { afterMs: 2_000, status: 'CANCELED' },
    triggers: [TARGET],
  },
  'a pair without a parent': { oco: [{ ...TARGET, fills: [{ afterMs: 900, quantity: '10', price: '23.52' }] }, STOP] },
  'one order after another after another': {
    ...BUY_GME,
    fills: ALL_FILLS,
    triggers: [
      {
        ...TARGET,
        fills: [{ afterMs: 2_200, quantity: '10', price: '23.5' }],
        triggers: [{ ...BUY_GME, fills: [{ afterMs: 2_600, quantity: '10', price: '22.7' }] }],
      },
    ],
  },
};

const SPREADS: Readonly<Record<string, ScriptedOrderInput>> = {
  'a vertical credit spread in two parts': {
    legs: [
      { symbol: NEAR_CALL, instruction: 'SELL_TO_OPEN' },
      { symbol: FAR_CALL, instruction: 'BUY_TO_OPEN' },
    ],
    complexOrderStrategyType: 'VERTICAL',
    orderType: 'NET_CREDIT',
    quantity: '5',
    limitPrice: '1.2',
    fills: [
      { afterMs: 600, quantity: '2', legPrices: ['2.06', '0.86'] },
      { afterMs: 1_200, quantity: '3', legPrices: ['2.07', '0.8601'] },
    ],
  },
  'a covered call': {
    legs: [
      { symbol: 'NVDA', instruction: 'BUY', ratio: '100' },
      { symbol: NEAR_CALL, instruction: 'SELL_TO_OPEN' },
    ],
    complexOrderStrategyType: 'COVERED',
    orderType: 'NET_DEBIT',
    quantity: '2',
    limitPrice: '175',
    fills: [{ afterMs: 600, quantity: '2', legPrices: ['176.2405', '1.25'] }],
  },
  'a ratio spread of one by two': {
    legs: [
      { symbol: NEAR_CALL, instruction: 'BUY_TO_OPEN' },
      { symbol: FAR_CALL, instruction: 'SELL_TO_OPEN', ratio: '2' },
    ],
    complexOrderStrategyType: 'BACK_RATIO',
    orderType: 'NET_DEBIT',
    quantity: '3',
    limitPrice: '0.4',
    fills: [
      { afterMs: 600, quantity: '1', legPrices: ['2.06', '0.84'] },
      { afterMs: 1_300, quantity: '2', legPrices: ['2.05', '0.8301'] },
    ],
  },
  'an iron condor cancelled after a part': {
    legs: [
      { symbol: NEAR_CALL, instruction: 'SELL_TO_OPEN' },
      { symbol: FAR_CALL, instruction: 'BUY_TO_OPEN' },
      { symbol: NEAR_PUT, instruction: 'SELL_TO_OPEN' },
      { symbol: FAR_PUT, instruction: 'BUY_TO_OPEN' },
    ],
    complexOrderStrategyType: 'IRON_CONDOR',
    orderType: 'NET_CREDIT',
    quantity: '4',
    limitPrice: '2.81',
    fills: [{ afterMs: 600, quantity: '1', legPrices: ['1.61', '0.26', '1.72', '0.26'] }],
    ending: { afterMs: 1_500, status: 'CANCELED' },
  },
};

/** One order, tree or spread for everything odd that the broker can be made to do. All that ends is over in three seconds. */
export function odditiesScenario(): ScriptedNodeInput[] {
  const single = Object.values(STORIES).map((story) => ({ ...BUY_GME, ...story }));
  return [...single, ...Object.values(TREES), ...Object.values(SPREADS)];
}
