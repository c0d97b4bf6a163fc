/**
 * What truly happened to an order, made up by fast-check, and what a correct tracker must end with. The truth is
 * computed in integers (BigInt) alone: nothing here uses the arithmetic, the sums or the rules under test.
 *
 * Stories are made to be mistaken: few prices, sizes and seconds, so that twins are common; sub-cent prices;
 * fractions of a share; one activity with several legs, also of the same leg id; activity ids and remaining
 * quantities that the broker gives or does not.
 */
import * as fc from 'fast-check';

const QUANTITY_PLACES = 3;
const PRICE_PLACES = 6;

/** One leg of an order: `ratio` units of it per unit of the order. */
interface StoryLeg {
  readonly legId: string;
  readonly instruction: 'BUY' | 'SELL';
  readonly ratio: bigint;
}

export interface StoryFill {
  readonly legId: string;
  /** In 10^-3 shares. */
  readonly quantity: bigint;
  /** In 10^-6 USD. */
  readonly price: bigint;
  /** Seconds after the order was entered. */
  readonly second: number;
}

/** One activity of the broker: all its legs happen at once. */
export interface StoryActivity {
  readonly activityId: string | null;
  /** Units of the order left, in 10^-3; null when this broker does not say. */
  readonly remainingAfter: bigint | null;
  readonly fills: readonly StoryFill[];
}

type Ending = 'FILLED' | 'CANCELED' | 'EXPIRED' | 'REPLACED' | 'REJECTED';

export interface Story {
  readonly legs: readonly StoryLeg[];
  /** Units of the order, in 10^-3. */
  readonly ordered: bigint;
  /** Units of the order that filled after each activity, in 10^-3; the first is 0. */
  readonly filledAfter: readonly bigint[];
  readonly activities: readonly StoryActivity[];
  readonly ending: Ending;
}

export function quantityText(quantity: bigint): string {
  return plainText(quantity, QUANTITY_PLACES);
}

export function priceText(price: bigint): string {
  return plainText(price, PRICE_PLACES);
}

/** `units` x 10^-`places` as canonical text; not for negative numbers. */
function plainText(units: bigint, places: number): string {
  const digits = units.toString().padStart(places + 1, '0');
  const point = digits.length - places;
  return `${digits.slice(0, point)}.${digits.slice(point)}`.replace(/\.?0+$/, '');
}

const LEGS: readonly (readonly StoryLeg[])[] = [
  [{ legId: '1', instruction: 'BUY', ratio: 1n }],
  [
    { legId: '1', instruction: 'BUY', ratio: 1n },
    { legId: '2', instruction: 'SELL', ratio: 2n },
  ],
];

interface Step {
  readonly units: bigint;
  readonly secondsLater: number;
  /** One price per half of each leg; equal prices make twins within one activity. */
  readonly prices: readonly (readonly bigint[])[];
}

/** 1, 2, half a share and an odd fraction, which make equal sizes likely. */
const anyUnits = fc.constantFrom(1_000n, 1_000n, 2_000n, 500n, 33_334n);
/** Sub-cent prices as real fills have them, and one under half a cent. */
const anyPrice = fc.constantFrom(22_729_900n, 22_729_900n, 6_285_001n, 3_100n);

const anyStep: fc.Arbitrary<Step> = fc.record({
  units: anyUnits,
  secondsLater: fc.constantFrom(0, 0, 1),
  prices: fc.array(fc.array(anyPrice, { minLength: 1, maxLength: 2 }), { minLength: 2, maxLength: 2 }),
});

export const anyStory: fc.Arbitrary<Story> = fc
  .record({
    legs: fc.constantFrom(...LEGS),
    steps: fc.array(anyStep, { maxLength: 6 }),
    unfilled: fc.constantFrom(0n, 1_000n, 2_500n),
    ending: fc.constantFrom<Ending>('FILLED', 'CANCELED', 'EXPIRED', 'REPLACED', 'REJECTED'),
    namesActivities: fc.boolean(),
    tellsRemaining: fc.boolean(),
  })
  .map((seed) => storyOf(seed));

interface StorySeed {
  readonly legs: readonly StoryLeg[];
  readonly steps: readonly Step[];
  readonly unfilled: bigint;
  readonly ending: Ending;
  readonly namesActivities: boolean;
  readonly tellsRemaining: boolean;
}

