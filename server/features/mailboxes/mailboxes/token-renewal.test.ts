// Tokens of mailboxes that signed in are renewed at a provider that takes each refresh token once, and ends all of them when one is
// used a second time.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../../testing/doors.ts";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { trustTestCertificates } from "../../../testing/post-office.ts";
import { alwaysOpen } from "../../../testing/sending.ts";
import { newContact, newSequence } from "../../../testing/sequenced.ts";
import { openSignInPeer, SIGN_IN_CLIENT, type TokenFault } from "../../../testing/sign-in-peer.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { openMailbox } from "./open-mailbox.ts";
import { findSealedMailbox } from "./store.ts";
import type { renewTokens } from "./token-renewal.ts";

trustTestCertificates();
const port = await freePort();
const publicUrl = `http://localhost:${port}`;
const peer = await openSignInPeer(() => `${publicUrl}/settings/mailboxes/signed-in`);
after(() => peer.close());

let team: Team;
const world = useWorld(
  {
    port,
    publicUrl,
    mailAllow: LOOPBACK,
    webhookAllow: LOOPBACK,
    signInAddresses: peer.addresses,
  },
  async (opened) => {
    team = await opened.newTeam();
    await team.api.signInClients.save({ provider: "google", ...SIGN_IN_CLIENT });
  },
);

let people = 0;
const nextAddress = () => `ines${++people}@norrland.example`;

async function signIn(email: string, mailboxId?: string) {
  const wish = { provider: "google" as const, ...(mailboxId && { email_account_id: mailboxId }) };
  const { sign_in } = await team.api.emailAccounts.startSignIn(wish);
  const { state = "", code = "" } = await peer.consent(sign_in.authorization_url, { email });
  return (await team.api.emailAccounts.finishSignIn({ state, code })).email_account;
}

/** Connected, and so long ago that its access token is over. */
async function oldMailbox() {
  const { id, email } = await signIn(nextAddress());
  await expire(id);
  return { id, email };
}

const expire = (id: string, at = "1 minute ago") =>
  asOwner(world, (client) =>
    client.query("update mailboxes set oauth_expires_at = $2::timestamptz where id = $1", [
      id,
      world.running.app
        .now()
        [at === "1 minute ago" ? "subtract" : "add"]({ minutes: at === "1 minute ago" ? 1 : 3 })
        .toString(),
    ]),
  );

const open = (id: string) => openMailbox(world.running.app, team.id, id);
const shown = async (id: string) =>
  (await team.api.emailAccounts.list()).email_accounts.find((one) => one.id === id);

async function stateOf(id: string) {
  const opened = await open(id);
  if (opened.kind !== "open") return opened.kind === "unreachable" ? opened.why : opened.kind;
  const { smtp } = opened.servers;
  return smtp && "login" in smtp && smtp.login?.kind === "oauth" ? smtp.login.accessToken : "no token";
}

test("a refresh token is used once: the new one is stored before anything signs in, and renews the next time", async () => {
  const { id, email } = await oldMailbox();
  const tokens = new Set<string>();
  for (let times = 0; times < 3; times++) {
    const token = await stateOf(id);
    assert.match(token, /^access\./);
    tokens.add(token);
    await team.api.emailAccounts.test({ id });
    await expire(id);
  }
  assert.equal(tokens.size, 3);
  const sent = peer.asked.map((form) => form.get("refresh_token")).filter(Boolean);
  assert.equal(new Set(sent).size, sent.length, "none was sent twice");
  assert.equal((await shown(id))?.email, email);
});

