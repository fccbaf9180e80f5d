// Mail goes out: from enrollment to a mail server and on to the next step.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LOOPBACK } from "../testing/loopback.ts";
import { alwaysOpen, newSendingMailbox, useWitness } from "../testing/sending.ts";
import { newContacts, newSequence } from "../testing/sequenced.ts";
import { asOwner } from "../testing/wire.ts";
import { type Team, useWorld } from "../testing/world.ts";

const witness = useWitness();
let team: Team;
const world = useWorld({ engineLoops: 4, mailAllow: LOOPBACK }, async (opened) => {
  team = await opened.newTeam();
});

test("everybody who is added gets the first mail once, and waits for the next step", async () => {
  const mailbox = await newSendingMailbox(team, witness);
  const schedule = await alwaysOpen(team);
  const { id, steps } = await newSequence(team, { emailer_schedule_id: schedule });
  const contacts = await newContacts(team, 20);
  await team.api.joining.addContacts({
    id,
    emailer_campaign_id: id,
    contact_ids: contacts,
    send_email_from_email_account_id: mailbox.id,
    sequence_unverified_email: true,
  } as never);
  const lines = await witness.waitFor(20);
  assert.equal(new Set(lines.map(({ rcpt }) => rcpt)).size, 20);
  await new Promise((resolve) => setTimeout(resolve, 800));
  const rows = await asOwner(world, async (client) => {
    const found = await client.query(
      "select state, current_step_id, due_at, (select string_agg(delivery, ',') from messages m where m.enrollment_id = e.id) as delivery from enrollments e where sequence_id = $1",
      [id],
    );
    return found.rows;
  });
  assert.equal(rows.length, 20);
  for (const row of rows)
    assert.deepEqual([row.state, row.current_step_id, row.delivery], ["active", steps[1], "sent"]);
  assert.equal((await witness.lines()).length, 20);
});
