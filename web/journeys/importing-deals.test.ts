// A seller brings deals in: a file is chosen, its columns are mapped, it is tried out and done, and the rows that were refused are
// taken away as a file.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, picture, signIn, useBrowser } from "./browser.ts";

const DEALS = [
  "Deal;Firma;Value;Phase;Next step",
  "Heat pumps;Norrland Kraft;48500.50;Proposal;Call",
  ";Fjordkraft;100;;",
  "Renewal;Norrland Kraft;48,5;Nowhere;",
  "Twice;;5;;",
].join("\r\n");

const FILE = { name: "pipeline.csv", mimeType: "text/csv", buffer: Buffer.from(DEALS, "latin1") };

describe("importing deals", () => {
  let team: Team;
  const world = useWorld({}, async (opened) => {
    team = await opened.newTeam("Norrland Kraft");
    for (let times = 0; times < 2; times++) await team.api.opportunities.create({ name: "Twice" });
  });
  const browser = useBrowser();

  test("a file of deals is chosen, mapped, tried out and brought in, and its refused rows are downloaded", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/deals");
    await page.locator("header").getByRole("link", { name: "Import" }).click();
    await page.getByRole("heading", { level: 1, name: "Import deals" }).waitFor();
    await picture(page, "light-import-deals");
    await assertAccessible(page, "where a file of deals is dropped");
    await page.locator("input[type=file]").setInputFiles(FILE);

    await page.getByText("pipeline.csv: 4 rows, UTF-8, separated by semicolons.").waitFor();
    const becomes = (column: string) =>
      page.getByRole("combobox", { name: `Field for ${column}`, exact: true });
    assert.equal(await becomes("Value").inputValue(), "Amount");
    for (const [column, field] of [
      ["Deal", "Name"],
      ["Firma", "Company"],
      ["Phase", "Stage"],
    ] as const) {
      await becomes(column).click();
      await page.getByRole("option", { name: field, exact: true }).click();
      assert.equal(await becomes(column).inputValue(), field);
    }
    await picture(page, "light-import-deals-columns");
    await assertAccessible(page, "the columns of a file of deals");

    await page.getByRole("button", { name: "Preview" }).click();
    await page.getByRole("heading", { name: "Preview" }).waitFor();
    await page.getByText("1 row: The row has no name for the deal.").waitFor();
    assert.equal((await team.api.opportunities.search({})).pagination.total_entries, 2);

    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByText("Import finished.").waitFor();
    await page.getByRole("button", { name: "Created: 2" }).waitFor();
    const rows = page.getByRole("table", { name: "Rows" });
    await rows.getByText("is not an amount such as 48500.50").waitFor();
    await picture(page, "light-imported-deals");
    await assertAccessible(page, "what an import of deals came to");

    await page.getByRole("button", { name: "Skipped: 2" }).click();
    await rows.getByText("Heat pumps").waitFor({ state: "detached" });
    await picture(page, "light-imported-deals-skipped");
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download result" }).click();
    const lines = readFileSync(await (await saved).path(), "utf8")
      .trimEnd()
      .split("\r\n");
    assert.deepEqual(
      lines.map((line) => line.split(",").slice(0, 3).join(",")),
      ["Row,Verdict,Code", "3,skipped,deal_unnamed", "5,skipped,deals_alike"],
    );
    assert.match(lines[2] ?? "", /Several deals have this name and company/);

    await page.getByRole("button", { name: "Skipped: 2" }).click();
    await rows.getByRole("link", { name: "Heat pumps" }).click();
    await page.getByRole("heading", { level: 1, name: "Heat pumps" }).waitFor();
    await picture(page, "light-imported-deal");
    const { opportunities } = await team.api.opportunities.search({ q_opportunity_name: "Heat pumps" });
    assert.deepEqual(
      opportunities.map(({ amount, stage_name, next_step }) => [amount, stage_name, next_step]),
      [[48500.5, "Proposal", "Call"]],
    );
    await leave();
  });

  test("a file of deals fits a phone, in the dark, from its columns to its rows", async () => {
    const { page, leave } = await browser.visit(world.url, {
      colorScheme: "dark",
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await signIn(page, team.owner);
    await page.goto("/imports?kind=opportunities");
    const buffer = Buffer.from("Deal name,Value\r\nOn a phone,1\r\n,2\r\n");
    await page.locator("input[type=file]").setInputFiles({ ...FILE, buffer });
    await page.getByRole("button", { name: "Preview" }).waitFor();
    await assertFitsSideways(page, "the columns of a file of deals on a phone");
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByRole("button", { name: "Created: 1" }).waitFor();
    await picture(page, "phone-imported-deals");
    const [button, words] = await Promise.all(
      [page.getByRole("link", { name: "Import another file" }), page.getByText("Import another file")].map(
        async (place) => {
          const box = await place.boundingBox();
          return box ? box.y + box.height / 2 : null;
        },
      ),
    );
    assert.ok(Math.abs((button ?? 0) - (words ?? 0)) < 3, "the words are in the middle of the button");
    await assertFitsSideways(page, "the rows of a file of deals on a phone");
    await leave();
  });
});
