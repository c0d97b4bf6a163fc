import type { VerificationVerdict } from '@fill-tracker/contract';
import type { Tone } from '../components/ui/badge.tsx';

interface VerdictLook {
  /** Differs in shape, too: colour is not the only signal. */
  readonly sign: string;
  readonly tone: Tone;
  readonly text: string;
}

/** What the order's own report and the account's transactions come to. */
export const VERDICTS = {
  VERIFIED: { sign: '✓', tone: 'good', text: 'The account’s transactions agree' },
  ONE_SOURCE: { sign: '½', tone: 'neutral', text: 'Only one of report and transactions tells of it' },
  DISAGREE: { sign: '≠', tone: 'bad', text: 'The account’s transactions disagree' },
  UNPRICED: { sign: '?', tone: 'warn', text: 'Something filled without a price' },
} as const satisfies Record<VerificationVerdict, VerdictLook>;
