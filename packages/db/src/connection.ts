/**
 * The one connection of a database, shared in turns.
 *
 * better-sqlite3 has one connection and no queue: while an interactive transaction waits between two statements, any
 * other query of the same client runs on the same connection, so inside that transaction, and is rolled back with it.
 * The lease renewed from a timer would be undone by a cycle that fails. A second connection is no way out: it would
 * block the thread on SQLite's write lock, which only that same thread can release. So a transaction keeps the
 * connection until it ends, and everything else waits for its turn.
 */
import { setFlagsFromString } from 'node:v8';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type { SqlDriverAdapter, SqlDriverAdapterFactory, Transaction } from '@prisma/driver-adapter-utils';
import { PrismaClient } from './generated/client.ts';
import { waitWhileLocked } from './wait-while-locked.ts';

/**
 * Prisma's query compiler is a large WebAssembly module. By default V8 optimises its functions after a few calls, on
 * other threads: that costs a command as much CPU as all the rest of it, and comes too late to be of use to it. With
 * this, only what a poller or an API has called for long is optimised.
 */
setFlagsFromString('--wasm-tiering-budget=100000000');

/** What a query needs of Prisma: the client, or a transaction of it. */
export type Queries = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0];

/**
 * FULL and not NORMAL: with WAL, NORMAL may lose the last commits on a power cut. Fills could be read again from the
 * broker, but audit numbers that readers already saw would be given out twice, and a fresh refresh token would be gone.
 * A commit per changed cycle costs one fsync.
 */
const PRAGMAS = 'PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;';

/** While it is set up, a connection may block: nothing else runs on it yet. Then `waitWhileLocked` waits instead. */
const BLOCKING = 'PRAGMA busy_timeout = 5000';
const NOT_BLOCKING = 'PRAGMA busy_timeout = 0';

/** SQLite's own limit on the values of one statement. Prisma otherwise assumes 999, from before SQLite 3.32. */
const MAX_BIND_VALUES = 32_766;

export interface ConnectionOptions {
  /** A path, or `:memory:`. */
  readonly file: string;
  readonly readonly: boolean;
  /** SQL to run on the fresh connection; a memory database is born here. */
  readonly scripts: readonly string[];
}

/** A Prisma client on its own connection. */
export function connect(options: ConnectionOptions): PrismaClient {
  return new PrismaClient({
    adapter: adapterFactory(options),
    // A cycle of thousands of orders takes seconds, and others wait for their turn.
    transactionOptions: { maxWait: 30_000, timeout: 60_000 },
  });
}

function adapterFactory({ file, readonly, scripts }: ConnectionOptions): SqlDriverAdapterFactory {
  const factory = new PrismaBetterSqlite3({ url: file, readonly });
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    async connect() {
      const adapter = await factory.connect();
      for (const script of [BLOCKING, PRAGMAS, ...scripts, NOT_BLOCKING]) await adapter.executeScript(script);
      return inTurns(adapter);
    },
  };
}

/** Gives each query, and each transaction as a whole, its own turn. */
function inTurns(adapter: SqlDriverAdapter): SqlDriverAdapter {
  let lastTurn = Promise.resolve();
  const nextTurn = async (): Promise<() => void> => {
    const before = lastTurn;
    const turn = turnToEnd();
    lastTurn = turn.ended;
    await before;
    return turn.end;
  };
  const alone = async <T>(act: () => Promise<T>): Promise<T> => {
    const endTurn = await nextTurn();
    try {
      return await act();
    } finally {
      endTurn();
    }
  };
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    getConnectionInfo: () => ({ maxBindValues: MAX_BIND_VALUES, supportsRelationJoins: false }),
    queryRaw: (query) => alone(() => waitWhileLocked(() => adapter.queryRaw(query))),
    executeRaw: (query) => alone(() => waitWhileLocked(() => adapter.executeRaw(query))),
    executeScript: (script) => alone(() => waitWhileLocked(() => adapter.executeScript(script))),
    dispose: () => alone(() => adapter.dispose()),
    async startTransaction(isolationLevel) {
      const endTurn = await nextTurn();
      try {
        return untilItEnds(await adapter.startTransaction(isolationLevel), adapter, endTurn);
      } catch (error) {
        endTurn();
        throw error;
      }
    },
  };
}

/** `Promise.withResolvers`, which Node 20 lacks. */
function turnToEnd(): { ended: Promise<void>; end: () => void } {
  const turn = { end: (): void => undefined };
  const ended = new Promise<void>((resolve) => {
    turn.end = resolve;
  });
  return { ended, end: turn.end };
}

function untilItEnds(transaction: Transaction, adapter: SqlDriverAdapter, endTurn: () => void): Transaction {
  return {
    provider: transaction.provider,
    adapterName: transaction.adapterName,
    options: transaction.options,
    queryRaw: (query) => waitWhileLocked(() => transaction.queryRaw(query)),
    executeRaw: (query) => waitWhileLocked(() => transaction.executeRaw(query)),
    createSavepoint: async (name) => transaction.createSavepoint?.(name),
    rollbackToSavepoint: async (name) => transaction.rollbackToSavepoint?.(name),
    releaseSavepoint: async (name) => transaction.releaseSavepoint?.(name),
    async commit() {
      await transaction.commit();
      endTurn();
    },
    async rollback() {
      await endDeadTransaction(adapter);
      await transaction.rollback();
      endTurn();
    },
  };
}

/**
 * After a COMMIT that failed, Prisma calls `rollback` without having sent ROLLBACK, and the connection would stay
 * inside the dead transaction for ever. In every other case none is open by now, and SQLite says so.
 */
async function endDeadTransaction(adapter: SqlDriverAdapter): Promise<void> {
  try {
    await adapter.executeScript('ROLLBACK');
  } catch {
    // No transaction is active.
  }
}
