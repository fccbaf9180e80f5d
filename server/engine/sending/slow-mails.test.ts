// A server that does not answer a final dot keeps one connection for up to ten minutes. No other mail waits for it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LOOPBACK } from "../../testing/loopback.ts";
import { alwaysOpen, newSendingMailbox, until, useWitness } from "../../testing/sending.ts";
import { newContacts, newSequence } from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";

const silent = useWitness({ silenceAfter: 1 });
const seldomSilent = useWitness({ silenceAfter: 0.04, seed: 5 });
const answering = useWitness();
const world = useWorld({ engineLoops: 2, mailAllow: LOOPBACK });

async function enroll(team: Team, count: number, witness: ReturnType<typeof useWitness>) {
  const mailbox = await newSendingMailbox(team, witness, {});
  const { id } = await newSequence(team, { emailer_schedule_id: await alwaysOpen(team) });
  await team.api.joining.addContacts({
    id,
    contact_ids: await newContacts(team, count),
    send_email_from_email_account_id: [mailbox.id],
    sequence_unverified_email: true,
  });
  return mailbox.id;
}

const statesOf = (mailboxId: string) =>
  asOwner(world, async (client) => {
    const { rows } = await client.query<{ delivery: string; count: number }>(
      "select delivery, count(*)::int as count from messages where mailbox_id = $1 group by 1",
      [mailboxId],
    );
    return Object.fromEntries(rows.map(({ delivery, count }) => [delivery, count])) as Record<string, number>;
  });

test("the other mails of a mailbox do not wait for one whose server does not answer", async () => {
  const team = await world.newTeam();
  const mailboxId = await enroll(team, 60, seldomSilent);
  await until(async () => {
    const { dot = 0, sent = 0 } = await statesOf(mailboxId);
    return dot > 0 && dot < 5 && dot + sent === 60;
  });
});

test("mailboxes whose server never answers take no engine loop from others", async () => {
  const team = await world.newTeam();
  const stuck = [await enroll(team, 8, silent), await enroll(team, 8, silent)];
  for (const mailboxId of stuck)
    await until(async () => {
      const { dot, planned } = await statesOf(mailboxId);
      return dot === 5 && planned === 3; // what was claimed and not begun is free for another engine
    });
  const other = await enroll(await world.newTeam(), 3, answering);
  await until(async () => (await statesOf(other)).sent === 3);
  for (const mailboxId of stuck) assert.deepEqual(await statesOf(mailboxId), { dot: 5, planned: 3 });
});
