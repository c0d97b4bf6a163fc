/**
 * How far a person has come who has no orders yet:
 * - `demo`: nothing to do; orders are being made up;
 * - `connect`: Schwab was never reached;
 * - `sign-in`: the app is set up, and nobody has signed in, or the sign-in has ended;
 * - `wait`: all is well, and there was no order yet.
 */
export type FirstRunStage = 'demo' | 'connect' | 'sign-in' | 'wait';

export interface FirstRunFacts {
  readonly isDemo: boolean;
  /** The poller learns of accounts when it first reaches Schwab. */
  readonly accounts: number;
  /** What failed in the last cycle; null when nothing did, or none was. */
  readonly errorKind: string | null;
}

export function firstRunStage({ isDemo, accounts, errorKind }: FirstRunFacts): FirstRunStage {
  if (isDemo) return 'demo';
  if (errorKind === 'sign-in-needed') return 'sign-in';
  return accounts === 0 ? 'connect' : 'wait';
}
