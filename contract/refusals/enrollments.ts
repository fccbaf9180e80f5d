// Joining a sequence, and being in one.

import type { RefusalEntry } from "./entry.ts";

export const enrollments = {
  selection_empty: {
    status: 422,
    says: "Say whom this is about: contact_ids, a filter, or all: true.",
  },
  unpause_date_past: { status: 422, says: "auto_unpause_at must lie in the future." },
  pause_reason_reserved: {
    status: 422,
    says: "The reason {reason} is kept for what Cadenza does by itself.",
  },
  stop_reason_reserved: {
    status: 422,
    says: "The reason {reason} is kept for what Cadenza does by itself.",
  },
  change_of_another: {
    status: 403,
    forbids: true,
    says: "Only whoever made a change, or an admin, can undo it.",
  },
  change_undone_already: { status: 422, says: "This change has been undone already." },
  change_not_undoable: {
    status: 422,
    says: "This change cannot be undone: it was made in the background.",
  },
  change_too_old: { status: 422, says: "This change was made more than 30 seconds ago." },
  joining_nobody_named: { status: 422, says: "Please specify either contact_ids or label_names." },
  joining_too_many: { status: 422, says: "More than {most} contacts match. Narrow the filter down." },
  joining_mailbox_missing: {
    status: 422,
    says: "Please specify a emailer_campaign_id and send_email_from_email_account_id.",
  },
  joining_ids_disagree: {
    status: 422,
    says: "The sequence in the path is {path}, and emailer_campaign_id says {body}.",
  },
  joining_list_unknown: {
    status: 422,
    says: "There is no list of contacts named {name}.",
    fix: "Look the names up with GET /labels.",
  },
  joining_for_another: {
    status: 403,
    forbids: true,
    says: "Only admins and master keys can add contacts in another user's name.",
  },
  promise_not_found: {
    status: 422,
    says: "There is no promise {id} of yours about this sequence that nobody has been added on.",
  },
  joining_start_past: { status: 422, says: "auto_unpause_at must lie in the future." },
  joining_step_missing: { status: 422, says: "There is no step {position}: the sequence has {count}." },
} as const satisfies Record<string, RefusalEntry>;
