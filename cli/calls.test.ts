// Calls of the contract as commands: what is typed, what is shown, and how it ends.

import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { endpoints } from "@cadenza/contract";
import { byItems, LONG_JOBS } from "../server/engine/upkeep/long-jobs.ts";
import { Refusal } from "../server/kernel/refusal.ts";
import { type Team, useWorld, type World } from "../server/testing/world.ts";
import { commands } from "./commands.ts";
import { cadenza, home, type Setting } from "./testing.ts";
import { dashed } from "./words.ts";

let team: Team;
let setting: Setting;
const world: World = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  setting = { env: { CADENZA_URL: opened.url, CADENZA_API_KEY: team.key } };
});
const run = (...args: string[]) => cadenza(args, setting);

test("help needs no server, says the flows, the nouns and the exit codes", async () => {
  const { code, out } = await cadenza(["--help"]);
  assert.equal(code, 0);
  for (const word of [
    "why",
    "doctor",
    "parity",
    "backup",
    "restore",
    "login",
    "completion",
    "sequences",
    "mailboxes",
    "Exit codes",
  ])
    assert.match(out, new RegExp(`^ *${word}\\b`, "m"));
});

test("every call of the contract is a command with its flags", async () => {
  for (const { name, endpoint } of endpoints) {
    const [noun = "", verb = ""] = name.split(".");
    const flags = commands[noun]?.[verb]?.flags.map((flag) => flag.name);
    assert.deepEqual(flags?.sort(), Object.keys(endpoint.input.shape).sort(), name);
  }
  const { code, out } = await cadenza(["contacts", "search", "--help"]);
  assert.equal(code, 0);
  assert.match(out, /--q-keywords <text> +Words in the name/);
  for (const noun of Object.keys(commands)) {
    const said = await cadenzaHelp(noun);
    for (const verb of Object.keys(commands[noun] ?? {}))
      assert.match(said, new RegExp(`\\b${dashed(verb)}\\b`));
  }
});

async function cadenzaHelp(noun: string) {
  if (!["contacts", "apiKeys", "sequences", "tasks"].includes(noun))
    return Object.keys(commands[noun] ?? {})
      .map(dashed)
      .join(" ");
  return (await cadenza([dashed(noun), "--help"])).out;
}

test("a contact is made, found, shown, changed and deleted", async () => {
  const made = await run(
    "contacts",
    "create",
    "--first-name",
    "Ines",
    "--email",
    "ines@example.no",
    "--label-names",
    "Q1,Q2",
    "--json",
  );
  const { contact } = made.json<{ contact: { id: string; label_ids: string[] } }>();
  assert.deepEqual([made.code, contact.label_ids.length, made.err], [0, 2, ""]);

  const found = await run("contacts", "search", "--q-keywords", "ines", "--columns", "id,name,email");
  assert.match(found.out, new RegExp(`^ID +NAME +EMAIL\\n${contact.id} +Ines +ines@example.no\\n$`));
  const shown = await run("contacts", "get", contact.id);
  assert.match(shown.out, /^email +ines@example\.no$/m);
  const tried = await run("contacts", "update", contact.id, "--title", "Boss", "--dry-run");
  assert.match(tried.err, /nothing was changed/);
  assert.doesNotMatch((await run("contacts", "get", contact.id)).out, /Boss/);
  const changed = await run(
    "contacts",
    "update",
    contact.id,
    "--input",
    '{"title":"Boss"}',
    "--last-name",
    "Okafor",
    "--json",
  );
  assert.equal(changed.json<{ contact: { title: string; last_name: string } }>().contact.title, "Boss");
  assert.equal((await run("contacts", "delete", contact.id)).code, 0);
});

test("a long list is shown by the page, or whole", async () => {
  await team.api.contacts.bulkCreate({
    contact_attributes: Array.from({ length: 7 }, (_, index) => ({
      first_name: `Long${index}`,
      email: `long${index}@example.no`,
    })),
  });
  const page = await run("contacts", "search", "--q-keywords", "long", "--per-page", "3");
  assert.equal(page.out.trim().split("\n").length, 4);
  assert.match(page.err, /Page 1 of 3, 7 in total\. --all/);
  const all = await run("contacts", "search", "--q-keywords", "long", "--per-page", "3", "--all", "--json");
  assert.equal(all.json<unknown[]>().length, 7);
});

test("an answer that is a list and nothing else is a table", async () => {
  await run("credits", "allow", "--kind", "lead_credit", "--limit", "5");
  const { out } = await run("credits", "allowances");
  assert.match(out, /^KIND +LIMIT +CONSUMED +RESERVED +LEFT OVER$/m);
  assert.match(out, /^lead_credit +5 +0 +0 +5$/m);
});

