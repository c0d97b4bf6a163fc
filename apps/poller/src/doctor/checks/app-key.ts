import { createSchwabClient, SchwabError, type TokenStore } from '@fill-tracker/schwab-client';
import type { Patient } from '../patient.ts';
import { type Check, ok, problem, unknown, type Verdict } from '../verdict.ts';

/** A code that nobody was ever given: the broker looks at the app first, and refuses the code after. */
const NO_CODE = 'doctor-asks-whether-the-app-is-known';

const NO_TOKENS: TokenStore = { load: () => Promise.resolve(null), save: () => Promise.resolve() };

/** Does the broker know the app by this key and secret. The question spends nothing and voids no sign-in. */
export const appKey: Check = {
  name: 'app-key',
  title: 'App key',
  async run(patient) {
    const { credentials } = patient.secrets;
    if (credentials === null) {
      return problem(
        'no Schwab app is configured',
        'Set SCHWAB_APP_KEY and SCHWAB_APP_SECRET (in .env), or DEMO=1 to try everything against the simulator.',
      );
    }
    if ((await patient.broker()).kind === 'silent') return unknown('the broker cannot be reached');
    return judge(await refusalOf(patient, credentials));
  },
};

async function refusalOf(
  { config, clock }: Patient,
  credentials: NonNullable<Patient['secrets']['credentials']>,
): Promise<SchwabError | null> {
  const client = createSchwabClient({
    baseUrl: config.brokerUrl,
    credentials,
    tokens: NO_TOKENS,
    clock,
    random: () => 0,
    requestsPerMinute: config.requestsPerMinute,
  });
  try {
    const callbackUrl = config.callbackUrl ?? 'https://127.0.0.1';
    await client.exchangeCode({ code: NO_CODE, callbackUrl }, { lane: 'sign-in' });
    return null;
  } catch (error) {
    if (error instanceof SchwabError) return error;
    throw error;
  }
}

function judge(refusal: SchwabError | null): Verdict {
  const words = refusal?.detail ?? '';
  const isAppRefused = /invalid_client|unauthorized_client/.test(words);
  const isCodeRefused = refusal?.kind === 'bad-request' || /invalid_grant|unsupported_token_type/.test(words);
  if (!isAppRefused && (refusal === null || isCodeRefused)) return ok('Schwab knows the app by its key and secret');
  if (isAppRefused || refusal?.kind === 'unauthorized' || refusal?.kind === 'forbidden') {
    return problem(
      'Schwab does not take the app key and secret',
      'Copy SCHWAB_APP_KEY and SCHWAB_APP_SECRET anew from developer.schwab.com. The app must be "Ready For Use" there: ' +
        'while it is "Approved - Pending", which it is for a while after each change too, nothing works.',
    );
  }
  return unknown(`no usable answer (${refusal?.kind ?? ''})`);
}
