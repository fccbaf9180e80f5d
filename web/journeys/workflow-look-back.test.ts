// Before a workflow is turned on: whom it would have taken in the last 30 days, a test with one contact, and a date that sets it off.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { newContact } from "../../server/testing/sequenced.ts";
import { newWorkflow } from "../../server/testing/workflowing.ts";
import { useWorld } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, picture, signIn, useBrowser } from "./browser.ts";
import { LOOKS } from "./looks.ts";

describe("workflows before they are turned on", () => {
  const world = useWorld();
  const browser = useBrowser();

  for (const [look, options] of Object.entries(LOOKS))
    test(`the page says whom it would have included, and whom each condition leaves out (${look})`, async () => {
      const team = await world.newTeam();
      const boss = await newContact(team, { first_name: "Ines", last_name: "Berg", title: "Boss" });
      await newContact(team, { first_name: "Nils", last_name: "Dahl", title: "Clerk" });
      const { workflow } = await newWorkflow(team, {
        name: "Bosses",
        trigger: { type: "event", event: "contact.created" },
        filters: { q_title: "boss" },
        actions: [{ type: "notify", text: "A boss" }],
      });
      const { page, leave } = await browser.visit(world.url, options);
      await signIn(page, team.owner);
      await page.goto(`/workflows/${workflow.id}`);
      await page.getByText("It would have included 1 contact in the last 30 days.").waitFor();
      const left = page.getByRole("region", { name: "Left out" });
      await left.getByText("Condition “Title” does not match").waitFor();
      await left.getByRole("link", { name: "Nils Dahl" }).waitFor();
      assert.match(
        await page.getByRole("combobox", { name: "Event" }).inputValue(),
        /^A contact is created$/,
        "the event is said in words",
      );
      await left.scrollIntoViewIfNeeded();
      await picture(page, `${look}-workflow-look-back`);
      await assertAccessible(page, `the look back, ${look}`);
      await assertFitsSideways(page, `the look back, ${look}`);
      await page.getByRole("button", { name: "Turn on" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByText("It would have included 1 contact in the last 30 days.").waitFor();
      await dialog.getByRole("button", { name: "Cancel" }).click();
      await page.getByRole("tab", { name: "Preview" }).click();
      await page.getByRole("combobox", { name: "Record to test" }).fill("Nils");
      await page.getByRole("option", { name: /Nils Dahl/ }).click();
      await page.getByText("The workflow would skip this record: not all conditions match.").waitFor();
      await page.getByRole("region", { name: "Conditions of the test" }).getByText(": Clerk").waitFor();
      await page.getByRole("region", { name: "Actions of the test" }).getByText("Would be done.").waitFor();
      await page.getByRole("region", { name: "Actions of the test" }).scrollIntoViewIfNeeded();
      await picture(page, `${look}-workflow-test`);
      await assertAccessible(page, `a test with one contact, ${look}`);
      await assertFitsSideways(page, `a test with one contact, ${look}`);
      const { workflow_notices } = await team.api.workflowNotices.list({});
      assert.deepEqual(workflow_notices, [], "nothing was done");
      await page.getByRole("tab", { name: "Build" }).click();
      await page
        .getByRole("region", { name: "Would have been included" })
        .getByRole("link", { name: "Ines Berg" })
        .click();
      await page.waitForURL(`**/contacts/${boss}`);
      await leave();
    });

  for (const [look, options] of Object.entries(LOOKS))
    test(`a template waits for a date field of the team, and says whose date came lately (${look})`, async () => {
      const team = await world.newTeam();
      const { typed_custom_fields } = await team.api.customFields.create({
        label: "Renewal",
        modality: "contact",
        type: "date",
      });
      const field = typed_custom_fields[0]?.id ?? "";
      const soon = world.running.app
        .now()
        .toZonedDateTimeISO("UTC")
        .toPlainDate()
        .add({ days: 20 })
        .toString();
      await newContact(team, {
        first_name: "Ines",
        last_name: "Berg",
        typed_custom_fields: { [field]: soon },
      });
      const { page, leave } = await browser.visit(world.url, options);
      await signIn(page, team.owner);
      await page.goto("/workflows/new?open=renewal-task");
      await page.getByText("The trigger needs a date field before you save.").waitFor();
      await page.getByRole("combobox", { name: "Date field" }).click();
      await page.getByRole("option", { name: "Renewal" }).click();
      await page.getByText("Renewal: 30 days before, at 09:00.").waitFor();
      await page.getByText("It would have included 1 contact in the last 30 days.").waitFor();
      await page.getByRole("combobox", { name: "Date field" }).scrollIntoViewIfNeeded();
      await picture(page, `${look}-workflow-date`);
      await assertAccessible(page, `a date that sets a workflow off, ${look}`);
      await assertFitsSideways(page, `a date that sets a workflow off, ${look}`);
      await page.getByRole("button", { name: "Create workflow" }).click();
      await page.getByText("Date field: 30 days before, at 09:00, UTC").first().waitFor();
      const [made] = (await team.api.workflows.list()).workflows;
      assert.deepEqual(made?.trigger, {
        type: "date_field",
        field,
        days: -30,
        at: "09:00",
        time_zone: "UTC",
      });
      await leave();
    });

  test("a list to which no contact was added says so", async () => {
    const team = await world.newTeam();
    const { label } = await team.api.labels.create({ name: "Fair", modality: "contacts" });
    const { workflow } = await newWorkflow(team, {
      trigger: { type: "event", event: "label.records_added", data: { label_id: label.id } },
      actions: [{ type: "notify", text: "Added" }],
    });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/workflows/${workflow.id}`);
    await page.getByText("No contact was added to this list in the last 30 days.").waitFor();
    await leave();
  });
});
