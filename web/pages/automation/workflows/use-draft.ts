// The draft of a workflow, with undo step by step. It outlives a reload; only saving and discarding end it.

import { useEffect, useState } from "react";
import type { Side, Sides } from "../../../parts/kept.ts";
import { type Begun, keptPlace, readBegun, writeKept } from "../../../parts/kept-storage.ts";
import { useUnsavedWarning } from "../../../parts/unsaved-warning.ts";
import { useMe } from "../../../session.ts";
import { type DraftedWorkflow, draftOf, spoken, type WorkflowDraft } from "./draft.ts";
import type { Workflow } from "./queries.ts";

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

/** `of`: whose draft it is. */
export function useDraft(of: string, workflow: Drafted): Drafting {
  // What is saved is read anew only where it has changed, or its keys would, and with them the focus.
  const { version, updated_at } = workflow;
  const now = `${version} ${updated_at}`;
  const [read, setRead] = useState(() => ({ of: now, saved: draftOf(workflow) }));
  if (read.of !== now) setRead({ of: now, saved: draftOf(workflow) });
  const { saved } = read;
  const place = keptPlace(useMe().user.id, `workflow-${of}`);
  const [kept, setKept] = useState<Kept | null>(() => recalled(readBegun<WorkflowDraft>(place)));
  const isDirty = kept !== null && said(kept.draft) !== said(saved);
  const isStale = isDirty && said(kept.base) !== said(saved);
  const side = isStale ? kept.shown : "mine";
  const mine = side === "mine" ? kept : null;
  useUnsavedWarning(isDirty);
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

export const isSameDraft = (one: WorkflowDraft, other: WorkflowDraft) => said(one) === said(other);

function said(draft: WorkflowDraft) {
  return JSON.stringify(spoken(draft));
}
