// For each rule of the gate, how it comes to stop a mail: through the API where people do it, so that the answer is the
// acknowledgement. every-rule.test.ts drives each through the phases of a mail; a rule without a scenario does not compile.

import type { GateCode } from "../../domain/gate.ts";
import { claim } from "../../features/address-claims/commands.ts";
import { holdContact } from "../incoming.ts";
import { CALL_STEP } from "../sequenced.ts";
import type { Kind, Phase, StandingMail } from "./mails.ts";

export type Scenario = {
  /** What the sequence and the mailbox have from the beginning. */
  sequence?: Record<string, unknown>;
  mailbox?: Record<string, unknown>;
  contact?: Record<string, unknown>;
  /** Though the mail itself would wait. */
  callsOffCopies?: boolean;
  /** Before the mail is planned. */
  before?(mail: StandingMail): Promise<unknown>;
  stop(mail: StandingMail): Promise<unknown>;
  /** What was changed for the whole team. */
  tidy?(mail: StandingMail): Promise<unknown>;
  /** The engine, a mail server or the reader does it: no caller waits for an answer. */
  unanswered?: true;
  /** Where the table's subject says more or less than is asked of these. */
  kinds?: readonly Kind[];
  /** Phases in which it cannot come about, and why. */
  never?: Partial<Record<Phase, string>>;
  /** Nothing at all is claimed from the mailbox, so no mail of it says why it waits. */
  ofWholeMailbox?: true;
  /** The mail is taken back and stands in its queue again, instead of waiting or failing. */
  staysQueued?: true;
};

const FIXED = "what the mail says is fixed when it is claimed";
const TEXT = { claimed: FIXED, open: FIXED, released: FIXED };

const member = (what: string): Pick<Scenario, "stop" | "unanswered"> => ({
  unanswered: true,
  stop: ({ sql, enrollmentId }) => sql(`update enrollments set ${what} where id = $1`, [enrollmentId]),
});

const mailbox = (what: Record<string, unknown>): Pick<Scenario, "stop"> => ({
  stop: ({ team, mailboxId }) => team.api.emailAccounts.update({ id: mailboxId, ...what } as never),
});

/** Who reads this mail: a copy's reader is another person than the contact, and is known by the address. */
async function readerOf({ team, kind, contactId, address }: StandingMail) {
  if (kind !== "copy") return contactId;
  return (await team.api.contacts.create({ first_name: "Copied", email: address })).contact.id;
}

const contact = (what: Record<string, unknown>): Pick<Scenario, "stop"> => ({
  stop: async (mail) => mail.team.api.contacts.update({ id: await readerOf(mail), ...what } as never),
});

const sequence = (what: Record<string, unknown>): Pick<Scenario, "stop"> => ({
  stop: ({ team, sequenceId }) => team.api.sequences.update({ id: sequenceId, ...what } as never),
});

const texts = (subject: string) => ({
  emailer_steps: [
    {
      ...{ type: "auto_email", wait_time: 0, wait_mode: "minute" },
      emailer_touches: [
        { status: "approved", emailer_template: { subject, body_html: "<p>T:{{first_name}}:1</p>" } },
      ],
    },
  ],
});

const colleague = (policy: string): Scenario => ({
  sequence: { same_account_reply_policy_cd: policy, same_account_reply_delay_days: 3 },
  before: async ({ team, contactId, sequenceId, mailboxId, keep }) => {
    const { account } = await team.api.accounts.create({ name: "Acme" });
    await team.api.contacts.update({ id: contactId, account_id: account.id } as never);
    const other = await team.api.contacts.create({
      ...{ first_name: "Colleague", email: `colleague${Math.random()}@acme.example` },
      account_id: account.id,
    } as never);
    keep.colleague = other.contact.id;
    await team.api.joining.addContacts({
      ...{ id: sequenceId, contact_ids: [other.contact.id], send_email_from_email_account_id: [mailboxId] },
      ...{ sequence_same_company_in_same_campaign: true, sequence_unverified_email: true },
    } as never);
    await team.api.enrollments.pause({ id: sequenceId, contact_ids: [other.contact.id] });
  },
  unanswered: true,
  stop: ({ sql, keep }) =>
    sql(
      `update enrollments set state = 'finished', inactive_reason = 'replied', finished_at = now(), replied_at = now(),
              due_at = null where contact_id = $1`,
      [keep.colleague],
    ),
  kinds: ["sequence"],
});

