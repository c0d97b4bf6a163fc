import rateLimit from '@fastify/rate-limit';
import { MINUTE } from '@fill-tracker/domain';
import type { FastifyRequest } from 'fastify';
import type { App } from '../app.ts';
import { ProblemError } from '../problem-error.ts';

export interface RateLimits {
  /** Requests a minute of one address: far above what a dashboard and some scripts need. */
  readonly requests: number;
  /** Wrong passwords a minute of one address. */
  readonly wrongPasswords: number;
}

export const RATE_LIMITS: RateLimits = { requests: 3_000, wrongPasswords: 10 };

/** Counts wrong passwords by address. */
export interface PasswordLimit {
  /** @throws {ProblemError} 429 when the address has tried too often. */
  readonly check: (request: FastifyRequest) => Promise<void>;
  readonly count: (request: FastifyRequest) => Promise<void>;
}

/** Limits requests of each address, unknown paths and wrong passwords included: before everything that costs more. */
export async function limitRate(app: App, limits: RateLimits): Promise<PasswordLimit> {
  await app.register(rateLimit, { global: false, timeWindow: MINUTE });
  const consume = app.createRateLimit({ max: limits.requests, timeWindow: MINUTE });
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.config.isUnlimited !== true) refuseWhenOver(await consume(request));
  });
  // A look counts nothing, and finds the limit exceeded only by what is above `max`.
  const wrongPassword = app.createRateLimit({ max: limits.wrongPasswords - 1, timeWindow: MINUTE });
  return {
    async check(request) {
      refuseWhenOver(await wrongPassword(request, { increment: false }));
    },
    async count(request) {
      await wrongPassword(request);
    },
  };
}

function refuseWhenOver(result: Awaited<ReturnType<ReturnType<App['createRateLimit']>>>): void {
  if (result.isAllowed || !result.isExceeded) return;
  throw new ProblemError(429, `Too many requests. Try again in ${result.ttlInSeconds} s.`, {
    headers: { 'retry-after': String(result.ttlInSeconds) },
  });
}
