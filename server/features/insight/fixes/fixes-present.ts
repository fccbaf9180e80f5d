// What fixes each hold: the calls to propose, the best first. None where no call would help.

import type { HoldCode } from "../../../domain/insight/hold-words.ts";
import { say, texts } from "../../../kernel/say.ts";
import {
  type FixRule,
  mailColleagues,
  ofContact,
  ofMailbox,
  ofPeople,
  ofSequence,
  ofStep,
  ofTask,
  ofTouch,
  otherAddress,
  otherMailbox,
  raised,
  SEQUENCE_PATH,
} from "./fix-calls-present.ts";

const LIFTED: FixRule = {
  call: "POST /brakes/{id}/lift",
  make: ({ isAdmin, ownsMailbox, ownsSequence }, { brakeId, mailboxId, sequenceId }) =>
    isAdmin || (mailboxId && ownsMailbox) || (sequenceId && ownsSequence)
      ? { id: String(brakeId), label: say("Lift the brake") }
      : null,
};

/** A greater limit changes nothing while a ramp allows less. */
function withoutRamp(rule: FixRule): FixRule {
  return { ...rule, make: (ids, evidence) => (evidence.ramp ? null : rule.make(ids, evidence)) };
}

export const FIXES: Record<HoldCode, readonly FixRule[]> = texts({
  sequence_archived: [
    ofSequence(`PUT ${SEQUENCE_PATH}`, "Unarchive the sequence", { archived: false }, "mayManage"),
  ],
  sequence_inactive: [ofSequence(`POST ${SEQUENCE_PATH}/approve`, "Activate the sequence")],
  no_steps: [],
  nobody_waits: [],
  queue: [],
  waits_for_person: [
    ofTask("POST /emailer_messages/{id}/send_now", "messageId", "Send the email as it is"),
    ofTask("POST /tasks/{id}/complete", "taskId", "Complete the task"),
  ],
  waits_for_condition: [],
  step_removed: [], // the engine finds them another step, as soon as there is one
  not_due: [],
  step_off: [ofStep("Turn on the step", () => ({ enabled: true }))],
  enrollment_removed: [],
  enrollment_finished: [
    ofPeople(
      "restart_contact_ids",
      "Restart at the first step",
      ({ canRestart }, { reason }) => canRestart && BY_HAND.includes(String(reason)),
    ),
  ],
  enrollment_failed: [
    ofPeople("retry_contact_ids", "Retry the step", ({ canRetry }) => canRetry, ["failed"]),
    ofPeople(
      "restart_contact_ids",
      "Restart at the first step",
      ({ canRestart, hasLostStep }) => canRestart && hasLostStep,
    ),
  ],
  enrollment_paused: [
    ofPeople("resume_contact_ids", "Resume the contact", ({ canResume }) => canResume, ["paused"]),
  ],
  contact_unsubscribed: [],
  contact_do_not_contact: [ofContact("Remove the do not contact mark", () => ({ do_not_contact: false }))],
  answer_unsettled: [
    {
      call: "POST /incoming_mails/{id}/settle",
      make: (_, { incomingMailId, reason }) =>
        reason === "maybe_opted_out" || !incomingMailId
          ? null
          : { id: String(incomingMailId), label: say("Settle the reply as suggested") },
    },
  ],
  contact_paused: [ofContact("End the pause", () => ({ paused_until: null }))],
  suppressed: [
    {
      call: "DELETE /suppressions/{id}",
      make: (_, { suppressionId, source }) =>
        source === "person" || source === "import"
          ? { id: String(suppressionId), label: say("Remove the address from the do not email list") }
          : null,
    },
  ],
  contact_stage_safeguard: [
    {
      call: "POST /contacts/update_stages",
      make: ({ freeStage, contactId }) =>
        freeStage && contactId
          ? {
              id: "",
              body: { contact_ids: [contactId], contact_stage_id: freeStage.id },
              label: say("Move the contact to the stage {name}", { name: freeStage.name }),
            }
          : null,
    },
  ],
  account_stage_safeguard: [
    {
      call: "PATCH /accounts/{id}",
      make: ({ freeAccountStage: stage }, { accountId }) =>
        stage && {
          id: String(accountId),
          body: { account_stage_id: stage.id },
          label: say("Move the account to the stage {name}", { name: stage.name }),
        },
    },
  ],
  same_account_reply: [mailColleagues()],
  "delayed:same_account_reply": [mailColleagues()],
  ownership_permission: [
    {
      call: `PUT ${SEQUENCE_PATH}`,
      make: ({ mayManage, sequenceId, callerId }, { who }) =>
        who === "sequence_owner" && mayManage && sequenceId
          ? { id: sequenceId, body: { user_id: callerId }, label: say("Become the owner of the sequence") }
          : null,
    },
    otherMailbox(({ who }) => who === "mailbox_user" || who === "address"),
  ],
  email_skipped: [],
  email_missing: [otherAddress()],
  email_format_invalid: [otherAddress()],
  same_address_in_sequence: [otherAddress()],
  not_valid_hard_bounce_detected: [otherAddress()],
  email_unverified: [ofContact("Mark the email address as verified", () => ({ email_status: "verified" }))],
  new_job_change_detected: [ofContact("Dismiss the job change", () => ({ job_change_event: null }))],
  needs_review: [
    {
      call: "POST /emailer_touches/{id}/approve",
      make: ({ mayEdit, toApprove }, { stepId, position }) => {
        const touchId = toApprove.get(String(stepId));
        return mayEdit && touchId
          ? { id: touchId, label: say("Approve the email of step {position}", { position }) }
          : null;
      },
    },
  ],
  mail_unreadable: [],
  snippets_missing: [],
  personalized_opener_missing: [
    ofTouch("Send it without a personal opener", {
      personalized_opener_fallback_option: "send_without_opener",
    }),
  ],
  thread_reply_original_email_missing: [ofTouch("Send it as a new thread", { type: "new_thread" })],
  no_active_email_account: [otherMailbox(() => true)],
  outside_window: [],
  "brake:mailbox": [otherMailbox(() => true), LIFTED],
  "brake:sequence": [LIFTED],
  "brake:team": [LIFTED],
  "limit:mailbox_day": [
    otherMailbox(() => true),
    withoutRamp(
      ofMailbox("email_daily_threshold", (most) =>
        say("Raise the mailbox's daily limit to {most} emails", { most }),
      ),
    ),
  ],
  "limit:mailbox_hour": [
    otherMailbox(() => true),
    ofMailbox("max_outbound_emails_per_hour", (most) =>
      say("Raise the mailbox's hourly limit to {most} emails", { most }),
    ),
  ],
  "limit:mailbox_new_contacts": [
    otherMailbox(() => true),
    ofMailbox("max_new_contacts_per_day", (most) =>
      say("Raise the mailbox's limit to {most} new contacts in 24 hours", { most }),
    ),
  ],
  // The decision is made on the mail itself. As sent, so that no contact gets it twice.
  delivery_unconfirmed: [
    {
      call: "POST /emailer_messages/{id}/resolve",
      make: ({ unclearMailId }) =>
        unclearMailId
          ? { id: unclearMailId, body: { as: "sent" }, label: say("Mark the email as sent") }
          : null,
    },
  ],
  instance_fenced: [
    {
      call: "POST /installation/sending/confirm",
      make: ({ isOperator }) =>
        isOperator ? { id: "", label: say("Confirm that no other installation sends") } : null,
    },
  ],
  provider_rate_limited: [],
  inbox_unread: [otherMailbox(({ trouble }) => typeof trouble === "string")],
  server_hangs: [],
  lock_held: [
    {
      call: "DELETE /sql_logins/{id}",
      make: ({ isAdmin }, { sqlLoginId }) =>
        isAdmin && typeof sqlLoginId === "string"
          ? { id: sqlLoginId, label: say("Revoke the database login that holds the lock") }
          : null,
    },
  ],
  sample_person: [],
  "limit:domain_day": [
    {
      call: "PATCH /teams/current",
      make: ({ isAdmin }, { limit, sent }) =>
        isAdmin
          ? {
              id: "",
              body: { max_emails_per_recipient_domain_per_day: raised(limit, sent) },
              label: say("Raise the limit per company to {limit} emails a day", {
                limit: raised(limit, sent),
              }),
            }
          : null,
    },
  ],
  "limit:recipients": [otherMailbox(() => true)],
  "limit:touches": [],
  "limit:linkedin_day": [
    {
      call: "PATCH /teams/current",
      make: ({ isAdmin }, { type, limit, done, open }) =>
        isAdmin && typeof type === "string"
          ? {
              id: "",
              body: { linkedin_tasks_per_day: { [type]: raised(limit, Number(done) + Number(open)) } },
              label: say("Raise the limit of such LinkedIn tasks to {limit} a day", {
                limit: raised(limit, Number(done) + Number(open)),
              }),
            }
          : null,
    },
  ],
  "limit:mailbox_gap": [],
  "limit:sequence_day": [
    {
      call: `PUT ${SEQUENCE_PATH}`,
      make: ({ mayEdit, sequenceId }, { limit, sent }) =>
        mayEdit && sequenceId
          ? {
              id: sequenceId,
              body: { max_emails_per_day: raised(limit, sent) },
              label: say("Raise the sequence's daily limit to {limit} emails", {
                limit: raised(limit, sent),
              }),
            }
          : null,
    },
  ],
  "limit:new_contacts_day": [
    {
      call: `PUT ${SEQUENCE_PATH}`,
      make: ({ mayEdit, sequenceId }, { limit, sent }) =>
        mayEdit && sequenceId
          ? {
              id: sequenceId,
              body: { max_new_contacts_per_day: raised(limit, sent) },
              label: say("Raise the sequence's daily limit to {limit} new contacts", {
                limit: raised(limit, sent),
              }),
            }
          : null,
    },
  ],
  "limit:step_day": [
    ofStep("Raise the step's daily limit", ({ limit, sent }) => ({
      max_emails_per_day: raised(limit, sent),
    })),
  ],
});

/** Ended by a user, or at the end: not by anything that the contact did. */
export const BY_HAND = ["manually finished", "stopped", "Completed last step", "Sequence archived"];
