// What became of a candidate, what holds it up and what should be known of a workflow, in sentences.

import { say, texts } from "../../kernel/say.ts";

const CODES: Record<string, string> = texts({
  filter_not_met: "A filter does not match",
  already_taken: "This workflow has already run for this record, and it is too soon to run again",
  is_contact: "This person is already a contact",
  not_found: "This record no longer exists",
  loop_stopped: "Workflows have triggered each other five times in a row, so this one was stopped",
  cap_per_run: "The limit per run is reached",
  cap_per_day: "The limit per day is reached",
  cap_per_owner: "The limit per owner and day is reached",
  cancelled: "The run was stopped before this record was finished",
  merged: "The record was merged with another record of this workflow",
  workflow_archived: "The workflow was archived before this record was finished",
  not_a_contact: "This person is not a contact, and this action works for contacts only",
  contact_not_found: "The contact no longer exists",
  nobody_named: "The call names no contact: contact_id and email are both missing",
  nobody_known: "No contact matches the contact_id or email of the call",
  nothing_changed: "No change was needed",
  not_enriched: "No provider found more data",
  not_in_sequence: "The contact is not in any of the sequences",
  receiver_refused: "The receiver did not accept the call",
  address_refused: "This URL is not allowed",
  failed: "It failed three times and was not tried again",
  action_missing: "This step does not exist in the version that the record started with",
  owner_left: "The owner of the workflow has left the team",
  key_ended: "The API key or application that the workflow was saved with is no longer valid",
  right_missing: "The user, API key or application that the workflow acts for is not allowed to do this",
});

const HELD_UP: Record<string, string> = texts({
  sequence_inactive: "The sequence is inactive. Contacts are added when it is activated",
  sequence_hidden: "Waiting for a sequence that is hidden from you",
  mailbox_missing: "No mailbox can send now. Contacts are added when one can",
  sequence_busy: "Another change to the sequence is running. This continues in a moment",
  tried_again: "It failed and will be tried again",
  waiting: "Waiting, as set in the workflow",
});

const WARNINGS: Record<string, { level: "red" | "amber"; says: string }> = texts({
  matches_everybody: { level: "red", says: "No filter is set: the workflow runs for every record" },
  finds_everybody: {
    level: "red",
    says: "The filters exclude no record: the workflow runs for every record",
  },
  sets_itself_off: {
    level: "amber",
    says: "Its actions may trigger it again. It is stopped after five rounds",
  },
  sequence_hidden: {
    level: "amber",
    says: "It uses a sequence that is hidden from you and not shown here",
  },
  sequence_missing: { level: "red", says: "It uses a sequence that no longer exists" },
  sequence_inactive: {
    level: "amber",
    says: "It uses an inactive sequence. Contacts wait until it is activated",
  },
  mailbox_missing: { level: "red", says: "It uses a mailbox that no longer exists" },
  stage_missing: { level: "red", says: "It uses a stage that no longer exists" },
  field_missing: { level: "red", says: "It uses a custom field that no longer exists" },
  user_missing: { level: "red", says: "It uses a user who has left the team" },
  credits_short: { level: "red", says: "There are not enough credits for all records" },
});

/** Null for codes that are told elsewhere. */
export function candidateSays(code: string): string | null {
  return CODES[code] ?? null;
}

export function holdSays(code: string): string {
  return HELD_UP[code] ?? say("Waiting");
}

export function warningSays(code: string) {
  return WARNINGS[code] ?? { level: "amber" as const, says: code };
}

const VERDICTS = texts({
  waiting: "In progress",
  done: "All actions are done",
  skipped: "Skipped",
  failed: "An action failed, so the actions after it did not run",
} as const);

export function verdictSays(verdict: keyof typeof VERDICTS) {
  return VERDICTS[verdict];
}
