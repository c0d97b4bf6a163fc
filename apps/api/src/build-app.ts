import { type FastifyBaseLogger, fastify, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { App, Context } from './app.ts';
import type { ApiConfig, ApiSecrets } from './config/api-config.ts';
import { acceptJsonOnly } from './plugins/accept-json.ts';
import { describeApi } from './plugins/documentation.ts';
import { guardOrigin } from './plugins/guard-origin.ts';
import { limitRate, RATE_LIMITS, type RateLimits } from './plugins/limit-rate.ts';
import { countRequests } from './plugins/metrics.ts';
import { answerProblems, sendProblemOf } from './plugins/problems.ts';
import { requirePassword } from './plugins/require-password.ts';
import { SECURITY_HEADERS, sendSecurityHeaders } from './plugins/security-headers.ts';
import { serveDashboard } from './plugins/serve-dashboard.ts';
import { accountRoutes } from './routes/accounts/index.ts';
import { alertRoutes } from './routes/alerts/index.ts';
import { auditRoutes } from './routes/audit/index.ts';
import { blindSpotRoutes } from './routes/blind-spots/index.ts';
import { commandRoutes } from './routes/commands/index.ts';
import { createQueue } from './routes/commands/queue-command.ts';
import { cycleRoutes } from './routes/cycles/index.ts';
import { eventRoutes } from './routes/events/index.ts';
import { fillRoutes } from './routes/fills/index.ts';
import { operationRoutes } from './routes/operations/index.ts';
import { orderRoutes } from './routes/orders/index.ts';
import { orphanRoutes } from './routes/orphans/index.ts';
import { pollerRoutes } from './routes/poller/index.ts';
import { signInRoutes } from './routes/sign-in/index.ts';
import type { SignInApp } from './routes/sign-in/sign-in-link.ts';
import { summaryRoutes } from './routes/summary/index.ts';

const BODY_LIMIT_BYTES = 16 * 1024;
/** In which a request must have arrived, ms; answers may take longer. */
const REQUEST_TIMEOUT_MS = 30_000;

export interface AppParts extends Omit<Context, 'stopping'> {
  readonly secrets: ApiSecrets;
  readonly log: FastifyBaseLogger;
  readonly rateLimits?: RateLimits;
}

/** The whole server, not listening yet. Guards come first, in the order of their cost. */
export async function buildApp({ secrets, log, rateLimits = RATE_LIMITS, ...parts }: AppParts): Promise<App> {
  const stopping = new AbortController();
  const context: Context = { ...parts, stopping: stopping.signal };
  const app: App = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    frameworkErrors: (error, request, reply) => void sendProblemOf(error, request, reply.headers(SECURITY_HEADERS)),
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  // Streams and waits must end before the server can.
  app.addHook('preClose', async () => stopping.abort());

  answerProblems(app);
  acceptJsonOnly(app);
  const metrics = countRequests(app);
  sendSecurityHeaders(app);
  guardOrigin(app, context.config.host);
  const passwordLimit = await limitRate(app, rateLimits);
  if (secrets.dashboardPassword !== null) requirePassword(app, secrets.dashboardPassword, passwordLimit);

  await describeApi(app);
  operationRoutes(app, context, metrics.registry);
  orderRoutes(app, context);
  const queue = createQueue(context, metrics);
  commandRoutes(app, context, queue);
  orphanRoutes(app, context);
  signInRoutes(app, context, queue, signInAppOf(context.config, secrets));
  summaryRoutes(app, context);
  pollerRoutes(app, context);
  cycleRoutes(app, context);
  blindSpotRoutes(app, context);
  auditRoutes(app, context);
  fillRoutes(app, context);
  alertRoutes(app, context);
  accountRoutes(app, context);
  eventRoutes(app, context, metrics);
  await serveDashboard(app, context.config.dashboardFolder);
  return app;
}

/** The demo signs in by itself, and a link without an app leads nowhere. */
function signInAppOf({ isDemo, broker, callbackUrl }: ApiConfig, { appKey }: ApiSecrets): SignInApp | null {
  return isDemo || appKey === null || callbackUrl === null ? null : { baseUrl: broker.baseUrl, appKey, callbackUrl };
}
