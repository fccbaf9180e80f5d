// What the Gmail API refuses: of the email, of the mailbox for a while, or of the sign-in.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { freePort } from "../../testing/doors.ts";
import { type GmailFault, openGmailPeer } from "../../testing/gmail-peer.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { trustTestCertificates } from "../../testing/post-office.ts";
import { alwaysOpen, until } from "../../testing/sending.ts";
import { MAIL_STEP, newContacts, newSequence } from "../../testing/sequenced.ts";
import { openSignInPeer, SIGN_IN_CLIENT } from "../../testing/sign-in-peer.ts";
import { asOwner } from "../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../testing/world.ts";

trustTestCertificates();
const port = await freePort();
const publicUrl = `http://localhost:${port}`;
const signIns = await openSignInPeer(() => `${publicUrl}/settings/mailboxes/signed-in`);
after(() => signIns.close());
const peer = await openGmailPeer((token) => signIns.userOf(token));
after(() => peer.close());

let team: Team;
const world = useWorld(
  {
    port,
    publicUrl,
    engineLoops: 4,
    mailAllow: LOOPBACK,
    webhookAllow: LOOPBACK,
    signInAddresses: signIns.addresses,
    gmailUrl: peer.url,
  },
  async (opened) => {
    signIns.clock = () => opened.running.app.now().epochMilliseconds;
    team = await opened.newTeam();
    await team.api.signInClients.save({ provider: "google", ...SIGN_IN_CLIENT });
  },
);

const sql = (text: string, params: unknown[]) => asOwner(world, (client) => client.query(text, params));

let people = 0;

async function signedIn(email = `ines${++people}@norrland.example`) {
  const { sign_in } = await team.api.emailAccounts.startSignIn({
    provider: "google",
    connected_by: "gmail_api",
    email_daily_threshold: null,
  });
  const { state = "", code = "" } = await signIns.consent(sign_in.authorization_url, { email });
  const { email_account } = await team.api.emailAccounts.finishSignIn({ state, code });
  await team.api.emailAccounts.update({
    id: email_account.id,
    max_outbound_emails_per_hour: null,
    seconds_delay_between_emails: null,
  });
  return { id: email_account.id, email, box: peer.boxOf(email), url: new URL(sign_in.authorization_url) };
}

async function enroll(mailbox: string, count = 1) {
  const { id } = await newSequence(team, {
    emailer_schedule_id: await alwaysOpen(team),
    emailer_steps: [MAIL_STEP],
  });
  await team.api.joining.addContacts({
    id,
    contact_ids: await newContacts(team, count),
    send_email_from_email_account_id: [mailbox],
    sequence_unverified_email: true,
  });
}

async function mailboxRow(id: string) {
  const { rows } = await sql("select * from mailboxes where id = $1", [id]);
  return rows[0] as Record<string, unknown>;
}

async function messageRow(mailboxId: string) {
  const { rows } = await sql("select * from messages where mailbox_id = $1", [mailboxId]);
  return (rows[0] ?? {}) as Record<string, unknown>;
}

async function goOn(id: string) {
  world.advance({ minutes: 1 });
  await sql("update mailboxes set reading_at = null where id = $1 and reading_engine is null", [id]);
}

test("people are asked for no more than the API needs, and the mailbox is tested with it", async () => {
  const { id, url, email: of } = await signedIn();
  const wanted =
    "https://www.googleapis.com/auth/gmail.compose https://www.googleapis.com/auth/gmail.readonly openid email";
  assert.equal(url.searchParams.get("scope"), wanted);
  const { email_account } = await team.api.emailAccounts.test({ id });
  assert.equal(email_account.connected_by, "gmail_api");
  peer.faults.push({ at: "profile", of, how: { status: 400, reason: "failedPrecondition" } });
  assert.equal((await refused(team.api.emailAccounts.test({ id }))).code, "gmail_unreachable");
  peer.faults.push({ at: "profile", of, how: { status: 403, reason: "accessNotConfigured" } });
  assert.equal((await refused(team.api.emailAccounts.test({ id }))).code, "gmail_auth_failed");
});

test("an account that Google lets in by neither SMTP nor IMAP is connected by the API, unless it was told otherwise", async () => {
  const told = { provider: "google", email_daily_threshold: null } as const;
  const finish = async (url: string, email: string) => {
    const { state = "", code = "" } = await signIns.consent(url, { email });
    return team.api.emailAccounts.finishSignIn({ state, code });
  };
  signIns.letsIn = false;
  const first = await team.api.emailAccounts.startSignIn(told);
  assert.match(first.sign_in.authorization_url, /mail\.google\.com/);
  const { email_account } = await finish(first.sign_in.authorization_url, "shut@norrland.example");
  assert.equal(email_account.connected_by, "gmail_api");
  const second = await team.api.emailAccounts.startSignIn({ ...told, connected_by: "smtp_imap" });
  const { code } = await refused(finish(second.sign_in.authorization_url, "shut2@norrland.example"));
  assert.match(String(code), /^(?:smtp|imap)_auth_failed$/);
  signIns.letsIn = true;
});

