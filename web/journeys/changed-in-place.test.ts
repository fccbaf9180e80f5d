// Facts that are edited in place, and deals that are moved, while a teammate changes the same: nothing is overwritten unseen.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { until } from "../../server/testing/sending.ts";
import { newSequence } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, useBrowser } from "./browser.ts";
import { settling } from "./settling.ts";

describe("changed elsewhere, in place", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;
  before(async () => {
    team = await world.newTeam("Norrland Kraft");
  });

  const visit = async (path: string, options = {}) => {
    const { page, leave } = await browser.visit(world.url, options);
    await signIn(page, team.owner);
    await page.goto(path);
    return { page, leave };
  };

  const newContact = async (email: string) =>
    (await team.api.contacts.create({ first_name: "Ines", last_name: "Lund", email })).contact;

  for (const colorScheme of ["light", "dark"] as const)
    test(`a stage that a teammate has chosen is named before it is replaced, ${colorScheme}`, async () => {
      const { contact_stages: stages } = await team.api.contactStages.list();
      const stageCalled = (name: string) => stages.find((one) => one.name === name)?.id ?? "";
      const { id } = await newContact(`stage-${colorScheme}@havn.example`);
      const stageNow = async () => (await team.api.contacts.get({ id })).contact.contact_stage_id;
      const { page, leave } = await visit(`/contacts/${id}`, { colorScheme });
      const stage = page.getByRole("combobox", { name: "Stage" });
      const choose = async (name: string) => {
        await stage.click();
        await page.getByRole("option", { name, exact: true }).click();
      };
      await stage.waitFor();
      await team.api.contacts.update({ id, contact_stage_id: stageCalled("Replied") });
      await choose("Interested");
      await page.getByText("Changed meanwhile to “Replied”.").waitFor();
      assert.equal(await stage.inputValue(), "Replied");
      assert.equal(await stageNow(), stageCalled("Replied"));
      await assertAccessible(page, "a choice that was changed meanwhile");
      await picture(page, `${colorScheme}-choice-changed-meanwhile`);
      await page.getByRole("button", { name: "Keep it" }).click();
      await page.getByText("Changed meanwhile").waitFor({ state: "detached" });

      await team.api.contacts.update({ id, contact_stage_id: stageCalled("Bad Data") });
      await choose("Interested");
      await page.getByText("Changed meanwhile to “Bad Data”.").waitFor();
      await page.getByRole("button", { name: "Replace with “Interested”" }).click();
      await page.getByText("Stage saved.").waitFor();
      assert.equal(await stageNow(), stageCalled("Interested"));

      await team.api.contacts.update({ id, contact_stage_id: stageCalled("Replied") });
      await page.getByRole("button", { name: "Undo" }).click();
      await page.getByText("Could not undo. Another user saved something else in the meantime.").waitFor();
      assert.equal(await stageNow(), stageCalled("Replied"));
      await leave();
    });

  test("another fact of the same record does not matter", async () => {
    const { id } = await newContact("other@havn.example");
    const { page, leave } = await visit(`/contacts/${id}`);
    await page.getByRole("button", { name: "Title: Add" }).click();
    await page.getByRole("textbox", { name: "Title" }).fill("Engineer");
    await team.api.contacts.update({ id, contact_emails: [{ email: "new@havn.example" }] });
    await page.keyboard.press("Enter");
    await page.getByText("Title saved.").waitFor();
    const { contact } = await team.api.contacts.get({ id });
    assert.deepEqual([contact.title, contact.email], ["Engineer", "new@havn.example"]);
    await leave();
  });

  test("a second address that a teammate has added stays when the first one is mended", async () => {
    const { id } = await newContact("ines@hvan.example");
    const emails = async () =>
      (await team.api.contacts.get({ id })).contact.contact_emails.map(({ email }) => email);
    const { page, leave } = await visit(`/contacts/${id}`);
    await page.getByRole("button", { name: "Email: ines@hvan.example. Change" }).click();
    await page.getByRole("textbox", { name: "Email" }).fill("ines@havn.example");
    const both = [{ email: "ines@hvan.example" }, { email: "ines@lund.example" }];
    await team.api.contacts.update({ id, contact_emails: both });
    await page.keyboard.press("Enter");
    await page.getByText(/Changed meanwhile to “ines@hvan\.example, ines@lund\.example”/).waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("Emails saved.").waitFor();
    assert.deepEqual(await emails(), ["ines@havn.example", "ines@lund.example"]);
    await leave();
  });

  test("several values picked in a row are all saved", async () => {
    const { typed_custom_fields } = await team.api.customFields.create({
      label: "Products",
      modality: "contact",
      type: "multipicklist",
      meta: { picklist_values: [{ name: "Boilers" }, { name: "Pumps" }, { name: "Valves" }] },
    });
    const field = typed_custom_fields[0]?.id ?? "";
    const { id } = await newContact("products@havn.example");
    const { page, leave } = await visit(`/contacts/${id}`);
    await page.getByRole("combobox", { name: "Products" }).focus();
    await page.keyboard.press("ArrowDown");
    for (const name of ["Boilers", "Pumps", "Valves"]) await page.getByRole("option", { name }).click();
    await until(async () => {
      const { contact } = await team.api.contacts.get({ id });
      return (contact.typed_custom_fields[field] as string[] | undefined)?.length === 3;
    });
    assert.equal(await page.getByText("Changed meanwhile").count(), 0);
    await leave();
  });

  test("a deal that a teammate has moved stays where they put it", async () => {
    const { opportunity_stages: stages } = await team.api.opportunityStages.list();
    const open = stages.filter(({ is_closed }) => !is_closed);
    const lost = stages.find(({ is_closed, is_won }) => is_closed && !is_won);
    const [first, second, third] = open.map(({ id }) => id);
    assert.ok(first && second && third);
    const { opportunity } = await team.api.opportunities.create({
      name: "Boiler house",
      opportunity_stage_id: first,
    });
    const { id } = opportunity;
    const stageNow = async () => (await team.api.opportunities.get({ id })).opportunity.opportunity_stage_id;
    const { page, leave } = await visit(`/deals/${id}`);
    const path = page.getByRole("navigation", { name: "Stage of the deal" });
    await path.getByRole("button", { name: open[0]?.name ?? "", exact: true }).waitFor();
    await team.api.opportunities.update({ id, opportunity_stage_id: third });
    await path.getByRole("button", { name: open[1]?.name ?? "", exact: true }).click();
    await page
      .getByText("Boiler house was moved by another user in the meantime. It was left there.")
      .waitFor();
    assert.equal(await stageNow(), third);
    await path.locator('[aria-current="step"]', { hasText: open[2]?.name ?? "" }).waitFor();
    await path.getByRole("button", { name: open[1]?.name ?? "", exact: true }).click();
    await page.getByText(/^Boiler house moved to/).waitFor();
    assert.equal(await stageNow(), second);

    const stage = page.getByRole("combobox", { name: "Stage" });
    await stage.click();
    await page.getByRole("option", { name: lost?.name ?? "", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await until(async () => (await stage.inputValue()) === open[1]?.name);
    assert.equal(await stageNow(), second);
    await leave();
  });

  test("the name of a sequence and with whom it is shared", async () => {
    const { id } = await newSequence(team, { name: "Cold plants" });
    const shown = async () => (await team.api.sequences.show({ id })).emailer_campaign;
    const { page, leave } = await visit(`/sequences/${id}`);
    await page.getByRole("button", { name: "Cold plants", exact: true }).click();
    await page.getByRole("textbox", { name: "Name of the sequence" }).fill("Mine");
    await team.api.sequences.change({ id, name: "Theirs" });
    await page.keyboard.press("Enter");
    await page.getByText("Saved now: Theirs").waitFor();
    assert.equal((await shown()).name, "Theirs");
    await page.keyboard.press("Enter");
    await page.getByText("Renamed.").waitFor();
    assert.equal((await shown()).name, "Mine");

    const isSettled = settling(page);
    await page.goto(`/sequences/${id}?tab=settings`);
    const access = page.getByRole("combobox", { name: "Team access" });
    await access.waitFor();
    await isSettled();
    await team.api.sequences.change({
      id,
      sharing_permission: { visibility: "everyone", access_type: "can_view" },
    });
    await access.click();
    await page.getByRole("option", { name: "The whole team can edit" }).click();
    await page.getByText("Another user saved something else in the meantime.").waitFor();
    assert.equal((await shown()).sharing_permission.access_type, "can_view");
    await until(async () => (await access.inputValue()) === "The whole team can view");
    await leave();
  });

  test("the name and the owner of a workflow", async () => {
    const { workflow } = await team.api.workflows.create({
      name: "Tell me",
      trigger: { type: "event", event: "message.replied" },
      actions: [{ type: "notify", text: "Replied" }],
    });
    const { id } = workflow;
    const { page, leave } = await visit(`/workflows/${id}?tab=settings`);
    const name = page.getByRole("textbox", { name: "Name", exact: true });
    await page.getByRole("button", { name: "Name: Tell me. Change" }).click();
    await name.fill("Mine");
    await team.api.workflows.update({ id, name: "Theirs" });
    await page.keyboard.press("Enter");
    await page.getByText(/Changed meanwhile to “Theirs”/).waitFor();
    assert.equal((await team.api.workflows.get({ id })).workflow.name, "Theirs");
    await page.keyboard.press("Enter");
    await page.getByText("Name saved.").waitFor();
    assert.equal((await team.api.workflows.get({ id })).workflow.name, "Mine");
    await leave();
  });
});
