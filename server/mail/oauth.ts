// Asks a provider's token server: a code for the first tokens, and a refresh token for the next ones. Google's and Microsoft's access
// tokens hold for an hour. The result is data: the caller stores it, and tells people that they must sign in again.

import { z } from "zod";
import type { Outgoing } from "../outgoing/door.ts";

/** The application that tokens belong to, and where it asks. */
type TokenClient = {
  provider: "google" | "microsoft";
  url: string;
  clientId: string;
  /** Absent for applications that cannot keep a secret. */
  clientSecret: string | null;
};

export type TokenWish = TokenClient & {
  refreshToken: string;
  /** What the new token is for; null: as consented. */
  scope: string | null;
};
type CodeWish = TokenClient & { code: string; codeVerifier: string; redirectUri: string };

export type Tokens = {
  accessToken: string;
  /** The new one where the provider changed it: the old one may be dead already. */
  refreshToken: string | null;
  idToken: string | null;
  /** Null: as asked for. */
  scope: string | null;
  expiresAt: Temporal.Instant;
};

/** Asked again later. `status` and `retryAfter` as the server sent them. */
type Unreachable = { kind: "unreachable"; why: string; status: number | null; retryAfter: string | null };

export type TokenAnswer =
  | { kind: "granted"; tokens: Tokens }
  /** For good: consent withdrawn, password changed, application removed. Only a person can help. */
  | { kind: "refused"; code: string; detail: string | null }
  | Unreachable;

const LONGEST_MS = 15_000;

const GRANTED = z.object({
  access_token: z.string().min(1).max(20_000),
  refresh_token: z.string().min(1).max(20_000).nullish().catch(null),
  id_token: z.string().min(1).max(40_000).nullish().catch(null),
  scope: z.string().max(20_000).nullish().catch(null),
  expires_in: z.coerce.number().min(1).max(31_536_000).catch(3600),
});
const REFUSED = z.object({ error: z.string().max(200), error_description: z.string().optional() });

/** RFC 6749 5.2: what trying again does not mend. */
const FOR_GOOD = new Set([
  "invalid_grant",
  "invalid_client",
  "unauthorized_client",
  "unsupported_grant_type",
  "invalid_scope",
  "interaction_required",
  "consent_required",
]);

type Door = Pick<Outgoing, "fetch">;

export function refreshTokens(outgoing: Door, wish: TokenWish, now: Temporal.Instant): Promise<TokenAnswer> {
  const { scope } = wish;
  const form = {
    grant_type: "refresh_token",
    ...credentialsOf(wish),
    ...(scope !== null && { scope }),
    refresh_token: wish.refreshToken,
  };
  return askTokenServer(outgoing, wish, form, now);
}

export function exchangeCode(outgoing: Door, wish: CodeWish, now: Temporal.Instant): Promise<TokenAnswer> {
  const form = {
    grant_type: "authorization_code",
    ...credentialsOf(wish),
    code: wish.code,
    code_verifier: wish.codeVerifier,
    redirect_uri: wish.redirectUri,
  };
  return askTokenServer(outgoing, wish, form, now);
}

function credentialsOf({ clientId, clientSecret }: TokenClient) {
  return { client_id: clientId, ...(clientSecret !== null && { client_secret: clientSecret }) };
}

async function askTokenServer(
  outgoing: Door,
  { url }: TokenClient,
  form: Record<string, string>,
  now: Temporal.Instant,
): Promise<TokenAnswer> {
  const answer = await post(outgoing, url, form);
  if (answer.kind === "failed")
    return { kind: "unreachable", why: answer.error, status: null, retryAfter: null };
  const { status, retryAfter } = answer;
  const body = readJson(answer.body);
  const granted = GRANTED.safeParse(body);
  if (status === 200 && granted.success) return { kind: "granted", tokens: tokensIn(granted.data, now) };
  const refused = REFUSED.safeParse(body);
  const code = refused.data?.error ?? "";
  if (status < 400 || status >= 500 || !FOR_GOOD.has(code))
    return { kind: "unreachable", why: cleaned(code) || `status ${status}`, status, retryAfter };
  return { kind: "refused", code, detail: told(refused.data?.error_description, form) };
}

