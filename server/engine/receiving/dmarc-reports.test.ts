// Reports of receivers about our domains, from a mailbox on a real IMAP server to what the API tells.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { bareLetter, RECEIVERS, reportLetter } from "../../testing/dmarc-reports.ts";
import { openImapMailbox } from "../../testing/imap-mailbox.ts";
import { type Mailed, mailed, mailOf, replyTo } from "../../testing/incoming.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { openNameServer } from "../../testing/name-server.ts";
import { LOGIN } from "../../testing/post-office.ts";
import { until } from "../../testing/sending.ts";
import { asOwner } from "../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../testing/world.ts";

const dns = await openNameServer();
after(() => dns.close());
let team: Team;
const world = useWorld(
  { mailAllow: LOOPBACK, imapPollMs: 300, engineLoops: 2, dnsServers: [dns.address] },
  async (opened) => {
    team = await opened.newTeam();
  },
);

const open: (() => unknown)[] = [];
after(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

let made = 0;

/** A domain of its own, whose mailbox is read. */
async function newDomain() {
  const box = await openImapMailbox();
  open.push(() => box.close());
  const domain = `fjord${++made}.dk`;
  const { port } = box;
  const imap = { host: "localhost", port, security: "none" as const, ...LOGIN };
  const one = await mailed(world, team, { mailbox: { email: `nina@${domain}`, imap } });
  return { box, one, domain };
}

const DAY = 86_400;
const daysAgo = (days: number) =>
  Math.floor(world.running.app.now().epochMilliseconds / 1000 / DAY - days) * DAY;

async function kindsOf({ mailboxId }: Mailed) {
  const { rows } = await asOwner(world, (client) =>
    client.query("select kind from incoming_mails where mailbox_id = $1 order by uid", [mailboxId]),
  );
  return rows.map(({ kind }) => kind as string);
}

const untilRead = (one: Mailed, count: number) =>
  until(async () => {
    const kinds = await kindsOf(one);
    return kinds.length >= count && kinds;
  });

const summaryOf = async (domain: string, days = 30) =>
  (await team.api.sendingDomains.dmarc({ domain, days })).dmarc;

test("reports of every receiver are read from the mailbox, each once, and told as sums", async () => {
  const { box, one, domain } = await newDomain();
  dns.texts.set(domain, ["v=spf1 ip4:192.0.2.0/24 include:_spf.mail.example ~all"]);
  dns.texts.set("_spf.mail.example", ["v=spf1 ip6:2001:db8::/32 -all"]);
  dns.texts.set(`_dmarc.${domain}`, [`v=DMARC1; p=none; rua=mailto:nina+dmarc@${domain}!10m`]);
  await team.api.emailAccounts.checkDomain({ id: one.mailboxId });
  assert.equal((await summaryOf(domain)).advice.code, "wait_for_reports");
  const rows = [
    { ip: "192.0.2.9", count: 100 },
    { ip: "2001:db8::7", count: 20, spf: "fail" },
    { ip: "198.51.100.3", count: 5, dkim: "fail", spf: "fail", reason: "mailing_list" },
  ] as const;
  for (const [n, receiver] of RECEIVERS.entries())
    box.mail.deliver(reportLetter(receiver, { domain, id: `r.${n}`, begin: daysAgo(n + 2), rows }));
  box.mail.deliver(reportLetter("google", { domain, id: "r.0", begin: daysAgo(2), rows }, ["X-Again: 1"]));
  const kinds = await untilRead(one, RECEIVERS.length + 1);
  assert.deepEqual([...new Set(kinds)], ["unrelated"]);
  const told = await summaryOf(domain);
  assert.deepEqual(
    [told.emails, told.passed, told.dkim_passed, told.spf_passed, told.by_day.length],
    [750, 720, 720, 600, 6],
  );
  assert.deepEqual(
    told.sources.map(({ ip, emails, passed, forwarded, spf_name }) => [
      ip,
      emails,
      passed,
      forwarded,
      spf_name,
    ]),
    [
      ["192.0.2.9", 600, 600, 0, domain],
      ["2001:db8::7", 120, 120, 0, "_spf.mail.example"],
      ["198.51.100.3", 30, 0, 30, null],
    ],
  );
  assert.deepEqual(told.report_addresses, [{ email: `nina+dmarc@${domain}`, read: true }]);
  assert.deepEqual(
    told.organizations.map(({ name, reports }) => [name, reports]).sort(),
    ["Fastmail Pty Ltd", "Mail.Ru", "Outlook.com", "Yahoo", "google.com", "mx.small.example"].map((name) => [
      name,
      1,
    ]),
  );
  assert.equal(told.advice.code, "wait_longer", "six days are few");
  const { dmarc_reports, pagination } = await team.api.sendingDomains.reports({ domain, per_page: 2 });
  assert.deepEqual([dmarc_reports.length, pagination.total_entries], [2, 6]);
  const [newest] = dmarc_reports;
  assert.deepEqual(
    [newest?.organization, newest?.report_id, newest?.from_email, newest?.policy, newest?.emails],
    ["google.com", "r.0", "noreply-dmarc-support@google.com", "none", 125],
  );
  assert.deepEqual(newest?.rows[2]?.reasons, ["mailing_list"]);
  for (const { day, emails } of told.by_day) {
    const ofDay = (await team.api.sendingDomains.reports({ domain, day })).dmarc_reports;
    assert.equal(
      ofDay.reduce((sum, one) => sum + one.emails, 0),
      emails,
      `the reports of ${day} add up to its bar`,
    );
  }
  box.mail.deliver(
    reportLetter("google", { domain, id: "r.9", begin: daysAgo(9), rows: [{ ip: "192.0.2.9" }] }),
  );
  await untilRead(one, RECEIVERS.length + 2);
  const { advice } = await summaryOf(domain);
  assert.deepEqual(
    [advice.code, advice.policy, advice.record?.value],
    ["tighten", "quarantine", `v=DMARC1; p=quarantine; rua=mailto:nina+dmarc@${domain}!10m`],
  );
  box.mail.deliver(
    reportLetter("yahoo", {
      domain,
      id: "bad",
      begin: daysAgo(1),
      rows: [{ ip: "203.0.113.7", count: 38, dkim: "fail", spf: "fail", disposition: "reject" }],
    }),
  );
  await untilRead(one, RECEIVERS.length + 3);
  const failing = await summaryOf(domain);
  assert.deepEqual(
    [failing.advice.code, failing.advice.emails, failing.advice.ip],
    ["look_at_source", 38, "203.0.113.7"],
  );
  assert.equal(failing.sources[0]?.rejected, 38);
  assert.equal((await summaryOf(domain, 1)).emails, 0);
});

test("a report from a company that was written to is no answer of it, and a harmful one neither", async () => {
  const { box, one, domain } = await newDomain();
  const host = one.email.slice(one.email.indexOf("@") + 1);
  const letter = {
    from: `dmarc@${host}`,
    subject: `Report Domain: ${domain} Submitter: ${host} Report-ID: 1`,
  };
  const bytes = Buffer.from("PK\x03\x04 nonsense");
  box.mail.deliver(bareLetter({ ...letter, name: "a.zip", type: "application/zip", bytes }));
  box.mail.deliver(bareLetter({ ...letter, from: one.email, name: "b.zip", type: "application/zip", bytes }));
  box.mail.deliver(reportLetter("google", { domain, id: "future", begin: daysAgo(-30) }));
  box.mail.deliver(reportLetter("google", { domain: "nobody-of-ours.dk", id: "foreign", begin: daysAgo(1) }));
  assert.deepEqual(await untilRead(one, 4), ["unrelated", "unrelated", "unrelated", "unrelated"]);
  const { rows } = await asOwner(world, (client) =>
    client.query(
      `select e.state, (select count(*)::int from dmarc_reports r where r.domain in ($2, 'nobody-of-ours.dk')) as reports,
              (select count(*)::int from incoming_mails i where i.mailbox_id = e.mailbox_id and i.needs_person) as questions
         from enrollments e where e.id = $1`,
      [one.enrollmentId, domain],
    ),
  );
  assert.deepEqual(rows, [{ state: "active", reports: 0, questions: 0 }]);
});

test("an answer stays an answer, even if it attaches a report", async () => {
  const { box, one, domain } = await newDomain();
  const answer = [`In-Reply-To: ${one.internetId}`, `X-From: ${one.email}`];
  const raw = reportLetter("yahoo", { domain, id: "sent-on", begin: daysAgo(1) }, answer);
  box.mail.deliver(raw.toString("latin1").replace("noreply@dmarc.yahoo.com", one.email));
  box.mail.deliver(replyTo(one, "Yes, call me tomorrow."));
  box.mail.deliver(
    mailOf({ from: one.email, subject: `Report Domain: ${domain}`, text: "Please unsubscribe me." }),
  );
  const kinds = await untilRead(one, 3);
  assert.ok(!kinds.includes("unrelated"), kinds.join());
  assert.ok(kinds.includes("unsubscribe"));
  assert.equal((await summaryOf(domain)).emails, 0);
});

test("a report about the registered domain tells of its subdomains what concerns them", async () => {
  const { box, one, domain } = await newDomain();
  const sub = `mail.${domain}`;
  await mailed(world, team, { mailbox: { email: `ola@${sub}` } });
  const rows = [
    { ip: "192.0.2.9", count: 4, from: sub },
    { ip: "192.0.2.9", count: 9 },
  ];
  box.mail.deliver(reportLetter("mailru", { domain, id: "both", begin: daysAgo(1), rows }));
  await untilRead(one, 1);
  assert.deepEqual([(await summaryOf(domain)).emails, (await summaryOf(sub)).emails], [13, 4]);
});

test("another team sees none of it, and the same report counts for each team that sends from the domain", async () => {
  const { box, one, domain } = await newDomain();
  const other = await world.newTeam();
  const ask = [
    () => other.api.sendingDomains.dmarc({ domain }),
    () => other.api.sendingDomains.reports({ domain }),
    () => other.api.sendingDomains.findings({ domain }),
  ];
  box.mail.deliver(reportLetter("google", { domain, id: "own", begin: daysAgo(1) }));
  await untilRead(one, 1);
  for (const call of ask) assert.equal((await refused(call())).code, "record_not_found");
  const theirs = await openImapMailbox();
  open.push(() => theirs.close());
  const imap = { host: "localhost", port: theirs.port, security: "none" as const, ...LOGIN };
  const second = await mailed(world, other, { mailbox: { email: `ole@${domain}`, imap } });
  assert.equal((await other.api.sendingDomains.reports({ domain })).dmarc_reports.length, 0);
  theirs.mail.deliver(reportLetter("google", { domain, id: "own", begin: daysAgo(1) }));
  await untilRead(second, 1);
  assert.equal((await other.api.sendingDomains.reports({ domain })).dmarc_reports.length, 1);
  assert.equal((await team.api.sendingDomains.reports({ domain })).dmarc_reports.length, 1);
  const { api_key } = await team.api.apiKeys.create({
    name: "reads",
    scopes: ["api/v1/sending_domains/dmarc"],
  });
  assert.equal(
    (await world.client({ apiKey: api_key.key }).sendingDomains.dmarc({ domain })).dmarc.emails,
    1,
  );
});

test("a domain without a record, or with another address in it, is told which record to publish", async () => {
  const { one, domain } = await newDomain();
  const adviceOf = async () => {
    await team.api.emailAccounts.checkDomain({ id: one.mailboxId });
    const { code, record } = (await summaryOf(domain)).advice;
    return [code, record?.name, record?.value];
  };
  const name = `_dmarc.${domain}`;
  const rua = `rua=mailto:nina@${domain}`;
  assert.deepEqual(await adviceOf(), ["publish", name, `v=DMARC1; p=none; ${rua}`]);
  dns.texts.set(name, ["v=DMARC1; p=reject; pct=50;"]);
  assert.deepEqual(await adviceOf(), ["add_address", name, `v=DMARC1; p=reject; pct=50; ${rua}`]);
  dns.texts.set(name, ["v=DMARC1; p=none; rua=mailto:x@reports.example; fo=1"]);
  const added = `v=DMARC1; p=none; rua=mailto:x@reports.example,mailto:nina@${domain}; fo=1`;
  assert.deepEqual(await adviceOf(), ["not_read", name, added]);
  dns.texts.set(name, "refused");
  assert.deepEqual(await adviceOf(), ["unknown", undefined, undefined]);
});
