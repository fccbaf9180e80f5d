// A list is asked something else while its answer is slow: what was there stays to be seen and used, and is not taken for the answer.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { newContact } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { signIn, useBrowser } from "./browser.ts";

describe("a list that is asked anew", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;

  before(async () => {
    team = await world.newTeam("Norrland Kraft");
    const contact_id = await newContact(team, { first_name: "Ines", last_name: "Okafor" });
    await newContact(team, { first_name: "Mona", last_name: "Berg" });
    for (const title of ["Ask for the drawings", "Ask for the meter"])
      await team.api.tasks.create({ type: "action_item", title, user_id: team.owner.id, contact_id });
  });

  async function visit(path: string) {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(path);
    return { page, leave };
  }

  /** Until `answer` is called, the searches that come after this wait. */
  async function holdSearches(page: Page, address: string) {
    const held: (() => Promise<void>)[] = [];
    let isOpen = false;
    await page.route(address, async (route) => {
      if (isOpen) return route.continue();
      held.push(() => route.continue());
    });
    const asked = page.waitForRequest(address);
    const answer = async () => {
      isOpen = true;
      await Promise.all(held.map((go) => go()));
    };
    return { asked, answer };
  }

  test("the task that is open stays open, its keys count, and the words over the list are not of the new question", async () => {
    const { page, leave } = await visit("/tasks");
    const title = page.getByRole("heading", { level: 2, name: "Ask for the drawings" });
    await title.waitFor();
    await page.getByText("2 tasks to do.").waitFor();
    const { asked, answer } = await holdSearches(page, "**/api/v1/tasks/search*");
    await page.getByRole("searchbox", { name: "Search tasks" }).fill("drawings");
    await asked;
    assert.ok(await title.isVisible());
    assert.ok(await page.getByRole("button", { name: /Ask for the meter/ }).isVisible());
    assert.ok(await page.getByText("2 tasks to do.").isVisible());
    await page.locator("main").press("n");
    await page.getByRole("dialog", { name: "New task" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "New task" }).waitFor({ state: "detached" });
    await page.locator("main").press("s");
    await page.getByRole("dialog").getByRole("textbox", { name: "Reason" }).waitFor();
    await answer();
    await page.getByText("1 task to do.").waitFor();
    assert.ok(await page.getByRole("dialog").isVisible(), "what was begun on the open task goes on");
    await leave();
  });

  test("a table keeps its rows, and all of them cannot be selected as if they were the answer", async () => {
    const { page, leave } = await visit("/contacts");
    const row = page.getByRole("link", { name: "Ines Okafor" });
    await row.waitFor();
    await page.getByText("2 contacts").first().waitFor();
    const { asked, answer } = await holdSearches(page, "**/api/v1/contacts/search*");
    await page.getByRole("searchbox", { name: "Search contacts" }).fill("Mona");
    await asked;
    assert.ok(await row.isVisible());
    assert.ok(await page.getByRole("checkbox", { name: /^Select all/ }).isDisabled());
    await answer();
    await row.waitFor({ state: "detached" });
    await page.getByRole("checkbox", { name: "Select all 1 that match" }).check();
    await page.getByRole("region", { name: /^Selected / }).waitFor();
    await leave();
  });
});
