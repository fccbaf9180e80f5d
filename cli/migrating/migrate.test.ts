// A team moves from one server to another, with the program as people run it. Both are teams of one sandbox, so weeks before and after
// the move pass in moments.

import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { inSandbox } from "../../server/testing/sandboxed.ts";
import { alwaysOpen } from "../../server/testing/sending.ts";
import { MAIL_STEP, newSequence } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { cadenza, home } from "../testing.ts";

type Told = {
  records: { kind: string; made: number; existing: number; before: number; left_out: number }[];
  left_out: { kind: string; why: string; count: number }[];
  notes: string[];
};

let old: Team;
const world = useWorld(await inSandbox(), async (opened) => {
  old = await opened.newTeam("Old");
});

const mailStep = (subject: string, days: number) => ({
  ...MAIL_STEP,
  wait_time: days,
  wait_mode: "day" as const,
  emailer_touches: [
    { status: "approved" as const, emailer_template: { subject, body_html: "<p>Hi {{first_name}}</p>" } },
  ],
});

async function migrate(to: Team, folder: string, ...flags: string[]) {
  const ran = await cadenza(["migrate", "--from", world.url, "--folder", folder, "--json", ...flags], {
    env: { CADENZA_URL: world.url, CADENZA_API_KEY: to.key, CADENZA_FROM_KEY: old.key },
  });
  return { ...ran, told: () => ran.json<Told>() };
}

const countsOf = ({ records }: Told) => Object.fromEntries(records.map(({ kind, ...rest }) => [kind, rest]));

async function mailsOf(...teams: Team[]) {
  const lists = await Promise.all(teams.map(({ api }) => api.catcher.list({ limit: 200 })));
  return lists.flatMap(({ messages }) =>
    messages.filter(({ from }) => from !== "").map(({ to, subject }) => `${to} ${subject}`),
  );
}

