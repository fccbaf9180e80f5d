// Mail servers that mean harm, or might as well. None may hold us, fool us or fill us, and none may get a dot by it.

import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { after, before, test } from "node:test";
import { trustTestCertificates } from "../testing/post-office.ts";
import { OFFERS, type Script } from "../testing/scripted-peer.ts";
import { until } from "../testing/sending.ts";
import { Closing, go, limitsOf, MAIL, mailbox, PASSWORD } from "../testing/transmitting.ts";
import type { SendOutcome } from "./outcome.ts";

const closing = new Closing();
before(trustTestCertificates);
after(() => closing.close());

type Case = [what: string, script: Script, became: Record<string, unknown>, dots?: number];

/** Writes for as long as the peer reads. */
const forever = (text: string) => (socket: Socket) => {
  const write = () => {
    while (socket.writable && socket.write(text));
  };
  socket.on("drain", write);
  write();
};

const drip =
  (text: string, everyMs = 120) =>
  (socket: Socket) => {
    let at = 0;
    const timer = setInterval(() => {
      if (socket.writable && at < text.length) socket.write(text[at++] ?? "");
      else clearInterval(timer);
    }, everyMs);
  };

const bytes = (data: Buffer) => (socket: Socket) => void socket.write(data);
const tenMegabytes = bytes(Buffer.alloc(10_000_000, "250 blah "));
const garbage = bytes(Buffer.from([0xff, 0xfe, 0, 1, 2, 13, 10, 0x80, 0x81, 13, 10, 0xc3, 0x28, 13, 10]));
const notStarted = (phase: string, why: string) => ({ kind: "not_started", phase, why });
const unclear = (why: string) => ({ kind: "ambiguous", why });

const CASES: Case[] = [
  [
    "a greeting without end",
    { greeting: forever("220-welcome\r\n") },
    { kind: "not_started", phase: "connect" },
  ],
  ["greetings without end", { greeting: forever("220 welcome\r\n") }, { kind: "not_started" }],
  ["two greetings", { greeting: "220 a\r\n220 b" }, { kind: "not_started" }],
  ["a line of 10 MB for a greeting", { greeting: tenMegabytes }, notStarted("connect", "unreadable")],
  ["a line of 10 MB for MAIL", { mail: tenMegabytes }, notStarted("mail", "unreadable")],
  ["a line of 10 MB after the dot", { end: tenMegabytes }, unclear("unreadable"), 1],
  ["100,000 lines of what it can", { ehlo: `${"250-X\r\n".repeat(100_000)}250 Y` }, { kind: "not_started" }],
  ["garbage for a greeting", { greeting: garbage }, { kind: "not_started", phase: "connect" }],
  ["garbage for RCPT", { rcpt: garbage, offers: ["AUTH PLAIN"] }, { kind: "not_started", phase: "rcpt" }],
  ["garbage after the dot", { end: garbage }, unclear("unreadable"), 1],
  ["a page of the web", { greeting: "HTTP/1.1 400 Bad Request\r\n\r\n<html>" }, { kind: "not_started" }],
  ["a code nobody knows", { end: "999 2.0.0 Ok: queued as 1" }, unclear("unreadable"), 1],
  ["a code cut short", { end: "25" }, unclear("unreadable"), 1],
  ["lines that disagree", { end: "250-fine\r\n550 not fine" }, unclear("unreadable"), 1],
  [
    "one byte at a time for a greeting",
    { greeting: drip("220 slow loris\r\n") },
    notStarted("connect", "timed_out"),
  ],
  [
    "one byte at a time for MAIL",
    { mail: drip("250 slow loris\r\n"), offers: ["AUTH PLAIN"] },
    notStarted("mail", "timed_out"),
  ],
  [
    "one byte at a time for DATA",
    { data: drip("354 slow loris\r\n"), offers: ["AUTH PLAIN"] },
    notStarted("data", "timed_out"),
  ],
  ["one byte at a time after the dot", { end: drip("250 slow loris\r\n") }, unclear("timed_out"), 1],
  [
    "354 and 250 in one breath",
    { data: "354 go\r\n250 2.0.0 Ok: queued as LIE" },
    notStarted("gate", "unreadable"),
  ],
  [
    "354 and 554 in one breath",
    { data: "354 go\r\n554 5.7.1 no" },
    { kind: "refused", permanent: true, code: 554 },
  ],
  ["250 for DATA", { data: "250 Ok: queued as LIE" }, notStarted("data", "unreadable")],
  ["354 for MAIL", { mail: "354 go" }, { kind: "not_started" }],
  ["354 for RCPT", { rcpt: "354 go" }, { kind: "not_started" }],
  ["two replies to RCPT", { rcpt: "250 ok\r\n250 ok" }, { kind: "not_started" }],
  [
    "two replies to RCPT, one at a time",
    { rcpt: "250 ok\r\n250 ok", offers: ["AUTH PLAIN"] },
    { kind: "not_started" },
  ],
  ["leave to write to nobody", { rcpt: "550 5.1.1 nobody" }, { kind: "refused", phase: "rcpt", code: 550 }],
  ["leave to write from nobody", { mail: "550 5.7.1 no" }, { kind: "refused", phase: "mail", code: 550 }],
  [
    "all replies before the questions",
    { ehlo: "250 AUTH PLAIN\r\n235 in\r\n250 a\r\n250 b\r\n354 go\r\n250 Ok" },
    { kind: "not_started" },
  ],
  ["a certificate for another name", { security: "tls", cert: "elsewhere" }, notStarted("tls", "tls_failed")],
  [
    "another name's certificate by STARTTLS",
    { security: "starttls", cert: "elsewhere" },
    notStarted("tls", "tls_failed"),
  ],
  [
    "no STARTTLS where it is required",
    { security: "starttls", starttls: "502 what?" },
    { kind: "refused", phase: "tls", code: 502 },
  ],
  [
    "TLS that never shakes hands",
    { security: "starttls", starttls: bytes(Buffer.from("220 go\r\n")) },
    { kind: "not_started", phase: "tls" },
  ],
];

