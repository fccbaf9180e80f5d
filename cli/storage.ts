// `cadenza storage`: what the database holds, what takes the space, how fast it grows, and when the disk would be full.

import type { Output } from "@cadenza/sdk";
import { newCommand } from "./building.ts";
import type { Common } from "./connection.ts";
import type { Flow } from "./flows.ts";
import { jsonOf, tableOf } from "./table.ts";

type Storage = Output<"installation", "storage">["storage"];

export const storage: Flow = {
  name: "storage",
  add(program, session, _finish, common) {
    program.addCommand(
      common(newCommand("storage"))
        .description("Show what the database holds, what takes the space, and when its disk would be full.")
        .option("--tables", "Show each table")
        .action(async (options: Common & { tables?: boolean }) => {
          session.choose(options);
          const { storage } = await (await session.api()).installation.storage();
          if (options.json) return session.say(jsonOf({ storage }));
          session.say(told(storage, options.tables === true));
        }),
    );
  },
};

function told(storage: Storage, byTable: boolean) {
  const { kinds, database_bytes, disk, growth, emails } = storage;
  const parts = byTable
    ? kinds.flatMap(({ kind, tables }) => tables.map(({ name, ...size }) => ({ table: name, kind, ...size })))
    : kinds;
  const rows = parts.map(({ bytes, index_bytes, rows, dead_rows, ...named }) => ({
    ...("table" in named ? { table: named.table } : {}),
    kind: named.kind.replaceAll("_", " "),
    size: sizeText(bytes),
    of_it_indexes: sizeText(index_bytes),
    share: `${Math.round((100 * bytes) / database_bytes)} %`,
    rows: figure(rows),
    bytes_a_row: rows > 0 ? figure(Math.round(bytes / rows)) : "",
    dead_rows: figure(dead_rows),
  }));
  const lines = [
    tableOf(rows, { width: Number.POSITIVE_INFINITY, columns: Object.keys(rows[0] ?? {}) }),
    "",
    `Database: ${sizeText(database_bytes)}.${emails ? ` An email takes ${figure(emails.bytes_each)} bytes, with enrollments, replies and events.` : ""}`,
    growth
      ? `Growth: ${growth.bytes_per_day < 0 ? "-" : ""}${sizeText(Math.abs(growth.bytes_per_day))} a day since ${growth.since}.`
      : "Growth: known once Cadenza has run for three days.",
  ];
  if (disk) lines.push(diskText(disk));
  return lines.join("\n");
}

export function diskText({ free_bytes, total_bytes, full_on }: NonNullable<Storage["disk"]>) {
  const free = `Disk: ${sizeText(free_bytes)} of ${sizeText(total_bytes)} are free.`;
  return full_on ? `${free} At this pace it is full on ${full_on}.` : free;
}

const UNITS = ["bytes", "kB", "MB", "GB", "TB"];

export function sizeText(bytes: number) {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** power;
  return `${power > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} ${UNITS[power]}`;
}

const figure = (n: number) => Math.round(n).toLocaleString("en");
