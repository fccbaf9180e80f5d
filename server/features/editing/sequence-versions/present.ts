import { stored } from "../../../kernel/moments.ts";
import type { VersionRow } from "./store.ts";

export function presentVersion({ id, keptAt, keptBy, steps }: VersionRow) {
  return {
    id,
    kept_at: stored(keptAt),
    kept_by: keptBy,
    num_contacts: steps.reduce((sum, step) => sum + step.contacts, 0),
    emailer_steps: steps.map((step) => ({
      id: step.id,
      position: step.position,
      type: step.type,
      num_contacts: step.contacts,
      enabled: step.isOn,
      needs_review: step.needsReview,
      subjects: step.subjects,
    })),
  };
}
