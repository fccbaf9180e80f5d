// Why: through the API, on people who really are in sequences. Every reason is brought about, told, and where there is
// a call that mends it, that call is sent as it stands and the reason is gone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { GATE_CODES, type GateCode } from "../../domain/gate.ts";
import { plantMessage } from "../../testing/planted.ts";
import { CALL_STEP, MAIL_STEP, newContact, newMailbox, newSequence } from "../../testing/sequenced.ts";
import { asOwner, call } from "../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../testing/world.ts";

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
  } as never);
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
  /** Whether there is a call that mends it. */
  mended: boolean;
  evidence?: Record<string, unknown>;
};

const LEAVE = "update users set deactivated_at = now() where id = $1";

async function person(role: "admin" | "member" = "member") {
  const { user } = await team.api.users.invite({ email: `left${Math.random()}@example.no`, role });
  return user.id;
}

const mailOf = (template: Record<string, unknown>, rest: Record<string, unknown> = {}) => ({
  emailer_steps: [
    { ...MAIL_STEP, emailer_touches: [{ emailer_template: template, status: "approved", ...rest }] },
    CALL_STEP,
  ],
});

const limited = (limits: Record<string, unknown>, count: number, apart: number) => async () => {
  const one = await placed();
  await team.api.emailAccounts.update({
    ...{ id: one.mailbox, email_daily_threshold: null, max_outbound_emails_per_hour: null },
    ...{ seconds_delay_between_emails: null, ...limits },
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
    ...{ id: one.sequence, contact_ids: [other], send_email_from_email_account_id: [one.mailbox] },
    sequence_same_company_in_same_campaign: true,
  });
  await sql(
    "update enrollments set state = 'finished', inactive_reason = 'replied', finished_at = $2, due_at = null where contact_id = $1",
    [other, now().subtract({ hours: 24 }).toString()],
  );
  return one;
}

const CASES: Record<GateCode, Case> = {
  sequence_archived: {
    mended: true,
    // Archiving finishes everybody, so this is somebody whom a broken past has left behind.
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
    mended: true,
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

async function dueNow(one: Placed) {
  await setMember(one.enrollment, "due_at = now() - interval '1 second'");
  return one;
}

for (const code of GATE_CODES)
  test(`${code} is told${CASES[code].mended ? ", and the call that it names mends it" : ""}`, async () => {
    const { arrange, mended, evidence = {} } = CASES[code];
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

/** Whoever starts over has another row. */
async function enrollmentNow({ contact, sequence }: Placed) {
  const { contact_campaign_statuses } = await team.api.enrollments.search({
    ...{ contact_ids: [contact], emailer_campaign_ids: [sequence] },
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

test("nobody is told to mend what they may not", async () => {
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

test("a hidden sequence is explained to nobody it is hidden from", async () => {
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
