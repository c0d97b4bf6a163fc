import type { FillDatabase } from '@fill-tracker/db';
import { type SchwabClient, systemClock } from '@fill-tracker/schwab-client';
import type { PollerConfig, PollerSecrets } from '../config/poller-config.ts';
import { createClient } from '../create-poller.ts';
import { allOf } from '../events.ts';

/** What every command knows. */
export interface Settings {
  readonly config: PollerConfig;
  readonly secrets: PollerSecrets;
}

/** A client for a command that calls the broker itself, on the tokens that the poller uses too. */
export function createCommandLineClient(settings: Settings, db: FillDatabase): Promise<SchwabClient> {
  return createClient({ ...settings, db, clock: systemClock, random: Math.random, events: allOf() });
}
