// Signing in with Google and with Microsoft to connect a mailbox: where a person is sent, what is asked of them, and what is read
// from the answer. OAuth 2.0 with PKCE (RFC 6749, 7636) and OpenID Connect for the address.
//
// The ID token comes from the token server over TLS, so its signature is not checked (OpenID Connect Core 3.1.3.7, item 6). Its
// issuer, audience, nonce and time are.

import { say, texts } from "../../kernel/say.ts";
import type { Security } from "./mailbox-connection.ts";

export type SignInProvider = "google" | "microsoft";

type MailServer = { host: string; port: number; security: Security };

/** `{tenant}` stands for the Microsoft Entra tenant. */
export type SignInAddresses = {
  authorizeUrl: string;
  tokenUrl: string;
  issuer: string;
  smtp: MailServer;
  imap: MailServer;
};

const MICROSOFT = "https://login.microsoftonline.com/{tenant}";

export const SIGN_IN_ADDRESSES: Readonly<Record<SignInProvider, SignInAddresses>> = {
  google: {
    authorizeUrl: "https://accounts.google.com/o/oauth2/v2/auth",
    tokenUrl: "https://oauth2.googleapis.com/token",
    issuer: "https://accounts.google.com",
    smtp: { host: "smtp.gmail.com", port: 465, security: "tls" },
    imap: { host: "imap.gmail.com", port: 993, security: "tls" },
  },
  microsoft: {
    authorizeUrl: `${MICROSOFT}/oauth2/v2.0/authorize`,
    tokenUrl: `${MICROSOFT}/oauth2/v2.0/token`,
    issuer: `${MICROSOFT}/v2.0`,
    smtp: { host: "smtp.office365.com", port: 587, security: "starttls" },
    imap: { host: "outlook.office365.com", port: 993, security: "tls" },
  },
};

/** Clouds of authorities sign in elsewhere than the rest of the world. */
const LOGINS: Readonly<Record<string, string>> = {
  "graph.microsoft.us": "login.microsoftonline.us",
  "dod-graph.microsoft.us": "login.microsoftonline.us",
};

export function signInAddressesFor(graphUrl: string): Readonly<Record<SignInProvider, SignInAddresses>> {
  const login = LOGINS[new URL(graphUrl).hostname];
  if (!login) return SIGN_IN_ADDRESSES;
  const there = (url: string) => url.replace("login.microsoftonline.com", login);
  const { microsoft } = SIGN_IN_ADDRESSES;
  const { authorizeUrl, tokenUrl, issuer } = microsoft;
  const ofCloud = {
    authorizeUrl: there(authorizeUrl),
    tokenUrl: there(tokenUrl),
    issuer: there(issuer),
  };
  return { ...SIGN_IN_ADDRESSES, microsoft: { ...microsoft, ...ofCloud } };
}

/** How a mailbox reaches its provider. */
export const WAYS = ["smtp_imap", "microsoft_graph", "gmail_api"] as const;
export type WayToProvider = (typeof WAYS)[number];

/** By its provider's own API. */
export const API_WAYS = { google: "gmail_api", microsoft: "microsoft_graph" } as const;

export const PROVIDER_NAMES: Readonly<Record<SignInProvider, string>> = {
  google: "Google",
  microsoft: "Microsoft",
};

export const MAILBOX_TYPES = { google: "gmail", microsoft: "microsoft" } as const;

/** Any account of Microsoft, of a company or a person. */
export const ANY_TENANT = "common";

type Scope = { scope: string; reason: string; isMail: boolean };

const ADDRESS_SCOPES: readonly Scope[] = texts([
  { scope: "openid", reason: "Tells Cadenza who signed in.", isMail: false },
  { scope: "email", reason: "Tells Cadenza the email address, so nobody has to type it.", isMail: false },
]);

export const SIGN_IN_SCOPES: Readonly<Record<SignInProvider, readonly Scope[]>> = texts({
  google: [
    {
      scope: "https://mail.google.com/",
      reason: "Sends emails by SMTP and reads replies by IMAP. Google has no narrower permission for these.",
      isMail: true,
    },
    ...ADDRESS_SCOPES,
  ],
  microsoft: [
    { scope: "https://outlook.office.com/SMTP.Send", reason: "Sends emails by SMTP.", isMail: true },
    {
      scope: "https://outlook.office.com/IMAP.AccessAsUser.All",
      reason: "Reads replies by IMAP.",
      isMail: true,
    },
    {
      scope: "offline_access",
      reason: "Keeps the mailbox connected without a sign-in every hour.",
      isMail: false,
    },
    ...ADDRESS_SCOPES,
    { scope: "profile", reason: "Tells Cadenza the user name for the mail server.", isMail: false },
  ],
});

