import { signInRequest, type SignInStatus, signInStatus } from '@fill-tracker/contract';
import { presentSignIn } from '@fill-tracker/db';
import type { App, Context } from '../../app.ts';
import { COMMAND_RESPONSES } from '../commands/index.ts';
import type { QueueCommand } from '../commands/queue-command.ts';
import { offerSignInLink, type SignInApp } from './sign-in-link.ts';

/**
 * Signing in at the broker from the dashboard.
 *
 * @param signInApp null when the configuration names no app, or it is the demo
 */
export function signInRoutes(app: App, context: Context, queue: QueueCommand, signInApp: SignInApp | null): void {
  const { record, clock, config } = context;

  app.get(
    '/api/sign-in',
    {
      // A HEAD request would make a link for nobody.
      exposeHeadRoute: false,
      schema: { summary: 'The sign-in at the broker, and a link to sign in anew', response: { 200: signInStatus } },
    },
    async (_request, reply) => {
      const db = record();
      const now = clock.now();
      const [signIn, { pending }] = await Promise.all([db.readSignIn(), db.countOrders()]);
      const offered = signInApp === null ? null : await offerSignInLink(db, signInApp, now);
      reply.header('cache-control', 'no-store');
      return {
        signIn: presentSignIn({ signIn, workingOrders: pending, isDemo: config.isDemo }, now),
        link: offered?.url ?? null,
        linkExpiresAt: offered && new Date(offered.expiresAt).toISOString(),
        explanation: offered === null ? whyNoLink(config.isDemo) : HOW_TO_SIGN_IN,
        workingOrders: pending,
      } satisfies SignInStatus;
    },
  );

  app.post(
    '/api/sign-in',
    {
      schema: {
        summary: 'Hand over the address that the sign-in link led to',
        body: signInRequest,
        response: COMMAND_RESPONSES,
      },
    },
    async (request, reply) => {
      const payload = { redirect: request.body.redirect };
      const wish = { kind: 'SIGN_IN', accountId: null, brokerOrderId: null, orderId: null, payload } as const;
      return await queue(record(), wish, request, reply);
    },
  );
}

const HOW_TO_SIGN_IN =
  'Open the link, sign in at Schwab and allow the app. Then copy the whole address of the page you end up on (it may ' +
  'not load) and hand it over within 30 seconds.';

function whyNoLink(isDemo: boolean): string {
  return isDemo
    ? 'The demo signs in by itself.'
    : 'SCHWAB_APP_KEY and SCHWAB_CALLBACK_URL must be set, as the app is registered at Schwab, to sign in from here.';
}
