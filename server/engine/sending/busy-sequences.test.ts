// A sequence that is being changed delays its own mails, and no others.

import assert from "node:assert/strict";
import { test } from "node:test";
import { countWaiting } from "../../testing/held-open.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { alwaysOpen, newSendingMailbox, until, useWitness } from "../../testing/sending.ts";
import { newContacts, newSequence } from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";

const PEOPLE = 6;
const witness = useWitness();
let team: Team;
const world = useWorld({ engineLoops: 4, mailAllow: LOOPBACK }, async (opened) => {
  team = await opened.newTeam();
});

const sql = (text: string, params: unknown[]) =>
  asOwner(world, async (client) => (await client.query(text, params)).rows);

async function filled(mailboxId: string, schedule: string) {
  const { id } = await newSequence(team, { emailer_schedule_id: schedule });
  const contacts = await newContacts(team, PEOPLE);
  await team.api.joining.addContacts({
    id,
    contact_ids: contacts,
    send_email_from_email_account_id: [mailboxId],
    sequence_unverified_email: true,
  });
  const rows = await sql("select email from contacts where id = any($1::text[])", [contacts]);
  return { id, addresses: rows.map(({ email }) => email as string).sort() };
}

const recipients = () =>
  witness
    .lines()
    .map(({ rcpt }) => rcpt)
    .sort();

const outcomesIn = (sequence: string) =>
  sql("select delivery, count(*)::int as count from messages where sequence_id = $1 group by 1", [sequence]);

test("while the enrollments of one sequence are locked, another one sends from the same mailbox", async () => {
  const mailbox = await newSendingMailbox(team, witness);
  const rest = (until: string | null) =>
    sql("update mailboxes set backoff_until = $2 where id = $1", [mailbox.id, until]);
  await rest("2100-01-01");
  const schedule = await alwaysOpen(team);
  const locked = await filled(mailbox.id, schedule);
  const other = await filled(mailbox.id, schedule);
  await until(async () => {
    const [row] = await sql("select count(*)::int as count from messages where is_queued", []);
    return row?.count === 2 * PEOPLE;
  });

  await asOwner(world, async (client) => {
    await client.query("begin");
    await client.query("select from enrollments where sequence_id = $1 for update", [locked.id]);
    await rest(null);
    await witness.waitFor(PEOPLE);
    assert.deepEqual(recipients(), other.addresses);
    await until(async () => (await outcomesIn(other.id)).every(({ delivery }) => delivery === "sent"));
    await client.query("rollback");
  });

  await witness.waitFor(2 * PEOPLE);
  assert.deepEqual(recipients(), [...other.addresses, ...locked.addresses].sort());
  await until(async () => (await outcomesIn(locked.id)).every(({ delivery }) => delivery === "sent"));
});

for (const [what, change] of [
  ["deleted", (ids: string[]) => team.api.contacts.bulkDelete({ contact_ids: ids })],
  [
    "merged",
    ([winner = "", ...losers]: string[]) => team.api.contacts.merge({ winner_id: winner, loser_ids: losers }),
  ],
] as const)
  test(`while contacts are ${what} whom nothing bars, mails to others leave`, async () => {
    const gone = await newContacts(team, 3);
    const mailbox = await newSendingMailbox(team, witness);
    const before = witness.lines().length;
    await asOwner(world, async (client) => {
      await client.query("begin");
      await client.query("select from contacts where id = any($1::text[]) for update", [gone]);
      const changing = change(gone);
      await until(async () => (await countWaiting(world)) > 0);
      const others = await filled(mailbox.id, await alwaysOpen(team));
      await witness.waitFor(before + PEOPLE);
      await until(async () => (await outcomesIn(others.id)).every(({ delivery }) => delivery === "sent"));
      await client.query("rollback");
      await changing;
    });
  });
