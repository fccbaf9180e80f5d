// How each call that changes sequences and what belongs to them is made so that it succeeds. For the tests that
// try every write there is.

import { MAIL_STEP, newMailbox, type SequenceWish, type StepWish } from "../sequenced.ts";
import type { Team } from "../world.ts";

const OFFICE = { monday: [[8, 17]] };
const MAIL = { emailer_template: { subject: "Hello", body_html: "<p>Hello</p>" } };
const STEPS: StepWish[] = [
  { type: "auto_email", wait_time: 0, wait_mode: "day", emailer_touches: [MAIL, MAIL] },
  { type: "call", wait_time: 1, wait_mode: "day" },
];

export async function makeSequence({ api, owner }: Team, rest: SequenceWish = {}) {
  const made = await api.sequences.create({
    name: "made",
    emailer_steps: structuredClone(STEPS),
    ...rest,
  });
  const { id } = made.emailer_campaign;
  const share = {
    user_or_team_id: owner.id,
    user_or_team_type: "user" as const,
    access_type: "can_view" as const,
  };
  await api.sequences.update({ id, sharing_permission: { added_sharing_accesses: [share] } });
  return { id, step: made.emailer_steps[0]?.id ?? "", touch: made.emailer_touches[0]?.id ?? "" };
}

export const make = {
  sequence: async (team: Team) => (await makeSequence(team)).id,
  activeSequence: async (team: Team) => (await makeSequence(team, { active: true })).id,
  testedStep: async (team: Team) => {
    const id = await make.comparedStep(team);
    await team.api.abTests.start({ id });
    return id;
  },
  seed: async ({ api }: Team) => {
    const email = `seed${++unique}@gmail.com`;
    const imap = { host: "imap.example.net", port: 993, username: "u", password: "p" };
    return (await api.emailAccounts.create({ email, seed: true, imap, test: false })).email_account.id;
  },
  placementTest: async (team: Team): Promise<string> =>
    (await team.api.placementTests.start(await placementWish(team))).placement_test.id,
  testedMailbox: async (team: Team): Promise<string> => {
    const wish = await placementWish(team);
    await team.api.placementTests.start(wish);
    return wish.email_account_id;
  },
  comparedStep: async (team: Team): Promise<string> => {
    const emailer_touches = [1, 2].map(() => ({ ...MAIL, status: "approved" as const }));
    const wish = { ...MAIL_STEP, emailer_touches };
    const { emailer_steps } = await team.api.sequences.create({ name: "w", emailer_steps: [wish] });
    return emailer_steps[0]?.id ?? "";
  },
  step: async (team: Team) => (await makeSequence(team)).step,
  touch: async (team: Team) => (await makeSequence(team)).touch,
  template: async ({ api }: Team) =>
    (await api.templates.create({ name: "made", body_html: "x" })).emailer_template.id,
  schedule: async ({ api }: Team) =>
    (await api.schedules.create({ name: "made", schedule_hash: OFFICE })).emailer_schedule.id,
  holiday: async ({ api }: Team) =>
    (await api.holidays.create({ name: `made${++unique}`, starts_on: "2026-12-24" })).holiday.id,
  ruleset: async ({ api }: Team) => (await api.rulesets.create({ name: "made" })).sequence_ruleset.id,
  sequenceFolder: async (team: Team) => {
    const { folder } = await team.api.folders.create({ kind: "sequences", name: "made" });
    await team.api.sequences.create({ name: "filed", folder_id: folder.id });
    return folder.id;
  },
  view: async ({ api }: Team) =>
    (await api.views.create({ subject: "contacts", name: `made${++unique}`, shared: true })).view.id,
  templateFolder: async ({ api }: Team) => {
    const { folder } = await api.folders.create({ kind: "templates", name: "made" });
    await api.templates.create({ name: "filed", folder_id: folder.id });
    return folder.id;
  },
  sequenceLabel: async ({ api }: Team) =>
    (await api.sequences.create({ name: "listed", label_names: [`made${++unique}`] })).emailer_campaign
      .label_ids[0] ?? "",
};

let unique = 0;

/** The input of each call, with what it needs made first. */
async function placementWish(team: Team) {
  await make.seed(team);
  const email_account_id = (await newMailbox(team, { email: `tested${++unique}@norrland.example` })).id;
  return { email_account_id, subject: "Hi", body_html: "<p>Hi</p>" };
}

