import type { Patient } from './patient.ts';

/** What a check found: all is well, something is wrong and this is what to do, or nothing can be told, and why. */
export type Verdict =
  | { readonly verdict: 'ok'; readonly finding: string }
  | { readonly verdict: 'problem'; readonly finding: string; readonly remedy: string }
  | { readonly verdict: 'unknown'; readonly finding: string };

/** One thing that can be wrong. A check changes nothing, and says what it saw without naming a secret. */
export interface Check {
  /** For programs. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  readonly run: (patient: Patient) => Verdict | Promise<Verdict>;
}

export function ok(finding: string): Verdict {
  return { verdict: 'ok', finding };
}

export function problem(finding: string, remedy: string): Verdict {
  return { verdict: 'problem', finding, remedy };
}

export function unknown(finding: string): Verdict {
  return { verdict: 'unknown', finding };
}