test("contacts go on at the step after the last one that they were sent, and nobody gets an email twice", async () => {
  const { api } = old;
  const box = (await api.emailAccounts.create({ email: "me@sender.example", type: "catcher" })).email_account;
  const { id: stageId } = (await api.contactStages.create({ name: "Warm", category: "in_progress" }))
    .contact_stage;
  const [size] = (
    await api.customFields.create({
      label: "Size",
      modality: "contact",
      type: "picklist",
      meta: { picklist_values: [{ name: "Small" }, { name: "Large" }] },
    })
  ).typed_custom_fields;
  const large = size?.picklist_values.find(({ name }) => name === "Large")?.id;
  const { account } = await api.accounts.create({ name: "Kraft AS", domain: "kraft.example" });
  const people = Array.from({ length: 130 }, (_, n) => ({
    first_name: `P${n}`,
    email: `p${n}@firm${n}.example`,
    contact_stage_id: stageId,
    label_names: ["Conference"],
    ...(size && { typed_custom_fields: { [size.id]: large } }),
    ...(n % 2 && { account_id: account.id }),
    ...(n === 0 && { email_unsubscribed: true }),
  }));
  const ids: string[] = [];
  for (const some of [people.slice(0, 100), people.slice(100)])
    ids.push(...(await api.contacts.bulkCreate({ contacts: some })).created_contacts.map(({ id }) => id));
  const sequence = await newSequence(old, {
    name: "Nordic plants",
    emailer_schedule_id: await alwaysOpen(old),
    emailer_steps: [mailStep("One", 0), mailStep("Two", 3), mailStep("Three", 3)],
  });
  const add = (contact_ids: string[]) =>
    api.joining.addContacts({
      id: sequence.id,
      contact_ids,
      send_email_from_email_account_id: [box.id],
      sequence_same_company_in_same_campaign: true,
      sequence_unverified_email: true,
    });
  await api.sandbox.setProspects({
    prospects: [{ match: { email: "p5@firm5.example" }, does: "reply", after: "PT1H" }],
  });
  await add(ids.slice(1, 21));
  await api.sandbox.advance({ days: 4, wait_seconds: 300 });
  await add(ids.slice(21, 31));
  await api.sandbox.advance({ days: 1, wait_seconds: 300 });
  await add(ids.slice(31, 41));
  await api.opportunities.create({
    name: "Kraft deal",
    amount: "1200",
    account_id: account.id,
    contact_id: ids[1] as string,
  });
  await api.tasks.create({
    type: "call",
    contact_id: ids[1] as string,
    note: "Call Ada",
    due_at: "2027-02-01T10:00:00Z",
  });
  await api.phoneCalls.create({
    contact_id: ids[1] as string,
    status: "completed",
    duration: 60,
    note: "Went well",
  });
  await api.notes.create({ contact_id: ids[1] as string, content: "Likes trains" });
  await api.enrollments.pause({ id: sequence.id, contact_ids: [ids[40] as string], reason: "Asked to wait" });
  await api.sequences.abort({ id: sequence.id });

  const next = await world.newTeam("New");
  await next.api.emailAccounts.create({ email: "me@sender.example", type: "catcher" });
  const dry = await migrate(next, "first", "--dry-run");
  assert.equal(countsOf(dry.told()).contacts?.made, 130, dry.err);
  assert.equal((await next.api.contacts.search()).pagination.total_entries, 0);

  const ran = await migrate(next, "first", "--notes");
  const counts = countsOf(ran.told());
  assert.equal(counts.contacts?.made, 130, ran.err + ran.out);
  assert.deepEqual(counts.enrollments, { made: 40, existing: 0, before: 0, left_out: 0 });
  for (const kind of ["accounts", "deals", "tasks", "calls", "notes", "sequences", "fields"])
    assert.deepEqual(counts[kind], { made: 1, existing: 0, before: 0, left_out: 0 }, kind);
  assert.deepEqual(
    ran.told().left_out.map(({ kind }) => kind),
    ["users"],
  );

  const [copied] = (await next.api.sequences.search()).emailer_campaigns;
  assert.ok(copied && !copied.active, "the copy is switched off");
  const [unsubscribed] = (await next.api.contacts.search({ email: "p0@firm0.example" })).contacts;
  assert.equal(unsubscribed?.email_unsubscribed, true);
  const [one] = (await next.api.contacts.search({ email: "p1@firm1.example" })).contacts;
  const [field] = (await next.api.typedCustomFields.list()).typed_custom_fields;
  const option = field?.picklist_values.find(({ name }) => name === "Large")?.id;
  assert.equal(one?.typed_custom_fields[field?.id ?? ""], option);
  assert.equal(one?.organization_name ?? one?.account?.name, "Kraft AS");
  assert.equal(one?.label_ids.length, 1);

  await next.api.sequences.approve({ id: copied.id });
  const { contact_campaign_statuses: places } = await next.api.enrollments.search({
    emailer_campaign_ids: [copied.id],
    per_page: 100,
  });
  const at = new Map(
    places.map((one) => [one.contact.email, one.status === "finished" ? "over" : one.current_step_position]),
  );
  assert.equal(at.get("p1@firm1.example"), 3);
  assert.equal(at.get("p5@firm5.example"), "over");
  assert.equal(at.get("p25@firm25.example"), 2);
  assert.equal(
    places.find(({ contact }) => contact.email === "p40@firm40.example")?.status,
    "paused",
    "who was paused by a person stays paused",
  );
  await next.api.sandbox.advance({ days: 30, wait_seconds: 300 });
  const mails = await mailsOf(old, next);
  assert.equal(new Set(mails).size, mails.length, "nobody gets an email twice");
  const through = ids.slice(1, 40).length - 1; // one has replied to the first, and one is paused
  assert.equal(mails.filter((mail) => !mail.startsWith("p40@")).length, through * 3 + 1);
  assert.ok(!mails.includes("p40@firm40.example Two"));

  const again = await migrate(next, "first", "--notes");
  for (const [kind, { made, existing }] of Object.entries(countsOf(again.told())))
    assert.deepEqual([made, existing], [0, 0], kind);
});

