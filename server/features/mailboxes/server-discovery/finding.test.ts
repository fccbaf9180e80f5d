// The ways to find a mailbox's servers, each against a real name server, a real HTTPS server and real mail servers.

import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { openMail } from "../../../mail/door.ts";
import { CEILINGS } from "../../../outgoing/ceilings.ts";
import { openDns } from "../../../outgoing/dns.ts";
import { openOutgoing } from "../../../outgoing/door.ts";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { openNameServer } from "../../../testing/name-server.ts";
import { certificate, openImap, openSmtp, trustTestCertificates } from "../../../testing/post-office.ts";
import { autoconfigFile, openSettingsPeer } from "../../../testing/settings-peer.ts";
import { findServers } from "./finding.ts";

trustTestCertificates();
const dns = await openNameServer();
const https = await openSettingsPeer();
const smtp = await openSmtp({ secure: true, ...certificate("settings") });
const submission = await openSmtp({ ...certificate("settings") });
const imap = await openImap(() => "NO", { cert: certificate("settings") });
after(() => Promise.all([dns, https, smtp, submission, imap].map((peer) => peer.close())));

const ports = {
  https: https.port,
  smtp: { tls: smtp.port, starttls: submission.port },
  imap: { tls: imap.port },
};

/** Names that have an address; all others are unknown. */
const hosts = new Set<string>();
const lookup = async (host: string) => (hosts.has(host) ? ["127.0.0.1"] : []);
const nowhere = [{ host: "/nowhere", port: 9 }];
const doors = {
  dns: openDns({ dnsServers: [dns.address] }),
  outgoing: openOutgoing({ allowed: LOOPBACK, ownDatabase: nowhere, lookup }),
  mail: openMail({ mailAllow: LOOPBACK, allowPlaintextMail: false }, nowhere, { lookup, timeoutMs: 5_000 }),
  sandbox: null,
};
const find = (email = "ines@norrland.test") => findServers(doors, email, ports);

beforeEach(() => {
  hosts.clear();
  for (const records of [dns.mail, dns.services, https.pages]) records.clear();
  https.asked.length = 0;
});

const AUTOCONFIG = "/mail/config-v1.1.xml";
const publish = (host: string, path: string, body: string) => {
  hosts.add(host);
  https.pages.set(`${host}${path}`, { body });
};

test("a known provider is known without asking anybody", async () => {
  const found = await find("ines@fastmail.com");
  assert.deepEqual([found.by, found.provider, found.notes], ["provider", "Fastmail", ["app_password"]]);
  assert.equal(found.servers?.imap?.host, "imap.fastmail.com");
  assert.deepEqual(dns.asked, []);
});

test("a company at Google or Microsoft is known by its mail exchangers", async () => {
  dns.mail.set("norrland.test", ["aspmx.l.google.com", "alt1.aspmx.l.google.com"]);
  const google = await find();
  assert.deepEqual([google.by, google.signsIn], ["mail_exchangers", "google"]);
  dns.mail.set("norrland.test", ["norrland-test.mail.protection.outlook.com"]);
  assert.equal((await find()).signsIn, "microsoft");
  dns.mail.set("norrland.test", ["mail.protonmail.ch"]);
  const proton = await find();
  assert.deepEqual([proton.servers, proton.notes], [null, ["no_access"]]);
});

test("what a domain publishes in Mozilla's format is found at both places, and asked for by HTTPS with the address alone", async () => {
  const file = autoconfigFile({ smtp: "smtp.hoster.test:465", imap: "imap.hoster.test:993" });
  publish("autoconfig.norrland.test", AUTOCONFIG, file);
  const found = await find();
  assert.equal(found.by, "autoconfig");
  assert.deepEqual(found.servers, {
    smtp: { host: "smtp.hoster.test", port: 465, security: "tls", username: null },
    imap: { host: "imap.hoster.test", port: 993, security: "tls", username: null },
  });
  const asked = https.asked.find(({ line }) => line.includes(AUTOCONFIG));
  assert.equal(asked?.line, `GET autoconfig.norrland.test${AUTOCONFIG}?emailaddress=ines%40norrland.test`);

  https.pages.clear();
  publish("norrland.test", `/.well-known/autoconfig${AUTOCONFIG}`, file);
  assert.equal((await find()).servers?.smtp.host, "smtp.hoster.test");
});

test("a redirect is followed by HTTPS alone, and not for ever", async () => {
  const file = autoconfigFile({ smtp: "smtp.hoster.test:465" });
  publish("autoconfig.hoster.test", AUTOCONFIG, file);
  hosts.add("autoconfig.norrland.test");
  const redirect = (location: string) =>
    https.pages.set(`autoconfig.norrland.test${AUTOCONFIG}`, { status: 302, location });
  redirect(`https://autoconfig.hoster.test:${https.port}${AUTOCONFIG}`);
  assert.equal((await find()).servers?.smtp.host, "smtp.hoster.test");
  for (const elsewhere of [
    `http://autoconfig.hoster.test:${https.port}${AUTOCONFIG}`,
    "ftp://autoconfig.hoster.test/",
    AUTOCONFIG, // to itself
    "https://[",
  ]) {
    redirect(elsewhere);
    assert.equal((await find()).servers, null, elsewhere);
  }
  assert.ok(https.asked.length < 40, String(https.asked.length));
});

