// What is counted for the gate says the same as what is counted for people, wherever a limit is near.

import assert from "node:assert/strict";
import { test } from "node:test";
import { plantMembers } from "../../../testing/members.ts";
import { plantMessage } from "../../../testing/planted.ts";
import { newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { newOn, readLimits, readSending } from "./sending-store.ts";

let team: Team;
let mailbox: string;
let sequence: string;
const ago = (minutes: number) => world.running.app.now().subtract({ minutes }).toString();

const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  mailbox = (await newMailbox(team)).id;
  sequence = (await newSequence(team)).id;
  const [one = "", other = ""] = (await plantMembers(opened, team, sequence, 2)).map(({ id }) => id);
  const sent = async (minutes: number, enrollment_id: string, delivery = "sent") =>
    plantMessage(opened, team, sequence, {
      mailbox_id: mailbox,
      enrollment_id,
      delivery,
      released_at: opened.running.app.now().subtract({ minutes }).toString(),
    });
  await sent(60 * 30, one); // the day before: what follows is no first email
  await sent(60 * 5, one);
  await sent(60 * 4, other);
  await sent(30, one);
  await sent(20, other, "unconfirmed");
  await sent(10, other, "failed");
});

async function limits(set: string) {
  await asOwner(world, (client) => client.query(`update mailboxes set ${set} where id = $1`, [mailbox]));
  const { app } = world.running;
  const [near] = await app.db.inTeam(team.id, (db) => readLimits(db, team.id, [mailbox]));
  const [exact] = await app.db.inTeam(team.id, (db) => readSending(db, team.id, [mailbox], app.now()));
  assert.ok(near && exact);
  return { near, exact };
}

const NONE = "daily_limit = null, hourly_limit = null, new_contacts_limit = null, ramp = null";

test("each limit is counted, alone and with others, and what is not limited is not", async () => {
  for (const [set, day, hour] of [
    [NONE, 0, 0],
    [`${NONE.replace("daily_limit = null", "daily_limit = 9")}`, 4, 0],
    [`${NONE.replace("hourly_limit = null", "hourly_limit = 9")}`, 0, 2],
    [`${NONE.replace("daily_limit = null, hourly_limit = null", "daily_limit = 9, hourly_limit = 9")}`, 4, 2],
  ] as const) {
    const { near, exact } = await limits(set);
    assert.deepEqual([near.sentLastDay, near.sentLastHour], [day, hour], set);
    assert.deepEqual([exact.sentLastDay, exact.sentLastHour], [4, 2]);
  }
});

test("new contacts are counted exactly near their limit, and never too few far from it", async () => {
  const close = await limits(NONE.replace("new_contacts_limit = null", "new_contacts_limit = 5"));
  assert.deepEqual([close.near.newLastDay, close.exact.newLastDay], [1, 1]);
  const far = await limits(NONE.replace("new_contacts_limit = null", "new_contacts_limit = 5000"));
  assert.deepEqual([far.near.newLastDay, far.exact.newLastDay], [4, 1]);
});

test("so are those of a sequence", async () => {
  const began = Temporal.Instant.from(ago(60 * 24));
  const count = (near: number | null) =>
    world.running.app.db.inTeam(team.id, (db) => newOn(db, team.id, sequence, began, near));
  assert.deepEqual([await count(null), await count(5), await count(1_003), await count(1_004)], [1, 1, 1, 4]);
});
