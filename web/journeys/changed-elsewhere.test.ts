// Two users change the same thing at the same time. Who saves second overwrites nothing: both versions are shown, without a reload.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { texts } from "../../server/testing/gated/scenario.ts";
import { until } from "../../server/testing/sending.ts";
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
