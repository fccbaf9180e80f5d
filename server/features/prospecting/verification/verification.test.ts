// Addresses verified against a name server and mail servers of the test's own: what is said of them, and what follows.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { actFor } from "../../../engine/running/act-for.ts";
import { bothAtOnce } from "../../../testing/held-open.ts";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { openNameServer } from "../../../testing/name-server.ts";
import { openScripted, type PeerReply } from "../../../testing/scripted-peer.ts";
import { until } from "../../../testing/sending.ts";
import type { ContactInput } from "../../../testing/sequenced.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";
import { changeSettings } from "./commands.ts";
import { findSettings } from "./store.ts";

const dns = await openNameServer();
const peer = await openScripted();
after(() => Promise.all([dns.close(), peer.close()]));

let team: Team;
const config = { dnsServers: [dns.address], mailAllow: LOOPBACK, probePort: peer.port };
const world = useWorld(config, async (opened) => {
  team = await opened.newTeam();
  for (const name of ["kraft.no", "lots.no", "alle.no", "stumm.no"]) dns.mail.set(name, ["localhost"]);
  dns.mail.set("kein.no", [""]);
  dns.mail.set("weg.no", "refused");
  dns.addresses.set("blank.no", "127.0.0.1");
  peer.script.rcptOf = answerOf;
});

/** kraft.no has addresses that begin with i; alle.no accepts any address; stumm.no gives no verdict. */
function answerOf(line: string): PeerReply {
  if (/@alle\.no>/.test(line)) return "250 fine";
  if (/@stumm\.no>/.test(line)) return "450 4.7.1 come again";
  return /<i[^@]*@/.test(line) ? "250 2.1.5 fine" : "550 5.1.1 nobody of that name";
}

const check = async (email: string, of = team) =>
  (await of.api.emailVerifications.check({ email })).email_verification;

async function newProbingTeam(rest: Input<"emailVerifications", "updateSettings"> = {}) {
  const made = await world.newTeam();
  await made.api.emailVerifications.updateSettings({ probes: true, probe_from: "us@ours.no", ...rest });
  return made;
}

async function contactAt(of: Team, email: string, rest: ContactInput = {}) {
  return (await of.api.contacts.create({ first_name: "Ines", last_name: "Okafor", email, ...rest })).contact
    .id;
}

async function verify(of: Team, contact_ids: string[]) {
  const { entity_progress_job: job } = await of.api.emailVerifications.start({ contact_ids });
  return until(async () => {
    const { entity_progress_job: seen } = await of.api.progress.get({ id: job.id });
    return seen.finished_at ? seen : undefined;
  });
}

test("of two changes of the settings at once, each keeps what the other has changed", async () => {
  const made = await world.newTeam();
  const whose = { teamId: made.id, userId: made.owner.id, cause: "engine" };
  await bothAtOnce(
    world,
    (beforeCommit) =>
      actFor(world.running.app, whose, async (act) => {
        await changeSettings(act, { probes: true, probeFrom: "us@ours.no" });
        await beforeCommit();
      }),
    () => made.api.emailVerifications.updateSettings({ probes_per_domain_per_hour: 7 }),
  );
  const settings = await world.running.app.db.inTeam(made.id, (db) => findSettings(db, made.id));
  assert.deepEqual(settings, { probes: true, probeFrom: "us@ours.no", probesPerDomain: 7 });
});

test("what the DNS alone says is said, and no mail server is asked", async () => {
  const before = peer.connections;
  const cases: [string, string, string | null][] = [
    ["no address at all", "syntax_invalid", "unavailable"],
    ["a b@kraft.no", "syntax_invalid", "unavailable"],
    ["ines@nirgends.no", "domain_unknown", "unavailable"],
    ["ines@kein.no", "domain_takes_no_mail", "unavailable"],
    ["ines@weg.no", "dns_failed", null],
    ["ines@kraft.no", "domain_takes_mail", null],
    ["ines@blank.no", "domain_takes_mail", null],
    ["ines@example.com", "domain_reserved", null],
  ];
  for (const [email, code, status] of cases) {
    const { email_verification: found } = { email_verification: await check(email) };
    assert.deepEqual([found.code, found.status], [code, status], email);
    assert.ok(found.sentence.length > 10 && found.checked_at);
  }
  const role = await check("Info@kraft.no");
  assert.deepEqual([role.role, role.disposable, role.evidence.mail_servers], [true, false, ["localhost"]]);
  assert.equal(peer.connections, before);
});

