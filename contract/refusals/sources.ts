// Where contacts come from: files, lookups, checks of addresses, credits.

import type { RefusalEntry } from "./entry.ts";

export const sources = {
  too_many_to_verify: { status: 422, says: "At most {most} contacts can be verified at once." },
  probe_from_missing: {
    status: 422,
    says: "Mail servers are asked in somebody's name: say which address.",
    fix: "Send probe_from, an address of your own that takes mail.",
  },
  provider_name_taken: { status: 422, says: "There is a provider called {name} already." },
  provider_url_refused: {
    status: 422,
    says: "{url} may not be called: {why}.",
    fix: "Name a public address; private ones must be listed in CADENZA_WEBHOOK_ALLOW.",
  },
  provider_key_needed: {
    status: 422,
    says: "The provider would be called at another server, so its key has to be sent again.",
    fix: "Send provider_key together with the new address.",
  },
  provider_mapping_unfit: { status: 422, says: "The mapping does not fit: {what}, at {where}." },
  provider_cannot_answer: { status: 422, says: "This provider has no mapping for a {about}." },
  too_many_to_enrich: { status: 400, says: "cannot enrich more than {most} in a single request" },
  nothing_to_enrich: { status: 400, says: "Say whom to look for: details must name at least one." },
  webhook_url_missing: {
    status: 422,
    says: "Please add a valid 'webhook_url' parameter when using 'reveal_phone_number'.",
  },
  result_pending: { status: 404, says: "The result is not there yet." },
  request_id_unknown: { status: 404, says: "Nobody has made this request." },
  request_id_expired: { status: 410, says: "The result was kept for 30 days, and is gone." },
  invalid_request_id: { status: 400, says: "A request_id is a whole number." },
  domain_invalid: { status: 422, says: "{domain} is not a domain." },
  import_file_missing: {
    status: 422,
    says: "There is no file in this request.",
    fix: "Send a CSV as the part `file` of a form, or as `text`.",
  },
  import_too_large: {
    status: 413,
    says: "The file is larger than {limit}.",
    fix: "Cut it into several files. One contact in two of them is still one contact.",
  },
  import_empty: { status: 422, says: "The file is empty." },
  import_no_rows: { status: 422, says: "The file has a header and no rows." },
  import_too_many_columns: {
    status: 422,
    says: "The file has {count} columns. An import takes up to {limit}.",
  },
  import_not_text: {
    status: 422,
    says: "The file is no text: {why}.",
    fix: "Save the spreadsheet as CSV and import that.",
  },
  import_quote_open: {
    status: 422,
    says: "In row {row} a quotation mark opens that is never closed, so nobody can tell where its cell ends.",
    fix: "Close it, or write it twice where it belongs to the text.",
  },
  import_row_too_long: {
    status: 422,
    says: "Row {row} is longer than {limit}. Mostly a quotation mark is missing there.",
  },
  import_unreadable: { status: 422, says: "Row {row} could not be read: {why}." },
  import_column_unknown: {
    status: 422,
    says: "The mapping names the column {name}, which the file does not have.",
  },
  import_field_unknown: { status: 422, says: "The column {name} is mapped to {field}, which is no field." },
  import_nothing_mapped: {
    status: 422,
    says: "No column that tells who a row is about is mapped.",
    fix: "Map one of: {fields}.",
  },
  import_opt_out_unheard: {
    status: 422,
    says: "The column {name} reads like an opt-out, and nobody has said where it goes.",
    fix: "Map it to one of: {fields}; a yes, a date or a reason there means that the person has opted out. Map it to null to leave it out.",
  },
  import_opt_out_unkept: {
    status: 422,
    says: "The column {name} reads like an opt-out, and an import of {kind} keeps none.",
    fix: "Import the people as contacts, so that the opt-out holds. Map the column to null to leave it out.",
  },
  import_not_over: { status: 422, says: "The import is still going on. Cancel it first." },
  import_undone_already: { status: 422, says: "This import has been undone already." },
  import_too_old: { status: 422, says: "An import can be undone for {days} days." },
  import_of_another: {
    status: 403,
    forbids: true,
    says: "Only an admin can undo what somebody else has imported.",
  },
  import_unsound: { status: 422, says: "The option {name} does not fit an import of {kind}." },
  insufficient_credits: {
    status: 422,
    says: "Insufficient credits: {needed} of {kind} are needed, and {balance} are left in this cycle by the {whose}'s allowance, beside {reserved} held for work under way. A batch of {fits} would fit.",
    fix: "Ask for no more than fit, wait until the work under way is done or until the next cycle, or have an admin raise the allowance.",
  },
  import_too_many_rows: {
    status: 422,
    says: "The file has {count} lines; {limit} can be taken at once.",
    fix: "Send it in parts.",
  },
} as const satisfies Record<string, RefusalEntry>;
