// What every room is handed: the app (the doors and the clock), who is calling, and the act
// being carried out.

import type { Logger } from "pino";
import type { Catcher } from "./catcher/catcher.ts";
import type { Config } from "./config.ts";
import type { Database, Db } from "./db/connect.ts";
import type { Jobs } from "./db/jobs.ts";
import type { DatabaseServers } from "./db/outside.ts";
import type { WalArchiveStatus } from "./db/wal-archive/status.ts";
import type { Metrics } from "./kernel/metrics.ts";
import type { Secrets } from "./kernel/secrets.ts";
import type { Traces } from "./kernel/traces.ts";
import type { MailService } from "./mail/door.ts";
import type { Bucket } from "./object-storage/bucket.ts";
import type { Dns } from "./outgoing/dns.ts";
import type { Outgoing } from "./outgoing/door.ts";
import type { Wake } from "./runtime/wakeable-loop.ts";
import type { Sandbox } from "./sandbox-time.ts";

export type App = {
  config: Config;
  db: Database;
  jobs: Jobs;
  secrets: Secrets;
  mail: MailService;
  catcher: Catcher;
  outgoing: Outgoing;
  /** Where backups are copied; null: nowhere. */
  bucket: Bucket | null;
  dns: Dns;
  /** Where Cadenza's own database is, for callers who may see it. Several servers: one of them takes writes. */
  database: { servers: DatabaseServers; name: string };
  log: Logger;
  /** What is counted for Prometheus; nothing where metrics are off. */
  metrics: Metrics;
  /** What is told to an OpenTelemetry collector; nothing where traces are off. */
  traces: Traces;
  /** The only clock. Under test it is moved by hand; nothing else may ask what time it is. */
  now(): Temporal.Instant;
  /** It goes on only when it is moved, as a sandbox's does, and the database's stands with it. */
  timeStands: boolean;
  /** Null: this is no sandbox. */
  sandbox: Sandbox | null;
  /** Calls our own API without a socket, for a team that moves in; with a key, like every caller. */
  ownApi(): Promise<typeof fetch>;
  /** Called after commit by whatever changes who may call. */
  forgetCallers(): void;
  /** The address of a proxy that forwards to us and is not declared; null while none has been seen. */
  undeclaredProxy: string | null;
  /** How the archive of the embedded database's WAL is doing; null where no WAL is archived. */
  walArchive: (() => WalArchiveStatus) | null;
  /** Woken after commit by code that lets a workflow run now. */
  workflows: Wake;
};

export type Caller = {
  teamId: string;
  /** Whom the call acts as. */
  userId: string;
  role: "admin" | "member";
  /** May open further teams on this installation. */
  isOperator: boolean;
  credential:
    | { kind: "key"; id: string; isMaster: boolean; scopes: readonly string[] }
    | { kind: "session"; id: string }
    /** Of an application, by what a person has granted it. */
    | { kind: "token"; id: string; applicationId: string; scopes: readonly string[] }
    | { kind: "engine"; id: null };
};

/** Where a request came from, for the audit log. */
export type Origin = {
  requestId: string | null;
  address: string | null;
  cause: string;
  /** The workflows that led here, the first one first. */
  chain?: readonly string[];
};

/**
 * One request (or one piece of the engine's work) being carried out: inside one transaction,
 * for one team, at one moment. Commands take it first. The door that opened it commits it,
 * so a command never does, and two commands in one act succeed or fail together.
 */
export type Act = {
  app: App;
  db: Db;
  now: Temporal.Instant;
  origin: Origin;
  caller: Caller;
  /** A dry run: everything is done, and then rolled back. */
  isDryRun: boolean;
  /** Who says what is written down, where that is not the caller: a file. */
  saidBy?: { source: string; sourceId: string };
  /** It is rolled back in any case. The sequence is not locked, so others who add contacts to it need not wait. */
  holdsNobody?: true;
  /** Runs once the act is committed, and not at all if it is not. For caches and wake-ups only. */
  afterCommit(effect: () => void): void;
};