for (const [what, script, became, dots = 0] of CASES)
  test(`${what}: ${Object.values(became).join(", ")}`, async () => {
    const peer = await closing.peer({ offers: OFFERS, ...script });
    const mayRelease = async () => true;
    const outcome: SendOutcome = await closing
      .door("why" in became && became.why === "timed_out" ? limitsOf(1_000) : {})
      .transmit(mailbox(peer, script.security), MAIL, { mayRelease });
    assert.deepEqual({ ...outcome, ...became }, outcome, JSON.stringify(outcome));
    if (dots > 0) await until(async () => peer.stored.length >= dots);
    else await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(peer.stored.length, dots);
  });

test("what is slipped in before TLS is not believed afterwards", async () => {
  const starttls = "220 go\r\n250-evil\r\n250 SIZE 10"; // ten bytes: believed, it would refuse the mail
  const peer = await closing.peer({ security: "starttls", starttls });
  const outcome = await closing.door().transmit(mailbox(peer, "starttls"), MAIL, { mayRelease: go });
  assert.equal(outcome.kind, "accepted");
});

test("nothing of the login is said before TLS stands", async () => {
  for (const script of [
    { security: "starttls", starttls: "454 4.7.0 not now" },
    { security: "starttls", cert: "elsewhere" },
    { security: "tls", cert: "elsewhere" },
  ] as const) {
    const peer = await closing.peer(script);
    await closing.door().transmit(mailbox(peer, script.security), MAIL, { mayRelease: go });
    assert.ok(!peer.commands.some((line) => /AUTH|MAIL/.test(line)));
  }
});

test("a server that repeats our password does not get it into what it said", async () => {
  const token = Buffer.from(`\0ines\0${PASSWORD}`).toString("base64");
  for (const script of [
    { auth: `535 5.7.8 ${PASSWORD} ${token}` },
    { rcpt: `550 5.1.1 ${PASSWORD} ${token}` },
    { end: `250 2.0.0 ${PASSWORD} ${token}` },
  ]) {
    const peer = await closing.peer(script);
    const outcome = await closing.door().transmit(mailbox(peer), MAIL, { mayRelease: go });
    assert.ok(!JSON.stringify(outcome).includes(PASSWORD) && !JSON.stringify(outcome).includes(token));
    assert.match(JSON.stringify(outcome), /…/);
  }
});

test("private places and readable passwords are refused before a packet is sent", async () => {
  const peer = await closing.peer();
  const at = (host: string, security: "tls" | "none" = "tls") => {
    const box = mailbox(peer);
    return closing
      .door()
      .transmit({ ...box, server: { ...box.server, host, security } }, MAIL, { mayRelease: go });
  };
  const refused = (why: string) => ({ kind: "not_started", phase: "connect", why, detail: null });
  assert.deepEqual(await at("10.0.0.1"), refused("host_refused"));
  assert.deepEqual(await at("169.254.169.254"), refused("host_refused"));
  assert.deepEqual(await at("93.184.216.34", "none"), refused("plaintext_refused"));
  assert.deepEqual(await at("no-such-host.invalid"), refused("name_not_found"));
});
