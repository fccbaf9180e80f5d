// Whether what an application asks for can be granted, and how far. OAuth 2.1: a code, bound by a challenge that only the
// hash of a secret answers. Nothing more is ever granted than the application was registered for.

export const ALL = "app_scopes";
const PROFILE = "read_user_profile";

export type AuthorizationParams = {
  responseType: string | undefined;
  scope: string | undefined;
  challenge: string | undefined;
  challengeMethod: string | undefined;
};

type AuthorizationDecision =
  | { isGranted: true; scopes: readonly string[] }
  | { isGranted: false; error: string; says: string };

export function judgeAsked(asked: AuthorizationParams, registered: readonly string[]): AuthorizationDecision {
  if (asked.responseType !== "code")
    return refuse(
      asked.responseType === undefined ? "invalid_request" : "unsupported_response_type",
      "response_type must be code",
    );
  if (asked.challenge === undefined) return refuse("invalid_request", "code_challenge is missing");
  if (asked.challengeMethod !== "S256" || !/^[\w-]{43}$/.test(asked.challenge))
    return refuse("invalid_request", "code_challenge_method must be S256");
  const scopes = narrowed(scopesIn(asked.scope), registered);
  return scopes
    ? { isGranted: true, scopes }
    : refuse("invalid_scope", "it asks for a scope that it is not registered for");
}

function refuse(error: string, says: string): AuthorizationDecision {
  return { isGranted: false, error, says };
}

function scopesIn(text: string | undefined) {
  return [...new Set((text ?? "").split(/\s+/).filter(Boolean))];
}

/**
 * The scopes that can be granted; null if the request goes beyond the registration. No scope means every registered
 * one. So does `app_scopes`, which means all scopes only for an application registered for that.
 */
function narrowed(asked: readonly string[], registered: readonly string[]): readonly string[] | null {
  const has = new Set(registered);
  const wanted = asked.length === 0 ? registered : asked;
  const granted = wanted.flatMap((scope) => (scope === ALL && !has.has(ALL) ? registered : [scope]));
  const isWithin = granted.every((scope) => has.has(scope) || scope === PROFILE || has.has(ALL));
  return isWithin ? [...new Set(granted)] : null;
}

/** The scopes of new tokens: as granted, or fewer where fewer are asked for; null where it is more. */
export function fewer(asked: string | undefined, granted: readonly string[]) {
  const wanted = scopesIn(asked);
  if (wanted.length === 0) return granted;
  return wanted.every((scope) => granted.includes(scope)) ? wanted : null;
}

/** A requested resource must be this server: there is one, with its API and its MCP endpoint. */
export function isResource(resource: string, publicUrl: string) {
  const [asked, own] = [URL.parse(resource), URL.parse(publicUrl)];
  if (!asked || !own || asked.origin !== own.origin || asked.hash || asked.search || asked.username)
    return false;
  const base = own.pathname.replace(/\/$/, "");
  const path = asked.pathname.replace(/\/$/, "");
  return ["", "/mcp", "/api/v1", "/v1"].some((place) => path === base + place);
}
