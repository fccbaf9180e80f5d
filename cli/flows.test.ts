// The flows, as people use them: joining a sequence, asking why.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { alwaysOpen } from "../server/testing/sending.ts";
import { newContact, newContacts, newMailbox, newSequence } from "../server/testing/sequenced.ts";
import { type Team, useWorld } from "../server/testing/world.ts";
import { atTerminal, cadenza, home, type Setting } from "./testing.ts";

let team: Team;
let setting: Setting;
let ole: { id: string; email: string };
useWorld({ engineLoops: 1 }, async (world) => {
  team = await world.newTeam();
  ole = await newMailbox(team);
  setting = { env: { CADENZA_URL: world.url, CADENZA_API_KEY: team.key } };
});
const add = (...args: string[]) => cadenza(["sequences", "add-contacts", ...args], setting);
const inSequence = async (id: string) =>
  (await team.api.enrollments.search({ emailer_campaign_ids: [id] })).contact_campaign_statuses;

test("contacts join by the names people know, and each verdict is shown", async () => {
  const sequence = await newSequence(team);
  const [one = ""] = await newContacts(team, 1);
  const bare = await newContact(team, { email: undefined });
  const { contact } = await team.api.contacts.get({ id: one });
  const { code, out } = await add(
    "--sequence",
    sequence.name.toUpperCase(),
    "--contacts",
    `${contact.email},${bare}`,
    "--mailbox",
    ole.email,
  );
  assert.equal(code, 0);
  assert.match(out, new RegExp(`^${one} +\\S+ +added +${ole.email}`, "m"));
  assert.match(out, new RegExp(`^${bare} .*skipped`, "m"));
  assert.match(out, /1 added to .*, 1 skipped\./);
  assert.equal((await inSequence(sequence.id)).length, 1);
  const strict = await add("--sequence", sequence.id, "--contacts", bare, "--mailbox", ole.id, "--strict");
  assert.equal(strict.code, 7);
});

test("the flag that lets a contact in is named, and works", async () => {
  const { id } = await newSequence(team);
  const bare = await newContact(team, { email: undefined });
  const wish = ["--sequence", id, "--contacts", bare, "--mailbox", ole.id, "--json"];
  const left = await add(...wish);
  const [{ reasons = [] } = {}] = left.json<{ skipped_contacts: { reasons: { flag: string }[] }[] }>()
    .skipped_contacts;
  assert.deepEqual([left.code, reasons.map(({ flag }) => flag)], [7, ["sequence_no_email"]]);
  assert.equal((await add(...wish, "--sequence-no-email")).code, 0);
});

test("a dry run adds no contact and shows the first mail", async () => {
  const { id } = await newSequence(team);
  const [one = ""] = await newContacts(team, 1);
  const { code, out } = await add("--sequence", id, "--contacts", one, "--mailbox", ole.id, "--dry-run");
  assert.deepEqual(
    [code, /1 would be added/.test(out), /The first email:\n\nHello Person/.test(out)],
    [0, true, true],
  );
  assert.deepEqual(await inSequence(id), []);
});

test("a list joins, at a time, with mailboxes taking turns", async () => {
  const { id } = await newSequence(team);
  const [one, other] = [await newMailbox(team), await newMailbox(team)];
  await newContacts(team, 4, { label_names: ["Autumn, Q4"] });
  const refused = await add("--sequence", id, "--list", "Autumn, Q4", "--mailbox", `${one.id},${other.id}`);
  assert.deepEqual([refused.code, /Add --rotate/.test(refused.err)], [2, true]);
  const done = await add(
    "--sequence",
    id,
    "--list",
    "Autumn, Q4",
    "--mailbox",
    `${one.id},${other.id}`,
    "--rotate",
    "--at",
    "2031-01-02T09:00:00Z",
  );
  assert.equal(done.code, 0, done.err);
  const members = await inSequence(id);
  assert.deepEqual(
    members.map(({ status }) => status),
    Array(4).fill("paused"),
  );
  assert.equal(new Set(members.map((one) => one.send_email_from_email_account_id)).size, 2);
});