test("files come in and go out", async () => {
  const list = join(home, "barred.csv");
  writeFileSync(list, "email\na@example.se\nb@example.se\n");
  const read = await run("suppressions", "import", "--text", `@${list}`, "--json");
  assert.equal(read.json<{ created: number }>().created, 2);
  assert.match((await run("suppressions", "list", "--csv")).out, /a@example\.se/);
  const sent = await run("attachments", "create", "--file", `@${list}`, "--json");
  const { attachment } = sent.json<{ attachment: { id: string; file_name: string } }>();
  assert.equal(attachment.file_name, "barred.csv");
  const back = join(home, "back.csv");
  assert.equal((await run("attachments", "download", attachment.id, "--output", back)).code, 0);
  assert.equal(readFileSync(back, "utf8"), readFileSync(list, "utf8"));
  const again = await run("attachments", "download", attachment.id, "--output", back);
  assert.deepEqual([again.code, /exists already/.test(again.err)], [2, true]);
});

const NOBODY = "64f0aa0000000000000000ff";
const ENDS: [what: string, args: string[], code: number, says: RegExp][] = [
  ["an unknown noun", ["contcts"], 2, /./],
  ["an unknown verb", ["contacts", "serch"], 2, /search/],
  ["an unknown flag", ["contacts", "search", "--q-keyword", "x"], 2, /--q-keywords/],
  ["a missing id", ["contacts", "get"], 2, /id/],
  ["a missing parameter", ["contacts", "merge"], 2, /Missing parameters: --winner-id, --loser-ids/],
  ["no number", ["contacts", "search", "--page", "two"], 2, /--page must be a whole number/],
  ["no JSON", ["contacts", "create", "--input", "{"], 2, /not valid JSON/],
  [
    "an object with parts that the call does not take",
    ["sequences", "create", "--input", '{"name":"x","emailer_steps":[],"emailer_touches":[]}'],
    2,
    /does not have: emailer_touches.*Nothing was sent/s,
  ],
  [
    "such parts where the object is wrapped",
    ["sequences", "create", "--input", '{"emailer_campaign":{"name":"x","emailer_touches":[]}}'],
    2,
    /does not have: emailer_touches.*Nothing was sent/s,
  ],
  [
    "a file that is not there",
    ["suppressions", "import", "--text", "@nowhere.csv"],
    2,
    /nowhere\.csv: the file does not exist/,
  ],
  ["an id of no record", ["sequences", "show", NOBODY], 4, /Record not found/],
  ["an invalid id", ["sequences", "show", "5"], 1, /5 is not a valid ID/],
  ["an invalid id, and the valid form", ["contacts", "get", "5"], 1, /24 characters, 0 to 9 and a to f/],
  ["an unknown contact", ["contacts", "get", NOBODY], 4, /may be mistyped, deleted, or of another team/],
  ["an unknown account", ["accounts", "update", NOBODY, "--name", "x"], 4, /may be mistyped, deleted/],
  [
    "an invalid address",
    ["contacts", "search", "--url", "moon"],
    2,
    /^cadenza: CADENZA_URL, or --url, is the server's/,
  ],
  ["a refusal", ["contacts", "search", "--per-page", "500"], 1, /Per page not supported/],
  ["an unknown profile", ["contacts", "search", "--profile", "moon"], 2, /cadenza login --profile moon/],
  ["no time", ["contacts", "search", "--timeout", "x"], 2, /number of seconds/],
];
for (const [what, args, code, says] of ENDS) {
  test(`${what} ends with ${code} and a sentence`, async () => {
    const ended = await run(...args);
    assert.equal(ended.code, code, ended.err);
    assert.match(ended.err, says);
    assert.doesNotMatch(ended.err, /^\s+at /m);
  });
}

test("a key that is missing, wrong or too small ends with 3 and says what to do", async () => {
  const url = { CADENZA_URL: world.url };
  const none = await cadenza(["contacts", "search"], { env: url });
  assert.deepEqual([none.code, /Set CADENZA_API_KEY, or run cadenza login/.test(none.err)], [3, true]);
  assert.equal(
    (await cadenza(["contacts", "search"], { env: { ...url, CADENZA_API_KEY: "wrong-key-1234" } })).code,
    3,
  );
  const { api_key } = await team.api.apiKeys.create({ name: "r", scopes: ["read_only"] });
  const small = await cadenza(["labels", "create", "--name", "x", "--modality", "contacts"], {
    env: { ...url, CADENZA_API_KEY: api_key.key },
  });
  assert.deepEqual([small.code, /api\/v1\/labels\/create/.test(small.err)], [3, true]);
});

test("what is deleted is not there any more, so it ends with 4", async () => {
  const { contact } = await team.api.contacts.create({ first_name: "Gone" });
  await team.api.contacts.delete({ id: contact.id });
  for (const args of [
    ["get", contact.id],
    ["update", contact.id, "--title", "x"],
  ]) {
    const { code, err } = await run("contacts", ...args);
    assert.deepEqual([code, /deleted/.test(err)], [4, true], err);
  }
});

