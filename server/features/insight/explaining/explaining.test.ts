// Why: through the API, on contacts who really are enrolled. Every reason is caused and shown. Where a call fixes it,
// that call is sent unchanged and the reason is gone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { GATE_CODES, type GateCode } from "../../../domain/gate/gate.ts";
import { holdContact } from "../../../testing/incoming.ts";
import { plantEnrollment, plantMessage } from "../../../testing/planted.ts";
import {
  CALL_STEP,
  MAIL_STEP,
  newContact,
  newMailbox,
  newSequence,
  type Touch,
} from "../../../testing/sequenced.ts";
import { asOwner, call } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const ALWAYS: { hours?: string } = {};

// Without an engine, so that nothing moves but what is called.
const world = useWorld({ role: "api" }, async (opened) => {
  team = await opened.newTeam();
  ALWAYS.hours = await scheduleOf(team, [[0, 24]]);
});

async function scheduleOf({ api }: Team, hours: [number, number][], zone = "UTC") {
  const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
  const { emailer_schedule } = await api.schedules.create({
    name: "Hours",
    time_zone: zone,
    skip_holidays: false,
    use_contacts_time_zone: true,
    schedule_hash: Object.fromEntries(days.map((day) => [day, hours])),
  });
  return emailer_schedule.id;
}

type Placed = { sequence: string; steps: string[]; contact: string; mailbox: string; enrollment: string };

async function placed({
  sequence: rest = {},
  contact = {},
  flags = {},
}: Partial<Record<"sequence" | "contact" | "flags", Record<string, unknown>>> = {}): Promise<Placed> {
  const { id: mailbox } = await newMailbox(team);
  const sequence = await newSequence(team, { emailer_schedule_id: ALWAYS.hours, ...rest });
  const person = await newContact(team, contact);
  const wish = {
    id: sequence.id,
    contact_ids: [person],
    send_email_from_email_account_id: [mailbox],
    ...flags,
  };
  const answer = await team.api.joining.addContacts(wish);
  const enrollment = "enrollments" in answer ? (answer.enrollments[0]?.id ?? "") : "";
  assert.notEqual(enrollment, "", "they joined");
  return { sequence: sequence.id, steps: sequence.steps, contact: person, mailbox, enrollment };
}

const sql = (text: string, params: unknown[]) => asOwner(world, (client) => client.query(text, params));
const now = () => world.running.app.now();
const setContact = (id: string, what: string) => sql(`update contacts set ${what} where id = $1`, [id]);
const setMember = (id: string, what: string) => sql(`update enrollments set ${what} where id = $1`, [id]);

async function why(id: string) {
  return (await team.api.explain.enrollment({ id })).explain;
}

/** So many mails from a mailbox, so many minutes apart, the last one `ago` minutes before now. */
async function send({ mailbox, sequence, steps }: Placed, count: number, ago: number, apart = 1) {
  for (let n = 0; n < count; n++)
    await plantMessage(world, team, sequence, {
      mailbox_id: mailbox,
      step_id: steps[0],
      completed_at: now()
        .subtract({ minutes: ago + n * apart })
        .toString(),
    });
}

async function stageNamed(name: string) {
  const { contact_stages } = await team.api.contactStages.list();
  return contact_stages.find((stage) => stage.name === name)?.id ?? "";
}

type Case = {
  arrange(): Promise<Placed>;
  /** What was arranged for everybody. */
  tidy?(): Promise<unknown>;
  /** Whether there is a call that mends it. */
  mended: boolean;
  evidence?: Record<string, unknown>;
};

const LEAVE = "update users set deactivated_at = now() where id = $1";

async function person(role: "admin" | "member" = "member") {
  const { user } = await team.api.users.invite({ email: `left${Math.random()}@example.no`, role });
  return user.id;
}

const mailOf = (template: Touch["emailer_template"], rest: Partial<Touch> = {}) => ({
  emailer_steps: [
    { ...MAIL_STEP, emailer_touches: [{ emailer_template: template, status: "approved", ...rest }] },
    CALL_STEP,
  ],
});

const limited = (limits: Record<string, unknown>, count: number, apart: number) => async () => {
  const one = await placed();
  await team.api.emailAccounts.update({
    id: one.mailbox,
    email_daily_threshold: null,
    max_outbound_emails_per_hour: null,
    seconds_delay_between_emails: null,
    ...limits,
  });
  await send(one, count, 10, apart);
  return one;
};

async function colleagues(policy: string) {
  const rules = { same_account_reply_policy_cd: policy, same_account_reply_delay_days: 3 };
  const account = (await team.api.accounts.create({ name: "Acme" })).account.id;
  const one = await placed({ sequence: rules, contact: { account_id: account } });
  const other = await newContact(team, { account_id: account });
  await team.api.joining.addContacts({
    id: one.sequence,
    contact_ids: [other],
    send_email_from_email_account_id: [one.mailbox],
    sequence_same_company_in_same_campaign: true,
  });
  await sql(
    "update enrollments set state = 'finished', inactive_reason = 'replied', finished_at = $2, replied_at = $2, due_at = null where contact_id = $1",
    [other, now().subtract({ hours: 24 }).toString()],
  );
  return one;
}

/** `not_due` is asked by the sender alone. */
type Explained = Exclude<GateCode, "not_due">;

