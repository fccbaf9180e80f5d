// An installation into a file and back, by the program, between two real servers with databases of their own.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { feedSettles } from "../server/testing/feed.ts";
import { granting } from "../server/testing/granting.ts";
import { newContacts, newMailbox, newSequence } from "../server/testing/sequenced.ts";
import { asOwner } from "../server/testing/wire.ts";
import { BOOTSTRAP_KEY, openWorld, type Team, type World } from "../server/testing/world.ts";
import { cadenza, home } from "./testing.ts";

type Opened = World & { close(): Promise<void> };
const keyFile = join(home, "cadenza.key");
const file = join(home, "all.backup");
let source: Opened;
let target: Opened;
let team: Team;
let connected = { access_token: "", client_id: "" };
before(async () => {
  source = await openWorld({ keyFile });
  target = await openWorld({ keyFile });
  team = await source.newTeam("Åsgård Kraft");
  const { id } = await newSequence(team);
  const mailbox = await newMailbox(team);
  const contact_ids = await newContacts(team, 30, { label_names: ["tab\there", "back\\slash"] });
  await team.api.joining.addContacts({ id, contact_ids, send_email_from_email_account_id: [mailbox.id] });
  await team.api.attachments.create({ file: new File([randomBytes(300_000)], "noise.bin") });
  const { client_id } = await granting(source, team).client();
  const { access_token } = await granting(source, team).connect();
  connected = { access_token, client_id };
  await team.api.notes.create({ content: "Zeile\nzwei \\N ünï", contact_ids: [contact_ids[0] ?? ""] });
});
after(async () => {
  await source?.close();
  await target?.close();
});

const at = ({ url }: World, key = BOOTSTRAP_KEY) => ({ env: { CADENZA_URL: url, CADENZA_API_KEY: key } });

/** What every table of the source held when it was saved; what it refused since then stands in its history alone. */
let saved: Record<string, string>;

/** What every table holds, as one sum each. What the servers themselves write all the time is left out. */
async function sums(world: World) {
  return asOwner(world, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> all ($1) order by 1",
      [["installation", "engines", "schema_migrations", "api_usage", "written_by"]],
    );
    const found: Record<string, string> = {};
    for (const { name } of rows) {
      const { rows: sum } = await client.query(
        `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum from "${name}" t`,
      );
      found[name] = (sum[0] as { sum: string }).sum;
    }
    return found;
  });
}

test("a backup is made by the operator, for the owner's eyes, and never over another file", async () => {
  const { code, out, err } = await cadenza(["backup", file], at(source));
  assert.equal(code, 0, err);
  assert.match(out, /^Saved as .*all\.backup, 0\.\d MB\. It does not contain cadenza\.key/);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  saved = await sums(source);
  assert.equal((await cadenza(["backup", file], at(source))).code, 2);
  const piped = await cadenza(["backup", "-"], at(source));
  assert.deepEqual([piped.code, piped.out.startsWith("CADENZA-BACKUP-1\n")], [0, true]);
});

test("a team's own key makes none and puts none back", async () => {
  for (const args of [
    ["backup", join(home, "no.backup")],
    ["restore", file],
  ]) {
    const refused = await cadenza(args, at(source, team.key));
    assert.deepEqual([refused.code, /CADENZA_BOOTSTRAP_KEY/.test(refused.err)], [3, true], refused.err);
  }
});

/** Another letter in its place may be the one that stood there. */
function withOneBitChanged(whole: Buffer, at: number) {
  const changed = Buffer.from(whole);
  changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
  return changed;
}

test("a torn or changed file is refused, by the program and by the server, and nothing is touched", async () => {
  const torn = join(home, "torn.backup");
  const whole = readFileSync(file);
  const bad: [Buffer, RegExp][] = [
    [whole.subarray(0, whole.length - 10), /incomplete/],
    [whole.subarray(0, 1000), /incomplete/],
    [Buffer.alloc(0), /not a backup/],
    [Buffer.from("something else entirely, and long enough to be looked at as a whole"), /not a backup/],
    [withOneBitChanged(whole, 200), /changed after/],
  ];
  for (const [bytes, says] of bad) {
    writeFileSync(torn, bytes);
    const local = await cadenza(["restore", torn], at(target));
    assert.deepEqual([local.code, /is not a complete backup/.test(local.err)], [1, true], local.err);
    const posted = await fetch(`${target.url}/api/v1/installation/restore`, {
      method: "POST",
      headers: { "x-api-key": BOOTSTRAP_KEY, "content-type": "application/vnd.cadenza.backup" },
      body: new Uint8Array(bytes),
    });
    assert.equal(posted.status, 422);
    const { error, code } = (await posted.json()) as { error: string; code: string };
    assert.deepEqual([code, says.test(error)], ["backup_refused", true], error);
  }
  truncateSync(torn, 0);
});

test("another key file is refused with what to do", async () => {
  const stranger = await openWorld();
  try {
    const refused = await cadenza(["restore", file], at(stranger));
    assert.deepEqual([refused.code, /encrypted with another key/.test(refused.err)], [1, true], refused.err);
  } finally {
    await stranger.close();
  }
});

test("a server that is already in use refuses a restore", async () => {
  const refused = await cadenza(["restore", file], at(source));
  assert.deepEqual([refused.code, /already in use/.test(refused.err)], [1, true], refused.err);
});

test("after a restore every row is there again, keys work, and nothing is sent until a person confirms it", async () => {
  const before = { ...saved };
  const { code, out, err } = await cadenza(["restore", file], at(target));
  assert.equal(code, 0, err);
  assert.match(out, /confirm-sending/);
  const now = await sums(target);
  // Events are told apart by the server that wrote them, which is another one now; a key's last use is noted as we ask.
  for (const table of ["events", "webhook_cursors", "api_keys"]) {
    before[table] = (before[table] ?? "").split(" ")[0] ?? "";
    now[table] = (now[table] ?? "").split(" ")[0] ?? "";
  }
  assert.deepEqual(now, before);
  const api = target.client({ apiKey: team.key });
  assert.equal((await api.contacts.search({})).pagination.total_entries, 30);
  const acting = target.client({ accessToken: connected.access_token });
  assert.equal((await acting.users.apiProfile()).email, team.owner.email, "and so do applications' tokens");
  assert.match(
    JSON.stringify(await asOwner(target, (client) => client.query("select id from oauth_registrations"))),
    new RegExp(connected.client_id),
  );
  const { sending } = (await target.operator.installation.show()).installation;
  assert.equal(sending.held, true);
  const made = await api.contacts.create({ first_name: "After", email: "after@example.no" });
  assert.ok(made.contact.id, "triggers and constraints stand again");
  await feedSettles(target);
  const feed = await api.events.list({ types: ["contact.created"], limit: 100 });
  assert.equal(feed.events.at(-1)?.subject.id, made.contact.id, "and what is new comes last in the feed");
  const refused = await cadenza(["restore", file], at(target));
  assert.equal(refused.code, 1, "a second time there is somebody");
});

test("a server that is not running is named, and nothing is called an error in the program", async () => {
  const gone = { env: { CADENZA_URL: "http://127.0.0.1:9", CADENZA_API_KEY: BOOTSTRAP_KEY } };
  for (const words of [
    ["backup", join(home, "gone.backup")],
    ["backup", "verify", file],
    ["restore", file],
  ]) {
    const { code, err } = await cadenza(words, gone);
    assert.match(err, /^cadenza: Server not reachable at http:\/\/127\.0\.0\.1:9/, words.join(" "));
    assert.equal(code, 5);
  }
});
