// Mail goes out: from enrollment to a mail server and on to the next step.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LOOPBACK } from "../../testing/loopback.ts";
import { alwaysOpen, newSendingMailbox, until, useWitness } from "../../testing/sending.ts";
import { newContacts, newSequence } from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";

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
  });
  const lines = await witness.waitFor(20);
  assert.equal(new Set(lines.map(({ rcpt }) => rcpt)).size, 20);
  const rows = await until(async () => {
    const found = await asOwner(world, (client) =>
      client.query(
        "select state, current_step_id, due_at, (select string_agg(delivery, ',') from messages m where m.enrollment_id = e.id) as delivery from enrollments e where sequence_id = $1",
        [id],
      ),
    );
    return found.rows.every(({ delivery }) => delivery === "sent") && found.rows; // written down, too
  });
  assert.equal(rows.length, 20);
  for (const row of rows)
    assert.deepEqual([row.state, row.current_step_id, row.delivery], ["active", steps[1], "sent"]);
  assert.equal((await witness.lines()).length, 20);
});

test("a mail that goes out leaves no line for the sums of its day, and its later outcome does", async () => {
  const own = await world.newTeam();
  const mailbox = await newSendingMailbox(own, witness);
  const { id } = await newSequence(own, { emailer_schedule_id: await alwaysOpen(own) });
  await own.api.joining.addContacts({
    id,
    contact_ids: await newContacts(own, 5),
    send_email_from_email_account_id: [mailbox.id],
    sequence_unverified_email: true,
  });
  const count = async (sql: string) => {
    const { rows } = await asOwner(world, (client) => client.query(sql, [own.id]));
    return rows[0].count as string;
  };
  const sent = "select count(*) from messages where team_id = $1 and status = 'completed'";
  await until(async () => (await count(sent)) === "5");
  const lines = "select count(*) from message_day_changes where team_id = $1";
  assert.equal(await count(lines), "0");
  await asOwner(world, (client) =>
    client.query("update messages set num_opens = 1 where team_id = $1 and status = 'completed'", [own.id]),
  );
  assert.equal(await count(lines), "10", "one less as it was, and one more as it is, for each");
});
