// What is new in the indexes of words is sorted in before searches have to read much of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";
import { startMailing } from "../loop.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  // Or the database's own housekeeping may come first.
  await asOwner(opened, (client) => client.query("alter table contacts set (autovacuum_enabled = false)"));
});

/** As the product asks, which owns no index. Answers how many pages were sorted in. */
async function order() {
  const { rows } = await asOwner({ ownerConnection: world.appConnection }, (client) =>
    client.query("select put_words_in_order() as pages"),
  );
  return rows[0].pages as number;
}

function bringIn(lastName: string, howMany: number) {
  return asOwner(world, (client) =>
    client.query(
      `insert into contacts (team_id, id, first_name, last_name, email, source, original_source, created_at, updated_at)
       select $1, new_ident(), 'Ines', $2, 'p' || n || '@people.example', 'api', 'api', now(), now() from generate_series(1, $3::int) n`,
      [team.id, lastName, howMany],
    ),
  );
}

async function found(word: string) {
  return (await team.api.contacts.search({ q_keywords: word })).pagination.total_entries;
}

test("new contacts are found before and after, and what is in order is left alone", async () => {
  while ((await order()) > 0);
  await bringIn("Norrlund", 300);
  assert.equal(await found("norrlund"), 300);
  assert.ok((await order()) > 0, "whoever asks need not own the index");
  assert.equal(await found("norrlund"), 300);
  assert.equal(await order(), 0);
});

test("an index that another session holds is not waited for, and is tried again later", async () => {
  await bringIn("Sundqvist", 300);
  await asOwner(world, async (holder) => {
    await holder.query("begin");
    await holder.query("alter index contacts_words set (gin_pending_list_limit = 4096)");
    assert.equal(await order(), 0);
    await holder.query("rollback");
  });
  assert.ok((await order()) > 0);
  assert.equal(await found("sundqvist"), 300);
});

test("an engine does it by itself", async (t) => {
  await asOwner(world, (client) => client.query("create extension if not exists pgstattuple"));
  const listed = () =>
    asOwner(world, async (client) => {
      const { rows } = await client.query("select pending_tuples from pgstatginindex('contacts_words')");
      return Number(rows[0].pending_tuples);
    });
  await bringIn("Fjellstad", 300);
  assert.ok((await listed()) > 0);
  const { app } = world.running;
  t.after(await startMailing({ ...app, config: { ...app.config, engineLoops: 1 } }));
  while ((await listed()) > 0) await sleep(100);
});
