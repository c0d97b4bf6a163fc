import { z } from 'zod';
import { compareDecimals, parseDecimal, plainText, sumOf } from './exact-decimal.ts';
import { decimal, faultOfFill, milliseconds, scriptedFillSchema } from './script-fill.ts';
import { ENDING_STATUSES, LEG_INSTRUCTIONS, odditiesSchema, SCRIPTED_ORDER_TYPES } from './simulated-order.ts';

const symbol = z.string().regex(/^[A-Z][A-Z0-9./ ]{0,20}$/, 'must be a symbol in capitals');

const ownSchema = z.strictObject({
  /** Account number or hash; the first account when missing. */
  account: z.string().nullish(),
  /** The broker's next id when missing. */
  orderId: z
    .string()
    .regex(/^[1-9]\d{0,18}$/, 'must be digits')
    .nullish(),
  /** An option's symbol is written `NVDA  250613C00144000`. Missing only when `legs` tell. */
  symbol: symbol.nullish(),
  instruction: z.enum(LEG_INSTRUCTIONS).nullish(),
  /** The legs of a multi-leg order, in the place of symbol and instruction. `ratio`: units of the leg per spread. */
  legs: z
    .array(z.strictObject({ symbol, instruction: z.enum(LEG_INSTRUCTIONS), ratio: decimal.default('1') }))
    .min(2)
    .readonly()
    .nullish(),
  /** `CUSTOM` for a multi-leg order when missing. */
  complexOrderStrategyType: z.string().min(1).nullish(),
  orderType: z.enum(SCRIPTED_ORDER_TYPES),
  quantity: decimal,
  limitPrice: decimal.nullish(),
  stopPrice: decimal.nullish(),
  duration: z.string().min(1).default('DAY'),
  session: z.enum(['NORMAL', 'AM', 'PM', 'SEAMLESS']).default('NORMAL'),
  enteredAfterMs: milliseconds.default(0),
  fills: z.array(scriptedFillSchema).readonly().default([]),
  ending: z
    .strictObject({ afterMs: milliseconds, status: z.enum(ENDING_STATUSES), description: z.string().nullish() })
    .nullish(),
  /** Status words for a while. One with `untilMs` holds until then; one without holds until the order ends. */
  phases: z
    .array(z.strictObject({ afterMs: milliseconds, untilMs: milliseconds.nullish(), status: z.string().min(1) }))
    .readonly()
    .default([]),
  /** Activities that are no trades. */
  notices: z
    .array(
      z.strictObject({
        afterMs: milliseconds,
        activityType: z.string().min(1).default('EXECUTION'),
        executionType: z.string().min(1),
      }),
    )
    .readonly()
    .default([]),
  /** How the account's transactions differ from the order's fills. */
  transactions: z
    .strictObject({
      delayMs: z.number().int().nonnegative().default(0),
      missing: z.boolean().default(false),
      price: decimal.nullish(),
      extra: z
        .array(z.strictObject({ afterMs: milliseconds, quantity: decimal, price: decimal }))
        .readonly()
        .default([]),
    })
    .nullish(),
  /** Lets the fills add up to more than the quantity. */
  allowOverfill: z.boolean().default(false),
  /** Lets fills carry a time before the entry. */
  allowFillBeforeEntry: z.boolean().default(false),
  ...odditiesSchema.partial().shape,
});

type Own = z.output<typeof ownSchema>;

/** What comes in the place of an order that is replaced elsewhere: what is left out is as it was. */
interface ReplacementInput extends Partial<Omit<ScriptedOrderInput, 'account' | 'symbol' | 'instruction' | 'legs'>> {
  /** When the order ends REPLACED. The new one enters 600 ms later unless `enteredAfterMs` says otherwise. */
  afterMs: number;
}

/** One order to be played by the broker; see `scriptedOrderSchema`. */
export interface ScriptedOrderInput extends z.input<typeof ownSchema> {
  /** Orders that go live when this one is filled. They are entered with it. */
  triggers?: readonly ScriptedNodeInput[] | null | undefined;
  replacedBy?: ReplacementInput | null | undefined;
}

/** Orders of which the first to be filled cancels the rest. */
export interface ScriptedGroupInput {
  account?: string | null | undefined;
  enteredAfterMs?: number | undefined;
  oco: readonly ScriptedOrderInput[];
}

export type ScriptedNodeInput = ScriptedOrderInput | ScriptedGroupInput;

export interface ScriptedReplacement {
  readonly afterMs: number;
  readonly order: ScriptedOrder;
}

export interface ScriptedOrder extends Own {
  readonly triggers: readonly ScriptedNode[];
  readonly replacedBy: ScriptedReplacement | null;
}

export interface ScriptedGroup {
  readonly account?: string | null | undefined;
  readonly enteredAfterMs: number;
  readonly oco: readonly ScriptedNode[];
}

export type ScriptedNode = ScriptedOrder | ScriptedGroup;

const nodes = z.array(z.lazy((): z.ZodType<ScriptedNode> => scriptedNodeSchema));

/**
 * One order to be played by the broker. Instants are in ms from the moment of scripting and may be negative for what has
 * already happened; decimals are strings (shares; USD per share).
 *
 * Without `ending`, an order whose fills add up ends FILLED and any other works on. A given `ending` is obeyed to the
 * letter: fills may come after it (late reports), and FILLED may come before the fills that prove it.
 */