test("engines that notice at once ask one after the other, and one asks", async () => {
  const { id } = await oldMailbox();
  // As in another process: what one shares among its callers, the other does not see.
  const elsewhere = (await import(`./token-renewal.ts${"?another-engine"}`)) as {
    renewTokens: typeof renewTokens;
  };
  const mailbox = await world.running.app.db.inTeam(team.id, (db) => findSealedMailbox(db, team.id, id));
  assert.ok(mailbox);
  Object.assign(peer, { delayMs: 300, mostAtOnce: 0 });
  const asked = peer.asked.length;
  const [here, there] = await Promise.all([
    Promise.all([open(id), open(id)]),
    Promise.all([1, 2].map(() => elsewhere.renewTokens(world.running.app, team.id, mailbox))),
  ]);
  peer.delayMs = 0;
  assert.deepEqual([peer.mostAtOnce, peer.asked.length - asked], [1, 1]);
  assert.ok(here.every(({ kind }) => kind === "open"));
  assert.ok(there.every((one) => "mailbox" in one && one.mailbox?.isActive));
  assert.match(await stateOf(id), /^access\./);
});

test("an engine that died while it asked blocks the mailbox for a minute only", async () => {
  const { id } = await oldMailbox();
  const until = world.running.app.now().add({ seconds: 50 }).toString();
  await asOwner(world, (client) =>
    client.query("update mailboxes set oauth_renewing_until = $2 where id = $1", [id, until]),
  );
  const waiting = stateOf(id);
  await sleep(300);
  world.advance({ minutes: 1 });
  assert.match(await waiting, /^access\./);
});

test("with a token that is still good, nobody waits for the engine that renews it", async () => {
  const { id } = await signIn(nextAddress());
  const before = await stateOf(id);
  await expire(id, "in 3 minutes");
  const until = world.running.app.now().add({ seconds: 50 }).toString();
  await asOwner(world, (client) =>
    client.query("update mailboxes set oauth_renewing_until = $2 where id = $1", [id, until]),
  );
  assert.equal(await stateOf(id), before);
});

const PASSING: [string, TokenFault][] = [
  ["hangs up", "hang up"],
  ["fails", { status: 500, body: '{"error":"invalid_grant"}' }],
  ["is busy", { status: 503, body: "<html>" }],
  ["answers nonsense", { status: 200, body: "[]" }],
  ["answers without a token", { status: 200, body: '{"access_token":""}' }],
  ["knows another error", { status: 400, body: '{"error":"temporarily_unavailable"}' }],
  ["redirects", { status: 307, headers: { location: "http://127.0.0.1:9/" } }],
];

test("a token server that fails loses nothing: the mailbox stays connected and is renewed after a pause", async () => {
  const { id } = await oldMailbox();
  for (const [what, fault] of PASSING) {
    peer.faults.push(fault);
    assert.match(await stateOf(id), /^the token server of Google cannot be used now/, what);
    const asked = peer.asked.length;
    assert.match(await stateOf(id), /cannot be used now/, "it is left alone for a moment");
    assert.equal(peer.asked.length, asked, what);
    assert.equal((await shown(id))?.active, true);
    world.advance({ seconds: 61 });
    assert.match(await stateOf(id), /^access\./, what);
    await expire(id);
  }
});

test("a token server that never answers holds one renewal up, and no longer than a call may take", async () => {
  const { id } = await oldMailbox();
  peer.faults.push("silent");
  assert.match(await stateOf(id), /timed_out/);
  world.advance({ seconds: 61 });
  assert.match(await stateOf(id), /^access\./);
});

test("as long as the token lasts, a token server that fails is not noticed", async () => {
  const { id } = await signIn(nextAddress());
  const before = await stateOf(id);
  await expire(id, "in 3 minutes");
  peer.faults.push("hang up");
  assert.equal(await stateOf(id), before);
  world.advance({ seconds: 61 });
  assert.notEqual(await stateOf(id), before);
});

test("a token server that asks to wait is not asked before that, by any engine", async () => {
  const { id } = await oldMailbox();
  peer.faults.push({ status: 429, headers: { "retry-after": "600" }, body: '{"error":"slow_down"}' });
  assert.match(await stateOf(id), /slow_down/);
  const asked = peer.asked.length;
  world.advance({ minutes: 9 });
  assert.match(await stateOf(id), /slow_down/);
  assert.equal(peer.asked.length, asked);
  world.advance({ minutes: 2 });
  assert.match(await stateOf(id), /^access\./);
});