test("people of a CSV join; who is new becomes a contact, who is there is taken, what cannot be read is told", async () => {
  const { id } = await newSequence(team);
  await team.api.contacts.create({ first_name: "Known", email: "known@company.example" });
  const file = join(home, "people.csv");
  writeFileSync(
    file,
    "\ufeffE-Mail;First Name;Company;Favourite colour;Email status\nknown@company.example;Known;Company;red;\nnew@other.example;New;Other;blue;unverified\nNEW@other.example;Again;Other;;\nnonsense;X;Y;;\n",
  );
  const wish = ["--sequence", id, "--csv", file, "--mailbox", ole.id];
  const tried = await add(...wish, "--sequence-unverified-email", "--dry-run");
  assert.match(tried.out, /Dry run: 1 created, .* 1 skipped; 2 added to the sequence, 0 not added/);
  const before = (await team.api.contacts.search({ q_keywords: "other.example" })).pagination.total_entries;
  assert.equal(before, 0);
  const strict = await add(...wish, "--strict");
  assert.deepEqual([strict.code, /is not verified/.test(strict.out)], [7, true]);
  const { code, out, err } = await add(...wish, "--sequence-unverified-email");
  assert.equal(code, 0, err);
  assert.match(out, /^5 +skipped +.*The email address is invalid\./m);
  assert.match(err, /ignored: Favourite colour/);
  const { contacts } = await team.api.contacts.search({ q_keywords: "new@other.example" });
  assert.deepEqual(
    contacts.map((contact) => [contact.first_name, contact.organization_name]),
    [["Again", "Other"]],
  );
});

test("of a file it is said in the dry run when they would begin, and what keeps the others", async () => {
  const { id } = await newSequence(team, { emailer_schedule_id: await alwaysOpen(team) });
  const slow = await newMailbox(team, { email_daily_threshold: 2 });
  const file = join(home, "promised.csv");
  const rows = Array.from({ length: 30 }, (_, n) => `Ada${n},ada${n}@promised${n}.example`);
  writeFileSync(file, ["First name,Email", ...rows].join("\n"));
  const wish = ["--sequence", id, "--csv", file, "--mailbox", slow.id, "--sequence-unverified-email"];
  const { out, err, code } = await add(...wish, "--dry-run");
  assert.equal(code, 0, err);
  const [, soon, all] =
    /^(\d+) of (\d+) contacts start by \w+ \d+ \w+, the last on \w+ \d+ \w+\.$/m.exec(out) ?? [];
  assert.ok(Number(soon) >= 12 && Number(soon) <= 16, out);
  assert.equal(all, "30");
  assert.match(out, new RegExp(`^  ${30 - Number(soon)}: The mailbox has reached`, "m"));
  const asData = (await add(...wish, "--dry-run", "--json")).json<{ promise: { people: number } }>();
  assert.equal(asData.promise.people, 30);
  assert.equal((await team.api.promises.show({ id })).promised, null, "a dry run keeps none");
});

test("at a terminal a file shows its promise first, and is imported once the person agrees", async () => {
  const { id } = await newSequence(team, { emailer_schedule_id: await alwaysOpen(team) });
  const file = join(home, "asked.csv");
  writeFileSync(file, "First name,Email\nAda,ada@asked.example\nBo,bo@asked-too.example\n");
  const line = ["--sequence", id, "--csv", file, "--mailbox", ole.id, "--sequence-unverified-email"];
  const asked = (input: string, more: string[] = []) =>
    atTerminal(["sequences", "add-contacts", ...line, ...more], { ...setting, input });
  const declined = await asked("n\n");
  assert.match(declined.out, /2 of 2 contacts start by .*Add them to the sequence\? \[y\/N\]/s);
  assert.deepEqual([declined.code, await inSequence(id)], [0, []]);
  const agreed = await asked("y\n");
  assert.match(agreed.out, /2 added to the sequence, 0 not added/);
  assert.equal((await inSequence(id)).length, 2);
  const { promised } = await team.api.promises.show({ id });
  assert.deepEqual([promised?.people, promised?.adds], [2, 1], "what was promised is kept with the import");
  const again = await asked("", ["--yes"]);
  assert.doesNotMatch(again.out, /Add them/);
});

