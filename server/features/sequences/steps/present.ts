import { textOf } from "../../../kernel/html.ts";
import { storedOrNull } from "../../../kernel/moments.ts";
import { presentEnrollmentCounts, UNCOUNTED } from "../enrollment-counts/present.ts";
import type { EnrollmentCounts } from "../enrollment-counts/store.ts";
import type { TaskCounts } from "../statistics/store.ts";
import type { StepRow } from "./store.ts";

export function presentStep({
  step,
  counts,
  tasks,
}: {
  step: StepRow;
  counts: EnrollmentCounts;
  tasks: TaskCounts;
}) {
  return {
    ...presentBareStep(step),
    counts: presentEnrollmentCounts(counts),
    ab_test_details: {},
    unique_scheduled: tasks.scheduled,
    unique_skipped: tasks.skipped,
    unique_completed: tasks.completed,
    outcomes: [],
  };
}

/** The same where nothing was counted, and this is said. */
export function presentUncountedStep(step: StepRow) {
  return {
    ...presentBareStep(step),
    counts: UNCOUNTED,
    ab_test_details: {},
    unique_scheduled: "loading" as const,
    unique_skipped: "loading" as const,
    unique_completed: "loading" as const,
    outcomes: [],
  };
}

/** The same without what is counted. */
export function presentBareStep(step: StepRow) {
  return {
    id: step.id,
    emailer_campaign_id: step.sequenceId,
    position: step.position,
    wait_time: step.waitTime,
    type: step.type,
    wait_mode: step.waitMode,
    note: step.note,
    note_text: step.note === null ? null : textOf(step.note),
    max_emails_per_day: step.maxEmailsPerDay,
    exact_datetime: storedOrNull(step.exactAt),
    priority: step.priority,
    auto_skip_in_x_days: step.autoSkipInDays,
    enabled: step.isOn,
  };
}
