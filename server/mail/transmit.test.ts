import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { trustTestCertificates } from "../testing/post-office.ts";
import { OFFERS, type Script } from "../testing/scripted-peer.ts";
import { until } from "../testing/sending.ts";
import { Closing, go, MAIL, mailbox } from "../testing/transmitting.ts";
import type { SendOutcome } from "./outcome.ts";
import type { PhaseLimits } from "./phases.ts";

const closing = new Closing();
const opened = (script?: Script) => closing.peer(script);
const door = (limits?: Partial<PhaseLimits>) => closing.door(limits);

before(trustTestCertificates);
after(() => closing.close());

async function sent(
  script: Script,
  { mail = MAIL, mayRelease = go, limits = {} as Partial<PhaseLimits> } = {},
) {
  const peer = await opened(script);
  const phases: string[] = [];
  const onPhase = (phase: string) => phases.push(phase);
  const box = mailbox(peer, script.security);
  const outcome = await door(limits).transmit(box, mail, { mayRelease, onPhase });
  return { outcome, peer, phases };
}

const WAYS: [string, Partial<Script>][] = [
  ["in the clear, pipelined", { offers: OFFERS }],
  ["by TLS, one command at a time", { security: "tls", offers: ["AUTH PLAIN"] }],
  ["by STARTTLS, pipelined", { security: "starttls", offers: OFFERS }],
];

for (const [way, base] of WAYS)
  test(`a mail is taken ${way}, byte by byte what was prepared`, async () => {
    const { outcome, peer, phases } = await sent(base);
    assert.deepEqual(outcome, {
      kind: "accepted",
      serverSaid: "250 2.0.0 Ok: queued as 4ABC123",
      queueId: "4ABC123",
      newMessageId: null,
    });
    assert.deepEqual(peer.stored.map(String), [MAIL.raw.toString()]);
    const steps = ["connect", ...(base.security && base.security !== "none" ? ["tls"] : [])];
    assert.deepEqual(
      [...new Set(phases)],
      [...steps, "login", "mail", "rcpt", "data", "body", "gate", "dot"],
    );
  });

type Row = [what: string, script: Script, became: Partial<SendOutcome> & { phase?: string }, stored: 0 | 1];

const drop = "drop" as const;
const before354 = { kind: "not_started", why: "closed" } as const;
const unclear = (why: "closed" | "timed_out" | "unreadable") => ({ kind: "ambiguous", why }) as const;

/** The table of delivery.md B2, and what stands between its lines. */
const ROWS: Row[] = [
  ["no greeting", { greeting: "silence" }, { kind: "not_started", phase: "connect", why: "timed_out" }, 0],
  [
    "421 greeting",
    { greeting: { say: "421 4.3.2 busy", after: drop } },
    { kind: "refused", phase: "connect", permanent: false, code: 421 },
    0,
  ],
  [
    "554 greeting",
    { greeting: "554 5.7.1 not you" },
    { kind: "refused", phase: "connect", permanent: true, code: 554 },
    0,
  ],
  ["dropped greeting", { greeting: drop }, { ...before354, phase: "connect" }, 0],
  ["dropped at EHLO", { ehlo: drop }, { ...before354, phase: "connect" }, 0],
  [
    "bad login",
    { auth: "535 5.7.8 no such login" },
    { kind: "refused", phase: "login", permanent: true, code: 535, enhanced: "5.7.8" },
    0,
  ],
  [
    "login not now",
    { auth: "454 4.7.0 later" },
    { kind: "refused", phase: "login", permanent: false, code: 454 },
    0,
  ],
  ["dropped at login", { auth: drop }, { ...before354, phase: "login" }, 0],
  [
    "no login offered",
    { offers: ["PIPELINING"] },
    { kind: "not_started", phase: "login", why: "login_not_offered" },
    0,
  ],
  [
    "MAIL 4xx",
    { mail: "451 4.3.0 later" },
    { kind: "refused", phase: "mail", permanent: false, code: 451, enhanced: "4.3.0" },
    0,
  ],
  ["MAIL 5xx", { mail: "550 5.7.1 no" }, { kind: "refused", phase: "mail", permanent: true, code: 550 }, 0],
  [
    "RCPT 4xx",
    { rcpt: "450 4.2.0 greylisted" },
    { kind: "refused", phase: "rcpt", permanent: false, code: 450 },
    0,
  ],
  [
    "RCPT 5xx",
    { rcpt: "550 5.1.1 nobody" },
    { kind: "refused", phase: "rcpt", permanent: true, code: 550, enhanced: "5.1.1" },
    0,
  ],
  [
    "RCPT 421",
    { rcpt: { say: "421 4.7.0 bye", after: drop } },
    { kind: "refused", phase: "rcpt", permanent: false, code: 421 },
    0,
  ],
  ["DATA 4xx", { data: "451 4.5.0 no" }, { kind: "refused", phase: "data", permanent: false, code: 451 }, 0],
  ["dropped at MAIL", { mail: drop }, { ...before354, phase: "mail" }, 0],
  ["dropped at RCPT", { rcpt: drop }, { ...before354, phase: "rcpt" }, 0],
  ["dropped before 354", { data: drop }, { ...before354, phase: "data" }, 0],
  ["reset before 354", { data: "reset" }, before354, 0], // which takes the replies before it along
  ["silence before 354", { data: "silence" }, { kind: "not_started", phase: "data", why: "timed_out" }, 0],
  [
    "4xx after the dot",
    { end: "452 4.3.1 full", stores: false },
    { kind: "refused", phase: "dot", permanent: false, code: 452 },
    0,
  ],
  [
    "5xx after the dot",
    { end: "554 5.6.0 no spam", stores: false },
    { kind: "refused", phase: "dot", permanent: true, code: 554 },
    0,
  ],
  [
    "421 after the dot",
    { end: { say: "421 4.3.2 bye", after: drop }, stores: false },
    { kind: "refused", phase: "dot", permanent: false, code: 421 },
    0,
  ],
  ["dropped after the dot, not stored", { end: drop, stores: false }, unclear("closed"), 0],
  ["dropped after the dot, stored", { end: drop }, unclear("closed"), 1],
  ["reset after the dot, stored", { end: "reset" }, unclear("closed"), 1],
  ["closed after the dot, stored", { end: (socket) => socket.end() }, unclear("closed"), 1],
  ["silence after the dot, stored", { end: "silence" }, unclear("timed_out"), 1],
  ["half a 250 after the dot", { end: (socket) => socket.end("250 2.0.0 Ok: que") }, unclear("closed"), 1],
  ["half a 550 after the dot", { end: (socket) => socket.end("550 5.7") }, unclear("closed"), 1],
  ["babble after the dot", { end: "thank you" }, unclear("unreadable"), 1],
  ["354 after the dot", { end: "354 more?" }, unclear("unreadable"), 1],
  ["250, then dropped", { end: { say: "250 2.0.0 Ok: queued as X1", after: drop } }, { kind: "accepted" }, 1],
];

