import { z } from 'zod';
import { EnvironmentError } from './environment-error.ts';
import { type SetVariables, SHARED_VARIABLES, sharedContradictions } from './shared-variables.ts';

/** Variables as `process.env` holds them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** What one program reads: the shared variables and its own. */
export interface EnvironmentReader<Environment> {
  /** Every variable it knows. */
  readonly names: readonly string[];
  /**
   * Parses the variables. An empty variable counts as not set, as `KEY=` in a .env file means.
   *
   * @throws {EnvironmentError} naming every bad variable; values of secrets are never repeated.
   */
  readonly parse: (variables: Variables) => Environment;
}

/** What a reader gives. */
export type EnvironmentOf<Reader> = Reader extends EnvironmentReader<infer Environment> ? Environment : never;

/**
 * A reader of the shared variables and of a program's own.
 *
 * @param own by name; a rule's message says what the variable must be
 * @param contradictions what is wrong with variables taken together, one line each
 */
export function environmentReader<Own extends z.ZodRawShape>(
  own: Own,
  contradictions: (set: SetVariables) => readonly string[] = () => [],
): EnvironmentReader<z.output<z.ZodObject<typeof SHARED_VARIABLES & Own>>> {
  const schema = z.object<typeof SHARED_VARIABLES & Own>({ ...SHARED_VARIABLES, ...own });
  return {
    names: Object.keys(schema.shape),
    parse(variables) {
      const set = whatIsSet(variables);
      const parsed = schema.safeParse(set);
      const problems = parsed.success ? [] : parsed.error.issues.map((issue) => describe(issue, set));
      problems.push(...sharedContradictions(set), ...contradictions(set));
      if (!parsed.success || problems.length > 0) throw new EnvironmentError(problems);
      return parsed.data;
    },
  };
}

function whatIsSet(variables: Variables): SetVariables {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]])),
  );
}

function describe(issue: z.core.$ZodIssue, set: SetVariables): string {
  const name = String(issue.path[0]);
  // The address of a database can hold a password; that of a webhook or a monitor is one.
  const value = /SECRET|KEY|PASSWORD|TOKEN|DATABASE_URL|WEBHOOK|PING/.test(name) ? '' : ` (it is "${set[name] ?? ''}")`;
  return `${name} ${issue.message}${value}`;
}