const CASES: Record<Explained, Case> = {
  sequence_archived: {
    mended: true,
    // Archiving finishes all enrollments, so this one was left active by an earlier fault.
    arrange: async () => {
      const one = await placed();
      await sql("update sequences set archived_at = now(), is_active = false where id = $1", [one.sequence]);
      return one;
    },
  },
  sequence_inactive: {
    mended: true,
    arrange: async () => {
      const one = await placed();
      await team.api.sequences.abort({ id: one.sequence });
      return one;
    },
  },
  step_removed: {
    mended: false, // the engine finds them another
    arrange: async () => {
      const one = await placed();
      await setMember(one.enrollment, "current_step_id = null");
      return one;
    },
  },
  step_off: {
    mended: true,
    arrange: async () => {
      const one = await placed();
      await team.api.steps.update({ id: one.steps[0] ?? "", enabled: false });
      return one;
    },
    evidence: { position: 1 },
  },
  enrollment_removed: {
    mended: false,
    arrange: async () => {
      const one = await placed();
      const wish = { emailer_campaign_ids: [one.sequence], contact_ids: [one.contact] };
      await team.api.enrollments.removeOrStop({ ...wish, mode: "remove" });
      return one;
    },
  },
  enrollment_finished: {
    mended: true,
    arrange: async () => {
      const one = await placed();
      const wish = { emailer_campaign_ids: [one.sequence], contact_ids: [one.contact] };
      await team.api.enrollments.removeOrStop({ ...wish, mode: "mark_as_finished" });
      return one;
    },
    evidence: { reason: "manually finished" },
  },
  enrollment_failed: {
    mended: true,
    arrange: async () => {
      const one = await placed();
      await setMember(
        one.enrollment,
        "state = 'failed', failure_reason = 'snippets_missing', failed_at = now(), due_at = now()",
      );
      return one;
    },
    evidence: { failure: "snippets_missing" },
  },
  enrollment_paused: {
    mended: true,
    arrange: async () => {
      const one = await placed();
      await team.api.enrollments.pause({ id: one.sequence, contact_ids: [one.contact] });
      return one;
    },
    evidence: { reason: "manually paused" },
  },
  contact_unsubscribed: {
    mended: false, // a consent is the contact's own
    arrange: async () => {
      const one = await placed();
      await setContact(one.contact, "email_unsubscribed = true");
      return one;
    },
  },
  contact_do_not_contact: {
    mended: true,
    arrange: async () => {
      const one = await placed();
      await setContact(one.contact, "do_not_contact = true");
      return one;
    },
  },
  answer_unsettled: {
    mended: true,
    arrange: async () => {
      const one = await placed();
      await holdContact(world, team, one.contact, { until: now().add({ hours: 24 * 7 }) });
      return one;
    },
    evidence: { reason: "answered" },
  },
  contact_paused: {
    mended: true,
    arrange: async () => {
      const one = await placed();
      await setContact(one.contact, "paused_until = now() + interval '90 days'");
      return one;
    },
  },
  suppressed: {
    mended: true,
    arrange: async () => {
      const one = await placed({ contact: { email: "ines@barred.example" } });
      await team.api.suppressions.create({ kind: "domain", value: "barred.example" });
      return one;
    },
    evidence: { kind: "domain", source: "person" },
  },
  contact_stage_safeguard: {
    mended: true,
    arrange: async () => {
      const stage = await stageNamed("Bad Data");
      const one = await placed({ sequence: { excluded_contact_stage_ids: [stage] } });
      await team.api.contacts.updateStages({ contact_ids: [one.contact], contact_stage_id: stage });
      return one;
    },
    evidence: { stage: "Bad Data" },
  },
  account_stage_safeguard: {
    mended: true,
    arrange: async () => {
      const { account_stages } = await team.api.accountStages.list();
      const stage = account_stages.at(-1)?.id ?? "";
      const { account } = await team.api.accounts.create({ name: "Client", account_stage_id: stage });
      return placed({
        sequence: { excluded_account_stage_ids: [stage] },
        contact: { account_id: account.id },
      });
    },
  },
  same_account_reply: { mended: true, arrange: () => colleagues("mark_not_sent") },
  "delayed:same_account_reply": {
    mended: true,
    arrange: () => colleagues("delay"),
    evidence: { days: 3 },
  },
  ownership_permission: {
    mended: true,
    arrange: async () => {
      const one = await placed();
      const owner = await person();
      await sql("update sequences set owner_id = $2 where id = $1", [one.sequence, owner]);
      await sql(LEAVE, [owner]);
      return one;
    },
    evidence: { who: "sequence_owner" },
  },
  email_skipped: {
    mended: false, // nothing has to be: the next step follows
    arrange: () => placed({ contact: { email: "" }, flags: { sequence_no_email: true } }),
  },
  email_missing: {
    mended: false, // only a person knows the address
    arrange: async () => {
      const one = await placed();
      await setContact(one.contact, "email = null");
      return one;
    },
  },
  email_format_invalid: {
    mended: true,
    arrange: async () => {
      const one = await placed({
        contact: { contact_emails: ["first@two.example", "second@two.example"], email: undefined },
      });
      await setContact(one.contact, "email = 'no address'");
      return one;
    },
    evidence: { email: "no address" },
  },
  same_address_in_sequence: {
    mended: true,
    arrange: async () => {
      const shared = `shared${crypto.randomUUID()}@two.example`;
      const own = `own${crypto.randomUUID()}@three.example`;
      const first = await placed({ contact: { email: shared } });
      const second = await newContact(team, { contact_emails: [own], email: undefined });
      const answer = await team.api.joining.addContacts({
        id: first.sequence,
        contact_ids: [second],
        send_email_from_email_account_id: [first.mailbox],
      });
      await team.api.contacts.update({ id: second, contact_emails: [shared, own] });
      const enrollment = "enrollments" in answer ? (answer.enrollments[0]?.id ?? "") : "";
      return { ...first, contact: second, enrollment };
    },
  },
  not_valid_hard_bounce_detected: {
    mended: true,
    arrange: async () => {
      const one = await placed({
        contact: { contact_emails: ["first@bounced.example", "second@bounced.example"], email: undefined },
      });
      await setContact(one.contact, "bounced_at = now(), email_status = 'bounced'");
      return one;
    },
  },
  email_unverified: {
    mended: true,
    arrange: async () => {
      const one = await placed();
      await team.api.contacts.update({ id: one.contact, email_status: "guessed" });
      return one;
    },
    evidence: { email_status: "guessed" },
  },
  new_job_change_detected: {
    mended: true,
    arrange: async () => {
      const one = await placed();
      await setMember(one.enrollment, "added_at = now() - interval '1 day'");
      await team.api.contacts.update({ id: one.contact, job_change_event: { title: "Director" } });
      return one;
    },
  },
  needs_review: {
    mended: true,
    arrange: () =>
      placed({ sequence: mailOf({ subject: "Hi", body_html: "<p>Hi</p>" }, { status: "to_be_reviewed" }) }),
    evidence: { mails: 1, position: 1 },
  },
  mail_unreadable: {
    mended: false,
    arrange: () => placed({ sequence: mailOf({ subject: "Hi", body_html: "<p>{{#if first_name}}Hi</p>" }) }),
  },
  snippets_missing: {
    mended: false,
    arrange: () =>
      placed({ sequence: mailOf({ subject: "Hi {{title}}", body_html: "<p>{{first_name}} {{city}}</p>" }) }),
    evidence: { missing: ["title", "city"] },
  },
  personalized_opener_missing: {
    mended: true,
    arrange: () =>
      placed({
        sequence: mailOf(
          { subject: "Hi", body_html: "<p>{{personalized_opener}} Hi</p>" },
          { has_personalized_opener: true, personalized_opener_fallback_option: "skip_email" },
        ),
      }),
  },
  thread_reply_original_email_missing: {
    mended: true,
    arrange: async () => {
      const reply = { ...MAIL_STEP.emailer_touches[0], type: "reply_to_thread" };
      const steps = [
        MAIL_STEP,
        { ...MAIL_STEP, wait_time: 1, wait_mode: "minute", emailer_touches: [reply] },
      ];
      return placed({ sequence: { emailer_steps: steps }, flags: { start_step: 2 } }).then(dueNow);
    },
  },
  no_active_email_account: {
    mended: true,
    arrange: async () => {
      const one = await placed();
      await team.api.emailAccounts.disconnect({ id: one.mailbox });
      return one;
    },
    evidence: { reason: "disconnected" },
  },
  outside_window: {
    mended: false,
    arrange: async () => {
      const hour = now().toZonedDateTimeISO("UTC").hour;
      const later = (hour + 3) % 24;
      const hours = await scheduleOf(team, [[later, later + 1]]);
      return placed({ sequence: { emailer_schedule_id: hours } }).then(dueNow);
    },
    evidence: { zone: "UTC" },
  },
  "limit:mailbox_day": {
    mended: true,
    arrange: limited({ email_daily_threshold: 3 }, 4, 30),
    evidence: { limit: 3, sent: 4 },
  },
  "limit:mailbox_hour": {
    mended: true,
    arrange: limited({ max_outbound_emails_per_hour: 2 }, 2, 5),
    evidence: { limit: 2, sent: 2 },
  },
  "limit:mailbox_gap": {
    mended: false, // it passes sooner than anybody mends it
    arrange: limited({ seconds_delay_between_emails: 1200 }, 1, 1),
    evidence: { gap_seconds: 1200 },
  },
  instance_fenced: {
    mended: false, // only the operator can fix that, not a user of the team
    arrange: async () => {
      const one = await placed();
      await sql("update installation set sending_held_since = $1, sending_held_because = '{copied_folder}'", [
        now().toString(),
      ]);
      return one;
    },
    tidy: () => sql("update installation set sending_held_since = null", []),
    evidence: { because: ["copied_folder"] },
  },
  "brake:mailbox": {
    mended: true,
    arrange: () => braked("mailbox"),
    evidence: { count: 9, level: "paused" },
  },
  "brake:sequence": { mended: true, arrange: () => braked("sequence"), evidence: { percent: 11.25 } },
  "brake:team": {
    mended: true,
    arrange: () => braked("team"),
    evidence: { threshold: 10 },
    tidy: () => sql("delete from brakes", []),
  },
  provider_rate_limited: {
    mended: false, // it passes by itself
    arrange: async () => {
      const one = await placed();
      await sql("update mailboxes set backoff_until = $2, backoff_reason = '421 too busy' where id = $1", [
        one.mailbox,
        now().add({ minutes: 3 }).toString(),
      ]);
      return one;
    },
    evidence: { reason: "421 too busy" },
  },
  inbox_unread: {
    mended: true,
    arrange: async () => {
      const one = await placed();
      await sql(
        `update mailboxes set imap_host = 'imap.example.net', imap_port = 993, imap_security = 'tls', inbox_read_at = $2::timestamptz - interval '6 minutes',
                inbox_fresh_until = $2::timestamptz - interval '1 minute', reading_error = 'auth_failed: no such password' where id = $1`,
        [one.mailbox, now().toString()],
      );
      return one;
    },
    evidence: { trouble: "auth_failed: no such password" },
  },
  delivery_unconfirmed: {
    mended: false, // what became of the mail is decided at the mail
    arrange: async () => {
      const one = await placed();
      await plantMessage(world, team, one.sequence, {
        contact_id: one.contact,
        enrollment_id: one.enrollment,
        step_id: one.steps[0],
        mailbox_id: one.mailbox,
        delivery: "unconfirmed",
        released_at: now().toString(),
      });
      return one;
    },
  },
  sample_person: {
    mended: false, // another mailbox would be as real
    arrange: async () => {
      const one = await placed();
      await sql("update contacts set is_invented = true where id = $1", [one.contact]);
      return one;
    },
  },
  "limit:domain_day": {
    mended: true,
    arrange: async () => {
      const one = await placed();
      await team.api.emailAccounts.update({ id: one.mailbox, seconds_delay_between_emails: null });
      const { contact } = await team.api.contacts.get({ id: one.contact });
      const before = { mailbox_id: one.mailbox, completed_at: now().subtract({ hours: 2 }).toString() };
      await plantMessage(world, team, one.sequence, { ...before, to_email: contact.email });
      await team.api.teams.update({ max_emails_per_recipient_domain_per_day: 1 });
      return one;
    },
    evidence: { limit: 1, sent: 1 },
  },
  "limit:recipients": {
    mended: true,
    arrange: async () => {
      const one = await placed();
      await team.api.emailAccounts.update({ id: one.mailbox, seconds_delay_between_emails: null });
      await team.api.contacts.update({ id: one.contact, email: `${one.contact}@gmail.com` });
      const before = { mailbox_id: one.mailbox, completed_at: now().subtract({ minutes: 20 }).toString() };
      await plantMessage(world, team, one.sequence, { ...before, recipient_provider: "google" });
      await team.api.teams.update({ recipient_limits: [{ to: "provider", most: 1, per: "hour" }] });
      return one;
    },
    evidence: { limit: 1, sent: 1, provider: "Google" },
  },
  "limit:touches": {
    mended: false, // it passes by itself, or the team decides anew
    arrange: async () => {
      const one = await placed();
      await team.api.emailAccounts.update({ id: one.mailbox, seconds_delay_between_emails: null });
      const before = { mailbox_id: one.mailbox, completed_at: now().subtract({ hours: 30 }).toString() };
      await plantMessage(world, team, one.sequence, { ...before, contact_id: one.contact });
      await team.api.teams.update({
        touch_limits: [{ scope: "person", counts: "emails", most: 1, days: 7 }],
      });
      return one;
    },
    tidy: async () => void (await team.api.teams.update({ touch_limits: [] })),
    evidence: { scope: "person", limit: 1, days: 7, sent: 1 },
  },
  "limit:linkedin_day": {
    mended: true,
    arrange: async () => {
      await team.api.teams.update({ linkedin_tasks_per_day: { linkedin_step_connect: 1 } });
      const one = await placed({
        sequence: { emailer_steps: [{ ...MAIL_STEP, type: "linkedin_step_connect", emailer_touches: [] }] },
      });
      await team.api.tasks.create({
        type: "linkedin_step_connect",
        contact_id: one.contact,
        user_id: team.owner.id,
        due_at: now().toString(),
      });
      return one;
    },
    tidy: async () =>
      void (await team.api.teams.update({ linkedin_tasks_per_day: { linkedin_step_connect: 20 } })),
    evidence: { limit: 1, done: 0, open: 1 },
  },
  "limit:sequence_day": {
    mended: true,
    arrange: async () => {
      const one = await placed({ sequence: { max_emails_per_day: 1 } });
      await team.api.emailAccounts.update({ id: one.mailbox, seconds_delay_between_emails: null });
      await send(one, 1, 0);
      return one;
    },
    evidence: { limit: 1, sent: 1 },
  },
  "limit:new_contacts_day": {
    mended: true,
    arrange: async () => {
      const one = await placed({ sequence: { max_new_contacts_per_day: 1 } });
      await team.api.emailAccounts.update({ id: one.mailbox, seconds_delay_between_emails: null });
      const other = await plantEnrollment(world, team, one.sequence);
      const sent = { mailbox_id: one.mailbox, step_id: one.steps[0], enrollment_id: other };
      await plantMessage(world, team, one.sequence, { ...sent, completed_at: now().toString() });
      return one;
    },
    evidence: { limit: 1, sent: 1 },
  },
  "limit:mailbox_new_contacts": {
    mended: true,
    arrange: async () => {
      const one = await placed();
      const limits = { seconds_delay_between_emails: null, max_new_contacts_per_day: 1 };
      await team.api.emailAccounts.update({ id: one.mailbox, ...limits, test: false });
      const other = await plantEnrollment(world, team, one.sequence);
      const sent = { mailbox_id: one.mailbox, step_id: one.steps[0], enrollment_id: other };
      await plantMessage(world, team, one.sequence, { ...sent, completed_at: now().toString() });
      return one;
    },
    evidence: { limit: 1, sent: 1 },
  },
  "limit:step_day": {
    mended: true,
    arrange: async () => {
      const one = await placed({
        sequence: { emailer_steps: [{ ...MAIL_STEP, max_emails_per_day: 1 }, CALL_STEP] },
      });
      await team.api.emailAccounts.update({ id: one.mailbox, seconds_delay_between_emails: null });
      await send(one, 1, 0);
      return one;
    },
    evidence: { limit: 1, sent: 1 },
  },
};

