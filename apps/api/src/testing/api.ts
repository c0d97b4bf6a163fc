/** The API on a record of a test, without a process of its own. */
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { FillDatabase } from '@fill-tracker/db';
import { ALWAYS_OPEN, NO_OWNER_DATES } from '@fill-tracker/domain';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { App } from '../app.ts';
import { buildApp } from '../build-app.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { ApiConfig } from '../config/api-config.ts';
import type { RateLimits } from '../plugins/limit-rate.ts';
import { DEMO, NOW } from './record.ts';

export interface TestApiOptions {
  /** As the API opens it; a function, when it changes during the test. */
  readonly record: FillDatabase | (() => FillDatabase);
  readonly config?: Partial<ApiConfig>;
  readonly password?: string;
  readonly appKey?: string;
  readonly clock?: Partial<Clock>;
  readonly rateLimits?: RateLimits;
}

export interface TestApi {
  readonly app: App;
  /** Everything that was logged. */
  readonly logged: () => string;
}

/** Built, and closed after the test. Its clock stands still unless a test moves it. */
export async function buildTestApi(options: TestApiOptions): Promise<TestApi> {
  const { record, config, password, appKey, clock, rateLimits } = options;
  let text = '';
  const sink = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  const app = await buildApp({
    config: {
      host: '127.0.0.1',
      port: 0,
      isDemo: true,
      broker: DEMO,
      databaseFile: 'not used',
      calendar: ALWAYS_OPEN,
      calendarRules: ALWAYS_OPEN,
      ownerDates: NO_OWNER_DATES,
      requestsPerMinute: 80,
      callbackUrl: null,
      notifiesAlerts: false,
      notifiesFills: false,
      dashboardFolder: join(import.meta.dirname, 'no-such-folder'),
      logLevel: 'trace',
      ...config,
    },
    secrets: { dashboardPassword: password ?? null, appKey: appKey ?? null, webhook: null },
    log: pino({ level: 'trace' }, sink),
    clock: { ...systemClock, now: () => NOW, ...clock },
    record: typeof record === 'function' ? record : () => record,
    ...(rateLimits && { rateLimits }),
  });
  onTestFinished(() => app.close());
  return { app, logged: () => text };
}

/** Listens on a free port of loopback; gives the address. */
export async function listen(app: App): Promise<string> {
  return await app.listen({ host: '127.0.0.1', port: 0 });
}

/** A GET whose answer is read piece by piece. The connection ends with the test. */
export async function openStream(address: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const request = get(address, { headers, agent: false });
  onTestFinished(() => void request.destroy());
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.setEncoding('utf8');
  response.on('error', () => undefined);
  return response;
}
