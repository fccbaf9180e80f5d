// A sequence is tried out in a sandbox of its own: what goes out there agrees with the forecast, and nothing leaves.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { COPIED_TABLES, LEFT_OUT } from "../../features/insight/trial-runs/copied-tables.ts";
import { copyForTrial } from "../../features/insight/trial-runs/copying.ts";
import { chanceFrom } from "../../sample/chance.ts";
import { startEngineProcess } from "../../testing/engine-process.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { plansByLot } from "../../testing/plans-by-lot.ts";
import { rounds } from "../../testing/rounds.ts";
import { alwaysOpen, newSendingMailbox, until, useWitness } from "../../testing/sending.ts";
import { MAIL_STEP, newContacts, newSequence } from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../testing/world.ts";
import { planOnce } from "../planning/plan-steps.ts";
import { runProgress } from "../upkeep/run-progress.ts";

/** More of them: CADENZA_TRIAL_PLANS=20. */
const PLANS = rounds(1, 3, "CADENZA_TRIAL_PLANS");

const witness = useWitness();
// Only answers callers: what the engine does is called here.
const world = useWorld({ role: "api", mailAllow: LOOPBACK });

const day = { ...MAIL_STEP, wait_time: 1, wait_mode: "day" as const };

type TrialWish = Omit<Parameters<Team["api"]["trialRuns"]["start"]>[0], "id">;

async function tried(team: Team, id: string, wish: TrialWish = {}) {
  const { trial_run: started } = await team.api.trialRuns.start({ id, ...wish });
  await runProgress(
    world.running.app,
    { teamId: team.id, progressId: started.entity_progress_job_id },
    new AbortController().signal,
  );
  const { trial_run: run } = await team.api.trialRuns.show({ id: started.id });
  assert.deepEqual([run.status, run.error], ["done", null]);
  return { run, report: run.report ?? assert.fail() };
}

test("a sequence that is off is tried with its contacts: emails are read as they would arrive, and nothing leaves", async () => {
  const team = await world.newTeam();
  const mailbox = await newSendingMailbox(team, witness);
  const contact_ids = await newContacts(team, 5);
  const { id } = await newSequence(team, { active: false, emailer_steps: [MAIL_STEP, day] });
  await team.api.joining.addContacts({
    id,
    contact_ids,
    send_email_from_email_account_id: [mailbox.id],
    sequence_unverified_email: true,
  });
  const { run, report } = await tried(team, id, { days: 7 });
  assert.equal(report.contacts.in_sequence, 5);
  assert.equal(report.emails, 10);
  assert.deepEqual([report.forecast.sent, report.forecast.foreseen, report.forecast.elsewhere], [10, 10, 0]);
  assert.deepEqual(
    report.endings.map(({ state, code, count }) => [state, code, count]),
    [["finished", "Completed last step", 5]],
  );
  const { emails, pagination } = await team.api.trialRuns.emails({ id: run.id, per_page: 100 });
  assert.equal(pagination.total_entries, 10);
  assert.equal(new Set(emails.map(({ contact }) => contact.id)).size, 5);
  assert.ok(emails.every(({ subject, body_html, step_position }) => subject && body_html && step_position));
  assert.ok(!JSON.stringify(emails).includes(".invalid"), "invented addresses are not shown");
  assert.equal(witness.lines().length, 0, "nothing reached the mail server");
  const { emailer_campaign } = await team.api.sequences.show({ id });
  assert.equal(emailer_campaign.active, false);
  assert.ok(!existsSync(join(world.running.app.config.dataDir, "trial-run")));
});

for (let seed = 1; seed <= PLANS; seed++)
  test(`plan ${seed}: what goes out is what was foreseen`, async (t) => {
    const team = await world.newTeam();
    const { layOut } = plansByLot({
      now: () => world.running.app.now(),
      newMailbox: (of, wish) => newSendingMailbox(of, witness, wish),
    });
    await layOut(team, chanceFrom(seed));
    const { emailer_campaigns: sequences } = await team.api.sequences.search();
    const [largest] = sequences.toSorted((a, b) => b.num_contacts - a.num_contacts);
    const { report } = await tried(team, largest?.id ?? assert.fail(), { days: 28 });
    const { sent, foreseen, elsewhere } = report.forecast;
    t.diagnostic(`${sent} emails, ${foreseen} foreseen, ${elsewhere} elsewhere, ${report.took_seconds} s`);
    const told = JSON.stringify(report.forecast);
    assert.ok(sent > 5 && elsewhere <= sent * 0.05 && Math.abs(sent - foreseen) <= sent * 0.05, told);
  });

