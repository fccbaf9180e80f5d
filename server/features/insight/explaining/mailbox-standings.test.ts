// All mailboxes beside each other, as the web app draws them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../../../kernel/ids.ts";
import { plantMessage } from "../../../testing/planted.ts";
import { newContact, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({ role: "api" }, async (opened) => {
  team = await opened.newTeam();
});

const ago = (hours: number) => world.running.app.now().subtract({ hours }).toString();

async function standingOf(id: string) {
  const { standings } = await team.api.emailAccounts.standings();
  const found = standings.find(({ email_account_id }) => email_account_id === id);
  assert.ok(found, "it is among them");
  return found;
}

test("a mailbox shows what it sent, the results by day, and which mails wait", async () => {
  const { id } = await newMailbox(team);
  await team.api.emailAccounts.update({ id, email_daily_threshold: 5, test: false });
  const { id: sequence } = await newSequence(team);
  await team.api.joining.addContacts({
    id: sequence,
    contact_ids: [await newContact(team)],
    send_email_from_email_account_id: [id],
  });
  const sent = (hours: number, more = {}) =>
    plantMessage(world, team, sequence, { mailbox_id: id, completed_at: ago(hours), ...more });
  await sent(2);
  await sent(3, { replied_at: ago(1) });
  await sent(24 * 5, { has_bounced: true });
  await sent(24 * 20);
  await sent(24 * 40, { has_bounced: true });

  const standing = await standingOf(id);
  assert.equal(standing.state, "ready");
  assert.equal(standing.sending.sent_last_day, 2);
  assert.equal(standing.sending.email_daily_threshold, 5);
  assert.equal(standing.sending.waiting, 1);
  assert.deepEqual(
    [standing.sent_last_30_days, standing.bounced_last_30_days, standing.replied_last_30_days],
    [4, 1, 1],
  );
  assert.equal(
    standing.sent_by_day.reduce((sum, { sent: count }) => sum + count, 0),
    3,
  );
});

test("a full one says when it is free again, with the call that would give it more", async () => {
  const { id } = await newMailbox(team);
  await team.api.emailAccounts.update({ id, email_daily_threshold: 1, test: false });
  const { id: sequence } = await newSequence(team);
  await plantMessage(world, team, sequence, { mailbox_id: id, completed_at: ago(3) });
  const { state, held_by, sending } = await standingOf(id);
  assert.equal(state, "resting");
  assert.equal(held_by[0]?.code, "limit:mailbox_day");
  assert.equal(held_by[0]?.fix?.method, "PATCH");
  assert.notEqual(sending.free_at, null);
});

test("a limit of new contacts is said, and leaves the mailbox free for later emails", async () => {
  const { id, email } = await newMailbox(team, { max_new_contacts_per_day: 0 });
  const { state, sentence, held_by } = await standingOf(id);
  assert.equal(state, "ready");
  assert.match(sentence, /It can send now\./);
  assert.match(sentence, /0 of 0 new contacts got their first email in the last 24 hours\./);
  assert.deepEqual(
    held_by.map(({ code }) => code),
    ["limit:mailbox_new_contacts"],
  );
  assert.match(held_by[0]?.rule ?? "", new RegExp(`^${email} has reached its limit of new contacts`));
});

test("one whose server was given a mail and does not answer is not ready", async () => {
  const { id, email } = await newMailbox(team);
  const { id: sequence } = await newSequence(team);
  const message = await plantMessage(world, team, sequence, {
    mailbox_id: id,
    delivery: "claimed",
    attempt_id: newId(),
  });
  const began = (seconds: number) =>
    asOwner(world, (client) =>
      client.query(
        `insert into send_attempts (team_id, id, message_id, mailbox_id, started_at)
         select team_id, attempt_id, id, mailbox_id, $2 from messages where id = $1
         on conflict (team_id, id) do update set started_at = excluded.started_at`,
        [message, world.running.app.now().subtract({ seconds }).toString()],
      ),
    );
  await began(5);
  assert.equal((await standingOf(id)).state, "ready");
  await began(60);
  const { state, held_by, sentence } = await standingOf(id);
  assert.deepEqual([state, held_by.map(({ code }) => code)], ["resting", ["server_hangs"]]);
  assert.match(sentence, new RegExp(`^The server of ${email} has not answered since `));
  assert.doesNotMatch(sentence, /can send now/);
});

test("another team's mailboxes are not among them, nor is one that was disconnected", async () => {
  const { id } = await newMailbox(team);
  await team.api.emailAccounts.disconnect({ id });
  const other = await world.newTeam();
  assert.deepEqual(await other.api.emailAccounts.standings(), { standings: [] });
  const { standings } = await team.api.emailAccounts.standings();
  assert.ok(!standings.some(({ email_account_id }) => email_account_id === id));
});
