// Tasks, notes and deals.

import type { RefusalEntry } from "./entry.ts";

export const work = {
  job_not_failed: { status: 422, says: "Only a job that failed can be marked as seen." },
  task_incomplete: { status: 422, says: "type and user can not be blank" },
  task_or_message_deleted: {
    status: 422,
    says: "This task or emailer message has been deleted. Please refresh your page.",
  },
  task_deleted: { status: 422, says: "This task has been deleted. Please refresh your page." },
  task_finished: { status: 422, says: "This task is already completed / skipped." },
  task_mail_underway: {
    status: 422,
    says: "The email of this task is currently being sent already! Wait up to 20 seconds and refresh this page.",
  },
  /** Ours. */
  task_went_on: {
    status: 422,
    says: "This task cannot be reopened: its contact has already moved to the next step.",
  },
  task_of_another: {
    status: 401,
    forbids: true,
    says: "This task belongs to another user. You do not have permissions to modify other people's tasks.",
  },
  task_not_yours: {
    status: 422,
    forbids: true,
    says: "This task belongs to another user. You do not have permissions to modify other people's tasks.",
  },
  argument_required: { status: 400, says: "At least one argument is required" },
  note_sort_field: { status: 400, says: "sort_by_field must be created_at or updated_at" },
  note_sort_direction: { status: 400, says: "sort_direction must be asc or desc" },
  note_of_another: {
    status: 403,
    forbids: true,
    says: "Only the author of a note, or an admin, can change it.",
  },
  mention_not_possible: {
    status: 422,
    says: "{name} cannot be mentioned in this note: {why}.",
  },
  conversation_filter_not_kept: {
    status: 422,
    says: "{name} cannot be used: Cadenza keeps no {what}.",
    fix: "Leave it out. Search what was said with q_keywords, and use tags.",
  },
  conversation_sort_field: {
    status: 422,
    says: "sort_by_field must be start_time, duration, topic or created_at.",
  },
  conversation_not_yours: {
    status: 403,
    forbids: true,
    says: "Only the host of a conversation, the user who added it, or an admin, can delete it.",
  },
  transcript_given_twice: { status: 422, says: "Send transcript or transcript_file, not both." },
  transcript_too_long: {
    status: 422,
    says: "The transcript has {count} lines. At most {most} fit.",
  },
  transcript_unreadable: {
    status: 422,
    says: "Nothing was found in transcript_file.",
    fix: "Send WebVTT, SubRip (SRT), or lines such as `Ines Okafor: Hello`.",
  },
  export_period_backwards: { status: 422, says: "start_time must be before end_time." },
  export_address_unknown: {
    status: 422,
    says: "{email} is not the address of an active user of the team.",
  },
  export_too_large: {
    status: 422,
    says: "This period has {count} conversations with {megabytes} MB of text. At most {most} with {mostMegabytes} MB fit in one export.",
    fix: "Ask for a shorter period.",
  },
  deal_name_required: { status: 422, says: "Name is required" },
  deal_not_found: { status: 404, says: "Not Found" },
  deal_does_not_exist: { status: 422, says: "Opportunity does not exist." },
  invalid_sort: { status: 422, says: "Invalid sort criteria" },
} as const satisfies Record<string, RefusalEntry>;