test("tasks are completed and manual emails sent at the minute when they are due, as foreseen", async () => {
  const team = await world.newTeam();
  const mailbox = await newSendingMailbox(team, witness);
  const contact_ids = await newContacts(team, 6, { direct_phone: "+46701234567" });
  const wait = { wait_time: 1, wait_mode: "hour" as const };
  const { id } = await newSequence(team, {
    emailer_schedule_id: await alwaysOpen(team),
    emailer_steps: [
      MAIL_STEP,
      { type: "call", ...wait },
      { ...MAIL_STEP, ...wait },
      { ...MAIL_STEP, type: "manual_email" as const, ...wait },
      { type: "action_item", ...wait },
    ],
  });
  await team.api.joining.addContacts({
    id,
    contact_ids,
    send_email_from_email_account_id: [mailbox.id],
    sequence_unverified_email: true,
    sequence_same_company_in_same_campaign: true,
  });
  const { run, report } = await tried(team, id, { days: 14 });
  assert.deepEqual(
    report.endings.map(({ state, code, count }) => [state, code, count]),
    [["finished", "Completed last step", 6]],
  );
  assert.deepEqual([report.forecast.sent, report.forecast.foreseen, report.forecast.elsewhere], [18, 18, 0]);
  const { emails } = await team.api.trialRuns.emails({ id: run.id, per_page: 100 });
  const sentAt = (step: number) =>
    emails
      .filter(({ step_position }) => step_position === step)
      .map(({ sent_at }) => Date.parse(sent_at))
      .toSorted((a, b) => a - b);
  const [first, third] = [sentAt(1), sentAt(3)];
  for (const [n, at] of first.entries())
    assert.ok((third[n] ?? 0) - at < 2 * 3_600_000 + 5 * 60_000, `${emails.map(({ sent_at }) => sent_at)}`);
});

test("contacts are added to the copy only; who is not added is told with the reason", async () => {
  const team = await world.newTeam();
  const mailbox = await newSendingMailbox(team, witness, { email_daily_threshold: 4 });
  const contact_ids = await newContacts(team, 8, { organization_name: "Acme" });
  const [barred = "", optedOut = ""] = contact_ids;
  const { contact } = await team.api.contacts.get({ id: barred });
  await team.api.suppressions.create({ value: contact.email ?? "" });
  await team.api.contacts.update({ id: optedOut, email_unsubscribed: true });
  const { id } = await newSequence(team, { active: false, emailer_steps: [MAIL_STEP] });
  await team.api.labels.create({ name: "Fair", modality: "contacts" });
  await team.api.labels.addEntityIds({
    label_names: ["Fair"],
    entity_ids: contact_ids.slice(4),
    modality: "contacts",
  });
  const wish = {
    contact_ids: contact_ids.slice(0, 4),
    label_names: ["Fair"],
    sequence_unverified_email: true,
  };
  assert.equal(
    (await refused(team.api.trialRuns.start({ id, ...wish }))).code,
    "joining_mailbox_missing",
    "contacts are added from a mailbox",
  );
  const { run, report } = await tried(team, id, {
    ...wish,
    send_email_from_email_account_id: [mailbox.id],
    sequence_same_company_in_same_campaign: true,
    days: 3,
  });
  assert.deepEqual([report.contacts.added, report.contacts.skipped, report.emails], [8, 2, 6]);
  const { contacts: left } = await team.api.trialRuns.contacts({ id: run.id, state: "left_out" });
  assert.deepEqual(
    new Map(left.map((one) => [one.contact.id, one.code])),
    new Map([
      [barred, "contacts_do_not_contact"],
      [optedOut, "contacts_unsubscribed"],
    ]),
  );
  assert.deepEqual(
    report.skipped.map(({ count }) => count),
    [1, 1],
  );
  const limited = report.waits.find(({ code }) => code === "limit:mailbox_day");
  assert.equal(limited?.contacts, 2, `four a day: two wait for the next; ${JSON.stringify(report.waits)}`);
  const { contacts: waited } = await team.api.trialRuns.contacts({
    id: run.id,
    waited_for: "limit:mailbox_day",
  });
  assert.equal(waited.length, 2);
  const { emailer_campaign } = await team.api.sequences.show({ id });
  assert.equal(emailer_campaign.num_contacts, 0, "nobody joined the sequence itself");
});