test("a file of a thousand goes on in the background and is waited for", async () => {
  const { id } = await newSequence(team);
  const people = await newContacts(team, 3);
  const ids = [
    ...people,
    ...Array.from({ length: 1000 }, (_, index) => index.toString(16).padStart(24, "0")),
  ];
  const file = join(home, "many.csv");
  writeFileSync(file, `contact_id\n${ids.join("\n")}\n`);
  const { code, out } = await add("--sequence", id, "--csv", file, "--mailbox", ole.id);
  assert.equal(code, 0);
  assert.match(out, /1000 skipped; 3 added to the sequence, 0 not added\./);
  assert.match(out, /1000: There is no record with this id\./);
  const started = await add("--sequence", id, "--csv", file, "--mailbox", ole.id, "--no-wait");
  assert.match(started.out, /Running in the background\. See: cadenza imports get \w{24}/);
});

const BAD: [what: string, args: string[], code: number, says: RegExp][] = [
  ["nobody", [], 2, /No contacts given/],
  ["every bad id", ["--contacts", "x1,y2"], 2, /"x1" is not a valid ID; contact_ids: "y2" is not/],
  [
    "an address of nobody",
    ["--contacts", "nobody@example.no"],
    4,
    /No contact has the email address nobody@example\.no/,
  ],
  [
    "an unknown mailbox",
    ["--contacts", "x", "--mailbox", "moon@example.no"],
    4,
    /The mailbox moon@example\.no does not exist/,
  ],
  ["an unknown list", ["--list", "Moon"], 4, /no list of contacts named Moon/],
  ["a file without people", ["--csv", "/dev/null"], 1, /The file is empty/],
];
for (const [what, args, code, says] of BAD) {
  test(`${what}: it is said, and nothing is done`, async () => {
    const { id } = await newSequence(team);
    const mailbox = args.includes("--mailbox") ? [] : ["--mailbox", ole.id];
    const ended = await add("--sequence", id, ...mailbox, ...args);
    assert.equal(ended.code, code, ended.err);
    assert.match(ended.err, says);
  });
}

test("an unknown sequence is named, with those that are like it", async () => {
  const { name } = await newSequence(team, { name: "Nordic plants in spring" });
  const near = await add("--sequence", "Nordic plants", "--contacts", "x", "--mailbox", ole.id);
  assert.deepEqual([near.code, near.err.includes(name)], [4, true]);
});

test("why explains a person by address, and anything by id", async () => {
  const { id } = await newSequence(team);
  const [one = ""] = await newContacts(team, 1);
  await add("--sequence", id, "--contacts", one, "--mailbox", ole.id);
  const { contact } = await team.api.contacts.get({ id: one });
  const why = (said: string, ...more: string[]) => cadenza(["why", said, ...more], setting);
  const person = await why(contact.email ?? "");
  assert.deepEqual(
    [person.code, person.out.includes(one), /^In Sequence/m.test(person.out)],
    [0, true, true],
  );
  const [member] = await inSequence(id);
  for (const [said, type] of [
    [one, "contact"],
    [member?.id, "contact_campaign_status"],
    [id, "emailer_campaign"],
    [ole.id, "email_account"],
    [ole.email, "email_account"],
  ]) {
    const { explain } = (await why(said ?? "", "--json")).json<{ explain: { subject: { type: string } } }>();
    assert.equal(explain.subject.type, type);
  }
  assert.equal((await why("nobody@example.no")).code, 4);
  assert.equal((await why("64f0aa0000000000000000ff")).code, 4);
  assert.equal((await why("Ole")).code, 2);
});
