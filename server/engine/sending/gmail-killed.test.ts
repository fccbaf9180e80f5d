// Engines that die at each point of sending by the Gmail API: the engine after them finds out what became of every draft.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { startEngineProcess } from "../../testing/engine-process.ts";
import { openGmailPeer } from "../../testing/gmail-peer.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { alwaysOpen, until } from "../../testing/sending.ts";
import { MAIL_STEP, newContacts, newSequence } from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { useWorld } from "../../testing/world.ts";

const EMAIL = "killed@norrland.example";
const peer = await openGmailPeer((token) => (token === "token" ? EMAIL : null));
after(() => peer.close());
const world = useWorld({ webhookAllow: LOOPBACK, gmailUrl: peer.url }); // engines are processes of their own

const POINTS = [
  ...["after-claim", "after-connect", "after-auth", "after-rcpt", "after-body", "gate-before-commit"],
  ...["gate-after-commit", "dot-written", "reply-read", "result-before-commit", "result-after-commit"],
];
const EACH = 3;

test("engines that are killed at each point of sending lose no email and send none twice", async () => {
  const team = await world.newTeam();
  const { email_account } = await team.api.emailAccounts.create({
    email: EMAIL,
    type: "gmail",
    connected_by: "gmail_api",
    oauth: { access_token: "token" },
    max_outbound_emails_per_hour: null,
    seconds_delay_between_emails: null,
    email_daily_threshold: null,
  });
  const { id } = await newSequence(team, {
    emailer_schedule_id: await alwaysOpen(team),
    emailer_steps: [MAIL_STEP],
  });
  const clockFile = join(world.running.app.config.dataDir, "clock");
  writeFileSync(clockFile, "0");
  const env = {
    CADENZA_TEST_SEAMS: "1",
    CADENZA_CLOCK_FILE: clockFile,
    CADENZA_ENGINE_LOOPS: "2",
    CADENZA_IMAP_POLL_MS: "1000",
    CADENZA_WEBHOOK_ALLOW: "127.0.0.1",
    CADENZA_GMAIL_API_URL: peer.url,
  };
  for (const point of POINTS) {
    await team.api.joining.addContacts({
      id,
      contact_ids: await newContacts(team, EACH),
      send_email_from_email_account_id: [email_account.id],
      sequence_unverified_email: true,
    });
    const engine = startEngineProcess(world, { ...env, CADENZA_CRASH: `${point}=kill` });
    after(() => engine.stop());
    assert.equal(await engine.ended, "SIGKILL", point);
  }
  writeFileSync(clockFile, String(20 * 60_000)); // what is still a draft was not sent
  const last = startEngineProcess(world, env);
  after(() => last.stop());
  const count = POINTS.length * EACH;
  await until(async () => {
    const { rows } = await asOwner(world, (client) =>
      client.query("select count(*)::int as sent from messages where team_id = $1 and delivery = 'sent'", [
        team.id,
      ]),
    );
    return rows[0].sent === count;
  });
  const to = peer.boxOf(EMAIL).delivered.flatMap((one) => one.to);
  assert.equal(new Set(to).size, to.length, "none twice");
  assert.equal(to.length, count, "none lost");
  assert.equal(peer.boxOf(EMAIL).drafts.size, 0, "no draft is left for a person to send");
});