/** The least that sends drafts and reads (Google: "Choose Gmail API scopes"): `gmail.send` knows no drafts, and `gmail.modify` may also delete. */
const GMAIL_SCOPES: readonly Scope[] = texts([
  {
    scope: "https://www.googleapis.com/auth/gmail.compose",
    reason: "Sends emails by the Gmail API, and keeps the draft of each email until it is sent.",
    isMail: true,
  },
  {
    scope: "https://www.googleapis.com/auth/gmail.readonly",
    reason: "Reads replies by the Gmail API.",
    isMail: true,
  },
]);

/** What people are asked for. By Graph the permissions are those of the cloud that Graph is in. */
export function scopesFor(provider: SignInProvider, way: WayToProvider, graphUrl: string): readonly Scope[] {
  const usual = SIGN_IN_SCOPES[provider];
  if (way === "smtp_imap") return usual;
  const rest = usual.filter(({ isMail }) => !isMail);
  if (way === "gmail_api") return [...GMAIL_SCOPES, ...rest];
  const ofGraph: readonly Scope[] = [
    { scope: `${graphUrl}/Mail.Send`, reason: say("Sends emails by Microsoft Graph."), isMail: true },
    {
      scope: `${graphUrl}/Mail.ReadWrite`,
      reason: say("Reads replies by Microsoft Graph, and keeps the draft of each email until it is sent."),
      isMail: true,
    },
    {
      scope: `${graphUrl}/User.Read`,
      reason: say("Lets Microsoft complete the sign-in."),
      isMail: false,
    },
  ];
  return [...ofGraph, ...rest];
}

/** With a refresh token, tokens are asked for by the permissions they are needed for. Null: as consented. */
export function scopeToRenew(provider: SignInProvider, way: WayToProvider, graphUrl: string) {
  if (provider === "google") return null;
  const wanted = scopesFor(provider, way, graphUrl).filter(
    ({ scope, isMail }) => isMail || scope === "offline_access",
  );
  return wanted.map(({ scope }) => scope).join(" ");
}

export function withTenant(url: string, tenant: string | null) {
  return url.replace("{tenant}", encodeURIComponent(tenant ?? ANY_TENANT));
}

type Sending = {
  clientId: string;
  tenant: string | null;
  redirectUri: string;
  state: string;
  nonce: string;
  challenge: string;
  loginHint: string | null;
  scopes: readonly Pick<Scope, "scope">[];
};

/** Where the person goes to sign in. Google gives a refresh token with certainty only where consent is asked for again. */
export function authorizationUrl(
  provider: SignInProvider,
  { authorizeUrl }: SignInAddresses,
  { clientId, tenant, redirectUri, state, nonce, challenge, loginHint, scopes }: Sending,
) {
  const query = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: scopes.map(({ scope }) => scope).join(" "),
    state,
    nonce,
    code_challenge: challenge,
    code_challenge_method: "S256",
    ...(provider === "google"
      ? { access_type: "offline", prompt: loginHint ? "consent" : "select_account consent" }
      : { response_mode: "query", ...(!loginHint && { prompt: "select_account" }) }),
    ...(loginHint && { login_hint: loginHint }),
  });
  return `${withTenant(authorizeUrl, tenant)}?${query}`;
}

/**
 * What is missing to send and read. People can untick a permission. Microsoft leaves the resource out of a scope at times, and
 * changes capitals. No word about scopes means all that were asked for (RFC 6749, 5.1).
 */
export function missingScopes(scopes: readonly Scope[], granted: string | null): string[] {
  if (granted === null) return [];
  const given = new Set(granted.split(/\s+/).filter(Boolean).map(bare));
  return scopes.filter(({ scope, isMail }) => isMail && !given.has(bare(scope))).map(nameOf);
}

const nameOf = ({ scope }: Scope) => scope;