for (const [way, base] of WAYS)
  test(`every row of the error table becomes what it is, ${way}`, async (t) => {
    for (const [what, script, became, stored] of ROWS)
      await t.test(what, async () => {
        const offers = base.offers?.includes("PIPELINING") ? base.offers : (script.offers ?? base.offers);
        const all = { ...base, ...script, offers: script.offers ?? offers ?? OFFERS };
        const { outcome, peer } = await sent(all);
        assert.deepEqual({ ...outcome, ...became }, outcome, JSON.stringify(outcome));
        assert.equal(peer.stored.length, stored);
      });
  });

test("an unreachable server means the mail is not sent", async () => {
  const outcome = await door().transmit(mailbox({ port: 1 }), MAIL, { mayRelease: go });
  assert.deepEqual(outcome, {
    kind: "not_started",
    phase: "connect",
    why: "connection_failed",
    detail: null,
  });
});

const LARGE = { ...MAIL, raw: Buffer.alloc(24 * 1024 * 1024, "lots of text that is sent line by line\r\n") };

test("a connection lost in the body means not sent, and the gate was not asked", async () => {
  let asked = 0;
  const mayRelease = async () => {
    asked += 1;
    return true;
  };
  const cases: [Script, Partial<SendOutcome>][] = [
    [{ inBody: { after: 100_000, move: "drop" } }, { kind: "not_started", phase: "body", why: "closed" }],
    [
      { inBody: { after: 100_000, move: (socket) => socket.pause() } },
      { kind: "not_started", phase: "body", why: "timed_out" },
    ],
    [
      { security: "tls", inBody: { after: 100_000, move: (socket) => socket.pause() } },
      { kind: "not_started", phase: "body", why: "timed_out" },
    ],
    [
      { inBody: { after: 100_000, move: { say: "552 5.3.4 too much", after: "drop" } } },
      { kind: "refused", phase: "body", permanent: true, code: 552 },
    ],
  ];
  for (const [script, became] of cases) {
    const { outcome, peer } = await sent(script, { mail: LARGE, mayRelease, limits: { body: 1500 } });
    assert.deepEqual({ ...outcome, ...became }, outcome, JSON.stringify(outcome));
    assert.equal(peer.stored.length, 0);
  }
  assert.equal(asked, 0);
});

