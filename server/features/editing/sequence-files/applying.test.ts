// What an apply changes, what it leaves alone, and what it says of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Output } from "@cadenza/sdk";
import { newContact, newContacts, newMailbox } from "../../../testing/sequenced.ts";
import { type Team, useWorld, type World } from "../../../testing/world.ts";

let world: World;
let team: Team;
useWorld({}, async (given) => {
  world = given;
  team = await world.newTeam();
});

type Files = Output<"sequences", "exportFiles">["files"];
type Wish = { move?: boolean; overwrite?: boolean };
const apply = (files: Files, wish: Wish = {}) => team.api.sequences.importFiles({ files, ...wish });
const plan = (files: Files, wish: Wish = {}) =>
  team.api.sequences.importFiles({ files, ...wish }, { dryRun: true });
const first = (answer: Output<"sequences", "importFiles">) => {
  const [record] = answer.plan;
  assert.ok(record);
  return record;
};

let made = 0;
const newKey = () => `sequence-${++made}`;

function mailFiles(key: string, body = "<p>Hello {{first_name}}</p>", rest = ""): Files {
  return [
    {
      path: `sequences/${key}/sequence.yaml`,
      text: `key: ${key}\nname: Name of ${key}\nsteps:\n  - type: auto_email\n    wait: 0 minutes\n    variants:\n      - mail: intro.html\n  - type: call\n    wait: 1 day\n${rest}`,
    },
    { path: `sequences/${key}/intro.html`, text: `---\nsubject: Hello\n---\n${body}\n` },
  ];
}

const shown = async (id: string) => team.api.sequences.show({ id });
const bodyOf = async (id: string) => (await shown(id)).emailer_templates[0]?.body_html;

test("a new sequence is inactive, a dry run writes nothing, and a second apply changes nothing", async () => {
  const key = newKey();
  const planned = first(await plan(mailFiles(key)));
  assert.equal(planned.verdict, "create");
  assert.equal(first(await plan(mailFiles(key))).verdict, "create");
  const { id } = first(await apply(mailFiles(key)));
  const { emailer_campaign } = await shown(id ?? "");
  assert.deepEqual([emailer_campaign.name, emailer_campaign.active], [`Name of ${key}`, false]);
  const again = await apply(mailFiles(key));
  assert.deepEqual([first(again).verdict, first(again).id, again.has_changes], ["unchanged", id, false]);
  const found = await team.api.sequences.search({ q_name: `Name of ${key}` });
  assert.equal(found.emailer_campaigns.length, 1);
});

test("the plan says per step what changes, and the sequence keeps its id under another name", async () => {
  const key = newKey();
  const { id } = first(await apply(mailFiles(key)));
  const [yaml, mail] = mailFiles(key, "<p>Better</p>", "  - type: action_item\n    wait: 2 days\n");
  const files = [
    { ...yaml, text: yaml?.text.replace("Name of", "New name of") ?? "", path: yaml?.path ?? "" },
    mail,
  ] as Files;
  const { verdict, changes } = first(await plan(files));
  assert.equal(verdict, "update");
  assert.deepEqual(
    changes.map(({ where, what }) => `${where}: ${what}`),
    [": name", "step 1, variant 1: html", "step 3: step added"],
  );
  assert.equal(first(await apply(files)).id, id);
  const { emailer_campaign } = await shown(id ?? "");
  assert.equal(emailer_campaign.name, `New name of ${key}`);
});