test("the domain's DNS names the servers with their ports", async () => {
  dns.services.set("_submissions._tcp.norrland.test", [{ host: "out.norrland.test", port: 2465 }]);
  dns.services.set("_imaps._tcp.norrland.test", [{ host: "in.norrland.test", port: 2993 }]);
  const found = await find();
  assert.equal(found.by, "service_records");
  assert.deepEqual(
    [found.servers?.smtp, found.servers?.imap].map((one) => `${one?.host}:${one?.port} ${one?.security}`),
    ["out.norrland.test:2465 tls", "in.norrland.test:2993 tls"],
  );
  dns.services.set("_submissions._tcp.norrland.test", [{ host: "", port: 0 }]); // not offered
  dns.services.set("_submission._tcp.norrland.test", [{ host: "out.norrland.test", port: 587 }]);
  assert.equal((await find()).servers?.smtp.security, "starttls");
});

const DISCOVER = "/autodiscover/autodiscover.xml";
const account = (inside: string) =>
  `<?xml version="1.0"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"><Response><Account>${inside}</Account></Response></Autodiscover>`;

test("Autodiscover is asked with the address, and sends on to another place", async () => {
  publish(
    "autodiscover.norrland.test",
    DISCOVER,
    account(`<RedirectUrl>https://autodiscover.hoster.test:${https.port}${DISCOVER}</RedirectUrl>`),
  );
  publish(
    "autodiscover.hoster.test",
    DISCOVER,
    account(
      "<Protocol><Type>IMAP</Type><Server>imap.hoster.test</Server><Port>993</Port><SSL>on</SSL></Protocol>" +
        "<Protocol><Type>SMTP</Type><Server>smtp.hoster.test</Server><Port>587</Port><Encryption>TLS</Encryption></Protocol>",
    ),
  );
  const found = await find();
  assert.deepEqual([found.by, found.servers?.smtp.security], ["autodiscover", "starttls"]);
  const asked = https.asked.filter(({ line }) => line.includes("autodiscover.hoster.test"));
  assert.match(asked[0]?.body ?? "", /<EMailAddress>ines@norrland\.test</);
  assert.ok(https.asked.every(({ body }) => !body.includes("assword")));
});

test("a domain that publishes nothing is found by what its mail provider publishes", async () => {
  dns.mail.set("norrland.test", ["mx1.hoster.test", "mx2.hoster.test"]);
  const file = autoconfigFile({ smtp: "smtp.hoster.test:465", imap: "imap.hoster.test:993" });
  publish("autoconfig.hoster.test", AUTOCONFIG, file);
  assert.equal((await find()).servers?.imap?.host, "imap.hoster.test");
});

test("usual names count where mail servers answer at them with a certificate of their own", async () => {
  hosts.add("smtp.norrland.test").add("mail.norrland.test");
  const found = await find();
  assert.equal(found.by, "names");
  assert.deepEqual(
    [found.servers?.smtp.host, found.servers?.imap?.host],
    ["smtp.norrland.test", "mail.norrland.test"],
  );
  hosts.clear();
  hosts.add("smtp.elsewhere.test").add("imap.elsewhere.test"); // names that the certificate is not for
  const wrong = await find("ines@elsewhere.test");
  assert.deepEqual([wrong.by, wrong.servers], [null, null]);
});

test("nonsense, silence and errors are told, and stop nothing that is found another way", async () => {
  hosts.add("autoconfig.norrland.test").add("norrland.test").add("autodiscover.norrland.test");
  https.pages.set(`autoconfig.norrland.test${AUTOCONFIG}`, { body: "<html>404</html>" });
  https.pages.set(`norrland.test/.well-known/autoconfig${AUTOCONFIG}`, { status: 500, body: "oh" });
  https.pages.set(`autodiscover.norrland.test${DISCOVER}`, { body: "\u0000".repeat(70_000) });
  const nothing = await find();
  assert.equal(nothing.servers, null);
  const told = new Map(nothing.looks.map(({ by, place, told }) => [`${by} ${place}`, told]));
  assert.equal(told.get("autoconfig autoconfig.norrland.test"), "unusable");
  assert.equal(told.get("autoconfig norrland.test"), "nothing");
  assert.equal(told.get("autodiscover autodiscover.norrland.test"), "no_answer");
  assert.equal(told.get("service_records norrland.test"), "nothing");
  assert.equal(told.get("names smtp.norrland.test, imap.norrland.test, mail.norrland.test"), "nothing");

  for (const kind of ["_submissions", "_submission", "_imaps", "_imap"])
    dns.services.set(`${kind}._tcp.norrland.test`, "refused");
  dns.mail.set("norrland.test", "refused");
  publish("autodiscover.norrland.test", DISCOVER, account("<Protocol><Type>SMTP</Type></Protocol>"));
  publish("autoconfig.norrland.test", AUTOCONFIG, autoconfigFile({ smtp: "smtp.hoster.test:465" }));
  assert.equal((await find()).by, "autoconfig");
});

test("a server that never answers is given up", async () => {
  hosts.add("autoconfig.norrland.test").add("smtp.norrland.test").add("imap.norrland.test");
  https.pages.set(`autoconfig.norrland.test${AUTOCONFIG}`, "silent");
  const words = { bytes: 64 * 1024, ms: 200 };
  const impatient = openOutgoing({ allowed: LOOPBACK, ownDatabase: nowhere, lookup }, { ...CEILINGS, words });
  const found = await findServers({ ...doors, outgoing: impatient }, "ines@norrland.test", ports);
  assert.equal(found.by, "names");
  assert.equal(found.looks.find(({ by }) => by === "autoconfig")?.told, "no_answer");
});
