// What became of each contact, where several of their enrollments may have been asked for.

import type { LeftCode } from "../../../domain/enrollments/deciding.ts";
import type { AppliedTransition } from "../enrollments/apply-transition.ts";
import type { RestartCode } from "./restarting.ts";

type EnrollmentSkipCode = LeftCode | RestartCode | "contact_not_found" | "not_selected";

export type Settled = {
  changed: AppliedTransition[];
  /** Contacts who were skipped, and why; none of them was changed in any sequence. */
  skipped: Map<string, EnrollmentSkipCode>;
};

export function summarizeManaged({
  contactIds,
  existing,
  outcome,
  isNarrowed,
}: {
  contactIds: readonly string[];
  existing: ReadonlySet<string>;
  outcome: {
    changed: AppliedTransition[];
    left: readonly { row: { contactId: string }; code: EnrollmentSkipCode }[];
  };
  isNarrowed: boolean;
}): Settled {
  const changed = new Set(outcome.changed.map(({ before }) => before.contactId));
  const codes = new Map(outcome.left.toReversed().map(({ row, code }) => [row.contactId, code]));
  const nowhere: EnrollmentSkipCode = isNarrowed ? "not_selected" : "not_in_sequence";
  const skipped = new Map(
    contactIds
      .filter((id) => !changed.has(id))
      .map((id) => [id, existing.has(id) ? (codes.get(id) ?? nowhere) : "contact_not_found"] as const),
  );
  return { changed: outcome.changed, skipped };
}
