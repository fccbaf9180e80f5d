import { Refusal } from "../../../kernel/refusal.ts";
import { leftFor } from "../../../runtime/savepoint-each.ts";

/** Of the ids that were named, those of which the caller sees no mail. */
export function unknownAmong(ids: readonly string[], rows: readonly { id: string }[]) {
  const known = new Set(rows.map(({ id }) => id));
  const unknown = [...new Set(ids)].filter((id) => !known.has(id));
  return unknown.map((id) => leftFor(id, new Refusal("record_not_found")));
}
