// A list of steps as it is to be, made of what is there and what is wished. Nothing is written here.

import type { BranchCondition, BranchRule } from "../../../domain/sequences/branch-condition.ts";
import { isEmail, type StepType } from "../../../domain/sequences/sequence-plan.ts";
import { type BranchPath, inTreeOrder } from "../../../domain/sequences/step-paths.ts";
import { cleanHtml } from "../../../kernel/html.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import type { StepRow } from "../../sequences/steps/store.ts";
import type { TouchWish } from "./touches-compose.ts";

export type StepWish = {
  id?: string | null | undefined;
  type?: StepType | undefined;
  position?: number | undefined;
  waitTime?: number | null | undefined;
  waitMode?: StepRow["waitMode"] | null | undefined;
  exactAt?: Temporal.Instant | null | undefined;
  note?: string | null | undefined;
  priority?: StepRow["priority"] | undefined;
  maxEmailsPerDay?: number | null | undefined;
  autoSkipInDays?: number | null | undefined;
  isOn?: boolean | undefined;
  condition?: WishedCondition | null | undefined;
  branch?: WishedPlace | undefined;
  touches?: TouchWish[] | undefined;
};

/** `at`: of the branch, in the list that is written. */
type WishedPlace = {
  stepId?: string | null | undefined;
  at?: number | null | undefined;
  path?: BranchPath | null | undefined;
};

export type WishedRule = BranchRule & { stepAt?: number | undefined };
/** A rule may name a step by its place in the list that is written. */
export type WishedCondition = Omit<BranchCondition, "rules"> & { rules: readonly WishedRule[] };

type Setting = { sequenceId: string; byExactDaytime: boolean; now: Temporal.Instant };

/** A step that is made has to say how long to wait, unless its date and time are given. */
export function newStep(wish: StepWish, setting: Setting): StepRow {
  if (!wish.type) throw new Refusal("step_type_missing");
  const isDated = setting.byExactDaytime || Boolean(wish.exactAt);
  if (!isDated && wish.waitTime == null) throw new Refusal("wait_time_missing");
  if (!isDated && wish.waitMode == null) throw new Refusal("wait_mode_missing");
  const blank: StepRow = {
    id: newId(),
    sequenceId: setting.sequenceId,
    position: 0,
    type: wish.type,
    waitTime: 0,
    waitMode: "day",
    exactAt: null,
    note: null,
    priority: null,
    maxEmailsPerDay: null,
    autoSkipInDays: null,
    isOn: true,
    parentId: null,
    path: null,
    condition: null,
    versionId: null,
  };
  return changedStep(
    blank,
    { ...wish, waitTime: wish.waitTime ?? 0, waitMode: wish.waitMode ?? "day" },
    setting,
  );
}

/** What a wish leaves out stays. An automatic e-mail has no priority, because no user picks it from a list. */
export function changedStep(step: StepRow, wish: StepWish, { now }: Setting): StepRow {
  if (wish.waitTime === null) throw new Refusal("wait_time_missing");
  if (wish.waitMode === null) throw new Refusal("wait_mode_missing");
  const isNewDate = wish.exactAt && !(step.exactAt && wish.exactAt.equals(step.exactAt));
  if (isNewDate && wish.exactAt && Temporal.Instant.compare(wish.exactAt, now) <= 0)
    throw new Refusal("exact_time_past");
  const type = wish.type ?? step.type;
  if (step.position > 0 && (type === "branch") !== (step.type === "branch"))
    throw new Refusal("branch_type_fixed");
  const priority = wish.priority === undefined ? step.priority : wish.priority;
  const condition = wish.condition === undefined ? step.condition : wish.condition;
  if (type === "branch" && !condition)
    throw new Refusal("branch_condition_missing", { position: step.position });
  if (type !== "branch" && condition) throw new Refusal("condition_not_for_this_step", { type });
  return {
    ...step,
    type,
    waitTime: wish.waitTime ?? step.waitTime,
    waitMode: wish.waitMode ?? step.waitMode,
    exactAt: wish.exactAt === undefined ? step.exactAt : wish.exactAt,
    note: wish.note === undefined ? step.note : wish.note && cleanHtml(wish.note),
    priority: type === "auto_email" ? null : priority,
    maxEmailsPerDay: wish.maxEmailsPerDay === undefined ? step.maxEmailsPerDay : wish.maxEmailsPerDay,
    autoSkipInDays: wish.autoSkipInDays === undefined ? step.autoSkipInDays : wish.autoSkipInDays,
    isOn: wish.isOn ?? step.isOn,
    condition,
  };
}

/**
 * Positions 1 to n, with the steps of a branch's paths behind it. What is on no path that leads anywhere stays in the list,
 * to be refused.
 */
export function numbered(steps: readonly StepRow[]): StepRow[] {
  const inOrder = inTreeOrder(steps);
  const lost = steps.filter((step) => !inOrder.includes(step));
  return [...inOrder, ...lost].map((step, index) => ({ ...step, position: index + 1 }));
}

/** On which path each is to be, and what conditions ask about, now that every step of the list has an id. */
export function withBranches(planned: readonly { step: StepRow; wish: StepWish }[]): StepRow[] {
  const idAt = (at: number) => planned[at - 1]?.step.id ?? null;
  return planned.map(({ step, wish }) => ({
    ...step,
    ...placeOn(step, wish.branch, idAt),
    condition: step.condition && conditionOn(step.condition, idAt),
  }));
}

function placeOn(step: StepRow, wished: WishedPlace | undefined, idAt: (at: number) => string | null) {
  const { stepId, at, path } = wished ?? {};
  // A place where no step is leaves it on the path of itself, which is refused.
  const named = at == null ? stepId : (idAt(at) ?? step.id);
  const parentId = named === undefined ? step.parentId : named;
  return { parentId, path: parentId === null ? null : (path ?? step.path ?? ("yes" as const)) };
}

function conditionOn(condition: WishedCondition, idAt: (at: number) => string | null): BranchCondition {
  const rules = condition.rules.map(({ stepAt, ...rule }) => {
    if (stepAt === undefined) return rule;
    const stepId = idAt(stepAt);
    if (stepId === null) throw new Refusal("condition_step_not_before", { position: stepAt });
    return { ...rule, stepId } as BranchRule;
  });
  return { ...condition, rules };
}

/** Where positions are said they count; where not, the place in the list does. */
export function inWishedOrder(wishes: readonly StepWish[]) {
  return wishes
    .map((wish, index) => ({ wish, at: wish.position ?? index + 1, index }))
    .sort((a, b) => a.at - b.at || a.index - b.index)
    .map(({ wish }) => wish);
}

/** The mails a new step starts with: an e-mail is nothing without one. */
export function firstTouches(type: StepType, wished: readonly TouchWish[] | undefined): readonly TouchWish[] {
  if (wished && wished.length > 0) return wished;
  return isEmail(type) ? [{}] : [];
}
