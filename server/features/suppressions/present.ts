import { stored } from "../../moments.ts";
import type { SuppressionRow } from "./store.ts";

export function presentSuppression(suppression: SuppressionRow) {
  return {
    id: suppression.id,
    kind: suppression.kind,
    value: suppression.value,
    reason: suppression.reason,
    source: suppression.source,
    created_by_user_id: suppression.createdBy,
    created_at: stored(suppression.createdAt),
  };
}
