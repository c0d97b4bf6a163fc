import { commandReport, type CommandReport } from '@fill-tracker/contract';
import { requestJson } from './http.ts';

/** How long the server may hold an answer back for the outcome, seconds. */
const WAIT_SECONDS = 10;
/** How often a command that is still queued is asked about, ms, and how many times. */
const ASK_AGAIN_MS = 1500;
const ASK_AGAIN_TIMES = 20;

/**
 * Gives the poller a command and waits for what comes of it: about 40 s while a poller is at work, and not at all
 * when none is. The answer may thus still be QUEUED; the command is kept either way.
 *
 * @throws {RequestError}
 */
export async function giveCommand(path: string, body?: object): Promise<CommandReport> {
  let report = await requestJson(commandReport, path, {
    method: 'POST',
    headers: {
      prefer: `wait=${WAIT_SECONDS}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  for (let asked = 0; asked < ASK_AGAIN_TIMES && isUnderWay(report); asked += 1) {
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    report = await requestJson(commandReport, `/api/commands/${report.commandId}`);
  }
  return report;
}

function isUnderWay({ state, pollerState }: CommandReport): boolean {
  return state === 'QUEUED' && pollerState === 'running';
}

/** Why nothing happens yet, when nobody is there to carry a queued command out. */
export function queuedSentence({ pollerState }: CommandReport): string {
  if (pollerState === 'running') return 'Still waiting its turn at the poller. It is kept and will be carried out.';
  const why = {
    stuck: 'the poller hangs',
    stopped: 'no poller is at work',
    'never-started': 'no poller has ever run',
  }[pollerState];
  return `Kept, but ${why}: it will be carried out when a poller runs.`;
}

/** What went wrong, in the poller's words. */
export function problemOf({ outcome }: CommandReport): string {
  const said = outcome?.['problem'];
  return typeof said === 'string' ? said : 'the poller did not say why';
}