test("a contact whom another sequence mails within a day is told, and so are colleagues on one day", async () => {
  const team = await world.newTeam();
  const mailbox = await newSendingMailbox(team, witness);
  const colleague = async (name: string) =>
    (await team.api.contacts.create({ first_name: name, email: `${name}@acme.example` })).contact.id;
  const [one, other] = [await colleague("ada"), await colleague("bo")];
  const join = (id: string, contact_ids: string[]) =>
    team.api.joining.addContacts({
      id,
      contact_ids,
      send_email_from_email_account_id: [mailbox.id],
      sequence_unverified_email: true,
      sequence_active_in_other_campaigns: true,
      sequence_same_company_in_same_campaign: true,
    });
  const { id: elsewhere } = await newSequence(team);
  await join(elsewhere, [one]);
  const { id } = await newSequence(team);
  await join(id, [one, other]);
  const { run, report } = await tried(team, id, { days: 2 });
  assert.deepEqual(report.collisions, { other_sequence: 1, same_company: 2 });
  assert.equal(report.emails_of_other_sequences, 1);
  const { contacts } = await team.api.trialRuns.contacts({ id: run.id, collides: "sequence" });
  assert.deepEqual(
    contacts.map(({ contact }) => contact.id),
    [one],
  );
});

test("a colleague whom another sequence mailed days ago counts against the limit per company", async () => {
  const team = await world.newTeam();
  const [mailbox, other] = [await newSendingMailbox(team, witness), await newSendingMailbox(team, witness)];
  const atAcme = async (name: string) =>
    (await team.api.contacts.create({ first_name: name, email: `${name}@acme.example` })).contact.id;
  const [asked, colleague] = [await atAcme("ada"), await atAcme("bo")];
  const join = (id: string, contactId: string, mailboxId: string) =>
    team.api.joining.addContacts({
      id,
      contact_ids: [contactId],
      send_email_from_email_account_id: [mailboxId],
      sequence_unverified_email: true,
      sequence_same_company_in_same_campaign: true,
    });
  const { id: past } = await newSequence(team);
  await join(past, colleague, other.id);
  await planOnce(world.running);
  await asOwner(world, (client) =>
    client.query(
      `update messages set delivery = 'sent', released_at = now() - interval '3 days', completed_at = now() - interval '3 days'
        where team_id = $1`,
      [team.id],
    ),
  );
  await team.api.sequences.abort({ id: past });
  await team.api.teams.update({
    touch_limits: [{ scope: "company", counts: "emails", most: 1, days: 7 }],
  });
  const { id } = await newSequence(team, { active: false, emailer_steps: [MAIL_STEP] });
  await join(id, asked, mailbox.id);
  const { report } = await tried(team, id, { days: 10 });
  assert.equal(report.emails, 1);
  const held = report.waits.find(({ code }) => code === "limit:touches");
  assert.equal(held?.contacts, 1, JSON.stringify(report.waits));
});

test("contacts reply, bounce and unsubscribe by a preset, and the same contacts do it again", async () => {
  const team = await world.newTeam();
  const mailbox = await newSendingMailbox(team, witness);
  const contact_ids = await newContacts(team, 40);
  const { id } = await newSequence(team, { emailer_steps: [MAIL_STEP, day] });
  await team.api.joining.addContacts({
    id,
    contact_ids,
    send_email_from_email_account_id: [mailbox.id],
    sequence_unverified_email: true,
  });
  const { report } = await tried(team, id, { days: 7, replies: "lively" });
  const { replied, bounced, unsubscribed } = report.came_of_it;
  assert.ok(replied > 3 && bounced + unsubscribed > 0, JSON.stringify(report.came_of_it));
  assert.ok(report.emails < 80 && report.endings.length > 2);
  const { report: again } = await tried(team, id, { days: 7, replies: "lively" });
  assert.deepEqual([again.emails, again.came_of_it], [report.emails, report.came_of_it]);
});