function bare(scope: string) {
  return scope.toLowerCase().replace(/^https?:\/\/[^/]+\/(?=.)/, "");
}

type Identity = { kind: "known"; email: string; username: string };

/** Each is a refusal of its own, because each is mended elsewhere. */
type NotKnown = {
  kind:
    | "sign_in_token_unreadable"
    | "sign_in_other_issuer"
    | "sign_in_other_directory"
    | "sign_in_token_of_another"
    | "sign_in_token_expired"
    | "sign_in_address_unconfirmed"
    | "sign_in_without_address";
};

type Wanted = { issuer: string; tenant: string | null; clientId: string; nonce: string };

/** Whose mailbox it is, or why the token does not say it. */
export function readIdentity(
  idToken: string | null,
  wanted: Wanted,
  now: Temporal.Instant,
): Identity | NotKnown {
  const claims = claimsIn(idToken);
  if (!claims) return { kind: "sign_in_token_unreadable" };
  const directory = textIn(claims.tid);
  const isFromThem =
    claims.iss === withTenant(wanted.issuer, directory) || `https://${claims.iss}` === wanted.issuer;
  if (!isFromThem) return { kind: "sign_in_other_issuer" };
  if (!isOfTenant(directory, wanted.tenant)) return { kind: "sign_in_other_directory" };
  if (![claims.aud].flat().includes(wanted.clientId) || claims.nonce !== wanted.nonce)
    return { kind: "sign_in_token_of_another" };
  const endsMs = typeof claims.exp === "number" ? claims.exp * 1000 : 0;
  if (endsMs <= now.epochMilliseconds - CLOCKS_APART_MS) return { kind: "sign_in_token_expired" };
  if (claims.email_verified === false) return { kind: "sign_in_address_unconfirmed" };
  const username = addressIn(claims.preferred_username);
  const email = addressIn(claims.email) ?? username;
  if (email === null) return { kind: "sign_in_without_address" };
  return { kind: "known", email, username: username ?? email };
}

/** The directory of all personal accounts (Microsoft: "Access token claims reference", `tid`). */
const PERSONAL_ACCOUNTS = "9188040d-6c67-4c5b-b112-36a304b66dad";
const DIRECTORY_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A token names its directory by ID, also where the application names it by domain: then Microsoft alone compares. */
function isOfTenant(directory: string | null, tenant: string | null) {
  const given = directory?.toLowerCase() ?? null;
  if (tenant === "organizations") return given !== PERSONAL_ACCOUNTS;
  if (tenant === "consumers") return given === PERSONAL_ACCOUNTS;
  return tenant === null || !DIRECTORY_ID.test(tenant) || given === tenant.toLowerCase();
}

/** Where accounts of many directories may sign in. */
export function isOwnTenant(tenant: string | null) {
  return tenant !== null && !["common", "organizations", "consumers"].includes(tenant);
}

const CLOCKS_APART_MS = 300_000;
const MOST_CHARACTERS = 20_000;

function claimsIn(idToken: string | null): Record<string, unknown> | null {
  const payload = idToken?.slice(0, MOST_CHARACTERS).split(".")[1] ?? "";
  try {
    const bytes = atob(payload.replaceAll("-", "+").replaceAll("_", "/"));
    const text = new TextDecoder().decode(Uint8Array.from(bytes, (letter) => letter.charCodeAt(0)));
    const claims: unknown = JSON.parse(text);
    return claims && typeof claims === "object" && !Array.isArray(claims) ? { ...claims } : null;
  } catch {
    return null;
  }
}

function textIn(value: unknown) {
  return typeof value === "string" ? value : null;
}

/** As narrow as the address of any mailbox that a caller names. */
const ADDRESS = /^[^\s@"'<>()[\],;:\\\p{Cc}]{1,64}@[\p{L}\p{N}.-]{1,188}\.[\p{L}\p{N}-]{2,63}$/u;

function addressIn(value: unknown) {
  const text = textIn(value)?.trim() ?? "";
  return text.length <= 254 && ADDRESS.test(text) ? text : null;
}

/** Providers send people back over https, or to this machine. */
export function isRedirectUsable(redirectUri: string) {
  const url = URL.parse(redirectUri);
  return url?.protocol === "https:" || url?.hostname === "localhost" || url?.hostname === "127.0.0.1";
}
