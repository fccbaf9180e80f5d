// The domains that mailboxes send from: keys, signatures, and what the DNS says of them.

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { after, test } from "node:test";
import { byEngine } from "../../../engine/running/engine.ts";
import { checkOnce } from "../../../engine/upkeep/check-domains.ts";
import { holds } from "../../../testing/dkim-verifier.ts";
import { openNameServer } from "../../../testing/name-server.ts";
import { until } from "../../../testing/sending.ts";
import { type MailboxWish, newContact } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";
import { lookUp } from "./checking.ts";
import { noteFacts } from "./noting.ts";
import { findToCheck } from "./store.ts";

const dns = await openNameServer();
after(() => dns.close());
let team: Team;
const world = useWorld(
  { dnsServers: [dns.address], blocklists: ["dbl.test.net"], catcher: true, engineLoops: 2 },
  async (opened) => {
    team = await opened.newTeam();
  },
);

let made = 0;

/** Under a domain of its own, which nobody else asks about. */
async function newMailbox(rest: MailboxWish = {}, of = team) {
  const domain = `nordhavn${++made}.dk`;
  const smtp = { host: "smtp.example.com", port: 465, password: "p" };
  const { email_account } = await of.api.emailAccounts.create({
    email: `Sofia@${domain}`,
    test: false,
    ...(rest.type === "catcher" ? {} : { smtp }),
    ...rest,
  });
  return { ...email_account, domain };
}

/** By us, or by the engine of this world that came first and still asks. */
const checked = (isSo: () => Promise<boolean>) =>
  until(async () => {
    await checkOnce(world.running);
    return isSo();
  });

const pemOf = (publicKey: string, type: string) => {
  const head = type === "ed25519" ? "302a300506032b6570032100" : "";
  const der = Buffer.concat([Buffer.from(head, "hex"), Buffer.from(publicKey, "base64")]);
  return `-----BEGIN PUBLIC KEY-----\n${der.toString("base64")}\n-----END PUBLIC KEY-----`;
};

for (const key_type of ["rsa", "ed25519"] as const)
  test(`mails are signed with a key of ${key_type}, whose record is shown and whose secret is not`, async () => {
    const { id, email, domain } = await newMailbox({ type: "catcher" });
    const { email_account } = await team.api.emailAccounts.setDkim({ id, selector: "C1", key_type });
    const { dkim } = email_account;
    assert.deepEqual([dkim?.domain, dkim?.selector, dkim?.key_type], [domain, "c1", key_type]);
    assert.equal(dkim?.record.name, `c1._domainkey.${domain}`);
    const [, publicKey = ""] = /^v=DKIM1; k=\w+; p=(\S+)$/.exec(dkim?.record.value ?? "") ?? [];
    const contact_id = await newContact(team);
    const { emailer_message: mail } = await team.api.emailerMessages.create({
      contact_id,
      subject: "Hi",
      body_html: "<p>Hi</p>",
      email_account_id: id,
    });
    await team.api.emailerMessages.sendNow({ id: mail.id });
    const raw = await until(() =>
      asOwner(world, async (client) => {
        const { rows } = await client.query(
          "select raw from catcher_messages where mailbox_id = $1 and folder = 'Sent'",
          [id],
        );
        return rows[0]?.raw as Buffer | undefined;
      }),
    );
    assert.match(raw.toString("latin1"), new RegExp(`d=${domain};\\s+s=c1;`));
    assert.ok(holds(raw, pemOf(publicKey, key_type)), email);
    const kept = await asOwner(world, async (client) => {
      const { rows } = await client.query("select private_key from sending_domains where domain = $1", [
        domain,
      ]);
      return (rows[0].private_key as Buffer).toString("latin1");
    });
    assert.ok(!kept.includes("PRIVATE KEY"));
  });

test("an admin's own key is accepted; one that no mail server could check is refused", async () => {
  const { id } = await newMailbox();
  const pem = (bits: number) =>
    generateKeyPairSync("rsa", { modulusLength: bits })
      .privateKey.export({ type: "pkcs1", format: "pem" })
      .toString();
  const { email_account } = await team.api.emailAccounts.setDkim({ id, private_key: pem(1024) });
  assert.equal(email_account.dkim?.key_type, "rsa");
  assert.match(email_account.dkim?.selector ?? "", /^cadenza\d{8}$/);
  const curve = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  for (const private_key of ["nothing", pem(512), curve.export({ type: "pkcs8", format: "pem" }).toString()])
    assert.equal(
      (await refused(team.api.emailAccounts.setDkim({ id, private_key }))).code,
      "dkim_key_unusable",
    );
  const bad = team.api.emailAccounts.setDkim({ id, selector: "not one!" });
  assert.equal((await refused(bad)).status, 422);
});