const OF_THE_MAIL = [
  ["create", { status: 400, reason: "invalidArgument", message: "Invalid To header" }],
  ["send", { status: 400, reason: "invalidArgument", message: "Recipient address required" }],
  ["create", { status: 413, reason: "uploadTooLarge" }],
  ["send", { status: 400, reason: "invalidArgument" }],
] as const;

for (const [at, how] of OF_THE_MAIL)
  test(`an email that is refused as ${how.reason} with ${how.status} at ${at} has failed, and no draft of it is left`, async () => {
    const { id, box, email: of } = await signedIn();
    peer.faults.push({ at, how, of });
    await enroll(id);
    await until(async () => {
      await goOn(id);
      return (await messageRow(id)).delivery === "failed";
    });
    assert.match(String((await messageRow(id)).failure_reason), new RegExp(how.reason));
    assert.deepEqual([box.delivered.length, box.drafts.size], [0, 0]);
  });

const UNTIL_WHEN = "User-rate limit exceeded.  Retry after 2050-01-01T00:00:00.000Z (Mail sending)";
const LIMITS: [string, GmailFault][] = [
  ["dailyLimitExceeded", { status: 403, reason: "dailyLimitExceeded" }],
  ["userRateLimitExceeded", { status: 429, reason: "userRateLimitExceeded", message: UNTIL_WHEN }],
  ["rateLimitExceeded", { status: 403, reason: "rateLimitExceeded", headers: { "retry-after": "900" } }],
];

for (const [reason, how] of LIMITS)
  test(`a mailbox whose limit is reached (${reason}) waits as long as it is told, says so, and then sends`, async () => {
    const { id, box, email: of } = await signedIn();
    peer.faults.push({ at: "send", of, how });
    await enroll(id);
    await until(async () => (await mailboxRow(id)).backoff_until);
    const row = await mailboxRow(id);
    assert.match(String(row.backoff_reason), new RegExp(reason));
    const restsMs = Number(row.backoff_until) - world.running.app.now().epochMilliseconds;
    assert.ok(restsMs > 600_000, `${restsMs}`);
    assert.equal(row.is_active, true);
    await sql("update mailboxes set backoff_until = null where id = $1", [id]);
    await until(async () => {
      await goOn(id);
      return box.delivered.length === 1;
    });
  });

for (const at of ["drafts", "create", "send"] as const)
  test(`a token that Google refuses before its time (${at}) is renewed once, and the email goes out once`, async () => {
    const { id, box, email: of } = await signedIn();
    peer.faults.push({ at, of, how: { status: 401, reason: "authError" } });
    const asked = signIns.asked.length;
    await enroll(id);
    await until(async () => {
      await goOn(id);
      return (await messageRow(id)).delivery === "sent";
    });
    assert.deepEqual([box.delivered.length, box.drafts.size], [1, 0]);
    const renewed = signIns.asked.slice(asked).filter((form) => form.get("grant_type") === "refresh_token");
    assert.equal(renewed[0]?.get("scope"), null);
  });

test("a mailbox whose access was taken back holds its emails, with the reason", async () => {
  const { id, email, box } = await signedIn();
  // Nobody can be enrolled from a mailbox whose access was taken back: the email is there before, and waits.
  await sql("update mailboxes set backoff_until = 'infinity' where id = $1", [id]);
  await enroll(id);
  signIns.revoke(email);
  await sql("update mailboxes set backoff_until = null where id = $1", [id]);
  await until(async () => {
    await goOn(id);
    return (await mailboxRow(id)).is_active === false;
  });
  assert.equal((await mailboxRow(id)).inactive_reason, "sign in again");
  assert.equal(box.delivered.length, 0);
  const again = await signedIn(email);
  assert.equal(again.id, id);
  await until(async () => {
    await goOn(id);
    return box.delivered.length === 1;
  });
});

test("a copy goes to its own recipient alone", async () => {
  const { id, box } = await signedIn();
  await enroll(id);
  await sql("update messages set cc_emails = '{lea@kraft.example}' where mailbox_id = $1", [id]);
  await until(async () => {
    await goOn(id);
    return box.delivered.length >= 1;
  });
  for (const { to } of box.delivered) assert.equal(to.length, 1);
});

test("only mailboxes of Google are connected by its API, and without servers", async () => {
  const oauth = { access_token: "t" };
  const wish = { email: "x@norrland.example", connected_by: "gmail_api", oauth } as const;
  assert.equal((await refused(team.api.emailAccounts.create(wish))).code, "gmail_not_at_google");
  const smtp = { host: "mail.example", port: 465 };
  const both = refused(team.api.emailAccounts.create({ ...wish, type: "gmail", smtp }));
  assert.equal((await both).code, "graph_without_servers");
  const microsoft = { provider: "microsoft", connected_by: "gmail_api" } as const;
  await team.api.signInClients.save({ provider: "microsoft", ...SIGN_IN_CLIENT });
  assert.equal((await refused(team.api.emailAccounts.startSignIn(microsoft))).code, "gmail_not_at_google");
});
