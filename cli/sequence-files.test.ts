// Sequences as files, as people work with them: exported, changed, planned, applied, checked and shown.

import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { newContact, newSequence } from "../server/testing/sequenced.ts";
import { type Team, useWorld, type World } from "../server/testing/world.ts";
import { readFolder, writeFolder } from "./sequence-folder.ts";
import { cadenza, home } from "./testing.ts";

let world: World;
useWorld({}, async (given) => {
  world = given;
});
const run = (team: Team, ...args: string[]) =>
  cadenza(args, { env: { CADENZA_URL: world.url, CADENZA_API_KEY: team.key } });

let made = 0;
function newFolder(files: Record<string, string> = {}) {
  const folder = join(home, `folder${++made}`);
  for (const [path, text] of Object.entries(files)) put(folder, path, text);
  return folder;
}

function put(folder: string, path: string, text: string) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const INTRO = {
  "sequences/intro/sequence.yaml":
    "key: intro\nname: Intro\nsteps:\n  - type: auto_email\n    wait: 0 minutes\n    variants:\n      - mail: hello.md\n",
  "sequences/intro/hello.md":
    "---\nsubject: Hello {{first_name}}\n---\nHello **{{first_name}}**, to unsubscribe just answer.\n",
};

const contentOf = (folder: string) => JSON.stringify(readFolder(folder));

test("all sequences of a team become files, and another team gets the same ones from them", async () => {
  const [from, to] = [await world.newTeam(), await world.newTeam()];
  await newSequence(from, { name: "First" });
  await newSequence(from, { name: "Second" });
  const [folder, again] = [newFolder(), newFolder()];
  const out = await run(from, "export", folder);
  assert.deepEqual([out.code, out.out], [0, "4 files written, 0 unchanged.\n"]);
  assert.deepEqual(readdirSync(join(folder, "sequences")).sort(), ["first", "second"]);
  assert.match((await run(to, "apply", folder)).out, /2 created, 0 updated, 0 left alone, 0 unchanged\./);
  await run(to, "export", again);
  assert.equal(contentOf(again), contentOf(folder));
  assert.match((await run(from, "export", folder)).out, /^0 files written, 4 unchanged\./);
});

test("the exit code of a plan tells whether there are changes, and apply makes them", async () => {
  const team = await world.newTeam();
  const folder = newFolder(INTRO);
  const planned = await run(team, "plan", folder);
  assert.deepEqual([planned.code, /^\+ sequence intro .*: will be created$/m.test(planned.out)], [8, true]);
  assert.equal((await run(team, "apply", folder, "--dry-run")).code, 8);
  const applied = await run(team, "apply", folder);
  assert.deepEqual([applied.code, /^\+ sequence intro .*: created$/m.test(applied.out)], [0, true]);
  assert.equal((await run(team, "plan", folder)).code, 0);
  put(folder, "sequences/intro/hello.md", "---\nsubject: Hi\n---\nHi\n");
  const { out, code } = await run(team, "plan", folder);
  assert.equal(code, 8);
  assert.match(out, /^~ sequence intro .*: will be updated, 2 changes$/m);
  assert.match(out, /^ {4}step 1, variant 1: subject\n {6}- Hello \{\{first_name\}\}\n {6}\+ Hi$/m);
  const json = (await run(team, "plan", folder, "--json")).json<{ has_changes: boolean }>();
  assert.equal(json.has_changes, true);
});

test("what was edited in the app is told, left alone, and overwritten on demand", async () => {
  const team = await world.newTeam();
  const folder = newFolder(INTRO);
  await run(team, "apply", folder);
  const { emailer_campaigns } = await team.api.sequences.search({ q_name: "Intro" });
  const id = emailer_campaigns[0]?.id ?? "";
  await team.api.sequences.update({ id, description: "Edited" });
  const { code, out } = await run(team, "apply", folder);
  assert.equal(code, 7);
  assert.match(
    out,
    /^! sequence intro .*: left alone, because it was edited in the app since the last apply\n {4}Edited in the app:\n {6}description\n {8}\+ Edited$/m,
  );
  assert.equal((await run(team, "apply", folder, "--overwrite")).code, 0);
  assert.equal((await team.api.sequences.show({ id })).emailer_campaign.description, null);
});

test("export brings what was edited in the app into the files, and tells which files are left", async () => {
  const team = await world.newTeam();
  const folder = newFolder(INTRO);
  await run(team, "apply", folder);
  const { err } = await run(team, "export", folder, "--sequence", "Intro");
  assert.match(err, /left \(--prune deletes them\): sequences\/intro\/hello\.md/);
  await run(team, "export", folder, "--prune");
  assert.deepEqual(readdirSync(join(folder, "sequences/intro")).sort(), ["sequence.yaml", "step-01.html"]);
  assert.equal((await run(team, "plan", folder)).code, 0);
});

test("export tells of other files that have a key that it writes, and prunes them", async () => {
  const team = await world.newTeam();
  const folder = newFolder(INTRO);
  await run(team, "apply", folder);
  const flat = "key: intro # as before\nname: Intro\nsteps: []\n";
  const other = newFolder({
    "sequences/flat.yaml": flat,
    "sequences/renamed/sequence.yml": flat,
    "sequences/renamed/hello.md": INTRO["sequences/intro/hello.md"],
    "sequences/kept.yaml": flat.replace("intro", "kept"),
    "fields/contact-sport.yaml": "",
  });
  const left = "sequences/flat.yaml, sequences/renamed/hello.md, sequences/renamed/sequence.yml";
  assert.match(
    (await run(team, "export", other)).err,
    new RegExp(`left \\(--prune deletes them\\): ${left}\\n`),
  );
  assert.match((await run(team, "export", other, "--prune")).err, new RegExp(`^Deleted: ${left}\\n`));
  assert.deepEqual(
    readFolder(other).map(({ path }) => path),
    [
      "fields/contact-sport.yaml",
      "sequences/intro/sequence.yaml",
      "sequences/intro/step-01.html",
      "sequences/kept.yaml",
    ],
  );
});

