import type { Caller } from "../../../app.ts";
import { nameOf } from "../../../domain/basics/names.ts";
import { stored, storedOrNull } from "../../../kernel/moments.ts";
import type { TeamRow } from "../teams/store.ts";
import type { UserRow } from "../users/store.ts";
import type { ApiKeyRow } from "./store.ts";

export function presentApiKey(key: ApiKeyRow) {
  return {
    id: key.id,
    name: key.name,
    master: key.isMaster,
    operator: key.isBootstrap,
    scopes: key.scopes,
    user_id: key.userId,
    prefix: key.prefix,
    created_at: stored(key.createdAt),
    created_by_user_id: key.createdBy,
    last_used_at: storedOrNull(key.lastUsedAt),
    expires_at: storedOrNull(key.expiresAt),
    revoked_at: storedOrNull(key.revokedAt),
  };
}

export function presentCaller(caller: Caller, user: UserRow, team: TeamRow, calls: readonly string[]) {
  const { credential } = caller;
  return {
    user_id: user.id,
    name: nameOf(user),
    email: user.email,
    team_id: team.id,
    team_name: team.name,
    role: caller.role,
    kind: credential.kind === "engine" ? ("key" as const) : credential.kind,
    master: credential.kind === "key" && credential.isMaster,
    scopes: "scopes" in credential ? [...credential.scopes] : [],
    calls: [...calls],
  };
}
