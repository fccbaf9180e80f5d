// Verification under attack: hostile or broken addresses, name servers and mail servers. No verdict is wrong, no work
// stalls, and no connection goes to a forbidden address.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { type Input, waitForJob } from "@cadenza/sdk";
import { openMail } from "../../../mail/door.ts";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { openNameServer } from "../../../testing/name-server.ts";
import { spawnServer } from "../../../testing/process.ts";
import { openScripted, type PeerReply } from "../../../testing/scripted-peer.ts";
import { until } from "../../../testing/sending.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, urlOf, useWorld } from "../../../testing/world.ts";

const dns = await openNameServer();
const peer = await openScripted();
after(() => Promise.all([dns.close(), peer.close()]));
const world = useWorld({ dnsServers: [dns.address], mailAllow: LOOPBACK, probePort: peer.port });

const nobody = "550 5.1.1 nobody of that name";
const onlyI = (line: string): PeerReply => (/<i[^@]*@/.test(line) ? "250 2.1.5 fine" : nobody);

function script(one: typeof peer.script) {
  for (const key of Object.keys(peer.script)) delete (peer.script as Record<string, unknown>)[key];
  Object.assign(peer.script, { rcptOf: onlyI, ...one });
  peer.commands.length = 0;
}

async function newProbingTeam(rest: Input<"emailVerifications", "updateSettings"> = {}) {
  const made = await world.newTeam();
  const all = { probes: true, probe_from: "us@ours.no", probes_per_domain_per_hour: 1_000, ...rest };
  await made.api.emailVerifications.updateSettings(all);
  return made;
}

const check = async (of: Team, email: string) =>
  (await of.api.emailVerifications.check({ email })).email_verification;

async function contactsAt(of: Team, emails: readonly string[]) {
  const ids: string[] = [];
  for (let at = 0; at < emails.length; at += 100) {
    const wish = emails.slice(at, at + 100).map((email) => ({ first_name: "Ines", email }));
    const { created_contacts } = await of.api.contacts.bulkCreate({ contacts: wish });
    ids.push(...created_contacts.map(({ id }) => id));
  }
  return ids;
}

async function verify(of: Team, contact_ids: string[]) {
  const { entity_progress_job: job } = await of.api.emailVerifications.start({ contact_ids });
  return waitForJob(of.api, job.id);
}

test("what a server says is kept as evidence, whatever bytes it is made of, and keeps no work from its end", async () => {
  const team = await newProbingTeam();
  for (const [domain, said] of [
    ["nul.no", "550 5.1.1 nobody\0 of that name"],
    ["smile.no", `550 5.1.1 ${"😀".repeat(400)}`],
    ["half.no", `550 5.1.1 x${"😀".repeat(400)}`],
    ["bell.no", "550 5.1.1 \u001b[31mred\u0007\u202e"],
  ] as const) {
    dns.mail.set(domain, ["localhost"]);
    script({ rcptOf: () => said });
    assert.equal((await check(team, `ole@${domain}`)).code, "mailbox_unknown", domain);
    const [id = ""] = await contactsAt(team, [`ole@${domain}`]);
    const job = await verify(team, [id]);
    assert.deepEqual([job.status, job.counts], ["done", { unavailable: 1 }], domain);
    const { email_verification: shown } = await team.api.emailVerifications.show({ id });
    assert.match(shown?.evidence.said ?? "", /^550 5\.1\.1 /, domain);
    assert.ok((shown?.evidence.said ?? "").isWellFormed(), domain);
  }
});

test("who answered before the server hung up was answered, and whether it takes anything is not forgotten", async () => {
  const team = await newProbingTeam();
  dns.mail.set("short.no", ["localhost"]);
  let asked = 0;
  script({
    rcptOf: (line) => {
      asked += 1;
      return asked > 3 ? "drop" : onlyI(line);
    },
  });
  const ids = await contactsAt(team, ["ia@short.no", "ib@short.no", "ic@short.no", "id@short.no"]);
  const job = await verify(team, ids);
  assert.deepEqual(job.counts, { verified: 2, unknown: 2 });
});

