// Where an application that knows nothing but our address learns the rest: who gives tokens here (RFC 8414), and for what
// they are good (RFC 9728). Everything is said of the public address: what a request calls us is anybody's word.

import { DEFAULT_OAUTH_SCOPES, oauthScopes } from "@cadenza/contract";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Config } from "../config.ts";
import { safeHeaders, setSafeHeaders } from "./safe-headers.ts";

type Told = Pick<Config, "publicUrl" | "oauthRegistration" | "sandbox">;

export function mountOAuthMetadata(server: FastifyInstance, config: Told) {
  const { pathname } = new URL(config.publicUrl);
  const below = pathname.replace(/\/$/, "");
  const safe = safeHeaders(config);
  const tell = (paths: readonly string[], told: object) => {
    for (const path of new Set(paths))
      server.get(path, (_request, reply: FastifyReply) => {
        setSafeHeaders(reply, safe);
        // It is the same for everybody, and clients in browsers have to read it.
        return reply
          .header("access-control-allow-origin", "*")
          .header("cache-control", "max-age=300")
          .send(told);
      });
  };
  const issuer = "/.well-known/oauth-authorization-server";
  const resource = "/.well-known/oauth-protected-resource";
  tell([issuer, issuer + below], serverMetadata(config));
  tell([resource, resource + below], resourceMetadata(config, "", Object.keys(oauthScopes)));
  tell(
    [`${resource}/mcp`, `${resource}${below}/mcp`],
    resourceMetadata(config, "/mcp", DEFAULT_OAUTH_SCOPES),
  );
}

function serverMetadata({ publicUrl, oauthRegistration }: Told) {
  const api = `${publicUrl}/api/v1/oauth`;
  const methods = ["none", "client_secret_basic", "client_secret_post"];
  return {
    issuer: publicUrl,
    authorization_endpoint: `${publicUrl}/oauth/authorize`,
    token_endpoint: `${api}/token`,
    revocation_endpoint: `${api}/revoke`,
    ...(oauthRegistration && { registration_endpoint: `${api}/applications/register_oauth_client` }),
    scopes_supported: Object.keys(oauthScopes),
    response_types_supported: ["code"],
    response_modes_supported: ["query"],
    grant_types_supported: ["authorization_code", "refresh_token"],
    token_endpoint_auth_methods_supported: methods,
    revocation_endpoint_auth_methods_supported: methods,
    code_challenge_methods_supported: ["S256"],
    authorization_response_iss_parameter_supported: true,
    service_documentation: `${publicUrl}/docs`,
  };
}

function resourceMetadata({ publicUrl }: Told, path: string, scopes: readonly string[]) {
  return {
    resource: publicUrl + path,
    authorization_servers: [publicUrl],
    scopes_supported: scopes,
    bearer_methods_supported: ["header"],
    resource_name: "Cadenza",
    resource_documentation: `${publicUrl}/docs`,
  };
}

/** Sent to a caller that reaches the agents' endpoint without a valid token: where to get one, and for what to ask. */
export function agentsChallenge(publicUrl: string, hadToken: boolean) {
  const { origin, pathname } = new URL(publicUrl);
  const metadata = `${origin}/.well-known/oauth-protected-resource${pathname.replace(/\/$/, "")}/mcp`;
  return [
    `Bearer resource_metadata="${metadata}"`,
    `scope="${DEFAULT_OAUTH_SCOPES.join(" ")}"`,
    ...(hadToken ? ['error="invalid_token"'] : []),
  ].join(", ");
}
