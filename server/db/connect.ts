// The door to Postgres: a pool, a transaction helper, and rows in our own spelling.
//
// Easy to get wrong here: a COMMIT after a swallowed error answers ROLLBACK without an error;
// a broken connection handed back to the pool carries its transaction to the next caller; an
// error on an idle connection without a listener ends the process. Each is dealt with below.

import type { Socket } from "node:net";
import pg from "pg";
import { isFull, isReadOnly } from "./away.ts";
import { type Life, openLife } from "./liveness-lock.ts";
import { outwaitGates } from "./open-gates.ts";
import { beginSession } from "./sessions.ts";
import { type Purpose, type SlowStatement, statementTimer } from "./slow-statements.ts";
import { camel, forgetPrepared, objectMaker, statementFor } from "./statements.ts";
import { bind, type Parse, parserFor } from "./values.ts";

export type ConnectionOptions = pg.ClientConfig;

/** What a store is given: rows, in a transaction that its caller opened. */
export type Db = {
  rows<T>(sql: string, params?: readonly unknown[]): Promise<T[]>;
  /** The first row, or null. */
  row<T>(sql: string, params?: readonly unknown[]): Promise<T | null>;
  /** How many rows the statement changed. */
  run(sql: string, params?: readonly unknown[]): Promise<number>;
  /** By what a text is known in this database once it may not be read any more. The key lies sealed in the database. */
  digest(text: string): string;
  /** For libraries that write their own SQL: the driver's rows as they are, nothing prepared. */
  raw(sql: string, params?: readonly unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
};

/**
 * `once`: statements are planned the first time and no more. For work whose every statement goes by ids: looking for a
 * better plan would take longer than the work. They go by indexes, also where a table is small when they are planned.
 */
export type Planning = "each" | "once";

/**
 * `acknowledged`: the caller is told when it is done, and may rely on it. So where a rule of sending was changed, the
 * gates that were open at the commit end first: one of them may have read the old rule. No mail released after that
 * has.
 */
type TransactionMode = Planning | "acknowledged";

export type Database = {
  /** One transaction seeing one team's rows, and no others. */
  inTeam<T>(
    teamId: string,
    work: (db: Db) => Promise<T>,
    how?: TransactionMode,
    purpose?: Purpose,
  ): Promise<T>;
  /** One transaction that belongs to no team: it sees what no team owns, and asks the few doors across. */
  inTransaction<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /** For health checks: how long an empty question takes. */
  ping(): Promise<void>;
  /** A write found no room a moment ago. */
  isFull(): boolean;
  /** The server's own clock. */
  time(): Promise<Temporal.Instant>;
  /** What this process is known as for as long as it lives and is connected (`liveness-lock.ts`). */
  lifeName(): Promise<string>;
  holdAlone: Life["hold"];
  close(): Promise<void>;
  counts(): { total: number; idle: number; waiting: number };
};

/** A transaction that must leave nothing behind ends with this. It is caught where it was meant to be. */
export class RolledBack<T> extends Error {
  readonly result: T;
  constructor(result: T) {
    super("rolled back on purpose");
    this.result = result;
  }
}

export async function connect(
  connection: ConnectionOptions,
  options: {
    size: number;
    onError(error: Error): void;
    /** The time goes by a clock that was moved, or stands still. */
    clock?(): ConnectionClock;
    digest?(text: string): Buffer;
    /** Nobody misses it after a crash: a sandbox that is deleted at its end. Commits do not wait for the disk. */
    mayForget?: boolean;
    /** A commit that no standby has confirmed is not acknowledged. */
    needsStandby?: boolean;
    slow?: { fromMs: number; tell(slow: SlowStatement): void };
  },
): Promise<Database> {
  let parsers = new Map<number, Parse>();
  const life = openLife(connection);
  const pool = new pg.Pool({
    ...connection,
    max: options.size,
    pipeline: true,
    connectionTimeoutMillis: 10_000,
    query_timeout: 65_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    onConnect: (client) => beginSession(client, options.mayForget ? SESSION + FORGETFUL : SESSION),
    types: {
      getTypeParser: (oid, format) => parsers.get(oid) ?? pg.types.getTypeParser(oid, format),
    },
  });
  pool.on("error", options.onError);
  // An error may also strike a client that is checked out; its query rejects, but the event needs a listener.
  pool.on("connect", (client) => client.on("error", options.onError));
  const ruleChanges = new WeakSet<pg.ClientBase>();
  const unconfirmed = new WeakSet<pg.ClientBase>();
  pool.on("connect", (client) =>
    client.on("notice", ({ code, routine }) => {
      if (code === RULE_CHANGED) ruleChanges.add(client);
      if (routine === WAIT_FOR_STANDBY) unconfirmed.add(client);
    }),
  );
  parsers = await learnParsers(pool);
  let fullAt = Number.NEGATIVE_INFINITY;
  const { slow } = options;

  async function transaction<T>(
    teamId: string | null,
    work: (db: Db) => Promise<T>,
    how: TransactionMode = "each",
    purpose: Purpose = {},
  ): Promise<T> {
    const client = await pool.connect();
    let broken: Error | undefined;
    ruleChanges.delete(client);
    unconfirmed.delete(client);
    try {
      // Begin and the team setting travel ahead without being waited for: the connection is
      // pipelined, so the first statement of the work carries them along. If they fail, so does it.
      sendTogether(client);
      const opened = client.query(
        forgetPrepared(client) +
          opening(teamId, options.clock?.() ?? { aheadMs: 0 }, how) +
          naming(connection, purpose.change ?? null),
      );
      opened.catch(() => {}); // told by whatever statement comes first
      const timer = slow && statementTimer(slow.fromMs, slow.tell, { ...purpose, teamId });
      const result = await work(dbOver(client, options.digest, timer));
      await opened;
      const done = await client.query("commit");
      if (done.command !== "COMMIT")
        throw new Error("The transaction was rolled back after an error that was swallowed");
      if (options.needsStandby && unconfirmed.has(client)) throw new CommitUnconfirmed();
      if (how === "acknowledged" && teamId !== null && ruleChanges.has(client))
        await outwaitGates(client, teamId);
      return result;
    } catch (error) {
      if (isFull(error)) fullAt = performance.now();
      broken = isReadOnly(error) ? (error as Error) : await rollBack(client, error);
      throw error;
    } finally {
      client.release(broken);
    }
  }

  return {
    inTeam: (teamId, work, how, purpose) => transaction(teamId, work, how, purpose),
    inTransaction: (work) => transaction(null, work),
    async ping() {
      await pool.query("select 1");
    },
    isFull: () => performance.now() - fullAt < FULL_FOR_MS,
    async time() {
      const { rows } = await pool.query<{ at: Temporal.Instant }>("select clock_timestamp() as at");
      if (!rows[0]) throw new Error("the database has no time");
      return rows[0].at;
    },
    lifeName: () => life.name(),
    holdAlone: (what) => life.hold(what),
    async close() {
      await Promise.all([life.end(), pool.end()]);
    },
    counts: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
  };
}

const SESSION =
  "set TimeZone = 'UTC'; set DateStyle = 'ISO'; set statement_timeout = '60s'; set idle_in_transaction_session_timeout = '60s'; ";

const FORGETFUL = "set synchronous_commit = off; ";

/**
 * Begin and the team in one message: half the bytes and none of the bookkeeping of two prepared statements. It is the
 * one place where a value stands in the text of a statement, so nothing but an id of ours and a time may: how far the
 * clock is ahead where tests move it, or where that of a sandbox stands (`cadenza_now()`).
 */
function opening(teamId: string | null, moved: ConnectionClock, how: TransactionMode) {
  if (teamId !== null && !/^[0-9a-f]{24}$/.test(teamId)) throw new TypeError("that is not a team");
  const clock = clockSetting(moved);
  const planning =
    how === "once" ? "; set local plan_cache_mode = force_generic_plan; set local enable_seqscan = off" : "";
  return `begin; set local cadenza.team_id = '${teamId ?? ""}'${clock}${planning}`;
}

/** Of an installation in use neither is set. */
export type ConnectionClock = { aheadMs: number } | { standsAt: Temporal.Instant };

function clockSetting(clock: ConnectionClock) {
  if ("standsAt" in clock) {
    const text = clock.standsAt.toString({ smallestUnit: "microsecond" });
    if (!/^[\d:.TZ+-]+$/.test(text)) throw new TypeError("that is not a time");
    return `; set local cadenza.stands_at = '${text}'`;
  }
  return clock.aheadMs === 0 ? "" : `; set local cadenza.ahead_ms = '${Math.trunc(clock.aheadMs)}'`;
}

/** What is changed, as a part of the session's name until the transaction ends: `cadenza engine: contact_import`. */
function naming({ application_name: own }: ConnectionOptions, what: string | null) {
  if (own === undefined || what === null || !/^[\w /.-]+$/.test(`${own}${what}`)) return "";
  return `; set local application_name = '${own}: ${what}'`;
}

/** So long after a write that found no room it is taken for full. */
const FULL_FOR_MS = 60_000;

/** Where PostgreSQL says that a commit no longer waits for a standby: an administrator ended the wait. */
const WAIT_FOR_STANDBY = "SyncRepWaitForLSN";

/** It stands on the primary, and a failover may lose it. As after a lost connection, nobody knows what will have come of it. */
class CommitUnconfirmed extends Error {
  readonly code = "08007";
  constructor() {
    super("No standby has confirmed the commit");
  }
}

/** Raised by triggers on all that a rule of sending is read from (migration 0080). */
const RULE_CHANGED = "CZ001";
/**
 * Holds back what is written until this turn of the event loop ends, so that it leaves in one piece: ten statements that
 * are on their way together cost one call of the system and wake the server once.
 */
function sendTogether(client: pg.ClientBase) {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  if (heldBack.has(stream)) return;
  heldBack.add(stream);
  stream.cork();
  process.nextTick(() => {
    heldBack.delete(stream);
    stream.uncork();
  });
}

const heldBack = new WeakSet<Socket>();

/** Rolls back. A connection on which even that fails is not given back to the pool. */
async function rollBack(client: pg.PoolClient, cause: unknown): Promise<Error | undefined> {
  try {
    await client.query("rollback");
    return undefined;
  } catch {
    return cause instanceof Error ? cause : new Error(String(cause));
  }
}

function dbOver(
  client: pg.ClientBase,
  digest?: (text: string) => Buffer,
  timer: (sql: string, sentAt: number) => void = () => {},
): Db {
  const failed = firstOf();
  async function answered<T>(sql: string, asked: Promise<T>): Promise<T> {
    const sentAt = performance.now();
    try {
      return await asked;
    } catch (error) {
      return failed.throwFirst(error);
    } finally {
      timer(sql, sentAt);
    }
  }
  return {
    digest(text: string) {
      if (!digest) throw new Error("this connection knows no key for digests");
      return digest(text).toString("hex");
    },
    async rows<T>(sql: string, params: readonly unknown[] = []) {
      const statement = statementFor(sql);
      sendTogether(client);
      const asked = { name: statement.name, text: sql, values: params.map(bind), rowMode: "array" as const };
      const result = await answered(sql, client.query(asked));
      statement.toObject ??= objectMaker(result.fields.map((field) => camel(field.name)));
      return (result.rows as unknown[][]).map(statement.toObject) as T[];
    },
    async row<T>(sql: string, params: readonly unknown[] = []) {
      const rows = await this.rows<T>(sql, params);
      return rows[0] ?? null;
    },
    async run(sql: string, params: readonly unknown[] = []) {
      sendTogether(client);
      const asked = { name: statementFor(sql).name, text: sql, values: params.map(bind) };
      const result = await answered(sql, client.query(asked));
      if (sql.startsWith("rollback to savepoint")) failed.forget();
      return result.rowCount ?? 0;
    },
    raw: (sql: string, params: readonly unknown[] = []) => answered(sql, client.query(sql, params.map(bind))),
  };
}

const ABORTED = "25P02";

/**
 * Of statements that are on their way together, those behind one that fails fail too, and may be heard first. What went wrong is the
 * first: whether it is worth another try, or has words of its own, goes by it.
 */
function firstOf() {
  let first: unknown;
  return {
    throwFirst(error: unknown): never {
      if ((error as { code?: string }).code === ABORTED && first !== undefined) throw first;
      first = error;
      throw error;
    },
    /** What failed before a savepoint was gone back to says nothing of what fails after it. */
    forget() {
      first = undefined;
    },
  };
}

/** Our own id type has numbers that differ from database to database, so they are asked for once. */
async function learnParsers(pool: pg.Pool): Promise<Map<number, Parse>> {
  const found = await pool.query<{ name: string; oid: number }>(
    "select typname as name, oid::int as oid from pg_type where oid = any(array[to_regtype('ident'), to_regtype('ident[]')]::oid[])",
  );
  return parserFor(new Map(found.rows.map((row) => [row.name, row.oid])));
}
