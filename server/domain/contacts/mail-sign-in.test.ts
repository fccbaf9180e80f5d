import assert from "node:assert/strict";
import { test } from "node:test";
import {
  authorizationUrl,
  isRedirectUsable,
  missingScopes,
  readIdentity,
  SIGN_IN_ADDRESSES,
  SIGN_IN_SCOPES,
  scopesFor,
  scopeToRenew,
  signInAddressesFor,
} from "./mail-sign-in.ts";

const NOW = Temporal.Instant.from("2026-11-20T10:00:00Z");
const SENDING = {
  clientId: "app-1",
  tenant: null,
  redirectUri: "https://c.example/settings/mailboxes/signed-in",
  state: "s",
  nonce: "n",
  challenge: "c",
  loginHint: null,
};

test("the address to sign in at has what the provider needs", () => {
  const google = new URL(
    authorizationUrl("google", SIGN_IN_ADDRESSES.google, { ...SENDING, scopes: SIGN_IN_SCOPES.google }),
  );
  assert.equal(google.origin + google.pathname, "https://accounts.google.com/o/oauth2/v2/auth");
  assert.deepEqual(Object.fromEntries(google.searchParams), {
    response_type: "code",
    client_id: "app-1",
    redirect_uri: SENDING.redirectUri,
    scope: "https://mail.google.com/ openid email",
    state: "s",
    nonce: "n",
    code_challenge: "c",
    code_challenge_method: "S256",
    access_type: "offline",
    prompt: "select_account consent",
  });
  const wish = {
    ...SENDING,
    scopes: SIGN_IN_SCOPES.microsoft,
    tenant: "a/../b",
    loginHint: "ines@norrland.example",
  };
  const microsoft = new URL(authorizationUrl("microsoft", SIGN_IN_ADDRESSES.microsoft, wish));
  assert.equal(microsoft.pathname, "/a%2F..%2Fb/oauth2/v2.0/authorize");
  assert.equal(microsoft.searchParams.get("login_hint"), "ines@norrland.example");
  assert.ok(microsoft.searchParams.get("scope")?.includes("offline_access"));
});

const OUTLOOK = "https://outlook.office.com/";
const SCOPES: [keyof typeof SIGN_IN_SCOPES, string | null, string[]][] = [
  ["google", null, []],
  ["google", "openid email https://mail.google.com/", []],
  ["google", "openid email", ["https://mail.google.com/"]],
  ["google", "", ["https://mail.google.com/"]],
  ["google", "https://mail.google.com/feed", ["https://mail.google.com/"]],
  ["microsoft", `${OUTLOOK}imap.accessasuser.all SMTP.Send`, []],
  ["microsoft", `https://outlook.office365.com/SMTP.Send ${OUTLOOK}IMAP.AccessAsUser.All`, []],
  ["microsoft", `${OUTLOOK}SMTP.Send`, [`${OUTLOOK}IMAP.AccessAsUser.All`]],
];

test("a permission that was not granted is named, however the provider writes the others", () => {
  for (const [provider, granted, missing] of SCOPES)
    assert.deepEqual(missingScopes(SIGN_IN_SCOPES[provider], granted), missing, `${provider} ${granted}`);
});

const GRAPH = "https://graph.microsoft.us";

test("by Graph the permissions are those of its cloud, and people sign in there", () => {
  const scopes = scopesFor("microsoft", "microsoft_graph", GRAPH);
  const asked = scopes.map(({ scope }) => scope).join(" ");
  assert.match(
    asked,
    /^https:\/\/graph\.microsoft\.us\/Mail\.Send .*\/Mail\.ReadWrite .*offline_access openid email profile$/,
  );
  assert.doesNotMatch(asked, /outlook/);
  assert.deepEqual(missingScopes(scopes, "mail.send Mail.ReadWrite"), []);
  assert.deepEqual(missingScopes(scopes, `${GRAPH}/Mail.Send`), [`${GRAPH}/Mail.ReadWrite`]);
  assert.equal(
    scopeToRenew("microsoft", "microsoft_graph", GRAPH),
    `${GRAPH}/Mail.Send ${GRAPH}/Mail.ReadWrite offline_access`,
  );
  assert.equal(
    scopeToRenew("microsoft", "smtp_imap", GRAPH),
    `${OUTLOOK}SMTP.Send ${OUTLOOK}IMAP.AccessAsUser.All offline_access`,
  );
  assert.equal(scopeToRenew("google", "smtp_imap", GRAPH), null);
  const { microsoft, google } = signInAddressesFor(GRAPH);
  assert.equal(microsoft.tokenUrl, "https://login.microsoftonline.us/{tenant}/oauth2/v2.0/token");
  assert.equal(google.tokenUrl, SIGN_IN_ADDRESSES.google.tokenUrl);
  assert.equal(signInAddressesFor("https://graph.microsoft.com"), SIGN_IN_ADDRESSES);
});

test("by the Gmail API no more is asked for than sending drafts and reading", () => {
  const scopes = scopesFor("google", "gmail_api", GRAPH);
  const auth = "https://www.googleapis.com/auth/";
  assert.deepEqual(
    scopes.map(({ scope }) => scope),
    [`${auth}gmail.compose`, `${auth}gmail.readonly`, "openid", "email"],
  );
  assert.deepEqual(missingScopes(scopes, `openid ${auth}gmail.compose`), [`${auth}gmail.readonly`]);
  assert.equal(scopeToRenew("google", "gmail_api", GRAPH), null);
});

const CLAIMS = {
  iss: "https://accounts.google.com",
  aud: "app-1",
  nonce: "n",
  exp: NOW.epochMilliseconds / 1000 + 60,
  email: "ines@norrland.example",
  email_verified: true,
};

