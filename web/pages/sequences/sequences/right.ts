// What the person at the screen may do with a sequence, by the rules the server holds them to.

import type { SignedIn } from "../../../session.ts";
import type { Sequence } from "./queries.ts";

export type Right = "can_view" | "can_edit" | "full_access";
type Sharing = Sequence["sharing_permission"];
export type Shared = {
  sharing_permission: Pick<Sharing, "is_owner" | "visibility" | "access_type"> & {
    sharing_accesses: Pick<Sharing["sharing_accesses"][number], "user_or_team_id" | "access_type">[];
  };
};

const STRENGTH: Record<Right, number> = { can_view: 0, can_edit: 1, full_access: 2 };

/** The strongest right counts, wherever it comes from. Every user who sees a sequence may view it. */
export function rightTo({ sharing_permission: sharing }: Shared, { user, team }: SignedIn): Right {
  if (user.role === "admin" || sharing.is_owner) return "full_access";
  const mine = new Set([user.id, team.id, ...user.subteam_ids]);
  const rights = sharing.sharing_accesses
    .filter((share) => mine.has(share.user_or_team_id))
    .map((share) => share.access_type);
  if (sharing.visibility === "everyone") rights.push(sharing.access_type ?? "can_view");
  return rights.reduce<Right>((best, right) => (STRENGTH[right] > STRENGTH[best] ? right : best), "can_view");
}
