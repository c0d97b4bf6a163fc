/** One thing that must hold, and what was seen of it. */
export interface Check {
  readonly name: string;
  readonly passed: boolean;
  /** The figures behind it, for people. */
  readonly saw: string;
}

/** What a trial of endurance found. */
export interface Findings {
  readonly checks: readonly Check[];
  /** Tables and figures for people. */
  readonly lines: readonly string[];
  /** The same for programs. */
  readonly figures: Readonly<Record<string, unknown>>;
}

/** Tells how a trial goes on, in one line. */
export type Progress = (text: string) => void;

export function check(name: string, passed: boolean, saw: string): Check {
  return { name, passed, saw };
}

/** That a list of what is wrong is empty; shows the first of it when it is not. */
export function checkNone(name: string, wrong: readonly unknown[]): Check {
  const first = wrong.slice(0, SHOWN).map((each) => (typeof each === 'string' ? each : JSON.stringify(each)));
  return check(name, wrong.length === 0, wrong.length === 0 ? 'none' : `${wrong.length}: ${first.join(' | ')}`);
}

const SHOWN = 5;

export function failedChecks(checks: readonly Check[]): readonly Check[] {
  return checks.filter(({ passed }) => !passed);
}

export function textOfCheck({ name, passed, saw }: Check): string {
  return `${passed ? 'ok    ' : 'FAILED'}  ${name}: ${saw}`;
}
