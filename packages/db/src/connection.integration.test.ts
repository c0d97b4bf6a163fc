import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connect } from './connection.ts';
import type { PrismaClient } from './generated/client.ts';
import { readMigrations } from './migrations.ts';

function openMemory(): PrismaClient {
  const prisma = connect({ file: ':memory:', readonly: false, scripts: readMigrations().map(({ sql }) => sql) });
  onTestFinished(() => prisma.$disconnect());
  return prisma;
}

/** Something that a test waits for. */
function event(): { happened: Promise<void>; happen: () => void } {
  const parts = { happen: (): void => undefined };
  const happened = new Promise<void>((resolve) => {
    parts.happen = resolve;
  });
  return { happened, happen: parts.happen };
}

/** A query of Prisma begins only once it is awaited. */
const addAccount = async (prisma: PrismaClient, n: number): Promise<unknown> =>
  await prisma.account.create({ data: account(n) });

const account = (n: number) => ({ id: `A${n}`, hash: `HASH-${n}`, maskedNumber: `...${n}` });

const idsOf = async (prisma: PrismaClient): Promise<string[]> => (await prisma.account.findMany()).map(({ id }) => id);

describe('a transaction', () => {
  it('takes no other write with it when it is rolled back', async () => {
    const prisma = openMemory();
    const [begun, interrupted] = [event(), event()];
    const failing = prisma.$transaction(async (transaction) => {
      await transaction.account.create({ data: account(1) });
      begun.happen();
      await interrupted.happened;
      await transaction.account.count();
      throw new Error('the cycle failed');
    });
    await begun.happened;
    const other = addAccount(prisma, 2);
    interrupted.happen();

    await expect(failing).rejects.toThrow('the cycle failed');
    await other;
    expect(await idsOf(prisma)).toEqual(['A2']);
  });

  it('is not seen from outside before its end', async () => {
    const prisma = openMemory();
    const [begun, interrupted] = [event(), event()];
    const failing = prisma.$transaction(async (transaction) => {
      await transaction.account.create({ data: account(1) });
      begun.happen();
      await interrupted.happened;
      throw new Error('the cycle failed');
    });
    await begun.happened;
    const seen = idsOf(prisma);
    interrupted.happen();

    await expect(failing).rejects.toThrow('the cycle failed');
    expect(await seen).toEqual([]);
  });

  it('whose COMMIT fails leaves a connection that works', async () => {
    const prisma = openMemory();
    const failing = prisma.$transaction(async (transaction) => {
      await transaction.$executeRaw`PRAGMA defer_foreign_keys = ON`;
      await transaction.evidence.create({
        data: { orderId: 99, hash: 'h', body: '', requestedAt: '2026-01-05T15:00:00.000Z' },
      });
    });
    await expect(failing).rejects.toThrow('ForeignKeyConstraintViolation');

    await prisma.$transaction((transaction) => transaction.account.create({ data: account(1) }));
    expect(await idsOf(prisma)).toEqual(['A1']);
    expect(await prisma.evidence.count()).toBe(0);
  });
});

describe('two connections of one process', () => {
  function openTwo(): readonly [PrismaClient, PrismaClient] {
    const directory = mkdtempSync(join(tmpdir(), 'fill-tracker-connections-'));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    const file = join(directory, 'record.db');
    const scripts = ['PRAGMA journal_mode = WAL', ...readMigrations().map(({ sql }) => sql)];
    const first = connect({ file, readonly: false, scripts });
    const second = connect({ file, readonly: false, scripts: [] });
    onTestFinished(() => Promise.all([first.$disconnect(), second.$disconnect()]).then(() => undefined));
    return [first, second];
  }

  it.each<[string, (prisma: PrismaClient) => Promise<unknown>]>([
    ['a write', (prisma) => addAccount(prisma, 2)],
    [
      'a transaction that begins with a write',
      (prisma) => prisma.$transaction((transaction) => transaction.account.create({ data: account(2) })),
    ],
  ])('do not block each other: %s waits until the other transaction ends', async (_what, write) => {
    const [first, second] = openTwo();
    const [begun, finished] = [event(), event()];
    const holding = first.$transaction(async (transaction) => {
      await transaction.account.create({ data: account(1) });
      begun.happen();
      await finished.happened;
    });
    await begun.happened;
    let isDone = false;
    const waiting = Promise.resolve(write(second)).then(() => (isDone = true));
    // The thread is free meanwhile: else nobody could end the first one.
    await sleep(50);
    expect(isDone).toBe(false);
    finished.happen();
    await Promise.all([holding, waiting]);
    expect(await idsOf(first)).toEqual(['A1', 'A2']);
  });
});