async function braked(scope: "mailbox" | "sequence" | "team") {
  const one = await placed();
  const subject = { mailbox: one.mailbox, sequence: one.sequence, team: team.id }[scope];
  const figures = { sent: 80, count: 9, percent: 11.25, threshold: 10, days: 7, before: null };
  await sql(
    `insert into brakes (team_id, id, scope, subject_id, level, cause, figures, since)
     values ($1, new_ident(), $2, $3, 'paused', 'bounces', $4, now())`,
    [team.id, scope, subject, JSON.stringify(figures)],
  );
  return one;
}

async function dueNow(one: Placed) {
  await setMember(one.enrollment, "due_at = now() - interval '1 second'");
  return one;
}

for (const code of GATE_CODES.filter((one): one is Explained => one !== "not_due"))
  test(`${code} is told${CASES[code].mended ? ", and the call that it names mends it" : ""}`, async (t) => {
    const { arrange, mended, tidy, evidence = {} } = CASES[code];
    t.after(() => tidy?.());
    const one = await arrange();
    const before = await why(one.enrollment);
    const hold = before.held_by.find((held) => held.code === code);
    assert.ok(hold, `held by ${JSON.stringify(before.held_by.map((held) => held.code))}`);
    for (const [key, value] of Object.entries(evidence)) assert.deepEqual(hold.evidence[key], value, key);
    assert.match(hold.rule, /^\S.*[.…]$/);
    assert.doesNotMatch(`${hold.rule} ${before.sentence}`, /undefined|null|NaN|\[object/);
    assert.equal(hold.fix !== null, mended, JSON.stringify(hold.fix));
    if (!hold.fix) return;

    const { method, path, body } = hold.fix;
    const headers = { "content-type": "application/json" };
    const init = { method, headers, key: team.key, ...(body && { body: JSON.stringify(body) }) };
    const answer = await call(`${world.url}${path}`, init);
    assert.equal(answer.status, 200, answer.text);
    const id = await enrollmentNow(one);
    const after = await why(id);
    assert.ok(!after.held_by.some((held) => held.code === code), `still held by ${code}`);
  });

/** A restart makes another row. */
async function enrollmentNow({ contact, sequence }: Placed) {
  const { contact_campaign_statuses } = await team.api.enrollments.search({
    contact_ids: [contact],
    emailer_campaign_ids: [sequence],
  });
  return contact_campaign_statuses[0]?.id ?? "";
}

test("whose mailbox's owner has left is mailed from another", async () => {
  const one = await placed();
  const owner = await person();
  await sql("update mailboxes set user_id = $2 where id = $1", [one.mailbox, owner]);
  await sql(LEAVE, [owner]);
  const { held_by } = await why(one.enrollment);
  assert.deepEqual(
    held_by.map(({ code }) => code),
    ["ownership_permission"],
  );
  assert.match(held_by[0]?.fix?.path ?? "", /move_contact_ids$/);
});

test("whose mailbox has lost the address they were to be mailed from is mailed from another", async () => {
  const one = await placed();
  const alias = `alias${Math.random()}@example.no`;
  const aliased = (aliases: string[]) => team.api.emailAccounts.update({ id: one.mailbox, aliases });
  const wish = { contact_ids: [one.contact], send_email_from_email_account_id: one.mailbox };
  await aliased([alias]);
  const moved = await team.api.enrollments.move({
    id: one.sequence,
    ...wish,
    send_email_from_email_address: alias.toUpperCase(),
  });
  assert.ok("contacts" in moved);
  assert.deepEqual((await why(one.enrollment)).held_by, []);
  await aliased([]);
  const [held] = (await why(one.enrollment)).held_by;
  assert.deepEqual([held?.code, held?.evidence.who], ["ownership_permission", "address"]);
  assert.match(held?.fix?.path ?? "", /move_contact_ids$/);
  assert.match((await why(one.enrollment)).sentence, /The mailbox can no longer send from .*\./);
  await team.api.enrollments.move({ id: one.sequence, ...wish });
  assert.deepEqual((await why(one.enrollment)).held_by, []);
});

test("a user is not told to fix what they may not", async () => {
  const one = await placed({ sequence: { sharing_permission: undefined } });
  await sql("update sequences set visibility = 'everyone', is_active = false where id = $1", [one.sequence]);
  const { id, email } = await member();
  assert.ok(id);
  const { api } = await world.signIn(email, PASSWORD);
  const { explain } = await api.explain.enrollment({ id: one.enrollment });
  assert.equal(explain.held_by[0]?.code, "sequence_inactive");
  assert.equal(explain.held_by[0]?.fix, null);
});

const PASSWORD = "a long sentence is a good password";

async function member() {
  const email = `member${Math.random()}@example.no`;
  const { user, invitation_url } = await team.api.users.invite({ email });
  const token = (invitation_url ?? "").split("#")[1] ?? "";
  await world.client().invitations.accept({ token, name: "Kari Lund", password: PASSWORD });
  return { id: user.id, email };
}

test("a hidden sequence is not explained to users it is hidden from", async () => {
  const one = await placed();
  const mail = await plantMessage(world, team, one.sequence, { enrollment_id: one.enrollment });
  const { email } = await member();
  const { api } = await world.signIn(email, PASSWORD);
  assert.equal((await refused(api.explain.enrollment({ id: one.enrollment }))).status, 404);
  assert.equal((await refused(api.explain.sequence({ id: one.sequence }))).status, 404);
  assert.equal((await refused(api.explain.message({ id: mail }))).status, 404);
  const { explain } = await api.explain.contact({ id: one.contact });
  assert.deepEqual(explain.contact_campaign_statuses, []);
  assert.doesNotMatch(JSON.stringify(explain), new RegExp(one.sequence));
});

test("starting over is offered to users who may send from the mailbox", async () => {
  const one = await placed();
  const ended =
    "state = 'finished', inactive_reason = 'manually finished', finished_at = now(), due_at = null";
  await setMember(one.enrollment, ended);
  const sharing_permission = { visibility: "everyone", access_type: "can_edit" } as const;
  await team.api.sequences.update({ id: one.sequence, sharing_permission });
  const { email, id: user_id } = await member();
  const { api } = await world.signIn(email, PASSWORD);
  const offered = async (who: Team["api"]) =>
    (await who.explain.enrollment({ id: one.enrollment })).explain.held_by[0]?.fix?.path ?? null;
  await setContact(one.contact, "owner_id = null");
  assert.match((await offered(team.api)) ?? "", /restart_contact_ids$/);
  assert.equal(await offered(api), null, "it is another's mailbox");
  await sql("update mailboxes set user_id = $2 where id = $1", [one.mailbox, user_id]);
  assert.match((await offered(api)) ?? "", /restart_contact_ids$/);
});

test("a retry is offered once the address counts as verified", async () => {
  const one = await placed();
  await setMember(one.enrollment, "state = 'failed', failure_reason = 'email_unverified', failed_at = now()");
  const fixOf = async () => (await why(one.enrollment)).held_by[0]?.fix?.path ?? null;
  await setContact(one.contact, "email_status = 'guessed'");
  assert.equal(await fixOf(), null);
  await setContact(one.contact, "email_status = 'likely to engage'");
  assert.match((await fixOf()) ?? "", /retry_contact_ids$/);
});

test("a waiting enrollment shows for what and until when it waits, and once it is due that nothing holds it", async () => {
  const one = await placed({
    sequence: { emailer_steps: [{ ...MAIL_STEP, wait_time: 2, wait_mode: "hour" }] },
  });
  const waiting = await why(one.enrollment);
  assert.equal(waiting.state, "waiting");
  assert.deepEqual([waiting.next?.what, waiting.next?.step_position], ["auto_email", 1]);
  assert.deepEqual([waiting.next?.email_account_id, waiting.held_by], [one.mailbox, []]);
  assert.match(waiting.sentence, /^Step 1, an email, is due on \w{3} \d+ \w{3} \d{4}, \d\d:\d\d \(UTC\)\./);

  world.advance({ hours: 3 });
  const due = await why(one.enrollment);
  assert.equal(due.state, "due");
  assert.match(due.sentence, /has been due since .* Nothing holds it\.$/);
});

test("limits pass with time, at the moment that was named", async () => {
  const one = await limited({ email_daily_threshold: 2, max_outbound_emails_per_hour: 1 }, 3, 10)();
  const full = await why(one.enrollment);
  const codes = full.held_by.map(({ code }) => code);
  assert.deepEqual(codes, ["limit:mailbox_day", "limit:mailbox_hour"]);
  const [day, hour] = full.held_by.map(({ until }) => Temporal.Instant.from(until ?? ""));
  assert.ok(day && hour);
  // Of three mails the last but one has to leave the day, and the last has to leave the hour.
  assert.equal(Math.round(now().until(day).total("minutes")), 24 * 60 - 20);
  assert.equal(Math.round(now().until(hour).total("minutes")), 50);
  assert.equal(full.next?.at, day.toString({ smallestUnit: "millisecond" }), "the latest wins");
  assert.equal(full.next?.earliest_at, full.next?.at);

  world.advance({ minutes: 51 });
  assert.deepEqual(
    (await why(one.enrollment)).held_by.map(({ code }) => code),
    ["limit:mailbox_day"],
  );
  world.advance({ hours: 24 });
  assert.deepEqual((await why(one.enrollment)).held_by, []);
});

test("closed hours pass when they open, on the contact's own clock", async () => {
  const hour = now().toZonedDateTimeISO("Asia/Tokyo").hour;
  const hours = await scheduleOf(team, [[(hour + 2) % 24, ((hour + 2) % 24) + 1]], "UTC");
  const one = await placed({
    sequence: { emailer_schedule_id: hours },
    contact: { time_zone: "Asia/Tokyo" },
  }).then(dueNow);
  const closed = await why(one.enrollment);
  assert.equal(closed.held_by[0]?.code, "outside_window");
  assert.equal(closed.held_by[0]?.evidence.zone, "Asia/Tokyo");
  assert.equal(closed.next?.at, closed.held_by[0]?.until);
  assert.match(closed.sentence, /\(Asia\/Tokyo\)/);
  const opens = Temporal.Instant.from(closed.held_by[0]?.until ?? "");
  assert.equal(opens.toZonedDateTimeISO("Asia/Tokyo").hour, (hour + 2) % 24);
  world.advance({ milliseconds: Math.ceil(now().until(opens).total("milliseconds")) });
  assert.deepEqual((await why(one.enrollment)).held_by, []);
});

test("an enrollment with others before it shows how many, and about when its turn comes", async () => {
  const one = await placed();
  const others = [await newContact(team), await newContact(team), await newContact(team)];
  await team.api.joining.addContacts({
    id: one.sequence,
    contact_ids: others,
    send_email_from_email_account_id: [one.mailbox],
  });
  await sql("update enrollments set due_at = $2 where contact_id = any($1)", [
    others,
    now().subtract({ minutes: 5 }).toString(),
  ]);
  await setMember(one.enrollment, "due_at = due_at - interval '1 second'");
  const stands = await why(one.enrollment);
  assert.deepEqual(
    stands.held_by.map(({ code, evidence, fix }) => [code, evidence.before, fix]),
    [["queue", 3, null]],
  );
  const at = Temporal.Instant.from(stands.next?.at ?? "");
  const from = Temporal.Instant.from(stands.next?.earliest_at ?? "");
  const minutes = from.until(at).total("minutes");
  assert.ok(minutes >= 30 && minutes < 32, `three mails, ten minutes apart: ${minutes}`);
  assert.match(
    stands.sentence,
    /3 emails of \S+ go out first\. It is expected to go out about .*, after 3 others; pause: 10 minutes between two emails\.$/,
  );
});

test("an enrollment that is paused until a date goes on then, and is held by nothing else", async () => {
  const one = await placed();
  const until = now().add({ hours: 48 }).round("second").toString();
  await team.api.enrollments.pause({ id: one.sequence, contact_ids: [one.contact], auto_unpause_at: until });
  const paused = await why(one.enrollment);
  assert.equal(paused.state, "paused");
  assert.deepEqual([paused.next?.what, paused.next?.at], ["resume", until.replace("Z", ".000Z")]);
  assert.equal(paused.held_by[0]?.until, until.replace("Z", ".000Z"));
  assert.match(
    paused.sentence,
    /has been paused in .*: a teammate paused the contact\. The contact continues on /,
  );
});

test("a failure that would only repeat itself is not to be tried again until it is mended", async () => {
  const one = await placed({ sequence: mailOf({ subject: "Hi {{title}}", body_html: "<p>x</p>" }) });
  const failed =
    "state = 'failed', failure_reason = 'snippets_missing', failed_at = now(), due_at = now() - interval '1 hour'";
  await setMember(one.enrollment, failed);
  const before = await why(one.enrollment);
  assert.deepEqual(
    before.held_by.map(({ code, fix }) => [code, fix]),
    [
      ["enrollment_failed", null],
      ["snippets_missing", null],
    ],
  );
  await team.api.contacts.update({ id: one.contact, title: "Director" });
  const after = await why(one.enrollment);
  assert.deepEqual(
    after.held_by.map(({ code, fix }) => [code, fix?.label]),
    [["enrollment_failed", "Retry the step"]],
  );
});

test("a contact who replied is finished, and the user is not told to restart them", async () => {
  const one = await placed();
  await setMember(
    one.enrollment,
    "state = 'finished', inactive_reason = 'replied', finished_at = now(), due_at = null",
  );
  const { state, next, held_by, sentence } = await why(one.enrollment);
  assert.deepEqual([state, next], ["finished", null]);
  assert.deepEqual([held_by[0]?.code, held_by[0]?.fix], ["enrollment_finished", null]);
  assert.match(sentence, /: the contact replied\. No more emails are sent\.$/);
});

test("an unverified address that was let in by the flag is no hold, also after starting over", async () => {
  const flags = { sequence_unverified_email: true };
  const one = await placed({ contact: { email_status: "guessed" }, flags });
  assert.deepEqual((await why(one.enrollment)).held_by, []);
  await team.api.enrollments.restart({ id: one.sequence, contact_ids: [one.contact] });
  assert.deepEqual((await why(await enrollmentNow(one))).held_by, []);
});

test("the history tells who did what and why, newest first, in the words of the feed", async () => {
  const one = await placed({ contact: { first_name: "Ines", last_name: "Okafor" } });
  await team.api.enrollments.pause({ id: one.sequence, contact_ids: [one.contact] });
  const { history, subject } = await why(one.enrollment);
  const { emailer_campaign } = await team.api.sequences.show({ id: one.sequence });
  const { name } = emailer_campaign;
  assert.equal(subject.name, `Ines Okafor in ${name}`);
  assert.deepEqual(
    history.map(({ event, sentence, cause, actor }) => [event, sentence, cause, actor.user_id]),
    [
      [
        "enrollment.paused",
        `Ole Dahl paused Ines Okafor in ${name}: a teammate paused the contact`,
        "api",
        team.owner.id,
      ],
      ["enrollment.added", `Ole Dahl added Ines Okafor to ${name}`, "api", team.owner.id],
    ],
  );
});

test("a contact is told of every sequence they are in, and of those they were left out of", async () => {
  const one = await placed({ contact: { first_name: "Ines", last_name: "Okafor" } });
  const second = await newSequence(team, { emailer_schedule_id: ALWAYS.hours });
  const wish = { id: second.id, contact_ids: [one.contact], send_email_from_email_account_id: [one.mailbox] };
  await team.api.joining.addContacts(wish);
  const { explain } = await team.api.explain.contact({ id: one.contact });
  assert.deepEqual(
    [explain.state, explain.subject.name, explain.held_by],
    ["in_sequence", "Ines Okafor", []],
  );
  assert.deepEqual(
    explain.contact_campaign_statuses.map((status) => [status.emailer_campaign_id, status.state]),
    [[one.sequence, "due"]],
  );
  assert.deepEqual(
    explain.cannot_be_added.map(({ code, flag }) => [code, flag]),
    [["contacts_active_in_other_campaigns", "sequence_active_in_other_campaigns"]],
  );
  assert.equal(explain.next?.what, "auto_email");
  assert.match(
    explain.history[0]?.sentence ?? "",
    /^Ole Dahl could not add Ines Okafor to Sequence \d+: The contact has been in the sequence /,
  );
});

test("a contact who may not be mailed shows the reason, and what would lift it", async () => {
  const contact = await newContact(team, { email: "no@listed.example", email_unsubscribed: true });
  const { suppression } = await team.api.suppressions.create({ value: "no@listed.example" });
  const { explain } = await team.api.explain.contact({ id: contact });
  assert.deepEqual([explain.state, explain.next], ["barred", null]);
  assert.deepEqual(
    explain.held_by.map(({ code, fix }) => [code, fix?.path ?? null]),
    [
      ["contact_unsubscribed", null],
      ["suppressed", `/api/v1/suppressions/${suppression.id}`],
    ],
  );
  assert.deepEqual([explain.suppression?.id, explain.suppression?.source], [suppression.id, "person"]);
  assert.deepEqual(
    explain.cannot_be_added.map(({ code }) => code),
    ["contacts_unsubscribed", "contacts_do_not_contact"],
  );
});

test("a contact who was deleted, and one who never was, are told apart as everywhere", async () => {
  const contact = await newContact(team);
  await team.api.contacts.delete({ id: contact });
  assert.equal((await refused(team.api.explain.contact({ id: contact }))).code, "contact_deleted");
  const never = await refused(team.api.explain.contact({ id: "64f0aa0000000000000000ff" }));
  assert.equal(never.code, "contact_unknown");
});

test("a sequence counts who waits for what, and says what keeps all of them", async () => {
  const one = await placed();
  const others = [await newContact(team), await newContact(team), await newContact(team)];
  const { joining } = team.api;
  const wish = { id: one.sequence, send_email_from_email_account_id: [one.mailbox] };
  await joining.addContacts({ ...wish, contact_ids: others });
  await team.api.enrollments.pause({ id: one.sequence, contact_ids: others.slice(0, 1) });
  const running = (await team.api.explain.sequence({ id: one.sequence })).explain;
  assert.equal(running.state, "running");
  assert.match(running.sentence, /is active with 3 contacts\./);
  assert.deepEqual(
    running.waiting.map(({ code, count, at_least, step_position }) => [code, count, at_least, step_position]),
    [
      ["due", 3, false, 1],
      ["enrollment_paused", 1, false, 1],
    ],
  );
  const [due, paused] = running.waiting;
  assert.deepEqual(
    due?.people.map(({ id }) => id),
    [one.contact, ...others.slice(1)].sort(),
  );
  assert.deepEqual(
    paused?.people.map(({ id }) => id),
    others.slice(0, 1),
  );
  assert.deepEqual([due?.statuses, paused?.statuses], [["active"], ["paused"]]);
  const { contact } = await team.api.contacts.get({ id: others[0] ?? "" });
  assert.equal(paused?.people[0]?.name, contact.name ?? contact.email);
  assert.equal(running.next?.what, "auto_email");
  assert.deepEqual(
    running.held_by.map(({ code }) => code),
    ["enrollment_paused"],
  );

  await team.api.emailAccounts.disconnect({ id: one.mailbox });
  const held = (await team.api.explain.sequence({ id: one.sequence })).explain;
  assert.equal(held.state, "held");
  assert.match(held.sentence, /No emails go out: /);
  const hold = held.held_by.find(({ code }) => code === "no_active_email_account");
  assert.match(hold?.fix?.path ?? "", /move_contact_ids$/);
  const { method, path, body } = hold?.fix ?? { method: "GET", path: "" };
  const moved = await call(`${world.url}${path}`, {
    method,
    key: team.key,
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
  assert.equal(moved.status, 200, moved.text);
  const after = (await team.api.explain.sequence({ id: one.sequence })).explain;
  assert.ok(!after.held_by.some(({ code }) => code === "no_active_email_account"));
});

test("a sequence that is off, archived, empty or without steps says so", async () => {
  const state = async (id: string) => {
    const { explain } = await team.api.explain.sequence({ id });
    return [explain.state, explain.held_by.map(({ code }) => code).join(), explain.next];
  };
  const one = await placed();
  await team.api.sequences.abort({ id: one.sequence });
  assert.deepEqual(await state(one.sequence), ["off", "sequence_inactive", null]);
  const { explain } = await team.api.explain.sequence({ id: one.sequence });
  assert.match(explain.sentence, /is inactive, so no emails go out\. 1 contact is waiting\./);
  await team.api.sequences.archive({ id: one.sequence });
  assert.deepEqual(await state(one.sequence), ["archived", "sequence_archived", null]);
  const empty = await newSequence(team, { emailer_schedule_id: ALWAYS.hours });
  assert.deepEqual(await state(empty.id), ["empty", "nobody_waits", null]);
  const { emailer_campaign } = await team.api.sequences.create({
    name: "Nothing in it",
    emailer_schedule_id: ALWAYS.hours,
  });
  assert.deepEqual(await state(emailer_campaign.id), ["empty", "no_steps,sequence_inactive", null]);
});

test("a mailbox says what it has sent of what it may, when it is free, and who waits for it", async () => {
  const one = await placed();
  await send(one, 2, 5, 1);
  const { explain } = await team.api.explain.mailbox({ id: one.mailbox });
  assert.equal(explain.state, "resting");
  assert.deepEqual(
    explain.held_by.map(({ code }) => code),
    ["limit:mailbox_gap"],
  );
  const { sending } = explain;
  assert.deepEqual(
    [
      sending.sent_last_day,
      sending.email_daily_threshold,
      sending.sent_last_hour,
      sending.waiting,
      sending.due,
    ],
    [2, 50, 2, 1, 1],
  );
  assert.equal(explain.next?.at, sending.free_at);
  assert.match(
    explain.sentence,
    /has sent 2 of 50 emails in the last 24 hours and 2 of 6 in the last hour\. It can send again on .* 1 contact is waiting for it, 1 due now\.$/,
  );

  world.advance({ hours: 25 });
  const free = (await team.api.explain.mailbox({ id: one.mailbox })).explain;
  assert.deepEqual([free.state, free.held_by, free.sending.sent_last_day], ["ready", [], 0]);

  await team.api.emailAccounts.disconnect({ id: one.mailbox });
  const gone = (await team.api.explain.mailbox({ id: one.mailbox })).explain;
  assert.deepEqual([gone.state, gone.sending.free_at, gone.next?.at], ["disconnected", null, null]);
  assert.equal(gone.history[0]?.event, "email_account.disconnected");
});

test("a mail shows its outcome, and a planned one what holds it", async () => {
  const one = await placed();
  const mail = (row: Record<string, unknown>) =>
    plantMessage(world, team, one.sequence, {
      contact_id: one.contact,
      enrollment_id: one.enrollment,
      step_id: one.steps[0],
      mailbox_id: one.mailbox,
      subject: "Hello",
      to_email: "ines@company.example",
      ...row,
    });
  const explain = async (id: string) => (await team.api.explain.message({ id })).explain;

  const sent = await explain(await mail({ step_id: null, completed_at: now().toString(), num_opens: 2 }));
  assert.equal(sent.state, "completed");
  assert.match(
    sent.sentence,
    /^The email was sent to ines@company\.example on .* It was opened 2 and clicked 0 times\.$/,
  );
  assert.deepEqual([sent.next, sent.held_by], [null, []]);

  const failed = await explain(
    await mail({
      step_id: null,
      status: "failed",
      failed_at: now().toString(),
      not_sent_reason: "snippets_missing",
    }),
  );
  assert.match(
    failed.sentence,
    /^The email was not sent on .*: the contact had no value for a variable in the email/,
  );

  const due = now().add({ hours: 5 }).round("second").toString();
  await team.api.contacts.update({ id: one.contact, email_status: "guessed" });
  const planned = await explain(await mail({ status: "scheduled", due_at: due }));
  assert.equal(planned.state, "scheduled");
  assert.deepEqual(
    planned.held_by.map(({ code }) => code),
    ["email_unverified"],
  );
  assert.deepEqual([planned.next?.what, planned.next?.at], ["not_sent", due.replace("Z", ".000Z")]);
});
