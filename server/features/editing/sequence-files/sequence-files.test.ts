// Sequences as files: nothing is lost on the way out and in again, nothing is overwritten silently, and no file harms the server.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Output } from "@cadenza/sdk";
import { refused, type Team, useWorld, type World } from "../../../testing/world.ts";

let world: World;
useWorld({}, async (given) => {
  world = given;
});

type Files = Output<"sequences", "exportFiles">["files"];
const sortedText = (files: Files) => JSON.stringify(files, null, 1);
const planOf = (team: Team, files: Files, rest: { move?: boolean; overwrite?: boolean } = {}) =>
  team.api.sequences.importFiles({ files, ...rest }, { dryRun: true });
const apply = (team: Team, files: Files, rest: { move?: boolean; overwrite?: boolean } = {}) =>
  team.api.sequences.importFiles({ files, ...rest });
const ofSequence = ({ plan }: Output<"sequences", "importFiles">) => {
  const found = plan.find(({ kind }) => kind === "sequence");
  assert.ok(found);
  return found;
};
const exported = async (team: Team, id: string) => (await team.api.sequences.exportFiles({ id })).files;

const ODD_TEXTS = [
  "",
  "<p>plain</p>",
  "<p>trailing spaces  \n  and lines </p>  \n\n<p> x</p>",
  "<p>a</p>\n---\n<p>b</p>\n---",
  "---",
  "---\nsubject: no head\n---\n",
  "key: value\n- list: [a, {b: c}]\n# no comment\n",
  "<p>Žluťoučký kůň 北京 🐎 e\u0301 \u00a0 \u200d \u2028 end</p>",
  '<table><tr><td style="color:red">1 &lt; 2 &amp; 3</td></tr></table><img src="https://x.example/a.png" />',
  "<p>{{first_name}} {% if title %}{{title}}{% else %}you{% endif %} {{favourite_sport}}</p>",
  "\r\n<p>windows\r\nlines</p>\r\n",
  "<p>tab\there 'quotes' \"double\" \\ back % @ ` ! | &gt;</p>",
];
const ODD_NAMES = [
  "Plain",
  "yes",
  "null",
  "1",
  "0x1F",
  "- dash",
  "a: b",
  "#hash",
  "'single'",
  '"double"',
  "tr\u00fc\u00df \u5317\u4eac \ud83d\udc0e",
  "a  two  spaces",
  "{{first_name}}, hi",
  "[list]",
  "{map}",
  "*star",
  "&amp",
  "!tag",
  "%percent",
  "@at",
  "`tick`",
  "back\\slash",
  "~",
  "2026-01-01",
  "1e3",
  "---",
  "...",
  "<<",
  "=",
  "\u00a0nbsp",
  "ends:",
];