test("what is there already is used, and opt-outs of the source hold for it", async () => {
  const next = await world.newTeam("Has some");
  const { contact } = await next.api.contacts.create({ first_name: "Known", email: "P0@firm0.example" });
  const ran = await migrate(next, "second");
  const { contacts, enrollments } = countsOf(ran.told());
  assert.deepEqual(contacts, { made: 129, existing: 1, before: 0, left_out: 0 });
  const known = (await next.api.contacts.get({ id: contact.id })).contact;
  assert.deepEqual([known.first_name, known.email_unsubscribed], ["Known", true]);
  // Without the mailbox nobody can be emailed, which is told.
  assert.equal(enrollments?.left_out, 40);
  assert.equal(ran.code, 7);
  assert.ok(ran.told().left_out.some(({ kind, why }) => kind === "mailboxes" && /Connect it/.test(why)));

  await next.api.emailAccounts.create({ email: "me@sender.example", type: "catcher" });
  const again = await migrate(next, "second");
  assert.equal(countsOf(again.told()).enrollments?.made, 40, again.out);
});

test("a migration is taken back, and what was there before stays", async () => {
  const next = await world.newTeam("Undone");
  await next.api.contacts.create({ first_name: "Mine", email: "mine@own.example" });
  await next.api.contacts.create({ first_name: "Both", email: "p1@firm1.example" });
  await migrate(next, "third");
  assert.equal((await next.api.contacts.search()).pagination.total_entries, 131);
  const ran = await migrate(next, "third", "--undo");
  assert.equal(ran.code, 0, ran.err);
  const left = (await next.api.contacts.search()).contacts.map(({ first_name }) => first_name);
  assert.deepEqual(left.sort(), ["Both", "Mine"]);
  assert.equal((await next.api.accounts.search()).pagination.total_entries, 0);
  assert.equal((await next.api.opportunities.search()).opportunities.length, 0);
  const anew = await migrate(next, "third");
  assert.equal(countsOf(anew.told()).contacts?.made, 129);
});

test("two contacts of the source with one address become one, who gets no email that either has had", async () => {
  const { api } = old;
  const box = (await api.emailAccounts.list()).email_accounts[0]?.id ?? "";
  const first = (await api.contacts.create({ first_name: "Twin", email: "twin@two.example" })).contact.id;
  const second = (await api.contacts.create({ first_name: "Other", email: "TWIN@two.example" })).contact.id;
  const { id } = await newSequence(old, {
    name: "Twins",
    emailer_schedule_id: await alwaysOpen(old),
    emailer_steps: [mailStep("Twin one", 0), mailStep("Twin two", 3)],
  });
  const add = (contact: string) =>
    api.joining.addContacts({
      id,
      contact_ids: [contact],
      send_email_from_email_account_id: [box],
      sequence_unverified_email: true,
      sequence_same_email_in_same_campaign: true,
      sequence_same_company_in_same_campaign: true,
    });
  await add(first);
  await api.sandbox.advance({ days: 1 });
  await api.sequences.abort({ id });
  await add(second);
  const next = await world.newTeam("Twins");
  await next.api.emailAccounts.create({ email: "me@sender.example", type: "catcher" });
  const ran = await migrate(next, "twins");
  const copied = (await next.api.sequences.search({ q_name: "Twins" })).emailer_campaigns[0]?.id ?? "";
  assert.ok(copied, ran.err);
  await next.api.sequences.approve({ id: copied });
  await next.api.sandbox.advance({ days: 10, wait_seconds: 300 });
  const mails = (await mailsOf(next)).filter((mail) => mail.toLowerCase().startsWith("twin@"));
  assert.deepEqual(
    mails.map((mail) => mail.split(" ").slice(1).join(" ")),
    ["Twin two"],
  );
});

test("a record of another migration is refused, and so is a missing key", async () => {
  const other = await world.newTeam("Other");
  const mixed = await migrate(other, "first");
  assert.equal(mixed.code, 2);
  assert.match(mixed.err, /Name another folder/);
  const ran = await cadenza(["migrate", "--from", "apollo", "--folder", "none"], {
    env: { CADENZA_URL: world.url, CADENZA_API_KEY: other.key },
  });
  assert.equal(ran.code, 2);
  assert.match(ran.err, /CADENZA_FROM_KEY/);
  rmSync(join(home, "none"), { recursive: true, force: true });
});
