// Background jobs on pg-boss: put there in the caller's own transaction, so a job exists exactly
// when the rows it is about do. A worker that dies stops its heartbeat, and its job is taken over.
//
// Steps of a sequence are not jobs: there, the row is the job (docs/understand/architecture.md).

import type pg from "pg";
import { PgBoss, type Queue } from "pg-boss";
import type { Logger } from "pino";
import type { ConnectionOptions, Db } from "./connect.ts";
import { beginSession } from "./sessions.ts";

/** Every queue there is. Run twice, a job must do no harm: retries are how crashes heal. */
export const queues = {
  sweep: { policy: "exclusive", retryLimit: 3, retryBackoff: true, expireInSeconds: 600 },
  // Long work counts its own failures; what pg-boss retries is a worker that died or a database that was away.
  progress: {
    policy: "standard",
    retryLimit: 50,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 60,
    expireInSeconds: 86_000,
  },
  "enrichment-request": {
    policy: "standard",
    retryLimit: 10,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: 3_600,
    expireInSeconds: 600,
  },
  "pause-newcomers": {
    policy: "standard",
    retryLimit: 50,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 60,
    expireInSeconds: 600,
  },
  "plant-sample": { policy: "standard", retryLimit: 3, retryBackoff: true, expireInSeconds: 600 },
} as const satisfies Record<string, Omit<Queue, "name">>;

export type QueueName = keyof typeof queues;

export type Jobs = {
  /** Within the transaction of `db`: rolled back with it, and not seen by a worker before it commits. */
  enqueue(
    db: Db,
    queue: QueueName,
    data: Record<string, unknown>,
    options?: { after?: Temporal.Instant; once?: string },
  ): Promise<void>;
  work(
    queue: QueueName,
    handle: (data: Record<string, unknown>, signal: AbortSignal) => Promise<void>,
    options?: { atOnce?: number },
  ): Promise<void>;
  /** Runs a queue by the clock, on one process of all, and once for all runs missed while none was up. */
  schedule(queue: QueueName, cron: string): Promise<void>;
  stop(graceMs: number): Promise<void>;
};

// A job's heartbeat: after this long without one, another worker may take the job. pg-boss allows no less than 10.
const HEARTBEAT_SECONDS = 10;

// New jobs wake a worker. Retries, jobs whose time has come and jobs that a dead worker left wake none, and pg-boss
// by itself looks for those every 30 s.
const LOOKS_EVERY = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 2 };

const NOTICES_A_DEAD_WORKER = { monitorIntervalSeconds: 2, superviseIntervalSeconds: 2 };

/** Done by the owner at migration: the tables, the queues, and the application's right to use them. */
export async function createJobTables(client: pg.Client) {
  const boss = new PgBoss({ db: executorOver(client), supervise: false, schedule: false, reindex: false });
  boss.on("error", () => {}); // start() and createQueue() reject on their own
  await boss.start();
  for (const [name, options] of Object.entries(queues)) {
    const wanted = { ...options, notify: true, heartbeatSeconds: HEARTBEAT_SECONDS };
    if (await boss.getQueue(name)) {
      const { policy: _, ...changeable } = wanted;
      await boss.updateQueue(name, changeable);
    } else await boss.createQueue(name, wanted);
  }
  await boss.stop({ graceful: false, close: false });
  await client.query(`
    grant usage on schema pgboss to cadenza_app;
    grant select, insert, update, delete on all tables in schema pgboss to cadenza_app;
    grant usage on all sequences in schema pgboss to cadenza_app;
    grant execute on all functions in schema pgboss to cadenza_app;
  `);
}

/** `works` is false for a process that only answers callers: it enqueues and runs nothing. */
export async function openJobs(
  connection: ConnectionOptions,
  options: {
    works: boolean;
    log: Logger;
    /** Each job that this process runs is run by it. */
    around?(queue: QueueName, run: () => Promise<void>): Promise<void>;
  },
): Promise<Jobs> {
  const { around = (_queue, run) => run() } = options;
  const boss = new PgBoss({
    ...bossConnection(connection),
    max: options.works ? 4 : 1,
    application_name: "cadenza-jobs",
    migrate: false,
    createSchema: false,
    supervise: options.works,
    schedule: options.works,
    useListenNotify: options.works,
    reindex: false, // the application's role owns no index
    monitorVacuum: false,
    ...NOTICES_A_DEAD_WORKER,
  });
  boss.on("error", (error) => options.log.error({ err: error }, "the job runner had an error"));
  boss.on("warning", (warning) => options.log.warn({ warning }, "the job runner reports a warning"));
  await boss.start();

  return {
    async enqueue(db, queue, data, { after, once } = {}) {
      await boss.send(queue, data, {
        db: { executeSql: (text, values) => db.raw(text, values) },
        ...(after && { startAfter: new Date(after.epochMilliseconds) }),
        ...(once && { singletonKey: once }),
      });
    },
    async work(queue, handle, { atOnce = 1 } = {}) {
      const looks = { batchSize: 1, ...LOOKS_EVERY };
      for (let n = 0; n < atOnce; n++) {
        const worker: string = await boss.work<Record<string, unknown>>(queue, looks, async ([job]) => {
          if (!job) return;
          // After a job a worker sleeps until its next look, whatever else is waiting. Woken now, while
          // it is busy, it looks again as soon as this one is done.
          boss.notifyWorker(worker);
          await around(queue, () => handle(job.data ?? {}, job.signal));
        });
      }
    },
    async schedule(queue, cron) {
      await boss.schedule(queue, cron, {}, { tz: "UTC", missed: "once" });
    },
    stop: (graceMs) => boss.stop({ graceful: true, timeout: graceMs, close: true }),
  };
}

function bossConnection({
  connectionString,
  host,
  port,
  user,
  password,
  database,
  ssl,
  stream,
  options,
}: ConnectionOptions) {
  const onConnect = (client: pg.ClientBase) => beginSession(client); // the pool's own option
  const given = { onConnect, connectionString, host, port, user, password, database, ssl, stream, options };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as object;
}

function executorOver(client: pg.ClientBase) {
  return { executeSql: async (text: string, values?: unknown[]) => client.query(text, values) };
}
