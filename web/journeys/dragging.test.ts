// What has an order or a place is carried there by mouse: steps, deals, stages. The keys that do the same are in the journeys of
// each of them.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { until } from "../../server/testing/sending.ts";
import { newSequence } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { picture, signIn, useBrowser } from "./browser.ts";

describe("by mouse", () => {
  let team: Team;
  const world = useWorld({}, async (opened) => {
    team = await opened.newTeam();
  });
  const browser = useBrowser();

  test("a step is dragged to the front, and the sequence is saved so", async () => {
    const call = (note: string) => ({ type: "call" as const, wait_time: 1, wait_mode: "day" as const, note });
    const { id, steps } = await newSequence(team, {
      emailer_steps: [call("one"), call("two"), call("three")],
    });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${id}`);
    const handle = page.getByRole("button", { name: "Drag step 3" });
    await handle.waitFor();
    await drag(page, handle, page.getByRole("button", { name: "Drag step 1" }), "above");
    await page.getByText("Phone call is now step 1 of 3.").waitFor({ state: "attached" });
    await picture(page, "light-step-dragged");
    await page.keyboard.press("ControlOrMeta+s");
    await page.getByText("Saved.", { exact: true }).waitFor();
    const saved = (await team.api.sequences.show({ id })).emailer_steps;
    const order = [...saved].sort((one, other) => one.position - other.position).map((step) => step.id);
    assert.deepEqual(order, [steps[2], steps[0], steps[1]]);
    await leave();
  });

  test("a deal is dragged to another stage, and back", async () => {
    await team.api.opportunities.create({ name: "A boiler", amount: "100", owner_id: team.owner.id });
    const stage = async () => {
      const { opportunities } = await team.api.opportunities.search({ q_keywords: "A boiler" });
      return opportunities[0]?.opportunity_stage_id;
    };
    const before = await stage();
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/deals");
    const card = page.getByRole("button", { name: /A boiler/ });
    await card.waitFor();
    const columns = page.getByRole("region", { name: /, \d+ deals$/ });
    await drag(page, card, columns.nth(2), "into");
    await page.getByText(/^A boiler moved to /).waitFor();
    assert.notEqual(await stage(), before);
    await columns
      .nth(2)
      .getByRole("button", { name: /A boiler/ })
      .waitFor();
    await picture(page, "light-deal-dragged");
    await drag(page, columns.nth(2).getByRole("button", { name: /A boiler/ }), columns.nth(0), "into");
    await columns
      .nth(0)
      .getByRole("button", { name: /A boiler/ })
      .waitFor();
    await until(async () => (await stage()) === before);
    await leave();
  });

  test("a stage of contacts is dragged above another", async () => {
    const names = async () => {
      const { contact_stages } = await team.api.contactStages.list();
      return [...contact_stages]
        .sort((one, other) => one.display_order - other.display_order)
        .map(({ name }) => name);
    };
    const [first = "", second = "", ...rest] = await names();
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/stages");
    const handle = page.getByRole("button", { name: `Move ${second}` }).first();
    await handle.waitFor();
    await drag(page, handle, page.getByRole("button", { name: `Move ${first}` }).first(), "above");
    await page.waitForFunction(() => !document.querySelector("[data-dragging]"));
    await until(async () => (await names())[0] === second);
    assert.deepEqual(await names(), [second, first, ...rest]);
    await leave();
  });
});

/** As a hand does it: pressed, moved in small steps, held still for a moment over the place, let go. */
async function drag(page: Page, from: Locator, to: Locator, where: "above" | "into") {
  await page.waitForLoadState("networkidle"); // what loads later moves both
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  assert.ok(start && end);
  const x = start.x + start.width / 2;
  const y = start.y + start.height / 2;
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 4, y - 8, { steps: 4 });
  await page.locator("[data-dragging]").first().waitFor();
  const target =
    where === "above"
      ? { x: end.x + end.width / 2, y: end.y - end.height }
      : { x: end.x + end.width / 2, y: end.y + Math.min(end.height / 2, 80) };
  await page.mouse.move(target.x, target.y, { steps: 16 });
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  await page.mouse.up();
}
