import { DEMO_CREDENTIALS } from '@fill-tracker/schwab-simulator/demo-credentials';

/** What a bot of one's own has to be told to trade at the simulated broker. */
export const SIMULATE_HELP = `
To try a bot of yours on it, let the bot use, in the place of Schwab's address and of a sign-in:
  base address   http://127.0.0.1:PORT instead of https://api.schwabapi.com
  app key        ${DEMO_CREDENTIALS.appKey}
  app secret     ${DEMO_CREDENTIALS.appSecret}
  refresh token  ${DEMO_CREDENTIALS.refreshToken} (taken always, so nobody has to sign in)
\`DEMO=1 poller run\` in another terminal records what its orders fill at.`;
