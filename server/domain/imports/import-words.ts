// Why a row of an import ended as it did, in a sentence for the user who asks why nothing was added.

import { say, texts } from "../../kernel/say.ts";
import type { SkipReason } from "../enrollments/eligibility.ts";

const SENTENCES: Record<string, string> = texts({
  row_empty: "The row is empty.",
  header_again: "The row repeats the header.",
  cells_too_many: "The row has more cells than the header.",
  other_delimiter: "The row uses another separator than the header.",
  cell_unreadable: "A cell contains characters that are not text.",
  cell_too_long: "A cell is longer than 1,000 characters.",
  line_no_json: "The line is not valid JSON.",
  line_no_object: "The line is JSON, but not an object.",
  email_invalid: "The email address is invalid.",
  id_invalid: "Invalid id. An id has 24 characters, 0 to 9 and a to f.",
  id_unknown: "There is no record with this id.",
  row_unidentified: "The row has no email, name or other value that identifies the record.",
  deal_unnamed: "The row has no name for the deal.",
  deals_alike: "Several deals have this name and company. Add the id of the deal.",
  row_not_saved: "The row could not be saved. The other rows were.",
  same_as_earlier_row:
    "An earlier row of the file is about the same record. The values of this later row were used.",
  already_there: "The record already exists, and the import changes no existing records.",
  nothing_to_fill: "The record already exists, and it has no empty field that this row fills.",
  same_already: "The record already exists with the same values.",
  undone: "Undone.",
  changed_since: "Kept: it was changed after the import.",
  gone_already: "It was already deleted.",
  mailed: "Kept: emails were sent to it.",
  in_sequence: "Kept: it is in a sequence.",
  has_messages: "Kept: it has emails.",
  has_tasks: "Kept: it has tasks.",
  has_calls: "Kept: it has calls.",
  has_notes: "Kept: it has notes.",
  has_deals: "Kept: it has deals.",
  has_contacts: "Kept: it has contacts.",
  saved_as_contact: "Kept: it was saved as a contact.",
  saved_as_account: "Kept: it was saved as a company of your team.",
  has_people: "Kept: it has people.",
  has_positions: "Kept: another source added job postings to it.",
  has_news: "Kept: another source added news to it.",
  has_companies: "Kept: other companies belong to it.",
});

export function importSentence(code: string | null) {
  return code === null ? null : (SENTENCES[code] ?? null);
}

const NOT_ENROLLED: Record<SkipReason, string> = texts({
  contact_not_found: "The contact does not exist.",
  contacts_unsubscribed: "The contact has unsubscribed.",
  contacts_bounced: "An email to this address hard bounced.",
  contacts_do_not_contact:
    "The contact is marked as do not contact, or the address is on the do not email list.",
  contacts_paused: "The contact is paused.",
  contacts_already_exists_in_current_campaign: "The contact is already in this sequence.",
  contacts_in_pending_state: "Another background job is still processing this contact.",
  contacts_without_ownership_permission: "The contact belongs to another user.",
  contacts_without_email: "The contact has no email address.",
  contacts_unverified_email: "The email address is not verified.",
  contacts_with_unverified_user_managed_email:
    "The email address was entered by your team and is not verified.",
  contacts_with_job_change: "The contact changed jobs.",
  contacts_active_in_other_campaigns: "The contact is in another sequence.",
  contacts_finished_in_other_campaigns: "The contact has finished another sequence.",
  contacts_in_same_company: "Another contact of the same company is in this sequence.",
});

/** Why a contact did not join; the sequence's verdicts have all reasons and their evidence. */
export function enrollmentSentence(code: string | null) {
  return code === null ? null : (NOT_ENROLLED[code as SkipReason] ?? null);
}

const MANY_ROWS = 10_000;

/** What a user should know about the file they import, and cannot see. */
export function importWarnings(file: {
  encoding: string;
  hasMark: boolean;
  total: number | null;
  columns: readonly { name: string; field: string | null; isAsked?: boolean }[];
}) {
  const warnings: string[] = [];
  for (const { name, isAsked } of file.columns)
    if (isAsked)
      warnings.push(
        say("The column {name} looks like an opt-out column. Choose a field for it, or ignore it.", { name }),
      );
  if (file.encoding !== "utf-8")
    warnings.push(
      say("The file uses the encoding {encoding}, not UTF-8. Check that special characters look right.", {
        encoding: NAMES[file.encoding] ?? file.encoding,
      }),
    );
  else if (file.hasMark) warnings.push(say("The file starts with a byte order mark, which is ignored."));
  if (file.total !== null && file.total > MANY_ROWS)
    warnings.push(
      say("The file has {total, number} rows, so the import may take some minutes.", { total: file.total }),
    );
  const unused = file.columns
    .filter(({ field, isAsked }) => field === null && !isAsked)
    .map(({ name }) => name);
  if (unused.length > 0)
    warnings.push(
      say(
        "{length, plural, one {One column is} other {{length} columns are}} ignored: {unused}{hasLength, select, yes { …} other {}}.",
        {
          length: unused.length,
          unused: unused.slice(0, 10).join(", "),
          hasLength: unused.length > 10 ? "yes" : "no",
        },
      ),
    );
  return warnings;
}

const NAMES: Record<string, string> = {
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16",
  "windows-1252": "Windows-1252",
};
