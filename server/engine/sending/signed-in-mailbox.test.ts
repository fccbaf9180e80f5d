// Emails of a mailbox that signed in go out once each, whatever its provider's token server does meanwhile.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { freePort } from "../../testing/doors.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { trustTestCertificates } from "../../testing/post-office.ts";
import { alwaysOpen, until } from "../../testing/sending.ts";
import { MAIL_STEP, newContacts, newSequence } from "../../testing/sequenced.ts";
import { openSignInPeer, SIGN_IN_CLIENT } from "../../testing/sign-in-peer.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";

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
    engineLoops: 4,
    mailAllow: LOOPBACK,
    webhookAllow: LOOPBACK,
    signInAddresses: peer.addresses,
  },
  async (opened) => {
    peer.clock = () => opened.running.app.now().epochMilliseconds;
    team = await opened.newTeam();
    await team.api.signInClients.save({ provider: "google", ...SIGN_IN_CLIENT });
  },
);

const sql = (text: string, params: unknown[]) => asOwner(world, (client) => client.query(text, params));

async function signIn(email: string) {
  const { sign_in } = await team.api.emailAccounts.startSignIn({
    provider: "google",
    email_daily_threshold: null,
  });
  const { state = "", code = "" } = await peer.consent(sign_in.authorization_url, { email });
  return (await team.api.emailAccounts.finishSignIn({ state, code })).email_account.id;
}

/** Without limits, and not read: what is tested is sending. */
async function freed(id: string) {
  const limits = { max_outbound_emails_per_hour: null, seconds_delay_between_emails: null };
  await team.api.emailAccounts.update({ id, ...limits, imap: null, test: false });
}

const expire = (id: string) =>
  sql("update mailboxes set oauth_expires_at = now() - interval '1 minute' where id = $1", [id]);

/** Their first email is due in ten minutes. */
async function enroll(mailbox: string, count: number) {
  const { id } = await newSequence(team, {
    emailer_schedule_id: await alwaysOpen(team),
    emailer_steps: [{ ...MAIL_STEP, wait_time: 10 }],
  });
  const contact_ids = await newContacts(team, count);
  await team.api.joining.addContacts({
    id,
    contact_ids,
    send_email_from_email_account_id: [mailbox],
    sequence_unverified_email: true,
  });
}

/** Time goes on until so many were taken: pauses after faults are over. */
const delivered = (id: string, count: number) =>
  until(async () => {
    if (peer.delivered.length >= count) return true;
    world.advance({ seconds: 30 });
    await sql("update mailboxes set backoff_until = null where id = $1", [id]);
    return false;
  });

test("faults of the token server delay emails, and none is lost or sent twice", async () => {
  const id = await signIn("ines@norrland.example");
  await freed(id);
  await enroll(id, 6);
  await expire(id);
  peer.faults.push("hang up", { status: 500 }, { status: 200, body: "nonsense" });
  world.advance({ minutes: 10 });
  await delivered(id, 6);
  assert.deepEqual(peer.faults, [], "each fault was met");
  assert.equal(new Set(peer.delivered).size, 6);
  assert.equal(peer.delivered.length, 6);
});

test("a revoked mailbox sends nothing until someone signs in again, and then each email once", async () => {
  const email = "frida@norrland.example";
  const id = await signIn(email);
  await freed(id);
  const before = peer.delivered.length;
  // Enrolled before: a read of the mailbox may still be under way, and it too finds the rejection.
  await enroll(id, 4);
  await expire(id);
  peer.revoke(email);
  world.advance({ minutes: 10 });
  await until(async () => {
    const { email_accounts } = await team.api.emailAccounts.list();
    return email_accounts.find((one) => one.id === id)?.inactive_reason === "sign in again";
  });
  assert.equal(peer.delivered.length, before);
  const { explain } = await team.api.explain.mailbox({ id });
  assert.match(explain.sentence, /its provider rejects the sign-in\. Sign in to it again/);
  assert.equal(await signIn(email), id);
  await freed(id);
  await delivered(id, before + 4);
  assert.equal(peer.delivered.length, before + 4);
  assert.equal(new Set(peer.delivered).size, before + 4);
});
