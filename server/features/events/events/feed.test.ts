import assert from "node:assert/strict";
import { test } from "node:test";
import type { Db } from "../../../db/connect.ts";
import { migrate } from "../../../db/migrate.ts";
import { newId } from "../../../kernel/ids.ts";
import { feedSettles } from "../../../testing/feed.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";
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

/** As a dump on another server has it: numbers of transactions that this server is far from, and the places that were kept. */
const FAR_AHEAD = 5_000_000_000;

async function putBackElsewhere() {
  await asOwner(world, async (client) => {
    const ahead = (column: string) => `(${column}::text::bigint + ${FAR_AHEAD})::text::xid8`;
    for (const table of ["events", "webhook_cursors", "workflow_cursors", "activity_cursors"])
      await client.query(`update ${table} set written_in = ${ahead("written_in")} where written_in > '3'`);
    await client.query("update written_by set system_identifier = 'another server'");
  });
  await migrate(world.ownerConnection, null);
}

function partsOf(place: string) {
  const [epoch = "", writtenIn = "", position = ""] = Buffer.from(place, "base64url").toString().split(".");
  return { epoch, writtenIn, position };
}

function placed(...parts: (string | number)[]) {
  return Buffer.from(parts.join(".")).toString("base64url");
}

/** The place as it is called in the dump. */
function aheadOf(place: string) {
  const { epoch, writtenIn, position } = partsOf(place);
  return placed(epoch, Number(writtenIn) + FAR_AHEAD, position);
}

test("in a database restored on another server the feed goes on where it was", async () => {
  const team = await world.newTeam();
  await tell(team, 5);
  await feedSettles(world);
  const seen = await team.api.events.list({ limit: 4 });
  const rest = (await team.api.events.list({ since: seen.next_since, limit: 1000 })).events;
  await putBackElsewhere();
  const since = aheadOf(seen.next_since);
  assert.deepEqual((await team.api.events.list({ since, limit: 1000 })).events, rest);
  await tell(team, 1);
  await feedSettles(world);
  const after = (await team.api.events.list({ since, limit: 1000 })).events;
  assert.equal(after.length, rest.length + 1);
  assert.deepEqual(after.slice(0, -1), rest);
});

test("an event that was drawn first and committed last is told after a restore, to the feed and by every place that is kept", async () => {
  const team = await world.newTeam();
  await tell(team, 2);
  const [early = "", late = ""] = await asOwner(world, async (client) => {
    const { rows } = await client.query(
      "select id from events where team_id = $1 order by position desc limit 2",
      [team.id],
    );
    // Of two events the one with the lower position is of the later transaction.
    const ids = rows.map(({ id }) => id as string);
    await client.query(
      "update events set written_in = (written_in::text::bigint + 1)::text::xid8 where id = $1",
      [ids[1]],
    );
    return ids;
  });
  await tell(team, 1);
  await feedSettles(world);
  const all = (await team.api.events.list({ limit: 1000 })).events.map(({ id }) => id);
  assert.ok(all.indexOf(early) < all.indexOf(late));
  const seen = await team.api.events.list({ limit: all.indexOf(early) + 1 });
  const { writtenIn, position } = partsOf(seen.next_since);
  const KEPT = ["webhook_cursors", "workflow_cursors", "activity_cursors"];
  await asOwner(world, async (client) => {
    for (const table of KEPT)
      await client.query(
        `insert into ${table} (team_id, written_in, position) values ($1, $2, $3)
         on conflict (team_id) do update set written_in = $2, position = $3`,
        [team.id, writtenIn, position],
      );
  });
  await putBackElsewhere();
  const after = all.slice(all.indexOf(late));
  const told = await team.api.events.list({ since: aheadOf(seen.next_since), limit: 1000 });
  assert.deepEqual(
    told.events.map(({ id }) => id),
    after,
  );
  for (const table of KEPT) {
    const next = await asOwner(world, (client) =>
      client.query(
        `select e.id from ${table} c join events e on e.team_id = c.team_id and (e.written_in, e.position) > (c.written_in, c.position)
          where c.team_id = $1 order by e.written_in, e.position`,
        [team.id],
      ),
    );
    assert.deepEqual(next.rows.map(({ id }) => id).slice(0, after.length), after, table);
  }
});

test("a place names its epoch: the one before is translated, another is refused, and one without is of the first", async () => {
  const team = await world.newTeam();
  await tell(team, 3);
  await feedSettles(world);
  await asOwner(world, (client) => client.query("update written_by set unnamed_epoch = epoch"));
  const seen = await team.api.events.list({ limit: 2 });
  const { writtenIn, position } = partsOf(seen.next_since);
  const idsAfter = async (since: string) =>
    (await team.api.events.list({ since, limit: 1000 })).events.map(({ id }) => id);
  const rest = await idsAfter(seen.next_since);
  assert.deepEqual(await idsAfter(placed(writtenIn, position)), rest);
  const stranger = placed("64f0aa0000000000000000ff", writtenIn, position);
  assert.equal((await refused(team.api.events.list({ since: stranger }))).code, "place_of_another_copy");
  await putBackElsewhere();
  assert.deepEqual(await idsAfter(aheadOf(seen.next_since)), rest);
  assert.deepEqual(await idsAfter(placed(Number(writtenIn) + FAR_AHEAD, position)), rest);
  const { next_since } = await team.api.events.list({ limit: 2 });
  assert.notEqual(partsOf(next_since).epoch, partsOf(seen.next_since).epoch);
  assert.deepEqual(await idsAfter(next_since), rest);
  await putBackElsewhere();
  assert.equal(
    (await refused(team.api.events.list({ since: seen.next_since }))).code,
    "place_of_another_copy",
  );
});

test("whatever counts transactions is numbered anew by a restore", async () => {
  const [source = "", columns] = await asOwner(world, async (client) => {
    const procedure = await client.query(
      "select prosrc from pg_proc where proname = 'welcome_restored_events'",
    );
    const found = await client.query(
      `select c.relname as table, a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not a.attisdropped and a.attnum > 0
          and a.atttypid in ('xid8'::regtype, 'pg_snapshot'::regtype)`,
    );
    return [procedure.rows[0]?.prosrc as string, found.rows] as const;
  });
  assert.ok(columns.length >= 6);
  const forgotten = columns.filter(
    ({ table, column }) => !new RegExp(`update ${table}\\b[^;]*\\b${column} =`).test(source),
  );
  assert.deepEqual(forgotten, []);
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