test("what was edited in the app is shown and left alone, until the caller overwrites it", async () => {
  const key = newKey();
  const { id } = first(await apply(mailFiles(key)));
  assert.ok(id);
  const template = (await shown(id)).emailer_templates[0];
  await team.api.templates.update({ id: template?.id ?? "", body_html: "<p>Edited here</p>" });
  for (const files of [mailFiles(key), mailFiles(key, "<p>From git</p>")]) {
    const held = await apply(files);
    const record = first(held);
    assert.deepEqual([held.held, record.verdict, record.held_because], [1, "held", "edited_in_app"]);
    assert.deepEqual(record.drift, [
      {
        where: "step 1, variant 1",
        what: "html",
        before: "<p>Hello {{first_name}}</p>",
        after: "<p>Edited here</p>",
      },
    ]);
    assert.equal(await bodyOf(id), "<p>Edited here</p>");
  }
  const { verdict } = first(await apply(mailFiles(key, "<p>From git</p>"), { overwrite: true }));
  assert.deepEqual([verdict, await bodyOf(id)], ["update", "<p>From git</p>"]);
  assert.equal(first(await apply(mailFiles(key, "<p>Later</p>"))).verdict, "update");
});

test("a sequence that no file has written is taken over only on demand, or when it is the same", async () => {
  const { emailer_campaign } = await team.api.sequences.create({ name: "Made by hand", emailer_steps: [] });
  const { files, key } = await team.api.sequences.exportFiles({ id: emailer_campaign.id });
  assert.equal(key, "made-by-hand");
  const text = files[0]?.text.replace("Made by hand", "Written by a file") ?? "";
  const changed = [{ path: files[0]?.path ?? "", text }];
  assert.equal(first(await apply(changed)).held_because, "never_applied");
  assert.equal(first(await apply(files)).verdict, "unchanged");
  assert.deepEqual(
    [first(await apply(changed)).verdict, first(await apply(changed)).id],
    ["update", emailer_campaign.id].with(0, "update"),
  );
});

test("contacts in the middle keep their steps, or get the new ones with move", async () => {
  const mailbox = await newMailbox(team);
  for (const move of [false, true]) {
    const key = newKey();
    const { id } = first(await apply(mailFiles(key)));
    assert.ok(id);
    await team.api.joining.addContacts({
      id,
      contact_ids: await newContacts(team, 3),
      send_email_from_email_account_id: mailbox.id,
      sequence_unverified_email: true,
    });
    const files = mailFiles(key, "<p>Second version</p>");
    const { contacts } = first(await plan(files, { move }));
    assert.deepEqual(contacts, {
      in_sequence: 3,
      keep_version: move ? 0 : 3,
      move: move ? 3 : 0,
      by_step: [{ step: 1, contacts: 3 }],
    });
    await apply(files, { move });
    const { earlier_versions } = await shown(id);
    assert.deepEqual(
      earlier_versions.map(({ num_contacts }) => num_contacts),
      move ? [] : [3],
    );
    assert.equal(await bodyOf(id), "<p>Second version</p>");
    assert.equal(first(await apply(files, { move })).verdict, "unchanged");
  }
});

test("variants come, go and change their source without touching the library", async () => {
  const key = newKey();
  const library = {
    path: "templates/shared-text.html",
    text: "---\nname: Shared text\nsubject: S\n---\n<p>Library</p>\n",
  };
  const withVariants = (...variants: string[]): Files => {
    const [yaml, mail] = mailFiles(key);
    const text = yaml?.text.replace(
      "      - mail: intro.html\n",
      variants.map((one) => `      - ${one}\n`).join(""),
    );
    return [{ path: yaml?.path ?? "", text: text ?? "" }, mail ?? { path: "", text: "" }, library];
  };
  const { plan: done } = await apply(withVariants("mail: intro.html", "template: shared-text"));
  const id = done.find(({ kind }) => kind === "sequence")?.id ?? "";
  const lists = [
    ["template: shared-text", "mail: intro.html"],
    ["mail: intro.html", "mail: intro.html", "template: shared-text"],
    ["html: <p>inline</p>"],
    ["template: shared-text"],
  ];
  for (const list of lists) {
    await apply(withVariants(...list));
    const after = await plan(withVariants(...list));
    assert.deepEqual([after.has_changes, after.held], [false, 0], list.join(", "));
    assert.equal((await shown(id)).emailer_touches.length, list.length);
  }
  const { emailer_templates } = await team.api.templates.search({ q_name: "Shared text" });
  assert.deepEqual(
    emailer_templates.map(({ body_html }) => body_html),
    ["<p>Library</p>"],
  );
});

