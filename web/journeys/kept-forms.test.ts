// What is typed is not lost: a reload brings it back, saving and closing end it, and where others saved something meanwhile both
// versions can be looked at.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { texts } from "../../server/testing/gated/scenario.ts";
import { until } from "../../server/testing/sending.ts";
import { newMailbox } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, useBrowser } from "./browser.ts";

describe("kept forms", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;

  before(async () => {
    team = await world.newTeam("Norrland Kraft");
  });

  /** Closing a page that has something unsaved asks first; here the answer is yes. */
  const reload = async (page: Page) => {
    page.once("dialog", (dialog) => void dialog.accept());
    await page.reload();
  };

  const bar = (page: Page) => page.getByRole("region", { name: "Unsaved changes" });

  test("a template: reloaded, changed by a program meanwhile, both versions shown, one saved", async () => {
    const { emailer_template: made } = await team.api.templates.create({
      name: "Opener",
      subject: "Boilers",
      body_html: "<p>First text</p>",
    });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/templates");
    const open = () => page.getByRole("row", { name: /Opener/ }).click();
    await open();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Subject").fill("Boilers in March");
    await reload(page);
    await dialog.waitFor();
    assert.equal(await dialog.getByLabel("Subject").inputValue(), "Boilers in March");

    await team.api.templates.update({ id: made.id, subject: "Boilers in April" });
    await reload(page);
    await dialog.getByText(/changed elsewhere/).waitFor();
    assert.equal(await dialog.getByLabel("Subject").inputValue(), "Boilers in March");
    await dialog.getByText("Saved version").click();
    await until(async () => (await dialog.getByLabel("Subject").inputValue()) === "Boilers in April");
    await picture(page, "light-two-versions");
    await assertAccessible(page, "a template with two versions");
    await dialog.getByText("Your version").click();
    await until(async () => (await dialog.getByLabel("Subject").inputValue()) === "Boilers in March");
    await dialog.getByRole("button", { name: "Save template" }).click();
    await dialog.waitFor({ state: "detached" });
    await reload(page);
    await open();
    assert.equal(await dialog.getByLabel("Subject").inputValue(), "Boilers in March");
    assert.equal(await dialog.getByText(/changed elsewhere/).count(), 0);
    await leave();
  });

  test("a new contact comes back after a reload, and is gone once the dialog was closed", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/contacts?do=create");
    const dialog = page.getByRole("dialog", { name: "New contact" });
    await dialog.getByLabel("First name").fill("Ines");
    await dialog.getByLabel("Email").fill("ines@norrland.example");
    await reload(page);
    await dialog.waitFor();
    assert.equal(await dialog.getByLabel("First name").inputValue(), "Ines");
    assert.equal(await dialog.getByLabel("Email").inputValue(), "ines@norrland.example");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.goto("/contacts?do=create");
    await dialog.waitFor();
    assert.equal(await dialog.getByLabel("First name").inputValue(), "");
    await leave();
  });

  test("settings of a sequence: a reload keeps them, and what others changed in other fields stays", async () => {
    const { emailer_campaign: made } = await team.api.sequences.create({ name: "Boilers" });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${made.id}?tab=settings`);
    const limit = page.getByLabel("Daily limit of new contacts");
    const about = page.getByLabel("Description");
    await about.fill("For plants in the north");
    await reload(page);
    await until(async () => (await about.inputValue()) === "For plants in the north");
    await team.api.sequences.update({ id: made.id, max_new_contacts_per_day: 7 });
    await reload(page);
    await until(async () => (await limit.inputValue()) === "7");
    assert.equal(await about.inputValue(), "For plants in the north");
    await page.keyboard.press("Control+s");
    await page.getByText(/^Saved\./).waitFor();
    const shown = (await team.api.sequences.show({ id: made.id })).emailer_campaign;
    assert.deepEqual([shown.description, shown.max_new_contacts_per_day], ["For plants in the north", 7]);

    await about.fill("Mine");
    await limit.fill("9");
    await team.api.sequences.update({ id: made.id, description: "Theirs" });
    await reload(page);
    await page.getByText(/changed the same settings/).waitFor();
    assert.equal(await about.inputValue(), "Mine");
    await page.getByText("Saved version").click();
    await until(async () => (await about.inputValue()) === "Theirs");
    assert.equal(await limit.inputValue(), "9"); // only this user changed it
    await page.getByRole("button", { name: /^Save/ }).click();
    await bar(page).waitFor({ state: "detached" });
    const merged = (await team.api.sequences.show({ id: made.id })).emailer_campaign;
    assert.deepEqual([merged.description, merged.max_new_contacts_per_day], ["Theirs", 9]);

    await about.fill("Mine again");
    await team.api.sequences.update({ id: made.id, description: "Theirs again" });
    await reload(page);
    await page.getByRole("button", { name: "Discard mine" }).click();
    await until(async () => (await about.inputValue()) === "Theirs again");
    await leave();
  });

  test("steps of a sequence: both versions are shown, and the one that is shown is saved", async () => {
    const { emailer_campaign: made, emailer_steps } = await team.api.sequences.create({
      name: "Steps of two",
      ...texts("First words"),
    });
    const [step] = emailer_steps;
    assert.ok(step);
    const shownSubject = async () => {
      const { emailer_touches, emailer_templates } = await team.api.sequences.show({ id: made.id });
      assert.equal(emailer_touches.length, 1);
      return emailer_templates[0]?.subject;
    };
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${made.id}?step=${step.id}`);
    const subject = page.getByRole("textbox", { name: "Subject" });
    await subject.fill("My words");
    const rewrite = async (words: string) => {
      const { emailer_touches } = await team.api.sequences.show({ id: made.id });
      await team.api.touches.update({
        id: emailer_touches[0]?.id ?? "",
        emailer_template: { subject: words },
      });
    };
    await rewrite("Their words");
    await reload(page);
    await page.getByText(/saved these steps after you started/).waitFor();
    assert.equal(await subject.inputValue(), "My words");
    await page.getByText("Saved version").click();
    await until(async () => (await subject.inputValue()) === "Their words");
    await picture(page, "light-steps-two-versions");
    await assertAccessible(page, "steps with two versions");
    await page.getByText("Your version").click();
    await until(async () => (await subject.inputValue()) === "My words");

    await page.getByText("Saved version").click();
    await subject.fill("Their words, and mine");
    await page.keyboard.press("Control+s");
    await page.getByText(/^Saved\./).waitFor();
    assert.equal(await shownSubject(), "Their words, and mine");

    await subject.fill("Not needed");
    await rewrite("Newest words");
    await reload(page);
    await page.getByText("Saved version").click();
    await page.keyboard.press("Control+s");
    await bar(page).waitFor({ state: "detached" });
    await until(async () => (await subject.inputValue()) === "Newest words");
    await leave();
  });

  test("a fact that is edited in place is still open after a reload, with what was typed", async () => {
    const { contact } = await team.api.contacts.create({ first_name: "Ines", title: "Buyer" });
    const titleNow = async () => (await team.api.contacts.get({ id: contact.id })).contact.title;
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/contacts/${contact.id}`);
    await page.getByRole("button", { name: /^Title: Buyer/ }).click();
    const field = page.getByRole("textbox", { name: "Title" });
    await field.fill("Head of boilers");
    await page.reload();
    await field.waitFor();
    assert.equal(await field.inputValue(), "Head of boilers");
    assert.equal(await titleNow(), "Buyer");
    await field.press("Enter");
    await until(async () => (await titleNow()) === "Head of boilers");
    await page
      .getByRole("button", { name: "Add email" })
      .or(page.getByText("Contact details"))
      .first()
      .waitFor();
    await page.reload();
    await page.getByRole("button", { name: /^Title: Head of boilers/ }).waitFor();
    assert.equal(await field.count(), 0);
    await leave();
  });

  test("the names of a workflow, a sequence and a list that are not made yet outlive a reload", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    for (const [path, title] of [
      ["/workflows/new?do=create", "Create a workflow"],
      ["/sequences?do=create", "Create a sequence"],
      ["/lists?do=create", "New list"],
    ] as const) {
      await page.goto(path);
      const dialog = page.getByRole("dialog", { name: title });
      const name = dialog.getByLabel("Name", { exact: true });
      await name.fill("Boilers in spring");
      await page.reload();
      await name.waitFor();
      assert.equal(await name.inputValue(), "Boilers in spring", path);
      await dialog.getByRole("button", { name: "Cancel" }).click();
      await dialog.waitFor({ state: "detached" });
      await page.goto(path);
      await name.waitFor();
      assert.equal(await name.inputValue(), "", path);
    }
    await leave();
  });

  test("the dialog that adds contacts comes back at its preview, with what was chosen", async () => {
    await newMailbox(team, { default: true, visibility: "everyone" });
    const { emailer_campaign } = await team.api.sequences.create({ name: "Spring", ...texts("First words") });
    const { contact } = await team.api.contacts.create({ first_name: "Ole", email: "ole@norrland.example" });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${emailer_campaign.id}?do=enrol&contact=${contact.id}`);
    const dialog = page.getByRole("dialog", { name: "Add contacts" });
    await dialog.getByRole("combobox", { name: "Sequence" }).click();
    await page.getByRole("option", { name: /Spring/ }).click();
    await dialog.getByRole("button", { name: "Next: options" }).click();
    await dialog.getByText("Contacts active in another sequence").click();
    await dialog.getByRole("button", { name: "Next: preview" }).click();
    await dialog.getByRole("button", { name: /^Add/ }).waitFor();
    await page.reload();
    await dialog.getByRole("button", { name: /^Add/ }).waitFor();
    await picture(page, "light-preview-after-reload");
    await dialog.getByRole("button", { name: "Back" }).click();
    assert.equal(await dialog.getByLabel("Contacts active in another sequence").isChecked(), true);
    await leave();
  });

  test("a ruleset that is being added outlives a reload", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/rulesets?do=create");
    const dialog = page.getByRole("dialog", { name: "Add a ruleset" });
    await dialog.getByLabel("Name", { exact: true }).fill("Quiet");
    await dialog.getByLabel("Daily email limit per sequence").fill("40");
    await page.reload();
    await dialog.waitFor();
    assert.equal(await dialog.getByLabel("Name", { exact: true }).inputValue(), "Quiet");
    assert.equal(await dialog.getByLabel("Daily email limit per sequence").inputValue(), "40");
    await dialog.getByRole("button", { name: "Add ruleset" }).click();
    await dialog.waitFor({ state: "detached" });
    const { sequence_rulesets: made } = await team.api.rulesets.list();
    assert.equal(made.find(({ name }) => name === "Quiet")?.max_emails_per_day, 40);
    await leave();
  });

  test("a workflow that is being changed outlives a reload", async () => {
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
    await reload(page);
    await page.getByRole("button", { name: /^Save/ }).waitFor();
    await team.api.workflows.update({ id: workflow.id, actions: [{ type: "notify", text: "Other words" }] });
    await reload(page);
    await page.getByText(/saved this workflow after you started/).waitFor();
    await page.getByText("Saved version").click();
    await page.getByRole("button", { name: "Notify a teammate Other words" }).waitFor();
    await page.getByText("Your version").click();
    await page.getByRole("button", { name: "Notify a teammate {{first_name}} is here" }).waitFor();
    await page.getByRole("button", { name: /^Save/ }).click();
    await page.getByText(/^Saved\./).waitFor();
    const { workflow: saved } = await team.api.workflows.get({ id: workflow.id });
    assert.deepEqual(
      saved.actions.map((action) => ("text" in action ? action.text : "")),
      ["Replied", "{{first_name}} is here"],
    );
    await leave();
  });
});
