// Tables that name a contact and say nothing about a person that is not said elsewhere. A test asks the database for every table that
// names one, so a new one is either shown (`sections.ts`) or left out here with a reason.

export const LEFT_OUT: Readonly<Record<string, string>> = {
  answer_hold_keys: "Digests by which the holds, which are shown, are found.",
  branch_decisions:
    "Which path of a branch was taken, by an enrollment that is shown; its history says it and why.",
  awaited_answers: "Until when an answer is awaited, by an enrollment that is shown.",
  brakes: "It names mailboxes, sequences and teams, never a contact.",
  change_items: "How to undo a change of enrollments; their states are shown.",
  conversation_deals: "It ties conversations to deals; both are shown.",
  conversation_lines: "Shown with the conversations.",
  conversation_tagged: "Marks of a conversation, not of a person.",
  credit_legs: "What was paid for a search; the result is in the record.",
  credit_reservations: "What was set aside to pay for a search.",
  enrollment_states: "Shown with the sequences.",
  import_byproducts: "How to undo an import; what it changed is in the record.",
  import_pieces:
    "The imported file of many people, which is kept until the import is done; the row is shown.",
  message_links: "Shown with the emails.",
  note_accounts: "It ties notes to companies.",
  note_contacts: "It ties notes to contacts; the notes are shown.",
  note_conversations: "It ties notes to conversations.",
  note_deals: "It ties notes to deals.",
  note_mentions: "It says which users a note was shown to; the notes are shown.",
  placement_mails: "Emails of tests to mailboxes of the team; no contact gets one.",
  progress: "A job with the ids that it was about; what it did is in the record.",
  provider_calls: "That a people database was asked, without what it was asked; the answer is in the record.",
  reply_reminders: "When to look for a reply to an email, which is shown.",
  score_marks: "A wish to reckon the score again.",
  set_aside: "What failed and is tried again, for a day.",
  workflow_found: "The ids that a workflow has found and not come to; those that it came to are shown.",
  workflow_runs: "A run with the ids that it was about; what came of the contact is shown.",
};