export const sequenceWishes: Record<string, (team: Team) => Promise<Record<string, unknown>>> = {
  "sequences.create": async () => ({ name: "w", emailer_steps: STEPS, label_names: ["w"], active: true }),
  "sequences.importFiles": async () => ({
    files: [
      {
        path: "sequences/as-code/sequence.yaml",
        text: "key: as-code\nname: As code\nsteps:\n  - type: call\n",
      },
    ],
  }),
  "sequences.start": async () => ({ name: "w" }),
  "sequences.update": async (team) => ({
    id: await make.sequence(team),
    name: "w",
    emailer_steps: [STEPS[1]],
  }),
  "sequences.change": async (team) => ({ id: await make.sequence(team), name: "w" }),
  "sequences.approve": async (team) => ({ id: await make.sequence(team) }),
  "sequences.abort": async (team) => ({ id: await make.activeSequence(team) }),
  "sequences.archive": async (team) => ({ id: await make.sequence(team) }),
  "sequences.delete": async (team) => ({ id: await make.sequence(team) }),
  "sequences.clone": async (team) => ({ id: await make.sequence(team) }),
  "steps.create": async (team) => ({ emailer_campaign_id: await make.sequence(team), type: "auto_email" }),
  "steps.update": async (team) => ({ id: await make.step(team), wait_time: 9 }),
  "steps.remove": async (team) => ({ id: await make.step(team) }),
  "abTests.start": async (team) => ({ id: await make.comparedStep(team) }),
  "placementTests.start": (team) => placementWish(team),
  "abTests.stop": async (team) => ({ id: await make.testedStep(team) }),
  "touches.create": async (team) => ({ emailer_step_id: await make.step(team) }),
  "touches.update": async (team) => ({ id: await make.touch(team), ...MAIL, weight: 5 }),
  "touches.remove": async (team) => ({ id: await make.touch(team) }),
  "touches.approve": async (team) => ({ id: await make.touch(team) }),
  "touches.abort": async (team) => ({ id: await make.touch(team) }),
  "templates.create": async () => ({ name: "w", body_html: "w" }),
  "templates.update": async (team) => ({ id: await make.template(team), name: "w" }),
  "templates.archive": async (team) => ({ id: await make.template(team) }),
  "schedules.create": async () => ({ name: "w", schedule_hash: OFFICE }),
  "schedules.update": async (team) => ({ id: await make.schedule(team), name: "w" }),
  "schedules.remove": async (team) => ({ id: await make.schedule(team) }),
  "holidays.create": async () => ({ name: "w", starts_on: "2026-12-24" }),
  "brakes.update": async () => ({ rules: [{ cause: "bounces", first_steps_at_percent: 4 }] }),
  "holidays.update": async (team) => ({ id: await make.holiday(team), name: "w" }),
  "holidays.remove": async (team) => ({ id: await make.holiday(team) }),
  "rulesets.create": async () => ({ name: "w" }),
  "rulesets.update": async (team) => ({ id: await make.ruleset(team), name: "w" }),
  "rulesets.remove": async (team) => ({ id: await make.ruleset(team) }),
  "tableLayouts.save": async () => ({ table: "contacts", columns: ["name"] }),
  "tableLayouts.reset": async () => ({ table: "contacts" }),
  "views.create": async () => ({ subject: "contacts", name: `w${++unique}` }),
  "views.update": async (team) => ({ id: await make.view(team), name: `w${++unique}` }),
  "views.delete": async (team) => ({ id: await make.view(team) }),
  "folders.create": async () => ({ kind: "sequences", name: "w" }),
  "folders.update": async (team) => ({ id: await make.sequenceFolder(team), name: "w" }),
  "folders.remove": async (team) => ({ id: await make.sequenceFolder(team) }),
  "stars.starSequence": async (team) => ({ id: await make.sequence(team) }),
  "stars.unstarSequence": async (team) => {
    const id = await make.sequence(team);
    await team.api.stars.starSequence({ id });
    return { id };
  },
  "stars.starTemplate": async (team) => ({ id: await make.template(team) }),
  "stars.unstarTemplate": async (team) => {
    const id = await make.template(team);
    await team.api.stars.starTemplate({ id });
    return { id };
  },
};
