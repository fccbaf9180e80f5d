// A file brought in from a terminal.

import assert from "node:assert/strict";
import { readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { newMailbox, newSequence } from "../server/testing/sequenced.ts";
import { type Team, useWorld } from "../server/testing/world.ts";
import { cadenza, home, type Setting } from "./testing.ts";

let team: Team;
let setting: Setting;
useWorld({}, async (world) => {
  team = await world.newTeam();
  setting = { env: { CADENZA_URL: world.url, CADENZA_API_KEY: team.key } };
});

const run = (...args: string[]) => cadenza(["imports", "run", ...args], setting);

test("each row has its verdict, the counts say why, and the result is a file", async () => {
  const file = join(home, "people.csv");
  writeFileSync(file, "Wer;E-Mail;Stand\nInes Berg;ines@norrland.example;A4\nOle;nobody;B1\n");
  const tried = await run(file, "--map", "Wer=name", "--dry-run");
  assert.deepEqual([tried.code, /Dry run: 1 created, 0 updated/.test(tried.out)], [0, true]);
  assert.match(tried.out, /^2 +created +Ines Berg/m);
  assert.match(tried.out, /^3 +skipped +Ole +The email address is invalid\./m);
  assert.equal((await team.api.contacts.search({})).pagination.total_entries, 0);
  const result = join(home, "result.csv");
  const done = await run(file, "--map", "Wer=name", "--list", "Fair", "--result", result);
  assert.equal(done.code, 0);
  assert.match(done.out, /^2 +created +Ines Berg/m);
  assert.match(done.out, /^3 +skipped +.*The email address is invalid\./m);
  assert.match(done.out, /1 created, 0 updated, 0 unchanged, 1 skipped\./);
  assert.match(done.err, /ignored: Stand/);
  assert.match(readFileSync(result, "utf8"), /^2,created,/m);
});

test("a file goes straight into a sequence; the exit code says when no row was imported", async () => {
  const sequence = await newSequence(team);
  const mailbox = await newMailbox(team);
  const file = join(home, "more.csv");
  writeFileSync(file, "Email\nada@x.example\n");
  const into = ["--sequence", sequence.name, "--mailbox", mailbox.email];
  const { out } = await run(file, ...into, "--unverified");
  assert.match(out, /1 added to the sequence, 0 not added\./);
  writeFileSync(file, "Email\nnobody\n");
  assert.equal((await run(file)).code, 7);
  assert.equal((await run(join(home, "nowhere.csv"))).code, 2);
});

test("a flag lets in what a file's sequence skips: an unverified address, a contact active elsewhere", async () => {
  const [first, second] = [await newSequence(team), await newSequence(team)];
  const mailbox = await newMailbox(team);
  const file = join(home, "flags.csv");
  writeFileSync(file, "Email,Email Status\nbo@flags.example,Unverified\n");
  const into = (name: string) => ["--sequence", name, "--mailbox", mailbox.email];
  assert.match((await run(file, ...into(first.name))).out, /0 added to the sequence, 1 not added\./);
  const verified = "--sequence-unverified-email";
  assert.match(
    (await run(file, ...into(first.name), verified)).out,
    /1 added to the sequence, 0 not added\./,
  );
  assert.match(
    (await run(file, ...into(second.name), verified)).out,
    /0 added to the sequence, 1 not added\./,
  );
  const elsewhere = "--sequence-active-in-other-campaigns";
  const { out } = await run(file, ...into(second.name), verified, elsewhere);
  assert.match(out, /1 added to the sequence, 0 not added\./);
});

test("prospects come in the same way, as JSON lines", async () => {
  const file = join(home, "people.jsonl");
  writeFileSync(file, '{"id":"p1","name":"Ines Berg","title":"CFO"}\n{"title":"nobody"}\n');
  const { out, code } = await run(file, "--kind", "people", "--source", "crm");
  assert.deepEqual([code, /^1 +created +Ines Berg/m.test(out)], [0, true]);
  assert.match(out, /1 created, 0 updated, 0 unchanged, 1 skipped\./);
  assert.equal((await run(file, "--kind", "companions")).code, 2);
});

test("a file that is too large is refused before any of it is sent", async () => {
  const file = join(home, "huge.csv");
  writeFileSync(file, "Email\n");
  truncateSync(file, 2 ** 31);
  const { code, err } = await run(file);
  rmSync(file);
  assert.deepEqual([code, /larger than 512 MB/.test(err)], [2, true]);
});

test("what would come to nothing is refused before any of the file is sent", async () => {
  const file = join(home, "unsent.csv");
  writeFileSync(file, "Email\nunsent@x.example\n");
  const result = join(home, "unsent-result.csv");
  for (const [args, says] of [
    [[file, "--dry-run", "--result", result], /cannot be used with --dry-run/],
    [[file, "--no-wait", "--result", result], /cannot be used with --no-wait/],
    [[file, "--result", join(home, "nowhere", "result.csv")], /the folder does not exist/],
    [[file, "--mailbox", "ines@x.example"], /--mailbox needs --sequence/],
    [[file, "--unverified"], /--unverified needs --sequence/],
    [[file, "--sequence-no-email"], /--sequence-no-email needs --sequence/],
    [[home], /cannot be read/],
  ] as const) {
    const { code, err } = await run(...args);
    assert.equal(code, 2, err);
    assert.match(err, says);
  }
  const { contacts } = await team.api.contacts.search({ q_keywords: "unsent" });
  assert.deepEqual(contacts, []);
});
