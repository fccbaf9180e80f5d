import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { simpleParser } from "mailparser";
import { holds } from "../testing/dkim-verifier.ts";
import { Closing, go, mailbox } from "../testing/transmitting.ts";
import { type MailParts, type PreparedMail, prepareMail } from "./prepared-mail.ts";

const PARTS: MailParts = {
  recipient: "ola@kund.example",
  from: { name: "Inès Åkesson, «Norrland»", address: "ines@norrland.example" },
  replyTo: { name: null, address: "svar@norrland.example" },
  to: [{ name: "Ola Ødegård 😀", address: "ola@kund.example" }],
  cc: [{ name: "Łukasz", address: "lukasz@kund.example" }],
  subject: "Fråga om värmepumpar — 日本語 och en ganska lång rad som måste delas på flera ställen 🎉",
  html: "<p>Hej Ola, åäö 日本語</p>",
  text: "Hej Ola, åäö 日本語\n.punkt\n..två\n",
  messageId: "<9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c@norrland.example>",
  date: Temporal.Instant.from("2026-11-20T09:30:00Z"),
  inReplyTo: "<second@norrland.example>",
  references: ["<first@norrland.example>", "<second@norrland.example>"],
  unsubscribe: {
    url: `https://cadenza.example/unsubscribe/${"a".repeat(200)}?x=1&y=2`,
    mailto: "stop@norrland.example",
  },
  attachments: [
    {
      fileName: "förslag.pdf",
      contentType: "application/pdf",
      content: Buffer.from("%PDF-åäö"),
      contentId: null,
    },
  ],
  token: null,
  dkim: null,
};

async function prepared(parts: Partial<MailParts> = {}): Promise<PreparedMail> {
  const { mail, fault } = await prepareMail({ ...PARTS, ...parts });
  assert.equal(fault, null);
  assert.ok(mail);
  return mail;
}

/** The raw headers, unfolded. */
function headersOf(raw: Buffer) {
  const head = raw.subarray(0, raw.indexOf("\r\n\r\n")).toString("latin1");
  return head.replace(/\r\n[ \t]+/g, " ").split("\r\n");
}

function longestLine(raw: Buffer) {
  return Math.max(
    ...raw
      .toString("latin1")
      .split("\r\n")
      .map((line) => line.length),
  );
}