test("an engine that is killed in the middle begins anew, and it is done once; a cancelled one ends", async (t) => {
  const team = await world.newTeam();
  const mailbox = await newSendingMailbox(team, witness);
  const { id } = await newSequence(team, { active: false, emailer_steps: [MAIL_STEP, day] });
  const contact_ids = await newContacts(team, 20);
  await team.api.joining.addContacts({
    id,
    contact_ids,
    send_email_from_email_account_id: [mailbox.id],
    sequence_unverified_email: true,
  });
  const { trial_run } = await team.api.trialRuns.start({ id, days: 84 });
  assert.equal((await refused(team.api.trialRuns.start({ id }))).code, "trial_run_running");
  const shown = async () => (await team.api.trialRuns.show({ id: trial_run.id })).trial_run;
  const first = startEngineProcess(world);
  t.after(first.stop);
  await until(
    async () =>
      (await shown()).reached_at !== null && (await shown()).reached_at !== (await shown()).begins_at,
  );
  first.process.kill("SIGKILL");
  assert.equal(await first.ended, "SIGKILL");
  assert.equal((await shown()).status, "running");
  const second = startEngineProcess(world);
  t.after(second.stop);
  await until(async () => (await shown()).status === "done");
  const { report } = await shown();
  assert.equal(report?.emails, 40);
  assert.equal((await team.api.trialRuns.emails({ id: trial_run.id })).pagination.total_entries, 40);

  const { trial_run: cancelled } = await team.api.trialRuns.start({ id, days: 84 });
  await team.api.progress.cancel({ id: cancelled.entity_progress_job_id });
  const { trial_run: ended } = await team.api.trialRuns.show({ id: cancelled.id });
  assert.deepEqual([ended.status, ended.report], ["cancelled", null]);
  const { trial_run: third } = await team.api.trialRuns.start({ id, days: 1 });
  await until(async () => (await team.api.trialRuns.show({ id: third.id })).trial_run.status === "done");
  await team.api.trialRuns.delete({ id: third.id });
  assert.equal((await refused(team.api.trialRuns.show({ id: third.id }))).status, 404);
  assert.equal(witness.lines().length, 0);
});

test("what cannot be tried is refused, and what the sandbox refuses ends the job with a sentence", async () => {
  const team = await world.newTeam();
  const { id } = await newSequence(team, { active: false, emailer_steps: [] });
  assert.equal((await refused(team.api.trialRuns.start({ id }))).code, "sequence_without_steps");
  const { id: whole } = await newSequence(team, { active: false });
  assert.equal((await refused(team.api.trialRuns.start({ id: whole, days: 85 }))).code, "parameter_invalid");
  await team.api.sequences.archive({ id: whole });
  assert.equal((await refused(team.api.trialRuns.start({ id: whole }))).code, "sequence_archived");
});

test("no key, password or real address is in what the sandbox is filled with", async () => {
  const team = await world.newTeam();
  const mailbox = await newSendingMailbox(team, witness);
  const contact_ids = await newContacts(team, 3);
  const { id } = await newSequence(team);
  await team.api.joining.addContacts({
    id,
    contact_ids,
    send_email_from_email_account_id: [mailbox.id],
    sequence_unverified_email: true,
  });
  const { app } = world.running;
  const written = new Map<string, unknown[]>();
  await app.db.inTeam(team.id, (db) =>
    copyForTrial(
      db,
      { teamId: team.id, sequenceId: id, contactIds: [], mailboxIds: [], now: app.now() },
      async (table, rows) => {
        written.set(table, [...(written.get(table) ?? []), ...rows]);
      },
    ),
  );
  assert.equal(written.get("contacts")?.length, 3);
  assert.equal(written.get("mailboxes")?.length, 1);
  const all = JSON.stringify([...written]);
  for (const { email } of (await team.api.contacts.search()).contacts)
    assert.ok(
      email && all.includes(`${email}.invalid`) && !all.replaceAll(`${email}.invalid`, "").includes(email),
    );
  assert.ok(
    !all.includes("\\\\x") && !/"(?:smtp|imap)_password":"|"password_hash":"|"oauth_\w+":"/.test(all),
  );
});

test("every table of a team is copied, or it is said why not", async () => {
  const tables = await asOwner(world, async (client) => {
    const { rows } = await client.query(
      "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')",
    );
    return rows.map(({ name }) => name as string);
  });
  const decided = [...Object.keys(COPIED_TABLES), ...Object.keys(LEFT_OUT)];
  assert.deepEqual(decided.toSorted(), tables.toSorted());
});
