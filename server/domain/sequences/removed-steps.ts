// Where contacts go whose step is deleted.

import { lineAfter, lineFrom, lineOn } from "./sequence-plan.ts";
import { type PathStep, pathTo, stepsOnTheWayTo } from "./step-paths.ts";

type Step = PathStep & { position: number };

/**
 * To the step that is now in its place on their way, and never past a later step that stayed. Null: no step is left for
 * them.
 */
export function stepInPlaceOf<S extends Step>(
  removedId: string,
  before: readonly S[],
  after: readonly S[],
): S | null {
  const removed = before.find(({ id }) => id === removedId);
  if (!removed) return null;
  const earlier = stepsOnTheWayTo(before, removedId);
  const old = [...earlier, removed, ...lineAfter(before, removedId)].map(({ id }) => id);
  const stayed = (id: string) => after.some((step) => step.id === id);
  const last = earlier.findLast(({ id }) => stayed(id));
  const line = last ? lineBehind(before, after, last, removed) : lineFrom(after, 1);
  const now = [...earlier.filter(({ id }) => stayed(id)), ...line].map(({ id }) => id);
  const id = placeIn(removedId, old, now);
  return after.find((step) => step.id === id) ?? null;
}

/** What follows a step that stayed, on the path of it on which the removed one was. */
function lineBehind<S extends Step>(before: readonly S[], after: readonly S[], last: S, removed: S) {
  const path = pathTo(before, last.id, removed);
  return path ? lineOn(after, last.id, path) : lineAfter(after, last.id);
}

function placeIn(removedId: string, before: readonly string[], after: readonly string[]): string | null {
  const at = before.indexOf(removedId);
  const stayed = (id: string) => after.includes(id);
  const earlier = before.slice(0, at).findLastIndex(stayed);
  const later = before.slice(at + 1).find(stayed);
  const earlierNow = earlier < 0 ? -1 : after.indexOf(before[earlier] as string);
  const place = earlierNow + (at - earlier);
  const bound = later === undefined ? after.length : after.indexOf(later);
  return after[bound > earlierNow ? Math.min(place, bound) : place] ?? null;
}
