import { type Check, ok, problem } from '../verdict.ts';

/** The oldest that is tested: 20.19. */
const OLDEST = { major: 20, minor: 19 };

export const nodeVersion: Check = {
  name: 'node',
  title: 'Node version',
  run({ nodeVersion: version }) {
    const [major = 0, minor = 0] = version.split('.').map(Number);
    const isOld = major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor);
    return isOld
      ? problem(`Node ${version} is too old`, `Install Node ${OLDEST.major}.${OLDEST.minor} or newer.`)
      : ok(`Node ${version}`);
  },
};
