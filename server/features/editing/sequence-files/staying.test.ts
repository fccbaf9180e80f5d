// What a file changes stays what it is: steps and variants keep their ids, attached files stay attached, and what is edited while the files
// are applied is not overwritten.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Output } from "@cadenza/sdk";
import { countWaiting } from "../../../testing/held-open.ts";
import { until } from "../../../testing/sending.ts";
import { asOwner } from "../../../testing/wire.ts";
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
const recordOf = ({ plan }: Output<"sequences", "importFiles">) => {
  const record = plan.at(-1);
  assert.ok(record);
  return record;
};
const shown = (id: string) => team.api.sequences.show({ id });

const yaml = (key: string, rest: string, name = `Name of ${key}`): Files => [
  { path: `sequences/${key}/sequence.yaml`, text: `key: ${key}\nname: ${name}\n${rest}` },
];
const variant = (text: string, more = "") =>
  `      - subject: S ${text}\n        html: <p>${text}</p>\n${more && `        ${more}\n`}`;
const step = (wait: number, variants: string) =>
  `  - type: auto_email\n    wait: ${wait} days\n    variants:\n${variants}`;
const steps = (...all: string[]) => `steps:\n${all.join("")}`;

/** The ids of the emails by their texts. */
async function idsByText(id: string) {
  const { emailer_steps, emailer_touches, emailer_templates } = await shown(id);
  const textOf = new Map(emailer_templates.map((one) => [one.id, one.body_text ?? ""]));
  return Object.fromEntries(
    emailer_touches.map((touch) => [
      textOf.get(touch.emailer_template_id) ?? "",
      {
        touch: touch.id,
        step: touch.emailer_step_id,
        position: emailer_steps.find((one) => one.id === touch.emailer_step_id)?.position,
      },
    ]),
  );
}

test("a step keeps its id with its text when others come before it, and when it moves", async () => {
  const [a, b, c] = [variant("a"), variant("b"), variant("c")];
  const { id } = recordOf(await apply(yaml("moving", steps(step(0, a), step(3, b), step(5, c)))));
  const before = await idsByText(id);
  const lists = [
    { list: [step(0, variant("new")), step(2, a), step(4, b), step(6, c)], order: ["new", "a", "b", "c"] },
    { list: [step(0, variant("new")), step(2, a), step(4, c), step(6, b)], order: ["new", "a", "c", "b"] },
    { list: [step(0, b), step(2, a), step(4, c)], order: ["b", "a", "c"] },
  ];
  for (const { list, order } of lists) {
    const files = yaml("moving", steps(...list));
    await apply(files, { move: true });
    const after = await idsByText(id);
    for (const text of ["a", "b", "c"])
      assert.equal(after[text]?.step, before[text]?.step, `${text} in ${order}`);
    assert.deepEqual(
      Object.entries(after)
        .sort(([, one], [, other]) => (one.position ?? 0) - (other.position ?? 0))
        .map(([text]) => text),
      order,
    );
    assert.equal((await apply(files, { move: true })).has_changes, false);
  }
});

test("a variant keeps its id and its pair when others go, come or change places", async () => {
  const answer = (place: number) => `        goes_with: { step: 1, variant: ${place} }\n`;
  const reply = (place: number) => `      - html: <p>r</p>\n        thread: reply\n${answer(place)}`;
  const rest = (place: number) => step(1, variant("t") + reply(place));
  const list = (first: string[], place: number) =>
    yaml("variants", steps(step(0, first.map((one) => variant(one)).join("")), rest(place)));
  const { id } = recordOf(await apply(list(["a", "b", "c"], 2), { move: true }));
  const before = await idsByText(id);
  for (const [first, place] of [
    [["c", "b", "a"], 2],
    [["n", "b", "a"], 2],
    [["b", "a"], 1],
  ] as const) {
    const files = list([...first], place);
    await apply(files, { move: true });
    const after = await idsByText(id);
    for (const text of ["a", "b"])
      assert.equal(after[text]?.touch, before[text]?.touch, `${text} of ${first}`);
    const { emailer_touches } = await shown(id);
    const paired = emailer_touches.find((touch) => touch.id === after.r?.touch);
    assert.equal(paired?.goes_with_touch_id, before.b?.touch);
    assert.equal((await apply(files, { move: true })).has_changes, false, `${first}`);
  }
});

const newFile = async (api: Team["api"], file_name: string, text: string) =>
  (await api.attachments.create({ file_name, content: Buffer.from(text).toString("base64") })).attachment.id;

test("an attached file stays when another one of its name comes, and two of a name are refused", async () => {
  const file = await newFile(team.api, "offer.txt", "one");
  const list = (text: string, key = "attached") =>
    yaml(key, steps(step(0, variant(text, "attachments: [offer.txt]"))));
  const { id } = recordOf(await apply(list("x")));
  await newFile(team.api, "offer.txt", "other");
  const { verdict } = recordOf(await apply(list("y")));
  const { emailer_touches } = await shown(id);
  assert.deepEqual([verdict, emailer_touches[0]?.attachment_ids], ["update", [file]]);
  await assert.rejects(apply(list("x", "attached-too")), {
    code: "file_refused",
    message: /line 6: 2 files of the team are named "offer\.txt"\. Attach the one you mean/,
  });
});

