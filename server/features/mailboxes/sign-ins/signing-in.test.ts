// Mailboxes are connected by signing in, at a provider that checks what Google and Microsoft check.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { freePort } from "../../../testing/doors.ts";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { trustTestCertificates } from "../../../testing/post-office.ts";
import { newMailbox } from "../../../testing/sequenced.ts";
import { openSignInPeer, SIGN_IN_CLIENT, type TokenFault } from "../../../testing/sign-in-peer.ts";
import { unchecked } from "../../../testing/unchecked.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";

trustTestCertificates();
const port = await freePort();
const publicUrl = `http://localhost:${port}`;
const REDIRECT = `${publicUrl}/settings/mailboxes/signed-in`;
const peer = await openSignInPeer(() => REDIRECT);
after(() => peer.close());
const world = useWorld({
  port,
  publicUrl,
  mailAllow: LOOPBACK,
  webhookAllow: LOOPBACK,
  signInAddresses: peer.addresses,
});

type Api = Team["api"];
type Started = Parameters<Api["emailAccounts"]["startSignIn"]>[0];

async function newTeam() {
  const team = await world.newTeam();
  for (const provider of ["google", "microsoft"] as const)
    await team.api.signInClients.save({ provider, ...SIGN_IN_CLIENT });
  return team;
}

async function start(api: Api, rest: Partial<Started> = {}) {
  const { sign_in } = await api.emailAccounts.startSignIn({ provider: "google", ...rest });
  return sign_in.authorization_url;
}

async function signIn(api: Api, email: string, rest: Partial<Started> = {}) {
  const brought = await peer.consent(await start(api, rest), { email });
  return (await api.emailAccounts.finishSignIn(finishing(brought))).email_account;
}

function finishing({ state = "", ...rest }: Record<string, string>) {
  return { state, ...rest };
}

async function codeOf(work: Promise<unknown>) {
  return (await refused(work)).code;
}

let people = 0;
const nextAddress = () => `ines${++people}@norrland.example`;

async function newMember(team: Team) {
  const { user, invitation_url } = await team.api.users.invite({ email: nextAddress() });
  const password = "a long sentence is a good password";
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Frida", password });
  return (await world.signIn(user.email, password)).api;
}

for (const provider of ["google", "microsoft"] as const)
  test(`a mailbox of ${provider} is connected by signing in, tested, and shown without a secret`, async () => {
    const { api } = await newTeam();
    const email = nextAddress();
    const mailbox = await signIn(api, email, {
      provider,
      display_name: "Ines Okafor",
      visibility: "everyone",
      email_daily_threshold: 30,
      ramp: { start: 5, step: 1, ceiling: 30 },
    });
    assert.equal(mailbox.email, email);
    assert.equal(mailbox.type, provider === "google" ? "gmail" : "microsoft");
    assert.deepEqual(
      [mailbox.active, mailbox.visibility, mailbox.display_name],
      [true, "everyone", "Ines Okafor"],
    );
    assert.deepEqual([mailbox.email_daily_threshold, mailbox.ramp?.start], [30, 5]);
    assert.equal(mailbox.oauth?.client_id, SIGN_IN_CLIENT.client_id);
    assert.deepEqual([mailbox.smtp?.port, mailbox.imap?.port], [peer.smtp.port, peer.imap.port]);
    assert.ok(peer.smtp.seen.length + peer.imap.seen.length > 0, "both servers let it in by the token");
    const { audit_log } = await api.auditLog.list({ subject_id: mailbox.id });
    assert.deepEqual(
      audit_log.map(({ type }) => type),
      ["email_account.connected"],
    );
    const { sign_in_clients } = await api.signInClients.list();
    assert.equal(sign_in_clients.find((one) => one.provider === provider)?.email_accounts, 1);
  });

test("the address of the sign-in says what the provider needs, and its proof is checked there", async () => {
  const { api } = await newTeam();
  const url = new URL(await start(api, { login_hint: "ines@norrland.example" }));
  assert.equal(url.searchParams.get("redirect_uri"), REDIRECT);
  assert.equal(url.searchParams.get("login_hint"), "ines@norrland.example");
  const brought = await peer.consent(url.href);
  await api.emailAccounts.finishSignIn(finishing(brought));
  const asked = peer.asked.at(-1);
  assert.match(asked?.get("code_verifier") ?? "", /^[\w-]{43}$/);
  assert.ok(!url.href.includes(asked?.get("code_verifier") ?? ""), "the proof is not in the address");
});

