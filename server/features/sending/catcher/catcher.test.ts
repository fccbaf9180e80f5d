// Mail through the catcher, over real sockets: sent by the door that sends all mail, read back by a mail program.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { ImapFlow } from "imapflow";
import { classify } from "../../../domain/receiving/inbound.ts";
import { prepareMail } from "../../../mail/prepared-mail.ts";
import { readMessage } from "../../../mail/read-message.ts";
import { PATIENCE_MS } from "../../../testing/patience.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";
import { characterOf, type Prospect } from "./prospects.ts";

let team: Team;
let mailboxId: string;
const FROM = "sofia@mail.nordhavn.example";
const world = useWorld({ catcher: true, prospects: { leastMs: 300, mostMs: 600 } }, async (opened) => {
  team = await opened.newTeam();
  mailboxId = await newCatcherMailbox(team);
});

async function newCatcherMailbox({ api }: Team) {
  return (await api.emailAccounts.create({ email: FROM, type: "catcher" })).email_account.id;
}

let sent = 0;

/** A sequence mail, sent as the engine sends. */
async function send(
  to: string,
  {
    by = team,
    from = mailboxId,
    ...parts
  }: { by?: Team; from?: string; subject?: string; inReplyTo?: string } = {},
) {
  const { app } = world.running;
  const servers = app.catcher.serversOf(by.id, from);
  assert.ok(servers?.smtp);
  const messageId = `<catcher-test-${++sent}@mail.nordhavn.example>`;
  const { mail } = await prepareMail({
    recipient: to,
    to: [{ name: "Ola Berg", address: to }],
    cc: [],
    replyTo: null,
    messageId,
    from: { name: "Sofia Åberg", address: FROM },
    subject: parts.subject ?? "Stops at Kund",
    html: "<p>Hi Ola, worth <b>twenty</b> minutes?</p>",
    text: "Hi Ola, worth twenty minutes?",
    date: app.now(),
    inReplyTo: parts.inReplyTo ?? null,
    references: parts.inReplyTo ? [parts.inReplyTo] : [],
    unsubscribe: { url: "https://cadenza.example/u/1", mailto: null },
    attachments: [],
    token: null,
    dkim: null,
  });
  assert.ok(mail);
  const outcome = await app.mail.transmit({ id: from, email: FROM, server: servers.smtp }, mail, {
    mayRelease: async () => true,
  });
  assert.equal(outcome.kind, "accepted", JSON.stringify(outcome));
  return messageId;
}

async function reader(by = team, of = mailboxId) {
  const imap = world.running.app.catcher.serversOf(by.id, of)?.imap;
  assert.ok(imap?.login?.kind === "password");
  const { username, password } = imap.login;
  const flow = new ImapFlow({
    host: imap.host,
    port: imap.port,
    secure: false,
    auth: { user: username, pass: password },
    logger: false,
  });
  flow.on("error", () => {});
  await flow.connect();
  return flow;
}

async function inbox(folder = "INBOX", by = team, of = mailboxId) {
  const flow = await reader(by, of);
  await flow.mailboxOpen(folder, { readOnly: true });
  const raws: Buffer[] = [];
  for await (const { source } of flow.fetch("1:*", { source: true })) if (source) raws.push(source);
  await flow.logout();
  return raws;
}

/** An invented person with that character, at an address that belongs to no one. */
function somebody(character: Prospect, n = 0) {
  for (let i = 0; ; i += 1) {
    const address = `p${i}@kund.example`;
    if (characterOf(address) === character && n-- === 0) return address;
  }
}

const silent = (n = 0) => somebody("silent", n);

/** What the product would make of an incoming mail, knowing what it sent. */
async function understood(raw: Buffer, messageId: string, to: string) {
  const mail = await readMessage(raw);
  const about = {
    id: "sent",
    contactId: "contact",
    messageId,
    to,
    subject: "Stops at Kund",
    opening: "Hi Ola, worth",
    token: null,
    threadId: null,
  };
  return {
    mail,
    verdict: classify(mail, {
      folder: "inbox",
      ownAddresses: new Set([FROM]),
      threadId: null,
      receivedAt: world.running.app.now(),
      sent: [about],
      contacts: [{ id: "contact", emails: [to] }],
    }),
  };
}

