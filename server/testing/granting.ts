// What an application does to act for a user: registered, granted by a signed-in user, and with tokens.

import { createHash, randomBytes } from "node:crypto";
import { call } from "./wire.ts";
import type { Team, World } from "./world.ts";

export const REDIRECT = "http://127.0.0.1:4711/callback";

type Proof = { verifier: string; challenge: string };

export function newProof(): Proof {
  const verifier = randomBytes(32).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}

export type TokenResponse = {
  access_token: string;
  refresh_token: string;
  scope: string;
  expires_in: number;
};

export function granting(world: World, team: Team) {
  const at = (path: string) => `${world.url}/api/v1/oauth${path}`;
  const form = (fields: Record<string, string>, headers: Record<string, string> = {}) => ({
    method: "POST",
    body: new URLSearchParams(fields),
    headers,
  });
  let browser: Promise<{ cookie: string }> | undefined;

  const register = async (wish: Record<string, unknown> = {}) => {
    const answer = await call(at("/applications/register_oauth_client"), {
      method: "POST",
      body: JSON.stringify({
        client_name: "A program",
        redirect_uris: [REDIRECT],
        token_endpoint_auth_method: "none",
        ...wish,
      }),
      headers: { "content-type": "application/json" },
    });
    return answer;
  };

  const client = async (wish: Record<string, unknown> = {}) =>
    (await register(wish)).body as { client_id: string; client_secret?: string };

  /** Added by an admin: strangers may register only so many. */
  const added = (scope?: string) =>
    team.api.oauthApplications.create({
      name: "A program",
      redirect_uris: [REDIRECT],
      confidential: false,
      ...(scope !== undefined && { scopes: scope.split(" ") }),
    });

  const signedIn = () => (browser ??= world.signIn(team.owner.email, team.owner.password));

  const asks = (client_id: string, { challenge }: Proof, more: Record<string, unknown> = {}) => ({
    client_id,
    redirect_uri: REDIRECT,
    response_type: "code",
    state: "a state",
    code_challenge: challenge,
    code_challenge_method: "S256",
    ...more,
  });

  /** What the page sends when the button is pressed. */
  const decide = async (
    input: Record<string, unknown>,
    decision = "allow",
    headers: Record<string, string> = {},
  ) =>
    call(at("/authorizations"), {
      method: "POST",
      body: JSON.stringify({ ...input, decision }),
      headers: {
        "content-type": "application/json",
        cookie: (await signedIn()).cookie,
        origin: world.url,
        ...headers,
      },
    });

  const codeFor = async (client_id: string, proof: Proof, more: Record<string, unknown> = {}) => {
    const answer = await decide(asks(client_id, proof, more));
    return new URL(String(answer.body.redirect_to)).searchParams.get("code") ?? "";
  };

  const token = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    call(at("/token"), form(fields, headers));

  const exchange = (
    client_id: string,
    code: string,
    { verifier }: Proof,
    more: Record<string, string> = {},
  ) =>
    token({
      grant_type: "authorization_code",
      client_id,
      code,
      code_verifier: verifier,
      redirect_uri: REDIRECT,
      ...more,
    });

  const refresh = (client_id: string, refresh_token: string, more: Record<string, string> = {}) =>
    token({ grant_type: "refresh_token", client_id, refresh_token, ...more });

  /** The whole flow, for tests that only need its result. */
  const connect = async (scope?: string) => {
    const { client_id } = await added(scope);
    const proof = newProof();
    const code = await codeFor(client_id, proof, scope === undefined ? {} : { scope });
    const answer = await exchange(client_id, code, proof);
    return { client_id, ...(answer.body as TokenResponse) };
  };

  /** The same by a browser of one's own, for an application that is there. */
  const connectAs = async (browser: { cookie: string; origin: string }, client_id: string) => {
    const proof = newProof();
    const decided = await decide(asks(client_id, proof), "allow", browser);
    const code = new URL(String(decided.body.redirect_to)).searchParams.get("code") ?? "";
    return (await exchange(client_id, code, proof)).body as TokenResponse;
  };

  /** What a call with this token answers. */
  const tryToken = async (access_token: string, path = "/users/api_profile", init: RequestInit = {}) =>
    call(`${world.url}/api/v1${path}`, {
      ...init,
      headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${access_token}` },
    });

  const revoke = (fields: Record<string, string>) => call(at("/revoke"), form(fields));

  return {
    register,
    client,
    added,
    signedIn,
    asks,
    decide,
    codeFor,
    token,
    exchange,
    refresh,
    connect,
    connectAs,
    tryToken,
    revoke,
  };
}
