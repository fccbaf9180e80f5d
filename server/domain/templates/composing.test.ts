import assert from "node:assert/strict";
import { test } from "node:test";
import { composeMail, gapsIn } from "./composing.ts";
import type { CustomValue, MailAccountFacts, MailContactFacts, MailFacts } from "./mail-facts.ts";

const NOBODY: MailContactFacts = {
  firstName: null,
  lastName: null,
  name: null,
  title: null,
  headline: null,
  organizationName: null,
  email: null,
  phone: null,
  linkedinUrl: null,
  city: null,
  state: null,
  country: null,
  timeZone: null,
  customFields: [],
};
const NO_COMPANY: MailAccountFacts = {
  name: null,
  domain: null,
  websiteUrl: null,
  phone: null,
  industry: null,
  employees: null,
  annualRevenue: null,
  foundedYear: null,
  city: null,
  state: null,
  country: null,
  customFields: [],
};
const SPORT: CustomValue = { id: "65a1b2c3d4e5f60718293a4b", name: "Favourite Sport", value: "ice hockey" };
const INES: MailFacts = {
  contact: {
    ...NOBODY,
    firstName: "Ines",
    lastName: "Okafor",
    name: "Ines Okafor",
    title: "Plant manager",
    city: "Luleå",
    email: "ines@norrland.example",
    organizationName: "Norrland",
    customFields: [
      SPORT,
      { id: "75a1b2c3d4e5f60718293a4b", name: "Renewal", value: "2026-03-30" },
      { id: "85a1b2c3d4e5f60718293a4b", name: "Größe (m²)", value: 12.5 },
      { id: "95a1b2c3d4e5f60718293a4b", name: "Is customer", value: false },
      { id: "a5a1b2c3d4e5f60718293a4b", name: "Sites", value: ["Luleå", "Boden"] },
      { id: "b5a1b2c3d4e5f60718293a4b", name: "Title", value: "of the field" },
    ],
  },
  account: {
    ...NO_COMPANY,
    name: "Norrland Kraft AB (publ)",
    domain: "norrland.example",
    industry: "Utilities",
    employees: 200,
    customFields: [{ ...SPORT, id: "c5a1b2c3d4e5f60718293a4b", value: "football" }],
  },
  sender: {
    firstName: "Ole",
    lastName: "Dahl",
    name: "Ole Dahl",
    title: null,
    email: "ole@example.no",
    meetingUrl: "https://cal.com/ole",
  },
  sequence: { name: "Nordic plants" },
  opener: null,
};
const UNKNOWN: MailFacts = { contact: NOBODY, account: null, sender: null, sequence: null, opener: null };
const SOMEBODY = (contact: Partial<MailContactFacts>): MailFacts => ({
  ...UNKNOWN,
  contact: { ...NOBODY, ...contact },
});

// A Friday morning in Stockholm.
const when = {
  now: Temporal.Instant.from("2026-09-18T07:30:00Z"),
  zone: "Europe/Stockholm",
  drawnFor: { contactId: "65a1b2c3d4e5f60718293a4b", stepId: null },
};

function mailFor(bodyHtml: string, facts = INES, subject = "") {
  const { mail, fault } = composeMail({ subject, bodyHtml, facts, ...when });
  if (fault) throw new Error(`${bodyHtml.slice(0, 200)}: ${fault.sentence}`);
  return mail;
}

function faultOf(bodyHtml: string, subject = "") {
  const { fault } = composeMail({ subject, bodyHtml, facts: INES, ...when });
  return fault;
}

type Case = [template: string, html: string, missing?: string[]];

/** Composed, and asked for gaps only: both must name the same. */
function check(cases: readonly Case[], facts: MailFacts) {
  for (const [template, html, missing = []] of cases) {
    const mail = mailFor(template, facts);
    assert.equal(mail.html, html, template);
    assert.deepEqual(mail.missing, missing, template);
    const gaps = gapsIn({ subject: "", bodyHtml: template, facts, ...when });
    assert.deepEqual(gaps.missing, missing, `gaps in ${template}`);
  }
}

