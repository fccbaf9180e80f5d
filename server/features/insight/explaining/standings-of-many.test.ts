// What decides about a mail costs the same however many are in its sequence.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { useWorld } from "../../../testing/world.ts";
import { STANDINGS } from "../../gate/facts/facts-store.ts";

const world = useWorld({ role: "api" });
const ASKED = 20;

/** Pages that are looked at for some enrollments of a sequence with so many. */
async function pagesFor(people: number) {
  const team = await world.newTeam();
  const { id } = await newSequence(team, {});
  return asOwner(world, async (client) => {
    await client.query(
      `with people as (
         insert into contacts (team_id, id, first_name, email, email_status, source, original_source, created_at, updated_at)
         select $1::ident, new_ident(), 'Ines', 'p' || n || '@many.example', 'verified', 'api', 'api', now(), now()
           from generate_series(1, $3::int) n returning id)
       insert into enrollments (team_id, id, sequence_id, contact_id, state, added_at, updated_at)
       select $1::ident, new_ident(), $2::ident, id, 'active', now(), now() from people`,
      [team.id, id, people],
    );
    await client.query("analyze contacts, enrollments");
    await client.query("begin; set local role cadenza_app");
    await client.query("select set_config('cadenza.team_id', $1, true)", [team.id]);
    const { rows: asked } = await client.query<{ id: string }>(
      "select id::text from enrollments where sequence_id = $1 limit $2",
      [id, ASKED],
    );
    const ids = asked.map((row) => row.id);
    const { rows } = await client.query(`explain (analyze, buffers, format json) ${STANDINGS}`, [
      team.id,
      ids,
    ]);
    await client.query("rollback");
    const { Plan: plan } = rows[0]["QUERY PLAN"][0];
    assert.equal(plan["Actual Rows"], ASKED);
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"];
  });
}

test("the rules of a mail are read with as few pages in a sequence of 4,000 as in one of 400", async () => {
  const few = await pagesFor(400);
  const many = await pagesFor(4_000);
  assert.ok(many < few * 3, `${many} pages against ${few}`);
});
