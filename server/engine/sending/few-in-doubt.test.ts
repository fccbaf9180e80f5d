// A mail at its final dot when the engine is killed is in doubt, and only a Sent folder can show its outcome.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LOOPBACK } from "../../testing/loopback.ts";
import { alwaysOpen, newSendingMailbox, until, useWitness } from "../../testing/sending.ts";
import { type MailboxWish, newContacts, newSequence } from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { useWorld } from "../../testing/world.ts";

const silent = useWitness({ silenceAfter: 1 });
const world = useWorld({ engineLoops: 4, mailAllow: LOOPBACK });

test("a mailbox with a limit and no Sent folder has two mails at their dots at most, one without a limit five", async () => {
  const team = await world.newTeam();
  const schedule = await alwaysOpen(team);
  const mailboxOf = async (limits: MailboxWish) => {
    const mailbox = await newSendingMailbox(team, silent, limits);
    const { id } = await newSequence(team, { emailer_schedule_id: schedule });
    await team.api.joining.addContacts({
      id,
      contact_ids: await newContacts(team, 8),
      send_email_from_email_account_id: [mailbox.id],
      sequence_unverified_email: true,
    });
    return mailbox.id;
  };
  const limited = await mailboxOf({ email_daily_threshold: 100 });
  const unlimited = await mailboxOf({});
  const atTheDot = (mailboxId: string) =>
    asOwner(world, async (client) => {
      const { rows } = await client.query<{ count: number }>(
        "select count(*)::int as count from messages where mailbox_id = $1 and delivery = 'dot'",
        [mailboxId],
      );
      return rows[0]?.count ?? 0;
    });
  await until(async () => (await atTheDot(unlimited)) === 5 && (await atTheDot(limited)) >= 2);
  assert.equal(await atTheDot(limited), 2);
});
