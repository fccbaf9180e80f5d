// Who of a company is in a sequence already: looked for once for all companies, also in a sequence that statistics know nothing of.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Db } from "../../../db/connect.ts";
import { newContacts, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { useWorld } from "../../../testing/world.ts";
import { answeredIn, colleaguesIn } from "./store.ts";

const world = useWorld();

type Plan = { "Relation Name"?: string; "Actual Loops": number; Plans?: Plan[] };

/** How often each part of it goes through the table. */
function timesThrough(plan: Plan): number[] {
  const own = plan["Relation Name"] === "enrollments" ? [plan["Actual Loops"]] : [];
  return [...own, ...(plan.Plans ?? []).flatMap(timesThrough)];
}

test("in a sequence that was made a moment ago colleagues are looked for once, and not company by company", async () => {
  const team = await world.newTeam();
  const mailbox = await newMailbox(team);
  const ids = await newContacts(team, 300);
  const filled = async () => {
    const { id } = await newSequence(team);
    const terms = { send_email_from_email_account_id: [mailbox.id], sequence_unverified_email: true };
    const also = { sequence_active_in_other_campaigns: true };
    const added = await team.api.joining.addContacts({ id, contact_ids: ids, ...terms, ...also });
    assert.ok("enrollments" in added && added.enrollments.length === ids.length);
    return id;
  };
  await filled();
  await asOwner(world, (client) => client.query("analyze enrollments"));
  const fresh = await filled();
  const companies = await asOwner(world, async (client) => {
    const { rows } = await client.query(
      "select company_key from enrollments where team_id = $1 and sequence_id = $2",
      [team.id, fresh],
    );
    return rows.map((row) => row.company_key as string);
  });
  assert.equal(companies.length, ids.length);
  await world.running.app.db.inTeam(team.id, async (db) => {
    const found = await colleaguesIn(db, team.id, fresh, companies);
    assert.deepEqual(found.map(({ contactId }) => contactId).sort(), [...ids].sort());
    for (const ask of [colleaguesIn, answeredIn]) {
      const asked = await ask(explaining(db), team.id, fresh, companies);
      const [plan] = (asked as unknown as object[]).flatMap((row) => Object.values(row).flat());
      assert.deepEqual(timesThrough((plan as { Plan: Plan }).Plan), [1], ask.name);
    }
  });
});

/** How a question would be answered, in place of its answer. */
function explaining(db: Db): Db {
  return { ...db, rows: (sql, params) => db.rows(`explain (analyze, format json) ${sql}`, params) };
}
