// What a user does about each reason, for the page of the docs that lists them.

import type { HoldCode } from "../../../domain/insight/hold-words.ts";

export const WHAT_TO_DO: Record<HoldCode, string> = {
  not_due: "Wait until the step is due.",
  sequence_archived: "Unarchive the sequence and activate it, or add the contact to another sequence.",
  sequence_inactive: "Activate the sequence.",
  no_steps: "Add a step to the sequence.",
  nobody_waits: "Add contacts to the sequence, or resume the paused ones.",
  step_removed: "Wait up to one hour. If the sequence has no steps, add one.",
  step_off: "Turn on the step, or move the contact to another step.",
  enrollment_removed: "Add the contact to the sequence again.",
  enrollment_finished: "Nothing, or restart the contact at the first step.",
  enrollment_failed: "Fix what the reason names, then retry the step.",
  enrollment_paused: "Resume the contact, or wait for the date.",
  delivery_unconfirmed:
    "Check the Sent folder of the mailbox, then mark the email as sent or send it again. Or wait: Cadenza looks for proof.",
  contact_unsubscribed: "Nothing. Do not email this contact.",
  contact_do_not_contact: "Ask the teammate who set the mark before you remove it.",
  suppressed: "Check why the entry is on the list before an admin removes it.",
  contact_paused:
    "Wait until the pause ends. If the contact writes that emails are welcome again, end the pause.",
  answer_unsettled: "Open the reply in the inbox and say what it is.",
  contact_stage_safeguard:
    "Move the contact to another stage, or change the excluded stages of the sequence.",
  account_stage_safeguard:
    "Move the company to another stage, or change the excluded stages of the sequence.",
  same_account_reply: "Finish the contact, or let the sequence email colleagues after a reply.",
  "delayed:same_account_reply":
    "Wait. To continue at once, change the sequence's rule for replies of colleagues.",
  ownership_permission: "Choose a new owner for the sequence, or send from another mailbox.",
  sample_person: "Nothing. Invented contacts are for trying out Cadenza.",
  email_skipped: "Add an email address if the contact should get the next emails.",
  email_missing: "Add an email address, then retry the step.",
  email_format_invalid: "Correct the email address, then retry the step.",
  same_address_in_sequence:
    "Correct the address of one of the two contacts, or remove one from the sequence. Merge them if they are the same person.",
  not_valid_hard_bounce_detected: "Find the current address of the contact and save it, then retry the step.",
  email_unverified:
    "Verify the email address, or change it. If you know that it is right, mark it as verified. Then retry the step.",
  new_job_change_detected: "Update the contact's company and address, or dismiss the job change.",
  needs_review: "Review the emails of the step and approve one.",
  mail_unreadable: "Correct the text of the email. The message says where the error is.",
  snippets_missing: "Fill in the missing value, or give the variable a fallback.",
  personalized_opener_missing: "Write the opener, or send the email without one.",
  thread_reply_original_email_missing: "Send the email as a new thread.",
  instance_fenced:
    "Make sure that no other installation sends from this database. Then an operator confirms it.",
  no_active_email_account: "Connect the mailbox again, or choose another one.",
  outside_window: "Wait until the schedule opens, or change the schedule.",
  provider_rate_limited: "Wait. If it stays, test the mailbox and check its server and password.",
  inbox_unread: "Wait a few minutes. If it stays, test the mailbox: Cadenza cannot read its inbox.",
  "brake:mailbox":
    "Find out why: check the list, the addresses and the mailbox's DNS records. A brake of first emails ends by itself; a pause stays until it is lifted.",
  "brake:sequence":
    "Find out why: check the list and the addresses. A brake of first emails ends by itself; a pause stays until it is lifted.",
  "brake:team":
    "Find out why: check the lists and the DNS records. A brake of first emails ends by itself; a pause stays until an admin lifts it.",
  "limit:mailbox_day": "Wait, raise the mailbox's daily limit, or add a mailbox to the sequence.",
  "limit:mailbox_hour": "Wait, raise the mailbox's hourly limit, or add a mailbox to the sequence.",
  "limit:mailbox_new_contacts":
    "Wait, raise the mailbox's limit of new contacts, or add a mailbox to the sequence.",
  "limit:mailbox_gap": "Wait, or shorten the mailbox's time between two emails.",
  "limit:sequence_day": "Wait until tomorrow, or raise the sequence's daily limit.",
  "limit:new_contacts_day": "Wait until tomorrow, or raise the sequence's daily limit of new contacts.",
  "limit:step_day": "Wait until tomorrow, or raise the step's daily limit.",
  "limit:linkedin_day":
    "The user does or skips open LinkedIn tasks. Or wait until tomorrow, or ask an admin to raise the limit.",
  "limit:recipients": "Wait, or ask an admin to raise the limit per mail provider or domain.",
  "limit:domain_day": "Wait, or ask an admin to raise the limit per company.",
  "limit:touches": "Wait, or ask an admin to raise the contact frequency limit.",
  queue: "Wait. To send faster, add a mailbox to the sequence.",
  waits_for_person: "Complete or skip the task.",
  waits_for_condition: "Wait, move the contact to another step, or change the condition of the branch.",
  server_hangs: "Wait. If it stays, test the mailbox and check its server.",
  lock_held:
    "The sentence names who holds the lock. A change of Cadenza ends by itself; an admin can revoke a database login; the database administrator can end any other session.",
};

/** Of failures that are known only after the gate: the mail server's answer, and what happened later. */
export const AFTER_FAILURE = {
  email_service_provider_delivery_failure:
    "Open the email: it shows the mail server's answer. Correct what the answer names, then retry the step.",
  bounced: "Find the current address of the contact and save it, then retry the step.",
  spam_blocked:
    "The receiving mail server took this email for spam. Change the text or check the mailbox's reputation, then retry the step.",
  user_deleted:
    "Choose a new owner for the sequence, or move the contact to another mailbox. Then retry the step.",
};
