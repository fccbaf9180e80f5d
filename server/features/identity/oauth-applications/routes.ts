import { contract, DEFAULT_OAUTH_SCOPES, oauthScopes } from "@cadenza/contract";
import { openRoute, route } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { listApplications } from "../oauth-clients/store.ts";
import { createApplication, registerClient, revokeApplication } from "./commands.ts";
import { presentApplication, presentClient } from "./present.ts";

export const routes = [
  openRoute(contract.oauth.register, async ({ app, origin, input }) => {
    if (input.grant_types && !input.grant_types.includes("authorization_code"))
      throw new Refusal("client_metadata_refused", {
        why: say("grant_types must contain authorization_code"),
      });
    if (input.response_types && !input.response_types.includes("code"))
      throw new Refusal("client_metadata_refused", { why: say("response_types must contain code") });
    const method = input.token_endpoint_auth_method ?? "client_secret_basic";
    const { client, secret, now } = await registerClient(app, origin, {
      name: input.client_name?.trim() || "An application without a name",
      redirectUris: input.redirect_uris,
      scopes: knownScopes(input.scope),
      isConfidential: method !== "none",
    });
    return presentClient(client, secret, method, now);
  }),

  route(contract.oauthApplications.list, async ({ db, now, caller }) => ({
    oauth_applications: (await listApplications(db, caller.teamId, now)).map(presentApplication),
  })),

  route(contract.oauthApplications.create, async ({ input, ...act }) => {
    const unknown = input.scopes?.find((scope) => !Object.hasOwn(oauthScopes, scope));
    if (unknown !== undefined) throw new Refusal("unknown_scope", { scope: unknown });
    const { application, secret } = await createApplication(act, {
      name: input.name,
      redirectUris: input.redirect_uris,
      scopes: input.scopes?.length ? [...new Set(input.scopes)] : DEFAULT_OAUTH_SCOPES,
      isConfidential: input.confidential,
    });
    return {
      oauth_application: presentApplication(application),
      client_id: application.id,
      client_secret: secret,
    };
  }),

  route(contract.oauthApplications.revoke, async ({ input, ...act }) => ({
    oauth_application: presentApplication(await revokeApplication(act, input.id)),
  })),
];

/**
 * Unknown scopes are dropped, as RFC 7591 allows. But a client that names only unknown scopes does not get all of them.
 */
function knownScopes(text: string | undefined): readonly string[] {
  const named = [...new Set((text ?? "").split(/\s+/).filter(Boolean))];
  if (named.length === 0) return DEFAULT_OAUTH_SCOPES;
  const known = named.filter((scope) => Object.hasOwn(oauthScopes, scope));
  if (known.length === 0)
    throw new Refusal("client_metadata_refused", { why: say("scope contains no known scope") });
  return known;
}
