import { stored } from "../../../kernel/moments.ts";
import { presentLayout } from "../table-layouts/present.ts";
import type { LayoutRow } from "../table-layouts/store.ts";
import { presentTeam } from "../teams/present.ts";
import type { TeamRow } from "../teams/store.ts";
import { presentUser } from "../users/present.ts";
import type { UserRow } from "../users/store.ts";
import type { SessionRow } from "./store.ts";

export function presentSignedIn({
  session,
  user,
  team,
  layouts,
}: {
  session: SessionRow;
  user: UserRow;
  team: TeamRow;
  layouts: readonly LayoutRow[];
}) {
  return {
    session: { id: session.id, created_at: stored(session.createdAt), expires_at: stored(session.expiresAt) },
    user: presentUser(user),
    team: presentTeam(team),
    operator: user.isOperator,
    table_layouts: layouts.map(presentLayout),
  };
}
