// A workflow as somebody works on it: everything that it does, with a way back step by step, until it is saved or given up.

import { useEffect, useMemo, useState } from "react";
import type { Body } from "./kept-filters.ts";
import { kindOf } from "./kinds.ts";
import type { Change, Workflow } from "./queries.ts";
import { type Actions, everyAction, sayStep, withKeys, withoutKeys } from "./tree.ts";
import { type Trigger, triggerOf } from "./trigger.ts";

export type Draft = {
  trigger: Trigger;
  filters: Body;
  net_new: boolean;
  reentry: Workflow["reentry"];
  caps: Workflow["caps"];
  actions: Actions;
};

export function draftOf(workflow: Workflow): Draft {
  const { filters, net_new, reentry, caps, actions } = workflow;
  return { trigger: triggerOf(workflow), filters, net_new, reentry, caps, actions: withKeys(actions) };
}

export function changeOf(id: string, { actions, ...rest }: Draft): Change {
  return { id, ...rest, actions: withoutKeys(actions) } as Change;
}

/** What keeps it from being saved, as a sentence; null where nothing does. */
export function lackOf({ trigger, actions }: Draft): string | null {
  if (actions.length === 0) return "It needs an action before this can be saved.";
  if (trigger.type === "event" && !trigger.event.includes("."))
    return "It needs a kind of event before this can be saved.";
  for (const { action, path, at } of everyAction(actions)) {
    const lacks = kindOf(action.type).lacks?.(action);
    const step = sayStep(path === "" ? String(at) : `${path}.${at}`);
    if (lacks) return `Action ${step} needs ${lacks} before this can be saved.`;
  }
  return null;
}

type Kept = { draft: Draft; past: readonly Draft[]; tag: string | null };

export type Drafting = {
  draft: Draft;
  isDirty: boolean;
  /** `tag`: one place, whose changes in a row are taken back at once, as letters of a text are. */
  change: (how: (draft: Draft) => Draft, tag?: string) => void;
  undo: (() => void) | null;
  discard: () => void;
};

const MOST_STEPS_BACK = 100;

export function useDraft(workflow: Workflow): Drafting {
  // What is saved is read anew only where it has changed, or its keys would, and with them the focus.
  const { version, updated_at } = workflow;
  // biome-ignore lint/correctness/useExhaustiveDependencies: as said
  const saved = useMemo(() => draftOf(workflow), [version, updated_at]);
  const [kept, setKept] = useState<Kept | null>(null);
  const draft = kept?.draft ?? saved;
  const isDirty = kept !== null && said(draft) !== said(saved);
  useWarning(isDirty);
  return {
    draft,
    isDirty,
    change: (how, tag) =>
      setKept((now) => {
        const before = now?.draft ?? saved;
        const isSameTag = now !== null && tag !== undefined && now.tag === tag;
        const past = isSameTag ? now.past : [...(now?.past ?? []), before].slice(-MOST_STEPS_BACK);
        return { draft: how(before), past, tag: tag ?? null };
      }),
    undo:
      kept && kept.past.length > 0
        ? () =>
            setKept((now) => {
              const last = now?.past.at(-1);
              return now && last ? { draft: last, past: now.past.slice(0, -1), tag: null } : now;
            })
        : null,
    discard: () => setKept(null),
  };
}

function said({ actions, ...rest }: Draft) {
  return JSON.stringify({ ...rest, actions: withoutKeys(actions) });
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
