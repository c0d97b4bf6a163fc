import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { marketDaySchema, type MarketDays } from '../broker/market-days.ts';
import { faultSchema } from '../faults/fault.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import { scenarioRequestSchema } from '../scenarios/scenarios.ts';
import { clockChangeSchema, type SimulatedClock } from '../simulated-clock.ts';
import type { Simulation } from '../simulation.ts';
import { type TokenDesk, tokenChangeSchema } from '../token-desk.ts';
import { refusalOf } from './guard.ts';
import type { RequestLog } from './request-log.ts';

/** Everything that can be ordered about. */
export interface ControlDesk {
  readonly simulation: Simulation;
  readonly clock: SimulatedClock;
  readonly faults: FaultPlan;
  readonly log: RequestLog;
  readonly tokens: TokenDesk;
  readonly marketDays: MarketDays;
}

const faultsSchema = z.strictObject({ faults: z.array(faultSchema) });
const emptySchema = z.strictObject({});

/** The routes under `/simulator`: no sign-in, no faults, this machine only. Bodies and answers are plain JSON. */
export function registerControlRoutes(app: FastifyInstance, desk: ControlDesk): void {
  const { simulation, clock, faults, log, tokens, marketDays } = desk;

  app.addHook('onRequest', async (request, reply) => {
    const refusal = refusalOf(request.headers);
    if (refusal !== null) await reply.code(403).send({ message: refusal });
  });

  app.get('/health', () => ({
    ok: true,
    now: clock.state().now,
    scenario: simulation.scenario(),
    orders: simulation.ordersOf(null).length,
  }));
  app.get('/truth', () => simulation.truth());
  app.get<{ Querystring: { since?: string } }>('/requests', ({ query }) => ({
    requests: log.list(readSince(query.since)),
  }));

  app.post('/orders', ({ body }) => {
    const { orderId, allIds } = simulation.script(readJson(body));
    return { brokerOrderId: orderId, brokerOrderIds: allIds };
  });
  app.post('/scenario', ({ body }) => {
    const request = scenarioRequestSchema.parse(readJson(body));
    return { name: request.name, brokerOrderIds: simulation.runScenario(request) };
  });

  app.get('/faults', () => ({ faults: faults.list() }));
  app.post('/faults', ({ body }) => {
    faults.replace(faultsSchema.parse(readJson(body)).faults);
    return { faults: faults.list() };
  });

  app.get('/clock', () => clock.state());
  app.post('/clock', ({ body }) => {
    clock.change(clockChangeSchema.parse(readJson(body)));
    return clock.state();
  });

  app.get('/market', () => ({ days: marketDays.list() }));
  app.post('/market', ({ body }) => {
    marketDays.set(marketDaySchema.parse(readJson(body)));
    return { days: marketDays.list() };
  });

  app.get('/tokens', () => tokens.state());
  app.post('/tokens', ({ body }) => {
    tokens.change(tokenChangeSchema.parse(readJson(body)));
    return tokens.state();
  });

  app.post('/reset', ({ body }) => {
    emptySchema.parse(readJson(body));
    clock.reset();
    faults.replace([]);
    marketDays.clear();
    tokens.restore();
    simulation.reset();
    log.clear();
    return { ok: true };
  });
}

/** An absent body is an empty object. Throws `SyntaxError` for what is not JSON. */
function readJson(body: unknown): unknown {
  return typeof body === 'string' && body.trim() !== '' ? JSON.parse(body) : {};
}

function readSince(text: string | undefined): number {
  if (text === undefined) return 0;
  const since = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isNaN(since)) throw new RangeError('since: must be ISO 8601 or epoch milliseconds');
  return since;
}
