import { z } from 'zod';
import type { ScriptedNodeInput } from '../broker/script-order.ts';
import { endingsScenario } from './endings.ts';
import { odditiesScenario } from './oddities.ts';
import { twentyFillsScenario } from './twenty-fills.ts';

/** Every named scenario, with a line for people. */
export const SCENARIOS = [
  { name: 'none', summary: 'no orders of its own; ends a running demo' },
  { name: 'demo', summary: 'believable orders in well-known symbols, one every few seconds, without end' },
  { name: 'endings', summary: 'one order for each way in which an order can end' },
  { name: 'oddities', summary: 'one order, tree or spread for everything odd that reports can hold' },
  { name: 'twenty-fills', summary: 'twenty orders that fill within a minute, to measure detection latency' },
] as const;

type ScenarioName = (typeof SCENARIOS)[number]['name'];

export const scenarioRequestSchema = z.strictObject({
  name: z.enum(SCENARIOS.map(({ name }) => name)),
  seed: z.number().int().optional(),
  /** `twenty-fills`: how many orders. */
  count: z.number().int().min(1).max(5_000).optional(),
  /** `twenty-fills`: within how many ms they fill. */
  spreadMs: z.number().int().positive().optional(),
  /** `demo`: ms from one order to the next, in place of its own pace. */
  everyMs: z.number().int().min(10).optional(),
});

export type ScenarioRequest = z.output<typeof scenarioRequestSchema>;

/** The orders that the scenario enters at once. The demo enters its own as time goes by. */
export function ordersAtOnce(request: ScenarioRequest, seed: number): ScriptedNodeInput[] {
  return ORDERS_AT_ONCE[request.name](request, seed);
}

const ORDERS_AT_ONCE: Record<ScenarioName, (request: ScenarioRequest, seed: number) => ScriptedNodeInput[]> = {
  none: () => [],
  demo: () => [],
  endings: endingsScenario,
  oddities: odditiesScenario,
  'twenty-fills': ({ count, spreadMs }, seed) => twentyFillsScenario(seed, { count, spreadMs }),
};
