import { stored } from "../../../kernel/moments.ts";
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

/** As the file has it: the names that an import understands come first. */
export const SUPPRESSION_COLUMNS = ["kind", "value", "reason", "source", "created_at"] as const;

export function presentSuppressionLine({ kind, value, reason, source, createdAt }: SuppressionRow) {
  return [kind, value, reason, source, stored(createdAt)];
}