test("a key holds for every mailbox of the domain, until it is taken away", async () => {
  const first = await newMailbox();
  const second = await newMailbox({ email: `ola@${first.domain}` });
  await team.api.emailAccounts.setDkim({ id: first.id, key_type: "ed25519" });
  const dkims = async () =>
    (await team.api.emailAccounts.list({})).email_accounts
      .filter(({ id }) => id === first.id || id === second.id)
      .map(({ dkim }) => dkim?.domain ?? null);
  assert.deepEqual(await dkims(), [first.domain, first.domain]);
  await team.api.emailAccounts.removeDkim({ id: second.id });
  assert.deepEqual(await dkims(), [null, null]);
  assert.equal((await refused(team.api.emailAccounts.removeDkim({ id: first.id }))).code, "dkim_key_not_set");
});

test("what the DNS says is told with its evidence: at once when asked for, otherwise once a day", async () => {
  const { id, domain } = await newMailbox();
  const { email_account: keyed } = await team.api.emailAccounts.setDkim({ id, selector: "c1" });
  assert.equal(keyed.health.dkim.state, "unknown");
  const check = async () => (await team.api.emailAccounts.checkDomain({ id })).email_account.health;
  const states = ({ spf, dkim, dmarc }: Awaited<ReturnType<typeof check>>) => [
    spf.code,
    dkim.code,
    dmarc.code,
  ];
  assert.deepEqual(states(await check()), ["spf_missing", "dkim_missing", "dmarc_missing"]);

  dns.texts.set("mail.example.net", ["v=spf1 ip4:192.0.2.9 -all"]);
  dns.texts.set(domain, ["v=spf1 include:mail.example.net -all", "something-else"]);
  dns.texts.set(`_dmarc.${domain}`, ["v=DMARC1; p=quarantine"]);
  dns.texts.set(`c1._domainkey.${domain}`, [keyed.dkim?.record.value ?? ""]);
  const good = await check();
  assert.deepEqual(states(good), ["spf_good", "dkim_good", "dmarc_good"]);
  assert.equal(good.spf.evidence, "v=spf1 include:mail.example.net -all");
  assert.equal(good.dkim.evidence, keyed.dkim?.record.value, "also where it comes in pieces");
  assert.ok(good.checked_at);

  dns.texts.delete(`c1._domainkey.${domain}`);
  const shown = async () =>
    (await team.api.emailAccounts.list({})).email_accounts.find((one) => one.id === id)?.health.dkim.code;
  await checkOnce(world.running);
  assert.equal(await shown(), "dkim_good", "nobody asks again so soon");
  world.advance({ hours: 25 });
  await checked(async () => (await shown()) === "dkim_missing");
});

/** Asked as the engine asks, and not written down yet. */
async function askedEarlier(domain: string) {
  const { app } = world.running;
  const wish = await app.db.inTeam(team.id, (db) => findToCheck(db, team.id, domain));
  assert.ok(wish);
  const early = await lookUp(app, wish);
  return () => app.db.inTeam(team.id, (db) => noteFacts(byEngine(app, db, team.id), [early]));
}

test("an answer to an earlier question that is written down later takes nothing back", async () => {
  const { id, domain } = await newMailbox();
  const write = await askedEarlier(domain);
  dns.texts.set(domain, ["v=spf1 -all"]);
  const { email_account } = await team.api.emailAccounts.checkDomain({ id });
  assert.equal(email_account.health.spf.code, "spf_good");
  await write();
  const { email_accounts } = await team.api.emailAccounts.list({});
  const shown = email_accounts.find((one) => one.id === id)?.health;
  assert.deepEqual([shown?.spf.code, shown?.checked_at], ["spf_good", email_account.health.checked_at]);
});

test("nor does it put off looking for a key that was set meanwhile", async () => {
  const { id, domain } = await newMailbox();
  const write = await askedEarlier(domain);
  // Published before it is set: the engine of this world may look at once.
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const published = publicKey.export({ type: "spki", format: "der" }).toString("base64");
  dns.texts.set(`c1._domainkey.${domain}`, [`v=DKIM1; k=rsa; p=${published}`]);
  const private_key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  await team.api.emailAccounts.setDkim({ id, selector: "c1", private_key });
  await write();
  await checked(async () => {
    const { email_accounts } = await team.api.emailAccounts.list({});
    return email_accounts.find((one) => one.id === id)?.health.dkim.code === "dkim_good";
  });
});

