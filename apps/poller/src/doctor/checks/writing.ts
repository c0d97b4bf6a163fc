import { type Check, ok, problem, unknown } from '../verdict.ts';

/** Can the record be written to. That a disk is full is for another check. */
export const writing: Check = {
  name: 'writing',
  title: 'Writing',
  run(patient) {
    const probe = patient.writing();
    const file = patient.config.databaseFile;
    switch (probe?.kind) {
      case undefined:
        return unknown('no record yet');
      case 'read-only':
        return problem(
          `the record is read-only (${probe.problem})`,
          `Let the user that runs the poller write ${file} and its folder: check owner, permissions and how the disk is mounted.`,
        );
      case 'busy':
        return problem(
          'another program has held the record locked for 5 s',
          'Find and end it: an open SQLite shell inside a transaction does this, or a copy that hangs.',
        );
      case 'failed':
        return problem(
          `the record does not take a write (${probe.problem})`,
          'Check the disk, then the record itself: `sqlite3 FILE "PRAGMA integrity_check"`.',
        );
      case 'full':
        return unknown('the disk takes no more');
      case 'writable':
        return ok('the record can be written to');
    }
  },
};
