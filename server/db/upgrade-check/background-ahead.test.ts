import assert from "node:assert/strict";
import { test } from "node:test";
import { backgroundOf } from "../background-migrations/files.ts";
import type { Migration } from "../migration-files.ts";
import type { DatabaseNow } from "./database.ts";
import { migrationsAhead } from "./migrations-ahead.ts";
import { linesOf, reportOf } from "./report.ts";

const MB = 2 ** 20;
const NOW: DatabaseNow = {
  migrations: new Map([[1, "1"]]),
  note: null,
  domains: new Set(),
  tables: new Map([["contacts", { name: "contacts", rows: 100_000, bytes: 60 * MB, indexBytes: 20 * MB }]]),
  through: new Map(),
  ofDomains: new Map(),
  backgroundEnded: new Set(["0001_done"]),
  serverVersion: "18.4",
};
const SQL = "update contacts set rank = 1 where ctid >= $1 and ctid < $2 and rank is null";
const KNOWN = ["0001_done", "0001_under_way", "0002_ranks"].map((name) => backgroundOf(name, SQL));

const migration = (number: number, sql: string): Migration => ({
  number,
  name: `000${number}_step`,
  sql,
  checksum: `${number}`,
});

function reported(migrations: readonly Migration[]) {
  const found = {
    database: "db.example/cadenza",
    runs: true,
    postgresql: "18.4",
    ahead: migrationsAhead(NOW, migrations, KNOWN),
    move: null,
    freeBytes: null,
    settings: [],
    kept: [],
  };
  return reportOf(found, "0.2.0", [], Temporal.PlainDate.from("2027-01-01"));
}

test("what is left for later is told with its size, and does not count as time of the upgrade", () => {
  const report = reported([migration(1, ""), migration(2, "alter table contacts add column rank int")]);
  assert.deepEqual(
    report.background_migrations?.map(({ name, seconds, before }) => [name, seconds, before]),
    [
      ["0001_under_way", 20, null],
      ["0002_ranks", 20, null],
    ],
  );
  assert.equal(report.estimate.seconds, 0);
  assert.deepEqual(
    linesOf(report).filter((line) => line.startsWith("Later:")),
    [
      "Later:      0001_under_way changes rows of contacts (100000 rows, 60 MB): about 20 s, in the background, while emails go out",
      "Later:      0002_ranks changes rows of contacts (100000 rows, 60 MB): about 20 s, in the background, while emails go out",
    ],
  );
});

test("where a migration relies on it, the start waits, and its time counts", () => {
  const relying =
    "-- After the background migration 0002_ranks.\nalter table contacts alter column rank set not null";
  const report = reported([
    migration(1, ""),
    migration(2, "alter table contacts add column rank int"),
    migration(3, relying),
  ]);
  assert.equal(report.estimate.seconds, 21); // and reading each row once
  assert.ok(
    linesOf(report).includes(
      "First:      0002_ranks changes rows of contacts (100000 rows, 60 MB): about 20 s, the start waits for it, because of 0003_step",
    ),
  );
});