test("a name server that does not answer proves nothing, and is asked again within the hour", async () => {
  const { id, domain } = await newMailbox();
  dns.texts.set(domain, "refused");
  const { health } = (await team.api.emailAccounts.checkDomain({ id })).email_account;
  assert.deepEqual([health.spf.state, health.spf.code], ["unknown", "dns_failed"]);
  dns.texts.set(domain, ["v=spf1 -all"]);
  world.advance({ minutes: 61 });
  await checked(async () => {
    const { email_accounts } = await team.api.emailAccounts.list({});
    return email_accounts.find((one) => one.id === id)?.health.spf.code === "spf_good";
  });
});

test("an SPF record is followed into what it includes, and a record that mends it is proposed", async () => {
  const { id, domain } = await newMailbox();
  const check = async () => (await team.api.emailAccounts.checkDomain({ id })).email_account.health;
  dns.texts.set(domain, [`v=spf1 include:a.${domain} include:b.${domain} -all`]);
  dns.texts.set(`a.${domain}`, ["v=spf1 a mx exists:x.example.net ptr a:y.example.net -all"]);
  dns.texts.set(`b.${domain}`, ["v=spf1 mx mx:one.example.net mx:two.example.net mx:three.example.net -all"]);
  const long = (await check()).spf;
  assert.deepEqual([long.state, long.code], ["faulty", "spf_too_long"]);
  assert.match(long.evidence ?? "", new RegExp(`a\\.${domain}: 6\\nb\\.${domain}: 5$`));
  dns.texts.delete(`b.${domain}`);
  const broken = (await check()).spf;
  assert.deepEqual([broken.code, broken.evidence?.split("\n")[1]], ["spf_include_broken", `b.${domain}`]);
  dns.texts.set(domain, ["v=spf1 include:one.example.net -all", "v=spf1 ip4:192.0.2.1 ~all"]);
  const several = (await check()).spf;
  assert.deepEqual(several.record, {
    name: domain,
    type: "TXT",
    value: "v=spf1 include:one.example.net ip4:192.0.2.1 -all",
  });
});

test("mail servers, blocklists and optional records are read, and a list that does not answer proves nothing", async () => {
  const { id, domain } = await newMailbox();
  const check = async () => {
    const { health } = (await team.api.emailAccounts.checkDomain({ id })).email_account;
    const { mx, blocklists, mta_sts, tls_reports, bimi } = health;
    return [mx, blocklists, mta_sts, tls_reports, bimi].map(({ code }) => code);
  };
  const unset = ["mta_sts_unset", "tls_reports_unset", "bimi_unset"];
  assert.deepEqual(await check(), ["mx_missing", "blocklists_clear", ...unset]);
  dns.mail.set(domain, ["mx.example.net"]);
  dns.addresses.set(`${domain}.dbl.test.net`, "127.0.1.2");
  dns.texts.set(`${domain}.dbl.test.net`, ["Sends spam, see https://dbl.test.net/why"]);
  dns.texts.set(`_mta-sts.${domain}`, ["v=STSv1; id=20260101"]);
  dns.texts.set(`_smtp._tls.${domain}`, ["v=TLSRPTv1; rua=mailto:tls@example.net"]);
  dns.texts.set(`default._bimi.${domain}`, ["v=BIMI1; l=https://example.net/logo.svg"]);
  const set = ["mta_sts_good", "tls_reports_good", "bimi_good"];
  assert.deepEqual(await check(), ["mx_good", "blocklists_listed", ...set]);
  const { health } = (await team.api.emailAccounts.checkDomain({ id })).email_account;
  assert.equal(health.blocklists.evidence, "dbl.test.net: Sends spam, see https://dbl.test.net/why");
  for (const [address, code] of [
    ["127.255.255.254", "blocklists_silent"],
    ["203.0.113.9", "blocklists_silent"],
  ] as const) {
    dns.addresses.set(`${domain}.dbl.test.net`, address);
    assert.equal((await check())[1], code);
  }
  dns.mail.set(domain, [""]);
  assert.equal((await check())[0], "mx_refuses");
});