test("a mail comes back from a parser as it was put in, whatever the alphabet", async () => {
  const mail = await prepared();
  assert.deepEqual(mail.envelope, { from: "ines@norrland.example", to: "ola@kund.example" });
  const read = await simpleParser(mail.raw);
  assert.deepEqual(read.from?.value, [{ name: PARTS.from.name, address: PARTS.from.address }]);
  assert.deepEqual([read.to].flat()[0]?.value, [{ name: "Ola Ødegård 😀", address: "ola@kund.example" }]);
  assert.deepEqual([read.cc].flat()[0]?.value, [{ name: "Łukasz", address: "lukasz@kund.example" }]);
  assert.equal(read.replyTo?.text, "svar@norrland.example");
  assert.equal(read.subject, PARTS.subject);
  assert.equal(read.html, PARTS.html);
  assert.equal(read.text, PARTS.text);
  assert.equal(read.messageId, PARTS.messageId);
  assert.equal(read.date?.toISOString(), "2026-11-20T09:30:00.000Z");
  assert.equal(read.inReplyTo, "<second@norrland.example>");
  assert.deepEqual(read.references, PARTS.references);
  assert.deepEqual(
    read.attachments.map(({ filename, contentType, content }) => [filename, contentType, content.toString()]),
    [["förslag.pdf", "application/pdf", "%PDF-åäö"]],
  );
  const headers = headersOf(mail.raw);
  assert.ok(
    headers.includes(
      `List-Unsubscribe: <${PARTS.unsubscribe?.url}>, <mailto:stop@norrland.example?subject=unsubscribe>`,
    ),
  );
  assert.ok(headers.includes("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
  assert.ok(
    !headers.some((header) => /^(?:auto-submitted|precedence|bcc|x-)/i.test(header)),
    headers.join("\n"),
  );
});

test("the same mail is the same bytes, today and after a crash", async () => {
  const attempts = await Promise.all([prepared(), prepared(), prepared()]);
  await new Promise((resolve) => setTimeout(resolve, 1100)); // another second on the clock
  attempts.push(await prepared());
  assert.equal(new Set(attempts.map(({ raw }) => raw.toString("base64"))).size, 1);
  const other = await prepared({ messageId: "<other@norrland.example>" });
  assert.notEqual(other.raw.toString(), attempts[0]?.raw.toString());
});

test("lines are short and end alike, and none of it is lost: long lines, dots, a body of 1 MB", async () => {
  const long = `${"ord ".repeat(30_000)}\n${"x".repeat(5000)}\n.\n..\n.dot\n\nFrom here\n`;
  const cases: Record<string, Partial<MailParts>> = {
    long: { text: long, html: `<p>${"å".repeat(4000)}</p>` },
    large: { text: "a line with åäö, and a dot.\n".repeat(36_000), html: null, attachments: [] },
    ascii: { text: "plain\r\n.\r\n\rlone\ncarriage\r", html: null, attachments: [] },
    dots: { text: ".\n".repeat(1000), html: null, attachments: [] },
  };
  for (const [what, parts] of Object.entries(cases)) {
    const { raw } = await prepared(parts);
    assert.ok(longestLine(raw) <= 998, what);
    assert.ok(!/\r(?!\n)|(?<!\r)\n/.test(raw.toString("latin1")), `${what}: lone line ends`);
    const read = await simpleParser(raw);
    const same = (text: string) => text.replace(/\r\n?/g, "\n").trimEnd();
    assert.equal(same(read.text ?? ""), same(parts.text ?? ""), what);
  }
});

test("dots and all, it arrives as it was prepared", async () => {
  const closing = new Closing();
  const peer = await closing.peer();
  const text = `${".\n..\n...\n.x\n".repeat(5000)}\n.`;
  for (const mail of [await prepared({ text, html: null, attachments: [] }), await prepared({ text })]) {
    const outcome = await closing.door().transmit(mailbox(peer), mail, { mayRelease: go });
    assert.equal(outcome.kind, "accepted");
    assert.ok(peer.stored.at(-1)?.equals(mail.raw));
  }
  await closing.close();
});

const NASTY = [
  "Hi\r\nBcc: victim@evil.test",
  "Hi\nBcc: victim@evil.test\n\n<script>",
  "Hi\rBcc: victim@evil.test",
  "Hi\u0000\u2028Bcc: victim@evil.test\u2029",
  "=?utf-8?q?Hi=0D=0ABcc:_victim=40evil.test?=",
  "=?utf-8?b?SGkNCkJjYzogdmljdGltQGV2aWwudGVzdA==?=",
  "Hi\r\n\r\nsecond body",
  '"Quoted" <victim@evil.test>, other@evil.test',
  "a".repeat(5000),
  "\ud800 lone surrogate",
  "\u202egnp.exe",
];

test("no value begins a header of its own: names, subjects, file names", async () => {
  for (const nasty of NASTY) {
    const mail = await prepared({
      from: { name: nasty, address: "ines@norrland.example" },
      to: [{ name: nasty, address: "ola@kund.example" }],
      subject: nasty,
      attachments: [
        { fileName: nasty, contentType: "text/plain", content: Buffer.from("x"), contentId: null },
      ],
    });
    const names = headersOf(mail.raw).map((header) => header.split(":", 1)[0]?.toLowerCase());
    assert.equal(new Set(names).size, names.length, nasty);
    assert.ok(!names.includes("bcc"), nasty);
    assert.ok(longestLine(mail.raw) <= 998, nasty);
    const read = await simpleParser(mail.raw);
    assert.deepEqual(
      read.from?.value.map(({ address }) => address),
      ["ines@norrland.example"],
      nasty,
    );
    assert.deepEqual(
      [read.to].flat()[0]?.value.map(({ address }) => address),
      ["ola@kund.example"],
      nasty,
    );
    assert.ok(!/[\r\n\u2028\u2029]/.test(`${read.subject}${read.from?.text}`), nasty);
    assert.equal(read.attachments.length, 1);
    assert.ok(!/[\r\n/\\"]/.test(read.attachments[0]?.filename ?? ""), nasty);
    assert.equal(read.html, PARTS.html);
  }
});

test("what machines read is right, or there is no mail", async () => {
  const url = (text: string) => ({ unsubscribe: { url: text, mailto: null } });
  const file = { fileName: "a", contentType: "text/plain", content: Buffer.from("x"), contentId: null };
  const person = (address: string) => ({ name: null, address });
  const cases: [Partial<MailParts>, string][] = [
    [{ from: person("a@x.test\r\nBcc: b@y.test") }, "bad_sender"],
    [{ replyTo: person("a@x.test, b@y.test") }, "bad_sender"],
    [{ recipient: "a@x.test,b@y.test" }, "bad_recipient"],
    [{ to: [person('"a b"@x.test')] }, "bad_recipient"],
    [{ to: [] }, "bad_recipient"],
    [{ cc: [person("x")] }, "bad_recipient"],
    [{ cc: Array.from({ length: 60 }, () => person("a@x.test")) }, "too_many_addresses"],
    [{ messageId: "<a@b>\r\nX: y" }, "bad_message_id"],
    [{ messageId: "a@b" }, "bad_message_id"],
    [url("https://x.test/\r\nBcc: b@y.test"), "bad_unsubscribe_url"],
    [url("https://x.test/>,<mailto:x@y.test"), "bad_unsubscribe_url"],
    [url("javascript:alert(1)"), "bad_unsubscribe_url"],
    [url(`https://x.test/${"a".repeat(1000)}`), "bad_unsubscribe_url"],
    [{ unsubscribe: { url: "https://x.test/", mailto: "a@x.test?bcc=b@y.test" } }, "bad_unsubscribe_url"],
    [{ attachments: [{ ...file, contentType: "text/plain\r\nX: y" }] }, "bad_attachment"],
    [{ attachments: [{ ...file, contentType: "message/rfc822" }] }, "bad_attachment"],
    [{ attachments: [{ ...file, contentId: "a>\r\nX: y" }] }, "bad_attachment"],
    [{ attachments: Array.from({ length: 21 }, () => file) }, "too_many_attachments"],
    [{ attachments: [{ ...file, content: Buffer.alloc(26 * 1024 * 1024) }] }, "too_large"],
    [{ html: null, text: null }, "empty"],
  ];
  for (const [parts, fault] of cases)
    assert.deepEqual(
      await prepareMail({ ...PARTS, ...parts }),
      { mail: null, fault },
      JSON.stringify(parts).slice(0, 80),
    );
});

test("a chain keeps its beginning and its latest part, and nothing that is no id", async () => {
  const ids = Array.from({ length: 100 }, (_, i) => `<part-${i}@norrland.example>`);
  const { raw } = await prepared({
    inReplyTo: "<part-99@norrland.example>",
    references: [
      ...ids.slice(0, 3),
      "<x@y>\r\nBcc: a@b",
      "nonsense",
      `<${"l".repeat(300)}@x>`,
      ...ids.slice(3),
    ],
  });
  const { references } = await simpleParser(raw);
  assert.deepEqual(references, [ids[0], ...ids.slice(-19)]);
  const alone = await prepared({ inReplyTo: "not an id", references: ids });
  assert.ok(!headersOf(alone.raw).some((header) => /^(?:references|in-reply-to)/i.test(header)));
});

test("one message, told to each of its recipients by a transaction of their own, is the same bytes", async () => {
  const first = await prepared();
  const second = await prepared({ recipient: "lukasz@kund.example" });
  const blind = await prepared({ recipient: "boss@norrland.example" });
  assert.ok(first.raw.equals(second.raw) && first.raw.equals(blind.raw));
  assert.equal(blind.envelope.to, "boss@norrland.example");
  assert.ok(!blind.raw.includes("boss@norrland.example"));
});

test("names of domains in other letters go out in ASCII", async () => {
  const mail = await prepared({
    recipient: "Ola@BÜCHER.example",
    to: [{ name: null, address: "Ola@BÜCHER.example" }],
  });
  assert.equal(mail.envelope.to, "Ola@xn--bcher-kva.example");
  assert.ok(headersOf(mail.raw).includes("To: Ola@xn--bcher-kva.example"));
});

const KEYS = {
  rsa: generateKeyPairSync("rsa", { modulusLength: 2048 }),
  ed25519: generateKeyPairSync("ed25519"),
} as const;

for (const [kind, { privateKey, publicKey }] of Object.entries(KEYS))
  test(`a signature by ${kind} holds, and breaks when anything is added or changed`, async () => {
    const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const dkim = { domain: "norrland.example", selector: "c1", privateKey: pem };
    const { raw } = await prepared({ dkim });
    const open = publicKey.export({ type: "spki", format: "pem" }).toString();
    assert.ok(holds(raw, open));
    assert.ok(raw.equals((await prepared({ dkim })).raw), "the same bytes again");
    const text = raw.toString("latin1");
    const changed = (what: string, by: string) => Buffer.from(text.replace(what, by), "latin1");
    for (const forged of [
      Buffer.from(`From: boss@norrland.example\r\n${text}`, "latin1"),
      Buffer.from(`Subject: Pay now\r\n${text}`, "latin1"),
      changed("\r\nTo: ", "\r\nSubject: Pay now\r\nTo: "),
      changed("\r\nTo: ", "\r\nTo: other@x.test\r\nTo: "),
      changed("\r\nMIME-Version", "\r\nReply-To: x@evil.test\r\nMIME-Version"),
      changed("/unsubscribe/a", "/unsubscribe/b"),
      changed("MIME-Version: 1.0\r\n", "MIME-Version: 1.0\r\nList-Unsubscribe: <https://evil.test>\r\n"),
      Buffer.from(`${text}more\r\n`, "latin1"),
    ])
      assert.equal(holds(forged, open), false);
    const folded = changed("MIME-Version: 1.0", "MIME-Version:  1.0 ");
    assert.ok(holds(folded, open), "relaxed: white space may change");
  });