test("Markdown becomes HTML, and variables in it stay as they are", async () => {
  const key = newKey();
  const [yaml] = mailFiles(key);
  const files = [
    { path: yaml?.path ?? "", text: yaml?.text.replace("intro.html", "intro.md") ?? "" },
    {
      path: `sequences/${key}/intro.md`,
      text: "---\nsubject: Hi\n---\nDear {{first_name}} and {{last_name}},\n\n*Please* [look](https://a.example/?q={{title}}).\n",
    },
  ];
  const { id } = first(await apply(files));
  assert.equal(
    await bodyOf(id ?? ""),
    '<p>Dear {{first_name}} and {{last_name}},</p>\n<p><em>Please</em> <a href="https://a.example/?q={{title}}">look</a>.</p>',
  );
  assert.equal(first(await apply(files)).verdict, "unchanged");
});

test("findings name file and line: variables, threads, links, values that a list lacks", async () => {
  const key = newKey();
  const [yaml, mail] = mailFiles(
    key,
    '<p>Hello {{frist_name}}\n{{title}} <a href="http://a.example">a</a>\n<a href="www.b.example">b</a></p>',
  );
  const text =
    `${yaml?.text}  - type: auto_email\n    wait: 1 day\n    variants:\n      - html: ""\n        status: to_be_reviewed\n`.replace(
      "mail: intro.html",
      "mail: intro.html\n        thread: new",
    );
  const files = [
    { path: yaml?.path ?? "", text },
    mail ?? { path: "", text: "" },
    { path: `sequences/${key}/left.md`, text: "---\n---\n" },
  ];
  const { label } = await team.api.labels.create({ name: `Readers ${key}`, modality: "contacts" });
  await newContact(team, { label_names: [label.name], title: "CEO" });
  await newContact(team, { label_names: [label.name] });
  const { findings } = await team.api.sequences.importFiles(
    { files, check_label_id: label.id },
    { dryRun: true },
  );
  const brief = findings.map(
    ({ file, line, severity, code }) => `${file.split("/").at(-1)}:${line} ${severity} ${code}`,
  );
  for (const one of [
    "intro.html:4 error unknown_variable",
    "intro.html:5 warning insecure_link",
    "intro.html:6 error invalid_link",
    "intro.html:5 warning missing_value",
    "sequence.yaml:4 warning no_unsubscribe_line",
    "left.md:1 warning unused_file",
  ])
    assert.ok(brief.includes(one), `${one} in ${brief.join("; ")}`);
});

test("every email is shown as a contact would get it", async () => {
  const key = newKey();
  const contact = await newContact(team, { first_name: "Ines" });
  const { previews } = await team.api.sequences.importFiles(
    { files: mailFiles(key), preview_contact_id: contact },
    { dryRun: true },
  );
  assert.deepEqual(previews, [
    { key, step: 1, variant: 1, subject: "Hello", body_text: "Hello Ines", body_html: "<p>Hello Ines</p>" },
  ]);
});

test("a key needs the permission for each kind of record in the files", async () => {
  const schedule = {
    path: "schedules/nights.yaml",
    text: 'name: Nights\ntime_zone: UTC\nhours:\n  monday:\n    - ["20:00", "22:00"]\n',
  };
  const scopes = ["emailer_campaigns/import", "sequences/create", "sequences/update"].map(
    (scope) => `api/v1/${scope}`,
  );
  const { api_key } = await team.api.apiKeys.create({ name: "CI", scopes });
  const ci = world.client({ apiKey: api_key.key ?? "" });
  assert.equal((await ci.sequences.importFiles({ files: mailFiles(newKey()) })).has_changes, true);
  await assert.rejects(ci.sequences.importFiles({ files: [schedule] }), { code: "scope_missing" });
});
