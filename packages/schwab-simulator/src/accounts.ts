import { createHash } from 'node:crypto';

/** An account as `/accounts/accountNumbers` lists it. Every other path takes the hash in the number's place. */
export interface SimulatedAccount {
  readonly accountNumber: string;
  /** 64 hex digits. */
  readonly hashValue: string;
}

/** The first `count` accounts; always the same ones. */
export function simulatedAccounts(count: number): SimulatedAccount[] {
  return Array.from({ length: count }, (_, index) => {
    const accountNumber = String(12_345_678 + index * 11_111_111);
    const hashValue = createHash('sha256').update(`schwab-simulator:${accountNumber}`).digest('hex').toUpperCase();
    return { accountNumber, hashValue };
  });
}
