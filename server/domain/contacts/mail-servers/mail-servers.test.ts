import assert from "node:assert/strict";
import { test } from "node:test";
import type { XmlElement } from "../../basics/xml-element.ts";
import { readAutoconfig } from "./autoconfig.ts";
import { autodiscoverQuestion, readAutodiscover } from "./autodiscover.ts";
import { KNOWN_PROVIDERS } from "./known-providers.ts";
import { providerOfDomain, providerOfExchangers } from "./provider.ts";
import { readServiceRecords } from "./service-records.ts";

type Inside = string | Record<string, string> | XmlElement;

/** An element with words, with elements, or with small elements of one word each. */
function element(name: string, ...inside: Inside[]): XmlElement {
  const children = inside.flatMap((one): XmlElement[] => {
    if (typeof one === "string") return [];
    if ("children" in one) return [one as XmlElement];
    return Object.entries(one as Record<string, string>).map(([key, words]) => element(key, words));
  });
  return { name, attributes: {}, children, text: inside.filter((one) => typeof one === "string").join("") };
}

const ofType = (type: string, one: XmlElement): XmlElement => ({ ...one, attributes: { type } });
const INES = "ines@norrland.no";

const config = (...servers: XmlElement[]) => element("clientconfig", element("emailprovider", ...servers));
const outgoing = (words: Record<string, string>) => ofType("smtp", element("outgoingserver", words));
const incoming = (words: Record<string, string>, type = "imap") =>
  ofType(type, element("incomingserver", words));

test("a provider's file names both servers, and how to sign in", () => {
  const found = readAutoconfig(
    config(
      incoming({ hostname: "pop.norrland.no", port: "995", sockettype: "SSL" }, "pop3"),
      incoming({
        hostname: "imap.%EMAILDOMAIN%",
        port: "993",
        sockettype: "SSL",
        username: "%EMAILLOCALPART%",
      }),
      outgoing({
        hostname: " SMTP.norrland.no ",
        port: "587",
        sockettype: "STARTTLS",
        username: "%EMAILADDRESS%",
      }),
    ),
    INES,
  );
  assert.deepEqual(found, {
    smtp: { host: "smtp.norrland.no", port: 587, security: "starttls", username: null },
    imap: { host: "imap.norrland.no", port: 993, security: "tls", username: "ines" },
  });
});

test("servers without encryption, without a port or with an odd name are passed over", () => {
  const good = { hostname: "smtp.norrland.no", port: "465", sockettype: "SSL" };
  for (const bad of [
    { ...good, sockettype: "plain" },
    { ...good, port: "many" },
    { ...good, port: "0" },
    { ...good, port: "99999" },
    { ...good, hostname: "smtp norrland no" },
    { ...good, hostname: "" },
    { ...good, hostname: "smtp.norrland.no/../x" },
  ]) {
    assert.equal(readAutoconfig(config(outgoing(bad)), INES), null, JSON.stringify(bad));
    const found = readAutoconfig(config(outgoing(bad), outgoing({ ...good, hostname: "second.no" })), INES);
    assert.equal(found?.smtp.host, "second.no");
    assert.equal(found?.imap, null);
  }
  assert.equal(readAutoconfig(config(incoming(good)), INES), null, "nothing to send with");
  assert.equal(readAutoconfig(element("html", "hello"), INES), null);
});

const account = (...inside: Inside[]) =>
  element("autodiscover", element("response", element("account", ...inside)));
const protocol = (words: Record<string, string>) => element("protocol", words);

test("Exchange's format: what is said of encryption, in each spelling", () => {
  const smtp = (words: Record<string, string>) => {
    const found = readAutodiscover(
      account(protocol({ type: "SMTP", server: "mail.norrland.no", ...words })),
      INES,
    );
    return found.kind === "servers" ? found.servers.smtp.security : found.kind;
  };
  assert.equal(smtp({ port: "465", ssl: "on" }), "tls");
  assert.equal(smtp({ port: "465" }), "tls");
  assert.equal(smtp({ port: "587", ssl: "on" }), "starttls");
  assert.equal(smtp({ port: "587", ssl: "on", encryption: "TLS" }), "starttls");
  assert.equal(smtp({ port: "2465", encryption: "SSL" }), "tls");
  assert.equal(smtp({ port: "25", ssl: "off" }), "nothing");
  assert.equal(smtp({ port: "587", ssl: "on", encryption: "None" }), "nothing");
  assert.equal(smtp({}), "nothing");
});