test("a server that cannot be reached is tried as often as there are lines, not as often as there are addresses", async () => {
  const team = await newProbingTeam();
  dns.mail.set("dead.no", ["localhost", "127.0.0.1"]);
  script({ greeting: "drop" });
  const before = peer.connections;
  const ids = await contactsAt(
    team,
    Array.from({ length: 500 }, (_, n) => `i${n}@dead.no`),
  );
  const job = await verify(team, ids);
  assert.deepEqual(job.counts, { unknown: 500 });
  assert.equal(peer.connections - before, 2);
});

test("MX records never lead to a private address, however they are written", async () => {
  const nowhere = [{ host: "127.0.0.1", port: 1 }];
  const mail = openMail({ mailAllow: [], allowPlaintextMail: false, probePort: peer.port }, nowhere);
  after(() => mail.close());
  script({});
  const before = peer.connections;
  const hosts = [
    ...["localhost", "127.0.0.1", "127.0.0.2", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0.0.0.0"],
    ...[
      "::1",
      "::ffff:127.0.0.1",
      "10.0.0.1",
      "192.168.1.1",
      "169.254.169.254",
      "100.64.0.1",
      "fe80::1",
      "fd00::1",
    ],
  ];
  const wish = { helo: "ours.no", from: "us@ours.no", addresses: ["ines@kraft.no"], madeUp: null };
  for (const host of hosts)
    assert.deepEqual(await mail.askServer(host, wish), { kind: "failed", why: "not_reached" }, host);
  assert.equal(peer.connections, before);
});

test("addresses that are odd get the verdict they deserve", async () => {
  const team = await newProbingTeam();
  script({});
  dns.mail.set("kraft.no", ["localhost"]);
  dns.mail.set("xn--brd-0na.no", ["localhost"]);
  dns.mail.set(
    "many.no",
    Array.from({ length: 200 }, (_, n) => (n === 0 ? "localhost" : `mx${n}.many.no`)),
  );
  dns.mail.set("loop.no", ["loop.no"]);
  dns.mail.set("mixed.no", ["", "localhost"]);
  const cases: [string, string][] = [
    ['"ines okafor"@kraft.no', "syntax_invalid"],
    ['"i@x"@kraft.no', "syntax_invalid"],
    ["ines@[127.0.0.1]", "syntax_invalid"],
    ["ines@127.0.0.1", "syntax_invalid"],
    ["ines@localhost", "syntax_invalid"],
    ["i>\r\nRCPT TO:<x@kraft.no", "syntax_invalid"],
    ["i> SIZE=1@kraft.no", "syntax_invalid"],
    ["bjørn@kraft.no", "domain_takes_mail"],
    ["ines@børd.no", "mailbox_exists"],
    ["ines@BØRD.no", "mailbox_exists"],
    ["ines@kraft.no.", "mailbox_exists"],
    ["ines@many.no", "mailbox_exists"],
    ["ines@loop.no", "server_not_reached"],
    ["ines@mixed.no", "mailbox_exists"],
  ];
  for (const [email, code] of cases) assert.equal((await check(team, email)).code, code, email);
  assert.ok(peer.commands.every((line) => !/x@kraft|SIZE=1/.test(line)));
});

test("ten thousand at one domain: one look at its MX records, as many questions as its hour allows, and all of them told", async () => {
  const team = await newProbingTeam({ probes_per_domain_per_hour: 70 });
  dns.mail.set("huge.no", ["localhost"]);
  script({});
  const emails = Array.from({ length: 10_000 }, (_, n) => `i${n}@huge.no`);
  const ids = await plantContacts(team, emails);
  const job = await verify(team, ids);
  assert.deepEqual(job.counts, { verified: 70, unknown: 9_930 });
  assert.equal(dns.asked.filter((name) => name === "huge.no").length, 1);
  assert.equal(
    peer.commands.filter((line) => line.startsWith("RCPT")).length,
    70 + 1,
    "and one made-up name",
  );
});

test("who cancels stops the questions at the next line", async () => {
  const team = await newProbingTeam();
  dns.mail.set("slow.no", ["localhost"]);
  const gate = Promise.withResolvers<void>();
  script({
    rcptOf: (line) =>
      /<i60@/.test(line)
        ? (socket) => void gate.promise.then(() => socket.write("250 fine\r\n"))
        : onlyI(line),
  });
  const ids = await contactsAt(
    team,
    Array.from({ length: 400 }, (_, n) => `i${n}@slow.no`),
  );
  const { entity_progress_job: job } = await team.api.emailVerifications.start({ contact_ids: ids });
  await until(async () => peer.commands.some((line) => /<i60@/.test(line)));
  const asked = () => peer.commands.filter((line) => /^RCPT TO:<i\d/.test(line)).length;
  const before = asked();
  await team.api.progress.cancel({ id: job.id });
  gate.resolve();
  const next = await verify(team, await contactsAt(team, ["ines@slow.no"]));
  assert.equal(next.status, "done", "the worker is free again");
  // The line that was being asked may end early, where its server was too slow for the rest of it; a next one does not begin.
  assert.ok(asked() <= Math.ceil(before / 50) * 50, `${before} before, ${asked()} after`);
});

test("kill -9 during a batch: no known answer is asked for again, and only sent questions count for the limit", async (t) => {
  const team = await newProbingTeam({ probes_per_domain_per_hour: 201 }); // everybody, and once more whom it was cut off at
  dns.mail.set("killed.no", ["localhost"]);
  let isStuck = true;
  script({ rcptOf: (line) => (isStuck && /<i120@killed/.test(line) ? "silence" : onlyI(line)) });
  const { keyFile, dataDir } = world.running.app.config;
  const engine = () =>
    spawnServer({
      DATABASE_URL: urlOf(world.ownerConnection),
      CADENZA_KEY_FILE: keyFile,
      CADENZA_DATA_DIR: dataDir,
      CADENZA_ROLE: "engine",
      CADENZA_MAIL_ALLOW: "127.0.0.0/8",
      CADENZA_DNS: dns.address,
      CADENZA_PROBE_PORT: String(peer.port),
      CADENZA_DATABASE_CONNECTIONS: "4",
      CADENZA_LOG_LEVEL: "silent",
    });
  const ids = await contactsAt(
    team,
    Array.from({ length: 200 }, (_, n) => `i${n}@killed.no`),
  );
  await world.running.app.jobs.stop(0); // the work is for the engines that are killed
  const first = await engine();
  const { entity_progress_job: job } = await team.api.emailVerifications.start({ contact_ids: ids });
  await until(async () => peer.commands.some((line) => /<i120@killed/.test(line)));
  first.process.kill("SIGKILL");
  await first.ended;
  isStuck = false;
  const second = await engine();
  t.after(() => second.process.kill("SIGKILL"));
  const done = await until(async () => {
    const { entity_progress_job: seen } = await team.api.progress.get({ id: job.id });
    return seen.finished_at ? seen : undefined;
  });
  assert.deepEqual(done.counts, { verified: 200 });
  // A line of an earlier test's canceled work may still be on its way to its end.
  const asked = peer.commands.flatMap((line) => /^RCPT TO:<(i\d+)@killed/.exec(line)?.[1] ?? []);
  assert.equal(new Set(asked).size, 200);
  assert.equal(asked.length, 201, "only the address that it was cut off at is asked for again");
});

/** Written by hand: making them is not what is measured. */
async function plantContacts(team: Team, emails: readonly string[]) {
  return asOwner(world, async (client) => {
    const sql = `insert into contacts (team_id, id, first_name, email, source, original_source, created_at, updated_at)
      select $1, new_ident(), 'Ines', email, 'api', 'api', now(), now() from unnest($2::text[]) as email returning id`;
    return (await client.query<{ id: string }>(sql, [team.id, emails])).rows.map(({ id }) => id);
  });
}
