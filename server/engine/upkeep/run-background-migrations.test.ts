import assert from "node:assert/strict";
import { test } from "node:test";
import { backgroundOf } from "../../db/background-migrations/files.ts";
import { unfinishedBackground } from "../../features/insight/installation/background-store.ts";
import { figuresOf } from "../../features/insight/installation/figures.ts";
import { gatherFigures } from "../../features/insight/installation/gathering.ts";
import { asOwner } from "../../testing/wire.ts";
import { useWorld } from "../../testing/world.ts";
import { runWaiting } from "./run-background-migrations.ts";

const world = useWorld({ role: "api" });

const LENGTHS = backgroundOf(
  "0997_lengths",
  "update words set length = 10 / length(word) where ctid >= $1 and ctid < $2 and length is null",
);
const DOUBLES = backgroundOf(
  "0998_doubles",
  "update words set word = word || word where ctid >= $1 and ctid < $2 and length(word) = 1",
);
const KNOWN = [LENGTHS, DOUBLES];

const run = () => runWaiting(world.running.app, world.ownerConnection, KNOWN);
const unfinished = () => world.running.app.db.inTransaction(unfinishedBackground);
const ask = async (sql: string) => (await asOwner(world, (client) => client.query(sql))).rows;

test("one that is stuck is told, does not stop the next, and is tried again after 15 minutes", async (t) => {
  await ask("create table words (word text not null, length int)");
  t.after(() => ask("drop table words; delete from background_migrations where number >= 997"));
  await ask("insert into words values ('bird'), (''), ('a')");

  assert.equal(await run(), 1); // the second of the two
  assert.deepEqual(await ask("select word from words order by 1"), [
    { word: "" },
    { word: "aa" },
    { word: "bird" },
  ]);
  const [stuck, ...others] = await unfinished();
  assert.deepEqual(others, []);
  assert.deepEqual([stuck?.name, stuck?.error, stuck?.changed], ["0997_lengths", "division by zero", 0]);

  const figures = figuresOf(await gatherFigures(world.running.app));
  const told = figures.filter(({ name }) => name === "cadenza_background_migrations");
  assert.deepEqual(
    told.map(({ labels, value }) => [labels?.state, value]),
    [
      ["running", 0],
      ["stuck", 1],
    ],
  );

  await ask("update words set word = 'ox' where word = ''");
  assert.equal(await run(), 0);
  await ask(
    "update background_migrations set moved_at = moved_at - interval '15 minutes' where number = 997",
  );
  assert.equal(await run(), 1);
  assert.deepEqual(await ask("select word, length from words order by 1"), [
    { word: "aa", length: 5 },
    { word: "bird", length: 2 },
    { word: "ox", length: 5 },
  ]);
  assert.deepEqual(await unfinished(), []);
});

test("while another process is at it, this one leaves it alone", async (t) => {
  await ask("create table words (word text not null, length int)");
  t.after(() => ask("drop table words; delete from background_migrations where number >= 997"));
  await ask("insert into words values ('bird')");
  const letGo = await world.running.app.db.holdAlone("background migrations");
  assert.equal(await run(), 0);
  await letGo?.();
  assert.equal(await run(), 2);
});