function post(outgoing: Door, url: string, form: Record<string, string>) {
  return outgoing.fetch({
    method: "POST",
    url,
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    body: new URLSearchParams(form).toString(),
    longestMs: LONGEST_MS,
    answer: "words",
  });
}

type ClientCheck =
  | { kind: "accepted" }
  | { kind: "rejected"; code: string }
  | { kind: "tenant_unknown" }
  /** The application is for one directory, and was looked for in none of its own. */
  | { kind: "tenant_needed" }
  | { kind: "application_unknown" }
  /** The provider was not reached, or its answer says nothing about the client. */
  | { kind: "unchecked"; why: string };

type CheckWish = TokenClient & {
  clientSecret: string;
  redirectUri: string;
  graphUrl: string;
  hasOwnTenant: boolean;
};

/** By the codes of Microsoft Entra at the beginning of what it says. */
const MICROSOFT_SAYS: Readonly<
  Record<string, "tenant_unknown" | "tenant_needed" | "application_unknown" | undefined>
> = {
  AADSTS90002: "tenant_unknown",
  AADSTS50194: "tenant_needed",
  AADSTS700016: "application_unknown",
};

/**
 * Whether the provider knows the client and its secret, without a person. Google tells it by a code that nobody was given: it looks at
 * the client first. Microsoft may look at the code first, so it is asked for a token of the application, which is thrown away.
 */
export async function checkClient(outgoing: Door, wish: CheckWish): Promise<ClientCheck> {
  const isGoogle = wish.provider === "google";
  const form: Record<string, string> = isGoogle
    ? { grant_type: "authorization_code", code: "none", redirect_uri: wish.redirectUri }
    : { grant_type: "client_credentials", scope: `${wish.graphUrl}/.default` };
  const answer = await post(outgoing, wish.url, { ...form, ...credentialsOf(wish) });
  if (answer.kind === "failed") return { kind: "unchecked", why: answer.error };
  const body = readJson(answer.body);
  if (answer.status === 200 && GRANTED.safeParse(body).success) return { kind: "accepted" };
  const { error: code = "", error_description: detail = "" } = REFUSED.safeParse(body).data ?? {};
  const told = isGoogle ? undefined : MICROSOFT_SAYS[/^AADSTS\d+/.exec(detail)?.[0] ?? ""];
  if (told && (told !== "application_unknown" || wish.hasOwnTenant)) return { kind: told };
  if (code === "invalid_client") return { kind: "rejected", code };
  if (isGoogle && code === "invalid_grant") return { kind: "accepted" };
  // Where several directories may sign in, the application is looked for in one that nobody named.
  if (code === "unauthorized_client" && (isGoogle || wish.hasOwnTenant)) return { kind: "rejected", code };
  return { kind: "unchecked", why: cleaned(code) || `status ${answer.status}` };
}

function tokensIn(granted: z.output<typeof GRANTED>, now: Temporal.Instant): Tokens {
  return {
    accessToken: granted.access_token,
    refreshToken: granted.refresh_token ?? null,
    idToken: granted.id_token ?? null,
    scope: granted.scope ?? null,
    expiresAt: now.add({ seconds: Math.trunc(granted.expires_in) }),
  };
}

const SECRET = ["client_secret", "refresh_token", "code", "code_verifier"];

/** The provider's sentence, without what we sent it. */
function told(text: string | undefined, form: Record<string, string>) {
  if (!text) return null;
  const secrets = SECRET.map((name) => form[name] ?? "").filter(Boolean);
  return cleaned(secrets.reduce((said, secret) => said.replaceAll(secret, "…"), text)).slice(0, 300);
}

function cleaned(text: string) {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