test("variables are filled from contact, company, sender, sequence and custom fields", () => {
  check(
    [
      ["Hi {{first_name}} {{ last_name }}", "Hi Ines Okafor"],
      ["{{First_Name}} {{contact.first_name}} {{First Name}}", "Ines Ines Ines"],
      ["{{title}} {{city}} {{location_city}} {{domain}}", "Plant manager Luleå Luleå norrland.example"],
      ["{{company}} {{company_name}} {{account.name}}", "Norrland Kraft Norrland Kraft Norrland Kraft"],
      ["{{company_unprocessed_name}}", "Norrland Kraft AB (publ)"],
      ["{{industry}} {{account.industry}} {{company_size}}", "Utilities Utilities 200"],
      ["{{sender_first_name}} {{sender.email}} {{sequence_name}}", "Ole ole@example.no Nordic plants"],
      [
        '<a href="{{sender_meeting_alias}}">meet</a> {{sender.meeting_link}}',
        '<a href="https://cal.com/ole?name=Ines+Okafor&amp;email=ines%40norrland.example">meet</a> https://cal.com/ole?name=Ines+Okafor&amp;email=ines%40norrland.example',
      ],
      ["{{favourite_sport}} {{contact.Favourite Sport}}", "ice hockey ice hockey"],
      ["{{account.favourite_sport}} {{account.c5a1b2c3d4e5f60718293a4b}}", "football football"],
      ["{{65a1b2c3d4e5f60718293a4b}}", "ice hockey"],
      ["{{größe_m}}", "", ["größe_m"]],
      ["{{größe_m²}} {{is_customer}} {{sites}}", "12.5 false Luleå, Boden"],
      ["{{contact.title}}", "Plant manager"],
      ["{{&nbsp;first_name&nbsp;}}", "Ines"],
    ],
    INES,
  );
});

test("a variable without a value is named as it was written, once, subject first", () => {
  const mail = mailFor(
    "{{ First Name }} {{contact.title}} {{company}} {{frist_name}}",
    UNKNOWN,
    "{{company}}",
  );
  assert.deepEqual(mail.missing, ["company", "First Name", "contact.title", "frist_name"]);
  check([["{{phone|upcase}} {{title->plural}}", " ", ["phone", "title"]]], UNKNOWN);
  check([["{{ phone | append: '!' }}", "!", ["phone"]]], UNKNOWN);
});

test("a fallback replaces a missing value", () => {
  check(
    [
      ["{{first_name|there}}", "there"],
      ['{{ first_name | "my friend" }}', "my friend"],
      ["{{first_name|you & yours}}", "you &amp; yours"],
      ["{{first_name|}}", ""],
      ["{{ first_name | default: 'there' | upcase }}", "THERE"],
      ["{{ first_name | default: “there” }}", "there"],
      ["{{#if first_name}}Hi {{first_name}}{{#else}}Hello{{#endif}}", "Hello"],
      ["{{#if first_name}}{{#endif}}!", "!"],
      ["{{#if first_name}}{{first_name}}{{#else}}{{company}}{{#endif}}", "", ["company"]],
      ["{{#if first_name}}a{{else}}b{{/if}}", "b"],
      ["{{#if first_name}}a{{#elsif title}}b{{#else}}c{{#endif}}", "c"],
      ["{{#if !first_name}}a{{#endif}}{{#if not title}}b{{#endif}}", "ab"],
    ],
    UNKNOWN,
  );
  check(
    [
      ["{{first_name|there}} {{title->lowercase|friend}}", "Ines plant manager"],
      ["Hi {{#if first_name}}{{#endif}},", "Hi Ines,"],
      ["Hi {{#if first_name}} {{#else}}there{{#endif}},", "Hi  Ines,"],
      ["{{#if company_size > 50}}big{{#else}}small{{#endif}}", "big"],
      ["{{#if title == &quot;Plant manager&quot;}}x{{phone}}{{#endif}}", "x", ["phone"]],
      ["{{#if title == 'CEO'}}x{{phone}}{{#endif}}", ""],
      ["{{#if is_customer}}x{{phone}}{{#else}}y{{#endif}}", "y"],
      ["{{#if title}}{{#if phone}}{{phone}}{{#else}}{{headline}}{{#endif}}{{#endif}}", "", ["headline"]],
    ],
    INES,
  );
});

