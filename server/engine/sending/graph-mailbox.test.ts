// Emails of a mailbox that is connected by Microsoft Graph go out once each, whichever call to Graph fails and however.

import assert from "node:assert/strict";
import { test } from "node:test";
import { tryAttempts } from "../../testing/api-attempts.ts";
import { GRAPH, usingTokens } from "../../testing/api-mailboxes.ts";
import type { GraphCall, GraphFault } from "../../testing/graph-peer.ts";

const using = await usingTokens(GRAPH, { engineLoops: 4 });
const { peer, enroll, rowsOf, allSent, noneTwice } = using;

test("emails go out by Graph as drafts of our own bytes, and are known by the id that Exchange gave them", async () => {
  const mailbox = await using.mailbox();
  assert.equal(mailbox.account.connected_by, "microsoft_graph");
  mailbox.box.renames = true;
  await enroll(mailbox.id, 3);
  await allSent(mailbox.id, 3);
  noneTwice(mailbox.email, 3);
  const rows = await rowsOf(mailbox.id);
  assert.deepEqual(
    new Set(rows.map((row) => row.provider_message_id)),
    new Set(mailbox.box.delivered.map(({ messageId }) => messageId)),
  );
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
    const mailbox = await using.mailbox();
    peer.faults.length = 0;
    for (const at of CALLS.filter((call) => call !== "inbox" && call !== "value" && call !== "remove"))
      peer.faults.push({ at, how }, { at, how });
    await enroll(mailbox.id, 6);
    await allSent(mailbox.id, 6);
    assert.deepEqual(peer.faults, [], "each fault was met");
    noneTwice(mailbox.email, 6);
  });

tryAttempts(using, (of) => {
  peer.watch = ({ call, fault }) => {
    if (call === "send" && fault === "lost") peer.faults.push({ at: "state", how: "nonsense", of });
  };
});