test("signing in again renews the tokens of the mailbox and keeps its settings", async () => {
  const { api } = await newTeam();
  const email = nextAddress();
  const first = await signIn(api, email, { email_daily_threshold: 17 });
  const again = await signIn(api, email.toUpperCase(), { email_daily_threshold: 99 });
  assert.deepEqual([again.id, again.email_daily_threshold, again.email], [first.id, 17, email]);
  assert.equal((await api.emailAccounts.list()).email_accounts.length, 1);
  const { audit_log } = await api.auditLog.list({ subject_id: first.id, limit: 1 });
  assert.match(audit_log[0]?.sentence ?? "", /signed in to the mailbox .* again/);
});

test("a mailbox with a password turns to the sign-in, and its passwords are deleted", async () => {
  const team = await newTeam();
  const email = nextAddress();
  const { id } = await newMailbox(team, { email });
  const signed = await signIn(team.api, email);
  assert.deepEqual([signed.id, signed.type], [id, "gmail"]);
  const row = await asOwner(world, (client) =>
    client.query("select smtp_password, imap_password, oauth_of_team from mailboxes where id = $1", [id]),
  );
  assert.deepEqual(row.rows[0], { smtp_password: null, imap_password: null, oauth_of_team: true });
});

test("a mailbox that was disconnected comes back under its ID", async () => {
  const { api } = await newTeam();
  const email = nextAddress();
  const { id } = await signIn(api, email);
  await api.emailAccounts.disconnect({ id });
  assert.equal((await signIn(api, email)).id, id);
});

test("a user name that is not the address is kept for the mail servers", async () => {
  const { api } = await newTeam();
  const email = nextAddress();
  const username = `user${people}@kraft.onmicrosoft.example`;
  const brought = await peer.consent(await start(api, { provider: "microsoft" }), { email, username });
  const { email_account } = await api.emailAccounts.finishSignIn(finishing(brought));
  assert.deepEqual([email_account.email, email_account.smtp?.username], [email, username]);
});

test("signing in to a mailbox as another address is refused and changes nothing", async () => {
  const { api } = await newTeam();
  const email = nextAddress();
  const { id, updated_at: _, ...rest } = { updated_at: null, ...(await signIn(api, email)) };
  const brought = await peer.consent(await start(api, { email_account_id: id }), { email: nextAddress() });
  const refusal = await refused(api.emailAccounts.finishSignIn(finishing(brought)));
  assert.equal(refusal.code, "sign_in_other_address");
  assert.match(refusal.message, new RegExp(`this mailbox is ${email}`));
  const { email_accounts } = await api.emailAccounts.list();
  assert.deepEqual(
    email_accounts.map((one) => [one.id, one.oauth]),
    [[id, rest.oauth]],
  );
});

test("what comes back is taken once, in time, and by the session that started it alone", async () => {
  const team = await newTeam();
  const { api } = team;
  const mine = await world.signIn(team.owner.email, team.owner.password);
  const elsewhere = await world.signIn(team.owner.email, team.owner.password);
  const member = await newMember(team);
  const stranger = await newTeam();
  const brought = finishing(await peer.consent(await start(mine.api), { email: nextAddress() }));
  for (const other of [elsewhere.api, member, api, stranger.api])
    assert.equal(await codeOf(other.emailAccounts.finishSignIn(brought)), "sign_in_unknown");
  for (const state of ["", "x", `${brought.state}x`])
    assert.equal(await codeOf(mine.api.emailAccounts.finishSignIn({ ...brought, state })), "sign_in_unknown");
  await mine.api.emailAccounts.finishSignIn(brought);
  assert.equal(await codeOf(mine.api.emailAccounts.finishSignIn(brought)), "sign_in_used");
  const late = finishing(await peer.consent(await start(api), { email: nextAddress() }));
  world.advance({ minutes: 16 });
  assert.equal(await codeOf(api.emailAccounts.finishSignIn(late)), "sign_in_expired");
});

