import { oauthScopes } from "@cadenza/contract";
import { leadsTo } from "../../../domain/identity/redirects.ts";
import { stored, storedOrNull } from "../../../kernel/moments.ts";
import type { ConnectedRow, Considered, IssuedTokens } from "./store.ts";

export function presentConsidered({ application, redirectUri, scopes, refusal }: Considered) {
  return {
    application: {
      id: application.id,
      name: application.name,
      added_by_admin: application.createdBy !== null,
    },
    leads_to: leadsTo(redirectUri),
    scopes: presentScopes(scopes),
    refusal: refusal && { error: refusal.error, says: refusal.says, redirect_to: refusal.redirectTo },
  };
}

/** In the order of the contract, which goes by nouns. */
function presentScopes(scopes: readonly string[]) {
  return Object.entries(oauthScopes)
    .filter(([name]) => scopes.includes(name))
    .map(([name, { says, changes }]) => ({ name, says, changes }));
}

export function presentTokens(tokens: IssuedTokens) {
  return {
    access_token: tokens.accessToken,
    token_type: "Bearer" as const,
    expires_in: tokens.expiresInSeconds,
    refresh_token: tokens.refreshToken,
    scope: tokens.scopes.join(" "),
    created_at: Math.floor(tokens.createdAt.epochMilliseconds / 1000),
  };
}

export function presentConnected(app: ConnectedRow) {
  return {
    id: app.id,
    name: app.name,
    added_by_admin: app.isAddedByAdmin,
    scopes: presentScopes(app.scopes),
    connected_at: stored(app.connectedAt),
    last_used_at: storedOrNull(app.lastUsedAt),
  };
}
