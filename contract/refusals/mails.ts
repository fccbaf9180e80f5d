// Mails that go out and come in.

import type { RefusalEntry } from "./entry.ts";

export const mails = {
  test_mail_without_mailbox: {
    status: 422,
    says: "There is no mailbox to send the test email from.",
    fix: "Connect a mailbox under Settings first.",
  },
  test_mail_unreadable: { status: 422, says: "The text of this email has an error: {sentence}" },
  test_mail_held_back: {
    status: 422,
    says: "Sending is paused: this database may be a copy.",
    fix: "An operator can confirm that no other installation sends from this database.",
  },
  test_mail_not_sent: {
    status: 422,
    says: "The test email was not sent: {said}.",
    fix: "Open the mailbox and choose Test connection.",
  },
  mail_contact_unknown: { status: 422, says: "Contact does not exist" },
  mail_contact_of_another: {
    status: 422,
    forbids: true,
    says: "You do not have permission to email {name}. You are not the owner of this contact or account.",
  },
  mail_contact_without_email: { status: 422, says: "This contact has no email address." },
  mail_contact_paused: {
    status: 422,
    says: "This contact is paused until {when}.",
    fix: "Choose a later time, or end the pause on the contact's page.",
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
    says: "{email} has reached its limit of {limit} emails in 24 hours.",
    fix: "Send it from another mailbox, later, or raise the mailbox's limit.",
  },
  moment_in_future: {
    status: 422,
    says: "This time is in the future, so there is no state to show yet.",
    fix: "Choose a time in the past. For the future, use explain or a forecast.",
  },
  touch_limit: {
    status: 422,
    says: "{sentence}",
    fix: "Send it {when}, or send touch_limit_reason to say why this email may exceed the limit.",
  },
  seller_limit: {
    status: 422,
    errorCode: "SELLER_EMAIL_LIMIT_EXCEEDED",
    says: "{email} has reached its limit of {limit} emails in 24 hours, and so has every other mailbox of its owner.",
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
  message_text_deleted: {
    status: 422,
    says: "The text of this email was deleted because of its age.",
    fix: "Write a new email.",
  },
  message_not_unconfirmed: {
    status: 422,
    says: "Delivery of this email is already known, so there is nothing to decide.",
  },
  due_at_past: { status: 422, says: "due_at must be in the future." },
  attachment_not_found: { status: 422, says: "There is no attachment {id}." },
  attachment_empty: { status: 422, says: "There is no file in this request." },
  attachment_too_large: {
    status: 422,
    says: "{name} is larger than {limit}.",
  },
  message_not_found: { status: 404, says: "Email message not found" },
  suppression_invalid: { status: 422, says: "{value} is not a valid {kind}." },
  incoming_mail_of_nobody: {
    status: 422,
    says: "This email does not belong to any contact or sent email of your team, so it cannot be classified.",
  },
  received_mail_gone: {
    status: 404,
    says: "This email is no longer in the mailbox {email}, so its attachments cannot be read.",
  },
  received_mail_too_large: { status: 422, says: "This email is larger than 50 MB." },
  received_file_unreadable: {
    status: 422,
    says: "{name} cannot be read.",
    fix: "Open the email in its mailbox.",
  },
  mailbox_not_readable: {
    status: 422,
    says: "The mailbox {email} cannot be read: {why}.",
    fix: "Try again, or test its connection under Settings.",
  },
  snooze_time: { status: 422, says: "until must be in the future, and within one year." },
  incoming_mail_not_open: {
    status: 422,
    says: "This email is not in the inbox. Only emails that need a reply or a decision can be snoozed.",
  },
  assignee_cannot_see: {
    status: 422,
    says: "{name} cannot see this email.",
    fix: "Share its sequence with them first, or make them the owner of its contact.",
  },
} as const satisfies Record<string, RefusalEntry>;
