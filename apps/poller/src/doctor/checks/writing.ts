import type { WriteProbe } from '@fill-tracker/db';
import { type Check, ok, problem, unknown, type Verdict } from '../verdict.ts';

/** Can the record be written to. That a disk is full is for another check. */
export const writing: Check = {
  name: 'writing',
  title: 'Writing',
  run(patient) {
    const probe = patient.writing();
    return probe === null ? unknown('no record yet') : judge(probe, patient.config.databaseFile);
  },
};

function judge(probe: WriteProbe, file: string): Verdict {
  return probe.kind === 'writable' ? ok('the record can be written to') : JUDGED[probe.kind](probe.problem, file);
}

const JUDGED: Readonly<Record<Exclude<WriteProbe['kind'], 'writable'>, (words: string, file: string) => Verdict>> = {
  full: () => unknown('the disk takes no more'),
  'read-only': (words, file) =>
    problem(
      `the record is read-only (${words})`,
      `Let the user that runs the poller write ${file} and its folder: check owner, permissions and how the disk is mounted.`,
    ),
  busy: () =>
    problem(
      'another program has held the record locked for 5 s',
      'Find and end it: an open SQLite shell inside a transaction does this, or a copy that hangs.',
    ),
  failed: (words) =>
    problem(
      `the record does not take a write (${words})`,
      'Check the disk, then the record itself: `sqlite3 FILE "PRAGMA integrity_check"`.',
    ),
};
