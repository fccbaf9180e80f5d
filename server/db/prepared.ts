// The database of a sandbox that keeps nothing: a copy of one that an earlier start on this machine has made and brought up to date.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "pino";
import type { Config } from "../config.ts";
import { layDown, setAside, takeUp } from "./embedded/prepared-cluster.ts";
import { readMigrations } from "./migration-files.ts";
import { type OpenedDatabase, openDatabase } from "./open.ts";

/** The first start with these migrations prepares it, which costs that start about a second. */
export async function openPrepared(config: Config, log: Logger): Promise<OpenedDatabase> {
  const prepared = join(config.cacheDir, `database-${fingerprint()}`);
  if (!(await layDown(prepared, config.dataDir))) return prepare(prepared, config, log);
  try {
    return await openDatabase(config, log);
  } catch (error) {
    log.warn({ err: error, prepared }, "the prepared database cannot be used, and another one is made");
    await rm(prepared, { recursive: true, force: true });
    await takeUp(config.dataDir);
    return prepare(prepared, config, log);
  }
}

async function prepare(prepared: string, config: Config, log: Logger): Promise<OpenedDatabase> {
  const first = await openDatabase(config, log);
  await first.stop();
  const tell = (error: unknown) =>
    log.debug({ err: error, prepared }, "the database is not kept for the next start");
  const finish = await setAside(prepared, config.dataDir).catch(tell);
  const opened = await openDatabase(config, log);
  const finished = finish?.().catch(tell);
  return {
    ...opened,
    async stop() {
      await opened.stop();
      await finished;
    },
  };
}

/** What such a database was made by. */
function fingerprint() {
  const roles = readFileSync(new URL("roles.sql", import.meta.url), "utf8");
  const hash = createHash("sha256").update(roles);
  for (const { checksum } of readMigrations()) hash.update(checksum);
  return hash.digest("hex").slice(0, 16);
}
