// Mailboxes that are read while their server, or the engine that reads them, fails. Every mail that came in is taken
// in, once, for what it is. Contacts who replied get no further mail.

import { type ImapMailbox, openImapMailbox } from "../imap-mailbox.ts";
import { bounceOf, type Mailed, mailOf, replyTo } from "../incoming.ts";
import { PATIENCE_MS } from "../patience.ts";
import { LOGIN } from "../post-office.ts";
import type { Arena } from "./arena.ts";
import { fault, inRounds, pauseOf } from "./fault.ts";
import { holdsWithin } from "./ground.ts";

const OLD_MAILS = 100_000;
const ANSWERS = 6;
const POLL_MS = 300;

/** What goes wrong once, while answers come in. */
type Way = (arena: Arena, box: ImapMailbox, answer: () => void) => Promise<string[] | undefined>;

const WAYS: Record<string, Way> = {
  "the line drops in the middle of a FETCH": async ({ chance }, { server }, answer) => {
    server.temper.cutFetchAfter = chance.whole(20, 4_000);
    answer();
    return undefined;
  },
  "IDLE dies": async ({ chance }, { server }, answer) => {
    server.temper.idle = chance.pick(["silent", "deaf"] as const);
    answer();
    await pauseOf(chance, 50, 2 * POLL_MS);
    server.temper.idle = "decent";
    if (chance.happens(0.5)) server.dropAll();
    return undefined;
  },
  "the mails are numbered anew": async ({ chance }, { mail, server }, answer) => {
    answer();
    await pauseOf(chance, 0, POLL_MS);
    mail.changeUidValidity("INBOX", { firstUid: chance.whole(1, 3 * OLD_MAILS) });
    if (chance.happens(0.7)) server.dropAll();
    return undefined;
  },
  "kill -9 before what was fetched is taken in": async ({ crew }, _, answer) => {
    await crew.dismiss();
    const hand = crew.hire({ CADENZA_CRASH: "imap-ack=kill" });
    answer();
    const isKilled = await holdsWithin(() => hand.process.signalCode === "SIGKILL", PATIENCE_MS, 20);
    await crew.hireMany(2);
    if (!isKilled) await crew.kill(hand);
    return isKilled ? [] : ["nobody was killed at imap-ack"];
  },
};

export const inboxes = fault({
  name: "IMAP with 100,000 mails: FETCH cut off, IDLE dead, numbered anew, killed before taken in",
  unit: "times each of 4",
  short: 1,
  full: 50,
  portion: 5,
  env: { CADENZA_IMAP_POLL_MS: String(POLL_MS) },
  async strike(arena, size) {
    const box = await openImapMailbox();
    arena.closing.push(() => box.close());
    const ways = Object.entries(WAYS);
    if (!(await fillAndSend(arena, box, size * ways.length * ANSWERS)))
      return ["the first emails were not sent"];
    const complaints = await inRounds(size * ways.length, async (n) => {
      const [name, way] = ways[n % ways.length] as (typeof ways)[number];
      const began = performance.now();
      const late = await way(arena, box, () => answerSome(arena, box));
      const isInStep = await holdsWithin(() => isTakenIn(arena), PATIENCE_MS);
      arena.recoveries.push(Math.round(performance.now() - began));
      return [...(late ?? []), ...(isInStep ? [] : [`${name}: not in step`])];
    });
    // Contacts who have not replied go on to the second mail; contacts who have do not.
    arena.advance({ minutes: 61 });
    await holdsWithin(
      async () => (await arena.count("from enrollments where state = 'active'")) === 0,
      PATIENCE_MS,
    );
    await arena.crew.retire();
    return complaints;
  },
});

/** Mails from before we mailed anybody, which are left alone; and people who can answer, with some who will not. */
async function fillAndSend(arena: Arena, box: ImapMailbox, answers: number) {
  const old = Buffer.from("From: old@old.example\r\nSubject: Long ago\r\n\r\nLong ago\r\n");
  box.mail.generate(OLD_MAILS, () => old, { at: Temporal.Now.instant().subtract({ hours: 24 * 20 }) });
  const imap = { host: "127.0.0.1", port: box.port, security: "none" as const, ...LOGIN };
  const { mails } = await arena.scene({
    mailboxes: 2,
    mailbox: { imap },
    contacts: answers + 10,
    waits: [0, 60],
    sequence: { mark_finished_if_reply: true },
  });
  await arena.crew.hireMany(2);
  return holdsWithin(() => arena.sink.lines().length >= mails / 2, PATIENCE_MS);
}

const TEXTS = [
  "Thank you. What does it cost, and when could you deliver?",
  "Sounds good, let us talk on Tuesday.",
];

/** Everybody answers once. */
function answerSome({ sink, chance, injected }: Arena, { mail }: ImapMailbox) {
  for (const { rcpt, message_id } of sink.lines().slice(injected.length, injected.length + ANSWERS)) {
    const one = { email: rcpt, internetId: message_id } as Mailed;
    const [expected_kind, raw] = chance.pick([
      ["reply", replyTo(one, chance.pick(TEXTS))],
      ["bounce", bounceOf(one, "5.1.1", "550 5.1.1 user unknown")],
      ["out_of_office", awayOf(one)],
    ] as const);
    const content_key = /^Message-ID: (.*)\r$/m.exec(raw.toString())?.[1] ?? "";
    injected.push({ content_key, expected_kind, at: new Date().toISOString() });
    mail.deliver(raw);
  }
}

function awayOf({ email, internetId }: Mailed) {
  return mailOf({
    from: `Ines <${email}>`,
    subject: "Out of office: Hello",
    text: "I am out of the office until further notice and will answer when I am back.",
    headers: [`In-Reply-To: ${internetId}`, "Auto-Submitted: auto-replied"],
  });
}

async function isTakenIn({ count, injected }: Arena) {
  const keys = injected.map(({ content_key }) => content_key);
  const taken = await count("from audit.inbound where content_key = any($1::text[])", [keys]);
  return taken >= keys.length;
}