test("what a mailbox sends is caught, shown with its headers and bodies, and kept in its Sent folder", async () => {
  const to = silent();
  const messageId = await send(to, { subject: "Grüße" });
  const { messages } = await team.api.catcher.list({ to: to.toUpperCase() });
  assert.equal(messages.length, 1);
  const [caught] = messages;
  assert.deepEqual(
    [caught?.from, caught?.to, caught?.subject, caught?.email_account_id, caught?.answers],
    [FROM, to, "Grüße", mailboxId, []],
  );
  assert.equal(caught?.headers["message-id"], messageId);
  assert.equal(caught?.headers["list-unsubscribe"], "<https://cadenza.example/u/1>");
  assert.match(caught?.text ?? "", /worth twenty minutes/);
  assert.match(caught?.html ?? "", /<b>twenty<\/b>/);
  const [raw] = await inbox("Sent");
  assert.match(raw?.toString() ?? "", new RegExp(messageId));
  assert.deepEqual(await inbox(), []);
});

test("the newest come first, and no more than asked for", async () => {
  const to = silent(1);
  for (const subject of ["one", "two", "three"]) await send(to, { subject });
  const { messages } = await team.api.catcher.list({ to, limit: 2 });
  assert.deepEqual(
    messages.map(({ subject }) => subject),
    ["three", "two"],
  );
});

const ANSWERS = [
  ["reply", "That sounds interesting, let's talk.", "reply", "interested"],
  ["unsubscribe", undefined, "unsubscribe", "unsubscribe"],
  ["out_of_office", undefined, "out_of_office", "out_of_office"],
  ["bounce", undefined, "bounce", null],
] as const;

for (const [n, [kind, text, understoodAs, replyClass]] of ANSWERS.entries())
  test(`an answer of the kind ${kind} comes into the mailbox in its real form`, async () => {
    const to = silent(2 + n);
    const messageId = await send(to);
    const [caught] = (await team.api.catcher.list({ to })).messages;
    const flow = await reader();
    await flow.mailboxOpen("INBOX");
    const heard = new Promise((resolve) => flow.once("exists", resolve));
    const idling = flow.idle();
    const until = world.running.app
      .now()
      .add({ hours: 24 * 12 })
      .toString()
      .slice(0, 10);
    const { message } = await team.api.catcher.reply({
      id: caught?.id ?? "",
      kind,
      until,
      ...(text && { text }),
    });
    await heard;
    await flow.logout();
    await idling;
    const raw = (await inbox()).at(-1);
    assert.ok(raw);
    const { mail, verdict } = await understood(raw, messageId, to);
    assert.deepEqual(
      [verdict.kind, verdict.certainty, verdict.about?.by],
      [understoodAs, "sure", kind === "bounce" ? verdict.about?.by : "message_id"],
    );
    assert.equal(verdict.replyClass, replyClass);
    assert.equal(mail.unreadable, null);
    // "Until" is the last day away, unless that is a Monday.
    if (kind === "out_of_office")
      assert.ok(Temporal.PlainDate.from(until).until(verdict.returnsOn ?? until).days <= 1);
    if (kind === "bounce")
      assert.deepEqual(
        [verdict.bounce?.class, verdict.bounce?.recipient, mail.from?.email],
        ["hard", to, "mailer-daemon@kund.example"],
      );
    else assert.deepEqual([mail.from?.email, mail.inReplyTo], [to, [messageId]]);
    assert.equal(message.kind, kind);
    assert.deepEqual(
      (await team.api.catcher.list({ to })).messages[0]?.answers.map((answer) => answer.kind),
      [kind],
    );
  });

test("an answer quotes what it answers, and knows the whole thread", async () => {
  const to = silent(10);
  const first = await send(to);
  const second = await send(to, { inReplyTo: first });
  const [caught] = (await team.api.catcher.list({ to })).messages;
  const { message } = await team.api.catcher.reply({ id: caught?.id ?? "", text: "Yes.\nTuesday?" });
  assert.equal(message.subject, "Re: Stops at Kund");
  assert.match(
    message.text ?? "",
    /^Yes\.\nTuesday\?\n\nOn .*Sofia Åberg.* wrote:\n> Hi Ola, worth twenty minutes\?/,
  );
  const { references } = await readMessage((await inbox()).at(-1) as Buffer);
  assert.deepEqual(references, [first, second]);
});

