// Google and Microsoft as sign-in sees them, written from the published protocol (RFC 6749, 7636, 9700, OpenID Connect Core): a page
// of consent, a token server that checks PKCE and rotates refresh tokens, and mail servers that let in by these tokens alone. It
// speaks for both, each under its own path, and can be told to fail.

import { createHash, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { SignInAddresses, SignInProvider } from "../domain/contacts/mail-sign-in.ts";
import { openImap, openSmtp, type Peer } from "./post-office.ts";
import type { World } from "./world.ts";

export const SIGN_IN_CLIENT = { client_id: "app-1.example", client_secret: "planted-client-secret" } as const;

/** How one call to the token server goes wrong; `lost`: it did what was asked, and its answer never arrived. */
export type TokenFault =
  | { status: number; body?: string; headers?: Record<string, string> }
  | "hang up"
  | "lost"
  | "silent";

type Consent = { email?: string; username?: string; scope?: string; claims?: Record<string, unknown> };

type Grant = {
  email: string;
  scope: string;
  nonce: string;
  challenge: string;
  redirectUri: string;
  claims: Record<string, unknown>;
  family: string;
};

type SignInPeer = {
  addresses: Record<SignInProvider, SignInAddresses>;
  /** Taken by the next calls to the token server, in order. */
  faults: TokenFault[];
  /** Every form that the token server was sent. */
  asked: URLSearchParams[];
  smtp: Peer;
  imap: Peer;
  /** Whom the SMTP server took a mail for, in order. */
  delivered: string[];
  client: { client_id: string; client_secret: string };
  /** Leaves the refresh token out. */
  givesRefreshToken: boolean;
  /** How many token calls were under way at the same time, at most. */
  mostAtOnce: number;
  /** By which its ID tokens end. */
  clock: () => number;
  /** Whether its mail servers let anyone in: where an admin has switched SMTP and IMAP off, they do not. */
  letsIn: boolean;
  /** Slows the token server down. */
  delayMs: number;
  /** Signs a person in as their browser would, and answers what they bring back. */
  consent(authorizationUrl: string, how?: Consent): Promise<Record<string, string>>;
  /** The same, and the person says no. */
  deny(authorizationUrl: string): Promise<Record<string, string>>;
  /** Whose access token it is; null where it is not good, or not any more. */
  userOf(token: string): string | null;
  /** The access tokens that this user was given are good no longer; the refresh token is. */
  endAccess(user: string): void;
  /** Ends everything that was granted to the address. */
  revoke(email: string): void;
  close(): Promise<void>;
};

const SECONDS = 3600;

const opened = new Map<string, SignInPeer>();

/** The one that the world was opened with. */
export function signInPeerOf({ running }: World) {
  const peer = opened.get(running.app.config.signInAddresses.google.tokenUrl);
  if (!peer) throw new Error("the world has no sign-in peer among its settings");
  return peer;
}

/** People are sent back to no other address than this one. */
export async function openSignInPeer(redirectUri: () => string): Promise<SignInPeer> {
  const codes = new Map<string, Grant>();
  const refreshing = new Map<string, Grant>();
  const spent = new Map<string, string>();
  const access = new Map<string, string>();
  const letsIn = (user: string, token: string) =>
    peer.letsIn && access.get(token)?.toLowerCase() === user.toLowerCase();

  const smtp = await openSmtp({
    secure: true,
    closeTimeout: 200, // an engine keeps its connections open
    onAuth({ username = "", accessToken = "" }, _session, done) {
      if (letsIn(username, accessToken)) return done(null, { user: username });
      done(new Error("5.7.8 Username and token not accepted"));
    },
    onData(stream, { envelope }, done) {
      stream.resume();
      stream.on("end", () => {
        peer.delivered.push(...envelope.rcptTo.map(({ address }) => address));
        done();
      });
    },
  });
  const imap = await openImap((user, token) =>
    letsIn(user, token) ? "OK in" : "NO [AUTHENTICATIONFAILED] Invalid",
  );

  const endFamily = (family: string) => {
    for (const [token, grant] of refreshing) if (grant.family === family) refreshing.delete(token);
  };
  const issue = (grant: Grant, origin: string, withIdToken: boolean) => {
    const accessToken = `access.${randomBytes(12).toString("hex")}`;
    const refreshToken = `refresh.${randomBytes(12).toString("hex")}`;
    access.set(accessToken, String(grant.claims.preferred_username ?? grant.email));
    refreshing.set(refreshToken, grant);
    return {
      token_type: "Bearer",
      access_token: accessToken,
      expires_in: SECONDS,
      scope: grant.scope,
      ...(peer.givesRefreshToken && { refresh_token: refreshToken }),
      ...(withIdToken && { id_token: idTokenFor(grant, origin, peer) }),
    };
  };

  function answerToken(form: URLSearchParams, origin: string): [number, object] {
    const { client_id, client_secret } = peer.client;
    if (form.get("client_id") !== client_id || form.get("client_secret") !== client_secret)
      return [401, { error: "invalid_client", error_description: "The OAuth client was not found." }];
    if (form.get("grant_type") === "client_credentials")
      return [200, { token_type: "Bearer", access_token: "access.of-the-application", expires_in: SECONDS }];
    if (form.get("grant_type") === "authorization_code") {
      const code = form.get("code") ?? "";
      const grant = codes.get(code);
      codes.delete(code);
      const digest = createHash("sha256")
        .update(form.get("code_verifier") ?? "")
        .digest("base64url");
      if (!grant || grant.redirectUri !== form.get("redirect_uri") || grant.challenge !== digest)
        return [400, { error: "invalid_grant", error_description: "Malformed auth code." }];
      return [200, issue(grant, origin, true)];
    }
    const token = form.get("refresh_token") ?? "";
    const family = spent.get(token);
    if (family) endFamily(family); // someone else has it: nobody keeps it
    const grant = refreshing.get(token);
    if (!grant)
      return [400, { error: "invalid_grant", error_description: "Token has been expired or revoked." }];
    refreshing.delete(token);
    spent.set(token, grant.family);
    return [200, issue(grant, origin, false)];
  }

  let atOnce = 0;
  async function token(request: IncomingMessage, response: ServerResponse, origin: string) {
    let body = "";
    for await (const chunk of request) body += chunk;
    const form = new URLSearchParams(body);
    peer.asked.push(form);
    peer.mostAtOnce = Math.max(peer.mostAtOnce, ++atOnce);
    if (peer.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, peer.delayMs));
    atOnce -= 1;
    const fault = peer.faults.shift();
    if (fault === "silent") return;
    if (fault === "hang up") return void request.socket.destroy();
    if (typeof fault === "object") {
      response
        .writeHead(fault.status, { "content-type": "application/json", ...fault.headers })
        .end(fault.body);
      return;
    }
    const [status, answer] = answerToken(form, origin);
    if (fault === "lost") return void request.socket.destroy();
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
  }

  /** What a provider refuses on its own page, before it would send anyone anywhere. */
  function faultIn(query: URLSearchParams) {
    if (query.get("client_id") !== peer.client.client_id) return "unknown client";
    if (query.get("redirect_uri") !== redirectUri())
      return `redirect_uri_mismatch: ${query.get("redirect_uri")}`;
    if (query.get("response_type") !== "code") return "response_type";
    if (
      query.get("code_challenge_method") !== "S256" ||
      !/^[\w-]{43}$/.test(query.get("code_challenge") ?? "")
    )
      return "code_challenge";
    if (!query.get("scope")?.split(" ").includes("openid") || !query.get("nonce")) return "scope or nonce";
    return query.get("state") ? null : "state";
  }

  function decide(query: URLSearchParams, chosen: { isAllowed: boolean } & Consent) {
    const back = new URL(query.get("redirect_uri") ?? "");
    back.searchParams.set("state", query.get("state") ?? "");
    if (!chosen.isAllowed) back.searchParams.set("error", "access_denied");
    else {
      const code = `4/${randomBytes(12).toString("base64url")}`;
      const email = chosen.email ?? query.get("login_hint") ?? "ines@norrland.example";
      codes.set(code, {
        email,
        scope: chosen.scope ?? query.get("scope") ?? "",
        nonce: query.get("nonce") ?? "",
        challenge: query.get("code_challenge") ?? "",
        redirectUri: query.get("redirect_uri") ?? "",
        claims: { ...(chosen.username && { preferred_username: chosen.username }), ...chosen.claims },
        family: randomBytes(6).toString("hex"),
      });
      back.searchParams.set("code", code);
    }
    return back;
  }

  const server = createServer(async (request, response) => {
    const origin = `http://${request.headers.host}`;
    const url = new URL(request.url ?? "/", origin);
    if (url.pathname.endsWith("/token"))
      return token(request, response, origin + url.pathname.replace(/\/token$/, ""));
    const fault = faultIn(url.searchParams);
    if (fault) return void response.writeHead(400).end(fault);
    const choice = url.searchParams.get("choice");
    if (choice === null)
      return void response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(pageOf(url));
    const back = decide(url.searchParams, { isAllowed: choice === "allow" });
    response.writeHead(302, { location: back.href }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const addressesUnder = (path: string): SignInAddresses => ({
    authorizeUrl: `${base}/${path}/authorize`,
    tokenUrl: `${base}/${path}/token`,
    issuer: `${base}/${path}`,
    smtp: { host: "localhost", port: smtp.port, security: "tls" },
    imap: { host: "localhost", port: imap.port, security: "tls" },
  });
  const consents = async (authorizationUrl: string, chosen: { isAllowed: boolean } & Consent) => {
    const { searchParams } = new URL(authorizationUrl);
    const shown = await fetch(authorizationUrl);
    if (!shown.ok) throw new Error(`the provider refuses the page: ${await shown.text()}`);
    return Object.fromEntries(decide(searchParams, chosen).searchParams);
  };
  const peer: SignInPeer = {
    addresses: { google: addressesUnder("google"), microsoft: addressesUnder("{tenant}") },
    faults: [],
    delivered: [],
    asked: [],
    smtp,
    imap,
    client: { ...SIGN_IN_CLIENT },
    givesRefreshToken: true,
    mostAtOnce: 0,
    clock: Date.now,
    letsIn: true,
    delayMs: 0,
    consent: (url, how = {}) => consents(url, { isAllowed: true, ...how }),
    deny: (url) => consents(url, { isAllowed: false }),
    userOf: (token) => access.get(token) ?? null,
    endAccess(user) {
      for (const [token, owner] of access) if (owner === user) access.delete(token);
    },
    revoke(email) {
      for (const [token, grant] of refreshing) if (grant.email === email) refreshing.delete(token);
      for (const [token, user] of access) if (user === email) access.delete(token);
    },
    async close() {
      server.closeAllConnections();
      await Promise.all([smtp.close(), imap.close(), new Promise((resolve) => server.close(resolve))]);
    },
  };
  opened.set(peer.addresses.google.tokenUrl, peer);
  return peer;
}

/** The directory of accounts that sign in where no directory is named. */
const HOME_DIRECTORY = "8eaef023-2b34-4da1-9baa-8bc8c9d6a490";
const DIRECTORY_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Microsoft names the account's directory by its ID in `tid` and in the issuer, also at `common`, `organizations` and a domain
 * ("ID token claims reference"). Google has no directories.
 */
function issuerOf(origin: string) {
  if (origin.endsWith("/google")) return { iss: origin };
  const tid = DIRECTORY_ID.exec(origin)?.[0] ?? HOME_DIRECTORY;
  return { iss: origin.replace(/[^/]*$/, tid), tid };
}

function idTokenFor({ email, nonce, claims }: Grant, origin: string, { client, clock }: SignInPeer) {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(clock() / 1000);
  const said = {
    ...issuerOf(origin),
    aud: client.client_id,
    sub: `sub-${email}`,
    email,
    email_verified: true,
    nonce,
  };
  return [
    part({ alg: "RS256" }),
    part({ ...said, iat: now, exp: now + SECONDS, ...claims }),
    "signature",
  ].join(".");
}

function pageOf(url: URL) {
  const to = (choice: string) => {
    const next = new URL(url);
    next.searchParams.set("choice", choice);
    return next.href.replaceAll("&", "&amp;");
  };
  return `<!doctype html><title>Consent</title><h1>Choose an account</h1>
    <p><a href="${to("allow")}">Allow</a></p><p><a href="${to("deny")}">Cancel</a></p>`;
}