const stage = (of: "contact" | "account"): Scenario["before"] =>
  async function excluded({ team, sequenceId, contactId, keep }) {
    if (of === "contact") {
      const { contact_stages } = await team.api.contactStages.list();
      keep.stage = contact_stages.at(-1)?.id ?? "";
      return;
    }
    const { account } = await team.api.accounts.create({ name: "Client" });
    await team.api.contacts.update({ id: contactId, account_id: account.id } as never);
    const { account_stages } = await team.api.accountStages.list();
    Object.assign(keep, { account: account.id, stage: account_stages.at(-1)?.id ?? "" });
    await team.api.sequences.update({ id: sequenceId, excluded_account_stage_ids: [keep.stage] } as never);
  };

export const SCENARIOS: Record<GateCode, Scenario> = {
  not_due: {
    ...member("due_at = cadenza_now() + interval '3 days'"),
    never: { before: "a mail that is only planned is called off, and planned anew for the new time" },
  },
  sequence_archived: { stop: ({ team, sequenceId }) => team.api.sequences.archive({ id: sequenceId }) },
  sequence_inactive: { stop: ({ team, sequenceId }) => team.api.sequences.abort({ id: sequenceId }) },
  step_removed: {
    sequence: { emailer_steps: [...texts("Hello").emailer_steps, CALL_STEP] },
    stop: ({ team, stepId }) => team.api.steps.remove({ id: stepId, force: true }),
  },
  step_off: { stop: ({ team, stepId }) => team.api.steps.update({ id: stepId, enabled: false }) },
  enrollment_removed: {
    stop: ({ team, sequenceId, contactId }) =>
      team.api.enrollments.removeOrStop({
        ...{ emailer_campaign_ids: [sequenceId], contact_ids: [contactId], mode: "remove" },
      }),
  },
  enrollment_finished: {
    stop: ({ team, sequenceId, contactId }) =>
      team.api.enrollments.removeOrStop({
        ...{ emailer_campaign_ids: [sequenceId], contact_ids: [contactId], mode: "mark_as_finished" },
      }),
  },
  enrollment_failed: member(
    "state = 'failed', failure_reason = 'snippets_missing', failed_at = now(), due_at = null",
  ),
  enrollment_paused: {
    stop: ({ team, sequenceId, contactId }) =>
      team.api.enrollments.pause({ id: sequenceId, contact_ids: [contactId] }),
  },
  delivery_unconfirmed: {
    stop: async () => {},
    never: {
      before: "there is no mail yet that could be in doubt",
      claimed: "what is only claimed was certainly not sent",
      open: "its outcome is known later",
      released: "late-word.test.ts has the mails in doubt",
    },
  },
  contact_unsubscribed: contact({ email_unsubscribed: true }),
  contact_do_not_contact: contact({ do_not_contact: true }),
  suppressed: { stop: ({ team, address }) => team.api.suppressions.create({ value: address }) },
  answer_unsettled: {
    unanswered: true, // the contact answers
    stop: ({ world, team, contactId, now }) =>
      holdContact(world, team, contactId, { until: now().add({ hours: 24 * 7 }) }),
    kinds: ["sequence"],
  },
  contact_paused: {
    unanswered: true, // the reader does, or an incoming mail
    ...contact({ paused_until: "2099-01-01T00:00:00Z" }),
    callsOffCopies: true, // one that comes when the pause is over is of no use
  },
  contact_stage_safeguard: {
    before: async (mail) => {
      await stage("contact")?.(mail);
      await mail.team.api.sequences.update({
        ...{ id: mail.sequenceId, excluded_contact_stage_ids: [mail.keep.stage] },
      } as never);
    },
    stop: ({ team, contactId, keep }) =>
      team.api.contacts.updateStages({ contact_ids: [contactId], contact_stage_id: keep.stage ?? "" }),
    kinds: ["sequence"],
  },
  account_stage_safeguard: {
    before: stage("account"),
    stop: ({ team, keep }) =>
      team.api.accounts.update({ id: keep.account ?? "", account_stage_id: keep.stage } as never),
    kinds: ["sequence"],
  },
  same_account_reply: colleague("mark_not_sent"),
  "delayed:same_account_reply": colleague("delay"),
  ownership_permission: {
    before: async ({ team, sequenceId, sql, keep }) => {
      const { user } = await team.api.users.invite({ email: `o${Math.random()}@example.no`, role: "member" });
      keep.owner = user.id;
      await sql("update sequences set owner_id = $2 where id = $1", [sequenceId, user.id]);
    },
    stop: ({ team, keep }) => team.api.users.deactivate({ id: keep.owner ?? "" } as never),
  },
  sample_person: {
    unanswered: true, // people are invented as such
    stop: ({ sql, contactId }) => sql("update contacts set is_invented = true where id = $1", [contactId]),
  },
  email_skipped: {
    sequence: { emailer_steps: [...texts("Hello").emailer_steps, CALL_STEP] },
    before: ({ sql, enrollmentId }) =>
      sql("update enrollments set allows_no_email = true where id = $1", [enrollmentId]),
    ...contact({ email: null }),
    kinds: ["sequence"],
  },
  email_missing: { ...contact({ email: null }), kinds: ["sequence"] },
  email_format_invalid: {
    unanswered: true, // no way in takes such an address; an earlier version may have
    stop: ({ sql, contactId }) => sql("update contacts set email = 'no address' where id = $1", [contactId]),
    staysQueued: true, // written to another address than the contact has, it is written anew first
    kinds: ["sequence"],
  },
  same_address_in_sequence: {
    before: async ({ team, sequenceId, mailboxId, enrollmentId, keep, sql }) => {
      keep.shared = `shared${Math.random()}@acme.example`;
      const other = await team.api.contacts.create({ first_name: "First", email: keep.shared } as never);
      await team.api.joining.addContacts({
        ...{ id: sequenceId, contact_ids: [other.contact.id], sequence_unverified_email: true },
        send_email_from_email_account_id: [mailboxId],
      } as never);
      await team.api.enrollments.pause({ id: sequenceId, contact_ids: [other.contact.id] });
      await sql("update enrollments set added_at = added_at + interval '1 second' where id = $1", [
        enrollmentId,
      ]);
    },
    stop: ({ team, contactId, keep }) =>
      team.api.contacts.update({ id: contactId, email: keep.shared } as never),
    staysQueued: true, // written to another address than the contact has, it is written anew first
    kinds: ["sequence"],
  },
  not_valid_hard_bounce_detected: {
    unanswered: true,
    stop: ({ world, kind, team, sql, contactId, address, now }) =>
      kind === "copy"
        ? world.running.app.db.inTeam(team.id, (db) =>
            claim(
              { db, teamId: team.id, userId: null, now: now() },
              { source: "delivery", sourceId: contactId },
              [{ address, kind: "bounced" }],
            ),
          )
        : sql("update contacts set bounced_at = now(), email_status = 'bounced' where id = $1", [contactId]),
  },
  email_unverified: {
    before: ({ sql, enrollmentId }) =>
      sql("update enrollments set allows_unverified = false where id = $1", [enrollmentId]),
    ...contact({ email_status: "guessed" }),
    kinds: ["sequence"],
  },
  new_job_change_detected: {
    before: ({ sql, enrollmentId }) =>
      sql("update enrollments set added_at = now() - interval '1 day' where id = $1", [enrollmentId]),
    ...contact({ job_change_event: { title: "Director" } }),
    kinds: ["sequence"],
  },
  needs_review: {
    stop: async ({ team, touchId }) => team.api.touches.update({ id: touchId, status: "to_be_reviewed" }),
  },
  mail_unreadable: {
    unanswered: true, // nothing that cannot be read is saved
    stop: ({ sql, templateId }) =>
      sql("update templates set body_html = '<p>{{#if first_name}}Hi</p>' where id = $1", [templateId]),
    never: TEXT,
  },
  snippets_missing: {
    sequence: texts("Hello {{title}}"),
    contact: { title: "Director" },
    ...contact({ title: "" }),
    kinds: ["sequence"],
    never: TEXT,
  },
  personalized_opener_missing: {
    unanswered: true,
    stop: ({ sql, templateId, touchId }) =>
      sql(
        `with t as (update templates set body_html = '<p>{{personalized_opener}} Hi</p>' where id = $1)
         update step_touches set has_personalized_opener = true, personalized_opener_fallback_option = 'skip_email' where id = $2`,
        [templateId, touchId],
      ),
    kinds: ["sequence"],
    never: TEXT,
  },
  thread_reply_original_email_missing: {
    unanswered: true,
    stop: ({ sql, touchId }) =>
      sql("update step_touches set type = 'reply_to_thread' where id = $1", [touchId]),
    never: TEXT,
  },
  instance_fenced: {
    unanswered: true, // it is noticed
    stop: ({ sql }) =>
      sql("update installation set sending_held_since = now(), sending_held_because = '{copied_folder}'", []),
    tidy: ({ sql }) =>
      sql("update installation set sending_held_since = null, sending_held_because = '{}'", []),
    staysQueued: true,
    never: { before: "no lane is opened then, so nothing is claimed" },
  },
  no_active_email_account: {
    stop: ({ team, mailboxId }) => team.api.emailAccounts.disconnect({ id: mailboxId }),
  },
  outside_window: {
    stop: async ({ team, scheduleId, now }) => {
      const closed = DAYS[(now().toZonedDateTimeISO("UTC").dayOfWeek + 1) % 7] as string; // two days from now
      await team.api.schedules.update({ id: scheduleId, schedule_hash: { [closed]: [[0, 24]] } } as never);
    },
  },
  provider_rate_limited: {
    ofWholeMailbox: true,
    unanswered: true,
    stop: ({ sql, mailboxId }) =>
      sql(
        "update mailboxes set rests_until = cadenza_now() + interval '1 hour', rest_reason = '421 too busy' where id = $1",
        [mailboxId],
      ),
  },
  inbox_unread: {
    ofWholeMailbox: true,
    unanswered: true, // time passes
    mailbox: { imap: { host: "127.0.0.1", port: 1, security: "none", username: "u", password: "p" } },
    before: ({ sql, mailboxId }) =>
      sql("update mailboxes set inbox_fresh_until = cadenza_now() + interval '1 hour' where id = $1", [
        mailboxId,
      ]),
    stop: ({ sql, mailboxId }) =>
      sql("update mailboxes set inbox_fresh_until = cadenza_now() where id = $1", [mailboxId]),
  },
  "limit:mailbox_day": { ...mailbox({ email_daily_threshold: 0 }), ofWholeMailbox: true },
  "limit:mailbox_hour": { ...mailbox({ max_outbound_emails_per_hour: 0 }), ofWholeMailbox: true },
  "limit:mailbox_gap": {
    ofWholeMailbox: true,
    before: ({ sentBefore }) => sentBefore(),
    ...mailbox({ seconds_delay_between_emails: 7200 }),
  },
  "limit:sequence_day": sequence({ max_emails_per_day: 0 }),
  "limit:step_day": {
    stop: ({ team, stepId }) => team.api.steps.update({ id: stepId, max_emails_per_day: 0 } as never),
  },
  "limit:domain_day": {
    stop: ({ team }) => team.api.teams.update({ max_emails_per_recipient_domain_per_day: 0 }),
    tidy: ({ team }) => team.api.teams.update({ max_emails_per_recipient_domain_per_day: null }),
    kinds: ["sequence", "copy", "by hand"],
  },
  "limit:touches": {
    before: ({ sentBefore }) => sentBefore(),
    stop: ({ team }) =>
      team.api.teams.update({ touch_limits: [{ scope: "person", counts: "emails", most: 1, days: 7 }] }),
    tidy: ({ team }) => team.api.teams.update({ touch_limits: [] }),
  },
};

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