test("where it is switched on, the mail server is asked, and its words are the evidence", async () => {
  const asking = await newProbingTeam();
  const right = await check("ines@kraft.no", asking);
  assert.deepEqual([right.code, right.status, right.catch_all], ["mailbox_exists", "verified", false]);
  assert.deepEqual([right.evidence.asked, right.evidence.said], ["localhost", "250 2.1.5 fine"]);
  const wrong = await check("ole@kraft.no", asking);
  assert.deepEqual([wrong.code, wrong.status], ["mailbox_unknown", "unavailable"]);
  const any = await check("ole@alle.no", asking);
  assert.deepEqual([any.code, any.status, any.catch_all], ["catch_all", null, true]);
  assert.equal((await check("ole@stumm.no", asking)).code, "server_would_not_say");
  assert.ok(peer.commands.includes("MAIL FROM:<us@ours.no>"));
  assert.ok(!peer.commands.some((line) => line.startsWith("DATA")), "no mail was sent");
});

test("a server that hangs up, babbles or turns us away says nothing of the address", async () => {
  const asking = await newProbingTeam();
  for (const script of [
    { greeting: "drop" },
    { greeting: "554 5.7.1 go away" },
    { greeting: "hello there" },
    { greeting: ((socket) => void socket.write("x".repeat(200_000))) as PeerReply },
  ] satisfies { greeting: PeerReply }[]) {
    Object.assign(peer.script, script);
    const { code, status } = await check("ines@kraft.no", asking);
    assert.deepEqual([code, status], ["server_not_reached", null], String(script.greeting));
  }
  delete peer.script.greeting;
  peer.script.rcptOf = (line) => (/<ole@/.test(line) ? "550 5.7.1 blocked by policy" : answerOf(line));
  assert.equal((await check("ole@kraft.no", asking)).code, "server_would_not_say");
  peer.script.rcptOf = answerOf;
});

test("a domain is asked for so many addresses in an hour and no more, also by many at once", async () => {
  const asking = await newProbingTeam({ probes_per_domain_per_hour: 3 });
  const found = await Promise.all(
    Array.from({ length: 8 }, (_, n) => check(`i${n}@lots.no`, asking).then(({ code }) => code)),
  );
  assert.deepEqual(found.filter((code) => code === "mailbox_exists").length, 3, found.join());
  assert.equal(found.filter((code) => code === "probe_limit_reached").length, 5);
  world.advance({ minutes: 61 });
  assert.equal((await check("i9@lots.no", asking)).code, "mailbox_exists");
});

test("contacts are verified as long work: those that are right, wrong, left open, and without an address", async () => {
  const asking = await newProbingTeam({ probes_per_domain_per_hour: 100 });
  const right = await contactAt(asking, "ines@kraft.no", { email_status: "unverified" });
  const wrong = await contactAt(asking, "ole@kraft.no");
  const open = await contactAt(asking, "anna@alle.no");
  const { contact: none } = await asking.api.contacts.create({ first_name: "Per" });
  const given = await contactAt(asking, "ines@kraft.no");
  const saidOf = async (id: string) => (await asking.api.contacts.get({ id })).contact.email_true_status;
  assert.deepEqual([await saidOf(right), await saidOf(given)], ["User Managed", "User Managed"]);
  await verify(asking, [given]);
  const job = await verify(asking, [right, wrong, open, none.id]);
  assert.equal(job.status, "done");
  const said = [await saidOf(right), await saidOf(given), await saidOf(wrong), await saidOf(open)];
  assert.deepEqual(
    said,
    ["Verified", "Verified", "Unavailable", "User Managed"],
    "said only where a check could tell",
  );
  assert.deepEqual(job.counts, { verified: 1, unavailable: 1, unknown: 1, skipped: 1 });
  const statusOf = async (id: string) => (await asking.api.contacts.get({ id })).contact;
  assert.equal((await statusOf(right)).email_status, "verified");
  assert.equal((await statusOf(wrong)).email_status, "unavailable");
  const left = await statusOf(open);
  assert.deepEqual([left.email_status, left.email_domain_catchall], ["verified", true]);
  const { email_verification: shown } = await asking.api.emailVerifications.show({ id: wrong });
  assert.deepEqual([shown?.code, shown?.evidence.said], ["mailbox_unknown", "550 5.1.1 nobody of that name"]);
  await asking.api.contacts.update({ id: wrong, email: "iole@kraft.no" });
  assert.equal((await asking.api.emailVerifications.show({ id: wrong })).email_verification, null);
  const { audit_log } = await asking.api.auditLog.list({ subject_id: right });
  assert.ok(audit_log.some(({ type }) => type === "contact.updated"));
});

