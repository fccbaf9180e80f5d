// Puts the server together: config, then connections, then callers and the engine. Stops it in the other order. Tests
// start the same server; only main.ts listens to signals.

import { setTimeout as pause } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import pg from "pg";
import type { Logger } from "pino";
import type { App } from "./app.ts";
import { makeCatcher } from "./catcher/catcher.ts";
import { followDatabase, openDatabaseClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { overLostConnections } from "./db/away.ts";
import { findBadRecipient } from "./db/backup-encryption.ts";
import { type ConnectionClock, type ConnectionOptions, connect } from "./db/connect.ts";
import { openJobs } from "./db/jobs.ts";
import { openDatabase } from "./db/open.ts";
import type { DatabaseServers } from "./db/outside.ts";
import { keepNoWal } from "./db/wal-archive/sessions.ts";
import { peaceAsked } from "./domain/basics/retry.ts";
import { OWN_SESSIONS } from "./domain/insight/lock-words.ts";
import { startEngine } from "./engine/loop.ts";
import { startWalArchive } from "./engine/upkeep/archive-wal.ts";
import { startBackups } from "./engine/upkeep/back-up.ts";
import { startBackupCopies } from "./engine/upkeep/copy-backup.ts";
import { startBackgroundMigrations } from "./engine/upkeep/run-background-migrations.ts";
import { rememberCallers } from "./features/access/callers/cache.ts";
import { prepareInstallation } from "./features/administration/installation/commands.ts";
import { openSandbox } from "./features/administration/installation/sandbox.ts";
import { findInstallation } from "./features/administration/installation/store.ts";
import { writeFormerClaims } from "./features/contacts/suppressions/claims-backfill.ts";
import { openRefusedCalls, type RefusedCalls } from "./features/events/refused-calls/recorder.ts";
import { strictPlan } from "./features/identity/sandbox-profiles/commands.ts";
import { type Counter, openCounter } from "./features/identity/usage/counter.ts";
import { allRoutes, allVisits } from "./features/index.ts";
import { isTrackingDomain } from "./features/mailboxes/tracking-domains/store.ts";
import { keeperOf } from "./features/sending/catcher/caught-mails.ts";
import { hasCatcherMailboxes } from "./features/sending/catcher/store.ts";
import { apiFault } from "./features/sending/sandbox-faults/commands.ts";
import { mountBackups } from "./http/backups.ts";
import { mountDocs } from "./http/docs.ts";
import type { CallToFault } from "./http/faults.ts";
import { mountHelp } from "./http/help.ts";
import { callerOf } from "./http/in-process.ts";
import { listening, refuseTakenPorts } from "./http/ports.ts";
import { mountProbes } from "./http/probes.ts";
import { mountVisits } from "./http/public-links.ts";
import { closeServer, openServer } from "./http/server.ts";
import { tellStatement, traceCalls } from "./http/traces.ts";
import { mountTrackingHosts } from "./http/tracking-hosts.ts";
import { openWaitingPage } from "./http/waiting-page.ts";
import { mountWeb } from "./http/web.ts";
import {
  refuseUnusableBackupFolder,
  refuseUnusableFolder,
  refuseUnusableWalFolder,
} from "./kernel/data-folder.ts";
import { countJob, NO_METRICS } from "./kernel/metrics.ts";
import { openSecrets } from "./kernel/secrets.ts";
import { NO_TRACES, traceJob } from "./kernel/traces.ts";
import { openMail } from "./mail/door.ts";
import { readAllowEntry } from "./network-policy/addresses.ts";
import { openBucket } from "./object-storage/bucket.ts";
import { NO_DNS, openDns } from "./outgoing/dns.ts";
import { openOutgoing } from "./outgoing/door.ts";
import { makeWake } from "./runtime/wakeable-loop.ts";
import { openClock, openCrashPoints } from "./seams.ts";
import { BadConfiguration } from "./setting-values.ts";
import { openMetrics, probesOf, sendTraces } from "./watching.ts";

export type Running = {
  app: App;
  url: string;
  setupUrl: string | null;
  stop(): Promise<void>;
};

/** How long running requests and jobs get at a stop. Together they stay under the 15 s we promise. */
const REQUESTS_GRACE_MS = 5_000;
const JOBS_GRACE_MS = 5_000;
const DATABASE_GRACE_MS = 2_000; // the pool waits for ever for a request that was cut off in its transaction

/** All is loaded and wired before `beforeAnswering`; no caller waits yet, and the engine rests. */
export async function start(
  config: Config,
  log: Logger,
  beforeAnswering: (app: App) => void | Promise<void> = () => {},
  database = openDatabase,
): Promise<Running> {
  const undo: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    await refuseTakenPorts(config);
    if (config.role !== "engine" || !config.databaseUrl) refuseUnusableFolder(config.dataDir);
    if (config.backup && config.role !== "api" && !config.sandbox)
      refuseUnusableBackupFolder(config.backup.folder);
    if (config.walArchive && !config.sandbox) refuseUnusableWalFolder(config.walArchive.folder);
    await refuseBadRecipient(config);
    const { app, owner, isEmbedded, ...accounts } = await openDoors(config, log, undo, database);
    const { setupUrl } = await prepareInstallation(app);
    if (isEmbedded && !app.sandbox) undo.push(await startArchive(app, owner)); // it ends last, with all that was written
    await writeFormerClaims(app);
    app.ownApi = openedOnce(async () => callerOf(openCalls(app, accounts).server, null));
    await app.catcher.open();
    const metrics = config.metrics && (await openMetrics(app));
    const answers = config.role !== "engine";
    const [server] = await Promise.all([
      answers && openToCallers(app, accounts, owner, metrics?.countCalls),
      app.sandbox?.snapshots.keepBeginning(app.now()), // before anybody is answered
    ]);
    await beforeAnswering(app);
    const url = server ? await answerCallers(server, config, undo) : "";
    if (config.role !== "api")
      undo.push(
        await startEngine(app),
        startBackups(app, owner),
        startBackupCopies(app),
        startBackgroundMigrations(app, owner),
      );
    if (config.metrics && metrics) undo.push(await metrics.serve(config.metrics));
    return { app, url, setupUrl: answers ? setupUrl : null, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startArchive(app: App, owner: ConnectionOptions): Promise<() => Promise<void>> {
  const plan = app.config.walArchive;
  if (!plan) {
    await keepNoWal(owner); // it may have been on before
    return async () => {};
  }
  const archive = await startWalArchive(app, owner, plan);
  app.walArchive = archive.status;
  return archive.stop;
}

async function refuseBadRecipient({ backup }: Config) {
  if (!backup || backup.recipients.length === 0) return;
  const bad = await findBadRecipient(backup.recipients);
  if (bad !== null)
    throw new BadConfiguration(
      `CADENZA_BACKUP_RECIPIENT must be public keys of age (age1…), not "${bad}": it is misspelt or incomplete.`,
    );
}

/** The doors alone, for a program that neither answers callers nor works for them. */
export async function openHouse(config: Config, log: Logger): Promise<{ app: App; close(): Promise<void> }> {
  const undo: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const { app } = await openDoors({ ...config, role: "api" }, log, undo, openDatabase);
    return { app, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openDoors(
  config: Config,
  log: Logger,
  undo: (() => Promise<void>)[],
  reachDatabase: typeof openDatabase,
) {
  let moved = (): ConnectionClock => ({ aheadMs: 0 });
  let traces = () => NO_TRACES;
  const clock = openDatabaseClock();
  openCrashPoints(config.seams);
  const waiting = config.role === "engine" ? null : openWaitingPage(config);
  const database = await reachDatabase(config, log, waiting?.show).finally(() => waiting?.close());
  undo.push(database.stop);
  const named = { ...database.app, application_name: OWN_SESSIONS[config.role] };
  const db = await connect(named, {
    size: config.databaseConnections,
    onError: (error) => log.warn({ err: error }, "a database connection was lost"),
    clock: () => moved(),
    mayForget: config.sandbox?.isKept === false,
    needsStandby: config.failover === "synchronous",
    digest: (text) => secrets.digest(text),
    ...(config.slowStatementMs > 0 && {
      slow: {
        fromMs: config.slowStatementMs,
        tell: (slow) => {
          const { teamId, ...facts } = slow;
          log.warn({ ...facts, team: teamId ?? undefined }, "slow statement");
          tellStatement(traces(), slow);
        },
      },
    }),
  });
  undo.push(() => Promise.race([db.close(), pause(DATABASE_GRACE_MS, undefined, { ref: false })]));
  undo.push(await followDatabase(clock, () => db.time()));
  const known = await db.inTransaction(findInstallation);
  const sandbox = openSandbox(config, db, known, clock.now(), database.owner);
  const secrets = openSecrets(config.keyFile, !known?.keyFingerprint);
  const jobs = await openJobs(database.app, {
    works: config.role !== "api",
    log,
    around: (queue, run) => countJob(app.metrics, queue, () => traceJob(app.traces, queue, run)),
  });
  undo.push(() => jobs.stop(JOBS_GRACE_MS));

  const ownDatabase = database.servers;
  const mailAllow = [...config.mailAllow];
  const outgoing = openOutgoing(
    sandbox
      ? { allowed: [...config.webhookAllow, ...THIS_MACHINE], ownDatabase, onlyListed: true }
      : { allowed: config.webhookAllow, ownDatabase },
  );
  const mail = openMail({ ...config, mailAllow }, ownDatabase, {
    now: () => app.now(),
    unmoved: sandbox ? sandbox.now : clock.now, // the mail server of a sandbox goes by its time
    apis: {
      outgoing,
      urls: { graph: config.graphUrl, gmail: config.gmailUrl },
      waitAsked: (status, retryAfter) => peaceAsked(status, retryAfter, app.now()),
    },
  });
  const app: App = {
    config,
    db,
    jobs,
    secrets,
    mail,
    catcher: makeCatcher({
      isWanted: async () => config.catcher ?? (await db.inTransaction(hasCatcherMailboxes)),
      keeper: keeperOf(() => app),
      allow: (host, port) => void mailAllow.push({ host, port }),
    }),
    outgoing,
    bucket: sandbox ? null : bucketOf(config, ownDatabase, clock.now),
    dns: sandbox ? NO_DNS : openDns(config),
    database: { servers: ownDatabase, name: new pg.Client(database.app).database ?? "" },
    log,
    metrics: NO_METRICS,
    traces: NO_TRACES,
    now: sandbox ? sandbox.now : openClock(config.seams, clock.now),
    timeStands: sandbox !== null,
    sandbox,
    ownApi: () => Promise.reject(new Error("this process opens no API")),
    forgetCallers: () => {},
    undeclaredProxy: null,
    walArchive: null,
    workflows: makeWake(),
  };
  traces = () => app.traces;
  undo.push(() => app.catcher.close());
  if (config.traces) undo.push(await sendTraces(app, config.traces, ownDatabase));
  undo.push(() => mail.close()); // first, or the catcher waits for those who are connected to it
  moved = () => {
    if (app.timeStands) return { standsAt: app.now() };
    return { aheadMs: app.now === clock.now ? 0 : aheadOf(app.now(), clock.now()) };
  };
  const counter = openCounter(app);
  undo.push(counter.stop);
  const refused = openRefusedCalls(app);
  undo.push(refused.stop);
  return { app, counter, refused, owner: database.owner, isEmbedded: database.kind === "embedded" };
}

/** The operator names its host, so it may be a private one. It goes by the real time: a signature of another time is refused. */
function bucketOf({ backup }: Config, ownDatabase: DatabaseServers, now: () => Temporal.Instant) {
  if (!backup?.bucket) return null;
  const { host, port } = backup.bucket;
  const outgoing = openOutgoing({ allowed: [{ host, port }], ownDatabase });
  return openBucket(backup.bucket, {
    outgoing,
    now,
    pause: (ms, signal) => pause(ms, undefined, { signal }),
  });
}

/** Programs that are tested with a sandbox, and what its webhooks call. */
const THIS_MACHINE = ["127.0.0.0/8", "::1"].flatMap((text) => readAllowEntry(text) ?? []);

/** Only tests move it. */
function aheadOf(now: Temporal.Instant, unmoved: Temporal.Instant) {
  return Math.round(now.since(unmoved).total("milliseconds"));
}

type Accounts = { counter: Counter; refused: RefusedCalls };

/** The API alone, without a port: what a caller from outside meets, and what this process calls for a team that moves in. */
function openCalls(app: App, { counter, refused }: Accounts) {
  const callers = rememberCallers(app, counter.noteUse);
  const server = openServer(app, {
    routes: allRoutes(counter),
    usage: counter,
    tellRefused: refused.tell,
    identify: callers.identify,
    ...(app.sandbox && {
      faultOf: faultsOf(app),
      strictOf: (teamId: string) => strictPlan(app, teamId),
    }),
  });
  return { server, callers };
}

/** A process of the engine opens its API when the first team moves in. */
function openedOnce<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | null = null;
  return () => {
    opened ??= open();
    return opened;
  };
}

async function openToCallers(
  app: App,
  accounts: Accounts,
  owner: ConnectionOptions,
  countCalls: ((server: FastifyInstance) => void) | undefined,
) {
  const { config } = app;
  const { server, callers } = openCalls(app, accounts);
  const { refused } = accounts;
  app.forgetCallers = callers.forget;
  app.ownApi = async () => callerOf(server, null);
  countCalls?.(server);
  traceCalls(app.traces, server);
  mountTrackingHosts(server, {
    publicUrl: config.publicUrl,
    isTrackingDomain: (name) => app.db.inTransaction((db) => isTrackingDomain(db, name)),
  });
  mountProbes(server, app, probesOf(app));
  mountDocs(server);
  await mountHelp(server);
  mountVisits(server, app, allVisits);
  await mountBackups(server, app, {
    owner,
    identify: callers.identify,
    tellRefused: refused.tell,
    async afterRestore() {
      await overLostConnections(() => prepareInstallation(app));
      app.forgetCallers();
    },
  });
  await mountWeb(server, config);
  return server;
}

function faultsOf(app: App) {
  return async (teamId: string, call: CallToFault) => (await apiFault(app, teamId, call))?.settings ?? null;
}

async function answerCallers(server: FastifyInstance, config: Config, undo: (() => Promise<void>)[]) {
  await listen(server, config);
  undo.push(() => closeServer(server, REQUESTS_GRACE_MS));
  return addressOf(server, config);
}

async function listen(server: FastifyInstance, { port, host }: Config) {
  await listening(() => server.listen({ port, host }), { port, host, setting: "PORT" });
}

/** With PORT=0 the system has chosen the port, and tests want to know which. */
function addressOf(server: FastifyInstance, config: Config) {
  const address = server.server.address();
  const port = typeof address === "object" && address ? address.port : config.port;
  return `http://localhost:${port}`;
}
