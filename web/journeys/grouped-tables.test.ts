// A table is grouped: heads with numbers that fold, keys that pass what is folded, a group chosen at once, a saved view that keeps
// it. And what is shown is exported as it is shown.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { until } from "../../server/testing/sending.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, picture, signIn, useBrowser } from "./browser.ts";

const COMPANIES = ["Nordlys", "alta", "Zinken"];

describe("grouped tables", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;
  let stages: { id: string; name: string }[];

  before(async () => {
    team = await world.newTeam("Norrland Kraft");
    stages = (await team.api.contactStages.list({})).contact_stages;
    for (let n = 0; n < 12; n++)
      await team.api.contacts.create({
        first_name: "Mona",
        last_name: `Berg${String(n).padStart(2, "0")}`,
        title: `Engineer ${String.fromCharCode(76 - n)}`,
        ...(n < 11 && { organization_name: COMPANIES[n % 3] as string }),
        contact_stage_id: stages[n < 4 ? 0 : 1]?.id ?? "",
        email: `p${n}@x${n}.example`,
      });
    const [first, second] = (await team.api.opportunityStages.list({})).opportunity_stages;
    for (const [n, name] of ["Turbines", "Pumps", "Valves"].entries())
      await team.api.opportunities.create({
        name,
        amount: String((n + 1) * 1000),
        opportunity_stage_id: (n > 0 ? second : first)?.id ?? "",
      });
  });

  async function group(page: Page, name: string) {
    await page.getByRole("button", { name: /^Group/ }).click();
    await page.getByRole("menuitem", { name, exact: true }).click();
  }

  /** Heads with their numbers, and the names of contacts. */
  async function lines(page: Page) {
    const texts = await page.getByRole("table").getByRole("row").allInnerTexts();
    return texts.slice(1).map((text) => {
      const words = text.replace(/\s+/g, " ").trim();
      return /Berg\d\d/.exec(words)?.[0] ?? words;
    });
  }

  const BY_COMPANY = [
    ...[
      "alta 4",
      "Berg01",
      "Berg04",
      "Berg07",
      "Berg10",
      "Nordlys 4",
      "Berg00",
      "Berg03",
      "Berg06",
      "Berg09",
    ],
    ...["Zinken 3", "Berg02", "Berg05", "Berg08", "No company 1", "Berg11"],
  ];
  const FOLDED = BY_COMPANY.filter((line) => !["Berg00", "Berg03", "Berg06", "Berg09"].includes(line));

  test("by company: numbers, folding, keys, and a group chosen at once", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/contacts?sort=contact_name");
    await page.getByRole("link", { name: /Berg00/ }).waitFor();
    await group(page, "Company");
    await until(async () => (await lines(page)).join() === BY_COMPANY.join());
    await picture(page, "light-grouped-by-company");
    await assertAccessible(page, "contacts in groups");
    await assertFitsSideways(page, "contacts in groups");

    await page.getByRole("button", { name: /^Nordlys/, expanded: true }).click();
    await until(async () => (await lines(page)).join() === FOLDED.join());
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
    const walked: string[] = [];
    for (let press = 0; press < 6; press++) {
      await page.keyboard.press("j");
      const before = walked.at(-1) ?? "";
      await until(async () => /Berg\d\d/.test(await focused()) && !(await focused()).includes(before || "?"));
      walked.push(/Berg\d\d/.exec(await focused())?.[0] ?? "");
    }
    assert.deepEqual(walked, ["Berg01", "Berg04", "Berg07", "Berg10", "Berg02", "Berg05"]);

    await page.getByRole("checkbox", { name: "Select all 4 of Nordlys" }).check();
    await page.getByText("4 contacts", { exact: true }).waitFor();
    await page.getByRole("button", { name: /^Nordlys/, expanded: false }).click();
    await until(async () => (await lines(page)).join() === BY_COMPANY.join());
    assert.equal(await page.getByRole("checkbox", { name: /Berg0[0369]/, checked: true }).count(), 4);
    await leave();
  });

  test("a saved view keeps the group, in another browser too, and on a phone", async () => {
    const { page, leave } = await browser.visit(world.url, { colorScheme: "dark" });
    await signIn(page, team.owner);
    await page.goto("/contacts?sort=-title");
    await page.getByRole("link", { name: /Berg00/ }).waitFor();
    await group(page, "Stage");
    const heads = [`${stages[0]?.name} 4`, `${stages[1]?.name} 8`];
    const shownHeads = async () => (await lines(page)).filter((line) => !line.startsWith("Berg"));
    await until(async () => (await shownHeads()).join() === heads.join());
    assert.equal((await lines(page))[1], "Berg00", "within a group the list is sorted as asked");
    await page.getByRole("button", { name: "All contacts" }).click();
    await page.getByRole("menuitem", { name: "Save as new view …" }).click();
    await page.getByLabel("Name").fill("By stage");
    await page.getByRole("button", { name: "Save view" }).click();
    await page.getByRole("button", { name: "By stage", exact: true }).waitFor();
    await picture(page, "dark-grouped-by-stage");
    await leave();

    const phone = await browser.visit(world.url, { viewport: { width: 390, height: 844 } });
    await signIn(phone.page, team.owner);
    await phone.page.goto("/contacts");
    await phone.page.getByRole("button", { name: "All contacts" }).click();
    await phone.page.getByRole("menuitem", { name: "By stage" }).click();
    const head = phone.page.getByRole("button", { name: new RegExp(`^${stages[0]?.name}`), expanded: true });
    await head.waitFor();
    await picture(phone.page, "phone-grouped");
    await assertAccessible(phone.page, "contacts in groups on a phone");
    await head.click();
    await phone.page.getByRole("link", { name: /Berg00/ }).waitFor({ state: "detached" });
    await phone.leave();
  });

  test("deals are grouped, too; the columns shown are exported under the screen's words", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/deals?tab=list&group=stage&sort=-amount");
    const table = page.getByRole("table", { name: "Deals" });
    await table.getByRole("link", { name: "Pumps" }).waitFor();
    const order = async () => (await table.getByRole("link").allInnerTexts()).join();
    await until(async () => (await order()) === "Turbines,Valves,Pumps");
    const text = await exported(page, "Export the columns shown (CSV)");
    const [head = "", first = ""] = text.split("\r\n");
    assert.ok(head.startsWith("Deal,Stage,Amount,Currency,Close date,Owner,Company"), head);
    assert.match(first, /^Valves,[^,]+,3000,[A-Z]{3},/);
    const whole = await exported(page, "Export all columns (CSV)");
    assert.ok(whole.startsWith("Id,Name,Company,Company domain"), whole.slice(0, 60));
    await leave();
  });

  test("contacts are exported with the columns and in the order of the table, the chosen ones alone", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/contacts?sort=title");
    const table = page.getByRole("table", { name: "Contacts" });
    await table.getByRole("link", { name: /Berg11/ }).waitFor();
    const text = await exported(page, "Export the columns shown (CSV)");
    const [head, first = "", ...rest] = text.trimEnd().split("\r\n");
    assert.equal(head, "Name,Title,Company,Email,Email status,Stage,Owner,Sequences,Last activity,Added");
    assert.ok(first.startsWith("Mona Berg11,Engineer A,,p11@x11.example"), first);
    assert.equal(rest.length, 11);
    await table.getByRole("checkbox", { name: /Berg03/ }).check();
    await page.getByRole("button", { name: "More", exact: true }).click();
    const saved = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: "Export the columns shown (CSV)" }).click();
    const chosen = await readFile(await (await saved).path(), "utf8");
    assert.deepEqual(
      chosen
        .trimEnd()
        .split("\r\n")
        .map((line) => line.split(",")[0]),
      ["Name", "Mona Berg03"],
    );
    await leave();
  });

  async function exported(page: Page, item: string) {
    await page.getByRole("button", { name: "Export", exact: true }).click();
    const saved = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: item }).click();
    return readFile(await (await saved).path(), "utf8");
  }
});
