// The people of a team, their keys, and what they share.

import type { RefusalEntry } from "./entry.ts";

export const people = {
  setup_not_open: { status: 404, says: "Not Found" },
  invitation_not_open: {
    status: 404,
    says: "This invitation is not valid. It was used or replaced, or it has expired.",
    fix: "Ask an admin of the team for a new link.",
  },
  user_deactivated: { status: 422, says: "This user has been deactivated." },
  user_active_already: {
    status: 422,
    says: "{email} is already a member of this team.",
  },
  meeting_url_invalid: {
    status: 422,
    says: "The meeting link must be an address that begins with https:// or http://.",
  },
  dial_link_invalid: {
    status: 422,
    says: "The dial link must contain {place} and begin with tel:, sip:, sips:, callto: or https://.",
  },
  last_admin: {
    status: 422,
    says: "A team needs at least one active admin.",
    fix: "Make another user an admin first.",
  },
  opt_out_lifted_by_admins: {
    status: 403,
    forbids: true,
    says: "This contact has opted out. Only an admin can remove an opt-out.",
    fix: "Ask an admin of the team.",
  },
  wrong_password: { status: 422, says: "The current password is wrong." },
  unknown_scope: {
    status: 422,
    says: "{scope} is not a scope.",
    fix: "Write scopes as api/v1/<controller>/<action>. The scope read_only allows every call that changes nothing.",
  },
  scopes_missing: { status: 422, says: "A key is either a master key or has scopes. Send one of the two." },
  operator_key_fixed: {
    status: 422,
    says: "The calls of the operator's key cannot be changed.",
    fix: "Create another key with the calls that the program needs.",
  },
  expiry_past: { status: 422, says: "expires_at must be in the future." },
  usage_span: {
    status: 422,
    says: "The last day must be after the first day, and at most {days} days later.",
  },
  owner_not_found: { status: 422, says: "There is no active user {id}." },
  sharing_partner_not_found: { status: 422, says: "There is no user {id} to share with." },
  subteam_exists: { status: 422, says: "A group with the name {name} already exists." },
  subteam_member_unknown: { status: 422, says: "There is no user {id} in this team." },
} as const satisfies Record<string, RefusalEntry>;
