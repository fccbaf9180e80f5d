import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { plant, plantContact, plantEnrollment, plantMessage } from "../../../testing/planted.ts";
import { alwaysOpen } from "../../../testing/sending.ts";
import { newMailbox } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { makeSequence } from "../../../testing/wishes/sequences.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
let stranger: Team;
let sequence: { id: string; step: string; touch: string };
let mailbox: { id: string; email: string };
let ines: string;

const at = (day: number, hour = 9) => `2026-03-${String(day).padStart(2, "0")}T0${hour}:00:00Z`;

const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  stranger = await opened.newTeam();
  sequence = await makeSequence(team, { name: "Nordic plants" });
  mailbox = await newMailbox(team);
  ines = await plantContact(opened, team, {
    first_name: "Ines",
    last_name: "Okafor",
    email: "ines@kraft.example",
  });
});

const sent = (day: number) => ({ due_at: at(day), completed_at: at(day, 9), subject: `Day ${day}` });

async function found(input: Record<string, unknown>, by = team) {
  const { emailer_messages } = await by.api.emailerMessages.search(input);
  return emailer_messages.map(({ id }) => id);
}

test("the latest come first, whole and with their steps; slots and copies that are never shown are left out", async () => {
  const contact_id = ines;
  const first = await plantMessage(world, team, sequence.id, {
    ...sent(2),
    contact_id,
    mailbox_id: mailbox.id,
    step_id: sequence.step,
    touch_id: sequence.touch,
    to_email: "ines@kraft.example",
    to_name: "Ines Okafor",
    cc_emails: ["boss@kraft.example"],
    internet_message_id: "<abc@mail.example.no>",
    body_html: "<p>Hello</p>",
    body_text: "Hello",
  });
  const second = await plantMessage(world, team, sequence.id, { ...sent(3), contact_id });
  const copy = await plantMessage(world, team, sequence.id, { ...sent(4), contact_id, copy_of: first });
  const gone = await plantMessage(world, team, sequence.id, {
    ...sent(5),
    contact_id,
    delivery: "cancelled",
  });
  const ids = await found({ contact_ids: [ines] });
  assert.deepEqual(await found({ contact_id: ines }), ids);
  assert.deepEqual(ids, [second, first]);
  assert.ok(!ids.includes(copy) && !ids.includes(gone));

  const answer = await team.api.emailerMessages.search({ contact_ids: [ines], per_page: 1, page: 2 });
  const [message] = answer.emailer_messages;
  assert.equal(message?.provider_message_id, "<abc@mail.example.no>");
  assert.equal(message?.send_from_info, `${mailbox.id}***${mailbox.email}`);
  assert.deepEqual(
    message?.recipients.map(({ email, recipient_type_cd }) => [email, recipient_type_cd]),
    [
      ["ines@kraft.example", "to"],
      ["boss@kraft.example", "cc"],
    ],
  );
  assert.equal(message?.campaign_name, "Nordic plants");
  assert.equal(message?.campaign_position, 1);
  assert.equal(message?.delivery_confirmation, "confirmed");
  assert.equal(message?.due_at, "2026-03-02T09:00:00.000+00:00");
  assert.deepEqual(
    answer.emailer_steps.map(({ id }) => id),
    [sequence.step],
  );
  assert.deepEqual(
    answer.breadcrumbs.map(({ signal_field_name }) => signal_field_name),
    ["contact_ids"],
  );
});

test("each statistic finds its mails, several find those of any", async () => {
  const own = await makeSequence(team);
  const of = (row: Record<string, unknown> = {}) => plantMessage(world, team, own.id, { ...sent(2), ...row });
  const ids = {
    unopened: await of(),
    opened: await of({ num_opens: 2 }),
    clicked: await of({ num_opens: 1, num_clicks: 1 }),
    replied: await of({ replied_at: at(3), reply_class: "willing_to_meet", num_opens: 1 }),
    away: await of({ replied_at: at(3), reply_class: "out_of_office", num_opens: 1 }),
    unsubscribed: await of({ unsubscribed_at: at(3), num_opens: 1 }),
    demoed: await of({ demoed_at: at(3), num_opens: 1 }),
    bounced: await of({ has_bounced: true }),
    blocked: await of({ is_spam_blocked: true }),
    failed: await of({
      status: "failed",
      completed_at: null,
      not_sent_reason: "snippets_missing",
      failed_at: at(2),
    }),
    bouncedAtOnce: await of({ status: "failed", completed_at: null, has_bounced: true, failed_at: at(2) }),
    planned: await of({ status: "scheduled", completed_at: null }),
    draft: await of({ status: "drafted", completed_at: null, due_at: null }),
  };
  const expected: Record<string, (keyof typeof ids)[]> = {
    delivered: ["unopened", "opened", "clicked", "replied", "away", "unsubscribed", "demoed"],
    scheduled: ["planned"],
    drafted: ["draft"],
    not_opened: ["unopened"],
    opened: ["opened", "clicked", "replied", "away", "unsubscribed", "demoed"],
    clicked: ["clicked"],
    replied: ["replied"],
    unsubscribed: ["unsubscribed"],
    demoed: ["demoed"],
    bounced: ["bounced", "bouncedAtOnce"],
    spam_blocked: ["blocked"],
    failed_other: ["failed"],
  };
  for (const [stat, names] of Object.entries(expected)) {
    const answer = await found({ emailer_campaign_ids: [own.id], emailer_message_stats: [stat] });
    assert.deepEqual(answer.sort(), names.map((name) => ids[name]).sort(), stat);
  }
  const either = await found({
    emailer_campaign_ids: [own.id],
    emailer_message_stats: ["clicked", "drafted"],
  });
  assert.deepEqual(either.sort(), [ids.clicked, ids.draft].sort());
  const classed = { emailer_campaign_ids: [own.id], emailer_message_reply_classes: ["out_of_office"] };
  assert.deepEqual(await found(classed), [ids.away]);
  const reason = { emailer_campaign_ids: [own.id], not_sent_reason_cds: ["snippets_missing"] };
  assert.deepEqual(await found(reason), [ids.failed]);
  assert.equal((await refused(found({ emailer_message_stats: ["sent"] }))).status, 422);
});