test("Exchange's format: both servers, another place, and a question with an odd address", () => {
  const found = readAutodiscover(
    account(
      protocol({ type: "POP3", server: "pop.norrland.no", port: "995" }),
      protocol({ type: "IMAP", server: "imap.norrland.no", port: "993", loginname: "norrland\\ines" }),
      protocol({ type: "SMTP", server: "smtp.norrland.no", port: "465", loginname: INES }),
    ),
    INES,
  );
  assert.deepEqual(found, {
    kind: "servers",
    servers: {
      smtp: { host: "smtp.norrland.no", port: 465, security: "tls", username: null },
      imap: { host: "imap.norrland.no", port: 993, security: "tls", username: "norrland\\ines" },
    },
  });
  const elsewhere = account({ action: "redirectUrl", redirecturl: "https://host.no/autodiscover.xml" });
  assert.deepEqual(readAutodiscover(elsewhere, INES), {
    kind: "elsewhere",
    url: "https://host.no/autodiscover.xml",
  });
  assert.deepEqual(readAutodiscover(element("html"), INES), { kind: "nothing" });
  assert.match(autodiscoverQuestion("a&b<c@d.no"), /<EMailAddress>a&amp;b&lt;c@d\.no</);
});

test("DNS records: TLS before STARTTLS, then the order that the domain gives", () => {
  const record = (host: string, port: number, priority = 0, weight = 0) => ({ host, port, priority, weight });
  const found = readServiceRecords(
    new Map([
      ["_submission._tcp", [record("a.no", 587)]],
      [
        "_submissions._tcp",
        [record("c.no", 465, 20), record("b.no", 465, 10, 1), record("d.no", 465, 10, 5)],
      ],
      ["_imap._tcp", [record("e.no", 143)]],
    ]),
    INES,
  );
  assert.deepEqual(found, {
    smtp: { host: "d.no", port: 465, security: "tls", username: null },
    imap: { host: "e.no", port: 143, security: "starttls", username: null },
  });
  assert.equal(readServiceRecords(new Map([["_imaps._tcp", [record("e.no", 993)]]]), INES), null);
});

test("a known provider is known by the domain, and by all of the domain's mail exchangers", () => {
  assert.equal(providerOfDomain("Ines@GMail.com")?.name, "Google");
  assert.equal(providerOfDomain("ines@web.de")?.servers?.imap?.username, "ines");
  assert.equal(providerOfDomain("ines@icloud.com")?.servers?.smtp.security, "starttls");
  assert.deepEqual(providerOfDomain("ines@proton.me"), {
    name: "Proton",
    signsIn: null,
    notes: ["no_access"],
    servers: null,
  });
  assert.equal(providerOfDomain(INES), null);
  const by = (...hosts: string[]) => providerOfExchangers(INES, hosts)?.name ?? null;
  assert.equal(by("aspmx.l.google.com", "ALT1.aspmx.l.google.com"), "Google");
  assert.equal(by("norrland-no.mail.protection.outlook.com"), "Microsoft 365");
  assert.equal(by("in1-smtp.messagingengine.com", "in2-smtp.messagingengine.com"), "Fastmail");
  assert.equal(by("mx1.mail.ovh.net", "mx2.mail.ovh.net"), "OVHcloud");
  assert.equal(by("ex3.mail.ovh.net"), null, "an Exchange has servers of its own");
  assert.equal(by("aspmx.l.google.com", "mx.spamfilter.no"), null, "two providers: one of them is a filter");
  assert.equal(by("notgoogle.com"), null);
  assert.equal(by(), null);
  const custom = providerOfExchangers(INES, ["mx.zoho.eu", "mx2.zoho.eu"]);
  assert.equal(custom?.servers?.imap?.host, "imappro.zoho.eu", "companies have servers of their own");
});

test("the table: each domain and exchanger once, each host a host, each provider with a way to be found", () => {
  const all = KNOWN_PROVIDERS.flatMap(({ domains = [], exchangers = [] }) => [
    ...domains.map((one) => `at ${one}`),
    ...exchangers.map((one) => `by ${one}`),
  ]);
  assert.deepEqual(all, [...new Set(all)]);
  for (const { name, domains = [], exchangers = [], imap, smtp, notes = [] } of KNOWN_PROVIDERS) {
    assert.ok(domains.length + exchangers.length > 0, name);
    assert.equal(imap === null && smtp === null, notes.includes("no_access"), name);
    for (const host of [imap, smtp, ...domains, ...exchangers])
      if (host !== null) assert.match(host, /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/, name);
  }
});
