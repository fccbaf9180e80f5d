// What decides which path of a branch a contact takes. A rule that holds now holds; one that does not may yet, so a branch
// may wait some days for it.

export type BranchRule = { not: boolean } & (
  | { type: "contact"; filters: Readonly<Record<string, unknown>> }
  /** A person opened or clicked the email of one step, or of any step before. */
  | { type: "email_opened" | "email_clicked"; stepId: string | null }
  | { type: "replied"; classes: readonly string[] | null }
  | { type: "task"; stepId: string; outcomes: readonly TaskOutcome[] }
);

export type TaskOutcome = "completed" | "skipped" | "answered" | "not_answered";

export type BranchCondition = {
  match: "all" | "any";
  /** How long a contact waits for it to hold before they take the no path; 0 decides at once. */
  waitDays: number;
  rules: readonly BranchRule[];
};

/** The step a rule asks about; null: none, or any. */
export function stepOfRule(rule: BranchRule): string | null {
  return "stepId" in rule ? rule.stepId : null;
}

/** The same about other steps. */
export function withStepIds(condition: BranchCondition, other: (id: string) => string): BranchCondition {
  const rules = condition.rules.map((rule) =>
    "stepId" in rule && rule.stepId !== null ? { ...rule, stepId: other(rule.stepId) } : rule,
  );
  return { ...condition, rules };
}

/** `held`: of each rule, whether what it asks about is so. */
export function holds({ match, rules }: BranchCondition, held: readonly boolean[]): boolean {
  const verdicts = rules.map(({ not }, index) => held[index] !== not);
  return match === "all" ? verdicts.every(Boolean) : verdicts.some(Boolean);
}

/** Until when it waits to hold. Days of 24 hours, from when the branch fell due. */
export function decidedBy({ waitDays }: Pick<BranchCondition, "waitDays">, dueAt: Temporal.Instant) {
  return dueAt.add({ hours: 24 * waitDays });
}

/** How long after a look nothing is looked at again, where no event says that it should be. */
const LOOK_AGAIN = { minutes: 15 };

export function nextLook(condition: BranchCondition, dueAt: Temporal.Instant, now: Temporal.Instant) {
  const again = now.add(LOOK_AGAIN);
  const last = decidedBy(condition, dueAt);
  return Temporal.Instant.compare(last, again) < 0 ? last : again;
}
