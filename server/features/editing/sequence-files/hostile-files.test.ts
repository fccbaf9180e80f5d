// Files that should harm the server, or are simply wrong: each is refused with one sentence that names the file and the line.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Refusal, sentenceOf } from "../../../kernel/refusal.ts";
import { called } from "../../../testing/called.ts";
import { PATIENCE_MS } from "../../../testing/patience.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { openSequenceFileReaders, type readSequenceFiles } from "./run-in-worker.ts";
import { readYaml } from "./yaml-text.ts";

let team: Team;
useWorld({}, async (world) => {
  team = await world.newTeam();
});

const PATH = "sequences/a/sequence.yaml";
const HEAD = "key: a\nname: A\n";
const bomb = Array.from(
  { length: 12 },
  (_, n) => `  - &l${n} [${`*l${n - 1},`.repeat(n === 0 ? 0 : 9)}]`,
).join("\n");

const YAML: [what: string, text: string, refusal: RegExp][] = [
  [
    "a bomb of aliases",
    `${HEAD}steps: []\nlabels:\n${bomb}`,
    /^sequences\/a\/sequence\.yaml, line \d+: has an alias/,
  ],
  [
    "brackets without end",
    `${HEAD}steps: ${"[".repeat(50_000)}`,
    /line 3: is nested more than 20 levels deep\.$/,
  ],
  [
    "dashes without end",
    `${HEAD}steps:\n  ${"- ".repeat(50_000)}`,
    /line 4: is nested more than 20 levels deep\.$/,
  ],
  [
    "a text that is too long",
    `${HEAD}steps: []\n# ${"x".repeat(300_000)}`,
    /line 1: is longer than 200,000 characters\.$/,
  ],
  ["an unknown key", `${HEAD}stpes: []\n`, /line 3: unknown key `stpes`\. Did you mean `steps`\?$/],
  [
    "an unknown key in a step",
    `${HEAD}steps:\n  - type: call\n    wiat: 1 day\n`,
    /line 5: unknown key `wiat`\. Did you mean `wait`\?$/,
  ],
  [
    "an unknown key far from any",
    `${HEAD}steps: []\nschedule_of_sending: x\n`,
    /line 4: unknown key `schedule_of_sending`, known are `key`, /,
  ],
  ["a wrong type", `${HEAD}steps: 5\n`, /line 3: `steps` must be a list\.$/],
  ["a number for a text", `key: a\nname: 5\nsteps: []\n`, /line 2: `name` must be text\.$/],
  [
    "a wait that is no time",
    `${HEAD}steps:\n  - type: call\n    wait: soon\n`,
    /line 5: `steps\[1\]\.wait`: must be such as "2 days"/,
  ],
  ["no key", "name: A\nsteps: []\n", /line 1: `key` is missing\.$/],
  ["a key twice", `${HEAD}steps: []\nname: B\n`, /line 4: has the key name twice\.$/],
  ["no YAML", `${HEAD}steps: [\n`, /line 4: is no valid YAML/],
  ["two documents", `${HEAD}steps: []\n---\na: 1\n`, /is no valid YAML/],
  ["NUL in a text", `key: a\nname: "a\\0b"\nsteps: []\n`, /line 2: has a character that no text may hold\.$/],
  [
    "half a character",
    `key: a\nname: "a\\ud800b"\nsteps: []\n`,
    /line 2: (?:has a character|is no valid YAML)/,
  ],
  ["a key of objects", `${HEAD}steps: []\n__proto__: { x: 1 }\n`, /line 4: unknown key `__proto__`/],
  ["a list", "- a\n- b\n", /line 1: the file must be keys with values\.$/],
  ["nothing", "", /line 1: `key` is missing\.$/],
  [
    "a mail outside of the folder",
    `${HEAD}steps:\n  - type: auto_email\n    variants:\n      - mail: ../../b.html\n`,
    /line 6: `\.\.\/\.\.\/b\.html` leads out of the folder\.$/,
  ],
  [
    "a mail that is not there",
    `${HEAD}steps:\n  - type: auto_email\n    variants:\n      - mail: b.html\n`,
    /line 6: there is no file sequences\/a\/b\.html\.$/,
  ],
  [
    "two texts for a variant",
    `${HEAD}steps:\n  - type: auto_email\n    variants:\n      - html: x\n        template: t\n`,
    /line 6: a variant has one of/,
  ],
  [
    "an unknown schedule",
    `${HEAD}schedule: normal-busines-hours\nsteps: []\n`,
    /line 3: there is no schedule .* Did you mean "normal-business-hours"\?$/,
  ],
  [
    "an unknown stage",
    `${HEAD}excluded_contact_stages:\n  - Replyed\nsteps: []\n`,
    /line 3: the team has no stage "Replyed"\. Did you mean "Replied"\?$/,
  ],
  [
    "an unknown attachment",
    `${HEAD}steps:\n  - type: auto_email\n    variants:\n      - html: x\n        attachments: [a.pdf]\n`,
    /line 7: the team has no file "a\.pdf" to attach\.$/,
  ],
  [
    "Markdown that is nested without end",
    `${HEAD}steps:\n  - type: auto_email\n    variants:\n      - markdown: "${"> ".repeat(10_000)}"\n`,
    /line 6: is nested too deep\.$/,
  ],
  [
    "Markdown of emphasis without end",
    `${HEAD}steps:\n  - type: auto_email\n    variants:\n      - markdown: "${"**a".repeat(30_000)}"\n`,
    /line 6: has a paragraph with too many signs of emphasis \(\*, _ or ~\)\.$/,
  ],
  [
    "Markdown that is too long",
    `${HEAD}steps:\n  - type: auto_email\n    variants:\n      - markdown: "${"a ".repeat(60_000)}"\n`,
    /line 6: has more than 100,000 characters of Markdown\.$/,
  ],
  ["a step type that does not exist", `${HEAD}steps:\n  - type: fax\n`, /line 4: `steps\[1\]\.type`/],
  [
    "a reply without a thread",
    `${HEAD}steps:\n  - type: auto_email\n    variants:\n      - html: x\n        thread: reply\n`,
    /line 6: This email replies to a thread, and no email before it begins one\.$/,
  ],
];

