import { HOUR } from '@fill-tracker/domain';
import { describe, expect, it } from 'vitest';
import { backupFolderOf, backupsBeyond, backupStem, leftoversAmong } from './backup-names.ts';

const NOON = Date.parse('2026-01-05T12:00:00.900Z');

it('names a backup by its record and the time, beside the record', () => {
  expect(backupFolderOf('/srv/data/fills.db')).toBe('/srv/data/backups');
  expect(backupStem('/srv/data/fills.db', NOON)).toBe('fills-20260105T120000Z');
});

describe('backupsBeyond', () => {
  const OLD = 'fills-20260103T120000Z.db';
  const MIDDLE = 'fills-20260104T120000Z.db';
  const NEW = 'fills-20260105T120000Z.db';

  it('gives the oldest beyond those to keep', () => {
    expect(backupsBeyond([NEW, OLD, MIDDLE], '/srv/fills.db', 2)).toEqual([OLD]);
    expect(backupsBeyond([NEW, OLD, MIDDLE], '/srv/fills.db', 1)).toEqual([OLD, MIDDLE]);
    expect(backupsBeyond([NEW, OLD], '/srv/fills.db', 2)).toEqual([]);
  });

  it('takes the later of one second for the newer', () => {
    const names = ['fills-20260105T120000Z.10.db', NEW, 'fills-20260105T120000Z.2.db'];
    expect(backupsBeyond(names, 'fills.db', 1)).toEqual([NEW, 'fills-20260105T120000Z.2.db']);
  });

  it.each([
    'fills.db',
    'fills-before-the-merger.db',
    'demo-20260103T120000Z.db',
    'fills-2-20260103T120000Z.db',
    'fills-20260103T120000Z.db.before-restore.bak',
    'fills-20260103T120000Z.77.tmp',
    'token.key',
  ])('never gives %s, which is no automatic backup of this record', (name) => {
    expect(backupsBeyond([name, NEW], 'fills.db', 1)).toEqual([]);
  });
});

it('finds what killed backups left, but not what may be at work', () => {
  const names = ['fills-20260105T105959Z.77.tmp', 'fills-20260105T115900Z.78.tmp', 'fills-20260101T000000Z.db'];
  expect(leftoversAmong(names, 'fills.db', NOON)).toEqual(['fills-20260105T105959Z.77.tmp']);
  expect(leftoversAmong(names, 'fills.db', NOON + HOUR)).toHaveLength(2);
  expect(leftoversAmong(names, 'other.db', NOON)).toEqual([]);
});
