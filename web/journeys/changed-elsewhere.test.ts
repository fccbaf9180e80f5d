// Two users change the same thing at the same time. Who saves second overwrites nothing: both versions are shown, without a reload.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { texts } from "../../server/testing/gated/scenario.ts";
import { until } from "../../server/testing/sending.ts";
import { newMailbox } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, useBrowser } from "./browser.ts";

describe("changed elsewhere", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;

  before(async () => {
    team = await world.newTeam("Norrland Kraft");
  });

  const bar = (page: Page) => page.getByRole("region", { name: "Unsaved changes" });
  const SOMETHING_ELSE = "Another user saved something else in the meantime.";

  test("a template", async () => {
    const { emailer_template: made } = await team.api.templates.create({
      name: "Opener",
      subject: "Boilers",
      body_html: "<p>First text</p>",
    });
    const subjectNow = async () =>
      (await team.api.templates.search({})).emailer_templates.find(({ id }) => id === made.id)?.subject;
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/templates");
    await page.getByRole("row", { name: /Opener/ }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Subject").fill("Boilers in March");
    await team.api.templates.update({ id: made.id, subject: "Boilers in April" });
    const save = dialog.getByRole("button", { name: "Save template" });
    await save.click();
    await dialog.getByText(SOMETHING_ELSE).waitFor();
    assert.equal(await subjectNow(), "Boilers in April");
    await dialog.getByText("Saved version").click();
    await until(async () => (await dialog.getByLabel("Subject").inputValue()) === "Boilers in April");
    await picture(page, "light-changed-elsewhere");
    await assertAccessible(page, "a template that was changed elsewhere");
    await dialog.getByText("Your version").click();
    await save.click();
    await dialog.waitFor({ state: "detached" });
    assert.equal(await subjectNow(), "Boilers in March");
    await leave();
  });

  test("settings of a sequence, and only where both changed the same one", async () => {
    const { id } = (await team.api.sequences.create({ name: "Boilers" })).emailer_campaign;
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${id}?tab=settings`);
    const about = page.getByLabel("Description");
    await about.fill("Mine");
    await team.api.sequences.update({ id, max_new_contacts_per_day: 7 });
    await page.keyboard.press("Control+s");
    await page.getByText(/^Saved\./).waitFor();
    await about.fill("Mine again");
    await team.api.sequences.update({ id, description: "Theirs" });
    await page.keyboard.press("Control+s");
    await page.getByText(/changed the same settings/).waitFor();
    const now = async () => (await team.api.sequences.show({ id })).emailer_campaign;
    assert.deepEqual([(await now()).description, (await now()).max_new_contacts_per_day], ["Theirs", 7]);
    await page.keyboard.press("Control+s");
    await until(async () => (await now()).description === "Mine again");
    await leave();
  });

  test("steps of a sequence", async () => {
    const { emailer_campaign, emailer_steps, emailer_touches } = await team.api.sequences.create({
      name: "Pumps",
      ...texts("First words"),
    });
    const { id } = emailer_campaign;
    const subjectNow = async () => (await team.api.sequences.show({ id })).emailer_templates[0]?.subject;
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${id}?step=${emailer_steps[0]?.id}`);
    await page.getByRole("textbox", { name: "Subject" }).fill("My words");
    await team.api.touches.update({
      id: emailer_touches[0]?.id ?? "",
      emailer_template: { subject: "Their words" },
    });
    await page.keyboard.press("Control+s");
    await bar(page)
      .getByText(/Another user saved these steps/)
      .waitFor();
    assert.equal(await subjectNow(), "Their words");
    await page.keyboard.press("Control+s");
    await page.getByText(/^Saved\./).waitFor();
    assert.equal(await subjectNow(), "My words");
    await leave();
  });

  /** Changes a field of an open form, lets another user save first, and saves the own version after both were shown. */
  const both = async (at: {
    page: Page;
    label: string;
    mine: string;
    theirs: () => Promise<unknown>;
    saved: () => Promise<string | null | undefined>;
    theirWords: string;
  }) => {
    const { page, label, mine, saved, theirWords } = at;
    const field = page.getByLabel(label, { exact: true });
    await field.fill(mine);
    await at.theirs();
    const save = page.getByRole("button", { name: /^Save/ });
    await save.click();
    await page.getByText(SOMETHING_ELSE).waitFor();
    assert.equal(await saved(), theirWords);
    await page.getByText("Saved version").click();
    await until(async () => (await field.inputValue()) === theirWords);
    await page.getByText("Your version").click();
    await until(async () => (await field.inputValue()) === mine);
    await save.click();
    await until(async () => (await saved()) === mine);
  };

  test("a schedule, a ruleset, a custom field, a copilot and a deal stage", async () => {
    const { api } = team;
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    const named = <Row extends { id: string; name: string }>(rows: readonly Row[], id: string) =>
      rows.find((row) => row.id === id)?.name;

    const { emailer_schedule: schedule } = await api.schedules.create({ name: "Early", schedule_hash: {} });
    await page.goto(`/settings/schedules?open=${schedule.id}`);
    await both({
      page,
      label: "Name",
      mine: "Mine",
      theirWords: "Theirs",
      theirs: () => api.schedules.update({ id: schedule.id, name: "Theirs" }),
      saved: async () => named((await api.schedules.list()).emailer_schedules, schedule.id),
    });

    const { sequence_ruleset: ruleset } = await api.rulesets.create({ name: "Quiet" });
    await page.goto(`/settings/rulesets?open=${ruleset.id}`);
    await both({
      page,
      label: "Name",
      mine: "Mine",
      theirWords: "Theirs",
      theirs: () => api.rulesets.update({ id: ruleset.id, name: "Theirs" }),
      saved: async () => named((await api.rulesets.list()).sequence_rulesets, ruleset.id),
    });

    const { typed_custom_fields: made } = await api.customFields.create({
      label: "Plan",
      modality: "contact",
      type: "string",
    });
    const field = made[0];
    assert.ok(field);
    await page.goto(`/settings/fields?open=${field.id}`);
    await both({
      page,
      label: "Name",
      mine: "Mine",
      theirWords: "Theirs",
      theirs: () => api.customFields.update({ fields: [{ id: field.id, label: "Theirs" }] }),
      saved: async () => named((await api.typedCustomFields.list()).typed_custom_fields, field.id),
    });

    const { opportunity_stage: stage } = await api.opportunityStages.create({ name: "Offer", type: "Open" });
    await page.goto(`/settings/stages?kind=deal&open=${stage.id}`);
    await both({
      page,
      label: "Name",
      mine: "Mine",
      theirWords: "Theirs",
      theirs: () => api.opportunityStages.update({ id: stage.id, name: "Theirs" }),
      saved: async () => named((await api.opportunityStages.list()).opportunity_stages, stage.id),
    });

    const { contact_stage } = await api.contactStages.create({ name: "Warm" });
    await page.goto(`/settings/stages?kind=contact&open=${contact_stage.id}`);
    await both({
      page,
      label: "Name",
      mine: "Mine",
      theirWords: "Theirs",
      theirs: () => api.contactStages.update({ id: contact_stage.id, name: "Theirs" }),
      saved: async () => named((await api.contactStages.list()).contact_stages, contact_stage.id),
    });

    const { account_stage } = await api.accountStages.create({ name: "Warm" });
    await page.goto(`/settings/stages?kind=account&open=${account_stage.id}`);
    await both({
      page,
      label: "Name",
      mine: "Mine",
      theirWords: "Theirs",
      theirs: () => api.accountStages.update({ id: account_stage.id, name: "Theirs" }),
      saved: async () => named((await api.accountStages.list()).account_stages, account_stage.id),
    });

    const { emailer_campaign } = await api.sequences.create({ name: "Plants", ...texts("First words") });
    const { copilot } = await api.copilots.create({
      name: "Buyers",
      filters: { q_title: "buyer" },
      emailer_campaign_id: emailer_campaign.id,
      email_account_ids: [(await newMailbox(team)).id],
    });
    await page.goto(`/copilots?do=edit&open=${copilot.id}`);
    await both({
      page,
      label: "Name",
      mine: "Mine",
      theirWords: "Theirs",
      theirs: () => api.copilots.update({ id: copilot.id, name: "Theirs" }),
      saved: async () => named((await api.copilots.list()).copilots, copilot.id),
    });
    await leave();
  });

  test("a change that comes between the look and the save is not overwritten either", async () => {
    const { api } = team;
    const { contact_stage: stage } = await api.contactStages.create({ name: "Cold" });
    const { page, expectRefusals, leave } = await browser.visit(world.url);
    expectRefusals(412);
    await signIn(page, team.owner);
    await page.goto(`/settings/stages?kind=contact&open=${stage.id}`);
    const name = page.getByRole("dialog").getByLabel("Name", { exact: true });
    await name.fill("Lukewarm");
    let isLate = false;
    await page.route(`**/contact_stages/${stage.id}`, async (route) => {
      if (!isLate) await api.contactStages.update({ id: stage.id, name: "Late" });
      isLate = true;
      await route.continue();
    });
    const save = page.getByRole("dialog").getByRole("button", { name: "Save", exact: true });
    await save.click();
    await page.getByText(SOMETHING_ELSE).waitFor();
    const nameNow = async () =>
      (await api.contactStages.list()).contact_stages.find(({ id }) => id === stage.id)?.name;
    assert.equal(await nameNow(), "Late");
    await page.getByText("Saved version").click();
    await until(async () => (await name.inputValue()) === "Late");
    await page.getByText("Your version").click();
    await save.click();
    await until(async () => (await nameNow()) === "Lukewarm");
    await leave();
  });

  test("the name of a new folder outlives a reload, and a renamed one overwrites nothing", async () => {
    const { folder } = await team.api.folders.create({ kind: "sequences", name: "North" });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    const open = async () => {
      await page.goto("/sequences");
      await page.getByRole("button", { name: "Folders" }).click();
    };
    await open();
    await page.getByLabel("New folder").fill("South");
    await open();
    await until(async () => (await page.getByLabel("New folder").inputValue()) === "South");
    await page.getByRole("button", { name: "Create folder" }).click();
    await page.getByRole("button", { name: "South", exact: true }).waitFor();
    await page.getByRole("button", { name: "North", exact: true }).click();
    await page.getByLabel("Name of the folder North").fill("Mine");
    await team.api.folders.update({ id: folder.id, name: "Theirs" });
    await page.keyboard.press("Enter");
    await page.getByText(SOMETHING_ELSE).waitFor();
    await page.getByText("Saved now: Theirs").waitFor();
    const nameNow = async () =>
      (await team.api.folders.list()).folders.find(({ id }) => id === folder.id)?.name;
    assert.equal(await nameNow(), "Theirs");
    await leave();
  });

  test("the email rules of the team", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/team");
    const line = page.getByLabel("Unsubscribe line", { exact: true });
    await line.fill("Mine");
    await team.api.teams.update({ opt_out_html_template: "Theirs" });
    const save = page.getByRole("button", { name: "Save rules" }).first();
    await save.click();
    await page.getByText(SOMETHING_ELSE).waitFor();
    const lineNow = async () => (await team.api.teams.current()).team.opt_out_html_template;
    assert.equal(await lineNow(), "Theirs");
    await save.click();
    await until(async () => (await lineNow()) === "Mine");
    await leave();
  });

  test("a workflow", async () => {
    const { workflow } = await team.api.workflows.create({
      name: "Tell me",
      trigger: { type: "event", event: "message.replied" },
      actions: [{ type: "notify", text: "Replied" }],
    });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/workflows/${workflow.id}`);
    const text = page.getByRole("textbox", { name: "Text" });
    await page.getByRole("button", { name: "Add an action" }).click();
    await page.getByRole("menuitem", { name: "Notify a teammate" }).click();
    await text.last().fill("{{first_name}} is here");
    await team.api.workflows.update({ id: workflow.id, actions: [{ type: "notify", text: "Other words" }] });
    await page.keyboard.press("Control+s");
    await bar(page)
      .getByText(/Another user saved this workflow/)
      .waitFor();
    const wordsNow = async () =>
      (await team.api.workflows.get({ id: workflow.id })).workflow.actions.map(
        (one) => "text" in one && one.text,
      );
    assert.deepEqual(await wordsNow(), ["Other words"]);
    await page.keyboard.press("Control+s");
    await page.getByText(/^Saved\./).waitFor();
    assert.deepEqual(await wordsNow(), ["Replied", "{{first_name}} is here"]);
    await leave();
  });
});
