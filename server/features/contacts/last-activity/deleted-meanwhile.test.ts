// The database reads when contacts were last active, just after many contacts were merged or deleted. Its statistics do not know them yet.

import assert from "node:assert/strict";
import { test } from "node:test";
import { asOwner } from "../../../testing/wire.ts";
import { useWorld } from "../../../testing/world.ts";
import { readActivity } from "./store.ts";

const world = useWorld({ role: "api" });
const GONE = 400;
const TOLD = 400;

test("reading activity looks up who was merged once for each line, not everybody who was ever deleted", async () => {
  const team = await world.newTeam();
  const { contact: winner } = await team.api.contacts.create({ first_name: "Ines" });
  const merged = await asOwner(world, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `insert into tombstones (team_id, kind, id, deleted_at, merged_into)
       select $1::ident, 'contact', new_ident(), now(), case when n = 1 then $2 end from generate_series(1, $3::int) n
       returning id::text, merged_into`,
      [team.id, winner.id, GONE],
    );
    const id = rows[0]?.id ?? "";
    await client.query(
      `insert into events (team_id, id, type, occurred_at, cause, subject_type, subject_id, data)
       select $1::ident, new_ident(), 'message.sent', now(), 'clock', 'message', new_ident(), jsonb_build_object('contact_id', $2::text)
         from generate_series(1, $3::int)`,
      [team.id, id, TOLD],
    );
    return id;
  });
  const { app } = world.running;
  const { active, read } = await app.db.inTeam(team.id, async (db) => {
    const fetched = async () => {
      const row = await db.row<{ read: number }>(
        "select (coalesce(idx_tup_fetch, 0) + coalesce(seq_tup_read, 0))::int as read from pg_stat_xact_user_tables where relname = 'tombstones'",
      );
      return row?.read ?? 0;
    };
    const before = await fetched();
    const types = ["message.sent"];
    const news = await readActivity(db, team.id, { writtenIn: "3", position: 0 }, { types, limit: 5_000 });
    return { active: news?.active ?? [], read: (await fetched()) - before };
  });
  assert.notEqual(merged, winner.id);
  assert.deepEqual(
    active.map(({ contactId, eventIds }) => [contactId, eventIds.length]),
    [[winner.id, TOLD]],
  );
  assert.ok(read <= 2 * TOLD, `${read} deleted contacts were read for ${TOLD} lines`);
});
