// Many rows are selected: with Shift by mouse and keys, all at once by one key, also where most of them were never looked at.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { until } from "../../server/testing/sending.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, useBrowser } from "./browser.ts";

const CONTACTS = 240;
const TASKS = 12;

describe("selecting rows", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;

  before(async () => {
    team = await world.newTeam("Norrland Kraft");
    const ids: string[] = [];
    for (let from = 0; from < CONTACTS; from += 80) {
      const { created_contacts } = await team.api.contacts.bulkCreate({
        contact_attributes: Array.from({ length: 80 }, (_, n) => ({
          first_name: "Mona",
          last_name: `Berg ${String(from + n).padStart(3, "0")}`,
          email: `p${from + n}@nordlys.example`,
        })),
      });
      ids.push(...created_contacts.map(({ id }) => id));
    }
    await team.api.tasks.bulkCreate({
      contact_ids: ids.slice(0, TASKS),
      type: "call",
      priority: "medium",
      status: "scheduled",
      due_at: world.running.app.now().toString(),
    });
  });

  async function visit(path: string) {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(path);
    return { page, leave };
  }

  const bar = (page: Page) => page.getByRole("region", { name: /^Selected / });
  const says = (page: Page, words: string) =>
    until(async () => (await bar(page).getByRole("status").textContent()) === words);
  const box = (page: Page, name: string) =>
    page.getByRole("checkbox", { name: `Select Mona ${name}`, exact: true });

  async function openContacts() {
    const visited = await visit("/contacts?sort=contact_name");
    await visited.page.getByRole("link", { name: "Mona Berg 000" }).waitFor();
    return visited;
  }

  test("a click with Shift selects all rows between, those that were never looked at too, and deselects them again", async () => {
    const { page, leave } = await openContacts();
    await box(page, "Berg 002").click();
    await page
      .getByRole("table", { name: "Contacts" })
      .evaluate((table) => table.scrollTo({ top: table.scrollHeight }));
    await box(page, "Berg 236").click({ modifiers: ["Shift"] });
    await says(page, "235 contacts");
    await picture(page, "selecting-rows");
    await box(page, "Berg 238").click({ modifiers: ["Shift"] });
    await says(page, "237 contacts");
    await box(page, "Berg 237").click();
    await box(page, "Berg 235").click({ modifiers: ["Shift"] });
    await says(page, "234 contacts");
    await leave();
  });

  test("by keys: Shift and J goes on and selects, Shift and X selects up to here, Ctrl and A all, and a dot leads to the verbs", async () => {
    const { page, leave } = await openContacts();
    await page.keyboard.press("j");
    await page.keyboard.press("Shift+J");
    await page.keyboard.press("Shift+J");
    await says(page, "3 contacts");
    for (let n = 0; n < 4; n++) await page.keyboard.press("j");
    await page.keyboard.press("Shift+X");
    await says(page, "7 contacts");
    assert.equal(await box(page, "Berg 006").isChecked(), true);
    await page.keyboard.press("Shift+ArrowDown");
    await says(page, "8 contacts");
    await page.keyboard.press(".");
    await until(() =>
      bar(page).evaluate(
        (one) => one.querySelector("[data-verbs]")?.contains(document.activeElement) ?? false,
      ),
    );
    await page.keyboard.press("Control+a");
    await says(page, `All ${CONTACTS} contacts that match`);
    await assertAccessible(page, "all contacts selected");
    await page.keyboard.press("Escape");
    await bar(page).waitFor({ state: "detached" });
    // In a field the key is the browser's.
    await page.keyboard.press("/");
    await page.keyboard.type("Mona");
    await page.keyboard.press("Control+a");
    assert.equal(
      await page.evaluate(
        () => getSelection()?.toString() || (document.activeElement as HTMLInputElement).value,
      ),
      "Mona",
    );
    assert.equal(await bar(page).count(), 0);
    await leave();
  });

  test("tasks are selected so too", async () => {
    const { page, leave } = await visit("/tasks");
    const boxes = page.getByRole("list", { name: "Tasks" }).getByRole("checkbox");
    await until(async () => (await boxes.count()) === TASKS);
    await boxes.nth(1).click();
    await boxes.nth(8).click({ modifiers: ["Shift"] });
    await says(page, "8 tasks");
    await page.keyboard.press("Escape");
    await bar(page).waitFor({ state: "detached" });
    await page.keyboard.press("Control+a");
    await says(page, `${TASKS} tasks`);
    await leave();
  });
});
