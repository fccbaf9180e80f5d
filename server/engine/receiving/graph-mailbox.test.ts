// A mailbox that is connected by Microsoft Graph is read as by IMAP: each email once, before anything goes out.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openGraphPeer } from "../../testing/graph-peer.ts";
import { type Mailed, mailed, replyTo } from "../../testing/incoming.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { until } from "../../testing/sending.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";

const TOKENS = new Map<string, string>();
const peer = await openGraphPeer((token) => TOKENS.get(token) ?? null);
after(() => peer.close());

let team: Team;
const world = useWorld(
  { engineLoops: 2, imapPollMs: 200, webhookAllow: LOOPBACK, graphUrl: peer.url },
  async (opened) => {
    team = await opened.newTeam();
  },
);

const sql = (text: string, params: unknown[]) => asOwner(world, (client) => client.query(text, params));

let made = 0;

async function person() {
  const email = `reader${++made}@norrland.example`;
  TOKENS.set(`token-${made}`, email);
  const oauth = { access_token: `token-${made}` };
  const own = { email, type: "microsoft", connected_by: "microsoft_graph", oauth, smtp: undefined } as const;
  return mailed(world, team, { mailbox: own });
}

type Row = { content_key: string; subject: string | null };

async function readOf({ mailboxId }: Mailed) {
  await sql("update mailboxes set reading_at = null where id = $1 and reading_engine is null", [mailboxId]);
  const { rows } = await sql("select * from incoming_mails where mailbox_id = $1 order by received_at", [
    mailboxId,
  ]);
  return rows as Row[];
}

const allRead = (one: Mailed, count: number) =>
  until(async () => {
    const rows = await readOf(one);
    return rows.length >= count && rows;
  });

const answer = (one: Mailed, n: number) => Buffer.from(replyTo(one, `Answer ${n}`));

test("a reply stops the sequence, and one in the junk folder does too", async () => {
  const [one, other] = [await person(), await person()];
  peer.deliver(one.mailboxEmail, answer(one, 1));
  peer.deliver(other.mailboxEmail, answer(other, 1), "junkemail");
  for (const { contactId } of [one, other])
    await until(async () => {
      const { rows } = await sql("select state from enrollments where contact_id = $1", [contactId]);
      return rows[0].state === "finished";
    });
});

test("each email is read once over many pages, whichever call fails", async () => {
  const one = await person();
  const count = 120;
  for (let n = 0; n < count; n++) peer.deliver(one.mailboxEmail, answer(one, n));
  for (const at of ["delta", "value", "value"] as const)
    for (const how of ["hang up", "lost", "nonsense", "failed after"] as const)
      if (at === "delta" || how !== "nonsense") peer.faults.push({ at, how });
  await allRead(one, count);
  await until(async () => peer.faults.length === 0);
  const rows = await readOf(one);
  assert.equal(rows.length, count);
  assert.equal(new Set(rows.map((row) => row.content_key)).size, count);
});

test("a folder whose links Microsoft has forgotten is read anew, and nothing counts twice", async () => {
  const one = await person();
  for (let n = 0; n < 3; n++) peer.deliver(one.mailboxEmail, answer(one, n));
  await allRead(one, 3);
  peer.boxOf(one.mailboxEmail).forgetLinks();
  peer.deliver(one.mailboxEmail, answer(one, 4));
  const rows = await allRead(one, 4);
  assert.equal(rows.length, 4);
});

test("of an email that cannot be read as it came the header is read, and those after it are not kept waiting", async () => {
  const one = await person();
  const { id } = peer.deliver(one.mailboxEmail, answer(one, 1));
  peer.broken.add(id);
  peer.deliver(one.mailboxEmail, answer(one, 2));
  const rows = await allRead(one, 2);
  assert.deepEqual(
    rows.map(({ subject }) => subject).toSorted(),
    rows.map(() => "Re: Your plant").toSorted(),
  );
});

test("what people send from it with another program counts", async () => {
  const one = await person();
  await team.api.emailAccounts.update({ id: one.mailboxId, count_sent_elsewhere: true });
  peer.deliver(one.mailboxEmail, answer(one, 1), "sentitems");
  await until(async () => {
    await readOf(one);
    const { rows } = await sql("select 1 from mails_sent_elsewhere where mailbox_id = $1", [one.mailboxId]);
    return rows.length === 1;
  });
});
