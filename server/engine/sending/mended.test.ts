// What holds a mail is mended by the call that `explain` names, and the mail goes at once: not when the old reason would have passed.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { ClaimedOutgoingMail } from "../../features/sending/outbox/claiming.ts";
import { newId } from "../../kernel/ids.ts";
import { byHand, TAKEN } from "../../testing/by-hand.ts";
import { claimFrom } from "../../testing/claim-from.ts";
import { bothAtOnce } from "../../testing/held-open.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { catchUpEngine } from "../../testing/stepping.ts";
import type { TortureScene } from "../../testing/torture/scene.ts";
import { asOwner, call } from "../../testing/wire.ts";
import { useWorld } from "../../testing/world.ts";
import { replanOnce } from "../planning/replan.ts";

const world = useWorld({ mailAllow: LOOPBACK }); // no engine works here but what a test does by hand
const { scene, inTeam, claimAll, gate, ended } = byHand(world);

function sql(text: string, params: unknown[] = []) {
  return asOwner(world, async (client) => (await client.query(text, params)).rows);
}

async function holdOf({ team, sequenceId }: TortureScene, contactId: string) {
  const [row] = await sql("select id from enrollments where sequence_id = $1 and contact_id = $2", [
    sequenceId,
    contactId,
  ]);
  return (await team.api.explain.enrollment({ id: row?.id })).explain.held_by[0];
}

async function send(made: TortureScene, claimed: ClaimedOutgoingMail) {
  assert.equal((await gate(made, claimed))?.is, "pass");
  await ended(made, claimed, TAKEN);
}

async function mend(
  { team }: TortureScene,
  fix: NonNullable<Awaited<ReturnType<typeof holdOf>>>["fix"] | undefined,
) {
  assert.ok(fix);
  const headers = { "content-type": "application/json" };
  const answer = await call(`${world.url}${fix.path}`, {
    method: fix.method,
    headers,
    key: team.key,
    body: JSON.stringify(fix.body),
  });
  assert.equal(answer.status, 200, answer.text);
}

test("a colleague's reply no longer holds the contacts it held, once the sequence says so", async () => {
  const made = await scene({
    contacts: 2,
    sequence: { same_account_reply_policy_cd: "delay", same_account_reply_delay_days: 30 },
  });
  const [one = "", other = ""] = made.contactIds;
  const account_id = (await made.team.api.accounts.create({ name: "Acme" })).account.id;
  for (const id of made.contactIds) await made.team.api.contacts.update({ id, account_id });
  await sql(
    "update enrollments set state = 'finished', inactive_reason = 'replied', finished_at = now(), replied_at = now(), due_at = null where contact_id = $1",
    [other],
  );
  assert.deepEqual(await claimAll(made), []);
  const hold = await holdOf(made, one);
  assert.equal(hold?.code, "delayed:same_account_reply");
  await mend(made, hold?.fix);
  world.advance({ minutes: 16 });
  await catchUpEngine(world);
  assert.equal((await claimAll(made)).length, 1);
});

test("what waits for a company's day goes when the team raises it", async () => {
  const made = await scene({ contacts: 2 });
  await sql("update contacts set email = 'p' || right(id, 6) || '@one.example' where id = any($1)", [
    made.contactIds,
  ]);
  await made.team.api.teams.update({ max_emails_per_recipient_domain_per_day: 1 });
  const [first, second] = await claimAll(made);
  assert.ok(first && second);
  await send(made, first);
  const passage = await gate(made, second);
  assert.equal(passage?.is, "wait");
  await ended(made, second, { kind: "held_back" }, passage);
  const hold = await holdOf(made, second.slot.contactId ?? "");
  assert.equal(hold?.code, "limit:domain_day");
  await mend(made, hold?.fix);
  await catchUpEngine(world);
  assert.equal((await claimAll(made)).length, 1);
});

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** The hours end while its mail is due, and come again in three days. Answers the call that opens them again. */
async function closedWhileDue() {
  const made = await scene();
  const [{ id } = { id: "" }] = await sql("select schedule_id as id from sequences where id = $1", [
    made.sequenceId,
  ]);
  const windows = await sql(
    "select weekday, starts_at, ends_at from schedule_windows where schedule_id = $1",
    [id],
  );
  const today = world.running.app.now().toZonedDateTimeISO("UTC").dayOfWeek;
  await sql("delete from schedule_windows where schedule_id = $1 and weekday <> $2", [
    id,
    ((today + 2) % 7) + 1,
  ]);
  const hours = Object.fromEntries(windows.map(({ weekday }) => [DAYS[weekday - 1], [[0, 24]]]));
  return { made, open: () => made.team.api.schedules.update({ id, schedule_hash: hours }) };
}