/** Every type of step, several variants, pairs, dates of tasks, rules and odd texts. */
async function wideSequence(team: Team) {
  const { api } = team;
  const { emailer_schedule: schedule } = await api.schedules.create({
    name: "Nordic: hours #1",
    time_zone: "Europe/Oslo",
    schedule_hash: {
      monday: [
        ["08:20", "12:00"],
        [13, 17.5],
      ],
      friday: [[8, 24]],
    },
    skip_holidays: true,
  });
  const stages = (await api.contactStages.list({})).contact_stages;
  const accountStages = (await api.accountStages.list({})).account_stages;
  const { sequence_ruleset: ruleset } = await api.rulesets.create({
    name: "Strict",
    mark_finished_if_reply: true,
    same_account_reply_policy_cd: "delay",
    same_account_reply_delay_days: 9,
    max_emails_per_day: 0,
    contact_email_event_to_stage_mapping: { replied: stages[0]?.id },
  });
  const { emailer_template: template } = await api.templates.create({
    name: "From the library",
    subject: "Library: yes",
    body_html: "<p>Library {{company}}</p>\n",
    global: true,
  });
  const {
    typed_custom_fields: [sport],
  } = await api.customFields.create({
    label: "Favourite Sport",
    modality: "contact",
    type: "picklist",
    meta: { picklist_values: [{ name: "Ski: alpine" }, { name: "yes" }] },
  });
  const { label: list } = await api.labels.create({ name: "yes: plants", modality: "contacts" });
  const { folder } = await api.folders.create({ kind: "sequences", name: "Europe" });
  const inner = await api.folders.create({
    kind: "sequences",
    name: "Nordics / North",
    parent_id: folder.id,
  });
  const mail = (subject: string | undefined, body_html: string) => ({
    emailer_template: { subject, body_html },
  });
  const odd = ODD_TEXTS.map((text, n) => ({
    ...mail(ODD_NAMES[n], text),
    status: "to_be_reviewed" as const,
    weight: n + 1,
  }));
  const { emailer_campaign } = await api.sequences.create({
    name: "Wide: everything # in it",
    description: "First line\n\n  indented, trailing \nlast\n",
    emailer_schedule_id: schedule.id,
    sequence_ruleset_id: ruleset.id,
    folder_id: inner.folder.id,
    label_names: ["Zulu", "alpha: 1"],
    mark_finished_if_click: true,
    mark_paused_if_ooo: false,
    days_to_wait_before_mark_as_response: 0,
    contact_email_event_to_stage_mapping: { bounced: stages[1]?.id, replied: stages[0]?.id },
    excluded_contact_stage_ids: stages.slice(0, 2).map(({ id }) => id),
    excluded_account_stage_ids: accountStages.slice(0, 1).map(({ id }) => id),
    allowed_send_from_domains: ["a.example", "b.example"],
    cc_emails: "cc@a.example, cd@a.example",
    bcc_emails: "bcc@a.example",
    delivery_policy: "never_lost",
    on_not_sent: "continue",
    priority_policy: "fifo",
    emailer_steps: [
      { type: "auto_email", wait_time: 30, wait_mode: "minute", max_emails_per_day: 7, emailer_touches: odd },
      {
        type: "manual_email",
        wait_time: 1,
        wait_mode: "day",
        priority: "high",
        note: "<p>Call  first\n---\n</p>",
        emailer_touches: [
          {
            ...mail(undefined, "<p>again</p>"),
            type: "reply_to_thread",
            status: "approved",
            include_signature: false,
            goes_with: { step: 1, variant: 2 },
          },
          {
            emailer_template: { id: template.id },
            status: "approved",
            has_personalized_opener: true,
            generic_personalized_opener: "Well: done ",
            personalized_opener_fallback_option: "do_not_send",
          },
        ],
      },
      {
        type: "call",
        wait_time: 2,
        wait_mode: "hour",
        auto_skip_in_x_days: 3,
        emailer_touches: [{ ...mail(undefined, "<p>Say hello</p>"), status: "approved" }],
      },
      { type: "action_item", wait_time: 0, wait_mode: "day", priority: "low", note: "yes", enabled: false },
      {
        type: "linkedin_step_connect",
        wait_time: 1,
        wait_mode: "day",
        emailer_touches: [{ ...mail(undefined, "<p>Connect</p>") }],
      },
      {
        type: "linkedin_step_message",
        wait_time: 1,
        wait_mode: "hour",
        emailer_touches: [{ ...mail(undefined, "") }],
      },
      { type: "linkedin_step_view_profile", wait_time: 14, wait_mode: "day" },
      { type: "linkedin_step_interact_post", wait_time: 14, wait_mode: "day" },
      { type: "auto_email", wait_time: 3, wait_mode: "day" },
      {
        type: "branch",
        wait_time: 0,
        wait_mode: "minute",
        condition: {
          match: "any",
          wait_days: 4,
          rules: [
            {
              type: "contact",
              not: true,
              filters: {
                contact_stage_ids: [stages[1]?.id ?? ""],
                contact_label_ids: [list.id],
                typed_custom_fields: [{ id: sport?.id ?? "", values: [sport?.picklist_values[1]?.id ?? ""] }],
                q_title: "yes",
                has_phone_number: true,
              },
            },
            { type: "email_opened", step_position: 1 },
            { type: "email_clicked" },
            { type: "replied", not: true, reply_classes: ["not_interested"] },
            { type: "task", step_position: 3, outcomes: ["answered", "skipped"] },
          ],
        },
      },
      { type: "call", wait_time: 1, wait_mode: "day", branch_position: 10, branch_path: "yes" },
      {
        type: "branch",
        wait_time: 2,
        wait_mode: "hour",
        branch_position: 10,
        branch_path: "no",
        condition: { rules: [{ type: "task", step_position: 3, outcomes: ["completed"] }] },
      },
      { type: "action_item", wait_time: 0, wait_mode: "day", branch_position: 12, branch_path: "no" },
      { type: "call", wait_time: 1, wait_mode: "day" },
    ],
  });
  return emailer_campaign.id;
}

test("export, apply to an empty team and export again give the same bytes", async () => {
  const [from, to] = [await world.newTeam(), await world.newTeam()];
  const first = await exported(from, await wideSequence(from));
  assert.ok(first.length > 20);
  const done = await apply(to, first);
  assert.deepEqual([done.held, ofSequence(done).verdict], [0, "create"]);
  const second = await exported(to, ofSequence(done).id ?? "");
  assert.equal(sortedText(second), sortedText(first));
  const again = await planOf(to, second);
  assert.deepEqual([again.has_changes, again.held], [false, 0]);
});