test("a contact found unavailable is left out of sequences for it, until it is verified", async () => {
  const asking = await newProbingTeam();
  const id = await contactAt(asking, "ole@kraft.no");
  const { emailer_campaign: sequence } = await asking.api.sequences.create({ name: "Any" });
  const unverified = async () =>
    (
      await asking.api.joining.checkDeployability({
        emailer_campaign_id: sequence.id,
        contact_ids: [id],
      })
    ).num_unverified_email;
  assert.equal(await unverified(), 0);
  await verify(asking, [id]);
  assert.equal(await unverified(), 1);
});

test("a search finds the contacts to verify, and a call that names none is refused", async () => {
  const id = await contactAt(team, "ines@nirgends.no");
  const { entity_progress_job: job } = await team.api.emailVerifications.start({
    contact_filter: { q_keywords: "nirgends" },
  });
  const done = await until(async () => {
    const { entity_progress_job: seen } = await team.api.progress.get({ id: job.id });
    return seen.status === "done" ? seen : undefined;
  });
  assert.deepEqual(done.counts, { unavailable: 1 });
  assert.equal((await team.api.contacts.get({ id })).contact.email_status, "unavailable");
  assert.equal((await refused(team.api.emailVerifications.start({}))).code, "selection_empty");
});

test("a domain's mail servers are asked for once, and not for each address", async () => {
  dns.mail.set("once.no", ["localhost"]);
  const ids = await Promise.all(
    ["a@once.no", "b@once.no", "c@once.no"].map((email) => contactAt(team, email)),
  );
  await verify(team, ids);
  await verify(team, ids);
  assert.equal(dns.asked.filter((name) => name === "once.no").length, 1);
});

test("settings say whose name is used, and only admins change them", async () => {
  const made = await world.newTeam();
  assert.deepEqual((await made.api.emailVerifications.settings()).settings, {
    probes: false,
    probe_from: null,
    probes_per_domain_per_hour: 20,
  });
  const refusal = await refused(made.api.emailVerifications.updateSettings({ probes: true }));
  assert.deepEqual([refusal.status, refusal.code], [422, "probe_from_missing"]);
  const { api_key } = await made.api.apiKeys.create({ name: "narrow", scopes: ["read_only"] });
  const narrow = world.client({ apiKey: api_key.key });
  assert.equal((await refused(narrow.emailVerifications.updateSettings({ probes: false }))).status, 403);
});

test("addresses are guessed as the company forms them, and never as verified", async () => {
  const made = await world.newTeam();
  for (const [first_name, last_name, local] of [
    ["Ines", "Okafor", "iokafor"],
    ["Per", "Lund", "plund"],
    ["Eva", "Berg", "eberg"],
  ])
    await made.api.contacts.create({ first_name, last_name, email: `${local}@muster.no` });
  const name = { first_name: "Bjørn", last_name: "Åsen" };
  const guessed = await made.api.emailPatterns.guess({ ...name, domain: "https://www.muster.no/om" });
  assert.deepEqual([guessed.domain, guessed.learnt_from], ["muster.no", 3]);
  assert.equal(guessed.candidates[0]?.email, "basen@muster.no");
  assert.ok(guessed.candidates.every(({ email_status }) => email_status === "unverified"));
  assert.equal((await team.api.emailPatterns.guess({ ...name, domain: "muster.no" })).learnt_from, 0);
  assert.equal(
    (await refused(made.api.emailPatterns.guess({ ...name, domain: "not a domain" }))).status,
    422,
  );
});
