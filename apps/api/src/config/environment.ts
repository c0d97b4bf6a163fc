import { type EnvironmentOf, environmentReader } from '@fill-tracker/settings';
import { z } from 'zod';

/** The environment of the API: what all programs share, and this. */
export const API_ENVIRONMENT = environmentReader(
  { DASHBOARD_PASSWORD: z.string().min(8, 'is too short: at least 8 characters').optional() },
  openToTheWorld,
);

export type Environment = EnvironmentOf<typeof API_ENVIRONMENT>;

/** What others on the network can reach needs a password: the record shows what was traded, and takes commands. */
function openToTheWorld(set: Readonly<Record<string, string>>): readonly string[] {
  const host = set['API_HOST'];
  if (host === undefined || isLoopback(host) || set['DASHBOARD_PASSWORD'] !== undefined) return [];
  return [
    `DASHBOARD_PASSWORD is missing: API_HOST is ${host}, which other machines can reach. ` +
      'Set a password, or leave API_HOST at 127.0.0.1',
  ];
}

/** True for addresses that only this machine can reach. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
