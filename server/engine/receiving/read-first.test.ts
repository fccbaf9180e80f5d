// An inbox is read before mail goes out from its mailbox: after a start, and whenever reading has stood still for too long.

import assert from "node:assert/strict";
import { createServer, connect as dial, type Socket } from "node:net";
import { after, test } from "node:test";
import { openImapMailbox } from "../../testing/imap-mailbox.ts";
import { replyTo } from "../../testing/incoming.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { LOGIN } from "../../testing/post-office.ts";
import { alwaysOpen, newSendingMailbox, until, useWitness } from "../../testing/sending.ts";
import { MAIL_STEP, newContact, newSequence } from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";
import { startMailing } from "../loop.ts";

const witness = useWitness();
let team: Team;
const world = useWorld({ mailAllow: LOOPBACK, imapPollMs: 300, databaseConnections: 20 }, async (opened) => {
  opened.running.app.config.engineLoops = 2; // engines are begun by hand
  team = await opened.newTeam();
});

const open: (() => unknown)[] = [];
after(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** In front of a mail server: what is said to it waits while `isHeld`. */
async function gateway(port: number) {
  const state = { isHeld: false };
  const waiting: Socket[] = [];
  const pass = (from: Socket) => {
    const to = dial(port, "127.0.0.1");
    for (const one of [from, to]) one.on("error", () => {});
    from.pipe(to).pipe(from);
  };
  const server = createServer((socket) => {
    if (state.isHeld) waiting.push(socket.on("error", () => {}));
    else pass(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(
    () => server.close(),
    () => waiting.splice(0).map((socket) => socket.destroy()),
  );
  return {
    port: (server.address() as { port: number }).port,
    hold: () => {
      state.isHeld = true;
    },
    letGo: () => {
      state.isHeld = false;
      for (const socket of waiting.splice(0)) pass(socket);
    },
  };
}

/** One contact in a sequence of two mails, the second of them a day later. */
async function scene() {
  const box = await openImapMailbox();
  open.push(() => box.close());
  const way = await gateway(box.port);
  const imap = { host: "127.0.0.1", port: way.port, security: "none" as const, ...LOGIN };
  const mailbox = await newSendingMailbox(team, witness, { imap });
  const second = {
    ...MAIL_STEP,
    wait_time: 1,
    wait_mode: "day" as const,
    emailer_touches: [
      { emailer_template: { subject: "B", body_html: "<p>B</p>" }, status: "approved" as const },
    ],
  };
  const { id } = await newSequence(team, {
    emailer_schedule_id: await alwaysOpen(team),
    emailer_steps: [MAIL_STEP, second],
  });
  const contactId = await newContact(team);
  const email = (await team.api.contacts.get({ id: contactId })).contact.email as string;
  await team.api.joining.addContacts({
    id,
    contact_ids: [contactId],
    send_email_from_email_account_id: [mailbox.id],
    sequence_unverified_email: true,
  });
  return { box, way, mailboxId: mailbox.id, sequenceId: id, contactId, email };
}

const query = async <Row>(sql: string, params: unknown[]) =>
  (await asOwner(world, (client) => client.query(sql, params))).rows as Row[];
const sentTo = (email: string) => witness.lines().filter(({ rcpt }) => rcpt === email).length;
const secondDueNow = (contactId: string) =>
  query("update enrollments set due_at = cadenza_now() where contact_id = $1", [contactId]);

const isQueued = async (contactId: string) =>
  (
    await query("select 1 from messages where contact_id = $1 and delivery = 'planned' and is_queued", [
      contactId,
    ])
  ).length === 1;

async function answered({ box, email, contactId }: Awaited<ReturnType<typeof scene>>) {
  const [message] = await query<{ internet_message_id: string; subject: string; from_email: string }>(
    "select internet_message_id, subject, from_email from messages where contact_id = $1 and delivery = 'sent'",
    [contactId],
  );
  assert.ok(message);
  const sent = {
    internetId: message.internet_message_id,
    subject: message.subject,
    mailboxEmail: message.from_email,
  };
  box.mail.deliver(replyTo({ ...sent, email }, "Yes, call me tomorrow."));
}

test("a mail waits until the inbox has been read, and says so", async () => {
  const one = await scene();
  one.way.hold();
  const stop = await startMailing(world.running.app);
  try {
    const held = await until(async () => {
      const { explain } = await team.api.explain.sequence({ id: one.sequenceId });
      return explain.held_by.find(({ code }) => code === "inbox_unread");
    });
    assert.match(held.rule, /^Reading the inbox of .* for the first time\. .*emails wait until then\.$/);
    const { explain } = await team.api.explain.mailbox({ id: one.mailboxId });
    assert.deepEqual([explain.state, explain.held_by[0]?.code], ["resting", "inbox_unread"]);
    assert.doesNotMatch(explain.sentence, /can send now/);
    assert.equal(sentTo(one.email), 0);
    one.way.letGo();
    await until(async () => sentTo(one.email) === 1);
  } finally {
    await stop();
  }
});

test("what came while the engine was stopped is read before the next mail goes out", async () => {
  const one = await scene();
  const stop = await startMailing(world.running.app);
  await until(async () => sentTo(one.email) === 1);
  await until(
    async () =>
      (await query("select 1 from messages where contact_id = $1 and delivery = 'sent'", [one.contactId]))
        .length === 1,
  );
  await stop();
  await answered(one);
  await secondDueNow(one.contactId);
  one.way.hold();
  const stopAgain = await startMailing(world.running.app);
  try {
    await until(async () => {
      const { explain } = await team.api.explain.mailbox({ id: one.mailboxId });
      const isHeld = explain.sending.due > 0 && explain.held_by[0]?.code === "inbox_unread";
      return sentTo(one.email) > 1 || (isHeld && (await isQueued(one.contactId)));
    });
    assert.equal(sentTo(one.email), 1);
    one.way.letGo();
    const state = await until(async () => {
      const rows = await query<{ state: string }>(
        "select state from enrollments where contact_id = $1 and state <> 'active'",
        [one.contactId],
      );
      return rows[0]?.state;
    });
    assert.equal(state, "finished");
    assert.equal(sentTo(one.email), 1);
  } finally {
    await stopAgain();
  }
});

test("while reading stands still for too long mails wait, and the team is told", async () => {
  const one = await scene();
  await query(
    "update mailboxes set inbox_read_at = cadenza_now() - interval '8 minutes', inbox_fresh_until = cadenza_now() - interval '3 minutes' where id = $1",
    [one.mailboxId],
  );
  const { counts } = await team.api.today.counts({});
  assert.equal(counts.inboxes_behind, 1);
  const { rows } = await asOwner(world, (client) => client.query("select * from inbox_lag()"));
  assert.ok(Number(rows[0]?.longest_seconds) >= 480);
  const stop = await startMailing(world.running.app);
  try {
    await until(async () => sentTo(one.email) === 1); // it was read
    assert.equal((await team.api.today.counts({})).counts.inboxes_behind, 0);
  } finally {
    await stop();
  }
});
