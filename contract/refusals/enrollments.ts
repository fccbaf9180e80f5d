// Joining a sequence, and being in one.

import type { RefusalEntry } from "./entry.ts";

export const enrollments = {
  selection_empty: {
    status: 422,
    says: "No contacts are selected. Send contact_ids, a filter, or all: true.",
  },
  unpause_date_past: { status: 422, says: "auto_unpause_at must be in the future." },
  pause_reason_reserved: {
    status: 422,
    says: "The reason {reason} is reserved for automatic changes. Send another reason.",
  },
  stop_reason_reserved: {
    status: 422,
    says: "The reason {reason} is reserved for automatic changes. Send another reason.",
  },
  change_of_another: {
    status: 403,
    forbids: true,
    says: "Only the user who made a change, or an admin, can undo it.",
  },
  change_undone_already: { status: 422, says: "This change has already been undone." },
  change_not_undoable: {
    status: 422,
    says: "This change ran as a background job and cannot be undone.",
  },
  change_too_old: {
    status: 422,
    says: "This change can no longer be undone: it is more than 30 seconds old.",
  },
  joining_nobody_named: { status: 422, says: "Please specify either contact_ids or label_names." },
  joining_too_many: { status: 422, says: "More than {most} contacts match. Narrow the filter down." },
  joining_mailbox_missing: {
    status: 422,
    says: "Please specify a emailer_campaign_id and send_email_from_email_account_id.",
  },
  joining_ids_disagree: {
    status: 422,
    says: "The path names the sequence {path}, but emailer_campaign_id is {body}. Send the same id in both.",
  },
  joining_list_unknown: {
    status: 422,
    says: "There is no list of contacts named {name}.",
    fix: "See the names of all lists with GET /labels.",
  },
  joining_for_another: {
    status: 403,
    forbids: true,
    says: "Only admins and master keys can add contacts on behalf of another user.",
  },
  promise_not_found: {
    status: 422,
    says: "You have no unused preview {id} for this sequence. It may have been used or have expired.",
  },
  joining_start_past: { status: 422, says: "auto_unpause_at must be in the future." },
  joining_step_missing: { status: 422, says: "There is no step {position}: the sequence has {count} steps." },
} as const satisfies Record<string, RefusalEntry>;
