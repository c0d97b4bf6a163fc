import { z } from 'zod';

import type { Authorised, CallOptions } from '../authorised.ts';
import { ShapeError } from '../errors.ts';
import { schwabUrl } from '../http/request.ts';
import type { SchwabRequest } from '../http/request.ts';
import { parseJson } from '../lossless.ts';
import { readingAnswer } from '../reading-answer.ts';

/** An account and the hash that names it in paths. Neither may be logged. */
export interface AccountReference {
  readonly accountNumber: string;
  /** 64 hex digits; constant per account and app, as far as anybody has seen. */
  readonly hash: string;
}

const accountsSchema = z.array(z.looseObject({ accountNumber: z.string().min(1), hashValue: z.string().min(1) }));

/** `GET /accounts/accountNumbers`: the accounts that the sign-in linked. */
export async function listAccounts(
  { baseUrl, authorised }: { baseUrl: string; authorised: Authorised },
  call: CallOptions,
): Promise<AccountReference[]> {
  const request: SchwabRequest = {
    operation: 'list-accounts',
    method: 'GET',
    url: schwabUrl(baseUrl, '/trader/v1/accounts/accountNumbers'),
    secrets: [],
  };
  const answer = await authorised.read(request, call);
  return readingAnswer(answer, request, (text) => ({ accounts: parseAccounts(text) })).accounts;
}

function parseAccounts(text: string): AccountReference[] {
  const result = accountsSchema.safeParse(parseJson(text));
  if (!result.success) throw new ShapeError(result.error.issues[0]?.path.join('.') || '$', 'not a list of accounts');
  return result.data.map(({ accountNumber, hashValue }) => ({ accountNumber, hash: hashValue }));
}