function storyOf(seed: StorySeed): Story {
  const filled = seed.steps.reduce((sum, { units }) => sum + units, 0n);
  const isFilled = seed.ending === 'FILLED' && filled > 0n;
  const rest = isFilled ? 0n : seed.unfilled;
  const ordered = filled + rest === 0n ? 1_000n : filled + rest;
  let [second, soFar] = [0, 0n];
  const filledAfter = [0n];
  const activities = seed.steps.map((step, i) => {
    second += step.secondsLater;
    soFar += step.units;
    filledAfter.push(soFar);
    return {
      activityId: seed.namesActivities ? String(9_000 + i) : null,
      remainingAfter: seed.tellsRemaining ? ordered - soFar : null,
      fills: seed.legs.flatMap((leg, l) => fillsOfLeg(leg, step, step.prices[l] ?? [], second)),
    };
  });
  const ending = seed.ending === 'FILLED' && !isFilled ? 'CANCELED' : seed.ending;
  return { legs: seed.legs, ordered, filledAfter, activities, ending };
}

function fillsOfLeg(leg: StoryLeg, step: Step, prices: readonly bigint[], second: number): readonly StoryFill[] {
  const quantity = step.units * leg.ratio;
  const size = quantity / BigInt(prices.length);
  const lastSize = quantity - size * BigInt(prices.length - 1);
  return prices.map((price, i) => ({
    legId: leg.legId,
    quantity: i === prices.length - 1 ? lastSize : size,
    price,
    second,
  }));
}

/** What a tracker must end with, in the forms of the record. */
export interface Truth {
  readonly status: 'COMPLETED' | 'FAILED';
  readonly outcome: string;
  readonly filledQuantity: string;
  /** Each fill as `leg quantity@price second`, sorted. */
  readonly fills: readonly string[];
  readonly sums: Readonly<Record<string, string>>;
  /** USD per share, 8 places; null where nothing filled, and of multi-leg orders. */
  readonly averagePrice: string | null;
  readonly priceCents: number | null;
  /** As `amount EFFECT`; multi-leg orders only. */
  readonly netPrice: string | null;
}

export function truthOf(story: Story): Truth {
  const fills = story.activities.flatMap((activity) => activity.fills);
  const filled = story.filledAfter.at(-1) ?? 0n;
  const sums = story.legs.map((leg) => ({ ...leg, sum: sumOfLeg(fills, leg.legId) }));
  const [only, second] = sums;
  const isPriced = second === undefined && only !== undefined && filled > 0n;
  return {
    status: filled > 0n ? 'COMPLETED' : 'FAILED',
    outcome: outcomeOf(story, filled),
    filledQuantity: quantityText(filled),
    fills: fills.map(storyFillText).toSorted(),
    sums: Object.fromEntries(sums.map((leg) => [leg.legId, plainText(leg.sum, QUANTITY_PLACES + PRICE_PLACES)])),
    averagePrice: isPriced ? plainText(halfUp(only.sum * 100n, filled), 8) : null,
    priceCents: isPriced ? Number(halfUp(only.sum, filled * 10_000n)) : null,
    netPrice: second === undefined || filled === 0n ? null : netText(sums, filled),
  };
}

export function storyFillText(fill: StoryFill): string {
  return `${fill.legId} ${quantityText(fill.quantity)}@${priceText(fill.price)} ${fill.second}`;
}

function sumOfLeg(fills: readonly StoryFill[], legId: string): bigint {
  return fills.filter((fill) => fill.legId === legId).reduce((sum, fill) => sum + fill.quantity * fill.price, 0n);
}

function outcomeOf(story: Story, filled: bigint): string {
  if (filled === 0n) return story.ending;
  return filled === story.ordered ? 'FILLED' : 'PARTIALLY_FILLED';
}

function netText(legs: readonly (StoryLeg & { readonly sum: bigint })[], filled: bigint): string {
  const net = legs.reduce((sum, leg) => sum + (leg.instruction === 'SELL' ? leg.sum : -leg.sum), 0n);
  const amount = plainText(halfUp((net < 0n ? -net : net) * 100n, filled), 8);
  if (net === 0n) return `${amount} EVEN`;
  return `${amount} ${net > 0n ? 'CREDIT' : 'DEBIT'}`;
}

/** Sums are in 10^-9 and quantities in 10^-3, so `sum x 100 / quantity` is in 10^-8. */
function halfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}
