import type { SimulatedAccount } from '../accounts.ts';
import { type SchwabAnswer, traderError } from './schwab-answer.ts';
import type { SchwabCall } from './schwab-route.ts';

/** Answers for the account whose hash stands in the path. */
export function forAccount(
  accounts: readonly SimulatedAccount[],
  { params }: SchwabCall,
  answer: (account: SimulatedAccount) => SchwabAnswer,
): SchwabAnswer {
  // The account number itself, in the hash's place, gets this same answer from Schwab.
  const account = accounts.find(({ hashValue }) => hashValue === params['accountHash']);
  return account === undefined ? traderError(400, 'Invalid account number') : answer(account);
}
