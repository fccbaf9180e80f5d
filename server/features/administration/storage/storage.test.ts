import assert from "node:assert/strict";
import { test } from "node:test";
import { storageKindOf } from "../../../domain/basics/storage-kinds.ts";
import { asOwner } from "../../../testing/owner.ts";
import { refused, useWorld } from "../../../testing/world.ts";
import { noteStorage } from "./commands.ts";

const world = useWorld({ role: "api" });
const show = async () => (await world.operator.installation.storage()).storage;

test("each table of the database belongs to a kind of data", async () => {
  const { kinds } = await show();
  const other = kinds.find(({ kind }) => kind === "other");
  assert.deepEqual(other?.tables.map(({ name }) => name) ?? [], []);
  const names = kinds.flatMap(({ tables }) => tables.map(({ name }) => name));
  for (const name of ["contacts", "messages", "storage_samples", "pgboss.job_common"])
    assert.ok(names.includes(name), name);
  assert.equal(new Set(names).size, names.length);
  assert.equal(storageKindOf("public", "not_ours"), "other");
});

test("kinds and tables are shown by size, and their sizes add up", async () => {
  const { kinds, database_bytes, disk } = await show();
  const sizes = kinds.map(({ bytes }) => bytes);
  assert.deepEqual(
    sizes,
    sizes.toSorted((one, other) => other - one),
  );
  for (const { kind, bytes, index_bytes, tables } of kinds) {
    assert.equal(
      bytes,
      tables.reduce((sum, table) => sum + table.bytes, 0),
      kind,
    );
    assert.ok(index_bytes < bytes, kind);
  }
  assert.ok(sizes.reduce((sum, bytes) => sum + bytes, 0) < database_bytes);
  assert.equal(disk, null, "the database of tests is named by an address");
});

test("rows are seen once PostgreSQL has counted them", async () => {
  const rows = async () => {
    const { kinds } = await show();
    return kinds.flatMap(({ tables }) => tables).find(({ name }) => name === "messages")?.rows;
  };
  const before = await rows();
  const api = await world.newTeam();
  await api.api.contacts.bulkCreate({
    contact_attributes: Array.from({ length: 60 }, (_, at) => ({
      first_name: `P${at}`,
      email: `p${at}@storage.test`,
    })),
  });
  await asOwner(world, (client) => client.query("analyze contacts"));
  const { kinds } = await show();
  const contacts = kinds.flatMap(({ tables }) => tables).find(({ name }) => name === "contacts");
  assert.ok((contacts?.rows ?? 0) >= 60);
  assert.equal(await rows(), before);
});

test("each day is written down once, and shows how fast the database grows", async () => {
  const { app } = world.running;
  await noteStorage(app);
  const [first] = (await show()).days;
  assert.ok(first && first.bytes > 1_000_000);
  await noteStorage(app);
  assert.equal((await show()).days.length, 1);
  assert.equal((await show()).growth, null);
  const weigh = (bytes: number) =>
    asOwner(world, (client) =>
      client.query("update storage_samples set bytes = bytes + $1 where kind = 'emails'", [bytes]),
    );
  await weigh(-4_000_000);
  world.advance({ hours: 4 * 24 });
  await noteStorage(app);
  const { growth, days } = await show();
  assert.equal(days.length, 2);
  assert.equal(growth?.since, days[0]?.day);
  assert.ok(Math.abs((growth?.bytes_per_day ?? 0) - 1_000_000) < 100_000, `${growth?.bytes_per_day}`);
  world.advance({ hours: 900 * 24 });
  await noteStorage(app);
  assert.equal((await show()).days.length, 1, "days of more than two years ago are forgotten");
});

test("with a second team only the operator sees it", async () => {
  const team = await world.newTeam();
  assert.equal((await refused(team.api.installation.storage())).code, "operator_only");
});
