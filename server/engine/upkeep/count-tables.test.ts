// Tables that have grown are counted before anybody plans for them as if they were empty.

import assert from "node:assert/strict";
import { test } from "node:test";
import { asOwner } from "../../testing/wire.ts";
import { useWorld } from "../../testing/world.ts";

const world = useWorld();

/** As the product asks, which owns no table. */
async function count() {
  const found = await asOwner({ ownerConnection: world.appConnection }, (client) =>
    client.query("select count_grown_table() as counted"),
  );
  return found.rows[0].counted as string | null;
}

async function contactsKnownOf() {
  const found = await asOwner(world, (client) =>
    client.query("select reltuples::int as known from pg_class where oid = 'contacts'::regclass"),
  );
  return found.rows[0].known as number;
}

test("a table that has grown is counted once, and the caller need not own it", async () => {
  await asOwner(world, (client) => client.query("alter table contacts set (autovacuum_enabled = false)")); // or it may count it first
  while ((await count()) !== null);
  const team = await world.newTeam();
  await asOwner(world, (client) =>
    client.query(
      `insert into contacts (team_id, id, email, source, original_source, created_at, updated_at)
       select $1, new_ident(), 'p' || n || '@people.example', 'api', 'api', now(), now() from generate_series(1, 3000) n`,
      [team.id],
    ),
  );
  assert.equal(await count(), "contacts");
  assert.ok((await contactsKnownOf()) >= 3_000);
  assert.equal(await count(), null);
});

test("a table that another session holds is not waited for", async () => {
  await asOwner(world, (client) =>
    client.query(
      "update contacts set title = 'x'; update contacts set title = 'y'; update contacts set title = 'z'",
    ),
  );
  await asOwner(world, async (holder) => {
    await holder.query("begin");
    await holder.query("lock table contacts in share update exclusive mode");
    assert.equal(await count(), null);
  });
  assert.equal(await count(), "contacts");
});