const refusal = async (files: { path: string; text: string }[]) => {
  try {
    await team.api.sequences.importFiles({ files });
  } catch (error) {
    return error as Error & { code?: string; status?: number };
  }
  return assert.fail("nothing was refused");
};

for (const [what, text, sentence] of YAML)
  test(`${what} is refused with its line`, async () => {
    const { message, code } = await refusal([{ path: PATH, text }]);
    assert.match(message, sentence);
    assert.equal(code, "file_refused");
  });

const PATHS: [what: string, path: string, sentence: RegExp][] = [
  ["up", "sequences/../../etc/passwd", /line 1: leads out of the folder\.$/],
  ["absolute", "/etc/passwd", /leads out of the folder\.$/],
  ["of Windows", "sequences\\..\\a.yaml", /leads out of the folder\.$/],
  ["hidden", "sequences/.git/sequence.yaml", /signs that no file may have/],
  [
    "with a line break",
    "sequences/a\nb/sequence.yaml",
    /^sequences\/a\?b\/sequence\.yaml, line 1: has a name with signs/,
  ],
  ["empty inside", "sequences//sequence.yaml", /signs that no file may have/],
  ["unknown", "contacts/a.yaml", /is no file of a sequence/],
  ["of a name that cannot be a key", "schedules/My Hours.yaml", /must be named with small letters/],
];

for (const [what, path, sentence] of PATHS)
  test(`a path that is ${what} is refused`, async () => {
    assert.match((await refusal([{ path, text: `${HEAD}steps: []\n` }])).message, sentence);
  });

test("two folders with one key, and one path twice, are refused", async () => {
  const text = `${HEAD}steps: []\n`;
  const twice = await refusal([
    { path: PATH, text },
    { path: "sequences/b/sequence.yaml", text },
  ]);
  assert.match(
    twice.message,
    /^sequences\/b\/sequence\.yaml, line 1: has the key `a`, as sequences\/a\/sequence\.yaml has\.$/,
  );
  assert.match(
    (
      await refusal([
        { path: PATH, text },
        { path: PATH, text },
      ])
    ).message,
    /is there twice\.$/,
  );
});

for (const [folder, one, other] of [
  ["schedules", "yaml", "yml"],
  ["rulesets", "yaml", "yml"],
  ["fields", "yaml", "yml"],
  ["templates", "html", "md"],
] as const)
  test(`two files with one key are refused in ${folder}`, async () => {
    const text = {
      schedules: 'name: S\ntime_zone: UTC\nhours:\n  monday:\n    - ["08:00", "09:00"]\n',
      rulesets: "name: R\n",
      fields: "name: F\nof: contact\ntype: string\n",
      templates: "---\nname: T\nsubject: T\n---\nText\n",
    }[folder];
    const files = [one, other].map((ending) => ({ path: `${folder}/twice.${ending}`, text }));
    const sentence = `^${folder}/twice\\.${other}, line \\d: has the key \`twice\`, as ${folder}/twice\\.${one} has\\.$`;
    assert.match((await refusal(files)).message, new RegExp(sentence));
  });

