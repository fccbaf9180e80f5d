// While hostile files are uploaded and hostile mails are read, the server answers throughout. What is compared is processor time:
// the longest stretch for which the server's thread is busy, with files and mails made to cost much, and with plain ones of the same size.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { FetchedMail } from "../../mail/inbox.ts";
import { type Mailed, mailed, mailOf } from "../../testing/incoming.ts";
import { type Team, useWorld } from "../../testing/world.ts";
import { takingInOrder } from "./take-in-batch.ts";

let team: Team;
const world = useWorld({ role: "api" }, async (opened) => {
  team = await opened.newTeam();
});

/** Below this a stretch says more about the clock than about the input. */
const LEAST_MICROS = 10_000;
const SIZE = 2_000_000;
const PLAIN = "The offer for the second plant came on Tuesday, thank you. ";

const filled = (piece: string, size = SIZE) => piece.repeat(Math.ceil(size / piece.length)).slice(0, size);

/** What each costs who reads it badly: patterns over spaces and tabs, quotation marks, borders of MIME, addresses, tags. */
const FILES = [
  `Email,Name\na@x.example,"${filled("\t", 900_000)}"\n`,
  `Email,Name\na@x.example,${filled('"" ', 900_000)}\n`,
  `Email,${filled("N,", 1_900)}\n${filled(`a@x.example,${" ,".repeat(400)}\n`)}`,
];
const MAILS = [
  mailOf({ text: `-- forwarded by${filled(" ", 60_000)}x` }),
  mailOf({ text: filled("> ".repeat(40).concat("\r\n")) }),
  mailOf({ text: filled("<div><blockquote>"), headers: ["Content-Type: text/html; charset=utf-8"] }),
  mailOf({ text: "Yes", headers: [`Cc: ${filled("a@x.example, <b@x.example>, ", 400_000)}c@x.example`] }),
  mailOf({
    text: Array.from(
      { length: 40_000 },
      (_, n) => `--b\r\nContent-Type: multipart/mixed; boundary=b${n}\r\n`,
    ).join("\r\n"),
    headers: ["Content-Type: multipart/mixed; boundary=b"],
  }),
];

const plainFile = ({ length }: string) =>
  `Email,Name\n${Array.from({ length: Math.ceil(length / 30) }, (_, n) => `p${n}@x.example,${PLAIN.slice(0, 12)}`).join("\n")}\n`;
const plainMail = ({ length }: Buffer) => mailOf({ text: filled(`${PLAIN}\r\n`, length) });

/** Each file is looked at and each mail is taken in; how they end is their own matter. */
async function work(one: Mailed, files: readonly string[], mails: readonly Buffer[]) {
  const uploads = files.map((text) =>
    team.api.imports.preview({ file: new Blob([text], { type: "text/csv" }) }).catch(() => null),
  );
  const receivedAt = world.running.app.now();
  const fetched = mails.map((raw, at): FetchedMail => {
    return { uid: at + 1, receivedAt, threadId: null, raw, size: raw.length, isWhole: true };
  });
  const cursor = { path: "INBOX", uidValidity: 1, lastUid: mails.length, readsFrom: receivedAt };
  const folder = { teamId: team.id, mailboxId: one.mailboxId, role: "inbox" as const };
  await Promise.all([...uploads, takingInOrder(world.running.app, folder)({ cursor, mails: fetched })]);
}

/** The longest stretch of processor time between two ticks of this thread, and how many probes were answered meanwhile. */
async function watched(doing: Promise<void>) {
  let isOver = false;
  let longest = 0;
  let slowest = 0;
  let answered = 0;
  let before = process.threadCpuUsage();
  const ticks = setInterval(() => {
    const { user, system } = process.threadCpuUsage(before);
    longest = Math.max(longest, user + system);
    before = process.threadCpuUsage();
  }, 1);
  const ended = doing.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    const began = performance.now();
    const { status } = await fetch(`${world.url}/health/live`);
    assert.equal(status, 200);
    slowest = Math.max(slowest, performance.now() - began);
    if (!isOver) answered++;
  }
  clearInterval(ticks);
  await ended;
  return { longest, slowest, answered };
}

/** Whatever else the thread does only adds, so of several tries the cheapest says most about the input. */
const TRIES = 5;

test("/health/live answers throughout while hostile files are uploaded and hostile mails are read", async (context) => {
  const plain = [FILES.map(plainFile), MAILS.map(plainMail)] as const;
  await watched(work(await mailed(world, team), ...plain)); // what is done once only is done
  const calm = [];
  const hostile = [];
  for (let tries = 0; tries < TRIES; tries++) {
    calm.push(await watched(work(await mailed(world, team), ...plain)));
    hostile.push(await watched(work(await mailed(world, team), FILES, MAILS)));
  }
  context.diagnostic(JSON.stringify({ calm, hostile }));
  for (const { answered } of hostile) assert.ok(answered >= 10, `${answered} probes were answered`);
  const [usual, longest] = [
    Math.max(LEAST_MICROS, ...calm.map((one) => one.longest)),
    Math.min(...hostile.map((one) => one.longest)),
  ];
  assert.ok(longest <= 4 * usual, `busy for ${longest} µs at a stretch, and with plain ones for ${usual} µs`);
});