test("Apollo's operators change case and number, and count working days", () => {
  check(
    [
      ["{{title->lowercase}} {{title-&gt;uppercase}}", "plant manager PLANT MANAGER"],
      ["{{title->capitalize_each_word}} {{title->plural}}", "Plant Manager Plant managers"],
      ["{{now_weekday}} {{now_day}} {{now_month}} {{now_year}}", "Friday 18 September 2026"],
      ["{{now_weekday->plus_1}} {{now_day->plus_1}}", "Monday 21"],
      ["{{now_weekday->minus_5}} {{now.day->minus_5}}", "Friday 11"],
      ["{{now_month->plus_5}} {{now_year->plus_1}}", "February 2027"],
      ["Good {{now_time_of_day}}", "Good morning"],
      ["{{renewal->plus_3}} {{ renewal | date: '%A, %B %-d' }}", "2026-04-02 Monday, March 30"],
      ["{{ 'now' | date: '%H:%M %p' }}", "09:30 AM"],
    ],
    INES,
  );
  const late = composeMail({
    ...when,
    zone: "Australia/Sydney",
    subject: "{{now_time_of_day}}",
    bodyHtml: "",
    facts: INES,
  });
  assert.equal(late.mail?.subject, "evening");
  const nowhere = composeMail({
    ...when,
    zone: "Mars/Olympus",
    subject: "{{now_weekday}}",
    bodyHtml: "",
    facts: INES,
  });
  assert.equal(nowhere.mail?.subject, "Friday");
});

test("Liquid works as far as a mail needs it", () => {
  check(
    [
      ["{% if first_name %}{{ first_name | upcase }}{% endif %}", "INES"],
      ["{% unless phone %}none{% else %}{{phone}}{% endunless %}", "none"],
      ["{% case industry %}{% when 'Utilities' %}u{% else %}{{phone}}{% endcase %}", "u"],
      [
        "{% for site in sites %}{{site}}{% unless forloop.last %}; {% endunless %}{% endfor %}",
        "Luleå; Boden",
      ],
      ["{% assign who = first_name | default: 'you' %}{{who}}", "Ines"],
      ["{% assign who = phone %}{{who}}", "", ["who"]],
      ["{{ contact['phone'] }}", "", ["contact['phone']"]],
      ["a {{- first_name -}} b", "aInesb"],
      ["{{ first_name | append: last_name }}{{ phone | default: city }}", "InesOkaforLuleå"],
      ["{{ contact['first_name'] }}{{ 3 | plus: company_size }}", "Ines203"],
      [
        "{% raw %}{{first_name}}{% endraw %}{% comment %}{{phone}}{% endcomment %}{% # note %}",
        "{{first_name}}",
      ],
      ["{{ 'it' }} {{ 3 | plus: 4 }}", "it 7"],
      ["{% if company_size &gt; 100 and first_name contains 'n' %}x{% endif %}", "x"],
    ],
    INES,
  );
});

test("a value is text: escaped for its context, and never a template", () => {
  const nasty = SOMEBODY({
    firstName: `{{email}}{% include 'x' %}<script>alert("1")</script>`,
    lastName: "\u202eevil\u0000 O'Brien\r\nBcc: x@evil.test\u2028",
    title: "javascript:alert(1)",
    headline: 'a b"c/&?=ü',
    city: "ftp://evil.test",
    state: "https://ok.test/a?b=1&c=2",
    country: "JaVa\tScRiPt\n:x",
    email: "//evil.test",
  });
  check(
    [
      [
        "{{first_name}}",
        "{{email}}{% include &#39;x&#39; %}&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;",
      ],
      [
        "{{ first_name | escape | append: '<b>' }}".replace("<b>", "&lt;b&gt;"),
        `{{email}}{% include &#39;x&#39; %}&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&lt;b&gt;`,
      ],
      ["{{last_name}}", "evil O&#39;Brien<br />Bcc: x@evil.test<br />"],
      ['<a href="{{title}}">x</a>', '<a href="">x</a>'],
      ['<a href="{{country}}">x</a><img src="{{city}}" />', '<a href="">x</a><img src="" />'],
      ['<a href="{{email}}">x</a>', '<a href="">x</a>'],
      ['<a href="{% if phone %}x{% else %}{{title}}{% endif %}">x</a>', '<a href="">x</a>'],
      ['<a href="{{state}}">x</a>', '<a href="https://ok.test/a?b=1&amp;c=2">x</a>'],
      [
        '<a href="https://a.test/{{headline}}?q={{headline}}">x</a>',
        '<a href="https://a.test/a%20b%22c/&amp;?=%C3%BC?q=a%20b%22c%2F%26%3F%3D%C3%BC">x</a>',
      ],
      ['<p title="{{last_name}}">x</p>', '<p title="evil O&#39;Brien Bcc: x@evil.test">x</p>'],
    ],
    nasty,
  );
  const { subject, text } = mailFor("{{first_name}}", nasty, "Re: {{first_name}} {{last_name}}\r\nX: y");
  assert.equal(
    subject,
    `Re: {{email}}{% include 'x' %}<script>alert("1")</script> evil O'Brien Bcc: x@evil.test X: y`,
  );
  assert.equal(text, `{{email}}{% include 'x' %}<script>alert("1")</script>`);
  assert.equal(
    mailFor("", SOMEBODY({ firstName: "?utf-8?Q?x?=" }), "={{first_name}}").subject,
    "= ?utf-8?Q?x?=",
  );
});

