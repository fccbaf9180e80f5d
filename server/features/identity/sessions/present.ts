import { stored } from "../../../kernel/moments.ts";
import { presentTeam } from "../teams/present.ts";
import type { TeamRow } from "../teams/store.ts";
import { presentUser } from "../users/present.ts";
import type { UserRow } from "../users/store.ts";
import type { SessionRow } from "./store.ts";

export function presentSignedIn({
  session,
  user,
  team,
}: {
  session: SessionRow;
  user: UserRow;
  team: TeamRow;
}) {
  return {
    session: { id: session.id, created_at: stored(session.createdAt), expires_at: stored(session.expiresAt) },
    user: presentUser(user),
    team: presentTeam(team),
    operator: user.isOperator,
  };
}
