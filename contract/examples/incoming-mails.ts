import type { Example } from "../endpoint.ts";

const incomingMail = {
  id: "64f0aa0000000000000000e1",
  email_account_id: "64f0aa0000000000000000e2",
  folder: "INBOX",
  kind: "reply",
  certainty: "sure",
  action: "act",
  probability: 0.97,
  tied_by: "message_id",
  emailer_message_id: "64f0aa0000000000000000e3",
  contact_id: "64f0aa0000000000000000e4",
  contact_campaign_status_id: "64f0aa0000000000000000e5",
  counts_as_response: true,
  reply_class: "not_interested",
  returns_on: null,
  bounce: null,
  named_emails: [],
  evidence: [{ rule: "answers us: message_id", where: "header", quote: "<1.k3y@norrland.example>" }],
  from_email: "ines@kraft.example",
  from_name: "Ines Okafor",
  subject: "Re: Your second plant",
  body_text: "Thank you, we are all set.",
  attachments: [],
  set_aside_reason: null,
  set_aside_says: null,
  question: null,
  needs_person: false,
  task_id: null,
  hold: null,
  overruled: {
    at: "2026-02-03T09:00:00.000Z",
    by_user_id: "64f0aa000000000000000002",
    was: "unsubscribe",
  },
  handled: null,
  snoozed_until: null,
  assigned_to_user_id: null,
  is_open: true,
  contact: { id: "64f0aa0000000000000000e4", name: "Ines Okafor", account_name: "Kraft" },
  mailbox_email: "ole@norrland.example",
  suggestion: null,
  received_at: "2026-02-03T08:00:00.000Z",
  processed_at: "2026-02-03T08:00:01.000Z",
};

export const incomingMails: Record<string, readonly Example[]> = {
  "incomingMails.handle": [
    {
      title: "It is a reply",
      isShownElsewhere: true,
      input: { id: incomingMail.id },
      answer: {
        incoming_mail: {
          ...incomingMail,
          is_open: false,
          handled: { at: "2026-02-03T10:00:00.000Z", by_user_id: "64f0aa000000000000000002" },
        },
      },
    },
  ],
  "incomingMails.bulkSnooze": [
    {
      title: "Until Monday morning",
      input: { incoming_mail_ids: [incomingMail.id], until: "2026-02-16T08:00:00.000Z" },
      answer: { incoming_mail_ids: [incomingMail.id], left: [] },
    },
  ],
  "incomingMails.bulkAssign": [
    {
      title: "A colleague answers",
      input: { incoming_mail_ids: [incomingMail.id], user_id: "64f0aa000000000000000003" },
      answer: { incoming_mail_ids: [incomingMail.id], left: [] },
    },
  ],
  "incomingMails.bulkHandle": [
    {
      title: "Two are handled; one was not found",
      input: {
        incoming_mail_ids: [incomingMail.id, "64f0aa0000000000000000e6", "64f0aa0000000000000000e7"],
      },
      answer: {
        incoming_mail_ids: [incomingMail.id, "64f0aa0000000000000000e6"],
        left: [{ id: "64f0aa0000000000000000e7", code: "record_not_found", says: "Record not found." }],
      },
    },
  ],
  "incomingMails.bulkOverrule": [
    {
      title: "Mark automatic replies",
      input: { incoming_mail_ids: [incomingMail.id], kind: "auto_reply" },
      answer: { incoming_mail_ids: [incomingMail.id], left: [], left_contact_campaign_status_ids: {} },
    },
  ],
  "incomingMails.overrule": [
    {
      title: "It was a reply, not an unsubscribe request",
      input: { id: incomingMail.id, kind: "reply", reply_class: "not_interested" },
      answer: { incoming_mail: incomingMail, left_contact_campaign_status_ids: {} },
      isShownElsewhere: true,
    },
  ],
};