export const scriptedOrderSchema: z.ZodType<ScriptedOrder> = ownSchema
  .extend({ triggers: nodes.nullish().transform((triggers) => triggers ?? []), replacedBy: z.unknown().optional() })
  .superRefine(refuseContradictions)
  .transform((order, context) => ({ ...order, replacedBy: readReplacement(order, context) }));

const groupSchema = z.strictObject({
  account: z.string().nullish(),
  enteredAfterMs: milliseconds.default(0),
  oco: nodes.min(2),
});

/** An order, or a group of orders that cancel each other, with all below it. */
export const scriptedNodeSchema: z.ZodType<ScriptedNode> = z.unknown().transform((input, context) => {
  const node = handDown(input);
  const schema: z.ZodType<ScriptedNode> = isObject(node) && 'oco' in node ? groupSchema : scriptedOrderSchema;
  return passOn(schema.safeParse(node), context, []);
});

/** Account and entry of a tree are those of its top. */
function handDown(input: unknown): unknown {
  if (!isObject(input)) return input;
  const { account, enteredAfterMs } = input;
  const give = (child: unknown) => (isObject(child) ? { ...child, account, enteredAfterMs } : child);
  return Object.fromEntries(
    Object.entries(input).map(([field, value]) => [
      field,
      ['triggers', 'oco'].includes(field) && Array.isArray(value) ? value.map(give) : value,
    ]),
  );
}

function refuseContradictions(order: Own & { replacedBy?: unknown }, context: z.RefinementCtx): void {
  const { quantity, fills, enteredAfterMs } = order;
  const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
  const legCount = order.legs?.length ?? 1;
  if (!order.legs && !order.symbol) refuse(['symbol'], 'is missing');
  if (!order.legs && !order.instruction) refuse(['instruction'], 'is missing');
  if (order.legs && (order.symbol || order.instruction)) refuse(['legs'], 'tell symbol and instruction already');
  if (order.orderType === 'LIMIT' && (order.limitPrice ?? null) === null) refuse(['limitPrice'], 'is missing');
  const filled = sumOf(fills.map((fill) => parseDecimal(fill.quantity)));
  if (!order.allowOverfill && compareDecimals(filled, parseDecimal(quantity)) > 0) {
    refuse(['fills'], `add up to ${plainText(filled)}, more than the quantity ${quantity}`);
  }
  for (const [index, fill] of fills.entries()) {
    const fault = faultOfFill(fill, legCount);
    if (fault !== null) refuse(['fills', index, fault.field], fault.message);
    if (!order.allowFillBeforeEntry && fill.afterMs < enteredAfterMs) {
      refuse(['fills', index, 'afterMs'], 'is before the order is entered');
    }
  }
  if ((order.ending?.afterMs ?? enteredAfterMs) < enteredAfterMs) {
    refuse(['ending', 'afterMs'], 'is before the order is entered');
  }
  if (order.ending && order.replacedBy) refuse(['replacedBy'], 'contradicts the ending');
}

const REPLACEMENT_ENTERS_AFTER_MS = 600;

const replacementTimes = z.looseObject({ afterMs: milliseconds, enteredAfterMs: milliseconds.optional() });

/** Reads the replacement as an order of its own: the replaced one with changes, for what is left of it. */
function readReplacement(order: Own & { replacedBy?: unknown }, context: z.RefinementCtx): ScriptedReplacement | null {
  if (order.replacedBy === null || order.replacedBy === undefined) return null;
  const times = passOn(replacementTimes.safeParse(order.replacedBy), context, ['replacedBy']);
  if (times === z.NEVER) return z.NEVER;
  const { afterMs, enteredAfterMs = afterMs + REPLACEMENT_ENTERS_AFTER_MS, ...changes } = times;
  const { account, symbol: ofSymbol, instruction, legs, complexOrderStrategyType } = order;
  const { orderType, limitPrice, stopPrice, duration, session } = order;
  const same = { account, symbol: ofSymbol, instruction, legs, complexOrderStrategyType };
  const terms = { orderType, limitPrice, stopPrice, duration, session, quantity: leftAfter(order, afterMs) };
  const input = { ...same, ...terms, ...changes, enteredAfterMs };
  const replacement = passOn(scriptedOrderSchema.safeParse(input), context, ['replacedBy']);
  return replacement === z.NEVER ? z.NEVER : { afterMs, order: replacement };
}

function leftAfter({ quantity, fills }: Own, afterMs: number): string {
  const filled = fills.filter((fill) => fill.afterMs <= afterMs).map((fill) => parseDecimal(fill.quantity));
  return plainText(sumOf([parseDecimal(quantity), ...filled.map(({ units, places }) => ({ units: -units, places }))]));
}

/** The parsed value, or its issues told under `path`. */
function passOn<Output>(
  parsed: z.ZodSafeParseResult<Output>,
  context: z.RefinementCtx,
  path: readonly string[],
): Output {
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    context.addIssue({ code: 'custom', path: [...path, ...issue.path], message: issue.message });
  }
  return z.NEVER;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