/** Without ids, times and numbers that differ between teams; what was left out of the files would differ here. */
async function contentOf({ api }: Team, id: string) {
  const { emailer_campaign, emailer_steps, emailer_touches, emailer_templates } = await api.sequences.show({
    id,
  });
  const own =
    /^(?:id|etag|.*_ids?|created_at|updated_at|sharing_permission|contact_email_event_to_stage_mapping)$/;
  const bare = (record: object) =>
    Object.fromEntries(Object.entries(record).filter(([name]) => !own.test(name)));
  const texts = new Map(emailer_templates.map((template) => [template.id, bare(template)]));
  const steps = emailer_steps.map((step) => ({
    ...bare(step),
    at: emailer_steps.findIndex(({ id: branch }) => branch === step.branch_step_id),
    condition: step.condition && {
      ...step.condition,
      rules: step.condition.rules.map(({ filters: _, step_id, ...rule }) => ({
        ...rule,
        asks: emailer_steps.findIndex((one) => one.id === step_id),
      })),
    },
    touches: emailer_touches
      .filter(({ emailer_step_id }) => emailer_step_id === step.id)
      .map((touch) => ({
        ...bare(touch),
        pairs: touch.goes_with_touch_id !== null,
        text: texts.get(touch.emailer_template_id),
      })),
  }));
  return {
    ...bare(emailer_campaign),
    stages: emailer_campaign.excluded_contact_stage_ids.length,
    labels: emailer_campaign.label_ids.length,
    steps,
  };
}

test("a sequence from files has everything that the one it was exported from has", async () => {
  const [from, to] = [await world.newTeam(), await world.newTeam()];
  const id = await wideSequence(from);
  const { id: copy } = ofSequence(await apply(to, await exported(from, id)));
  // Files have one kind of line break, and no text is an empty text.
  const asInFiles = (text: unknown): unknown =>
    JSON.parse(JSON.stringify(text, (_, inner) => inner ?? "").replaceAll("\\r\\n", "\\n"));
  assert.deepEqual(asInFiles(await contentOf(to, copy)), asInFiles(await contentOf(from, id)));
});

const FAULTY: [what: string, steps: string, says: RegExp][] = [
  [
    "a step that is not right behind its branch",
    "- type: branch\n  condition: { rules: [{ type: contact, filters: { has_phone_number: true } }] }\n- type: call\n- type: call\n  branch: { step: 1, path: yes }\n",
    /step 2 is out of order/,
  ],
  [
    "a step on a branch that is not there",
    "- type: call\n- type: call\n  branch: { step: 1, path: yes }\n",
    /no branch is there/,
  ],
  [
    "a stage that the team does not have",
    "- type: branch\n  condition: { rules: [{ type: contact, filters: { contact_stages: [Interestd] } }] }\n- type: call\n  branch: { step: 1, path: no }\n",
    /no stage "Interestd". Did you mean "Interested"/,
  ],
  [
    "a filter that no search has",
    "- type: branch\n  condition: { rules: [{ type: contact, filters: { shoe: 1 } }] }\n",
    /shoe/,
  ],
  [
    "a branch without steps",
    "- type: branch\n  condition: { rules: [{ type: contact, filters: { has_phone_number: true } }] }\n- type: call\n",
    /has no steps on its paths/,
  ],
];
for (const [what, steps, says] of FAULTY)
  test(`${what} is refused with its line, and nothing is applied`, async () => {
    const team = await world.newTeam();
    const text = `key: faulty\nname: Faulty\nsteps:\n${steps}`;
    const refusal = await refused(apply(team, [{ path: "sequences/faulty/sequence.yaml", text }]));
    assert.equal(refusal.status, 422);
    assert.match(refusal.message, says);
    assert.equal((await team.api.sequences.search({})).pagination.total_entries, 0);
  });

test("odd names and subjects come back as they were", async () => {
  const [from, to] = [await world.newTeam(), await world.newTeam()];
  for (const name of ODD_NAMES) {
    const steps = [
      {
        type: "auto_email" as const,
        wait_time: 0,
        wait_mode: "day" as const,
        emailer_touches: [{ emailer_template: { subject: name, body_html: "<p>x</p>" } }],
      },
    ];
    const { emailer_campaign } = await from.api.sequences.create({
      name,
      description: `${name}\n ${name} `,
      label_names: [name],
      emailer_steps: steps,
    });
    const first = await exported(from, emailer_campaign.id);
    const second = await exported(to, ofSequence(await apply(to, first)).id ?? "");
    assert.equal(sortedText(second), sortedText(first), name);
  }
});

test("the server answers the schema of each kind of file", async () => {
  for (const name of ["sequence", "schedule", "ruleset", "field", "mail", "template"]) {
    const answer = await fetch(`${world.url}/schemas/${name}.json`);
    const schema = (await answer.json()) as {
      title: string;
      properties: object;
      additionalProperties: unknown;
    };
    assert.deepEqual([answer.status, schema.additionalProperties], [200, false], name);
    assert.match(schema.title, /Cadenza/);
  }
});