test("too many files and too much text are refused", async () => {
  const many = Array.from({ length: 10_000 }, (_, n) => ({
    path: `sequences/s${n}/sequence.yaml`,
    text: "",
  }));
  assert.match((await refusal(many)).message, /2000/);
  const large = Array.from({ length: 9 }, (_, n) => ({
    path: `sequences/a/${n}.html`,
    text: "x".repeat(950_000),
  }));
  assert.match((await refusal(large)).message, /more than 8,000,000 characters\.$/);
  const html = `---\n---\n${"x".repeat(700_000)}`;
  const yaml = `${HEAD}steps:\n  - type: auto_email\n    variants:\n      - mail: b.html\n`;
  const long = await refusal([
    { path: PATH, text: yaml },
    { path: "sequences/a/b.html", text: html },
  ]);
  assert.match(long.message, /^sequences\/a\/b\.html, line 3: has more than 600,000 characters\.$/);
});

test("what runs in a mail is gone, and nothing of a refused folder is written", async () => {
  const yaml = `${HEAD}steps:\n  - type: auto_email\n    variants:\n      - html: <p onclick="x()">Hi<script>x()</script></p>\n`;
  const { plan } = await team.api.sequences.importFiles({ files: [{ path: PATH, text: yaml }] });
  const { emailer_templates } = await team.api.sequences.show({ id: plan[0]?.id ?? "" });
  assert.equal(emailer_templates[0]?.body_html, "<p>Hi</p>");
  const good = { path: "sequences/good/sequence.yaml", text: "key: good\nname: Good one\nsteps: []\n" };
  const bad = {
    path: "sequences/worse/sequence.yaml",
    text: "key: worse\nname: W\nschedule: nowhere\nsteps: []\n",
  };
  await refusal([good, bad]);
  assert.equal((await team.api.sequences.search({ q_name: "Good one" })).emailer_campaigns.length, 0);
});

test("files are read in a thread of their own: here runs no parser", async () => {
  const files = [
    { path: PATH, text: `${HEAD}steps:\n  - type: auto_email\n    variants:\n      - mail: m.md\n` },
    { path: "sequences/a/m.md", text: "---\nsubject: Hello\n---\n**Hi**\n" },
  ];
  let planned = 0;
  const functions = await called(async () => {
    const { plan } = await team.api.sequences.importFiles({ files }, { dryRun: true });
    planned = plan.length;
  });
  assert.equal(planned, 1);
  assert.ok(functions.length > 0, "what runs here is seen");
  const parsers = functions.filter(({ file }) => /\/(?:yaml|markdown-it|micromark|marked)\//.test(file));
  assert.deepEqual(parsers, []);
});

const HOSTILE = new URL("../../../testing/hostile-sequence-thread.ts", import.meta.url);
/** A short time is for what never ends, on any machine. Everything else may take as long as it likes. */
const [impatient, patient] = [3_000, PATIENCE_MS].map((ms) =>
  openSequenceFileReaders(HOSTILE, { ms, heapMegabytes: 64 }),
) as [typeof readSequenceFiles, typeof readSequenceFiles];

for (const [what, read, sentence] of [
  ["never ends", impatient, "takes longer than 3 seconds to read."],
  ["eats memory", patient, "needs more than 64 MB of memory to read."],
  ["ends the thread", patient, "cannot be read: the program that reads files crashed."],
] as const)
  test(`a file that ${what} is refused by name, and the next files are read`, async () => {
    const sound = { path: PATH, text: `${HEAD}steps: []\n` };
    const hostile = { path: "schedules/hostile.yaml", text: `# ${what}\n` };
    await assert.rejects(
      read("one", [sound, hostile]),
      (error) =>
        error instanceof Refusal &&
        sentenceOf(error) === `schedules/hostile.yaml, line 1: ${sentence}` &&
        error.code === "file_refused",
    );
    assert.equal((await patient("one", [sound])).sequences[0]?.model.name, "A");
  });

test("a thread that cannot be started is no fault of any file", async () => {
  const broken = openSequenceFileReaders(new URL("file:///there/is/no/such.ts"));
  await assert.rejects(broken("one", []), /could not be started/);
});

test("of a text with very many faults no line but the first fault's is made ready for printing", async () => {
  let fault: string | undefined;
  const functions = await called(async () => {
    fault = readYaml('"'.repeat(20_000)).fault?.why;
  });
  assert.equal(fault, "is no valid YAML: Unexpected double-quoted-scalar at node end");
  const names = new Set(functions.filter(({ file }) => file.includes("/yaml/")).map(({ name }) => name));
  assert.ok(names.has("parseDocument"), "what runs here is seen");
  assert.ok(!names.has("prettifyError"));
});
