// Data that is older than a team keeps it is deleted; contacts that a user or a sequence works with stay.

import assert from "node:assert/strict";
import { test } from "node:test";
import { RETENTION_KINDS } from "../../../domain/contacts/retention.ts";
import { applyRetentionOnce } from "../../../engine/upkeep/apply-retention.ts";
import { plantIncoming } from "../../../testing/incoming.ts";
import { plant, plantContact, plantEnrollment, plantMessage } from "../../../testing/planted.ts";
import { newContact, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";

const world = useWorld();

const sql = (text: string, params: unknown[] = []) =>
  asOwner(world, async (client) => (await client.query(text, params)).rows);

const OLD = "2020-01-01T00:00:00Z";

/** The day of grace is over, and every engine there is looks until nothing is left to do. */
async function runRules(own: Team) {
  await sql("update retention_rules set due_at = 'epoch' where team_id = $1 and due_at is not null", [
    own.id,
  ]);
  const rounds = async () => {
    while ((await applyRetentionOnce({ app: world.running.app })) > 0);
  };
  await Promise.all([rounds(), rounds()]);
}

const keep = (own: Team, kind: (typeof RETENTION_KINDS)[number], keep_days: number | null) =>
  own.api.dataRetention.update({ rules: [{ kind, keep_days }] });

async function ruleOf(own: Team, kind: (typeof RETENTION_KINDS)[number]) {
  const rule = (await own.api.dataRetention.show({})).rules.find((one) => one.kind === kind);
  assert.ok(rule);
  return rule;
}

test("everything is kept until an admin says otherwise, and a rule can be taken back for a day", async () => {
  const own = await world.newTeam("Keeps");
  const { rules } = await own.api.dataRetention.show({});
  assert.deepEqual(
    rules.map(({ kind, keep_days, next_run_at }) => [kind, keep_days, next_run_at]),
    RETENTION_KINDS.map((kind) => [kind, null, null]),
  );
  const hoursUntil = (at: string | null) =>
    world.running.app
      .now()
      .until(Temporal.Instant.from(at ?? ""))
      .total("hours");
  await keep(own, "notes", 365);
  const { next_run_at: first } = await ruleOf(own, "notes");
  assert.ok(hoursUntil(first) > 23.9 && hoursUntil(first) <= 24);
  await sql("update retention_rules set due_at = now() + interval '3 hours' where team_id = $1", [own.id]);
  await keep(own, "notes", 400);
  assert.ok(hoursUntil((await ruleOf(own, "notes")).next_run_at) < 4, "a longer time deletes nothing new");
  await keep(own, "notes", 100);
  assert.ok(hoursUntil((await ruleOf(own, "notes")).next_run_at) > 23, "a shorter one can be taken back");
  await plant(world, own, "notes", { content: "Old", created_at: OLD, updated_at: OLD });
  await keep(own, "notes", null);
  await runRules(own);
  assert.equal((await sql("select from notes where team_id = $1", [own.id])).length, 1);
});

test("contacts without activity go; contacts that a user or a sequence works with stay", async () => {
  const own = await world.newTeam("Idle");
  const { id: sequence } = await newSequence(own, { active: false });
  const idle = (row: Record<string, unknown> = {}) =>
    plantContact(world, own, { created_at: OLD, updated_at: OLD, ...row });
  const plantOld = (table: string, contact_id: string, row: Record<string, unknown>) =>
    plant(world, own, table, { contact_id, created_at: OLD, updated_at: OLD, ...row });
  const gone = await idle({ first_name: "Gone", last_activity_at: OLD });
  const finished = await idle({ first_name: "Finished" });
  await plantEnrollment(world, own, sequence, { contact_id: finished, state: "finished", added_at: OLD });
  await plantMessage(world, own, sequence, { contact_id: finished, created_at: OLD, completed_at: OLD });

  const stay: Record<string, (id: string) => Promise<unknown>> = {
    "was active lately": (id) => sql("update contacts set last_activity_at = now() where id = $1", [id]),
    "was changed lately": (id) => sql("update contacts set updated_at = now() where id = $1", [id]),
    "is in a sequence": (id) => plantEnrollment(world, own, sequence, { contact_id: id, added_at: OLD }),
    "is paused in one": (id) =>
      plantEnrollment(world, own, sequence, { contact_id: id, state: "paused", added_at: OLD }),
    "was added lately": (id) => plantEnrollment(world, own, sequence, { contact_id: id, state: "finished" }),
    "got an email": (id) =>
      plantMessage(world, own, sequence, { contact_id: id, completed_at: new Date().toISOString() }),
    "has a draft": (id) =>
      plantMessage(world, own, sequence, { contact_id: id, status: "drafted", created_at: OLD }),
    "has an open task": (id) =>
      plantOld("tasks", id, {
        user_id: own.owner.id,
        type: "call",
        status: "scheduled",
        priority: "medium",
        due_at: OLD,
      }),
    "was called": (id) => own.api.phoneCalls.create({ contact_id: id }),
    "has a new note": async (id) => own.api.notes.create({ content: "Met her", contact_ids: [id] }),
    "has a meeting ahead": (id) =>
      sql(
        `insert into bookings (team_id, id, program, external_id, contact_id, starts_at, state, booked_at)
         values ($1, new_ident(), 'Cal.com', 'ahead', $2, now() + interval '9 days', 'booked', $3)`,
        [own.id, id, OLD],
      ),
    "was in a recorded meeting": async (id) => {
      const conversation = await plant(world, own, "conversations", {
        source: "recorder",
        type: "phone_call",
        started_at: new Date().toISOString(),
        user_id: own.owner.id,
        created_at: OLD,
        updated_at: OLD,
      });
      await sql(
        "insert into conversation_participants (team_id, conversation_id, position, contact_id) values ($1, $2, 1, $3)",
        [own.id, conversation, id],
      );
    },
    "has an open deal": async (id) => {
      const { opportunity } = await own.api.opportunities.create({ name: "Turbine" });
      await sql(
        "insert into deal_contacts (team_id, id, deal_id, contact_id) values ($1, new_ident(), $2, $3)",
        [...[own.id, opportunity.id, id]],
      );
      await sql("update deals set updated_at = $2 where id = $1", [opportunity.id, OLD]);
    },
  };
  const kept = new Map<string, string>();
  for (const [why, make] of Object.entries(stay)) {
    const id = await idle({ first_name: why });
    await make(id);
    if (why !== "was changed lately")
      await sql("update contacts set updated_at = $2 where id = $1", [id, OLD]);
    kept.set(id, why);
  }
  const asking = await plantIncoming(world, own);
  await sql("update incoming_mails set received_at = $2, needs_person = true where id = $1", [
    asking.id,
    OLD,
  ]);
  await sql("update messages set created_at = $2, completed_at = $2 where contact_id = $1", [
    asking.contactId,
    OLD,
  ]);
  await sql("update enrollments set state = 'finished', added_at = $2 where contact_id = $1", [
    asking.contactId,
    OLD,
  ]);
  await sql("update contacts set created_at = $2, updated_at = $2, last_activity_at = null where id = $1", [
    asking.contactId,
    OLD,
  ]);
  kept.set(asking.contactId, "sent what a person has to settle");

  const { counts } = await own.api.dataRetention.preview({ rules: [{ kind: "contacts", keep_days: 365 }] });
  assert.deepEqual(
    counts.map(({ kind, count, oldest_at }) => [kind, count, oldest_at]),
    [["contacts", 2, OLD]],
  );
  await keep(own, "contacts", 365);
  await runRules(own);
  const left = await sql("select id::text from contacts where team_id = $1", [own.id]);
  const ids = left.map(({ id }) => id);
  assert.deepEqual(
    [...kept].filter(([id]) => !ids.includes(id)).map(([, why]) => why),
    [],
  );
  assert.deepEqual([ids.includes(gone), ids.includes(finished)], [false, false]);
  assert.equal((await refused(own.api.contacts.get({ id: gone }))).code, "contact_deleted");
  const { deleted, deleted_in_last_run, last_run_at } = await ruleOf(own, "contacts");
  assert.deepEqual([deleted, deleted_in_last_run, last_run_at !== null], [2, 2, true]);

  const { audit_log } = await own.api.auditLog.list({ limit: 200 });
  const told = audit_log.filter(
    ({ type }) => type === "contact.deleted" || type === "data_retention.applied",
  );
  const deletion = "A contact was deleted after 365 days without activity, as the team's settings say";
  assert.deepEqual(told.map(({ sentence }) => sentence).sort(), [
    deletion,
    deletion,
    "Cadenza deleted what was older than 365 days: contacts without activity (2)",
  ]);
});

test("a contact who opted out and was deleted because of age is still not emailed", async () => {
  const own = await world.newTeam("Opted out");
  const email = "ines@kraft.example";
  const id = await newContact(own, { first_name: "Ines", email });
  await own.api.suppressions.create({ value: email });
  await sql("update contacts set created_at = $2, updated_at = $2 where id = $1", [id, OLD]);
  await keep(own, "contacts", 365);
  await runRules(own);
  assert.equal((await sql("select from contacts where id = $1", [id])).length, 0);
  const again = await newContact(own, { first_name: "Ines", email });
  const { id: sequence } = await newSequence(own);
  const box = await newMailbox(own);
  const joined = await own.api.joining.addContacts({
    id: sequence,
    contact_ids: [again],
    send_email_from_email_account_id: box.id,
  });
  assert.ok("skipped_contact_ids" in joined);
  const { skipped_contact_ids } = joined;
  assert.ok(again in (skipped_contact_ids ?? {}), JSON.stringify(skipped_contact_ids));
});

test("texts of old emails go; subject and times stay, and so does what may still be sent", async () => {
  const own = await world.newTeam("Texts");
  const { id: sequence } = await newSequence(own, { active: false });
  const contact_id = await newContact(own, { first_name: "Ines", email: "ines@texts.example" });
  const active = await plantEnrollment(world, own, sequence, { contact_id });
  const text = { subject: "About turbines", body_text: "Secret words", body_html: "<p>Secret words</p>" };
  const mail = (row: Record<string, unknown>) =>
    plantMessage(world, own, sequence, { contact_id, created_at: OLD, updated_at: OLD, ...text, ...row });
  const sent = await mail({ completed_at: OLD });
  const dropped = await mail({ delivery: "cancelled" });
  const kept = [
    await mail({ completed_at: new Date().toISOString() }),
    await mail({ status: "drafted" }),
    await mail({ status: "scheduled", next_check_at: "2100-01-01T00:00:00Z" }),
    await mail({ status: "failed", failed_at: OLD, enrollment_id: active }),
  ];
  await keep(own, "email_texts", 30);
  await runRules(own);
  const rows = await sql("select id::text, subject, body_text, body_html from messages where team_id = $1", [
    own.id,
  ]);
  const textOf = (id: string) => rows.find((row) => row.id === id);
  for (const id of [sent, dropped])
    assert.deepEqual(textOf(id), { id, subject: "About turbines", body_text: null, body_html: null });
  for (const id of kept) assert.equal(textOf(id)?.body_text, "Secret words");
  const { emailer_message } = await own.api.emailerMessages.show({ id: sent });
  assert.deepEqual([emailer_message.subject, emailer_message.body_text], ["About turbines", null]);
  const byHand = await mail({
    sequence_id: null,
    delivery: "failed",
    failed_at: OLD,
    type: "outreach_manual_email",
  });
  await runRules(own);
  assert.equal((await refused(own.api.emailerMessages.sendNow({ id: byHand }))).code, "message_text_deleted");
});

test("texts of received emails, calls, notes and conversations go", async () => {
  const own = await world.newTeam("All kinds");
  const old = await plantIncoming(world, own);
  const asked = await plantIncoming(world, own);
  for (const { id } of [old, asked])
    await sql(
      "update incoming_mails set received_at = $2, subject = 'Re: turbines', body_text = 'Call my boss', named_emails = '{boss@kraft.example}' where id = $1",
      [id, OLD],
    );
  await sql("update incoming_mails set needs_person = true where id = $1", [asked.id]);
  const { phone_call } = await own.api.phoneCalls.create({ contact_id: old.contactId, note: "Nervous" });
  await sql(
    "update calls set created_at = $2, started_at = null, recording_url = 'https://calls.example/1' where id = $1",
    [phone_call.id, OLD],
  );
  await plant(world, own, "notes", { content: "Old", created_at: OLD, updated_at: OLD });
  await own.api.notes.create({ content: "New", contact_ids: [old.contactId] });
  await plant(world, own, "conversations", {
    source: "recorder",
    type: "phone_call",
    started_at: OLD,
    user_id: own.owner.id,
    created_at: OLD,
    updated_at: OLD,
  });
  for (const kind of ["reply_texts", "call_notes", "notes", "conversations"] as const)
    await keep(own, kind, 90);
  const { counts } = await own.api.dataRetention.preview({});
  assert.deepEqual(
    counts.map(({ kind, count }) => [kind, count]),
    [
      ["reply_texts", 1],
      ["call_notes", 1],
      ["notes", 1],
      ["conversations", 1],
    ],
  );
  await runRules(own);
  const mails = await sql(
    "select id::text, subject, body_text, named_emails from incoming_mails where team_id = $1",
    [own.id],
  );
  assert.deepEqual(
    mails.find(({ id }) => id === old.id),
    { id: old.id, subject: "Re: turbines", body_text: null, named_emails: [] },
  );
  assert.equal(
    mails.find(({ id }) => id === asked.id)?.body_text,
    "Call my boss",
    "a person has to settle it",
  );
  assert.deepEqual(await sql("select note, recording_url from calls where team_id = $1", [own.id]), [
    { note: null, recording_url: null },
  ]);
  assert.deepEqual(await sql("select content from notes where team_id = $1", [own.id]), [{ content: "New" }]);
  assert.deepEqual(await sql("select from conversations where team_id = $1", [own.id]), []);
});

test("a run goes through more records than one look takes in, and two engines delete each once", async () => {
  const own = await world.newTeam("Many");
  await sql(
    `insert into notes (team_id, id, content, created_at, updated_at)
     select $1, new_ident(), 'Note ' || n, $2, case when n % 4 = 0 then now() else $2::timestamptz end from generate_series(1, 12000) as n`,
    [own.id, OLD],
  );
  await keep(own, "notes", 30);
  await runRules(own);
  const { deleted, deleted_in_last_run } = await ruleOf(own, "notes");
  assert.deepEqual([deleted, deleted_in_last_run], [9_000, 9_000]);
  assert.equal((await sql("select from notes where team_id = $1", [own.id])).length, 3_000);
  await runRules(own);
  assert.deepEqual((await ruleOf(own, "notes")).deleted_in_last_run, 0);
});

test("too short a time and unknown kinds are refused, and members may neither look nor change", async () => {
  const own = await world.newTeam("Refused");
  for (const keep_days of [0, 29, 36_501, 1.5])
    assert.equal((await refused(keep(own, "notes", keep_days))).status, 422);
  const kind = "teams" as "notes";
  assert.equal((await refused(keep(own, kind, 90))).status, 422);
  const email = "mona@refused.example";
  const { invitation_url } = await own.api.users.invite({ email });
  const password = "a password long enough";
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Mona", password });
  const { api: member } = await world.signIn(email, password);
  assert.equal((await refused(member.dataRetention.show({}))).status, 403);
  assert.equal((await refused(member.dataRetention.update({ rules: [] }))).status, 403);
});
