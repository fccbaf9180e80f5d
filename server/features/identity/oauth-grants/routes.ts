import { contract } from "@cadenza/contract";
import type { z } from "zod";
import { type OpenScene, openRoute, route } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { type ClientCredentials, proveClient } from "../oauth-clients/proving.ts";
import { countingFailures } from "../oauth-clients/tries.ts";
import { type AuthorizationRequest, considerRequest, decideRequest, disconnectApp } from "./commands.ts";
import { presentConnected, presentConsidered, presentTokens } from "./present.ts";
import { listConnected } from "./store.ts";
import {
  type AuthenticatedClient,
  exchangeCode,
  namedResource,
  refreshTokens,
  revokeToken,
} from "./tokens.ts";

export const routes = [
  route(contract.oauth.check, async ({ input, ...act }) => ({
    authorization: presentConsidered(await considerRequest(act, requestIn(input))),
  })),

  route(contract.oauth.decide, async ({ input, ...act }) => ({
    redirect_to: await decideRequest(act, requestIn(input), input.decision === "allow"),
  })),

  openRoute(contract.oauth.token, (scene) =>
    countingFailures(scene.app, whoIn(scene), async () => presentTokens(await tokensFor(scene))),
  ),

  openRoute(contract.oauth.revoke, (scene) =>
    countingFailures(scene.app, whoIn(scene), async () => {
      const credentials = credentialsIn(scene);
      // A client without a secret cannot be identified; having the token is its only proof.
      const client = credentials.id === undefined ? null : await proveClient(scene.app, credentials);
      await revokeToken(scene.app, scene.origin, client?.id ?? null, scene.input.token);
      return {};
    }),
  ),

  route(contract.connectedApps.list, async ({ db, now, caller }) => ({
    connected_apps: (await listConnected(db, caller.teamId, caller.userId, now)).map(presentConnected),
  })),

  route(contract.connectedApps.disconnect, async ({ input, ...act }) => {
    await disconnectApp(act, input.id);
    return { connected_app: { id: input.id, disconnected: true as const } };
  }),
];

type TokenInput = z.output<typeof contract.oauth.token.input>;

async function tokensFor(scene: OpenScene<TokenInput>) {
  const { app, origin, input } = scene;
  const { id: clientId } = await proveClient(app, credentialsIn(scene));
  namedResource(input.resource, app.config.publicUrl);
  const asking: AuthenticatedClient = { app, origin, clientId };
  switch (input.grant_type) {
    case "authorization_code":
      return exchangeCode(asking, {
        code: required(input, "code"),
        verifier: required(input, "code_verifier"),
        redirectUri: input.redirect_uri,
      });
    case "refresh_token":
      return refreshTokens(asking, { refreshToken: required(input, "refresh_token"), scope: input.scope });
    default:
      throw new Refusal("grant_type_unknown");
  }
}

function required(input: TokenInput, name: "code" | "code_verifier" | "refresh_token") {
  const value = input[name];
  if (value === undefined) throw new Refusal("parameter_missing", { name });
  return value;
}

type Credentials = { client_id?: string | undefined; client_secret?: string | undefined };

/** In the body or in the header, never in both. */
function credentialsIn({ input, basic }: OpenScene<Credentials>): ClientCredentials {
  if (!basic) return { id: input.client_id, secret: input.client_secret };
  if (input.client_secret !== undefined || (input.client_id !== undefined && input.client_id !== basic.name))
    throw new Refusal("client_refused");
  return { id: basic.name, secret: basic.secret };
}

function whoIn({ input, basic, origin }: OpenScene<Credentials>) {
  return `${origin.address} ${basic?.name ?? input.client_id ?? ""}`;
}

function requestIn(input: z.output<typeof contract.oauth.check.input>): AuthorizationRequest {
  return {
    clientId: input.client_id,
    redirectUri: input.redirect_uri,
    responseType: input.response_type,
    scope: input.scope,
    state: input.state,
    challenge: input.code_challenge,
    challengeMethod: input.code_challenge_method,
    resource: input.resource,
  };
}
