// Which database this is: our own, started here, or an external one, by DATABASE_URL. Either way the owner's
// connection migrates and closes, and the product works as cadenza_app.

import pg from "pg";
import type { Logger } from "pino";
import type { Config } from "../config.ts";
import type { ConnectionOptions } from "./connect.ts";
import { refuseUnsafeSettings } from "./embedded/durability.ts";
import { startEmbedded } from "./embedded/server.ts";
import { migrate } from "./migrate.ts";
import { onceReached } from "./waiting.ts";

type OpenedDatabase = {
  app: ConnectionOptions;
  owner: ConnectionOptions;
  kind: "embedded" | "external";
  /** Stops our own server; an external one is left alone. */
  stop(): Promise<void>;
};

export async function openDatabase(config: Config, log: Logger): Promise<OpenedDatabase> {
  const { databaseUrl } = config;
  if (databaseUrl)
    return onceReached(
      log,
      () => broughtUpToDate(log, () => reachExternal(databaseUrl)),
      config.databaseWaitMs,
    );
  return broughtUpToDate(log, () => startOwn(config, log));
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
    throw error;
  }
}

async function startOwn(config: Config, log: Logger) {
  const server = await startEmbedded({
    dataDir: config.dataDir,
    log: (message, facts) => log.info(facts ?? {}, message),
  });
  const { appPassword } = server;
  const app = { ...server.owner, user: "cadenza_app", password: appPassword };
  return { owner: server.owner, app, appPassword, kind: "embedded" as const, stop: () => server.stop() };
}

/** Works as cadenza_app from the first byte: the role is set by the connection itself, not after it. */
async function reachExternal(databaseUrl: string) {
  const owner = { connectionString: databaseUrl };
  const client = new pg.Client({ ...owner, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {}); // a lost connection rejects the query that was running
  await client.connect();
  try {
    await refuseUnsafeSettings(client);
  } finally {
    await client.end();
  }
  const app = { connectionString: databaseUrl, options: "-c role=cadenza_app" };
  return { owner, app, appPassword: null, kind: "external" as const, stop: async () => {} };
}