test("a revoked mailbox holds its emails, says why, and goes on after a new sign-in", async () => {
  const { id, email } = await oldMailbox();
  const sequence = await newSequence(team, { emailer_schedule_id: await alwaysOpen(team) });
  const wish = {
    id: sequence.id,
    contact_ids: [await newContact(team)],
    send_email_from_email_account_id: [id],
  };
  const joined = await team.api.joining.addContacts(wish);
  const enrollment = "enrollments" in joined ? (joined.enrollments[0]?.id ?? "") : "";
  const held = async () => (await team.api.explain.enrollment({ id: enrollment })).explain.held_by;
  const isHeld = async () => (await held()).some(({ code }) => code === "no_active_email_account");
  assert.equal(await isHeld(), false);

  peer.revoke(email);
  assert.equal(await stateOf(id), "closed");
  const asked = peer.asked.length;
  assert.equal(await stateOf(id), "closed");
  assert.equal(peer.asked.length, asked, "it is not asked again");
  const why = (await held()).find(({ code }) => code === "no_active_email_account");
  assert.match(
    JSON.stringify(why),
    new RegExp(`${email} is not connected: its provider rejects the sign-in. Sign in`),
  );
  assert.deepEqual([(await shown(id))?.active, (await shown(id))?.inactive_reason], [false, "sign in again"]);

  const back = await signIn(email, id);
  assert.deepEqual([back.id, back.active, back.inactive_reason], [id, true, null]);
  assert.equal(await isHeld(), false);
  assert.match(await stateOf(id), /^access\./);
});

test("a refresh token whose answer was lost asks to sign in again, and never doubles a mailbox", async () => {
  const { id, email } = await oldMailbox();
  peer.faults.push("lost");
  assert.match(await stateOf(id), /cannot be used now/);
  world.advance({ seconds: 61 });
  assert.equal(await stateOf(id), "closed", "the provider takes no refresh token twice");
  assert.equal((await signIn(email)).id, id);
  assert.match(await stateOf(id), /^access\./);
});

test("a secret that the provider rejects holds all mailboxes, and a new one frees them without a new sign-in", async () => {
  const { id } = await oldMailbox();
  peer.client.client_secret = "renewed-at-the-provider";
  assert.match(await stateOf(id), /rejects the team's sign-in client \(invalid_client\)/);
  assert.equal((await shown(id))?.active, true);
  await team.api.signInClients.save({ provider: "google", client_secret: peer.client.client_secret });
  assert.match(await stateOf(id), /^access\./);
  peer.client.client_secret = SIGN_IN_CLIENT.client_secret;
  await team.api.signInClients.save({ provider: "google", ...SIGN_IN_CLIENT });
});

test("without the client its mailboxes wait, and with the same client they go on", async () => {
  const { id } = await oldMailbox();
  await team.api.signInClients.delete({ provider: "google" });
  assert.match(await stateOf(id), /sign-in client for Google was deleted/);
  await team.api.signInClients.save({ provider: "google", ...SIGN_IN_CLIENT });
  assert.match(await stateOf(id), /^access\./);
});

test("with another client ID, mailboxes of the old one ask to sign in again", async () => {
  const { id } = await oldMailbox();
  peer.client.client_id = "app-2.example";
  await team.api.signInClients.save({ provider: "google", ...peer.client });
  assert.equal(await stateOf(id), "closed");
  assert.equal((await shown(id))?.inactive_reason, "sign in again");
  peer.client.client_id = SIGN_IN_CLIENT.client_id;
  await team.api.signInClients.save({ provider: "google", ...SIGN_IN_CLIENT });
});

test("a sign-in while old tokens are being renewed is not undone by their answer", async () => {
  const { id, email } = await oldMailbox();
  peer.delayMs = 400;
  const renewing = stateOf(id);
  await sleep(100);
  peer.delayMs = 0;
  await signIn(email, id);
  const after = await stateOf(id);
  await renewing;
  assert.equal(await stateOf(id), after);
  assert.equal((await shown(id))?.active, true);
});
