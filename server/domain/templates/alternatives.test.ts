import assert from "node:assert/strict";
import { test } from "node:test";
import { composeMail, gapsIn } from "./composing.ts";
import type { MailFacts } from "./mail-facts.ts";

const CONTACT = {
  firstName: "Ines",
  lastName: null,
  name: "Ines",
  title: null,
  headline: null,
  organizationName: null,
  email: "ines@norrland.example",
  phone: null,
  linkedinUrl: null,
  city: null,
  state: null,
  country: null,
  timeZone: null,
  customFields: [],
};
const FACTS: MailFacts = { contact: CONTACT, account: null, sender: null, sequence: null, opener: null };
const WHEN = { facts: FACTS, now: Temporal.Instant.from("2026-09-18T07:30:00Z"), zone: "UTC" };
const PEOPLE = Array.from({ length: 600 }, (_, n) => n.toString(16).padStart(24, "6"));

function mailFor(bodyHtml: string, contactId = PEOPLE[0] ?? "", stepId: string | null = "s1", subject = "") {
  const { mail, fault } = composeMail({ subject, bodyHtml, ...WHEN, drawnFor: { contactId, stepId } });
  if (fault) throw new Error(fault.sentence);
  return mail;
}

/** What everybody gets, and how many of them each. */
function drawn(bodyHtml: string) {
  const counts: Record<string, number> = {};
  for (const contactId of PEOPLE) {
    const { html } = mailFor(bodyHtml, contactId);
    counts[html] = (counts[html] ?? 0) + 1;
  }
  return counts;
}

test("each alternative is drawn for about as many contacts, and the rest of the mail stays", () => {
  const counts = drawn("<p>{Hi|Hello|Good morning} {{first_name}}, a word?</p>");
  assert.deepEqual(Object.keys(counts).sort(), [
    "<p>Good morning Ines, a word?</p>",
    "<p>Hello Ines, a word?</p>",
    "<p>Hi Ines, a word?</p>",
  ]);
  for (const count of Object.values(counts)) assert.ok(count > 150 && count < 250, JSON.stringify(counts));
});

test("a contact always gets the same words of a step, and another step is drawn anew", () => {
  const text = "{a|b|c|d} {e|f|g|h}";
  const first = PEOPLE.map((id) => mailFor(text, id).html);
  assert.deepEqual(
    PEOPLE.map((id) => mailFor(text, id).html),
    first,
  );
  const next = PEOPLE.map((id) => mailFor(text, id, "s2").html);
  assert.ok(next.filter((words, n) => words !== first[n]).length > 400);
});

test("two choices of one mail are drawn apart, and so are its subject and its body", () => {
  assert.deepEqual(Object.keys(drawn("{a|b} {a|b}")).sort(), ["a a", "a b", "b a", "b b"]);
  const pairs = PEOPLE.map((id) => {
    const { subject, html } = mailFor("{a|b}", id, "s1", "{a|b}");
    return `${subject} ${html}`;
  });
  assert.equal(new Set(pairs).size, 4);
});

test("alternatives hold variables, formatting, conditions and alternatives, and one may be empty", () => {
  const inside: [string, string[]][] = [
    ["{ {{first_name}}|there}", [" Ines", "there"]],
    ["{{{first_name}}|there}", ["Ines", "there"]],
    ["{<b>Hi</b>|Hello}", ["<b>Hi</b>", "Hello"]],
    ["{one<br />two|three}", ["one<br />two", "three"]],
    ["{{{#if first_name}}with{{#else}}without{{#endif}}|none}", ["none", "with"]],
    ["{a|{b|c}}", ["a", "b", "c"]],
    ["x{|, y}", ["x", "x, y"]],
  ];
  for (const [text, expected] of inside) assert.deepEqual(Object.keys(drawn(text)).sort(), expected, text);
});

test("braces without a bar, bars without braces and what is within a tag are plain text", () => {
  for (const text of [
    "{a}",
    "a|b",
    "{a|b",
    "a|b}",
    "{} | {}",
    '<a href="https://norrland.example/{a|b}">c</a>',
    '<p style="a{b|c}">d</p>',
  ])
    assert.deepEqual(drawn(text), { [text]: PEOPLE.length }, text);
  assert.deepEqual(drawn("{% raw %}{a|b}{% endraw %}"), { "{a|b}": PEOPLE.length });
  assert.equal(mailFor("", PEOPLE[0], "s1", "{ <b |<b }").subject, "<b");
});

test("a value with braces and bars is never read as alternatives", () => {
  const facts = { ...FACTS, contact: { ...CONTACT, firstName: "{a|b}" } };
  const drawnFor = { contactId: "1", stepId: null };
  const { mail } = composeMail({ subject: "{{first_name}}", bodyHtml: "", ...WHEN, facts, drawnFor });
  assert.equal(mail?.subject, "{a|b}");
});

test("only a variable of the words that were drawn can be missing", () => {
  const bodyHtml = "{ {{title}}|there}";
  const lacks = PEOPLE.filter((contactId) => {
    const drawnFor = { contactId, stepId: "s1" };
    const gaps = gapsIn({ subject: "", bodyHtml, ...WHEN, drawnFor });
    assert.deepEqual(gaps.missing, mailFor(bodyHtml, contactId).missing);
    return gaps.missing?.includes("title");
  });
  assert.ok(lacks.length > 250 && lacks.length < 350, `${lacks.length}`);
});

test("how many different mails there are is told", () => {
  const versions = (text: string, subject = "") => mailFor(text, PEOPLE[0], "s1", subject).versions;
  assert.equal(versions("Hi"), 1);
  assert.equal(versions("{a|b|c} {d|e}", "{f|g}"), 12);
  assert.equal(versions("{a|{b|c}|d{e|f}}"), 5);
  assert.equal(versions("{ {a|b} } {c"), 2);
  assert.equal(versions("{ {a|b} | {c|d}"), 4);
  assert.equal(versions("{a|b}".repeat(60)), 1_000_000_000);
});

test("alternatives that end in another paragraph, format or condition are refused with a sentence", () => {
  const faults: [string, RegExp][] = [
    ["<p>{a</p><p>|b}</p>", /in one paragraph or format/],
    ["<p>{a|b</p><p>c}</p>", /in one paragraph or format/],
    ["{<b>a|b</b>}", /in one paragraph or format/],
    ["<b>{a</b><b>|b}</b>", /in one paragraph or format/],
    ["{{#if first_name}}{a{{#endif}}|b}", /overlap|no matching/],
    ["{a{{#if first_name}}|b}{{#endif}}", /overlap/],
    ["{a|b}".repeat(1_001), /more than 2000 alternatives/],
    [`${"{a|".repeat(30)}b${"}".repeat(30)}`, /nested/],
  ];
  for (const [bodyHtml, sentence] of faults) {
    const drawnFor = { contactId: "1", stepId: null };
    const { fault } = composeMail({ subject: "", bodyHtml, ...WHEN, drawnFor });
    assert.match(fault?.sentence ?? "", sentence, bodyHtml.slice(0, 80));
  }
});

test("braces, bars and tags by the hundred thousand take time in proportion", () => {
  for (const piece of ["{", "|", "}", "{|", "|}", "<b", "</b>", "{<b>", "{a|"]) {
    const drawnFor = { contactId: "1", stepId: null };
    const { mail, fault } = composeMail({
      subject: "",
      bodyHtml: piece.repeat(600_000 / piece.length),
      ...WHEN,
      drawnFor,
    });
    assert.ok(mail !== null || fault !== null);
  }
});
