// Emails of a mailbox that is connected by the Gmail API go out once each, whichever call to Google fails and however.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { GMAIL_CALLS, type GmailCall, type GmailFault, openGmailPeer } from "../../testing/gmail-peer.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { alwaysOpen, until } from "../../testing/sending.ts";
import { MAIL_STEP, newContacts, newSequence } from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";

const TOKENS = new Map<string, string>();
const peer = await openGmailPeer((token) => TOKENS.get(token) ?? null);
after(() => peer.close());

let team: Team;
const world = useWorld({ engineLoops: 4, webhookAllow: LOOPBACK, gmailUrl: peer.url }, async (opened) => {
  team = await opened.newTeam();
});

const sql = (text: string, params: unknown[]) => asOwner(world, (client) => client.query(text, params));

type StepWish = NonNullable<Parameters<typeof newSequence>[1]>["emailer_steps"] extends
  | (infer One)[]
  | undefined
  ? One
  : never;

let boxes = 0;

async function gmailMailbox() {
  const email = `gmail${++boxes}@norrland.example`;
  TOKENS.set(`token-${boxes}`, email);
  const { email_account } = await team.api.emailAccounts.create({
    email,
    type: "gmail",
    connected_by: "gmail_api",
    oauth: { access_token: `token-${boxes}` },
    max_outbound_emails_per_hour: null,
    seconds_delay_between_emails: null,
    email_daily_threshold: null,
  });
  return { id: email_account.id, email, box: peer.boxOf(email), account: email_account };
}

async function enroll(mailbox: string, count: number, steps: StepWish[] = [MAIL_STEP]) {
  const { id } = await newSequence(team, {
    emailer_schedule_id: await alwaysOpen(team),
    emailer_steps: steps,
  });
  const contact_ids = await newContacts(team, count);
  await team.api.joining.addContacts({
    id,
    contact_ids,
    send_email_from_email_account_id: [mailbox],
    sequence_unverified_email: true,
  });
  return id;
}

type Row = { delivery: string; provider_message_id: string | null; provider_thread_id: string | null };

async function rowsOf(mailboxId: string) {
  const { rows } = await sql(
    "select delivery, provider_message_id, provider_thread_id from messages where mailbox_id = $1",
    [mailboxId],
  );
  return rows as Row[];
}

/** Time goes on until all are sent: pauses after faults are over, and doubts are old enough. */
const allSent = (mailboxId: string, count: number) =>
  until(async () => {
    const rows = await rowsOf(mailboxId);
    if (rows.length >= count && rows.filter(({ delivery }) => delivery === "sent").length >= count)
      return true;
    world.advance({ minutes: 1 });
    await sql("update mailboxes set backoff_until = null, reading_at = null where id = $1", [mailboxId]);
    return false;
  });

function noneTwice({ box }: Awaited<ReturnType<typeof gmailMailbox>>, count: number) {
  const to = box.delivered.flatMap((one) => one.to);
  assert.equal(new Set(to).size, to.length, "none twice");
  assert.equal(to.length, count, "none lost");
  assert.equal(box.drafts.size, 0, "no draft is left for a person to send");
}

test("emails go out as drafts of our own bytes, and are known by the Message-ID and thread that Gmail gave them", async () => {
  const mailbox = await gmailMailbox();
  assert.equal(mailbox.account.connected_by, "gmail_api");
  await enroll(mailbox.id, 3);
  await allSent(mailbox.id, 3);
  noneTwice(mailbox, 3);
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
  const mailbox = await gmailMailbox();
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
      const mailbox = await gmailMailbox();
      const provoked = PROVOKED[at];
      if (provoked) peer.faults.push({ at: provoked, how: "lost", of: mailbox.email });
      peer.faults.push({ at, how, of: mailbox.email });
      await enroll(mailbox.id, 2);
      await allSent(mailbox.id, 2);
      noneTwice(mailbox, 2);
      if (at !== "metadata" && at !== "messages")
        assert.ok(!peer.faults.some(({ of }) => of === mailbox.email), `${at}: the fault was met`);
    }
    peer.faults.length = 0;
  });

test("what the provider's search cannot tell stays in doubt, and is not sent again", async () => {
  const mailbox = await gmailMailbox();
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
  noneTwice(mailbox, 1);
});
