import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FillDatabaseError, type StoredToken } from '@fill-tracker/db';
import { HOUR, SECOND } from '@fill-tracker/domain';
import { SchwabError } from '@fill-tracker/schwab-client';
import { createClient } from '../../create-poller.ts';
import { allOf } from '../../events.ts';
import { openTokenStore } from '../../sign-in/open-token-store.ts';
import type { Patient } from '../patient.ts';
import { type Check, ok, problem, unknown, type Verdict } from '../verdict.ts';

const LOGIN = 'Sign in again: `poller login`, or on the poller page of the dashboard. Until then no order is watched.';
const ASK_WITHIN_MS = 20 * SECOND;

/** Does the broker still take the tokens of the last sign-in. */
export const signIn: Check = {
  name: 'sign-in',
  title: 'Sign-in',
  async run(patient) {
    if (patient.config.isDemo) return ok('the demo needs none');
    if (patient.record.kind !== 'open') return unknown('the record, which holds the tokens, cannot be read');
    const token = await storedToken(patient);
    if (token === 'unreadable') return unknown('the tokens cannot be read without their key');
    if (token === null) return problem('nobody has signed in yet', LOGIN);
    const left = token.refreshTokenExpiresAt - patient.clock.now();
    if (left <= 0) return problem(`the sign-in ended ${new Date(token.refreshTokenExpiresAt).toISOString()}`, LOGIN);
    // A token that was made fresh and could not be kept would be lost.
    if (patient.writing()?.kind !== 'writable') return unknown('not tried while the record cannot be written to');
    return judge(await failureOf(patient), left);
  },
};

async function storedToken({ record, config, secrets }: Patient): Promise<StoredToken | null | 'unreadable'> {
  if (record.kind !== 'open') return null;
  const hasKey = secrets.tokenKey !== null || existsSync(join(dirname(config.databaseFile), 'token.key'));
  if (!hasKey) return (await record.db.readSignIn()) === null ? null : 'unreadable';
  try {
    return await (await openTokenStore({ config, secrets, db: record.db })).load();
  } catch (error) {
    if (error instanceof FillDatabaseError) return 'unreadable';
    throw error;
  }
}

/** Asks for the account numbers: the cheapest call that needs a sign-in. Null when it was answered. */
async function failureOf({ config, secrets, record, clock }: Patient): Promise<SchwabError | null> {
  if (record.kind !== 'open' || secrets.credentials === null) return new SchwabError('unauthorized', 'no app');
  try {
    const parts = { config, secrets, db: record.db, clock, random: () => 0, events: allOf() };
    const client = await createClient(parts);
    await client.listAccounts({ lane: 'rest', signal: AbortSignal.timeout(ASK_WITHIN_MS) });
    return null;
  } catch (error) {
    if (error instanceof SchwabError) return error;
    if (error instanceof Error && error.name === 'TimeoutError') return new SchwabError('timeout', 'no answer in time');
    throw error;
  }
}

function judge(failure: SchwabError | null, leftMs: number): Verdict {
  const hours = Math.floor(leftMs / HOUR);
  if (failure === null) return ok(`good for another ${hours >= 48 ? `${Math.floor(hours / 24)} days` : `${hours} h`}`);
  if (failure.kind === 'sign-in-needed') return problem('Schwab does not take the sign-in any more', LOGIN);
  return unknown(`not answered (${failure.kind})`);
}
