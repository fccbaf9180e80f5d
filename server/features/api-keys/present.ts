import { stored, storedOrNull } from "../../moments.ts";
import type { ApiKeyRow } from "./store.ts";

export function presentApiKey(key: ApiKeyRow) {
  return {
    id: key.id,
    name: key.name,
    master: key.isMaster,
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
