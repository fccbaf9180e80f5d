// What the database holds and what it weighs, by kind of data. Only the operator, or the admin of the only team, may see it: it counts
// all teams. Sizes are PostgreSQL's own; rows are its estimates, since counting a large table takes minutes.

import { statfs } from "node:fs/promises";
import type { Act, App } from "../../../app.ts";
import { fullOn, growthOf } from "../../../domain/basics/storage-growth.ts";
import { type StorageKind, storageKindOf } from "../../../domain/basics/storage-kinds.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { mayConfirm } from "../../gate/clone-guard/commands.ts";
import * as store from "./store.ts";

export async function showStorage(act: Act): Promise<store.Storage> {
  if (!(await mayConfirm(act))) throw new Refusal("operator_only");
  const { app, db, now } = act;
  const kinds = kindsOf(await store.listTables(db));
  const total = await store.databaseBytes(db);
  const today = now.toZonedDateTimeISO("UTC").toPlainDate();
  const days = await store.listDays(db);
  const before = days.filter(({ day }) => Temporal.PlainDate.compare(day, today) < 0);
  const growth = growthOf(before, { day: today, bytes: sum(kinds.map(({ bytes }) => bytes)) });
  const disk = await diskOf(app);
  return {
    at: now,
    bytes: total,
    kinds,
    disk: disk && { ...disk, fullOn: fullOn(today, growth, disk.freeBytes) },
    growth,
    days,
    emails: emailsOf(kinds),
  };
}

const KEPT = { days: 800 };

/** Once an hour; a day has one line a kind. A sandbox has no days that matter. */
export async function noteStorage({ db, now, sandbox }: Pick<App, "db" | "now" | "sandbox">) {
  if (sandbox) return;
  const today = now().toZonedDateTimeISO("UTC").toPlainDate();
  await db.inTransaction(async (db) => {
    const kinds = kindsOf(await store.listTables(db));
    await store.insertSamples(db, today, new Map(kinds.map(({ kind, bytes }) => [kind, bytes])));
    await store.deleteSamplesBefore(db, today.subtract(KEPT));
  });
}

/** The largest first, and so are the tables of each. */
export function kindsOf(tables: readonly store.TableSize[]): store.KindSize[] {
  const byKind = Map.groupBy(tables, ({ schema, name }) => storageKindOf(schema, name));
  return [...byKind]
    .map(([kind, of]) => ({
      kind,
      bytes: sum(of.map(({ bytes }) => bytes)),
      indexBytes: sum(of.map(({ indexBytes }) => indexBytes)),
      rows: sum(of.map(({ rows }) => rows)),
      deadRows: sum(of.map(({ deadRows }) => deadRows)),
      tables: of.toSorted((one, other) => other.bytes - one.bytes),
    }))
    .toSorted((one, other) => other.bytes - one.bytes);
}

/** Known where the database's folder is on this machine. */
async function diskOf({ config }: App) {
  if (config.databaseUrl !== null) return null;
  const found = await statfs(config.dataDir).catch(() => null); // some file systems do not tell
  if (!found || found.blocks === 0) return null;
  return { bytes: found.blocks * found.bsize, freeBytes: found.bavail * found.bsize };
}

/** Below it, tables that are nearly empty would count as the weight of the emails. */
const LEAST_EMAILS = 1000;

/** What an email weighs with all that grows with it: its events, its enrollment, its reply. */
function emailsOf(kinds: readonly store.KindSize[]): store.Storage["emails"] {
  const tables = kinds.flatMap((kind) => kind.tables);
  const count = tables.find(({ schema, name }) => schema === "public" && name === "messages")?.rows ?? 0;
  if (count < LEAST_EMAILS) return null;
  const grown = kinds.filter(({ kind }) => GROW_WITH_EMAILS.has(kind));
  return { count, bytesEach: Math.round(sum(grown.map(({ bytes }) => bytes)) / count) };
}

const GROW_WITH_EMAILS: ReadonlySet<StorageKind> = new Set(["emails", "replies", "enrollments", "events"]);

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