test("what waits for the next hours of a schedule goes when it opens earlier", async () => {
  const { made, open } = await closedWhileDue();
  assert.deepEqual(await claimAll(made), []);
  assert.equal((await holdOf(made, made.contactIds[0] ?? ""))?.code, "outside_window");
  await open();
  await catchUpEngine(world);
  assert.equal((await claimAll(made)).length, 1);
});

test("so does what was being judged by the old hours when they were changed", async () => {
  const { made, open } = await closedWhileDue();
  const wish = { mailboxId: made.mailboxIds[0] ?? "", engineId: newId(), publicUrl: world.url };
  await bothAtOnce(
    world,
    (beforeCommit) =>
      inTeam(made, async (by) => {
        assert.equal((await claimFrom(by, wish)).putOff, 1);
        await beforeCommit();
      }),
    async () => {
      await open();
      await replanOnce(world.running);
    },
  );
  await catchUpEngine(world);
  assert.equal((await claimAll(made)).length, 1);
});

test("whose time zone is put right is mailed in the hours of the right one", async () => {
  const made = await scene();
  const [contactId = ""] = made.contactIds;
  await made.team.api.contacts.update({ id: contactId, time_zone: "America/New_York" });
  const [{ id } = { id: "" }] = await sql("select schedule_id as id from sequences where id = $1", [
    made.sequenceId,
  ]);
  const hour = Math.min(22, world.running.app.now().toZonedDateTimeISO("Asia/Tokyo").hour);
  const hours = Object.fromEntries(DAYS.map((day) => [day, [[hour, hour + 2]]]));
  const zoned = { id, schedule_hash: hours, use_contacts_time_zone: true };
  await made.team.api.schedules.update(zoned);
  await catchUpEngine(world);
  await sql("update enrollments set due_at = now() - interval '1 hour' where sequence_id = $1", [
    made.sequenceId,
  ]);
  await catchUpEngine(world);
  assert.deepEqual(await claimAll(made), []);
  assert.equal((await holdOf(made, contactId))?.code, "outside_window");
  await made.team.api.contacts.update({ id: contactId, time_zone: "Asia/Tokyo" });
  await catchUpEngine(world);
  assert.equal((await claimAll(made)).length, 1);
});

test("what was to come from an address that its mailbox no longer has is not sent from another", async () => {
  const made = await scene({ contacts: 1 });
  const [mailbox = ""] = made.mailboxIds;
  const { api } = made.team;
  const aliased = (aliases: string[]) => api.emailAccounts.update({ id: mailbox, aliases });
  const wish = {
    id: made.sequenceId,
    contact_ids: made.contactIds,
    send_email_from_email_account_id: mailbox,
  };
  await aliased(["alias@example.no"]);
  await api.enrollments.move({ ...wish, send_email_from_email_address: "alias@example.no" });
  const [claimed] = await claimAll(made);
  assert.ok(claimed);
  assert.equal(claimed.claim.fromEmail, "alias@example.no");
  await aliased([]);
  const passage = await gate(made, claimed);
  assert.deepEqual(passage?.is === "fail" && passage.failure, "ownership_permission");
  await ended(made, claimed, { kind: "held_back" }, passage);
  await api.enrollments.move(wish);
  await api.enrollments.retry({ id: made.sequenceId, contact_ids: made.contactIds });
  await catchUpEngine(world);
  const [again] = await claimAll(made);
  assert.ok(again && again.claim.fromEmail !== "alias@example.no");
  await send(made, again);
});
