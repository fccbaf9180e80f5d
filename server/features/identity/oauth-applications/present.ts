import { stored, storedOrNull } from "../../../kernel/moments.ts";
import type { ApplicationInUse, Registration } from "../oauth-clients/store.ts";

export function presentApplication(application: ApplicationInUse) {
  return {
    id: application.id,
    name: application.name,
    redirect_uris: [...application.redirectUris],
    scopes: [...application.scopes],
    confidential: application.secretHash !== null,
    added_by_admin: application.createdBy !== null,
    created_at: stored(application.createdAt),
    people: application.people,
    last_used_at: storedOrNull(application.lastUsedAt),
    revoked_at: storedOrNull(application.revokedAt),
  };
}

type Method = "none" | "client_secret_basic" | "client_secret_post";

/** As RFC 7591 has it: what was registered, also where that is not all that was asked. */
export function presentClient(
  client: Registration,
  secret: string | null,
  method: Method,
  now: Temporal.Instant,
) {
  return {
    client_id: client.id,
    client_id_issued_at: Math.floor(now.epochMilliseconds / 1000),
    ...(secret !== null && { client_secret: secret, client_secret_expires_at: 0 as const }),
    client_name: client.name,
    redirect_uris: [...client.redirectUris],
    token_endpoint_auth_method: method,
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    scope: client.scopes.join(" "),
  };
}
