// Saved texts: made, shared, found by a slash, filled for a contact, and kept from a step.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { until } from "../../server/testing/sending.ts";
import { newMailbox } from "../../server/testing/sequenced.ts";
import { type Team, tokenIn, useWorld } from "../../server/testing/world.ts";
import {
  assertAccessible,
  assertFitsSideways,
  picture,
  signIn,
  signInByHand,
  useBrowser,
} from "./browser.ts";

const PASSWORD = "a long sentence is a good password";

describe("templates", () => {
  let team: Team;
  let contactId: string;
  const world = useWorld({}, async (opened) => {
    team = await opened.newTeam("Norrland Kraft");
    await newMailbox(team);
    const { contact } = await team.api.contacts.create({
      first_name: "Ines",
      last_name: "Okafor",
      email: "ines@borealis.example",
      organization_name: "Borealis AS",
    });
    contactId = contact.id;
  });
  const browser = useBrowser();

  test("a template is made in a folder, starred, shared and archived", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/templates");
    await page.getByText("No templates yet.").waitFor();
    await page.getByRole("button", { name: "Create a template" }).click();
    const dialog = page.getByRole("dialog", { name: "New template" });
    await dialog.getByRole("button", { name: "Save template" }).click();
    await dialog.getByText("Enter a name.").waitFor();
    await dialog.getByText("Write the text.").waitFor();
    await dialog.getByLabel("Name").fill("Introduction");
    await dialog.getByLabel("Subject").fill("A question for {{company}}");
    await dialog.getByRole("textbox", { name: "Text of the template" }).click();
    await page.keyboard.type("Hello {{first_name}}, may I ask?");
    await dialog.getByRole("combobox", { name: "Folder" }).fill("First emails");
    await page.getByRole("option", { name: "Create folder “First emails”" }).click();
    await dialog.getByLabel("Share with the team").check();
    await assertAccessible(page, "a template");
    await picture(page, "light-template");
    await dialog.getByRole("button", { name: "Save template" }).click();
    await page.getByText("Introduction saved.").waitFor();
    const row = page.getByRole("row", { name: /Introduction.*First emails.*The team/ });
    await row.getByRole("button", { name: "Star Introduction" }).click();
    await row.getByRole("button", { name: "Unstar Introduction" }).waitFor();
    await assertAccessible(page, "the templates");
    await assertFitsSideways(page, "the templates");
    await picture(page, "light-templates");
    const { emailer_templates } = await team.api.templates.search({});
    assert.deepEqual(
      emailer_templates.map(({ name, subject, global, body_text }) => [name, subject, global, body_text]),
      [["Introduction", "A question for {{company}}", true, "Hello {{first_name}}, may I ask?"]],
    );

    await team.api.templates.create({ name: "Old", body_html: "<p>Old</p>" });
    await page.reload();
    await page.getByRole("row", { name: /Old/ }).click();
    await page.getByRole("dialog", { name: "Old" }).getByRole("button", { name: "Archive" }).click();
    await page.getByText("Old archived. Steps that use it keep it.").waitFor();
    const old = page.getByRole("row", { name: /Old/ });
    await old.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await old.click();
    await page.getByRole("dialog", { name: "Old" }).getByRole("button", { name: "Archive" }).click();
    await old.waitFor({ state: "detached" });
    await page.getByText("Archived", { exact: true }).click();
    await picture(page, "light-templates-archived");
    await assertAccessible(page, "archived templates");
    await old.click();
    await page.getByRole("dialog", { name: "Old" }).getByRole("button", { name: "Unarchive" }).click();
    await page.getByText("No archived templates.").waitFor();
    await page.getByText("In use", { exact: true }).click();
    await old.waitFor();
    await leave();
  });

  test("a slash in an email opens the templates: the text is filled for the contact, and so is an empty subject", async () => {
    await team.api.templates.create({
      name: "Meeting",
      body_html: "<p>Does <strong>Tuesday</strong> suit you?</p>",
    });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/contacts/${contactId}`);
    await page.getByRole("button", { name: "Send email" }).click();
    const dialog = page.getByRole("dialog", { name: "Email to Ines Okafor" });
    const text = dialog.getByRole("textbox", { name: "Email" });
    await text.click();
    await page.keyboard.type("and/or 5 / month ");
    await page.keyboard.type("/");
    await page.getByRole("textbox", { name: "Find a template" }).fill("week");
    await page.keyboard.press("Escape");
    await page.keyboard.type(" 2 ");
    assert.match(
      await text.innerText(),
      /^and\/or 5 \/ month \/week 2\s*$/,
      "a slash that was meant as one stays, what was typed after it too, and writing goes on",
    );
    await page.keyboard.type("/");
    await page.getByRole("textbox", { name: "Find a template" }).fill("intro");
    await picture(page, "light-template-menu");
    await assertAccessible(page, "the menu of templates");
    await page.keyboard.press("Control+Enter"); // chooses, and sends nothing
    await text.getByText("Hello Ines, may I ask?").waitFor();
    assert.equal(
      await dialog.getByRole("textbox", { name: "Subject" }).inputValue(),
      "A question for Borealis",
    );
    assert.ok(!(await text.innerText()).includes("/H"), "the slash that opened it is gone");
    assert.ok((await text.innerText()).includes("and/or"), "a slash in a word is a slash");

    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.press("Enter");
    await page.keyboard.type("/");
    await page.getByRole("option", { name: /Meeting/ }).click();
    await text.locator("strong").getByText("Tuesday").waitFor();
    assert.equal(
      await dialog.getByRole("textbox", { name: "Subject" }).inputValue(),
      "A question for Borealis",
    );
    await picture(page, "light-template-inserted");
    await dialog.getByRole("button", { name: "Save as draft" }).click();
    await page.getByText("Draft saved in the outbox.").waitFor();
    const { emailer_messages } = await team.api.emailerMessages.search({
      emailer_message_stats: ["drafted"],
    });
    assert.equal(emailer_messages.length, 1, "looking at the filled text made no draft");
    await leave();
  });

  test("where the contact has no value for a variable, the gap is told", async () => {
    await team.api.templates.create({ name: "Needs a phone", body_html: "<p>Call {{phone}}?</p>" });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/contacts/${contactId}`);
    await page.getByRole("button", { name: "Send email" }).click();
    const dialog = page.getByRole("dialog", { name: "Email to Ines Okafor" });
    await dialog.getByRole("button", { name: "Template" }).click();
    await page.getByRole("option", { name: /Needs a phone/ }).click();
    await page.getByText("The contact has no value for {{phone}}. Fill the gaps in the text.").waitFor();
    await leave();
  });

  test("a step takes a template with its variables, and its text is kept as one", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    const { emailer_campaign } = await team.api.sequences.create({ name: "Mixed" });
    await page.goto(`/sequences/${emailer_campaign.id}`);
    await page.getByRole("button", { name: "Add the first step" }).click();
    await page.getByRole("menuitem", { name: /^Automatic email/ }).click();
    const text = page.getByRole("textbox", { name: "Text of step 1" });
    await text.click();
    await page.keyboard.type("/");
    await page.getByRole("option", { name: /Introduction/ }).click();
    await text.getByText("Hello {{first_name}}, may I ask?").waitFor();
    assert.equal(
      await page.getByRole("textbox", { name: "Subject" }).inputValue(),
      "A question for {{company}}",
    );
    await text.click();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type(" Ole");
    await page.getByRole("button", { name: "Save as template …" }).click();
    const dialog = page.getByRole("dialog", { name: "New template" });
    await dialog.getByLabel("Name").fill("With a name");
    await dialog.getByRole("button", { name: "Save template" }).click();
    await page.getByText("With a name saved.").waitFor();
    await until(async () =>
      (await team.api.templates.search({ q_name: "With a name" })).emailer_templates.some(({ body_text }) =>
        body_text?.endsWith("may I ask? Ole"),
      ),
    );
    await leave();
  });

  test("a member reads what is shared, and edits only their own", async () => {
    const { invitation_url } = await team.api.users.invite({ email: "mona@nordlys.example" });
    await world
      .client()
      .invitations.accept({ token: tokenIn(invitation_url), name: "Mona Lie", password: PASSWORD });
    await team.api.templates.create({ name: "Mine alone", body_html: "<p>Mine</p>" });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, { email: "mona@nordlys.example", password: PASSWORD });
    await page.goto("/settings/templates");
    await page.getByRole("row", { name: /Introduction/ }).click();
    const dialog = page.getByRole("dialog", { name: "Introduction" });
    await dialog.getByText("Only the owner or an admin can edit it.").waitFor();
    assert.equal(await dialog.getByRole("button", { name: "Save template" }).count(), 0);
    await assertAccessible(page, "a template of another user");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    assert.equal(await page.getByRole("row", { name: /Mine alone/ }).count(), 0);
    await leave();
  });
});
