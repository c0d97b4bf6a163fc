import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FillDatabase } from '@fill-tracker/db';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Clock } from './clock.ts';
import type { ApiConfig } from './config/api-config.ts';

/** The server, with request and answer types that follow from the contract's schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What every route works with. */
export interface Context {
  readonly config: ApiConfig;
  readonly clock: Clock;
  /**
   * The record, for this request: it may be another one for the next.
   *
   * @throws {ProblemError} 503 while there is none to read
   */
  readonly record: () => FillDatabase;
  /** Aborts when the server begins to stop: waits and streams end then. */
  readonly stopping: AbortSignal;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Not counted against the rate limit: probes, and streams, which have a limit of their own. */
    isUnlimited?: boolean;
    /** Its duration is the reader's choice, and says nothing about the server. */
    isStream?: boolean;
    /** Answers without a password. */
    isPublic?: boolean;
  }
}
