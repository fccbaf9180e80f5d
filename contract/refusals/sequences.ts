// Sequences, their steps, their texts and their schedules.

import type { RefusalEntry } from "./entry.ts";

export const sequences = {
  file_refused: {
    status: 422,
    says: "{file}, line {line}: {why}",
    fix: "Nothing was applied. Correct the file and try again.",
  },
  sequence_busy: {
    status: 429,
    says: "We are already processing the request for your sequence",
    fix: "Wait a moment and send the same request again.",
  },
  sequence_not_permitted: {
    status: 403,
    forbids: true,
    says: "You do not have the permission to change this sequence.",
    fix: "Ask its owner or an admin of the team to share it with you.",
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
    fix: "Unarchive it first.",
  },
  version_is_kept: {
    status: 422,
    says: "This belongs to an earlier version of the sequence, which cannot be changed: contacts are still in it.",
    fix: "Change the current version instead. You can finish the contacts in the earlier version, or restart them.",
  },
  last_step: {
    status: 422,
    says: "A sequence needs at least one step. Add another one before you delete this one.",
  },
  ab_test_needs_variants: {
    status: 422,
    says: "An A/B test compares two or more approved variants of a step. Variants that are paired with an earlier email are left out.",
  },
  ab_test_runs: {
    status: 422,
    says: "An A/B test of this step runs already. Stop it before you start another one.",
  },
  ab_test_not_running: {
    status: 422,
    says: "No A/B test of this step is running.",
  },
  step_has_waiting_contacts: {
    status: 422,
    says: "{count} contacts are waiting at step {position}. Send force: true to move them to the next step.",
  },
  branch_condition_missing: {
    status: 422,
    says: "A branch needs a condition with at least one rule.",
    fix: 'Send condition, such as {"rules": [{"type": "contact", "filters": {"has_phone_number": true}}]}.',
  },
  branch_not_found: {
    status: 422,
    says: "Step {position} names a branch that is not a branch of this sequence.",
    fix: "Send the id of a step of the type branch in branch_step_id, or its position in the list in branch_position.",
  },
  branch_without_steps: {
    status: 422,
    says: "The branch at step {position} has no steps on its paths.",
    fix: "Put a step on one of its paths with branch_step_id and branch_path, or delete the branch.",
  },
  branch_too_deep: { status: 422, says: "Branches go at most {most} deep." },
  branch_type_fixed: {
    status: 422,
    says: "A branch cannot become another type of step, and no other step can become a branch.",
    fix: "Delete the step and create a new one.",
  },
  condition_not_for_this_step: { status: 422, says: "A step of the type {type} has no condition." },
  condition_step_not_before: {
    status: 422,
    says: "The condition of the branch at step {position} asks about a step that does not come before it on every way to it.",
    fix: "Name a step before the branch, or any step by leaving out step_id.",
  },
  condition_step_sends_nothing: {
    status: 422,
    says: "The condition of the branch at step {position} asks about an email, but no email is sent before it.",
  },
  condition_step_has_no_task: {
    status: 422,
    says: "The condition of the branch at step {position} asks for the outcome of a task, but the step has no task.",
    fix: "Name a call, a LinkedIn step, a manual email or another task before the branch.",
  },
  step_not_found: { status: 422, says: "This sequence has no step {id}." },
  touch_not_found: { status: 422, says: "This step has no email {id}." },
  wait_time_missing: { status: 422, says: "Wait time must not be empty" },
  wait_mode_missing: { status: 422, says: "Wait mode must not be empty" },
  step_type_missing: { status: 422, says: "Step type must not be empty" },
  generation_not_offered: {
    status: 422,
    says: "Cadenza writes no texts of emails by itself: generation_options and generation_tone must be empty.",
    fix: "Leave both out, and send the text as emailer_template.",
  },
  exact_time_missing: {
    status: 422,
    says: "Every step of a sequence that runs by exact date and time needs an exact date and time.",
  },
  exact_time_past: { status: 422, says: "The exact date and time of a step must be in the future." },
  exact_times_out_of_order: {
    status: 422,
    says: "The exact date and time of a step must be after that of the step before it.",
  },
  reply_without_thread: {
    status: 422,
    says: "A reply must follow a step that starts a new thread.",
  },
  touch_not_for_this_step: { status: 422, says: "A step of the type {type} has no email." },
  goes_with_not_found: {
    status: 422,
    says: "This sequence has no email {id} to pair with.",
    fix: "Send the id of an email of an earlier email step of the same sequence, or null.",
  },
  goes_with_not_earlier: {
    status: 422,
    says: "The email {id} does not belong to an earlier email step, so contacts have not received it yet.",
    fix: "Send the id of an email of an earlier email step, or null for all other contacts.",
  },
  last_touch: {
    status: 422,
    says: "An email step needs at least one email. Add another one before you delete this one.",
  },
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
  schedule_in_use: { status: 422, says: "This schedule is the team's default, or sequences use it." },
  schedule_emptied_in_use: {
    status: 422,
    says: "This schedule needs at least one window, because it is the team's default or sequences use it.",
  },
  schedule_invalid: { status: 422, says: "Parameters misconfigured. schedule_hash {why}" },
  holiday_ends_early: { status: 422, says: "The last day, {ends}, is before the first, {starts}." },
  holiday_too_long: { status: 422, says: "{days} days in a row are too many. At most {most} are allowed." },
  holidays_too_many: { status: 422, says: "A team can have at most {most} days off of its own." },
  holiday_calendar_unknown: { status: 422, says: "There is no calendar of public holidays for {calendar}." },
  default_kept: { status: 422, says: "You cannot unset the default. Make another one the default instead." },
  ruleset_not_found: { status: 422, says: "There is no ruleset {id}." },
  ruleset_in_use: { status: 422, says: "This ruleset is the team's default, or sequences use it." },
  folder_not_found: { status: 422, says: "There is no folder {id}." },
  folder_in_itself: { status: 422, says: "A folder cannot be inside itself." },
  sequence_label_not_found: { status: 422, says: "There is no list of sequences {id}." },
  activity_contact_not_found: { status: 404, says: "Contact not found" },
} as const satisfies Record<string, RefusalEntry>;