test("senders, sequences and dates narrow; max is exclusive, in either spelling", async () => {
  const own = await makeSequence(team);
  const box = await newMailbox(team);
  const of = (row: Record<string, unknown>) => plantMessage(world, team, own.id, row);
  const early = await of({
    ...sent(2),
    mailbox_id: box.id,
    from_email: "sales@example.no",
    user_id: team.owner.id,
  });
  const late = await of({ ...sent(5), mailbox_id: box.id });
  const planned = await of({ status: "scheduled", due_at: at(6), mailbox_id: mailbox.id });
  const inOwn = { emailer_campaign_ids: [own.id] };

  assert.deepEqual(await found({ ...inOwn, email_account_id_and_aliases: box.id }), [late, early]);
  const aliased = { ...inOwn, email_account_id_and_aliases: `${box.id}***Sales@example.no` };
  assert.deepEqual(await found(aliased), [early]);
  const itself = { ...inOwn, email_account_id_and_aliases: `${box.id}***${box.email}` };
  assert.deepEqual(await found(itself), [late]);
  assert.deepEqual(await found({ ...inOwn, user_ids: [team.owner.id] }), [early]);
  assert.ok(!(await found({ not_emailer_campaign_ids: [own.id], per_page: 100 })).includes(early));

  const range = { min: "2026-03-02", max: "2026-03-05" };
  assert.deepEqual(await found({ ...inOwn, emailer_message_date_range: range }), [early]);
  assert.deepEqual(await found({ ...inOwn, emailerMessageDateRange: range }), [early]);
  const done = {
    emailer_message_date_range_mode: "completed_at",
    emailer_message_date_range: { min: "2026-03-03" },
  };
  assert.deepEqual(await found({ ...inOwn, ...done }), [late]);
  assert.deepEqual(await found({ ...inOwn, emailer_message_date_range: { min: "2026-03-03" } }), [
    planned,
    late,
  ]);

  assert.deepEqual(await found({ ...inOwn, sort_by_field: "completed_at", sort_ascending: true }), [
    early,
    late,
  ]);
  const unmapped = await refused(found({ sort_by_field: "created_at" }));
  assert.equal(unmapped.message, "No mapping found for [created_at] in order to sort on");
});

test("words are looked for in mails and names, also of what is not written yet", async () => {
  const own = await makeSequence(team);
  const contact_id = await plantContact(world, team, {
    first_name: "Zuzana",
    last_name: "Horáková",
    email: "zh@unusual.example",
  });
  const said = await plantMessage(world, team, own.id, {
    ...sent(2),
    subject: "Turbines for Björn's dam",
    body_text: "We overhaul generators.",
    to_email: "Someone@Dam.example",
    to_name: "Björn Ek",
  });
  const waiting = await plantMessage(world, team, own.id, { status: "scheduled", due_at: at(7), contact_id });
  const inOwn = { emailer_campaign_ids: [own.id] };
  assert.deepEqual(await found({ ...inOwn, q_keywords: "turbin OVERHAUL" }), [said]);
  assert.deepEqual(await found({ ...inOwn, q_keywords: "björn's" }), [said]);
  assert.deepEqual(await found({ ...inOwn, q_keywords: "horák" }), [waiting]);
  assert.deepEqual(await found({ ...inOwn, q_keywords: "turbine horák" }), []);
  assert.deepEqual(await found({ ...inOwn, q_keywords: "\\ ' : & !" }), [waiting, said]);
  assert.deepEqual(await found({ ...inOwn, email_address: "someone@dam.example" }), [said]);
  assert.deepEqual(await found({ ...inOwn, email_address: "ZH@unusual.example" }), [waiting]);
});

