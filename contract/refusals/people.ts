// The people of a team, their keys, and what they share.

import type { RefusalEntry } from "./entry.ts";

export const people = {
  setup_not_open: { status: 404, says: "Not Found" },
  invitation_not_open: {
    status: 404,
    says: "This invitation is not open. It may have been used, replaced or have expired.",
    fix: "Ask an admin of the team for a new link.",
  },
  user_deactivated: { status: 422, says: "This person has been deactivated." },
  user_active_already: {
    status: 422,
    says: "{email} is already a member of this team.",
  },
  last_admin: {
    status: 422,
    says: "A team needs at least one active admin.",
    fix: "Make somebody else an admin first.",
  },
  opt_out_lifted_by_admins: {
    status: 403,
    forbids: true,
    says: "This person has opted out. Only an admin can lift an opt-out.",
    fix: "Ask an admin of the team.",
  },
  wrong_password: { status: 422, says: "The current password is not right." },
  unknown_scope: {
    status: 422,
    says: "{scope} is not a scope.",
    fix: "Scopes read api/v1/<controller>/<action>; read_only stands for every call that changes nothing.",
  },
  scopes_missing: { status: 422, says: "A key is either master or names its scopes." },
  expiry_past: { status: 422, says: "expires_at must lie in the future." },
  usage_span: { status: 422, says: "The last day must come after the first, and at most {days} days later." },
  owner_not_found: { status: 422, says: "There is no active user {id}." },
  sharing_partner_not_found: { status: 422, says: "There is nobody with the id {id} to share with." },
  subteam_exists: { status: 422, says: "There is a group {name} already." },
  subteam_member_unknown: { status: 422, says: "There is no person {id} in this team." },
} as const satisfies Record<string, RefusalEntry>;
