import assert from "node:assert/strict";
import { test } from "node:test";
import { dressMail, type Undressed } from "./dressing.ts";

const TOKEN = "0123456789abcdef0123456789abcdef0123456789abcdef";
const BASE = "https://mail.norrland.example";

function dress(html: string, wish: Partial<Undressed> = {}) {
  const nothing = { tracksOpens: false, tracksClicks: false, unsubscribe: { line: null, plusAddress: null } };
  return dressMail({ html, text: "Hello", token: TOKEN, linksAt: BASE, ...nothing, ...wish });
}

test("with nothing asked for, every letter stays", () => {
  const html = `<p>T:é{{x}} &amp; <a href="https://x.example/?a=1&amp;b=2">x</a></p>\r\n<br />  `;
  const dressed = dress(html, { text: " T:é\r\n\n x  " });
  assert.equal(dressed.html, html);
  assert.equal(dressed.text, " T:é\r\n\n x  ");
  assert.deepEqual(dressed.links, []);
  assert.deepEqual(dressed.unsubscribe, { url: `${BASE}/u/${TOKEN}`, mailto: null });
});

const LINKS: [name: string, html: string, links: string[], after?: string][] = [
  [
    "a link to the web",
    '<p><a href="https://x.example/?a=1&amp;b=2#c">x</a></p>',
    ["https://x.example/?a=1&b=2#c"],
    `<p><a href="${BASE}/c/${TOKEN}/1">x</a></p>`,
  ],
  [
    "other attributes stay",
    '<a title="t" style="color:red" href="http://x.example/" target="_blank">x</a>',
    ["http://x.example/"],
    `<a title="t" style="color:red" href="${BASE}/c/${TOKEN}/1" target="_blank">x</a>`,
  ],
  [
    "the same twice is one",
    '<a href="https://x.example">1</a><a href="https://y.example/p">2</a><a href="https://x.example/">3</a>',
    ["https://x.example/", "https://y.example/p"],
    `<a href="${BASE}/c/${TOKEN}/1">1</a><a href="${BASE}/c/${TOKEN}/2">2</a><a href="${BASE}/c/${TOKEN}/1">3</a>`,
  ],
  ["a mail address", '<a href="mailto:a@x.example">x</a>', []],
  ["a number", '<a href="tel:+4712345678">x</a>', []],
  ["a place in the mail", '<a href="#here">x</a><a name="here"></a>', []],
  ["without a scheme", '<a href="//evil.example">x</a><a href="/x">x</a>', []],
  ["with a user name before the host", '<a href="https://bank.example@evil.example/">x</a>', []],
  ["what runs", '<a href="javascript:alert(1)">x</a><a href="data:text/html,x">x</a>', []],
  ["no address at all", '<a href="https://">x</a><a href="">x</a><a>x</a>', []],
  ["the one that unsubscribes", `<a href="${BASE}/u/${TOKEN}">stop</a>`, []],
  ["pictures", '<img src="https://x.example/a.png" alt="" />', []],
  ["words that look like one", "<p>https://x.example &lt;a href=&quot;https://y.example&quot;&gt;</p>", []],
  ["one that is too long", `<a href="https://x.example/${"a".repeat(2000)}">x</a>`, []],
];

for (const [name, html, links, after] of LINKS) {
  test(`counted links: ${name}`, () => {
    const dressed = dress(html, { tracksClicks: true });
    assert.deepEqual(dressed.links, links);
    assert.equal(dressed.html, after ?? html);
    assert.equal(dressed.text, "Hello");
  });
}

test("a picture at the end tells when the mail is looked at, and a mail of plain text has none", () => {
  const pixel = `<img src="${BASE}/o/${TOKEN}.gif" width="1" height="1" alt="" border="0" />`;
  assert.equal(dress("<p>x</p>", { tracksOpens: true }).html, `<p>x</p>${pixel}`);
  assert.equal(
    dress("<html><body>x</body></html>\n", { tracksOpens: true }).html,
    `<html><body>x${pixel}</body></html>\n`,
  );
  assert.equal(dress("", { tracksOpens: true, tracksClicks: true }).html, "");
});

const LINES: [line: string, html: string, text: string][] = [
  [
    "If this is not for you, <%tell me%>.",
    `If this is not for you, <a href="${BASE}/u/${TOKEN}">tell me</a>.`,
    `If this is not for you, tell me (${BASE}/u/${TOKEN}).`,
  ],
  ["&lt;%Stop%&gt;", `<a href="${BASE}/u/${TOKEN}">Stop</a>`, `Stop (${BASE}/u/${TOKEN})`],
  [
    '<small><a href="{{unsubscribe_link}}">No more</a></small>',
    `<small><a href="${BASE}/u/${TOKEN}">No more</a></small>`,
    `No more (${BASE}/u/${TOKEN})`,
  ],
  [
    "We write to people we know.",
    `We write to people we know. <a href="${BASE}/u/${TOKEN}">Unsubscribe</a>`,
    `We write to people we know. Unsubscribe (${BASE}/u/${TOKEN})`,
  ],
];

for (const [line, html, text] of LINES) {
  test(`the line ${line}`, () => {
    const dressed = dress("<p>Hi</p>", { tracksClicks: true, unsubscribe: { line, plusAddress: null } });
    assert.equal(dressed.html, `<p>Hi</p><div>${html}</div>`);
    assert.equal(dressed.text, `Hello\n\n${text}\n`);
    assert.deepEqual(dressed.links, []);
  });
}

const MAILBOXES: [mailbox: string | null, mailto: string | null][] = [
  ["ole@norrland.example", `ole+${TOKEN}@norrland.example`],
  [null, null],
  ["not an address", null],
  ["somebody.with.a.long.name@norrland.example", null],
];

for (const [plusAddress, mailto] of MAILBOXES) {
  test(`an address to unsubscribe by, for ${plusAddress}`, () => {
    assert.equal(dress("x", { unsubscribe: { line: null, plusAddress } }).unsubscribe.mailto, mailto);
  });
}

test("an address of ours that ends in a slash is the same address", () => {
  assert.equal(dress("x", { linksAt: `${BASE}/` }).unsubscribe.url, `${BASE}/u/${TOKEN}`);
});

test("a mail made to be slow is not", () => {
  const html = `${"<a ".repeat(50_000)}${'<a href="'.repeat(50_000)}${"<%".repeat(50_000)}`;
  const line = html.slice(-100_000);
  assert.deepEqual(dress(html, { tracksClicks: true, unsubscribe: { line, plusAddress: null } }).links, []);
});
