// Tables that have grown are counted before anybody plans for them as if they were empty.

import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../../testing/sending.ts";
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

test("a large table is counted again where a team has grown in it, and not for those that it knows", async () => {
  const fill = (id: string, from: number, to: number) =>
    asOwner(world, (client) =>
      client.query(
        `insert into contacts (team_id, id, email, source, original_source, created_at, updated_at)
         select $1::ident, new_ident(), $1::text || n || '@people.example', 'api', 'api', now(), now() from generate_series($2::int, $3) n`,
        [id, from, to],
      ),
    );
  const sawOf = async (id: string) => {
    const { rows } = await asOwner(world, (client) =>
      client
        .query<{ plan: string }>(`explain select 1 from contacts where team_id = '${id}'`)
        .then((found) => ({
          rows: found.rows as unknown as { "QUERY PLAN": string }[],
        })),
    );
    return Number(/rows=(\d+)/.exec(rows.map((row) => row["QUERY PLAN"]).join(" "))?.[1]);
  };
  const old = await world.newTeam();
  await fill(old.id, 1, 21_000);
  while ((await count()) !== null);
  const [small, large] = [await world.newTeam(), await world.newTeam()];
  await fill(small.id, 1, 400);
  await asOwner(world, (client) => client.query("select pg_stat_force_next_flush()"));
  assert.equal(await count(), null, "a few rows are no reason");
  await fill(large.id, 1, 600);
  await until(async () => (await count()) === "contacts");
  assert.ok((await sawOf(large.id)) > 100, "the plan knows it");
  assert.equal(await count(), null);
  await fill(large.id, 601, 1_800);
  assert.equal(await count(), null, "it is known well enough");
  await fill(large.id, 1_801, 3_500);
  await until(async () => (await count()) === "contacts");
});