test("what the language itself is made of is not there", () => {
  const names = [
    ...["constructor", "__proto__", "contact.constructor", "contact.__proto__", "process", "env", "require"],
    ...["toString", "account.hasOwnProperty", "globalThis", "contact", "this", "first_name.constructor"],
  ];
  for (const name of names) check([[`{{${name}}}`, "", [name]]], INES);
  const expressions = [
    "first_name['constructor']",
    "contact['__proto__']",
    "''['constructor']['constructor']",
  ];
  for (const expression of expressions) check([[`{{ ${expression} }}`, "", [expression]]], INES);
  const missing = { id: "constructor", name: "__proto__", value: "mine" };
  const facts = SOMEBODY({ customFields: [missing] });
  check([["{{contact.constructor}} {{proto}}", "mine mine"]], facts);
});

test("a template that cannot be read is a fault with a sentence", () => {
  const cases: [string, string, RegExp][] = [
    ["Hi {{first_name", "unclosed", /first_name is not closed with }}/],
    ["Hi {{first_name} and {{company}}", "unclosed", /not closed/],
    ["{% if title", "unclosed", /not closed with %}/],
    ["{{#if title}}x", "unclosed", /"if" has no matching "endif"/],
    ["{% for a in sites %}x", "unclosed", /"for"/],
    ["{% raw %}x", "unclosed", /raw/],
    ["x{{#endif}}", "unreadable", /has no matching start/],
    ["{{#if title}}{% endfor %}", "unreadable", /has no matching start/],
    ["{{#else}}", "unreadable", /is outside a condition/],
    ["{{#if}}x{{#endif}}", "unreadable", /A condition is empty/],
    ["{{}}", "unreadable", /contains no variable/],
    ["{{{first_name}}}", "unreadable", /./],
    ["{{#each sites}}", "unreadable", /not a known/],
    ["{{<b>first</b>_name}}", "unreadable", /formatting in the middle/],
    ["{{title->shout}}", "unreadable", /"->shout" is not a known operator/],
    ["{{ title | shout | louder }}", "unreadable", /"shout" is not a filter/],
    ["{{ title | raw | upcase }}", "unreadable", /"raw" is not a filter/],
    ["{{ 'x' | _value | upcase }}", "unreadable", /is not a filter/],
    ["{% assign x = title | shout %}", "unreadable", /./],
    ["{% assign = %}", "unreadable", /./],
    ["<p {{title}}>x</p>", "unreadable", /between the attributes/],
  ];
  for (const tag of [
    "include 'x'",
    "render 'x'",
    "layout 'x'",
    "block a",
    "capture a",
    "increment a",
    "liquid",
    "echo 1",
  ])
    cases.push([`{% ${tag} %}`, "unreadable", /cannot be used in an email/]);
  for (const [template, code, sentence] of cases) {
    const fault = faultOf(template);
    assert.equal(fault?.code, code, template);
    assert.match(fault?.sentence ?? "", sentence, template);
    assert.equal(fault?.in, "body");
    assert.deepEqual(
      gapsIn({ subject: "", bodyHtml: template, facts: INES, ...when }).fault,
      fault,
      template,
    );
  }
  assert.equal(faultOf("x", "{{first_name")?.in, "subject");
});

test("work without an end is stopped, at the same place every time", () => {
  const eight = "{% assign a = 'a b c d e f g h' | split: ' ' %}";
  const nested = (depth: number) => "{% for x in a %} ".repeat(depth) + "{% endfor %}".repeat(depth);
  const cases: [string, string][] = [
    ["{% for i in (1..1000000000) %}x{% endfor %}", "too_slow"],
    [eight + nested(8), "too_slow"],
    [`{% assign a = "xxxxxxxxxxxxxxxx" %}${"{% assign a = a | append: a %}".repeat(60)}`, "too_slow"],
    [`{% assign a = "xx" %}${'{% assign a = a | replace: "x", "xxxxxxxx" %}'.repeat(30)}`, "too_slow"],
    [`{% for i in (1..9999) %}${"y".repeat(1000)}{% endfor %}`, "too_large"],
    ["x".repeat(1_000_000), "too_long"],
    [`{{first_name|${"x".repeat(3000)}}}`, "too_long"],
    ["{{".repeat(300_000), "unclosed"],
    ["{% if title %}".repeat(21) + "{% endif %}".repeat(21), "unreadable"],
    [`${"{{#if title}}".repeat(40_000)}`, "too_long"],
    ["{{ 'x' | truncate: 1000000000, 'y' | date: '%1000000000d' }}", ""],
  ];
  for (const [template, code] of cases)
    assert.equal(faultOf(template)?.code ?? "", code, template.slice(0, 80));
  for (const [template, code] of cases) assert.equal(faultOf(template)?.code ?? "", code, "again");
  assert.equal(faultOf("", "y".repeat(2001))?.code, "too_long");
  assert.equal(faultOf("", "{% for i in (1..500) %}{{company}}{% endfor %}")?.code, "too_large");
});

