import { appKey } from './checks/app-key.ts';
import { broker } from './checks/broker.ts';
import { calendarReach } from './checks/calendar.ts';
import { callback } from './checks/callback.ts';
import { clockAgrees } from './checks/clock.ts';
import { diskSpace } from './checks/disk-space.ts';
import { lease } from './checks/lease.ts';
import { nodeVersion } from './checks/node-version.ts';
import { apiPort, pollerPort } from './checks/ports.ts';
import { recordFile, recordSchema } from './checks/record.ts';
import { signIn } from './checks/sign-in.ts';
import { timeZones } from './checks/time-zones.ts';
import { tokenKey } from './checks/token-key.ts';
import { writing } from './checks/writing.ts';
import type { Check } from './verdict.ts';

/** Everything that is looked at, from this machine outwards. */
export const CHECKS: readonly Check[] = [
  nodeVersion,
  timeZones,
  calendarReach,
  recordFile,
  recordSchema,
  writing,
  diskSpace,
  tokenKey,
  lease,
  pollerPort,
  apiPort,
  broker,
  clockAgrees,
  appKey,
  callback,
  signIn,
];
