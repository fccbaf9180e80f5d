// Enrollments that are moved while another transaction waits for their lock.

import assert from "node:assert/strict";
import { test } from "node:test";
import { actFor } from "../../../engine/running/act-for.ts";
import { bothAtOnce } from "../../../testing/held-open.ts";
import { memberOf, newSequence, plantMembers } from "../../../testing/members.ts";
import { plant } from "../../../testing/planted.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { byCaller } from "../../events/events/store.ts";
import { stopLeaversIn } from "./enrollment-events.ts";
import { lockEnrollments, lockLiveOf } from "./locking-store.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const at = new Date().toISOString();

function newMailbox(user_id: string, email: string) {
  const rest = { type: "smtp", is_active: true, created_at: at, updated_at: at };
  return plant(world, team, "mailboxes", { user_id, email, ...rest });
}

/** The row is moved, and the other one begins to wait for it before that is committed. */
async function moved<T>(id: string, to: { step: string; mailbox: string }, meanwhile: () => Promise<T>) {
  const move = (beforeCommit: () => Promise<void>) =>
    asOwner(world, async (client) => {
      await client.query("begin");
      const sql = "update enrollments set current_step_id = $2, mailbox_id = $3 where id = $1";
      await client.query(sql, [id, to.step, to.mailbox]);
      await beforeCommit();
      await client.query("commit");
    });
  return (await bothAtOnce(world, move, meanwhile))[1];
}

test("an enrollment that was moved while its lock was awaited comes with its new step and mailbox", async () => {
  const { id, steps } = await newSequence(team);
  const mailbox_id = await newMailbox(team.owner.id, "first@norrland.example");
  const other = await newMailbox(team.owner.id, "second@norrland.example");
  const [one, two] = await plantMembers(world, team, id, 2, { current_step_id: steps[0], mailbox_id });
  const to = { step: steps[1] ?? "", mailbox: other };
  const inTeam = world.running.app.db.inTeam;
  const byId = await moved(one?.id ?? "", to, () =>
    inTeam(team.id, (db) => lockEnrollments(db, team.id, [one?.id ?? ""])),
  );
  const byContact = await moved(two?.id ?? "", to, () =>
    inTeam(team.id, (db) => lockLiveOf(db, team.id, [two?.contact_id ?? ""])),
  );
  for (const [row] of [byId, byContact])
    assert.deepEqual([row?.mailboxId, row?.stepPosition, row?.isMailboxConnected], [other, 2, true]);
});

test("a sequence that is switched on stops no contact who was moved from a leaver's mailbox meanwhile", async () => {
  const { id, steps } = await newSequence(team, { steps: 1 });
  const leaver = await plant(world, team, "users", {
    email: "left@norrland.example",
    role: "member",
    deactivated_at: at,
    created_at: at,
    updated_at: at,
  });
  const mailbox_id = await newMailbox(leaver, "left@norrland.example");
  const theirs = await newMailbox(team.owner.id, "stays@norrland.example");
  const terms = { current_step_id: steps[0], mailbox_id };
  const [saved, lost] = await plantMembers(world, team, id, 2, terms);
  const onBehalf = { teamId: team.id, userId: team.owner.id, cause: "engine" };
  const stopped = await moved(saved?.id ?? "", { step: steps[0] ?? "", mailbox: theirs }, () =>
    actFor(world.running.app, onBehalf, (act) => stopLeaversIn(byCaller(act), id)),
  );
  assert.equal(stopped, 1);
  assert.equal((await memberOf(world, saved?.id ?? "")).state, "active");
  assert.equal((await memberOf(world, lost?.id ?? "")).state, "failed");
});
