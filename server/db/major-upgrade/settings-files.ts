// What a person changed in PostgreSQL's own files: settings (also those of ALTER SYSTEM) and who may connect. The files of the new
// database are those of its version, and only what differs is added to them.

import { appendFile, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type pg from "pg";
import type { Log } from "../embedded/site.ts";

type Setting = { file: string; name: string; value: string };

const FILES = ["postgresql.conf", "postgresql.auto.conf"];
const RULES = ["pg_hba.conf", "pg_ident.conf"];
/** They name places of the machine or of the cluster. */
const NOT_CARRIED =
  /^(?:data_directory|config_file|hba_file|ident_file|external_pid_file|restore_command|recovery_.*|primary_.*)$/;

export type Changes = { settings: Setting[]; unknown: string[] };

/** Both servers run. */
export async function readChanges(from: pg.Client, to: pg.Client): Promise<Changes> {
  const [old, here] = [await settingsIn(from), await settingsIn(to)];
  const has = new Set(here.map(({ file, name, value }) => `${file} ${name}=${value}`));
  const changed = old.filter(
    ({ file, name, value }) => !NOT_CARRIED.test(name) && !has.has(`${file} ${name}=${value}`),
  );
  const { rows } = await to.query<{ name: string }>("select name from pg_settings");
  const known = new Set(rows.map(({ name }) => name));
  const isKnown = ({ name }: Setting) => known.has(name) || name.includes(".");
  return {
    settings: changed.filter(isKnown),
    unknown: changed.filter((one) => !isKnown(one)).map(({ name }) => name),
  };
}

async function settingsIn(client: pg.Client): Promise<Setting[]> {
  const { rows } = await client.query<Setting>(
    "select sourcefile as file, name, setting as value from pg_file_settings where error is null and setting is not null order by seqno",
  );
  return rows.map((row) => ({ ...row, file: basename(row.file) })).filter(({ file }) => FILES.includes(file));
}

/** Neither server runs. Answers how to take it back. */
export async function writeChanges(
  oldCluster: string,
  cluster: string,
  { settings, unknown }: Changes,
  log: Log,
) {
  const before = new Map<string, string>();
  for (const file of [...FILES, ...RULES]) before.set(file, await readFile(join(cluster, file), "utf8"));
  for (const file of FILES) {
    const lines = settings
      .filter((one) => one.file === file)
      .map(({ name, value }) => `${name} = '${value.replaceAll("'", "''")}'\n`);
    if (lines.length > 0) await appendFile(join(cluster, file), lines.join(""));
  }
  for (const file of RULES) {
    const old = await readFile(join(oldCluster, file), "utf8");
    if (rulesIn(old) !== rulesIn(before.get(file) ?? "")) await writeFile(join(cluster, file), old);
  }
  if (settings.length > 0)
    log("settings of the database were carried over", { settings: settings.map(({ name }) => name) });
  if (unknown.length > 0)
    log("settings of the database were left out, because the new PostgreSQL does not know them", {
      settings: unknown,
    });
  return async () => {
    for (const [file, content] of before) await writeFile(join(cluster, file), content);
  };
}

function rulesIn(text: string) {
  return text
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim().split(/\s+/).join(" "))
    .filter(Boolean)
    .join("\n");
}
