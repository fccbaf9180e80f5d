// Where contacts come from: files, lookups, checks of addresses, credits.

import type { RefusalEntry } from "./entry.ts";

export const sources = {
  too_many_to_verify: { status: 422, says: "At most {most} contacts can be verified at once." },
  probe_from_missing: {
    status: 422,
    says: "To ask mail servers about addresses, Cadenza needs a sender address.",
    fix: "Send probe_from, an address of yours that can receive email.",
  },
  provider_name_taken: { status: 422, says: "A provider with the name {name} already exists." },
  provider_url_refused: {
    status: 422,
    says: "{url} may not be called: {why}.",
    fix: "Name a public address; private ones must be listed in CADENZA_WEBHOOK_ALLOW.",
  },
  provider_key_needed: {
    status: 422,
    says: "You changed the provider's server, so send its key again.",
    fix: "Send provider_key together with the new address.",
  },
  provider_mapping_unfit: { status: 422, says: "The mapping does not fit: {what}, at {where}." },
  provider_cannot_answer: { status: 422, says: "This provider has no mapping for a {about}." },
  too_many_to_enrich: { status: 400, says: "cannot enrich more than {most} in a single request" },
  nothing_to_enrich: { status: 400, says: "details is empty. Send at least one person to look up." },
  webhook_url_missing: {
    status: 422,
    says: "Please add a valid 'webhook_url' parameter when using 'reveal_phone_number'.",
  },
  result_pending: { status: 404, says: "The result is not ready yet. Ask again later." },
  request_id_unknown: { status: 404, says: "There is no request with this id." },
  request_id_expired: { status: 410, says: "The result was deleted after 30 days." },
  invalid_request_id: { status: 400, says: "request_id must be a whole number." },
  domain_invalid: { status: 422, says: "{domain} is not a domain." },
  import_file_missing: {
    status: 422,
    says: "There is no file in this request.",
    fix: "Send a CSV as the part `file` of a form, or as `text`.",
  },
  import_too_large: {
    status: 413,
    says: "The file is larger than {limit}.",
    fix: "Split it into several files. A contact that is in two of them is still imported once.",
  },
  import_empty: { status: 422, says: "The file is empty." },
  import_no_rows: { status: 422, says: "The file has a header but no rows." },
  import_too_many_columns: {
    status: 422,
    says: "The file has {count} columns. An import can have at most {limit}.",
  },
  import_not_text: {
    status: 422,
    says: "The file is not a text file: {why}.",
    fix: "Save the spreadsheet as CSV and import that.",
  },
  import_quote_open: {
    status: 422,
    says: "Row {row} has a quotation mark that is never closed.",
    fix: "Close it. If it belongs to the text, write it twice.",
  },
  import_row_too_long: {
    status: 422,
    says: "Row {row} is longer than {limit}. Check for a missing quotation mark.",
  },
  import_unreadable: { status: 422, says: "Row {row} could not be read: {why}." },
  import_reader_ended: {
    status: 422,
    says: "The file was not read: {why}.",
    fix: "Save it as plain CSV, or split it into parts. Then only the part that cannot be read is refused.",
  },
  import_column_unknown: {
    status: 422,
    says: "The mapping uses the column {name}, but the file has no such column.",
  },
  import_field_unknown: {
    status: 422,
    says: "The column {name} is mapped to {field}, but there is no such field.",
  },
  import_nothing_mapped: {
    status: 422,
    says: "No mapped column identifies the record of a row.",
    fix: "Map one of: {fields}.",
  },
  import_opt_out_unheard: {
    status: 422,
    says: "The column {name} looks like an opt-out column, but it is not mapped.",
    fix: "Map it to one of: {fields}. A yes, a date or a reason in it then means that the contact has opted out. Map it to null to ignore it.",
  },
  import_opt_out_unkept: {
    status: 422,
    says: "The column {name} looks like an opt-out column, but an import of {kind} cannot save opt-outs.",
    fix: "Import the people as contacts to keep their opt-outs. Map the column to null to ignore it.",
  },
  import_not_over: { status: 422, says: "The import is still running. Cancel it first." },
  import_undone_already: { status: 422, says: "This import has already been undone." },
  import_too_old: {
    status: 422,
    says: "This import can no longer be undone: it is more than {days} days old.",
  },
  import_of_another: {
    status: 403,
    forbids: true,
    says: "Only an admin can undo another user's import.",
  },
  import_unsound: { status: 422, says: "The option {name} cannot be used in an import of {kind}." },
  insufficient_credits: {
    status: 422,
    says: "Insufficient credits: {needed} of {kind} are needed, and {balance} are left in the {whose}'s allowance for this cycle. {reserved} more are reserved for lookups in progress. You can request up to {fits} now.",
    fix: "Request fewer, wait for lookups in progress or the next cycle, or ask an admin to raise the allowance.",
  },
  import_too_many_rows: {
    status: 422,
    says: "The file has {count} lines. At most {limit} can be imported at once.",
    fix: "Split it into several files.",
  },
} as const satisfies Record<string, RefusalEntry>;
