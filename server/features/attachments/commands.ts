import type { Act } from "../../app.ts";
import { Refusal } from "../../refusal.ts";
import { findAttachments } from "./store.ts";

/** Files that mails or steps name must be there. */
export async function refuseUnknownAttachments(
  { db, caller }: Pick<Act, "db" | "caller">,
  ids: readonly string[],
) {
  if (ids.length === 0) return;
  const known = new Set((await findAttachments(db, caller.teamId, ids)).map(({ id }) => id));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) throw new Refusal("attachment_not_found", { id: unknown });
}
