// The table of sequences: sorted by its figures, looked into beside the list, and changed in place.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { plantContact, plantMessage } from "../../server/testing/planted.ts";
import { until } from "../../server/testing/sending.ts";
import { CALL_STEP, MAIL_STEP, newSequence } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, useBrowser } from "./browser.ts";

describe("the table of sequences", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;

  before(async () => {
    team = await world.newTeam("Norrland Kraft");
    const contact_id = await plantContact(world, team);
    for (const [name, sent, replies] of [
      ["Cold", 4, 0],
      ["Warm", 4, 2],
      ["Hot", 2, 2],
    ] as const) {
      const { id } = await newSequence(team, { name, active: false, emailer_steps: [MAIL_STEP, CALL_STEP] });
      for (let n = 0; n < sent; n++)
        await plantMessage(world, team, id, {
          contact_id,
          status: "completed",
          replied_at: n < replies ? "2026-03-02T10:00:00Z" : null,
        });
    }
  });

  const rows = (page: Page) =>
    page.getByRole("table", { name: "Sequences" }).getByRole("link").allTextContents();
  const showsInOrder = (page: Page, ...names: string[]) =>
    until(async () => JSON.stringify(await rows(page)) === JSON.stringify(names));
  const saved = async (name: string) =>
    (await team.api.sequences.search({ q_name: name })).emailer_campaigns[0];

  test("a press on a figure's heading sorts all sequences by it, and another press turns it round", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/sequences");
    await page.getByText("3 sequences.").waitFor();
    const heading = page.getByRole("columnheader", { name: "Replied" }).getByRole("button").first();
    await heading.click();
    await showsInOrder(page, "Hot", "Warm", "Cold");
    await heading.click();
    await showsInOrder(page, "Cold", "Warm", "Hot");
    await page.getByRole("columnheader", { name: "Delivered" }).getByRole("button").first().click();
    await until(async () => (await rows(page)).at(-1) === "Hot");
    await leave();
  });

  test("what is shown is saved as a view, and as a file with the columns and counts of the table", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/sequences");
    await page.getByText("3 sequences.").waitFor();
    await page.getByRole("radiogroup", { name: "Status" }).getByText("Inactive").click();
    await page.getByRole("columnheader", { name: "Replied" }).getByRole("button").first().click();
    await page.getByRole("button", { name: "All sequences" }).click();
    await page.getByRole("menuitem", { name: "Save as new view" }).click();
    await page.getByLabel("Name").fill("Best first");
    await page.getByRole("button", { name: "Save view" }).click();
    await page.getByRole("button", { name: "Best first" }).waitFor();
    await picture(page, "light-sequences-view");
    await assertAccessible(page, "the sequences in a saved view");

    await page.getByRole("button", { name: "Export" }).click();
    const saving = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: "Export the columns shown (CSV)" }).click();
    const [head = "", ...lines] = readFileSync(await (await saving).path(), "utf8")
      .trimEnd()
      .split("\r\n");
    assert.deepEqual(head.split(",").slice(0, 2), ["Name", "Star"]);
    const at = head.split(",").indexOf("Replied");
    assert.deepEqual(
      lines.map((line) => [line.split(",")[0], line.split(",")[at]]),
      [
        ["Hot", "2"],
        ["Warm", "2"],
        ["Cold", "0"],
      ],
    );

    await page.goto("/sequences");
    await page.getByText("3 sequences.").waitFor();
    await page.getByRole("button", { name: "All sequences" }).click();
    await page.getByRole("menuitem", { name: "Best first" }).click();
    await page.waitForURL(/status=inactive/);
    await showsInOrder(page, "Hot", "Warm", "Cold");
    await page.getByRole("checkbox", { name: "Select Warm" }).click();
    const another = page.waitForEvent("download");
    await page
      .getByRole("region", { name: "Selected sequences" })
      .getByRole("button", { name: "Export" })
      .click();
    const few = readFileSync(await (await another).path(), "utf8")
      .trimEnd()
      .split("\r\n");
    assert.deepEqual(
      few.slice(1).map((line) => line.split(",")[0]),
      ["Warm"],
    );
    await leave();
  });

  test("Space looks into a sequence beside the list: its figures, its steps, and what it needs next", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/sequences?sort=name");
    await page.getByRole("link", { name: "Warm" }).waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("Space");
    const look = page.getByRole("region", { name: "Warm" });
    await look.getByText("50%").waitFor();
    await look.getByRole("region", { name: "Map of the sequence" }).getByText("Phone call").waitFor();
    await assertAccessible(page, "a look into a sequence");
    await picture(page, "light-sequence-peek");
    await look.getByRole("button", { name: "Activate" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Activate", exact: true }).click();
    await look.getByRole("button", { name: "Deactivate" }).waitFor();
    assert.equal((await saved("Warm"))?.active, true);
    await look.getByRole("link", { name: "Add contacts" }).click();
    await page.getByRole("heading", { level: 1, name: /Warm/ }).waitFor();
    await page.getByRole("dialog").waitFor();
    await leave();
  });

  test("a sequence is renamed in the table, and that is taken back", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/sequences?sort=name");
    await page.getByRole("row", { name: /Cold/ }).hover();
    await page.getByRole("button", { name: "Edit Cold" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Lukewarm");
    await page.keyboard.press("Enter");
    const told = page.getByRole("alert").filter({ hasText: "Name saved." });
    await told.waitFor();
    assert.equal((await saved("Lukewarm"))?.name, "Lukewarm");
    await page.getByRole("link", { name: "Lukewarm" }).waitFor();
    await told.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("link", { name: "Cold" }).waitFor();
    assert.equal((await saved("Cold"))?.name, "Cold");
    await leave();
  });
});