test("invented people answer by themselves, each in their way and once", async () => {
  const kinds: [Prospect, number, string][] = [
    ["interested", 2, "reply"],
    ["asks", 2, "reply"],
    ["declines", 2, "reply"],
    ["away", 1, "out_of_office"],
    ["bounces", 1, "bounce"],
    ["unsubscribes", 2, "unsubscribe"],
    ["silent", 2, ""],
  ];
  const addresses = kinds.map(([character]) => somebody(character, 20));
  for (const [n, [, mails]] of kinds.entries())
    for (let i = 0; i < mails; i += 1) await send(addresses[n] as string);
  const answersOf = async (to: string) =>
    (await team.api.catcher.list({ to })).messages.flatMap(({ answers }) => answers.map(({ kind }) => kind));
  await until(async () => (await answersOf(addresses[5] as string)).length > 0);
  const due = "select 1 from catcher_messages where answer_due_at is not null";
  await until(async () => (await asOwner(world, (client) => client.query(due))).rows.length === 0);
  for (const [n, [character, , kind]] of kinds.entries())
    assert.deepEqual(await answersOf(addresses[n] as string), kind ? [kind] : [], character);
  const [waiting] = await asOwner(
    world,
    async (client) =>
      (await client.query("select count(*)::int as n from catcher_messages where answer_due_at is not null"))
        .rows,
  );
  assert.equal(waiting.n, 0);
});

test("an address at a domain that may be real gets no invented answer", async () => {
  for (let i = 0, played = 0; played < 3; i += 1) {
    const to = `p${i}@kund.se`;
    if (characterOf(to) !== "bounces") continue;
    played += 1;
    await send(to);
    const [row] = await asOwner(
      world,
      async (client) =>
        (await client.query("select answer_due_at from catcher_messages where to_address = $1", [to])).rows,
    );
    assert.equal(row.answer_due_at, null);
  }
});

test("another team sees none of it, answers none of it, and empties its own only", async () => {
  const stranger = await world.newTeam();
  const [ours] = (await team.api.catcher.list()).messages;
  assert.deepEqual((await stranger.api.catcher.list()).messages, []);
  assert.equal((await refused(stranger.api.catcher.reply({ id: ours?.id ?? "" }))).status, 404);
  const theirs = await newCatcherMailbox(stranger);
  await send(silent(), { by: stranger, from: theirs });
  assert.deepEqual(await stranger.api.catcher.empty(), { deleted: 1 });
  assert.deepEqual((await stranger.api.catcher.list()).messages, []);
  assert.ok((await team.api.catcher.list()).messages.length > 0);
  const uids = async () => {
    const flow = await reader(stranger, theirs);
    const { uidNext } = await flow.mailboxOpen("Sent");
    await flow.logout();
    return uidNext;
  };
  assert.equal(await uids(), 2, "a uid that was used is not used again");
});

test("what is not there cannot be answered, nor what is itself an answer", async () => {
  const to = silent(11);
  await send(to);
  const [caught] = (await team.api.catcher.list({ to })).messages;
  const { message } = await team.api.catcher.reply({ id: caught?.id ?? "" });
  for (const id of [message.id, "64f0aa0000000000000000d1"])
    assert.equal((await refused(team.api.catcher.reply({ id }))).code, "record_not_found");
});

test("a mailbox that sends to the catcher is tried as any other", async () => {
  const { email_account } = await team.api.emailAccounts.test({ id: mailboxId });
  assert.ok(email_account.id === mailboxId);
});

test("a client needs the secret of this process to sign in", async () => {
  const smtp = world.running.app.catcher.serversOf(team.id, mailboxId)?.smtp;
  assert.ok(smtp?.login);
  const wish = {
    email: "x@norrland.example",
    smtp: {
      host: smtp.host,
      port: smtp.port,
      security: "none",
      username: smtp.login.username,
      password: "guessed",
    },
  } as const;
  assert.equal((await refused(team.api.emailAccounts.create(wish))).code, "smtp_auth_failed");
});

async function until(holds: () => Promise<boolean>) {
  const end = performance.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error("it did not come about");
    await wait(50);
  }
}
