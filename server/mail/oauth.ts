// Renews a mailbox's access token. Google's and Microsoft's tokens hold for an hour; the refresh token gets the next
// one. The result is data: the caller stores it, and tells people that they must sign in again.

import { z } from "zod";
import type { Outgoing } from "../outgoing/door.ts";

export type TokenWish = {
  provider: "google" | "microsoft";
  clientId: string;
  /** Absent for apps that are no secret's keeper. */
  clientSecret: string | null;
  refreshToken: string;
};

type Refreshed =
  /** `refreshToken` is the new one where the provider changed it: the old one may be dead already. */
  | { kind: "refreshed"; accessToken: string; refreshToken: string | null; expiresAt: Temporal.Instant }
  /** For good: consent withdrawn, password changed, app removed. Only a person can help. */
  | { kind: "revoked"; code: string; detail: string | null }
  | { kind: "unreachable"; why: string };

export const TOKEN_URLS = {
  google: "https://oauth2.googleapis.com/token",
  microsoft: "https://login.microsoftonline.com/common/oauth2/v2.0/token",
} as const;

const SCOPES = {
  google: null, // as consented
  microsoft:
    "https://outlook.office.com/SMTP.Send https://outlook.office.com/IMAP.AccessAsUser.All offline_access",
} as const;

const GRANTED = z.object({
  access_token: z.string().min(1).max(20_000),
  refresh_token: z.string().min(1).max(20_000).optional(),
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

export async function refreshToken(
  outgoing: Pick<Outgoing, "ask">,
  wish: TokenWish,
  now: Temporal.Instant,
  url: string = TOKEN_URLS[wish.provider],
): Promise<Refreshed> {
  const answer = await outgoing.ask(
    url,
    { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    formFor(wish),
  );
  if (answer.kind === "failed") return { kind: "unreachable", why: answer.error };
  const body = readJson(answer.body);
  const granted = GRANTED.safeParse(body);
  if (answer.status === 200 && granted.success) return grantedTo(granted.data, now);
  const refused = REFUSED.safeParse(body);
  const code = refused.data?.error ?? "";
  if (answer.status < 400 || answer.status >= 500 || !FOR_GOOD.has(code))
    return { kind: "unreachable", why: code || `status ${answer.status}` };
  return { kind: "revoked", code, detail: told(refused.data?.error_description, wish) };
}

function formFor({ provider, clientId, clientSecret, refreshToken: token }: TokenWish) {
  const scope = SCOPES[provider];
  return new URLSearchParams({
    grant_type: "refresh_token",
    client_id: clientId,
    ...(clientSecret !== null && { client_secret: clientSecret }),
    ...(scope !== null && { scope }),
    refresh_token: token,
  }).toString();
}

function grantedTo(granted: z.output<typeof GRANTED>, now: Temporal.Instant): Refreshed {
  return {
    kind: "refreshed",
    accessToken: granted.access_token,
    refreshToken: granted.refresh_token ?? null,
    expiresAt: now.add({ seconds: Math.trunc(granted.expires_in) }),
  };
}

/** The provider's sentence, without what we sent it. */
function told(text: string | undefined, { refreshToken: token, clientSecret }: TokenWish) {
  if (!text) return null;
  const secrets = [token, clientSecret ?? ""].filter(Boolean);
  const clean = secrets.reduce((said, secret) => said.replaceAll(secret, "…"), text);
  return clean
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .trim()
    .slice(0, 300);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
