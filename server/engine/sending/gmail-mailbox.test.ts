// Emails of a mailbox that is connected by the Gmail API go out once each, whichever call to Google fails and however.

import assert from "node:assert/strict";
import { test } from "node:test";
import { tryAttempts } from "../../testing/api-attempts.ts";
import { GMAIL, usingTokens } from "../../testing/api-mailboxes.ts";
import { GMAIL_CALLS, type GmailCall, type GmailFault } from "../../testing/gmail-peer.ts";
import { until } from "../../testing/sending.ts";
import { MAIL_STEP } from "../../testing/sequenced.ts";

const using = await usingTokens(GMAIL, { engineLoops: 4 });
const { world, peer, enroll, rowsOf, allSent, noneTwice } = using;

test("emails go out as drafts of our own bytes, and are known by the Message-ID and thread that Gmail gave them", async () => {
  const mailbox = await using.mailbox();
  assert.equal(mailbox.account.connected_by, "gmail_api");
  await enroll(mailbox.id, 3);
  await allSent(mailbox.id, 3);
  noneTwice(mailbox.email, 3);
  const rows = await rowsOf(mailbox.id);
  assert.deepEqual(
    new Set(rows.map((row) => row.provider_message_id)),
    new Set(mailbox.box.delivered.map(({ messageId }) => messageId)),
  );
  const threads = mailbox.box.under("SENT", "").map(({ threadId }) => BigInt(`0x${threadId}`).toString());
  assert.deepEqual(new Set(rows.map((row) => row.provider_thread_id)), new Set(threads));
  assert.match(mailbox.box.delivered[0]?.raw.toString() ?? "", /^List-Unsubscribe-Post: /m);
});

test("a later email goes on in the thread of the first one, and answers the id that Gmail gave it", async () => {
  const mailbox = await using.mailbox();
  const touches = MAIL_STEP.emailer_touches.map((one) => ({ ...one, type: "reply_to_thread" as const }));
  const later = { ...MAIL_STEP, emailer_touches: touches, wait_time: 30 };
  await enroll(mailbox.id, 1, [MAIL_STEP, later]);
  await allSent(mailbox.id, 2);
  const [first, second] = mailbox.box.delivered;
  assert.match(second?.raw.toString() ?? "", new RegExp(`^In-Reply-To: ${first?.messageId}`, "m"));
  assert.equal(new Set(mailbox.box.under("SENT", "").map(({ threadId }) => threadId)).size, 1);
});

/** Those that sending makes. Reading is tried in engine/receiving/gmail-mailbox.test.ts. */
const OF_SENDING: GmailCall[] = GMAIL_CALLS.filter((call) => !["raw", "history", "profile"].includes(call));
/** These are made only after something went wrong. */
const PROVOKED: Partial<Record<GmailCall, GmailCall>> = {
  draft: "send",
  thread: "send",
  messages: "send",
  remove: "create",
};
const FAULTS: [string, GmailFault][] = [
  ["is cut off before it has an effect", "hang up"],
  ["has its effect and loses its answer", "lost"],
  ["has its effect and says that it failed", "failed after"],
  ["is answered with nonsense", "nonsense"],
  ["is slow", "slow"],
  ["is refused for a while", { status: 429, reason: "rateLimitExceeded", headers: { "retry-after": "30" } }],
  ["is refused by a quota", { status: 403, reason: "userRateLimitExceeded" }],
  ["meets a busy server", { status: 503, reason: "backendError" }],
];

for (const [what, how] of FAULTS)
  test(`no email is lost or sent twice where each call ${what}`, async () => {
    for (const at of OF_SENDING) {
      const mailbox = await using.mailbox();
      const provoked = PROVOKED[at];
      if (provoked) peer.faults.push({ at: provoked, how: "lost", of: mailbox.email });
      peer.faults.push({ at, how, of: mailbox.email });
      await enroll(mailbox.id, 2);
      await allSent(mailbox.id, 2);
      noneTwice(mailbox.email, 2);
      if (at !== "metadata" && at !== "messages")
        assert.ok(!peer.faults.some(({ of }) => of === mailbox.email), `${at}: the fault was met`);
    }
    peer.faults.length = 0;
  });

test("what the provider's search cannot tell stays in doubt, and is not sent again", async () => {
  const mailbox = await using.mailbox();
  peer.faults.push({ at: "send", how: "lost", of: mailbox.email });
  for (let n = 0; n < 400; n++) peer.faults.push({ at: "draft", how: "nonsense", of: mailbox.email });
  await enroll(mailbox.id, 1);
  await until(async () => (await rowsOf(mailbox.id)).some(({ delivery }) => delivery === "unconfirmed"));
  for (let n = 0; n < 20; n++) {
    world.advance({ minutes: 2 });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.deepEqual(
    (await rowsOf(mailbox.id)).map(({ delivery }) => delivery),
    ["unconfirmed"],
  );
  assert.equal(mailbox.box.delivered.length, 1);
  peer.faults.length = 0;
  await allSent(mailbox.id, 1);
  noneTwice(mailbox.email, 1);
});

tryAttempts(using, (of) => {
  peer.watch = ({ call, fault }) => {
    if (call === "send" && fault === "lost") peer.faults.push({ at: "draft", how: "nonsense", of });
  };
});
