// A server that is never silent for long and never done: one byte now and then, without end. The caller gives up at its
// time limit, says that the server was too slow, and leaves no connection open. Without the limit these tests never end.

import assert from "node:assert/strict";
import { createServer, type Socket } from "node:net";
import { after, test } from "node:test";
import { LOOPBACK } from "../testing/loopback.ts";
import { PATIENCE_MS } from "../testing/patience.ts";
import { openMail, type Servers } from "./door.ts";

const TIMEOUT_MS = 300;
const WHOLE_MS = 3 * TIMEOUT_MS;
const nowhere = [{ host: "/nowhere", port: 9 }];

/** Says `first`, and after each line it hears the next; the rest drips. */
async function dripping(replies: readonly string[], drop: string) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const left = [...replies];
    let timer: NodeJS.Timeout | undefined;
    socket.on("error", () => {});
    socket.on("close", () => {
      clearInterval(timer);
      sockets.delete(socket);
    });
    const reply = () => {
      const next = left.shift();
      if (next !== undefined) return void socket.write(next);
      timer ??= setInterval(() => socket.write(drop), 40);
    };
    reply();
    socket.on("data", reply);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as { port: number }).port, open: () => sockets.size };
}

const door = (probePort = 0) => {
  const mail = openMail({ mailAllow: LOOPBACK, allowPlaintextMail: true, probePort }, nowhere, {
    timeoutMs: TIMEOUT_MS,
    probeLimits: { stepMs: TIMEOUT_MS, wholeMs: WHOLE_MS },
    readingLimits: { connectMs: TIMEOUT_MS, answerMs: WHOLE_MS },
  });
  after(() => mail.close());
  return mail;
};

async function isLeft(peer: { open(): number }) {
  const began = performance.now();
  while (peer.open() > 0 && performance.now() - began < PATIENCE_MS)
    await new Promise((done) => setTimeout(done, 20));
  assert.equal(peer.open(), 0, "the connection is left");
}

const login = { kind: "password", username: "ines", password: "secret" } as const;
const SMTP: [string, string[], string][] = [
  ["a greeting", [], "2"],
  ["a greeting of many lines", [], "220-x\r\n"],
  ["what it can", ["220 hello\r\n"], "2"],
  ["what it can, without end", ["220 hello\r\n"], "250-X\r\n"],
  ["a login", ["220 hello\r\n", "250-hello\r\n250 AUTH PLAIN\r\n"], "2"],
];
for (const [what, replies, drop] of SMTP)
  test(`a mailbox's SMTP server that says ${what} byte by byte is left`, async () => {
    const peer = await dripping(replies, drop);
    const server = { host: "127.0.0.1", port: peer.port, security: "none", login } as const;
    const servers: Servers = { smtp: server, imap: null };
    const outcome = await door().test(servers);
    assert.match(outcome?.code ?? "", /^smtp_(timed_out|unreachable)$/);
    await isLeft(peer);
  });

const IMAP: [string, string[], string][] = [
  ["a greeting", [], "*"],
  ["greetings", [], "* X\r\n"],
  ["what it can", ["* OK hello\r\n"], "*"],
  ["lines without end", ["* OK hello\r\n"], "* CAPABILITY IMAP4rev1\r\n"],
];
for (const [what, replies, drop] of IMAP)
  test(`a mailbox's IMAP server that says ${what} byte by byte is left`, async () => {
    const peer = await dripping(replies, drop);
    const server = { host: "127.0.0.1", port: peer.port, security: "none", login } as const;
    const outcome = await door().test({ smtp: null, imap: server });
    assert.match(outcome?.code ?? "", /^imap_(timed_out|unreachable)$/);
    await isLeft(peer);
    const read = await door().openInbox(server);
    assert.ok("why" in read, JSON.stringify(Object.keys(read)));
    await isLeft(peer);
  });

const MX: [string, string[], string, string][] = [
  ["a banner", [], "2", "timed_out"],
  ["a banner of many lines", [], "220-x\r\n", "timed_out"],
  ["what it can", ["220 hello\r\n"], "250-X\r\n", "timed_out"],
  ["a word to an address", ["220 hello\r\n", "250 hello\r\n", "250 fine\r\n"], "2", "timed_out"],
];
for (const [what, replies, drop, why] of MX)
  test(`a domain's mail server that says ${what} byte by byte is left`, async () => {
    const peer = await dripping(replies, drop);
    const wish = { helo: "ours.no", from: "us@ours.no", addresses: ["ole@kraft.no"], madeUp: "x@kraft.no" };
    assert.deepEqual(await door(peer.port).askServer("127.0.0.1", wish), { kind: "failed", why });
    await isLeft(peer);
  });
