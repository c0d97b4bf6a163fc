import type { BrokerProbe } from '../ask-broker.ts';
import { type Check, ok, problem, unknown, type Verdict } from '../verdict.ts';

const LONGEST = 255;

/** Is the callback one that Schwab takes, and the one that the app is registered with. */
export const callback: Check = {
  name: 'callback',
  title: 'Callback',
  async run(patient) {
    const { callbackUrl, isDemo } = patient.config;
    if (isDemo) return ok('the demo needs none');
    if (callbackUrl === null) {
      return problem(
        'SCHWAB_CALLBACK_URL is not set, so nobody can sign in',
        'Set it to the callback of your app, to the letter, such as https://127.0.0.1:8182.',
      );
    }
    return faultOfForm(callbackUrl) ?? judge(callbackUrl, await patient.broker());
  },
};

function faultOfForm(callbackUrl: string): Verdict | null {
  const { protocol, hostname } = new URL(callbackUrl);
  const wrong = (finding: string): Verdict =>
    problem(
      `the callback ${callbackUrl} ${finding}`,
      'Register https://127.0.0.1 with a port, such as https://127.0.0.1:8182, and set SCHWAB_CALLBACK_URL to the same.',
    );
  if (protocol !== 'https:') return wrong('is not https, which is all that Schwab takes');
  if (hostname === 'localhost') return wrong('names localhost, which Schwab does not take');
  if (callbackUrl.includes(',')) return wrong('is a list; it must be one of the addresses of the app');
  return callbackUrl.length > LONGEST ? wrong('is longer than Schwab takes') : null;
}

function judge(callbackUrl: string, probe: BrokerProbe): Verdict {
  if (probe.kind === 'silent') return unknown('the broker cannot be reached to ask');
  if (/invalid_client|unauthorized_client/.test(probe.text)) return unknown('Schwab does not know the app');
  if (probe.status >= 400 && probe.status < 500 && /redirect|callback/i.test(probe.text)) {
    return problem(
      `Schwab does not know the callback ${callbackUrl} for this app`,
      'Make SCHWAB_CALLBACK_URL the callback that is registered on developer.schwab.com, to the letter: with the same ' +
        'port, and with or without the final slash as there.',
    );
  }
  if (probe.status >= 400) return unknown(`Schwab does not say (it answers ${probe.status})`);
  return ok(`${callbackUrl} is taken`);
}
