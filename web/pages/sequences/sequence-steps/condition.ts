// The condition of a branch while it is edited, and what it says.

import { listFormat } from "../../../language/formats.ts";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { sayFilterName } from "../../automation/workflows/kept-filters.ts";
import { REPLY_CLASSES } from "../../mail/inbox/words.ts";
import type { DraftStep, SavedStep, StepsDraft } from "./draft.ts";
import { newKey } from "./keys.ts";

type SavedCondition = NonNullable<SavedStep["condition"]>;
export type RuleType = SavedCondition["rules"][number]["type"];
export type Filters = Readonly<Record<string, unknown>>;

export type DraftRule = {
  key: string;
  type: RuleType;
  not: boolean;
  filters: Filters;
  /** The key of the step it asks about; null: any email before. */
  step: string | null;
  classes: string[];
  outcomes: string[];
};

export type DraftCondition = { match: "all" | "any"; waitDays: number; rules: DraftRule[] };

export const RULE_TYPES: Record<RuleType, string> = perLanguage(() => ({
  contact: t("Contact matches filters"),
  email_opened: t("Email was opened"),
  email_clicked: t("Link was clicked"),
  replied: t("Contact replied"),
  task: t("Task outcome"),
}));

export const OUTCOMES: Record<string, string> = perLanguage(() => ({
  completed: t("completed"),
  skipped: t("skipped"),
  answered: t("call answered"),
  not_answered: t("call not answered"),
}));

export function newRule(type: RuleType, rest: Partial<DraftRule> = {}): DraftRule {
  const outcomes = type === "task" ? ["completed"] : [];
  return { key: newKey(), type, not: false, filters: {}, step: null, classes: [], outcomes, ...rest };
}

export function newCondition(): DraftCondition {
  return { match: "all", waitDays: 0, rules: [newRule("contact")] };
}

export function conditionOf({ match, wait_days, rules }: SavedCondition): DraftCondition {
  return {
    match,
    waitDays: wait_days,
    rules: rules.map(({ type, not, filters = {}, step_id = null, reply_classes = [], outcomes = [] }, n) => ({
      key: `rule-${n}`,
      type,
      not,
      filters,
      step: step_id,
      classes: reply_classes,
      outcomes,
    })),
  };
}

/** Steps are named by their positions, since new ones have no ids. */
export function conditionWish({ match, waitDays, rules }: DraftCondition, draft: StepsDraft) {
  return {
    match,
    wait_days: waitDays,
    rules: rules.map(({ type, not, filters, step, classes, outcomes }) => {
      const at = draft.findIndex(({ key }) => key === step);
      return {
        type,
        not,
        ...(type === "contact" && { filters }),
        ...(at >= 0 && asksStep(type) && { step_position: at + 1 }),
        ...(type === "replied" && classes.length > 0 && { reply_classes: classes as ReplyClasses }),
        ...(type === "task" && { outcomes: outcomes as Outcomes }),
      };
    }),
  };
}

type ReplyClasses = ("willing_to_meet" | "not_interested")[];
type Outcomes = ("completed" | "skipped" | "answered" | "not_answered")[];

export function asksStep(type: RuleType) {
  return type === "email_opened" || type === "email_clicked" || type === "task";
}

const IS: Record<Exclude<RuleType, "contact" | "replied" | "task">, (what: string) => string> = {
  email_opened: (what) => t("{what} was opened", { what }),
  email_clicked: (what) => t("a link in {what} was clicked", { what }),
};
const IS_NOT: typeof IS = {
  email_opened: (what) => t("{what} was not opened", { what }),
  email_clicked: (what) => t("no link in {what} was clicked", { what }),
};

/** "If the email of step 1 was opened or the contact replied". */
export function sayCondition({ match, rules }: DraftCondition, draft: StepsDraft) {
  const parts = rules.map((rule) => sayRule(rule, draft));
  const all = listFormat({ type: match === "all" ? "conjunction" : "disjunction" }).format(parts);
  return t("If {all}", { all });
}

function sayRule({ type, not, filters, step, classes, outcomes }: DraftRule, draft: StepsDraft): string {
  const at = draft.findIndex(({ key }) => key === step) + 1;
  if (type === "contact") {
    const names = Object.keys(filters).map(sayFilterName).join(", ");
    return not
      ? t("the contact does not match: {names}", { names })
      : t("the contact matches: {names}", { names });
  }
  if (type === "replied") {
    const as = classes.map((one) => REPLY_CLASSES[one] ?? one).join(", ");
    const says = not ? t("the contact did not reply") : t("the contact replied");
    return as ? `${says} (${as})` : says;
  }
  if (type === "task") {
    const came = outcomes.map((one) => OUTCOMES[one] ?? one).join(", ");
    return not
      ? t("the task of step {at} is not: {came}", { at, came })
      : t("the task of step {at} is: {came}", { at, came });
  }
  const what = at > 0 ? t("the email of step {at}", { at }) : t("an earlier email");
  return (not ? IS_NOT : IS)[type](what);
}

/** It has a rule that says nothing yet, or nothing that can be known. */
export function isUnfinished({ condition }: Pick<DraftStep, "condition">) {
  if (!condition) return false;
  return condition.rules.length === 0 || condition.rules.some((rule) => isEmptyRule(rule) || isAimless(rule));
}

export function isEmptyRule({ type, filters }: DraftRule) {
  return type === "contact" && Object.keys(filters).length === 0;
}

function isAimless({ type, step }: DraftRule) {
  return type === "task" && step === null;
}
