import { nameOf } from "../../../domain/basics/names.ts";
import { stored } from "../../../kernel/moments.ts";
import type { TeamRow } from "../teams/store.ts";
import type { UserRow } from "../users/store.ts";
import type { InvitationRow } from "./store.ts";

/** The name is what the inviter wrote; a person without one is asked for it, not shown their address. */
export function presentInvitation(invitation: InvitationRow, user: UserRow, team: TeamRow) {
  const name = nameOf(user);
  return {
    email: user.email,
    name: name === user.email ? "" : name,
    team_name: team.name,
    expires_at: stored(invitation.expiresAt),
    reset: invitation.purpose === "reset",
  };
}