test("the dot waits for a word: everything but the end is there, and nothing follows a no", async () => {
  for (const [way, base] of WAYS) {
    const answer = Promise.withResolvers<boolean>();
    const asked = Promise.withResolvers<void>();
    const peer = await opened(base);
    const mayRelease = () => {
      asked.resolve();
      return answer.promise;
    };
    const pending = door().transmit(mailbox(peer, base.security), MAIL, { mayRelease });
    await asked.promise;
    await until(async () => Buffer.concat(peer.heard).toString().endsWith("..\r\nlast\r\n"));
    const heard = Buffer.concat(peer.heard).toString();
    const body = base.security === "starttls" || base.security === "tls" ? null : heard;
    assert.ok(heard.endsWith("..one dot\r\n...two dots\r\n..\r\nlast\r\n"), `${way}: ${heard.slice(-60)}`);
    assert.ok(body === null || !body.includes("\r\n.\r\n"));
    answer.resolve(false);
    assert.deepEqual(await pending, { kind: "held_back" });
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.deepEqual([peer.stored.length, Buffer.concat(peer.heard).length], [0, heard.length], way);
  }
});

test("a connection lost at the gate is not sent, whatever the gate says, and its answer is waited for", async () => {
  for (const isAllowed of [true, false]) {
    const peer = await opened();
    let isDecided = false;
    const mayRelease = async () => {
      await peer.close();
      await new Promise((resolve) => setTimeout(resolve, 40));
      isDecided = true;
      return isAllowed;
    };
    const outcome = await door().transmit(mailbox(peer), MAIL, { mayRelease });
    assert.ok(isDecided);
    assert.equal(peer.stored.length, 0);
    if (!isAllowed) assert.deepEqual(outcome, { kind: "held_back" });
    else assert.deepEqual({ ...outcome, detail: null }, { ...before354, phase: "gate", detail: null });
  }
});

test("a gate that breaks sends nothing, and its error arrives", async () => {
  const peer = await opened();
  const broken = async () => Promise.reject(new Error("no database"));
  await assert.rejects(door().transmit(mailbox(peer), MAIL, { mayRelease: broken }), /no database/);
  assert.equal(peer.stored.length, 0);
});

test("one recipient, told with size and delivery notices where the server knows them", async () => {
  const known = await sent({});
  assert.deepEqual(known.peer.commands.slice(2), [
    `MAIL FROM:<ines@norrland.example> SIZE=${MAIL.raw.length} RET=HDRS ENVID=a1b2@norrland.example`,
    "RCPT TO:<ola@kund.example> NOTIFY=FAILURE ORCPT=rfc822;ola@kund.example",
    "DATA",
  ]);
  assert.equal(known.peer.commands[0], "EHLO norrland.example");
  const unknown = await sent({ offers: ["AUTH PLAIN"] });
  assert.deepEqual(unknown.peer.commands.slice(2, 4), [
    "MAIL FROM:<ines@norrland.example>",
    "RCPT TO:<ola@kund.example>",
  ]);
});

test("what the server cannot take is refused without asking it: size, letters beyond ASCII", async () => {
  const utf8 = { ...MAIL, envelope: { ...MAIL.envelope, to: "jürgen@bücher.example" } };
  const refusal = (phase: string, enhanced: string) => ({
    kind: "refused",
    phase,
    permanent: true,
    code: null,
    enhanced,
    serverSaid: null,
  });
  assert.deepEqual((await sent({ offers: ["SIZE 40", "AUTH PLAIN"] })).outcome, refusal("mail", "5.3.4"));
  assert.deepEqual(
    (await sent({ offers: ["AUTH PLAIN"] }, { mail: utf8 })).outcome,
    refusal("mail", "5.6.7"),
  );
  const { outcome, peer } = await sent({}, { mail: utf8 });
  assert.equal(outcome.kind, "accepted");
  assert.ok(peer.commands.some((line) => line.startsWith("RCPT TO:<jürgen@xn--bcher-kva.example>")));
  assert.ok(peer.commands.some((line) => / SMTPUTF8\b/.test(line)));
});

test("what is no single address never reaches a command", async () => {
  const bad = [
    '"a@evil.test x"@good.test',
    "a@x.test,b@y.test",
    "group: a@x.test, b@y.test;",
    "a@x.test (comment)",
    "a@x.test>\r\nRCPT TO:<b@y.test",
    "a@x.test\u0000",
    "<a@x.test>",
    "@relay.test:a@x.test",
    "a@[127.0.0.1]",
    "a@127.0.0.1",
    "a b@x.test",
    `${"a".repeat(65)}@x.test`,
    `a@${"x".repeat(64)}.test`,
    `a@${"x.".repeat(150)}test`,
    "a@x..test",
    ".a@x.test",
    "a..b@x.test",
    "a",
    "",
  ];
  const peer = await opened();
  for (const to of bad) {
    const mail = { ...MAIL, envelope: { ...MAIL.envelope, to } };
    const outcome = await door().transmit(mailbox(peer), mail, { mayRelease: go });
    assert.deepEqual([outcome.kind, "enhanced" in outcome && outcome.enhanced], ["refused", "5.1.3"], to);
  }
  assert.ok(!peer.commands.some((line) => /^(?:MAIL|RCPT)/.test(line)));
  assert.equal(peer.stored.length, 0);
});