async function newMember() {
  const { invitation_url } = await team.api.users.invite({ email: "mia@example.no", role: "member" });
  const password = "a long sentence is a good password";
  const token = invitation_url.split("#")[1] ?? "";
  await world.client().invitations.accept({ token, name: "Mia Member", password });
  return (await world.signIn("mia@example.no", password)).api;
}

test("private templates and files of another user are not there: neither as texts, nor in hints", async () => {
  const member = await newMember();
  await team.api.templates.create({ name: "Secret words", subject: "S", body_html: "<p>Zanzibar</p>" });
  await newFile(team.api, "secret-plan.txt", "x");
  await member.sequences.create({
    name: "Of a member",
    emailer_steps: [
      {
        type: "auto_email",
        wait_time: 0,
        wait_mode: "day",
        emailer_touches: [{ status: "approved", emailer_template: { subject: "S", body_html: "<p>x</p>" } }],
      },
    ],
  });
  const contact = (await member.contacts.create({ first_name: "Ines", email: "ines@a.example" })).contact.id;
  const refusalOf = async (text: string) => {
    const files = yaml("of-a-member", steps(step(0, text)), "Of a member");
    try {
      return JSON.stringify(
        await member.sequences.importFiles({ files, preview_contact_id: contact }, { dryRun: true }),
      );
    } catch (error) {
      return (error as Error).message;
    }
  };
  assert.match(
    await refusalOf("      - template: secret-words\n"),
    /line 7: there is no template `secret-words`[^?]*$/,
  );
  for (const one of [
    "      - template: secret-word\n",
    variant("x", "attachments: [secret-plan.txt]"),
    variant("x", "attachments: [secret-plan.tx]"),
  ])
    assert.doesNotMatch(await refusalOf(one), /Did you mean|Zanzibar|previews/);
  const own = {
    path: "templates/secret-words.html",
    text: "---\nname: Mine\nsubject: S\n---\n<p>Mine</p>\n",
  };
  assert.equal(recordOf(await member.sequences.importFiles({ files: [own] })).verdict, "create");
});

test("what is edited while the files are applied is left alone", async () => {
  const files = (text: string) => yaml("waited", steps(step(0, variant(text))));
  const { id } = recordOf(await apply(files("a")));
  const library = (text: string) => [
    { path: "templates/waited.html", text: `---\nname: Waited\nsubject: S\n---\n${text}\n` },
  ];
  const template = recordOf(await apply(library("a"))).id;
  for (const [table, column, record, wanted] of [
    ["sequences", "description", id, files("b")],
    ["templates", "subject", template, library("b")],
  ] as const) {
    const applying = await asOwner(world, async (client) => {
      await client.query("begin");
      await client.query(`update ${table} set ${column} = 'Edited here' where id = $1`, [record]);
      const applying = apply(wanted);
      applying.catch(() => {});
      await until(async () => (await countWaiting(world)) > 0);
      await client.query("commit");
      return { applying };
    });
    const { verdict, held_because } = recordOf(await applying.applying);
    assert.deepEqual([verdict, held_because], ["held", "edited_in_app"], table);
  }
});

test("a file of another key does not make a second sequence beside one of its name that no file has written", async () => {
  const { emailer_campaign } = await team.api.sequences.create({ name: "Twin", emailer_steps: [] });
  const { files } = await team.api.sequences.exportFiles({ id: emailer_campaign.id });
  await team.api.sequences.create({ name: "Twin", emailer_steps: [] });
  const changed = files.map(({ path, text }) => ({ path, text: `${text}description: Changed\n` }));
  const held = recordOf(await apply(changed));
  assert.deepEqual([held.verdict, held.held_because], ["held", "never_applied"]);
  await assert.rejects(
    apply(changed, { overwrite: true }),
    /line 2: 2 records that no file has written are named "Twin"/,
  );
  const { emailer_campaigns } = await team.api.sequences.search({ q_name: "Twin" });
  assert.equal(emailer_campaigns.length, 2);
});

test("lists that the team has in one spelling are one list", async () => {
  await team.api.sequences.create({ name: "Has a list", label_names: ["VIP"], emailer_steps: [] });
  const files = yaml("lists", "labels: [VIP, vip]\nsteps: []\n");
  assert.equal(recordOf(await apply(files)).verdict, "create");
  assert.equal((await apply(files)).has_changes, false);
});

test("a key needs permission to make folders and to show a contact's values", async () => {
  const scopes = ["emailer_campaigns/import", "sequences/create", "sequences/update"].map(
    (scope) => `api/v1/${scope}`,
  );
  const { api_key } = await team.api.apiKeys.create({ name: "CI", scopes });
  const ci = world.client({ apiKey: api_key.key ?? "" });
  const contact = (await team.api.contacts.create({ first_name: "Ines", email: "ines@b.example" })).contact
    .id;
  const files = yaml("rights", steps(step(0, variant("Hello {{first_name}}"))));
  const inFolder = yaml("rights", "folder: [Europe]\nsteps: []\n");
  await assert.rejects(ci.sequences.importFiles({ files: inFolder }), { code: "scope_missing" });
  await assert.rejects(ci.sequences.importFiles({ files, preview_contact_id: contact }, { dryRun: true }), {
    code: "scope_missing",
  });
  await team.api.folders.create({ kind: "sequences", name: "Europe" });
  assert.equal((await ci.sequences.importFiles({ files: inFolder })).has_changes, true);
});
