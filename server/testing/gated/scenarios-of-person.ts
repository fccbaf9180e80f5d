// Scenarios of contacts, their companies and those who own what is sent.

import type { GateCode } from "../../domain/gate/gate.ts";
import { claimAddresses } from "../../features/contacts/suppressions/claims.ts";
import { holdContact } from "../incoming.ts";
import { CALL_STEP, type SequenceWish } from "../sequenced.ts";
import { contact, type Scenario, texts } from "./scenario.ts";

const colleague = (policy: SequenceWish["same_account_reply_policy_cd"]): Scenario => ({
  sequence: { same_account_reply_policy_cd: policy, same_account_reply_delay_days: 3 },
  before: async ({ team, contactId, sequenceId, mailboxId, keep }) => {
    const { account } = await team.api.accounts.create({ name: "Acme" });
    await team.api.contacts.update({ id: contactId, account_id: account.id });
    const other = await team.api.contacts.create({
      first_name: "Colleague",
      email: `colleague${Math.random()}@acme.example`,
      account_id: account.id,
    });
    keep.colleague = other.contact.id;
    await team.api.joining.addContacts({
      id: sequenceId,
      contact_ids: [other.contact.id],
      send_email_from_email_account_id: [mailboxId],
      sequence_same_company_in_same_campaign: true,
      sequence_unverified_email: true,
    });
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
    await team.api.contacts.update({ id: contactId, account_id: account.id });
    const { account_stages } = await team.api.accountStages.list();
    Object.assign(keep, { account: account.id, stage: account_stages.at(-1)?.id ?? "" });
    await team.api.sequences.update({ id: sequenceId, excluded_account_stage_ids: [keep.stage ?? ""] });
  };

export const OF_PERSON = {
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
        id: mail.sequenceId,
        excluded_contact_stage_ids: [mail.keep.stage ?? ""],
      });
    },
    stop: ({ team, contactId, keep }) =>
      team.api.contacts.updateStages({ contact_ids: [contactId], contact_stage_id: keep.stage ?? "" }),
    kinds: ["sequence"],
  },
  account_stage_safeguard: {
    before: stage("account"),
    stop: ({ team, keep }) =>
      team.api.accounts.update({ id: keep.account ?? "", account_stage_id: keep.stage }),
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
    stop: ({ team, keep }) => team.api.users.deactivate({ id: keep.owner ?? "" }),
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
      const other = await team.api.contacts.create({ first_name: "First", email: keep.shared });
      await team.api.joining.addContacts({
        id: sequenceId,
        contact_ids: [other.contact.id],
        sequence_unverified_email: true,
        send_email_from_email_account_id: [mailboxId],
      });
      await team.api.enrollments.pause({ id: sequenceId, contact_ids: [other.contact.id] });
      await sql("update enrollments set added_at = added_at + interval '1 second' where id = $1", [
        enrollmentId,
      ]);
    },
    stop: ({ team, contactId, keep }) => team.api.contacts.update({ id: contactId, email: keep.shared }),
    staysQueued: true, // written to another address than the contact has, it is written anew first
    kinds: ["sequence"],
  },
  not_valid_hard_bounce_detected: {
    unanswered: true,
    stop: ({ world, kind, team, sql, contactId, address, now }) =>
      kind === "copy"
        ? world.running.app.db.inTeam(team.id, (db) =>
            claimAddresses(
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
} satisfies Partial<Record<GateCode, Scenario>>;
