import { statfs } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Diagnosis } from '@fill-tracker/contract';
import { systemClock } from '@fill-tracker/schwab-client';
import { EnvironmentError } from '@fill-tracker/settings';
import { diagnose, diagnoseEnvironment } from '../doctor/diagnose.ts';
import { diagnosisText } from '../doctor/diagnosis-text.ts';
import { admitPatient, type Surroundings } from '../doctor/patient.ts';
import { EXIT } from './command-error.ts';
import type { Settings } from './command-line-client.ts';
import type { Output } from './output.ts';

export const DOCTOR_HELP = `
Looks at this machine, the settings, the record, the ports, the clock and the broker, and says what is wrong and
what to do. It changes nothing, makes at most five calls to the broker, and may run beside a poller at work.
Exit status: 0 when no problem was found, else 1.`;

/** Says what is wrong and what to do. @param load reads the settings, which may be wrong themselves */
export async function doctor(load: () => Settings, isJson: boolean, output: Output): Promise<number> {
  const diagnosis = await examine(load);
  if (isJson) output.json(diagnosis);
  else output.line(diagnosisText(diagnosis));
  return diagnosis.healthy ? EXIT.fine : EXIT.problem;
}

async function examine(load: () => Settings): Promise<Diagnosis> {
  let settings: Settings;
  try {
    settings = load();
  } catch (error) {
    if (error instanceof EnvironmentError) return diagnoseEnvironment(error);
    throw error;
  }
  const patient = await admitPatient(settings, HERE);
  try {
    return await diagnose(patient);
  } finally {
    await patient.close();
  }
}

const HERE: Surroundings = {
  clock: systemClock,
  hostName: hostname(),
  isAlive,
  freeBytes: async (folder) => {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
  nodeVersion: process.versions.node,
};

/** A process of another user lives too, though it may not be signalled. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
