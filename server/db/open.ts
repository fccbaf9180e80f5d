// Which database this is: our own, started here, or an external one, by DATABASE_URL. Either way the owner's
// connection migrates and closes, and the product works as cadenza_app.

import type { Logger } from "pino";
import type { Config } from "../config.ts";
import type { ConnectionOptions } from "./connect.ts";
import { startEmbedded } from "./embedded/server.ts";
import { asMissingRight } from "./fitness.ts";
import { keepPrograms } from "./major-upgrade/keep-programs.ts";
import { type UpgradeProgress, upgradeMajor } from "./major-upgrade/upgrade.ts";
import { migrate } from "./migrate.ts";
import { type DatabaseServers, reachOutside } from "./outside.ts";
import { onceReached } from "./waiting.ts";

export type OpenedDatabase = {
  app: ConnectionOptions;
  owner: ConnectionOptions;
  kind: "embedded" | "external";
  servers: DatabaseServers;
  /** Stops our own server; an external one is left alone. */
  stop(): Promise<void>;
};

/** `show` is told how far the move to a newer PostgreSQL is, while there is one. */
export async function openDatabase(
  config: Config,
  log: Logger,
  show?: (progress: UpgradeProgress) => void,
): Promise<OpenedDatabase> {
  const { databaseUrl } = config;
  if (databaseUrl)
    return onceReached(
      log,
      () => broughtUpToDate(log, () => openOutside(databaseUrl, log)),
      config.databaseWaitMs,
    );
  return broughtUpToDate(log, () => startOwn(config, log, show));
}

async function broughtUpToDate(
  log: Logger,
  open: () => Promise<OpenedDatabase & { appPassword: string | null }>,
): Promise<OpenedDatabase> {
  const opened = await open();
  try {
    const applied = await migrate(opened.owner, opened.appPassword);
    if (applied.length > 0) log.info({ applied }, "the database was brought up to date");
    return opened;
  } catch (error) {
    await opened.stop();
    throw opened.kind === "external" ? asMissingRight(error) : error;
  }
}

async function startOwn(config: Config, log: Logger, show?: (progress: UpgradeProgress) => void) {
  const { dataDir, oldPrograms } = config;
  const say = (message: string, facts?: Record<string, unknown>) => log.info(facts ?? {}, message);
  const before = await upgradeMajor({ dataDir, oldPrograms, log: say, ...(show && { show }) });
  if (before !== null && config.walArchive)
    log.info(
      { folder: config.walArchive.folder },
      `the WAL archive up to now belongs to PostgreSQL ${before}: this version of Cadenza cannot recover from it. A base backup of the new database is made now`,
    );
  const server = await startEmbedded({ dataDir, log: say });
  const endKeeping = config.sandbox ? async () => {} : keepPrograms(dataDir, server.programs, say);
  const { appPassword } = server;
  const app = { ...server.owner, user: "cadenza_app", password: appPassword };
  const servers: DatabaseServers = [{ host: server.owner.host, port: server.owner.port }];
  return {
    owner: server.owner,
    app,
    appPassword,
    kind: "embedded" as const,
    servers,
    async stop() {
      await endKeeping();
      await server.stop();
    },
  };
}

/** The product's sessions take on their role when they begin (`sessions.ts`). */
async function openOutside(databaseUrl: string, log: Logger) {
  const { connection, servers } = await reachOutside(databaseUrl, log).catch((error) => {
    throw asMissingRight(error);
  });
  const rest = { appPassword: null, kind: "external" as const, servers, stop: async () => {} };
  return { owner: connection, app: connection, ...rest };
}
