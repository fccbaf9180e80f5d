import type { BranchCondition } from "../../../domain/sequences/branch-condition.ts";
import { BRANCH_PATHS } from "../../../domain/sequences/step-paths.ts";
import { textOf } from "../../../kernel/html.ts";
import { storedOrNull } from "../../../kernel/moments.ts";
import { presentEnrollmentCounts, UNCOUNTED } from "../enrollment-counts/present.ts";
import type { EnrollmentCounts } from "../enrollment-counts/store.ts";
import type { PathCounts, TaskCounts } from "../statistics/store.ts";
import type { StepRow } from "./store.ts";

export function presentStep({
  step,
  counts,
  tasks,
  paths,
}: {
  step: StepRow;
  counts: EnrollmentCounts;
  tasks: TaskCounts;
  paths: PathCounts | null;
}) {
  return {
    ...presentBareStep(step),
    counts: presentEnrollmentCounts(counts),
    ab_test_details: {},
    unique_scheduled: tasks.scheduled,
    unique_skipped: tasks.skipped,
    unique_completed: tasks.completed,
    outcomes: paths ? BRANCH_PATHS.map((path) => ({ path, count: paths[path] })) : [],
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
    condition: step.condition && presentCondition(step.condition),
    branch_step_id: step.parentId,
    branch_path: step.path,
  };
}

function presentCondition({ match, waitDays, rules }: BranchCondition) {
  return {
    match,
    wait_days: waitDays,
    rules: rules.map((rule) => ({
      type: rule.type,
      not: rule.not,
      ...("filters" in rule && { filters: { ...rule.filters } }),
      ...("stepId" in rule && { step_id: rule.stepId }),
      ...("classes" in rule && rule.classes && { reply_classes: [...rule.classes] }),
      ...("outcomes" in rule && { outcomes: [...rule.outcomes] }),
    })),
  };
}
