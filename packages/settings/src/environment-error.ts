/** The environment does not make sense. `problems` has one line per variable. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    const variables = problems.length === 1 ? 'variable' : 'variables';
    const lines = problems.map((problem) => `  ${problem}`).join('\n');
    super(`The environment (or .env) has ${problems.length} bad ${variables}:\n${lines}`);
    this.problems = problems;
  }
}
