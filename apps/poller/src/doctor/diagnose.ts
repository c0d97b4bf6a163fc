import type { Diagnosis } from '@fill-tracker/contract';
import type { EnvironmentError } from '@fill-tracker/settings';
import { CHECKS } from './checks.ts';
import type { Patient } from './patient.ts';
import { type Check, ok, problem, unknown, type Verdict } from './verdict.ts';

type Finding = Diagnosis['checks'][number];

const ENVIRONMENT = { name: 'environment', title: 'Settings' };

/** Runs every check, one after the other: some hold the record's lock for a moment, or call the broker. */
export async function diagnose(patient: Patient): Promise<Diagnosis> {
  const findings: Finding[] = [found(ENVIRONMENT, ok('the environment and .env make sense'))];
  for (const check of CHECKS) findings.push(found(check, await judged(check, patient)));
  return concluded(findings);
}

/** Without settings nothing else can be looked at. */
export function diagnoseEnvironment(error: EnvironmentError): Diagnosis {
  const verdict = problem(
    error.problems.join('; '),
    'Correct these variables in .env; .env.example says what each means.',
  );
  const others = CHECKS.map((check) => found(check, unknown('not looked at before the settings are right')));
  return concluded([found(ENVIRONMENT, verdict), ...others]);
}

/** A check that fails says nothing about what it was to look at. */
async function judged(check: Check, patient: Patient): Promise<Verdict> {
  try {
    return await check.run(patient);
  } catch (error) {
    return unknown(`the check itself failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function found({ name, title }: Pick<Check, 'name' | 'title'>, verdict: Verdict): Finding {
  return { check: name, title, remedy: null, ...verdict };
}

function concluded(checks: Finding[]): Diagnosis {
  return { healthy: checks.every(({ verdict }) => verdict !== 'problem'), checks };
}
