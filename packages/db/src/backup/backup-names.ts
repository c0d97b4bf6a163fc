/** The names of backups that nobody named: `<stem>-<UTC>.db`, so that names sort as times. */
import { basename, dirname, extname, join } from 'node:path';
import { HOUR, type Instant } from '@fill-tracker/domain';

/** Where backups go unless told otherwise: beside the record. */
export function backupFolderOf(record: string): string {
  return join(dirname(record), 'backups');
}

/** Such as `fills-20260105T150000Z`, for the record `fills.db`. */
export function backupStem(record: string, now: Instant): string {
  return `${stemOf(record)}-${compactTime(now)}`;
}

/** An instant as file names can hold it, such as `20260105T150000Z`. */
export function compactTime(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** Of the names in a folder, the automatic backups of this record beyond the newest `keep`, oldest first. */
export function backupsBeyond(names: readonly string[], record: string, keep: number): readonly string[] {
  const stem = stemOf(record);
  const own = names.filter((name) => name.startsWith(`${stem}-`) && AUTOMATIC.test(name.slice(stem.length)));
  return own.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)).slice(0, Math.max(0, own.length - keep));
}

/** Of the names in a folder, what backups of this record left that were killed; those of the last hour may be at work. */
export function leftoversAmong(names: readonly string[], record: string, now: Instant): readonly string[] {
  const stem = stemOf(record);
  const isOld = (name: string): boolean => name < `${stem}-${compactTime(now - HOUR)}`;
  return names.filter((name) => name.startsWith(`${stem}-`) && LEFT_OVER.test(name.slice(stem.length)) && isOld(name));
}

const LEFT_OVER = /^-\d{8}T\d{6}Z\.\d+\.tmp$/;
const AUTOMATIC = /^-\d{8}T\d{6}Z(\.\d+)?\.db$/;

/** Of two in one second the later one has a number, which counts as one: `.10` comes after `.9`. */
function orderOf(name: string): string {
  const [, time = '', number = '1'] = /-(\d{8}T\d{6}Z)(?:\.(\d+))?\.db$/.exec(name) ?? [];
  return `${time}.${number.padStart(6, '0')}`;
}

function stemOf(record: string): string {
  return basename(record, extname(record));
}