test("of two calls that bring the same code at the same moment, one connects", async () => {
  const { api } = await newTeam();
  const brought = finishing(await peer.consent(await start(api), { email: nextAddress() }));
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => api.emailAccounts.finishSignIn(brought)));
  assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1);
  assert.equal((await api.emailAccounts.list()).email_accounts.length, 1);
});

test("a code of another sign-in does not pass with this one's proof", async () => {
  const { api } = await newTeam();
  const [one, other] = [await peer.consent(await start(api)), await peer.consent(await start(api))];
  const mixed = { state: one.state ?? "", code: other.code ?? "" };
  const refusal = await refused(api.emailAccounts.finishSignIn(mixed));
  assert.deepEqual([refusal.code, refusal.status], ["sign_in_failed", 422]);
});

test("what the provider answers instead of a code is said in a sentence, and its text is made harmless", async () => {
  const { api } = await newTeam();
  const denied = await refused(api.emailAccounts.finishSignIn(finishing(await peer.deny(await start(api)))));
  assert.equal(denied.code, "sign_in_denied");
  assert.match(denied.message, /with Google was cancelled/);
  const { state = "" } = await peer.deny(await start(api));
  const hostile = {
    state,
    error: "server_error",
    error_description: "<b>call</b> +1 555\r\n{email} ".repeat(50),
  };
  const failed = await refused(api.emailAccounts.finishSignIn(hostile));
  assert.equal(failed.code, "sign_in_failed");
  assert.ok(!/[<>\r\n{]/.test(failed.message) && failed.message.length < 500, failed.message);
  const { state: bare = "" } = await peer.deny(await start(api));
  assert.equal(await codeOf(api.emailAccounts.finishSignIn({ state: bare })), "parameter_missing");
});

test("missing permissions, no refresh token and no address are refused, and nothing is connected", async () => {
  const { api } = await newTeam();
  const cases: [Parameters<typeof peer.consent>[1], string][] = [
    [{ scope: "openid email" }, "sign_in_scope_missing"],
    [{ claims: { nonce: "of another sign-in" } }, "sign_in_token_of_another"],
    [{ claims: { aud: "app-2" } }, "sign_in_token_of_another"],
    [{ claims: { iss: "https://evil.example" } }, "sign_in_other_issuer"],
    [{ claims: { exp: 1 } }, "sign_in_token_expired"],
    [{ claims: { email: null } }, "sign_in_without_address"],
    [{ claims: { email_verified: false } }, "sign_in_address_unconfirmed"],
  ];
  for (const [how, code] of cases) {
    const brought = await peer.consent(await start(api), how);
    assert.equal(await codeOf(api.emailAccounts.finishSignIn(finishing(brought))), code, JSON.stringify(how));
  }
  peer.givesRefreshToken = false;
  const brought = await peer.consent(await start(api));
  const refusal = await refused(api.emailAccounts.finishSignIn(finishing(brought)));
  peer.givesRefreshToken = true;
  assert.equal(refusal.code, "sign_in_not_lasting");
  assert.deepEqual((await api.emailAccounts.list()).email_accounts, []);
});

test("mail servers that do not take the token are said as for any mailbox, and nothing is connected", async () => {
  const { api } = await newTeam();
  const claims = { email: nextAddress() }; // not the account that the token is for
  const brought = await peer.consent(await start(api), { email: nextAddress(), claims });
  const refusal = await refused(api.emailAccounts.finishSignIn(finishing(brought)));
  assert.match(refusal.code ?? "", /^(?:smtp|imap)_auth_failed$/);
  assert.deepEqual((await api.emailAccounts.list()).email_accounts, []);
});

const PASSING: [string, TokenFault[]][] = [
  ["hangs up", ["hang up"]],
  ["hangs up twice", ["hang up", "hang up"]],
  ["fails", [{ status: 500, body: "<html>oops</html>" }]],
  ["is busy", [{ status: 503, body: "{}" }, { status: 502 }]],
  ["answers nonsense", [{ status: 200, body: "null" }]],
  ["answers half of it", [{ status: 200, body: '{"access_token":"a' }]],
  ["answers an empty token", [{ status: 200, body: '{"access_token":"","refresh_token":"r"}' }]],
  ["redirects", [{ status: 302, headers: { location: "http://127.0.0.1:9/" } }]],
];

test("a token server that fails for a moment is asked again, and the mailbox is connected", async () => {
  const { api } = await newTeam();
  for (const [what, faults] of PASSING) {
    peer.faults.push(...faults);
    const email = nextAddress();
    assert.equal((await signIn(api, email)).email, email, what);
    assert.deepEqual(peer.faults, []);
  }
});

test("a token server that stays away keeps the sign-in, and the same call finishes it later", async () => {
  const { api } = await newTeam();
  const email = nextAddress();
  const brought = finishing(await peer.consent(await start(api), { email }));
  peer.faults.push("hang up", { status: 500 }, "hang up");
  const away = await refused(api.emailAccounts.finishSignIn(brought));
  assert.deepEqual([away.status, away.code], [502, "sign_in_provider_unreachable"]);
  peer.faults.push({ status: 429, headers: { "retry-after": "40" }, body: '{"error":"slow_down"}' });
  const asked = peer.asked.length;
  const busy = await refused(api.emailAccounts.finishSignIn(brought));
  assert.equal(peer.asked.length, asked + 1, "a server that asks to wait is not asked again");
  assert.deepEqual((busy.body as { details?: unknown }).details, { retry_after_seconds: 40 });
  const { email_account } = await api.emailAccounts.finishSignIn(brought);
  assert.equal(email_account.email, email);
});

test("an answer that is lost after the code was used asks to start again, and leaves no mailbox", async () => {
  const { api } = await newTeam();
  const brought = finishing(await peer.consent(await start(api), { email: nextAddress() }));
  peer.faults.push("lost");
  assert.equal(await codeOf(api.emailAccounts.finishSignIn(brought)), "sign_in_failed");
  assert.deepEqual((await api.emailAccounts.list()).email_accounts, []);
});

test("a client secret that is no longer good is said as such, without the secret", async () => {
  const { api } = await newTeam();
  const brought = finishing(await peer.consent(await start(api), { email: nextAddress() }));
  peer.client.client_secret = "renewed-at-the-provider";
  const refusal = await refused(api.emailAccounts.finishSignIn(brought));
  peer.client.client_secret = SIGN_IN_CLIENT.client_secret;
  assert.equal(refusal.code, "sign_in_client_rejected");
  assert.ok(!JSON.stringify(refusal.body).includes(SIGN_IN_CLIENT.client_secret));
});

for (const provider of ["google", "microsoft"] as const)
  test(`a client that ${provider} does not accept is refused when it is saved, and nothing is stored`, async () => {
    const { api } = await world.newTeam();
    const saved = await api.signInClients.save({ provider, ...SIGN_IN_CLIENT });
    assert.equal(saved.unchecked, null);
    for (const wrong of [
      { client_secret: "mistyped" },
      { client_id: "mistyped", client_secret: SIGN_IN_CLIENT.client_secret },
    ]) {
      const refusal = await refused(api.signInClients.save({ provider, ...wrong }));
      assert.deepEqual([refusal.status, refusal.code], [422, "sign_in_client_rejected"]);
      assert.ok(!refusal.message.includes("mistyped"));
    }
    const { sign_in_clients } = await api.signInClients.list();
    const kept = sign_in_clients.find((one) => one.provider === provider);
    assert.deepEqual(
      [kept?.client_id, kept?.updated_at],
      [SIGN_IN_CLIENT.client_id, saved.sign_in_client.updated_at],
    );
    await signIn(api, nextAddress(), { provider });
  });

test("a provider that cannot be asked is no reason to refuse: the client is saved, and the answer says so", async () => {
  const { api } = await world.newTeam();
  for (const fault of [
    "hang up",
    { status: 503 },
    { status: 400, body: '{"error":"access_denied"}' },
  ] as const) {
    peer.faults.push(fault);
    const saved = await api.signInClients.save({ provider: "microsoft", ...SIGN_IN_CLIENT });
    assert.match(saved.unchecked ?? "", /^Microsoft did not say whether it accepts/);
    assert.equal(saved.sign_in_client.is_set, true);
  }
  const body = '{"error":"invalid_request","error_description":"AADSTS90002: Tenant \'nowhere\' not found."}';
  peer.faults.push({ status: 400, body });
  const nowhere = api.signInClients.save({ provider: "microsoft", tenant: "nowhere.example" });
  assert.equal(await codeOf(nowhere), "sign_in_directory_unknown");
  const ofOne =
    '{"error":"invalid_request","error_description":"AADSTS50194: Application is not configured as a multi-tenant application."}';
  peer.faults.push({ status: 400, body: ofOne });
  const shared = api.signInClients.save({ provider: "microsoft", tenant: "common" });
  assert.equal(await codeOf(shared), "sign_in_directory_needed");
});

test("where accounts of many directories sign in, an application that one of them does not know is no refusal", async () => {
  const { api } = await world.newTeam();
  const body =
    '{"error":"unauthorized_client","error_description":"AADSTS700016: not found in the directory"}';
  for (const [tenant, isRefused] of [
    ["common", false],
    ["11111111-2222-3333-4444-555555555555", true],
  ] as const) {
    peer.faults.push({ status: 400, body });
    const saving = api.signInClients.save({ provider: "microsoft", ...SIGN_IN_CLIENT, tenant });
    if (isRefused) assert.equal(await codeOf(saving), "sign_in_application_unknown");
    else assert.notEqual((await saving).unchecked, null);
  }
});

test("with its own directory a mailbox of Microsoft is connected, and an account of another directory reads why not", async () => {
  const { api } = await newTeam();
  const tenant = "11111111-2222-3333-4444-555555555555";
  await api.signInClients.save({ provider: "microsoft", tenant });
  const email = nextAddress();
  assert.equal((await signIn(api, email, { provider: "microsoft" })).email, email);
  const tid = "22222222-2222-3333-4444-555555555555";
  const iss = peer.addresses.microsoft.issuer.replace("{tenant}", tid);
  const brought = await peer.consent(await start(api, { provider: "microsoft" }), { claims: { tid, iss } });
  const refusal = await refused(api.emailAccounts.finishSignIn(finishing(brought)));
  assert.equal(refusal.code, "sign_in_other_directory");
  assert.match(refusal.message, /belongs to another directory than the one under Mailbox sign-in/);
});

test("only admins set the client, all members see that it is set, and the secret is never shown", async () => {
  const team = await world.newTeam();
  const member = await newMember(team);
  assert.equal(await codeOf(start(member)), "sign_in_not_set_up");
  const wish = { provider: "google", ...SIGN_IN_CLIENT } as const;
  assert.equal((await refused(member.signInClients.save(wish))).status, 403);
  assert.equal((await refused(member.signInClients.delete({ provider: "google" }))).status, 403);
  const { sign_in_client: saved } = await team.api.signInClients.save(wish);
  assert.deepEqual(
    [saved.is_set, saved.client_id, saved.redirect_uri],
    [true, SIGN_IN_CLIENT.client_id, REDIRECT],
  );
  const seen = await member.signInClients.list();
  assert.deepEqual(
    seen.sign_in_clients.map((one) => one.is_set),
    [true, false],
  );
  assert.ok(!JSON.stringify([saved, seen]).includes(SIGN_IN_CLIENT.client_secret));
  const email = nextAddress();
  const own = await signIn(member, email);
  const { email_accounts } = await team.api.emailAccounts.list();
  assert.notEqual(own.user_id, team.owner.id, "a member's mailbox is the member's");
  assert.ok(email_accounts.some(({ id }) => id === own.id));
  const { sign_in_client: gone } = await team.api.signInClients.delete({ provider: "google" });
  assert.deepEqual([gone.is_set, gone.client_id], [false, null]);
  assert.equal(await codeOf(team.api.signInClients.delete({ provider: "google" })), "sign_in_not_set_up");
  const types = (await team.api.auditLog.list({ subject_id: team.id })).audit_log.map(({ type }) => type);
  assert.ok(types.includes("sign_in_client.changed") && types.includes("sign_in_client.deleted"));
});

test("a member does not sign in to a colleague's mailbox", async () => {
  const team = await newTeam();
  const email = nextAddress();
  const { id } = await signIn(team.api, email);
  const member = await newMember(team);
  assert.equal(await codeOf(start(member, { email_account_id: id })), "mailbox_of_another");
  const brought = finishing(await peer.consent(await start(member), { email }));
  assert.equal(await codeOf(member.emailAccounts.finishSignIn(brought)), "mailbox_of_another");
});

test("teams have clients and mailboxes of their own", async () => {
  const [ours, theirs] = [await newTeam(), await world.newTeam("Elsewhere")];
  const email = nextAddress();
  const mailbox = await signIn(ours.api, email);
  assert.equal(await codeOf(start(theirs.api)), "sign_in_not_set_up");
  assert.equal(
    (await theirs.api.signInClients.list()).sign_in_clients.some(({ is_set }) => is_set),
    false,
  );
  await theirs.api.signInClients.save({ provider: "google", ...SIGN_IN_CLIENT });
  const foreign = await refused(start(theirs.api, { email_account_id: mailbox.id }));
  assert.equal(foreign.status, 404);
  assert.notEqual((await signIn(theirs.api, email)).id, mailbox.id, "the address may be in both teams");
});

test("bad input is refused with a sentence", async () => {
  const { api } = await newTeam();
  const bad: (() => Promise<unknown>)[] = [
    () => api.signInClients.save({ provider: "google", client_id: "two words" }),
    () => api.signInClients.save({ provider: "google", tenant: "common" }),
    () => api.signInClients.save({ provider: "microsoft", tenant: "../../evil", client_secret: "s" }),
    () => api.signInClients.save({ provider: "microsoft", tenant: "x".repeat(400), client_secret: "s" }),
    () => api.signInClients.save({ provider: unchecked("yahoo"), client_id: "a", client_secret: "s" }),
    () => api.emailAccounts.startSignIn({ provider: unchecked("yahoo") }),
    () => api.emailAccounts.startSignIn({ provider: "google", login_hint: "nobody" }),
    () => api.emailAccounts.finishSignIn({ state: "x".repeat(5000) }),
  ];
  for (const [index, work] of bad.entries())
    assert.equal((await refused(work())).status, 422, `case ${index}`);
  const url = await start(api, { display_name: "\u0022><script>", ramp: null, email_daily_threshold: null });
  assert.ok(url.startsWith(peer.addresses.google.authorizeUrl));
});

test("a user's sign-ins that were not finished stay few, and are swept", async () => {
  const team = await newTeam();
  const first = finishing(await peer.consent(await start(team.api)));
  for (let times = 0; times < 12; times++) await start(team.api);
  const left = await asOwner(world, (client) =>
    client.query("select count(*)::int as count from mailbox_sign_ins where team_id = $1", [team.id]),
  );
  assert.equal(left.rows[0]?.count, 10);
  assert.equal(await codeOf(team.api.emailAccounts.finishSignIn(first)), "sign_in_unknown");
});

test("no secret of a sign-in is in the log or in the database", async () => {
  const team = await newTeam();
  const brought = await peer.consent(await start(team.api), { email: nextAddress() });
  await team.api.emailAccounts.finishSignIn(finishing(brought));
  const sent = peer.asked.at(-1);
  const rows = await asOwner(world, async (client) => {
    const signIns = await client.query("select t::text from mailbox_sign_ins t where team_id = $1", [
      team.id,
    ]);
    const clients = await client.query("select t::text from sign_in_clients t where team_id = $1", [team.id]);
    const mailboxes = await client.query("select t::text from mailboxes t where team_id = $1", [team.id]);
    return JSON.stringify([signIns.rows, clients.rows, mailboxes.rows]);
  });
  const log = world.logged.join("\n");
  for (const secret of [
    brought.code,
    brought.state,
    sent?.get("code_verifier"),
    SIGN_IN_CLIENT.client_secret,
  ]) {
    assert.ok(secret && secret.length > 10);
    assert.ok(!log.includes(secret) && !rows.includes(secret), secret.slice(0, 6));
  }
  assert.ok(!/access\.[0-9a-f]{24}|refresh\.[0-9a-f]{24}/.test(log + rows));
});
