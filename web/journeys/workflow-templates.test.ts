// Templates of workflows: each becomes a workflow that the server accepts and switches on, once its blanks are filled; and
// the gallery leads from the list to a workflow that runs, in few clicks.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { newContact, newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { settled } from "../../server/testing/workflowing.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { draftOf, lackOf, spoken } from "../pages/automation/workflows/draft.ts";
import type { NewWorkflow } from "../pages/automation/workflows/queries.ts";
import { seedOf } from "../pages/automation/workflows/seed.ts";
import { allTemplates, searchTemplates } from "../pages/automation/workflows/templates/all.ts";
import type { WorkflowTemplate } from "../pages/automation/workflows/templates/template.ts";

import { assertAccessible, assertFitsSideways, picture, signIn, useBrowser } from "./browser.ts";
import { LOOKS } from "./looks.ts";

describe("templates of workflows", () => {
  const world = useWorld();
  const browser = useBrowser();

  test("there are about twenty templates, each with its own key and name", () => {
    const all = allTemplates();
    assert.ok(all.length >= 20, String(all.length));
    for (const part of ["key", "name", "says"] as const)
      assert.equal(new Set(all.map((one) => one[part])).size, all.length, part);
  });

  test("a search finds templates by words of their name, sentence or group, in any order", () => {
    const found = (words: string) =>
      searchTemplates(words).flatMap(({ templates }) => templates.map(({ key }) => key));
    assert.deepEqual(found("meeting DEAL"), ["meeting-deal"]);
    assert.equal(found("").length, allTemplates().length);
    assert.deepEqual(found("no such words"), []);
  });

  for (const template of allTemplates())
    test(`the template “${template.name}” is accepted and switched on`, async () => {
      const team = await world.newTeam();
      const seed = draftOf(seedOf(template, "Europe/Oslo"));
      const filled = await fill(team, template);
      const draft = draftOf(seedOf(filled, "Europe/Oslo"));
      const hasBlanks = JSON.stringify(filled) !== JSON.stringify(template);
      assert.equal(lackOf(seed, seed) !== null, hasBlanks, "what is left to fill in is said");
      assert.equal(lackOf(draft, draft), null);
      const wish = { ...spoken(draft), name: template.name, entity: "contact" } as NewWorkflow;
      const { workflow } = await team.api.workflows.create(wish);
      assert.deepEqual(
        workflow.warnings.filter(({ level }) => level === "red"),
        [],
      );
      const { workflow: on } = await team.api.workflows.activate({ id: workflow.id });
      assert.equal(on.active, true);
    });

  /** Counts the clicks; what is typed is no click. */
  function clicking(page: Page) {
    const count = { clicks: 0 };
    const click = async (
      role: "button" | "link" | "option" | "combobox",
      name: string | RegExp,
      within = page.locator("body"),
    ) => {
      count.clicks++;
      await within.getByRole(role, { name }).first().click();
    };
    return { count, click };
  }

  for (const [look, options] of Object.entries(LOOKS))
    test(`a template becomes a workflow that runs, in at most twelve clicks (${look})`, async () => {
      const team = await world.newTeam();
      const { label } = await team.api.labels.create({ name: "Fair", modality: "contacts" });
      const { page, leave } = await browser.visit(world.url, options);
      await signIn(page, team.owner);
      await page.goto("/workflows/new");
      const sentence = page.getByLabel("Describe what should happen");
      await sentence.fill("Make it rain");
      await page.getByText("Nothing of this was understood yet.").waitFor();
      await sentence.fill("When a contact replies that they want to meet, send flowers and create a task");
      await page
        .getByText("Understood: When a reply arrives and is classified, with 1 condition → Create task.")
        .waitFor();
      await page.getByText("Not understood: “send flowers”.").waitFor();
      await picture(page, `${look}-workflow-described`);
      await assertAccessible(page, `a workflow is described, ${look}`);
      await page.getByRole("button", { name: "Build workflow" }).click();
      await page.getByText("Not understood: “send flowers”.").waitFor();
      await page.getByText("No filter set: the conditions of the trigger decide.").waitFor();
      await page.getByText("Nothing is left to fill in.").waitFor();
      await picture(page, `${look}-workflow-described-build`);
      await page.goto("/workflows");
      const { count, click } = clicking(page);
      await click("button", "Create a workflow", page.locator("header").last());
      await page.getByText("Call contacts who want to meet").waitFor();
      await picture(page, `${look}-workflow-templates`);
      await assertAccessible(page, `templates of workflows, ${look}`);
      await assertFitsSideways(page, `templates of workflows, ${look}`);
      await page.getByRole("searchbox", { name: "Search templates" }).fill("share list");
      await page.getByText("Call contacts who want to meet").waitFor({ state: "detached" });
      await click("link", /Share a list among owners/);
      await page.getByText("The trigger needs a list before you save.").waitFor();
      await page.getByText("Needs an owner").waitFor();
      assert.equal(await page.getByRole("button", { name: "Create workflow" }).isDisabled(), true);
      await picture(page, `${look}-workflow-blanks`);
      await assertAccessible(page, `a template's blanks, ${look}`);
      await assertFitsSideways(page, `a template's blanks, ${look}`);
      await click("combobox", "List");
      await click("option", "Fair");
      await page.getByText("Action 1 needs an owner before you save.").waitFor();
      await click("combobox", "Owner");
      await click("option", /.+/, page.getByRole("listbox", { name: "Owner" }));
      await page.keyboard.press("Escape");
      await page.getByText("Nothing is left to fill in.").waitFor();
      await click("button", "Create workflow");
      await page.getByText("When a record is added to a list").first().waitFor();
      await click("button", "Turn on");
      await click("button", "Turn on", page.getByRole("dialog"));
      await page.getByText("Workflow turned on.").waitFor();
      assert.ok(count.clicks <= 12, `${count.clicks} clicks`);
      const [made] = (await team.api.workflows.list()).workflows;
      assert.ok(made?.active);
      const id = await newContact(team);
      await team.api.labels.addEntityIds({ entity_ids: [id], label_names: ["Other"], modality: "contacts" });
      await team.api.labels.addEntityIds({
        entity_ids: [id],
        label_names: [label.name],
        modality: "contacts",
      });
      const lines = await settled(team, made.id, 1);
      assert.deepEqual(
        lines.map(({ entity_id, verdict }) => [entity_id, verdict]),
        [[id, "done"]],
        "only the chosen list sets it off",
      );
      await leave();
    });
});

/** Each blank with something that the team has. */
async function fill(team: Team, template: WorkflowTemplate): Promise<WorkflowTemplate> {
  const { api } = team;
  const { label } = await api.labels.create({ name: "Fair", modality: "contacts" });
  const { contact_stages } = await api.contactStages.list();
  const sequence = await newSequence(team);
  const mailbox = await newMailbox(team);
  const fields = await api.customFields.create({ label: "Renewal", modality: "contact", type: "date" });
  const values: Record<string, unknown> = {
    label_id: label.id,
    to: contact_stages[0]?.id,
    emailer_campaign_id: sequence.id,
    emailer_campaign_ids: [sequence.id],
    send_email_from_email_account_id: [mailbox.id],
    owner_ids: [team.owner.id],
    field: fields.typed_custom_fields[0]?.id,
  };
  return JSON.parse(JSON.stringify(template), (key, value) => {
    const isBlank = value === "" || (Array.isArray(value) && value.length === 0);
    return isBlank ? values[key] : value;
  });
}
