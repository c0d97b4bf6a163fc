import { type Check, ok, problem } from '../verdict.ts';

const NETWORK = 'Check the network of this machine, its firewall and proxy, and SCHWAB_BASE_URL if it is set.';

/** What the system's codes mean to a person. */
const CODES: Readonly<Record<string, { readonly words: string; readonly remedy: string }>> = {
  ECONNREFUSED: { words: 'the connection is refused', remedy: NETWORK },
  ENOTFOUND: { words: 'its name is not known', remedy: `Check the name server of this machine. ${NETWORK}` },
  EAI_AGAIN: { words: 'the name server does not answer', remedy: `Check the name server of this machine. ${NETWORK}` },
  timeout: { words: 'no answer within 10 s', remedy: NETWORK },
};

const DEMO_REMEDY = 'Start the simulated broker: `poller simulate`, or everything together with `start` or `demo`.';

/** Can the broker be reached at all. */
export const broker: Check = {
  name: 'broker',
  title: 'Broker',
  async run(patient) {
    const { brokerUrl, isDemo } = patient.config;
    const probe = await patient.broker();
    if (probe.kind === 'silent') {
      const { words, remedy } = CODES[probe.code] ?? { words: `the connection fails (${probe.code})`, remedy: NETWORK };
      return problem(`${brokerUrl} cannot be reached: ${words}`, isDemo ? DEMO_REMEDY : remedy);
    }
    if (probe.status === 429)
      return problem(
        `${brokerUrl} says that it is asked too often`,
        'Wait a minute, and lower POLL_REQUESTS_PER_MINUTE.',
      );
    if (probe.status >= 500)
      return problem(
        `${brokerUrl} answers, but with ${probe.status}`,
        'The trouble is on its side: wait, and look again.',
      );
    return ok(`${brokerUrl} answers`);
  },
};