test("a change of what was proved is told once, and silence in between is no change", async () => {
  const own = await world.newTeam("Told");
  const { id, domain } = await newMailbox({}, own);
  const check = () => own.api.emailAccounts.checkDomain({ id });
  const told = async () =>
    (await own.api.auditLog.list({})).audit_log
      .filter(({ type }) => type === "sending_domain.changed")
      .map(({ data }) => [data.check, data.was, data.is]);
  dns.texts.set(domain, ["v=spf1 -all"]);
  await check();
  assert.deepEqual(await told(), []);
  dns.texts.set(domain, "refused");
  await check();
  dns.texts.delete(domain);
  await check();
  await check();
  assert.deepEqual(await told(), [["spf", "good", "missing"]]);
  const [line] = (await own.api.auditLog.list({})).audit_log.filter(
    ({ type }) => type === "sending_domain.changed",
  );
  assert.match(line?.sentence ?? "", new RegExp(`^SPF of ${domain} changed: The domain has no SPF record`));
});

test("each result of a check is kept with the one before, and silence changes nothing", async () => {
  const own = await world.newTeam("History");
  const { id, domain } = await newMailbox({}, own);
  const check = async () => {
    world.advance({ minutes: 1 });
    await own.api.emailAccounts.checkDomain({ id });
  };
  const policy = (name: string) => dns.texts.set(`_dmarc.${domain}`, [`v=DMARC1; p=${name}`]);
  await check();
  policy("none");
  await check();
  dns.texts.set(`_dmarc.${domain}`, "refused");
  await check();
  policy("none");
  await check();
  policy("reject");
  dns.texts.set(`_smtp._tls.${domain}`, ["v=TLSRPTv1; rua=mailto:tls@example.net"]);
  await check();
  const { findings, pagination } = await own.api.sendingDomains.findings({ domain, per_page: 100 });
  assert.equal(pagination.total_entries, findings.length);
  const of = (name: string) =>
    findings
      .filter(({ check }) => check === name)
      .map(({ state, evidence, was }) => [state, evidence, was?.state ?? null, was?.evidence ?? null]);
  assert.deepEqual(of("dmarc"), [
    ["good", "v=DMARC1; p=reject", "good", "v=DMARC1; p=none"],
    ["good", "v=DMARC1; p=none", "missing", null],
    ["missing", null, null, null],
  ]);
  assert.deepEqual(of("tls_reports"), [
    ["good", "v=TLSRPTv1; rua=mailto:tls@example.net", "unset", null],
    ["unset", null, null, null],
  ]);
  assert.equal(of("spf").length, 1);
  const [, second] = findings.filter(({ check }) => check === "dmarc");
  assert.ok(Date.parse(second?.last_seen_at ?? "") - Date.parse(second?.first_seen_at ?? "") >= 120_000);
});

test("a subdomain is under its parent's policy, and domains reserved for tests are never queried", async () => {
  const parent = `fjord${++made}.dk`;
  const { id } = await newMailbox({ email: `a@mail.${parent}` });
  dns.texts.set(`_dmarc.${parent}`, ["v=DMARC1; p=reject"]);
  const { health } = (await team.api.emailAccounts.checkDomain({ id })).email_account;
  assert.equal(health.dmarc.code, "dmarc_good");
  const invented = await newMailbox({ email: "box@norrland.example" });
  const asked = (await team.api.emailAccounts.checkDomain({ id: invented.id })).email_account;
  assert.equal(asked.health.spf.code, "reserved_domain");
  assert.ok(!dns.asked.some((name) => name.endsWith(".example")));
});

test("members look up, admins set keys, and strangers see nothing", async () => {
  const { id } = await newMailbox();
  const email = "member@people.example.no";
  const { invitation_url } = await team.api.users.invite({ email });
  const password = "a password long enough";
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Member", password });
  const { api } = await world.signIn(email, password);
  assert.equal((await api.emailAccounts.checkDomain({ id })).email_account.id, id);
  assert.equal((await refused(api.emailAccounts.setDkim({ id }))).code, "admin_only");
  assert.equal((await refused(api.emailAccounts.removeDkim({ id }))).code, "admin_only");
  const stranger = await world.newTeam();
  for (const call of [
    () => stranger.api.emailAccounts.setDkim({ id, key_type: "ed25519" }),
    () => stranger.api.emailAccounts.removeDkim({ id }),
    () => stranger.api.emailAccounts.checkDomain({ id }),
  ])
    assert.equal((await refused(call())).status, 404);
});