test("a day that no calendar has is a missing value, for whatever moves it", () => {
  const field = (value: string) =>
    SOMEBODY({ customFields: [{ id: "75a1b2c3d4e5f60718293a4b", name: "Renewal", value }] });
  for (const value of ["0000-00-00", "2026-02-30", "2026-13-01", "0000-01-01"])
    for (const bodyHtml of [
      "{{renewal->plus_7}}",
      "{% if title %}x{% else %}{{renewal->minus_1}}{% endif %}",
    ]) {
      const facts = field(value);
      const gaps = gapsIn({ subject: "", bodyHtml, facts, ...when });
      assert.deepEqual(gaps, { missing: ["renewal"], fault: null }, `${value} ${bodyHtml}`);
      assert.deepEqual(mailFor(bodyHtml, facts).missing, ["renewal"], `${value} ${bodyHtml}`);
    }
  assert.equal(mailFor("{{renewal->plus_7|soon}}", field("0000-00-00")).html, "soon");
  assert.equal(mailFor("{{renewal->plus_9999}}", field("9999-12-31")).html, "+010027-05-17");
});

test("what moves a date is counted: operators, days, variables, and text before them in one tag", () => {
  const far = "{{now_day->plus_9999}}{{now_year->plus_9999}}{{now_month->minus_9999}}";
  assert.equal(faultOf(far.repeat(600)), null, "one after the other each costs a look");
  const cases: [string, string][] = [
    [`{{now_day${"->plus_9999".repeat(19)}}}`, "too_long"],
    [`{{now_day${"->plus_1".repeat(21)}}}`, "too_long"],
    ["{{first_name}}".repeat(2_001), "too_long"],
    [`<a href="${"x".repeat(5_000)}${"{{title}}".repeat(1_500)}">x</a>`, "too_long"],
  ];
  for (const [template, code] of cases) {
    assert.equal(faultOf(template)?.code, code, template.slice(0, 60));
    assert.equal(gapsIn({ subject: "", bodyHtml: template, facts: INES, ...when }).fault?.code, code);
  }
});

test("letters of every script come through, in HTML, text and subject", () => {
  const facts = SOMEBODY({ firstName: "نور", lastName: "𝒪’Brien 👩🏽‍💻" });
  const mail = mailFor(
    "<p>مرحبا {{first_name}}،</p><p>{{last_name}}</p>",
    facts,
    "{{first_name}} 👋 {{last_name}}",
  );
  assert.equal(mail.html, "<p>مرحبا نور،</p><p>𝒪’Brien 👩🏽‍💻</p>");
  assert.equal(mail.text, "مرحبا نور،\n\n𝒪’Brien 👩🏽‍💻");
  assert.equal(mail.subject, "نور 👋 𝒪’Brien 👩🏽‍💻");
  assert.equal(mailFor("{{first_name}}", SOMEBODY({ firstName: "a\ud800b" })).html, "a\ufffdb");
});

test("a signature comes behind the mail as it is", () => {
  const { mail } = composeMail({
    subject: null,
    bodyHtml: "<p>Hi</p>",
    signatureHtml: "<p>Ole {{first_name}}</p>",
    facts: INES,
    ...when,
  });
  assert.equal(mail?.html, "<p>Hi</p><br /><div><p>Ole {{first_name}}</p></div>");
  assert.equal(mail?.text, "Hi\n\nOle {{first_name}}");
  assert.deepEqual(mail?.missing, []);
});

test("an opener that may be left out is not missing", () => {
  check([["{{personalized_opener}}", "", ["personalized_opener"]]], INES);
  check([["{{personalized_opener}}", ""]], { ...INES, opener: "" });
  check([["{{personalized_opener}}", "Well done!"]], { ...INES, opener: "Well done!" });
});