test("a server that is not there ends with 5, and as JSON where JSON was asked for", async () => {
  const env = { CADENZA_URL: "http://127.0.0.1:9", CADENZA_API_KEY: "k" };
  const gone = await cadenza(["contacts", "search", "--json"], { env });
  assert.equal(gone.code, 5);
  const { error } = JSON.parse(gone.err.trim().split("\n").at(-1) ?? "") as {
    error: { code: string; exit: number; message: string };
  };
  assert.deepEqual([error.code, error.exit, gone.out], ["unreachable", 5, ""]);
  assert.match(error.message, /^Server not reachable at http:\/\/127\.0\.0\.1:9(?: \(\w+\))?\.$/);
});

test("verbose tells each request, and neither the key nor what was asked", async () => {
  const { err, code } = await run("contacts", "search", "--q-keywords", "secretive", "--verbose");
  assert.equal(code, 0);
  assert.match(err, /contacts\.search: POST \/api\/v1\/contacts\/search 200, try 1, \d+ ms, request \w+/);
  assert.ok(!err.includes(team.key) && !err.includes("secretive"));
  const echoed = await run("labels", "create", "--name", "x", "--modality", team.key, "--verbose");
  assert.ok(!echoed.err.includes(team.key), "not even where a server repeats it");
});

test("what strangers wrote does not command the terminal", async () => {
  await team.api.contacts.create({ first_name: "Evil\u001b[2J\u009b31m\u202e", email: "evil@example.no" });
  const table = await run("contacts", "search", "--q-keywords", "evil");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  assert.doesNotMatch(table.out, /[\u001b\u009b\u202e]/);
  const json = await run("contacts", "search", "--q-keywords", "evil", "--json");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  assert.doesNotMatch(json.out, /[\u001b\u009b]/);
  assert.match(json.json<{ contacts: { name: string }[] }>().contacts[0]?.name ?? "", /^Evil/);
});

test("a key is made for scripts: alone on standard output", async () => {
  const { out, err, code } = await run("keys", "create", "--name", "CI", "--read-only");
  assert.deepEqual([code, /^\S+\n$/.test(out), /shown only once/.test(err)], [0, true, true]);
  const api = world.client({ apiKey: out.trim() });
  assert.equal((await api.auth.health()).is_logged_in, true);
  assert.equal((await run("keys", "create", "--name", "CI")).code, 2);
});

test("login tries the key, and keeps it where only its owner reads it; it goes to no other server", async () => {
  const wrong = await cadenza(["login", "--url", world.url], { input: "nonsense-key\n" });
  assert.deepEqual([wrong.code, wrong.err.includes("nonsense-key")], [3, false]);
  const env = { XDG_CONFIG_HOME: join(home, "config") };
  const right = await cadenza(["login", "--url", world.url], { input: `${team.key}\n`, env });
  assert.equal(right.code, 0, right.err);
  const file = join(home, "config", "cadenza", "profiles.json");
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const asked = await cadenza(["auth", "health", "--json"], { env });
  assert.equal(asked.json<{ is_logged_in: boolean }>().is_logged_in, true);
  const elsewhere = await cadenza(["auth", "health", "--url", `${world.url}/`, "--json"], { env });
  assert.equal(elsewhere.json<{ is_logged_in: boolean }>().is_logged_in, false);
});

test("shells complete nouns, verbs and flags", async () => {
  for (const [shell, word] of [
    ["bash", "complete -o default"],
    ["zsh", "#compdef cadenza"],
    ["fish", "complete -c cadenza"],
  ] as const)
    assert.match((await cadenza(["completion", shell])).out, new RegExp(word));
  assert.equal((await cadenza(["completion", "cmd"])).code, 2);
  assert.match((await cadenza(["complete"])).out, /^sequences$/m);
  assert.match((await cadenza(["complete", "sequences"])).out, /^add-contacts$/m);
  assert.match((await cadenza(["complete", "contacts", "search"])).out, /^--q-keywords$/m);
});

test("a job is followed to its end, and one that fails ends as not done; the doctor tells of it", async () => {
  const { id } = (await team.api.sequences.create({ name: "Jobs" })).emailer_campaign;
  const contact = (await team.api.contacts.create({ first_name: "Ines", email: "ines@jobs.example" }))
    .contact;
  const remove = (...more: string[]) =>
    run("enrollments", "remove", id, "--contact-ids", contact.id, "--async", ...more);
  const done = await remove();
  assert.equal(done.code, 0);
  assert.match(done.err, /Removing contacts from a sequence: done\. 1 skipped/);
  const unfollowed = await remove("--no-wait");
  assert.match(unfollowed.err, /cadenza jobs get [0-9a-f]{24}/);
  LONG_JOBS.sequence_remove_contacts = byItems(async () => {
    throw new Refusal("record_not_found");
  });
  const failed = await remove();
  assert.equal(failed.code, 7);
  assert.match(failed.err, /failed\. It was refused \(record_not_found\)/);
  const doctor = await run("doctor", "--json");
  const { findings } = doctor.json<{ findings: { about: string; verdict: string }[] }>();
  assert.equal(findings.find(({ about }) => about === "jobs")?.verdict, "trouble");
});
