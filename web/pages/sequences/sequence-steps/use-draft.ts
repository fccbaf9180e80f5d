// The draft of each sequence that is being worked on. It outlives a change of tab and a reload, so that nothing is lost by
// looking something up; only saving and discarding end it.

import { useMemo, useSyncExternalStore } from "react";
import type { Side, Sides } from "../../../parts/kept.ts";
import { useUnsavedWarning } from "../../../parts/unsaved-warning.ts";
import type { FullSequence } from "../sequences/queries.ts";
import { type DraftStep, draftOf, isSame, type StepsDraft } from "./draft.ts";
import { TRUNK } from "./tree.ts";

type Kept = { base: StepsDraft; draft: StepsDraft; shown: Side };

const kept = new Map<string, Kept | null>();
const listeners = new Set<() => void>();

const placeOf = (sequenceId: string) => `cadenza-steps-${sequenceId}`;

function read(sequenceId: string): Kept | null {
  if (!kept.has(sequenceId)) kept.set(sequenceId, recall(sequenceId));
  return kept.get(sequenceId) ?? null;
}

function write(sequenceId: string, next: Kept | null) {
  kept.set(sequenceId, next);
  try {
    if (next) sessionStorage.setItem(placeOf(sequenceId), JSON.stringify(next));
    else sessionStorage.removeItem(placeOf(sequenceId));
  } catch {} // no room, or none allowed: then it lives as long as the page
  for (const listener of listeners) listener();
}

function recall(sequenceId: string): Kept | null {
  try {
    const text = sessionStorage.getItem(placeOf(sequenceId));
    return text ? asNow(JSON.parse(text) as Kept) : null;
  } catch {
    return null;
  }
}

/** Some were kept before steps stood on paths. What a draft holds has an order, by which drafts are compared. */
function asNow({ base, draft, shown = "mine" }: Kept): Kept {
  return { base: base.map(onTrunk), draft: draft.map(onTrunk), shown };
}

function onTrunk(step: DraftStep): DraftStep {
  if ("parent" in step) return step;
  const { mails, ...rest }: Omit<DraftStep, "parent" | "path" | "condition"> = step;
  return { ...rest, ...TRUNK, condition: null, mails };
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export type Drafting = {
  draft: StepsDraft;
  saved: StepsDraft;
  isDirty: boolean;
  /** Not null where another user has saved other steps since this draft was begun. Changing theirs takes it over. */
  sides: Sides | null;
  change: (how: (draft: StepsDraft) => StepsDraft) => void;
  discard: () => void;
};

export function useDraft(sequenceId: string, whole: FullSequence): Drafting {
  const saved = useMemo(() => draftOf(whole), [whole]);
  const own = useSyncExternalStore(subscribe, () => read(sequenceId));
  useUnsavedWarning(own !== null);
  const isStale = own !== null && !isSame(own.base, saved);
  const side = isStale ? own.shown : "mine";
  const show = (shown: Side) => own && write(sequenceId, { ...own, shown });
  return {
    draft: own && side === "mine" ? own.draft : saved,
    saved,
    isDirty: own !== null,
    sides: isStale ? { shown: side, show } : null,
    change: (how) => {
      const now = read(sequenceId);
      const from = now && side === "mine" ? now : { base: saved, draft: saved };
      const draft = how(from.draft);
      write(sequenceId, isSame(draft, from.base) ? null : { base: from.base, draft, shown: "mine" });
    },
    discard: () => write(sequenceId, null),
  };
}