test("lint names file and line, and fails on an error", async () => {
  const team = await world.newTeam();
  const folder = newFolder(INTRO);
  await newContact(team, { label_names: ["Leads"], first_name: "" });
  const fine = await run(team, "lint", folder);
  assert.deepEqual([fine.code, fine.out], [0, "0 errors, 0 warnings.\n"]);
  const lacking = await run(team, "lint", folder, "--list", "leads");
  assert.match(
    lacking.out,
    /^sequences\/intro\/hello\.md:4: warning: 1 of 1 contacts have no value for \{\{first_name\}\}/m,
  );
  assert.equal((await run(team, "lint", folder, "--list", "leads", "--strict")).code, 7);
  assert.equal((await run(team, "lint", folder, "--list", "nobody")).code, 4);
  put(folder, "sequences/intro/hello.md", "---\nsubject: Hi\n---\nHi {{frist_name}}\n");
  const wrong = await run(team, "lint", folder);
  assert.equal(wrong.code, 7);
  assert.match(
    wrong.out,
    /^sequences\/intro\/hello\.md:4: error: There is no variable .*frist_name.* \(unknown_variable\)$/m,
  );
  put(folder, "sequences/intro/sequence.yaml", `${INTRO["sequences/intro/sequence.yaml"]}stpes: []\n`);
  const refused = await run(team, "lint", folder);
  assert.deepEqual(
    [
      refused.code,
      /^cadenza: sequences\/intro\/sequence\.yaml, line 8: unknown key `stpes`\. Did you mean `steps`\?$/m.test(
        refused.err,
      ),
    ],
    [1, true],
  );
});

test("every email is shown as a contact would get it", async () => {
  const team = await world.newTeam();
  await newContact(team, { first_name: "Ines", email: "ines@preview.example" });
  const shown = await run(team, "preview", newFolder(INTRO), "--contact", "ines@preview.example");
  assert.match(
    shown.out,
    /^intro, step 1, variant 1\nSubject: Hello Ines\n\nHello Ines, to unsubscribe just answer\.$/m,
  );
  assert.equal((await team.api.sequences.search({})).pagination.total_entries, 0);
});

const SENTENCES: [what: string, make: (folder: string) => void, sentence: RegExp][] = [
  [
    "a link to a file elsewhere",
    (folder) => symlinkSync("/etc/passwd", join(folder, "sequences/intro/x.html")),
    /^sequences\/intro\/x\.html, line 1: is a symbolic link/,
  ],
  [
    "a link to a folder elsewhere",
    (folder) => symlinkSync("/etc", join(folder, "schedules")),
    /^schedules, line 1: is a symbolic link/,
  ],
  [
    "a file that is too large",
    (folder) => put(folder, "sequences/intro/x.html", "x".repeat(1_000_001)),
    /^sequences\/intro\/x\.html, line 1: is larger than 1 MB\.$/,
  ],
  [
    "bytes that are no text",
    (folder) => writeFileSync(join(folder, "sequences/intro/x.html"), Buffer.from([0xff, 0xfe, 0])),
    /x\.html, line 1: is not text in UTF-8\.$/,
  ],
  [
    "10,000 files",
    (folder) => Array.from({ length: 10_000 }, (_, n) => put(folder, `templates/t${n}.html`, "")),
    /line 1: is one file too many: a folder has at most 2000\.$/,
  ],
  ["folders without end", (folder) => put(folder, "sequences/a/b/c/d/e/f.html", ""), /is nested too deep\.$/],
];

for (const [what, make, sentence] of SENTENCES)
  test(`${what} is refused before anything is sent`, () => {
    const folder = newFolder(INTRO);
    make(folder);
    assert.throws(() => readFolder(folder), { message: sentence });
    rmSync(folder, { recursive: true });
  });

test("nothing is written outside of the folder, whatever the server names and wherever links lead", () => {
  const folder = newFolder(INTRO);
  const elsewhere = newFolder({ "a.html": "theirs" });
  for (const path of [
    "../x.html",
    "sequences/../../x.html",
    "/tmp/x.html",
    "sequences/intro/.x.html",
    "sequences/intro/run.sh",
    "a\\b.html",
  ])
    assert.throws(() => writeFolder(folder, [{ path, text: "x" }], false), /not safe/, path);
  symlinkSync(elsewhere, join(folder, "sequences/linked"));
  symlinkSync(join(elsewhere, "a.html"), join(folder, "sequences/intro/a.html"));
  for (const path of ["sequences/linked/a.html", "sequences/intro/a.html"])
    assert.throws(() => writeFolder(folder, [{ path, text: "x" }], false), /symbolic link/, path);
  assert.equal(readFileSync(join(elsewhere, "a.html"), "utf8"), "theirs");
});

test("a folder without sequences, and none at all, are told", async () => {
  const team = await world.newTeam();
  assert.deepEqual(
    [
      (await run(team, "plan", newFolder({ "README.md": "" }))).code,
      (await run(team, "plan", "nowhere")).code,
    ],
    [2, 2],
  );
});
