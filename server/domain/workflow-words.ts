// What became of a candidate, what holds it up and what should be known of a workflow, in sentences.

const CODES: Record<string, string> = {
  filter_not_met: "A filter does not hold",
  already_taken: "This workflow has had them before, and takes them no more so soon",
  is_contact: "They are a contact already",
  not_found: "They are not there any more",
  loop_stopped: "Workflows have led to one another five times over: a circle, so it was stopped here",
  cap_per_run: "The run has taken as many as it may",
  cap_per_day: "As many were taken today as may be",
  cap_per_owner: "As many of their owner's records were taken today as may be",
  cancelled: "The run was stopped before they were through",
  merged: "They were merged with a record that this workflow has already",
  workflow_archived: "The workflow was archived before they were through",
  not_a_contact: "They are no contact, and this is done to contacts only",
  contact_not_found: "The contact is not there any more",
  nobody_named: "What came names nobody: neither contact_id nor email",
  nobody_known: "Nobody is known by what came",
  nothing_changed: "There was nothing to change",
  not_enriched: "Nobody knows anything more of them",
  not_in_sequence: "They are in none of the sequences",
  receiver_refused: "The receiver did not take it",
  address_refused: "That address may not be called",
  failed: "It went wrong three times over, and was given up",
  action_missing: "The version they began with does not have this step",
  owner_left: "Whose workflow it is has left the team",
  key_ended: "The API key or application that it was saved with has ended",
  right_missing: "The person, API key or application that it acts for may not do this",
};

const HELD_UP: Record<string, string> = {
  sequence_inactive: "The sequence is not active; they join as soon as it is",
  sequence_hidden: "They wait for a sequence that is hidden from you",
  mailbox_missing: "No mailbox can send just now; they join as soon as one can",
  sequence_busy: "Somebody else is at the sequence; they go on in a moment",
  tried_again: "It went wrong, and is tried again",
  waiting: "They wait, as the workflow says",
};

const WARNINGS: Record<string, { level: "red" | "amber"; says: string }> = {
  matches_everybody: { level: "red", says: "No filter is set: this takes everybody there is" },
  finds_everybody: { level: "red", says: "The filters leave nobody out: this takes everybody there is" },
  sets_itself_off: {
    level: "amber",
    says: "What it does may set it off again: after five times round it is stopped",
  },
  sequence_hidden: {
    level: "amber",
    says: "It names a sequence that is hidden from you, which is left out here",
  },
  sequence_missing: { level: "red", says: "A sequence it names is not there any more" },
  sequence_inactive: {
    level: "amber",
    says: "A sequence it names is not active: candidates wait until it is",
  },
  mailbox_missing: { level: "red", says: "A mailbox it names is not there any more" },
  stage_missing: { level: "red", says: "A stage it names is not there any more" },
  field_missing: { level: "red", says: "A custom field it names is not there any more" },
  user_missing: { level: "red", says: "Somebody it names is not in the team any more" },
  credits_short: { level: "red", says: "There are not enough credits for everybody" },
};

export type WarningCode = keyof typeof WARNINGS;

/** Null for codes that are told elsewhere. */
export function candidateSays(code: string): string | null {
  return CODES[code] ?? null;
}

export function holdSays(code: string): string {
  return HELD_UP[code] ?? "They wait";
}

export function warningSays(code: string) {
  return WARNINGS[code] ?? { level: "amber" as const, says: code };
}

const VERDICTS = {
  waiting: "They are on their way",
  done: "All that was to be done is done",
  skipped: "They were left out",
  failed: "An action failed, and the rest was left alone",
} as const;

export function verdictSays(verdict: keyof typeof VERDICTS) {
  return VERDICTS[verdict];
}