test("words that fit thousands are found in order, near and far, with and without others", async () => {
  const own = await makeSequence(team);
  await asOwner(world, (client) =>
    client.query(
      `insert into messages (team_id, id, sequence_id, type, delivery, subject, body_text, due_at, created_at, updated_at)
       select $1, new_ident(), $2, 'outreach_automatic_email', 'sent',
              case when g <= 3 then 'Rotor' else 'Stator' end || ' ' || g, 'Ubiquitous', timestamptz '2026-01-01' + g * interval '1 minute',
              now(), now()
         from generate_series(1, 5200) g`,
      [team.id, own.id],
    ),
  );
  const subjects = async (q_keywords: string, rest: Input<"emailerMessages", "search"> = {}) =>
    (
      await team.api.emailerMessages.search({
        q_keywords,
        emailer_campaign_ids: [own.id],
        per_page: 3,
        ...rest,
      })
    ).emailer_messages.map(({ subject }) => subject);
  assert.deepEqual(await subjects("ubiquit"), ["Stator 5200", "Stator 5199", "Stator 5198"]);
  assert.deepEqual(await subjects("ubiquit", { page: 1733 }), ["Stator 4", "Rotor 3", "Rotor 2"]);
  assert.deepEqual(await subjects("ubiquit", { page: 1734 }), ["Rotor 1"]);
  assert.deepEqual(await subjects("ubiquit rotor"), ["Rotor 3", "Rotor 2", "Rotor 1"]);
  assert.deepEqual(await subjects("ubiquit", { emailer_message_stats: ["opened"] }), []);
  const oldest = { sort_by_field: "due_at", sort_ascending: true };
  assert.deepEqual(await subjects("ubiquit", oldest), ["Rotor 1", "Rotor 2", "Rotor 3"]);
});

test("a mail that waits says which limit holds it, and until when", async () => {
  const hours = await alwaysOpen(team); // or on a Saturday they would hold it
  const own = await makeSequence(team, { active: true, emailer_schedule_id: hours });
  const box = await newMailbox(team, { email_daily_threshold: 1 });
  const contact_id = await plantContact(world, team, {
    email: "held@kraft.example",
    email_status: "verified",
  });
  const due = world.running.app.now().subtract({ minutes: 5 }).toString();
  const enrollment_id = await plantEnrollment(world, team, own.id, {
    contact_id,
    current_step_id: own.step,
    mailbox_id: box.id,
    due_at: due,
  });
  const row = {
    status: "scheduled",
    contact_id,
    enrollment_id,
    mailbox_id: box.id,
    step_id: own.step,
    due_at: due,
  } as const;
  await plantMessage(world, team, own.id, row);
  const [paused] = (await team.api.emailerMessages.search({ contact_ids: [contact_id] })).emailer_messages;
  assert.equal(paused?.schedule_delayed_reason, "needs_review");
  assert.equal(paused?.schedule_delayed_limit_reason, null);
  assert.equal(paused?.needs_dynamic_assemble, true);

  await team.api.touches.approve({ id: own.touch });
  const now = world.running.app.now();
  await plantMessage(world, team, own.id, {
    mailbox_id: box.id,
    completed_at: now.subtract({ hours: 2 }).toString(),
  });
  const [held] = (await team.api.emailerMessages.search({ contact_ids: [contact_id] })).emailer_messages;
  const { schedule_delayed_reason_details: details } = held ?? {};
  assert.equal(held?.schedule_delayed_reason, "limit:mailbox_day");
  assert.equal(held?.schedule_delayed_limit_reason, "mailbox_day");
  assert.match(details?.sentence ?? "", /has reached its daily limit: 1 of 1 email sent in 24 hours/);
  assert.ok(details?.until);
});

test("mails of hidden sequences and other people's own mails are not shown, and no stranger's", async () => {
  const { user } = await team.api.users.invite({ email: "member@example.no" });
  const member = world.client({
    apiKey: (await team.api.apiKeys.create({ name: "member", master: true, user_id: user.id })).api_key.key,
  });
  const hidden = await makeSequence(team);
  const inHidden = await plantMessage(world, team, hidden.id, sent(2));
  const own = await plant(world, team, "messages", {
    type: "outreach_manual_email",
    delivery: "draft",
    user_id: team.owner.id,
    created_at: at(2),
    updated_at: at(2),
  });
  const theirs = async (input: Input<"emailerMessages", "search">) =>
    (await member.emailerMessages.search({ per_page: 100, ...input })).emailer_messages.map(({ id }) => id);
  assert.ok(!(await theirs({})).some((id) => id === inHidden || id === own));
  assert.deepEqual(await theirs({ emailer_campaign_ids: [hidden.id] }), []);
  assert.ok((await found({ per_page: 100 })).includes(own));
  assert.deepEqual(await found({ contact_ids: [ines] }, stranger), []);
  assert.deepEqual(await found({}, stranger), []);
  for (const id of [inHidden, own]) {
    assert.equal((await refused(member.emailerMessages.show({ id }))).status, 404);
    assert.equal((await refused(member.emailerMessages.activities({ id }))).status, 404);
    assert.equal((await refused(member.emailerMessages.sendStatus({ id }))).status, 404);
    assert.deepEqual((await member.emailerMessages.getContent({ ids: [id] })).emailer_messages, []);
  }
});
