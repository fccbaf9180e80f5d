// What became of each contact, where several of their enrollments may have been asked for.

import type { LeftCode } from "../../domain/deciding.ts";
import type { Changed } from "../enrollments/carry-out.ts";
import type { RestartCode } from "./restarting.ts";

export type SkipCode = LeftCode | RestartCode | "contact_not_found" | "not_selected";

export type Settled = {
  changed: Changed[];
  /** Whoever was left alone, and why; nobody who was changed anywhere. */
  skipped: Map<string, SkipCode>;
};

export function settle({
  contactIds,
  existing,
  outcome,
  isNarrowed,
}: {
  contactIds: readonly string[];
  existing: ReadonlySet<string>;
  outcome: { changed: Changed[]; left: readonly { row: { contactId: string }; code: SkipCode }[] };
  isNarrowed: boolean;
}): Settled {
  const changed = new Set(outcome.changed.map(({ before }) => before.contactId));
  const codes = new Map(outcome.left.toReversed().map(({ row, code }) => [row.contactId, code]));
  const nowhere: SkipCode = isNarrowed ? "not_selected" : "not_in_sequence";
  const skipped = new Map(
    contactIds
      .filter((id) => !changed.has(id))
      .map((id) => [id, existing.has(id) ? (codes.get(id) ?? nowhere) : "contact_not_found"] as const),
  );
  return { changed: outcome.changed, skipped };
}
