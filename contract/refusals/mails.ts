// Mails that go out and come in.

import type { RefusalEntry } from "./entry.ts";

export const mails = {
  test_mail_without_mailbox: {
    status: 422,
    says: "There is no mailbox to send a test from.",
    fix: "Connect a mailbox under Settings first.",
  },
  test_mail_unreadable: { status: 422, says: "This mail cannot be read as it is written: {sentence}" },
  test_mail_held_back: {
    status: 422,
    says: "This copy of the database does not send mail.",
    fix: "Confirm that it is the one that sends.",
  },
  test_mail_not_sent: { status: 422, says: "The test mail was not sent: {said}." },
  mail_contact_unknown: { status: 422, says: "Contact does not exist" },
  mail_contact_of_another: {
    status: 422,
    forbids: true,
    says: "You do not have permission to email {name}. You are not the owner of this contact or account.",
  },
  mail_contact_without_email: { status: 422, says: "This contact has no email address." },
  mail_contact_paused: {
    status: 422,
    says: "This contact is not to be written to until {when}.",
    fix: "Choose a later time, or lift the pause at the contact.",
  },
  mail_barred: {
    status: 422,
    errorCode: "DNC_ENFORCEMENT_BLOCKED",
    says: "Cannot be emailed under your team's DNC enforcement settings",
  },
  mail_recipients_invalid: {
    status: 422,
    says: "ERROR! Email is NOT SAVED. Invalid recipient emails: {emails}",
  },
  mail_sender_missing: { status: 422, says: "Please specify where to send the email from!" },
  mail_sender_not_permitted: {
    status: 422,
    forbids: true,
    says: "You do not have permission to send from this email account",
  },
  mail_task_of_another: {
    status: 422,
    forbids: true,
    says: "You can not send this email. Email task is assigned to another user.",
  },
  message_deleted: {
    status: 422,
    says: "This email has already been deleted. Please refresh the page.",
  },
  message_to_send_unknown: { status: 422, says: "Could not find message to send." },
  message_sent_already: { status: 422, says: "This email has already been sent!" },
  message_being_sent: {
    status: 422,
    says: "This email is currently being sent already! Wait up to 20 seconds and refresh this page.",
  },
  send_now_limit: {
    status: 422,
    errorCode: "SEND_NOW_LIMIT_EXCEEDED",
    says: "{email} may send {limit} emails in 24 hours, and has reached that limit.",
    fix: "Send it from another mailbox, later, or raise the mailbox's limit.",
  },
  moment_in_future: {
    status: 422,
    says: "Nobody knows yet how it will stand then.",
    fix: "Name a moment that has passed; what is to come is told by explain and by forecasts.",
  },
  touch_limit: {
    status: 422,
    says: "{sentence}",
    fix: "Send it {when}, or say in touch_limit_reason why this one mail may go all the same.",
  },
  seller_limit: {
    status: 422,
    errorCode: "SELLER_EMAIL_LIMIT_EXCEEDED",
    says: "{email} may send {limit} emails in 24 hours, and has reached that limit, as has every other mailbox of its owner.",
    fix: "Send it later, or raise the limit of a mailbox.",
  },
  message_step_passed: {
    status: 422,
    says: "The contact is not active at the step of the sequence that this email belongs to.",
  },
  message_of_step: {
    status: 422,
    says: "This email belongs to a step of a sequence.",
    fix: "Pause or remove the contact in the sequence, or skip its task.",
  },
  message_not_open: { status: 422, says: "Only drafts and scheduled emails can be changed or deleted." },
  message_not_unconfirmed: { status: 422, says: "It is known what became of this email." },
  due_at_past: { status: 422, says: "due_at must lie in the future." },
  attachment_not_found: { status: 422, says: "There is no attachment {id}." },
  attachment_empty: { status: 422, says: "There is no file in this request." },
  attachment_too_large: {
    status: 422,
    says: "{name} is larger than {limit}.",
  },
  message_not_found: { status: 404, says: "Email message not found" },
  suppression_invalid: { status: 422, says: "{value} is no {kind} that can be barred." },
  incoming_mail_of_nobody: {
    status: 422,
    says: "This mail has nothing to do with any mail or contact of ours, so nothing would follow from it.",
  },
} as const satisfies Record<string, RefusalEntry>;
