// A workflow while a user edits it: what is asked of the whole definition before it is saved or tried.

import { t } from "../../../language/t.ts";
import type { Body } from "./kept-filters.ts";
import { isUnseen, kindOf, unseenSequence } from "./kinds.ts";
import type { Entity, LookBackWish, Workflow, WorkflowChange } from "./queries.ts";
import { type Actions, everyAction, sayStep, withKeys, withoutKeys } from "./tree.ts";
import { type Trigger, triggerLacks, triggerOf } from "./trigger.ts";

export type WorkflowDraft = {
  trigger: Trigger;
  filters: Body;
  net_new: boolean;
  reentry: Workflow["reentry"];
  caps: Workflow["caps"];
  actions: Actions;
};

export type DraftedWorkflow = Pick<
  Workflow,
  "trigger" | "filters" | "net_new" | "reentry" | "caps" | "actions"
>;

export function draftOf(workflow: DraftedWorkflow): WorkflowDraft {
  const { filters, net_new, reentry, caps, actions } = workflow;
  return { trigger: triggerOf(workflow), filters, net_new, reentry, caps, actions: withKeys(actions) };
}

/** Only changes are sent: parts of the rest may be hidden from the user who edits. */
export function changeOf(id: string, draft: WorkflowDraft, saved: WorkflowDraft): WorkflowChange {
  const [now, before] = [spoken(draft), spoken(saved)];
  const changed = Object.entries(now).filter(
    ([part, value]) => !isSaid(value, before[part as keyof WorkflowDraft]),
  );
  return { id, ...Object.fromEntries(changed) } as WorkflowChange;
}

export function spoken({ actions, ...rest }: WorkflowDraft) {
  return { ...rest, actions: withoutKeys(actions) };
}

/** What a trial is asked about: the saved workflow, or what stands in the form. `id`: null where it is not created. */
export function trialOf(
  id: string | null,
  entity: Entity,
  { draft, isDirty }: { draft: WorkflowDraft; isDirty: boolean },
) {
  if (id !== null && !isDirty) return { id };
  const { actions: _, ...said } = draft;
  return { ...said, ...(id === null ? { entity } : { id }) } as LookBackWish;
}

const isSaid = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** What keeps it from being saved, as a sentence; null where nothing does. */
export function lackOf({ trigger, actions }: WorkflowDraft, saved: WorkflowDraft): string | null {
  if (actions.length === 0) return t("Add an action before you save.");
  if (trigger.type === "event" && !trigger.event.includes(".")) return t("Choose an event before you save.");
  const triggerNeeds = triggerLacks(trigger);
  if (triggerNeeds) return t("The trigger needs {lacks} before you save.", { lacks: triggerNeeds });
  const isSame = isSaid(withoutKeys(actions), withoutKeys(saved.actions));
  for (const { action, path, at } of everyAction(actions)) {
    const step = sayStep(path === "" ? String(at) : `${path}.${at}`);
    if (isUnseen(action) && isSame) continue;
    if (isUnseen(action))
      return t("Action {step} uses {sequence}. Only an admin can change the actions.", {
        step,
        sequence: unseenSequence(),
      });
    const lacks = kindOf(action.type).lacks?.(action);
    if (lacks) return t("Action {step} needs {lacks} before you save.", { step, lacks });
  }
  return null;
}
