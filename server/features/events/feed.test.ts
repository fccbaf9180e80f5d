import assert from "node:assert/strict";
import { test } from "node:test";
import type { Db } from "../../db/connect.ts";
import { migrate } from "../../db/migrate.ts";
import { newId } from "../../ids.ts";
import { feedSettles } from "../../testing/feed.ts";
import { asOwner } from "../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../testing/world.ts";
import { type By, type EventType, record } from "./store.ts";

const world = useWorld({ role: "api" });

test("the feed is read on from where it stopped, oldest first, without a gap or a repeat", async () => {
  const team = await world.newTeam();
  await tell(team, 25);
  await feedSettles(world);
  const all = (await team.api.events.list({ limit: 1000 })).events.map(({ id }) => id);
  const paged: string[] = [];
  let since: string | undefined;
  for (;;) {
    const page = await team.api.events.list({ limit: 4, ...(since && { since }) });
    if (page.events.length === 0) {
      assert.equal(page.next_since, since);
      break;
    }
    paged.push(...page.events.map(({ id }) => id));
    since = page.next_since;
  }
  assert.deepEqual(paged, all);
  assert.ok(all.length >= 25);
});

test("a transaction that commits late delays the feed, and is not passed over", async () => {
  const team = await world.newTeam();
  await feedSettles(world);
  const { next_since: since } = await team.api.events.list({ limit: 1000 });
  const late = await open(team);
  const lateId = await late.tell();
  const soon = await open(team);
  const soonId = await soon.tell();
  await soon.commit();
  assert.deepEqual((await team.api.events.list({ since })).events, []);
  await late.commit();
  await feedSettles(world);
  const { events } = await team.api.events.list({ since });
  assert.deepEqual(
    events.map(({ subject }) => subject.id),
    [lateId, soonId],
  );
});

test("the feed is narrowed by type, by noun and by time", async () => {
  const team = await world.newTeam();
  await team.api.teams.update({ name: "Other" });
  await feedSettles(world);
  const types = async (input: { types?: string[]; since?: string }) =>
    new Set((await team.api.events.list({ ...input, limit: 1000 })).events.map(({ type }) => type));
  assert.deepEqual(await types({ types: ["team.changed"] }), new Set(["team.changed"]));
  assert.deepEqual(await types({ types: ["team.*"] }), new Set(["team.created", "team.changed"]));
  assert.ok((await types({ types: ["*"] })).size > 2);
  const later = Temporal.Now.instant().add({ hours: 1 }).toString();
  assert.deepEqual(await types({ since: later }), new Set());
  assert.ok((await types({ since: "2020-01-01" })).size > 2);
});

test("a place that no feed has handed out is refused", async () => {
  const { api } = await world.newTeam();
  for (const since of ["nonsense", "2026-99-99", "MTIuLTE", "0000-01-01", "9999-12-31T23:59:00-10:00"])
    assert.equal((await refused(api.events.list({ since }))).code, "parameter_invalid", since);
  assert.equal((await refused(api.events.list({ limit: 1001 }))).status, 422);
  assert.equal((await refused(api.events.list({ types: ["drop table"] }))).status, 422);
});

test("a scoped key is not told of people's access, and no team of another's", async () => {
  const team = await world.newTeam();
  const { api_key } = await team.api.apiKeys.create({ name: "feed", scopes: ["read_only"] });
  await tell(team, 1, "access.refused");
  await tell(team, 1, "sql_login.created");
  await tell(team, 1, "job.done");
  await feedSettles(world);
  const { events } = await world.client({ apiKey: api_key.key }).events.list({ limit: 1000 });
  assert.deepEqual(
    events.map(({ type }) => type),
    ["job.done"],
  );
  const stranger = await world.newTeam("Elsewhere");
  const theirs = await stranger.api.events.list({ limit: 1000 });
  assert.ok(theirs.events.every(({ subject }) => subject.id !== team.id));
});

test("the order holds where the numbers of transactions grow by a digit", async () => {
  const team = await world.newTeam();
  await tell(team, 4);
  const inOrder = await asOwner(world, async (client) => {
    const { rows } = await client.query(
      "select id from events where team_id = $1 order by written_in, position",
      [team.id],
    );
    const ids = rows.map(({ id }) => id as string);
    // 84, 94, 104 and so on
    await client.query(
      `update events set written_in = (n * 10 + 74)::text::xid8
         from unnest($2::text[]) with ordinality as placed (id, n)
        where events.team_id = $1 and events.id = placed.id`,
      [team.id, ids],
    );
    return ids;
  });
  const { events } = await team.api.events.list({ limit: 1000 });
  assert.deepEqual(
    events.map(({ id }) => id),
    inOrder,
  );
});

test("in a database restored on another server the feed goes on where it was", async () => {
  const team = await world.newTeam();
  await tell(team, 5);
  await feedSettles(world);
  const seen = await team.api.events.list({ limit: 4 });
  const rest = (await team.api.events.list({ since: seen.next_since, limit: 1000 })).events;
  // What a dump brings along: numbers of transactions that this server is far from.
  const farAhead = 5_000_000_000;
  await asOwner(world, async (client) => {
    await client.query("update events set written_in = (written_in::text::bigint + $1)::text::xid8", [
      farAhead,
    ]);
    await client.query("update written_by set system_identifier = 'another server'");
  });
  const [writtenIn, position] = Buffer.from(seen.next_since, "base64url").toString().split(".");
  const since = Buffer.from(`${Number(writtenIn) + farAhead}.${position}`).toString("base64url");
  assert.deepEqual((await team.api.events.list({ limit: 1000 })).events, []);

  await migrate(world.ownerConnection, null);
  assert.deepEqual((await team.api.events.list({ since, limit: 1000 })).events, rest);
  await tell(team, 1);
  await feedSettles(world);
  const after = (await team.api.events.list({ since, limit: 1000 })).events;
  assert.equal(after.length, rest.length + 1);
  assert.deepEqual(after.slice(0, -1), rest);
});

test("a thousand events are recorded in one statement", async () => {
  const team = await world.newTeam();
  await tell(team, 1_000);
  const { rows } = await asOwner(world, (client) =>
    client.query("select count(*)::int as count from events where team_id = $1 and cause = 'test'", [
      team.id,
    ]),
  );
  assert.deepEqual(rows, [{ count: 1_000 }]);
});

function by(team: Team, db: Db): By {
  const origin = { requestId: null, address: null, cause: "test" };
  return { db, now: world.running.app.now(), origin, teamId: team.id, userId: null, apiKeyId: null };
}

function tell(team: Team, count: number, type: EventType = "team.changed") {
  const happenings = Array.from({ length: count }, () => ({
    type,
    subject: { type: "team" as const, id: newId() },
  }));
  return world.running.app.db.inTeam(team.id, (db) => record(by(team, db), ...happenings));
}

/** A transaction held open by hand. */
async function open(team: Team) {
  const commit = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<Db>();
  const done = world.running.app.db.inTeam(team.id, (db) => {
    opened.resolve(db);
    return commit.promise;
  });
  const db = await opened.promise;
  return {
    async tell() {
      const id = newId();
      await record(by(team, db), { type: "team.changed", subject: { type: "team", id } });
      return id;
    },
    commit() {
      commit.resolve();
      return done;
    },
  };
}
