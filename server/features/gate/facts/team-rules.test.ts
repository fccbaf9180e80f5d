// How much goes to one company is counted by the database's clock: two engines whose own clocks disagree count alike.

import assert from "node:assert/strict";
import { test } from "node:test";
import { plantMessage } from "../../../testing/planted.ts";
import { makeSequence } from "../../../testing/wishes/sequences.ts";
import { useWorld } from "../../../testing/world.ts";
import { teamRules } from "./team-rules.ts";

const world = useWorld();

test("a sender counts what was released by now, whatever the clock of the process says", async () => {
  const team = await world.newTeam();
  await team.api.teams.update({ max_emails_per_recipient_domain_per_day: 2 });
  const { id } = await makeSequence(team);
  const { app } = world.running;
  for (const hours of [1, 23])
    await plantMessage(world, team, id, {
      to_email: `p${hours}@acme.example`,
      completed_at: app.now().subtract({ hours }).toString(),
    });
  const sentBy = (now: Temporal.Instant | null) =>
    app.db.inTeam(team.id, async (db) => {
      const rules = await teamRules({ db, teamId: team.id, now, holds: false }, [
        { contactId: null, companyKey: null, hasSentMail: true, email: "ines@acme.example" },
      ]);
      return rules.domain("ines@acme.example")?.lastDay.sent;
    });
  const wrong = app.now().add({ hours: 5 }); // the clock of a process that runs ahead
  assert.deepEqual([await sentBy(null), await sentBy(wrong)], [2, 1]);
});
