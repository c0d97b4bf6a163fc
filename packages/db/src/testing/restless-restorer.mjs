// A process that restores one backup and then the other, over and over, until it is killed.
// Arguments: record, first backup, second backup. Sends a number before each restore.
import { restoreRecord } from '../../dist/backup/restore-record.js';

const [, , file, ...backups] = process.argv;
const broker = { baseUrl: 'http://127.0.0.1:4010', mode: 'demo' };
for (let n = 0; ; n += 1) {
  process.send(n);
  await restoreRecord({ file, backup: backups[n % backups.length], broker, now: Date.now() });
}
