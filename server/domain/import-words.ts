// Why a row of an import ended as it did, in a sentence for whoever wonders why nothing was added.

import type { SkipReason } from "./eligibility.ts";

const SENTENCES: Record<string, string> = {
  row_empty: "The row is empty.",
  header_again: "The row repeats the header.",
  cells_too_many: "The row has more cells than the header.",
  other_delimiter: "The row is parted by another sign than the header.",
  cell_unreadable: "A cell holds characters that are no text.",
  cell_too_long: "A cell is longer than 1,000 characters.",
  line_no_json: "The line is no JSON.",
  line_no_object: "The line is JSON, but no object.",
  email_invalid: "The email address is none.",
  id_invalid: "The id is none: it has 24 digits and letters from a to f.",
  id_unknown: "There is no record of this id.",
  row_unidentified: "Nothing in the row tells who it is about.",
  same_as_earlier_row: "An earlier row is about the same record; of what both say, this one counts.",
  already_there: "The record is there already, and nothing was to be changed.",
  nothing_to_fill: "The record is there already, and no field that the row fills is blank.",
  same_already: "The record is there already, and says the same.",
  undone: "Taken back.",
  changed_since: "Left alone: somebody has changed it since.",
  gone_already: "It was deleted before.",
  mailed: "Left alone: mail has gone out.",
  in_sequence: "Left alone: it is in a sequence.",
  has_messages: "Left alone: there are messages.",
  has_tasks: "Left alone: there are tasks.",
  has_calls: "Left alone: there are calls.",
  has_notes: "Left alone: there are notes.",
  has_deals: "Left alone: there are deals.",
  has_contacts: "Left alone: contacts belong to it.",
  saved_as_contact: "Left alone: it has been saved as a contact.",
  saved_as_account: "Left alone: it has been saved as a company of yours.",
  has_people: "Left alone: people belong to it.",
  has_positions: "Left alone: somebody else has told of its open positions.",
  has_news: "Left alone: somebody else has told news of it.",
  has_companies: "Left alone: other companies belong to it.",
};

export function importSentence(code: string | null) {
  return code === null ? null : (SENTENCES[code] ?? null);
}

const NOT_ENROLLED: Record<SkipReason, string> = {
  contact_not_found: "There is no such contact.",
  contacts_unsubscribed: "The contact has unsubscribed.",
  contacts_bounced: "Mail to this address bounced for good.",
  contacts_do_not_contact: "The contact, or the address, is not to be contacted.",
  contacts_paused: "The contact asked for a pause.",
  contacts_already_exists_in_current_campaign: "The contact is in this sequence already.",
  contacts_in_pending_state: "Another job has yet to deal with this contact.",
  contacts_without_ownership_permission: "The contact belongs to another user.",
  contacts_without_email: "The contact has no email address.",
  contacts_unverified_email: "The email address is not verified.",
  contacts_with_unverified_user_managed_email:
    "The address was given by your team, and nobody has verified it.",
  contacts_with_job_change: "The contact has changed jobs.",
  contacts_active_in_other_campaigns: "The contact is in another sequence.",
  contacts_finished_in_other_campaigns: "The contact has finished another sequence.",
  contacts_in_same_company: "Somebody of the same company is in this sequence.",
};

/** Why somebody did not join; each with all reasons and what they go by stands in the sequence's verdicts. */
export function enrollmentSentence(code: string | null) {
  return code === null ? null : (NOT_ENROLLED[code as SkipReason] ?? null);
}

const MANY_ROWS = 10_000;

/** What whoever imports a file should know of it, and cannot see. */
export function importWarnings(file: {
  encoding: string;
  hasMark: boolean;
  total: number | null;
  columns: readonly { name: string; field: string | null; isAsked?: boolean }[];
}) {
  const warnings: string[] = [];
  for (const { name, isAsked } of file.columns)
    if (isAsked)
      warnings.push(`The column ${name} reads like an opt-out: say which field it is, or leave it out.`);
  if (file.encoding !== "utf-8")
    warnings.push(`The file is written in ${NAMES[file.encoding] ?? file.encoding}, not in UTF-8.`);
  else if (file.hasMark) warnings.push("The file begins with a byte order mark.");
  if (file.total !== null && file.total > MANY_ROWS)
    warnings.push(`${file.total.toLocaleString("en")} rows are many: the import takes a while.`);
  const unused = file.columns
    .filter(({ field, isAsked }) => field === null && !isAsked)
    .map(({ name }) => name);
  if (unused.length > 0)
    warnings.push(
      `${unused.length === 1 ? "One column is" : `${unused.length} columns are`} left out: ${unused.slice(0, 10).join(", ")}${unused.length > 10 ? " …" : ""}.`,
    );
  return warnings;
}

const NAMES: Record<string, string> = {
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16",
  "windows-1252": "Windows-1252",
};
