// Emails of a mailbox that is connected by Microsoft Graph go out once each, whichever call to Graph fails and however.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { type GraphCall, type GraphFault, openGraphPeer } from "../../testing/graph-peer.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { alwaysOpen, until } from "../../testing/sending.ts";
import { MAIL_STEP, newContacts, newSequence } from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";

const TOKENS = new Map<string, string>();
const peer = await openGraphPeer((token) => TOKENS.get(token) ?? null);
after(() => peer.close());

let team: Team;
const world = useWorld({ engineLoops: 4, webhookAllow: LOOPBACK, graphUrl: peer.url }, async (opened) => {
  team = await opened.newTeam();
});

const sql = (text: string, params: unknown[]) => asOwner(world, (client) => client.query(text, params));

let boxes = 0;

async function graphMailbox() {
  const email = `graph${++boxes}@norrland.example`;
  TOKENS.set(`token-${boxes}`, email);
  const { email_account } = await team.api.emailAccounts.create({
    email,
    type: "microsoft",
    connected_by: "microsoft_graph",
    oauth: { access_token: `token-${boxes}` },
    max_outbound_emails_per_hour: null,
    seconds_delay_between_emails: null,
    email_daily_threshold: null,
  });
  return { id: email_account.id, email, box: peer.boxOf(email), account: email_account };
}

async function enroll(mailbox: string, count: number) {
  const { id } = await newSequence(team, {
    emailer_schedule_id: await alwaysOpen(team),
    emailer_steps: [MAIL_STEP],
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

type Row = { delivery: string; provider_message_id: string | null; server_said: string | null };

async function rowsOf(mailboxId: string) {
  const { rows } = await sql(
    "select delivery, provider_message_id, server_said from messages where mailbox_id = $1",
    [mailboxId],
  );
  return rows as Row[];
}

/** Time goes on until all are sent: pauses after faults are over, and doubts are old enough. */
const allSent = (mailboxId: string, count: number) =>
  until(async () => {
    const rows = await rowsOf(mailboxId);
    if (rows.length === count && rows.every(({ delivery }) => delivery === "sent")) return true;
    world.advance({ minutes: 1 });
    await sql("update mailboxes set backoff_until = null, reading_at = null where id = $1", [mailboxId]);
    return false;
  });

function noneTwice({ box }: Awaited<ReturnType<typeof graphMailbox>>, count: number) {
  const to = box.delivered.flatMap((one) => one.to);
  assert.equal(new Set(to).size, to.length, "none twice");
  assert.equal(to.length, count, "none lost");
}

test("emails go out by Graph as drafts of our own bytes, and are known by the id that Exchange gave them", async () => {
  const mailbox = await graphMailbox();
  assert.equal(mailbox.account.connected_by, "microsoft_graph");
  mailbox.box.renames = true;
  await enroll(mailbox.id, 3);
  await allSent(mailbox.id, 3);
  noneTwice(mailbox, 3);
  const rows = await rowsOf(mailbox.id);
  assert.deepEqual(
    new Set(rows.map((row) => row.provider_message_id)),
    new Set(mailbox.box.delivered.map(({ messageId }) => messageId)),
  );
  assert.equal(mailbox.box.in("drafts").length, 0);
  assert.match(mailbox.box.delivered[0]?.raw.toString() ?? "", /^List-Unsubscribe-Post: /m);
});

const CALLS: GraphCall[] = ["find", "create", "state", "send", "remove", "inbox", "delta", "value"];
const FAULTS: [string, GraphFault][] = [
  ["is cut off before it has an effect", "hang up"],
  ["has its effect and loses its answer", "lost"],
  ["has its effect and says that it failed", "failed after"],
  ["is answered with nonsense", "nonsense"],
  ["is refused for a while", { status: 429, code: "ApplicationThrottled", headers: { "retry-after": "30" } }],
  ["meets a busy server", { status: 503, code: "ErrorServerBusy" }],
];

for (const [what, how] of FAULTS)
  test(`no email is lost or sent twice where each call ${what}`, async () => {
    const mailbox = await graphMailbox();
    peer.faults.length = 0;
    for (const at of CALLS.filter((call) => call !== "inbox" && call !== "value" && call !== "remove"))
      peer.faults.push({ at, how }, { at, how });
    await enroll(mailbox.id, 6);
    await allSent(mailbox.id, 6);
    assert.deepEqual(peer.faults, [], "each fault was met");
    noneTwice(mailbox, 6);
    assert.equal(mailbox.box.in("drafts").length, 0, "no draft is left for a person to send");
  });
