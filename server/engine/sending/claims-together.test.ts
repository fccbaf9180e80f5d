// Mailboxes of a team claim their mails together: each gets its own, within its own limits, and one that fails keeps the others from nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { claimMails } from "../../features/sending/outbox/mail-life.ts";
import { newId } from "../../kernel/ids.ts";
import { byHand } from "../../testing/by-hand.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { newSendingMailbox } from "../../testing/sending.ts";
import { asOwner } from "../../testing/wire.ts";
import { useWorld } from "../../testing/world.ts";
import { batchOf } from "../running/each-team.ts";

const world = useWorld({ engineLoops: 0, mailAllow: LOOPBACK });
const { scene } = byHand(world);

const sql = (text: string, values: unknown[]) =>
  asOwner(world, async (client) => (await client.query(text, values)).rows);

const claimOf = (teamId: string, mailboxIds: readonly string[]) =>
  batchOf(
    world.running.app,
    teamId,
    (by, manner) => claimMails(by, { mailboxIds, engineId: newId(), publicUrl: world.url }, manner),
    "once",
  );

test("each mailbox gets its own mails from its own address, and one with a pause between two gets one", async () => {
  const team = await world.newTeam();
  const slow = await newSendingMailbox(team, { port: 9 }, { seconds_delay_between_emails: 60 });
  const { mailboxIds } = await scene({ team, mailboxes: 2, beside: [slow.id], contacts: 30 });
  const claims = await claimOf(team.id, mailboxIds);
  assert.deepEqual([...claims.keys()], mailboxIds);
  const queued = await sql(
    "select mailbox_id, count(*)::int as n from messages where team_id = $1 and delivery in ('planned', 'claimed') group by 1",
    [team.id],
  );
  for (const [mailboxId, { claimed, hasRoom, restUntil }] of claims) {
    const planned = queued.find(({ mailbox_id }) => mailbox_id === mailboxId)?.n;
    assert.equal(claimed.length, mailboxId === slow.id ? 1 : planned);
    assert.deepEqual([hasRoom, restUntil], [false, null]);
    for (const { slot, sender, claim } of claimed) {
      assert.deepEqual([slot.mailboxId, sender.id], [mailboxId, mailboxId]);
      assert.equal(claim.fromEmail, sender.email);
    }
  }
  const attempts = await sql(
    `select a.mailbox_id = m.mailbox_id as is_same from send_attempts a
       join messages m on m.team_id = a.team_id and m.id = a.message_id where a.team_id = $1`,
    [team.id],
  );
  assert.ok(attempts.length > 2 && attempts.every(({ is_same }) => is_same));
});

test("a mailbox whose limit is reached rests, and the others go on", async () => {
  const { team, mailboxIds } = await scene({ mailboxes: 2, contacts: 12 });
  const full = { id: mailboxIds[0] ?? "" };
  await team.api.emailAccounts.update({ id: full.id, email_daily_threshold: 1 });
  const first = await claimOf(team.id, mailboxIds);
  assert.equal(first.get(full.id)?.claimed.length, 1);
  await sql(
    "update messages set delivery = 'dot', released_at = cadenza_now() where team_id = $1 and mailbox_id = $2 and delivery = 'claimed'",
    [team.id, full.id],
  );
  const second = await claimOf(team.id, mailboxIds);
  assert.ok(second.get(full.id)?.restUntil);
  assert.equal(second.get(full.id)?.claimed.length, 0);
  const told = await sql("select 1 from events where team_id = $1 and type = 'email_account.limited'", [
    team.id,
  ]);
  assert.equal(told.length, 1);
});

test("a mailbox of another team is given nothing, and answers that there is nothing", async () => {
  const [mine, theirs] = [await scene({ contacts: 2 }), await scene({ contacts: 2 })];
  const claims = await claimOf(mine.team.id, [...mine.mailboxIds, ...theirs.mailboxIds]);
  assert.deepEqual(
    [...claims.values()].map(({ claimed }) => claimed.length),
    [2, 0],
  );
});

test("of a mail that cannot be written, only its own mailbox misses it", async () => {
  const { team, mailboxIds } = await scene({ mailboxes: 3, contacts: 9 });
  const [bad] = await sql("select id, mailbox_id from messages where team_id = $1 order by id limit 1", [
    team.id,
  ]);
  await sql(
    `alter table messages add constraint unwritable check (id <> '${bad?.id}' or delivery <> 'claimed') not valid`,
    [],
  );
  try {
    const claims = await claimOf(team.id, mailboxIds);
    const claimed = [...claims.values()].flatMap((one) => one.claimed);
    assert.equal(claimed.length, 8);
    assert.ok(claimed.every(({ slot }) => slot.id !== bad?.id));
  } finally {
    await sql("alter table messages drop constraint unwritable", []);
  }
  const aside = await sql("select subject_id from set_aside where team_id = $1", [team.id]);
  assert.deepEqual(aside, [{ subject_id: bad?.id }]);
});