function tokenOf(claims: unknown) {
  const bytes = new TextEncoder().encode(JSON.stringify(claims));
  const base64 = btoa(String.fromCharCode(...bytes));
  return `e30.${base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}.sig`;
}

const google = { issuer: SIGN_IN_ADDRESSES.google.issuer, tenant: null, clientId: "app-1", nonce: "n" };
const microsoft = { ...google, issuer: SIGN_IN_ADDRESSES.microsoft.issuer };

test("the address is read from a token that is meant for us", () => {
  const me = { kind: "known", email: "ines@norrland.example", username: "ines@norrland.example" };
  assert.deepEqual(readIdentity(tokenOf(CLAIMS), google, NOW), me);
  assert.deepEqual(readIdentity(tokenOf({ ...CLAIMS, iss: "accounts.google.com" }), google, NOW), me);
  assert.deepEqual(readIdentity(tokenOf({ ...CLAIMS, aud: ["x", "app-1"] }), google, NOW), me);
  const entra = {
    ...CLAIMS,
    iss: "https://login.microsoftonline.com/t-1/v2.0",
    tid: "t-1",
    email: undefined,
  };
  const named = { ...entra, preferred_username: "ines@kraft.onmicrosoft.example" };
  assert.deepEqual(readIdentity(tokenOf(named), microsoft, NOW), {
    kind: "known",
    email: "ines@kraft.onmicrosoft.example",
    username: "ines@kraft.onmicrosoft.example",
  });
  assert.deepEqual(readIdentity(tokenOf({ ...named, email: "ines@norrland.example" }), microsoft, NOW), {
    kind: "known",
    email: "ines@norrland.example",
    username: "ines@kraft.onmicrosoft.example",
  });
});

test("a token that names nobody says why", () => {
  const wrong: [unknown, string][] = [
    [{ ...CLAIMS, iss: "https://evil.example" }, "sign_in_other_issuer"],
    [{ ...CLAIMS, aud: "app-2" }, "sign_in_token_of_another"],
    [{ ...CLAIMS, aud: undefined }, "sign_in_token_of_another"],
    [{ ...CLAIMS, nonce: "another" }, "sign_in_token_of_another"],
    [{ ...CLAIMS, nonce: undefined }, "sign_in_token_of_another"],
    [{ ...CLAIMS, exp: NOW.epochMilliseconds / 1000 - 400 }, "sign_in_token_expired"],
    [{ ...CLAIMS, exp: "later" }, "sign_in_token_expired"],
    [{ ...CLAIMS, email_verified: false }, "sign_in_address_unconfirmed"],
    [{ ...CLAIMS, email: "no address" }, "sign_in_without_address"],
    [{ ...CLAIMS, email: "a@b.example\r\nBcc: x@y.example" }, "sign_in_without_address"],
    [{ ...CLAIMS, email: ["ines@norrland.example"] }, "sign_in_without_address"],
    [{ ...CLAIMS, email: `${"x".repeat(300)}@norrland.example` }, "sign_in_without_address"],
    [[], "sign_in_token_unreadable"],
    [null, "sign_in_token_unreadable"],
    ["text", "sign_in_token_unreadable"],
  ];
  for (const [claims, kind] of wrong)
    assert.deepEqual(readIdentity(tokenOf(claims), google, NOW), { kind }, JSON.stringify(claims));
  for (const token of [null, "", "a.b.c", "…", "e30", `x.${"A".repeat(100_000)}.y`])
    assert.deepEqual(
      readIdentity(token, google, NOW),
      { kind: "sign_in_token_unreadable" },
      String(token).slice(0, 20),
    );
  assert.deepEqual(readIdentity("e30.e30", google, NOW), { kind: "sign_in_other_issuer" });
  const elsewhere = { ...CLAIMS, iss: "https://login.microsoftonline.com/t-1/v2.0", tid: "t-2" };
  assert.deepEqual(readIdentity(tokenOf(elsewhere), microsoft, NOW), { kind: "sign_in_other_issuer" });
});

const OURS = "11111111-2222-3333-4444-555555555555";
const THEIRS = "8eaef023-2b34-4da1-9baa-8bc8c9d6a490";
const PERSONAL = "9188040d-6c67-4c5b-b112-36a304b66dad"; // of every outlook.com account
const DIRECTORIES: [tenant: string, tid: string, isKnown: boolean][] = [
  [OURS, OURS, true],
  [OURS.toUpperCase(), OURS, true],
  [OURS, THEIRS, false],
  ["common", THEIRS, true],
  ["common", PERSONAL, true],
  ["organizations", THEIRS, true],
  ["organizations", PERSONAL, false],
  ["consumers", PERSONAL, true],
  ["consumers", THEIRS, false],
  ["norrland.example", THEIRS, true],
];

test("an account of another directory than the one that was set is not let in", () => {
  for (const [tenant, tid, isKnown] of DIRECTORIES) {
    const claims = { ...CLAIMS, iss: `https://login.microsoftonline.com/${tid}/v2.0`, tid };
    const { kind } = readIdentity(tokenOf(claims), { ...microsoft, tenant }, NOW);
    assert.equal(kind, isKnown ? "known" : "sign_in_other_directory", `${tenant} ${tid}`);
  }
});

test("providers send people back over https, or to this machine", () => {
  for (const uri of ["https://c.example/x", "http://localhost:3000/x", "http://127.0.0.1/x"])
    assert.ok(isRedirectUsable(uri), uri);
  for (const uri of ["http://c.example/x", "http://10.0.0.5/x", "nonsense"])
    assert.ok(!isRedirectUsable(uri), uri);
});
