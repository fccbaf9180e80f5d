// A workflow while a user edits it: the whole definition, with undo step by step, until it is saved or given up.

import { useEffect, useMemo, useState } from "react";
import { t } from "../../../language/t.ts";
import type { Side, Sides } from "../../../parts/kept.ts";
import { type Begun, keptPlace, readBegun, writeKept } from "../../../parts/kept-storage.ts";
import { useMe } from "../../../session.ts";
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

type DraftedWorkflow = Pick<Workflow, "trigger" | "filters" | "net_new" | "reentry" | "caps" | "actions">;

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
  { draft, isDirty }: Pick<Drafting, "draft" | "isDirty">,
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

type Kept = {
  /** What was saved when it was begun. */
  base: WorkflowDraft;
  draft: WorkflowDraft;
  past: readonly WorkflowDraft[];
  tag: string | null;
  shown: Side;
};

function recalled(begun: Begun<WorkflowDraft> | null): Kept | null {
  return begun && { base: begun.base, draft: begun.mine, past: [], tag: null, shown: "mine" };
}

export type Drafting = {
  draft: WorkflowDraft;
  saved: WorkflowDraft;
  isDirty: boolean;
  /** Not null where another user has saved something else since this draft was begun. Changing theirs takes it over. */
  sides: Sides | null;
  /** `tag`: one place, whose changes in a row are taken back at once, as letters of a text are. */
  change: (how: (draft: WorkflowDraft) => WorkflowDraft, tag?: string) => void;
  undo: (() => void) | null;
  discard: () => void;
};

const MOST_STEPS_BACK = 100;

type Drafted = DraftedWorkflow & Pick<Workflow, "version" | "updated_at">;

/** `of`: whose draft it is. It outlives a reload; only saving and discarding end it. */
export function useDraft(of: string, workflow: Drafted): Drafting {
  // What is saved is read anew only where it has changed, or its keys would, and with them the focus.
  const { version, updated_at } = workflow;
  // biome-ignore lint/correctness/useExhaustiveDependencies: as said
  const saved = useMemo(() => draftOf(workflow), [version, updated_at]);
  const place = keptPlace(useMe().user.id, `workflow-${of}`);
  const [kept, setKept] = useState<Kept | null>(() => recalled(readBegun<WorkflowDraft>(place)));
  const isDirty = kept !== null && said(kept.draft) !== said(saved);
  const isStale = isDirty && said(kept.base) !== said(saved);
  const side = isStale ? kept.shown : "mine";
  const mine = side === "mine" ? kept : null;
  useWarning(isDirty);
  useEffect(() => {
    writeKept(place, isDirty && kept ? { base: kept.base, mine: kept.draft } : null);
  }, [place, isDirty, kept]);
  return {
    draft: mine?.draft ?? saved,
    saved,
    isDirty,
    sides: isStale ? { shown: side, show: (shown) => setKept((now) => now && { ...now, shown }) } : null,
    change: (how, tag) =>
      setKept((kept) => {
        const now = side === "mine" ? kept : null;
        const before = now?.draft ?? saved;
        const isSameTag = now !== null && tag !== undefined && now.tag === tag;
        const past = isSameTag ? now.past : [...(now?.past ?? []), before].slice(-MOST_STEPS_BACK);
        return { base: now?.base ?? saved, draft: how(before), past, tag: tag ?? null, shown: "mine" };
      }),
    undo:
      mine && mine.past.length > 0
        ? () =>
            setKept((now) => {
              const last = now?.past.at(-1);
              return now && last ? { ...now, draft: last, past: now.past.slice(0, -1), tag: null } : now;
            })
        : null,
    discard: () => setKept(null),
  };
}

function said(draft: WorkflowDraft) {
  return JSON.stringify(spoken(draft));
}

/** Closing the window would lose it. */
function useWarning(isDirty: boolean) {
  useEffect(() => {
    if (!isDirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isDirty]);
}
