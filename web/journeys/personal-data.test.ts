// Settings → Personal data: old data is counted before a rule is saved, the lawful basis has a field, and the record of processing is
// written and downloaded.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { plant } from "../../server/testing/planted.ts";
import { newContact } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import {
  assertAccessible,
  assertFitsSideways,
  picture,
  pictureWhole,
  signIn,
  useBrowser,
} from "./browser.ts";

const OLD = "2020-05-04T00:00:00Z";

describe("personal data", () => {
  let team: Team;
  const world = useWorld({}, async (opened) => {
    team = await opened.newTeam("Norrland Kraft");
    await newContact(team, { first_name: "Ines" });
    for (const content of ["One", "Two"])
      await plant(opened, team, "notes", { content, created_at: OLD, updated_at: OLD });
  });
  const browser = useBrowser();

  test("what a rule would delete is counted, asked about with the figure, and taken back", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings");
    await page.getByRole("link", { name: "Personal data" }).click();
    const days = page.getByRole("textbox", { name: "Notes: delete after days" });
    const save = page.getByRole("button", { name: "Save rules" });
    await days.waitFor();
    assert.ok(await save.isDisabled(), "nothing to save yet");
    await days.fill("365");
    await page.getByRole("button", { name: "Count what would be deleted" }).click();
    await page.getByRole("status").getByText("Notes, older than 365 days: 2").waitFor();
    await assertAccessible(page, "personal data");
    await assertFitsSideways(page, "personal data");
    await pictureWhole(page, "light-personal-data");
    await save.click();
    const dialog = page.getByRole("dialog", { name: "Delete old data?" });
    await dialog.getByText("Notes, older than 365 days: 2").waitFor();
    await assertAccessible(page, "the question before old data is deleted");
    await picture(page, "light-delete-old-data");
    await dialog.getByRole("button", { name: "Save rules" }).click();
    await page.getByText("Rules saved.").waitFor();
    await page.getByText("Next run:").waitFor();
    const ruleOf = async () =>
      (await team.api.dataRetention.show()).rules.find(({ kind }) => kind === "notes")?.keep_days;
    assert.equal(await ruleOf(), 365);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Next run:").waitFor({ state: "detached" });
    assert.equal(await ruleOf(), null);
    await leave();
  });

  test("a field for the lawful basis is added, and the record of processing says so", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/personal-data");
    await page.getByRole("button", { name: "Add a field “Lawful basis”" }).click();
    await page.getByText("Lawful basis saved.").waitFor();
    await page.getByText("Show the record").click();
    await page.getByText("Not filled in: 1 contact").waitFor();
    await page.getByLabel("Controller").fill("Norrland Kraft AB, Umeå");
    await page.getByLabel("Purposes").fill("Selling turbines");
    await page.getByRole("button", { name: "Save record" }).click();
    await page.getByText("Record of processing saved.").waitFor();
    await page.getByText("Show the record").click();
    await page.getByText("Norrland Kraft AB, Umeå").last().waitFor();
    await assertAccessible(page, "the record of processing");
    await assertFitsSideways(page, "the record of processing");
    await pictureWhole(page, "light-record-of-processing");
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download record" }).click(),
    ]);
    assert.match(file.suggestedFilename(), /^record-of-processing-\d{4}-\d\d-\d\d\.html$/);
    const { typed_custom_fields } = await team.api.typedCustomFields.list();
    assert.deepEqual(
      typed_custom_fields.map(({ name, picklist_values }) => [name, picklist_values.length]),
      [["Lawful basis", 6]],
    );
    await leave();
  });
});
