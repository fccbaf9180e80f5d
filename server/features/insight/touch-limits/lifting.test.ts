// Limits are changed while an engine judges by them: a contact who waits for the old ones goes on by the new.

import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../../../testing/sending.ts";
import { CALL_STEP, newContact, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { useWorld } from "../../../testing/world.ts";
import { teamRules } from "../../gate/facts/team-rules.ts";
import { notePlanned } from "../../sending/planning/planning-store.ts";

const world = useWorld({ role: "api" });

const LIMIT = { scope: "person", counts: "touches", most: 1, days: 2 } as const;

test("no contact waits for limits that were changed while they were judged by them", async () => {
  const team = await world.newTeam();
  await team.api.teams.update({ touch_limits: [LIMIT] });
  const contact = await newContact(team);
  const { id } = await newSequence(team, {
    emailer_steps: [{ ...CALL_STEP, wait_time: 0, wait_mode: "minute" }],
  });
  await team.api.joining.addContacts({
    id,
    contact_ids: [contact],
    send_email_from_email_account_id: [(await newMailbox(team)).id],
  });
  const planAt = async () =>
    asOwner(world, async (client) => {
      const { rows } = await client.query<{ id: string; plan_at: Date }>(
        "select id, plan_at from enrollments where team_id = $1",
        [team.id],
      );
      return rows[0] ?? assert.fail("nobody has joined");
    });
  const { id: enrollmentId } = await planAt();
  await asOwner(world, (client) =>
    client.query("update enrollments set due_at = now() - interval '1 hour', plan_at = now() where id = $1", [
      enrollmentId,
    ]),
  );
  const { app } = world.running;
  const { changing } = await app.db.inTeam(team.id, async (db) => {
    await teamRules({ db, teamId: team.id, now: null, holds: true }, []);
    const changing = team.api.teams.update({ touch_limits: [{ ...LIMIT, most: 9 }] });
    await until(() =>
      asOwner(world, async (client) => {
        const { rows } = await client.query(
          "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'update teams%'",
        );
        return rows.length > 0;
      }),
    );
    await notePlanned(db, team.id, [{ id: enrollmentId, planAt: app.now().add({ hours: 48 }) }]);
    return { changing };
  });
  await changing;
  assert.ok(
    (await planAt()).plan_at.getTime() < Date.now() + 24 * 3_600_000,
    "it is looked at now, and not in two days",
  );
});
