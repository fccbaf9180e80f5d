// Files that are no good are brought to the page where they are dropped: each time it says in words what is wrong, or takes
// what can be taken and says what could not.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signInByHand, useBrowser } from "./browser.ts";

const file = (buffer: Buffer | string, name = "people.csv") => ({
  name,
  mimeType: "text/csv",
  buffer: Buffer.from(buffer as string),
});

const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const TEN_THOUSAND = Array.from({ length: 10_000 }, (_, n) => `Column ${n}`).join(",");
const BROKEN_WIDE = Buffer.concat([
  Buffer.from("\ufeffEmail,Name\r\nines@wide.example,Ines\r\nole@wide.example,Ole", "utf16le"),
  Buffer.from([0x00]),
]);

/** What cannot be brought in at all, and the words for it. */
const REFUSED: [string, ReturnType<typeof file>, string | RegExp][] = [
  ["an empty file", file(""), "The file is empty."],
  ["only spaces and lines", file(" \r\n\r\n  \n"), /The file is empty\.|The file has a header but no rows\./],
  ["a header only", file("Email,Name\r\n"), "The file has a header but no rows."],
  [
    "ten thousand columns",
    file(`${TEN_THOUSAND}\na,b\n`),
    /The file has 10,?000 columns\. An import can have at most/,
  ],
  ["a picture named .csv", file(PICTURE), /The file is not a text file: /],
];

describe("files that are no good", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;
  before(async () => {
    team = await world.newTeam("Norrland Kraft");
  });

  const contacts = async () => (await team.api.contacts.search({})).pagination.total_entries;

  async function drop(page: Page, what: ReturnType<typeof file>) {
    await page.goto("/imports?kind=contacts");
    await page.locator("input[type=file]").setInputFiles(what);
  }

  test("each is refused in words, and nothing of it is kept", async () => {
    const { page, leave, expectRefusals } = await browser.visit(world.url);
    expectRefusals(422);
    await signInByHand(page, team.owner);
    for (const [what, dropped, words] of REFUSED) {
      await drop(page, dropped);
      const said = page.getByText(words).first();
      await said
        .waitFor()
        .catch(async () => assert.fail(`${what}: ${await page.locator("main").innerText()}`));
      await assertAccessible(page, what);
    }
    await picture(page, "light-import-refused");
    assert.equal(await contacts(), 0);
    await leave();
  });

  test("a row parted by another sign than the header is left out, and the same file twice changes nothing", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    const mixed = file("Email;Name\nines@kraft.example;Ines\nole@kraft.example,Ole\nada@kraft.example;Ada\n");
    await drop(page, mixed);
    await page.getByText("people.csv: 3 rows, UTF-8, separated by semicolons.").waitFor();
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByRole("button", { name: "Created: 2" }).waitFor();
    await page.getByText("1 row: The row uses another separator than the header.").waitFor();
    await drop(page, mixed);
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByText("No new contacts from 3 rows. Main reason: The record already exists").waitFor();
    await page.getByRole("button", { name: "Unchanged: 2" }).waitFor();
    await assertAccessible(page, "the same file twice");
    assert.equal(await contacts(), 2);
    await leave();
  });

  test("UTF-16 that breaks off keeps half a letter out, and says which row", async () => {
    const before = await contacts();
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    await drop(page, file(BROKEN_WIDE));
    await page.getByText("people.csv: 2 rows, UTF-16, separated by commas.").waitFor();
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByText("1 row: A cell contains characters that are not text.").waitFor();
    await page.getByRole("button", { name: "Created: 1" }).waitFor();
    assert.equal(await contacts(), before + 1);
    await leave();
  });

  test("cells that are formulas stay words: on the page, and in the file that is written again", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    const formula = `=HYPERLINK("https://evil.example","x")`;
    const cell = `"${formula.replaceAll('"', '""')}"`;
    await drop(page, file(`Email,First name,Title\nformula@fjord.example,${cell},+1+1\n`));
    await page.getByText(formula).waitFor();
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByRole("link", { name: formula }).waitFor();
    assert.equal(await page.locator('main a[href*="evil.example"]').count(), 0);
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download result" }).click();
    const written = await readFile(await (await saved).path(), "utf8");
    assert.ok(written.includes("HYPERLINK"), written);
    assert.doesNotMatch(written, /(^|[,\n])"?[=+@-]/, "a spreadsheet would run it");
    await leave();
  });
});
