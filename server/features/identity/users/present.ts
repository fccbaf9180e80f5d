import { nameOf } from "../../../domain/basics/names.ts";
import { stored, storedOrNull } from "../../../kernel/moments.ts";
import type { UserRole, UserRow } from "./store.ts";

// Apollo's permission sets are records of their own; ours are two roles, named by fixed ids.
const PERMISSION_SETS: Record<UserRole, string> = {
  admin: "00000000000000000000ad01",
  member: "00000000000000000000ad02",
};

export function presentUser(user: UserRow) {
  return {
    id: user.id,
    team_id: user.teamId,
    first_name: user.firstName,
    last_name: user.lastName,
    name: nameOf(user),
    title: user.title,
    email: user.email,
    created_at: stored(user.createdAt),
    deleted: user.deactivatedAt !== null,
    permission_set_id: PERMISSION_SETS[user.role],
    subteam_ids: user.subteamIds,
    opt_out_html_template: user.optOutTemplate,
    should_include_unsubscribe_link: user.includesOptOut,
    language: user.language,
    meeting_url: user.meetingUrl,
    dial_link: user.dialLink,
    role: user.role,
    state: stateOf(user),
    last_signed_in_at: storedOrNull(user.lastSignedInAt),
  };
}

function stateOf(user: UserRow) {
  if (user.deactivatedAt) return "deactivated" as const;
  return user.hasPassword ? ("active" as const) : ("invited" as const);
}
