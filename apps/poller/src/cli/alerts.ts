import type { Alert, AlertReport, AlertTest } from '@fill-tracker/contract';
import type { FillDatabase } from '@fill-tracker/db';
import { createWebhook, presentAlert, trialMessage } from '@fill-tracker/notices';
import type { PollerConfig, PollerSecrets } from '../config/poller-config.ts';
import { EXIT, UsageError } from './command-error.ts';
import type { Output } from './output.ts';

/** Alerts that are over are told of, so many at most. */
const RECENT = 20;

export const ALERTS_HELP = `
Alerts are raised once for each cause and told of again when they are over. They go to the webhook that
ALERT_WEBHOOK_URL names, signed with ALERT_WEBHOOK_SECRET; with ALERT_FILLS=true every fill goes there too.
Exit status 1 while an alert is open, so that a script can ask.`;

/** Lists what is open, and what was lately. Exit status 0 only when nothing is open. */
export async function showAlerts(
  db: FillDatabase,
  config: PollerConfig,
  isJson: boolean,
  output: Output,
): Promise<number> {
  const report = await reportOf(db, config);
  if (isJson) output.json(report);
  else output.line(describe(report));
  return report.open.length === 0 ? EXIT.fine : EXIT.problem;
}

async function reportOf(db: FillDatabase, config: PollerConfig): Promise<AlertReport> {
  const [open, all, outbox] = await Promise.all([
    db.openAlerts(),
    db.pageAlerts({ limit: RECENT * 2 }),
    db.readOutbox(),
  ]);
  const { oldestWaitingAt, ...counts } = outbox;
  return {
    open: open.map(presentAlert),
    recent: all
      .filter(({ clearedAt }) => clearedAt !== null)
      .slice(0, RECENT)
      .map(presentAlert),
    webhook: {
      isConfigured: config.notifiesAlerts,
      tellsFills: config.notifiesFills,
      ...counts,
      oldestWaitingAt: oldestWaitingAt === null ? null : new Date(oldestWaitingAt).toISOString(),
    },
  };
}

function describe({ open, recent, webhook }: AlertReport): string {
  const state = webhook.isConfigured
    ? `The webhook: ${webhook.waiting} messages wait, ${webhook.delivered} were delivered, ${webhook.givenUp} given up.` +
      (webhook.lastProblem === null ? '' : ` It last answered: ${webhook.lastProblem}.`)
    : 'No webhook is configured (ALERT_WEBHOOK_URL): alerts are shown here and in the dashboard alone.';
  return [
    ...(open.length === 0 ? ['Nothing needs you: no alert is open.'] : ['Open:', ...open.flatMap(describeOpen)]),
    ...(recent.length === 0 ? [] : ['', 'Over:', ...recent.map(describePast)]),
    '',
    state,
  ].join('\n');
}

function describeOpen({ severity, cause, since, summary, remedy, runbook }: Alert): string[] {
  return [`  ${severity.toUpperCase()} ${cause}, since ${since}`, `    ${summary}`, `    ${remedy} (${runbook})`];
}

function describePast({ cause, since, clearedAt, summary, fillsFoundLate }: Alert): string {
  const late = fillsFoundLate === null || fillsFoundLate === 0 ? '' : ` ${fillsFoundLate} fills were found late.`;
  return `  ${cause}, ${since} to ${clearedAt ?? ''}: ${summary}${late}`;
}

/** Sends one message to the webhook, and says what came back. */
export async function testWebhook(
  { config, secrets, now }: { config: PollerConfig; secrets: PollerSecrets; now: () => number },
  isJson: boolean,
  output: Output,
): Promise<number> {
  if (secrets.webhook === null) throw new UsageError('No webhook is configured: set ALERT_WEBHOOK_URL.');
  const webhook = createWebhook({ target: secrets.webhook, clock: { now } });
  const came = await webhook.send(trialMessage(now(), config.isDemo), new AbortController().signal);
  const test: AlertTest = {
    delivered: came.kind === 'taken',
    answer: came.kind === 'taken' ? 'taken' : came.kind === 'status' ? `HTTP ${came.status}` : came.problem,
  };
  if (isJson) output.json(test);
  else if (test.delivered) output.line('The webhook took the test message.');
  else output.line(`The webhook did not take the test message: ${test.answer}.`);
  return test.delivered ? EXIT.fine : EXIT.problem;
}
