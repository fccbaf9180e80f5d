// Sequences, their steps, their texts and their schedules.

import type { RefusalEntry } from "./entry.ts";

export const sequences = {
  sequence_busy: {
    status: 429,
    says: "We are already processing the request for your sequence",
    fix: "Wait a moment and send the same request again.",
  },
  sequence_not_permitted: {
    status: 403,
    forbids: true,
    says: "You do not have the permission to change this sequence.",
    fix: "Ask its owner to share it with you, or an admin of the team.",
  },
  sequence_active_already: { status: 422, says: "The sequence is already active." },
  sequence_inactive_already: { status: 422, says: "The sequence is already inactive." },
  sequence_without_steps: {
    status: 422,
    says: "Please make sure you have added at least 1 step before turning on the sequence.",
  },
  sequence_archived: {
    status: 422,
    says: "The sequence is archived.",
    fix: "Take it out of the archive first.",
  },
  version_is_kept: {
    status: 422,
    says: "It belongs to an earlier version of the sequence, which stays as it is for those who are still in it.",
    fix: "Change the sequence as it is now. Those contacts can be finished there, or started over.",
  },
  last_step: { status: 422, says: "A sequence keeps at least one step." },
  step_has_waiting_contacts: {
    status: 422,
    says: "{count} contacts are waiting at step {position}. With force they move on to the step after it.",
  },
  step_not_found: { status: 422, says: "This sequence has no step {id}." },
  touch_not_found: { status: 422, says: "This step has no mail {id}." },
  wait_time_missing: { status: 422, says: "Wait time must not be empty" },
  wait_mode_missing: { status: 422, says: "Wait mode must not be empty" },
  step_type_missing: { status: 422, says: "Step type must not be empty" },
  exact_time_missing: {
    status: 422,
    says: "Every step of a sequence that runs by exact date and time needs an exact date and time.",
  },
  exact_time_past: { status: 422, says: "The exact date and time of a step must lie in the future." },
  exact_times_out_of_order: {
    status: 422,
    says: "The exact date and time of a step must lie after that of the step before it.",
  },
  reply_without_thread: {
    status: 422,
    says: "A reply must follow a step that starts a new thread.",
  },
  touch_not_for_this_step: { status: 422, says: "A step of the type {type} has no mail." },
  goes_with_not_found: {
    status: 422,
    says: "This sequence has no mail {id} that another could go with.",
    fix: "Name a mail of an earlier e-mail step of the same sequence, or null.",
  },
  goes_with_not_earlier: {
    status: 422,
    says: "The mail {id} is not of an earlier e-mail step, so nobody has been sent it by then.",
    fix: "Name a mail of an earlier e-mail step, or null for everybody else.",
  },
  last_touch: { status: 422, says: "An e-mail step keeps at least one mail." },
  template_without_content: {
    status: 422,
    says: "Please make sure your template has content before turning it on.",
  },
  template_body_empty: {
    status: 422,
    says: "Please make sure your template has a non-empty body before turning it on.",
  },
  template_not_found: { status: 422, says: "There is no template {id}." },
  template_not_permitted: {
    status: 403,
    forbids: true,
    says: "You do not have the permission to change this template.",
  },
  schedule_empty: {
    status: 422,
    says: "The schedule you are trying to attach to this sequence is empty. You cannot attach an empty schedule to the sequence",
  },
  schedule_not_found: { status: 422, says: "There is no schedule {id}." },
  schedule_in_use: { status: 422, says: "Sequences use this schedule, or it is the team's default." },
  schedule_emptied_in_use: {
    status: 422,
    says: "Sequences use this schedule, or it is the team's default, so it keeps at least one window.",
  },
  schedule_invalid: { status: 422, says: "Parameters misconfigured. schedule_hash {why}" },
  holiday_ends_early: { status: 422, says: "The last day, {ends}, is before the first, {starts}." },
  holiday_too_long: { status: 422, says: "{days} days in a row are too many: at most {most}." },
  holidays_too_many: { status: 422, says: "A team has at most {most} days off of its own." },
  holiday_calendar_unknown: { status: 422, says: "There is no calendar of public holidays for {calendar}." },
  default_kept: { status: 422, says: "The default stays one until another is made the default." },
  ruleset_not_found: { status: 422, says: "There is no ruleset {id}." },
  ruleset_in_use: { status: 422, says: "Sequences use this ruleset, or it is the team's default." },
  folder_not_found: { status: 422, says: "There is no folder {id}." },
  folder_in_itself: { status: 422, says: "A folder cannot lie in itself." },
  sequence_label_not_found: { status: 422, says: "There is no list of sequences {id}." },
  activity_contact_not_found: { status: 404, says: "Contact not found" },
} as const satisfies Record<string, RefusalEntry>;
