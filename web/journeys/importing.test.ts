// A seller brings a file in: looked at, mapped, tried out, done, read row by row, and taken back.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, picture, signIn, useBrowser } from "./browser.ts";

const PEOPLE = [
  "Vorname;Nachname;Kontakt;Stand;Firma",
  "Ines;Berg;ines@norrland.example;A4;Norrland Kraft",
  "Jürgen;Dahl;juergen@fjordkraft.example;B1;Fjordkraft",
  "Ada;Lund;keine Adresse;B2;",
].join("\r\n");

const csv = (text: string) => ({
  name: "fair.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(text, "latin1"),
});

describe("importing", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;

  before(async () => {
    team = await world.newTeam("Norrland Kraft");
  });

  test("a file of contacts is mapped, tried out, brought in, explained and taken back", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/contacts");
    await page.locator("header").getByRole("link", { name: "Import" }).click();
    await page.getByRole("heading", { level: 1, name: "Import contacts" }).waitFor();
    await picture(page, "light-import");
    await assertAccessible(page, "where a file is dropped");
    await page.getByRole("button", { name: "Download a sample file" }).waitFor();
    await page.locator("input[type=file]").setInputFiles(csv(PEOPLE));

    await page.getByText("fair.csv: 3 rows, Windows-1252, separated by semicolons.").waitFor();
    const becomes = (column: string) => page.getByRole("combobox", { name: `Field for ${column}` });
    assert.equal(await becomes("Vorname").inputValue(), "First name");
    assert.equal(await becomes("Stand").inputValue(), "Skip column");
    await becomes("Stand").click();
    await page.getByRole("option", { name: "Create field: text" }).click();
    await becomes("Kontakt").click();
    await page.getByRole("option", { name: "Email", exact: true }).click();
    await page.getByRole("combobox", { name: "Add to lists" }).fill("Fair 2026");
    await page.keyboard.press("Enter");
    await picture(page, "light-import-columns");
    await assertAccessible(page, "the columns of a file");

    await page.getByRole("button", { name: "Preview" }).click();
    await page.getByRole("heading", { name: "Preview" }).waitFor();
    await page.getByText("1 row: The email address is invalid.").waitFor();
    const whom = page.getByRole("table", { name: "Rows" });
    await whom.getByText("Jürgen Dahl").waitFor(); // not a contact yet
    assert.equal(await whom.getByText("–", { exact: true }).count(), 0);
    await picture(page, "light-import-tried");
    await assertAccessible(page, "a file that was tried out");
    assert.equal((await team.api.contacts.search({})).pagination.total_entries, 0);

    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByText("Import finished.").waitFor();
    await page.getByRole("button", { name: "Created: 2" }).waitFor();
    await page.getByRole("link", { name: "Jürgen Dahl" }).waitFor();
    await picture(page, "light-imported");
    await assertAccessible(page, "what an import came to");
    await page.getByRole("button", { name: "Skipped: 1" }).click();
    await page.getByRole("link", { name: "Jürgen Dahl" }).waitFor({ state: "detached" });
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download result" }).click();
    assert.equal((await saved).suggestedFilename(), "import.csv");

    await page.getByRole("button", { name: "Undo import" }).click();
    await page.getByText("Import undone. Rows that were kept show the reason.").waitFor();
    assert.equal((await team.api.contacts.search({})).pagination.total_entries, 0);
    await leave();
  });

  test("new fields of one name are said to become one", async () => {
    const { page, leave } = await browser.visit(world.url, { colorScheme: "dark" });
    await signIn(page, team.owner);
    await page.goto("/imports?kind=contacts");
    await page.locator("input[type=file]").setInputFiles(csv("Email;Booth;booth\nines@x.example;A4;\n"));
    for (const column of ["Booth", "booth"]) {
      await page.getByRole("combobox", { name: `Field for ${column}`, exact: true }).click();
      await page.getByRole("option", { name: "Create field: text" }).click();
    }
    await page.getByText("Uses the same field as the column Booth.").waitFor();
    await picture(page, "dark-import-one-field");
    await assertAccessible(page, "columns that share a field");
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByText("Import finished.").waitFor();
    await leave();
  });

  test("a file that adds no contact says why, and companies come in the same way", async () => {
    const { page, leave } = await browser.visit(world.url, { colorScheme: "dark" });
    await signIn(page, team.owner);
    await page.goto("/imports?kind=contacts");
    await page.locator("input[type=file]").setInputFiles(csv("Email,Name\nnobody,Ines\nnowhere,Ole\n"));
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByText("No new contacts from 2 rows. Main reason: The email address is invalid.").waitFor();
    await picture(page, "dark-imported-nobody");
    await assertAccessible(page, "an import that added nobody");

    await page.goto("/companies");
    await page.locator("header").getByRole("link", { name: "Import" }).click();
    await page.locator("input[type=file]").setInputFiles(csv("Name,Domain\nSundkraft,sundkraft.example\n"));
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByRole("button", { name: "Created: 1" }).waitFor();
    await page.getByRole("link", { name: "Sundkraft", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Sundkraft" }).waitFor();
    await leave();
  });

  test("prospects come in as JSON lines, from their own page", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/prospects");
    await page.locator("header").getByRole("link", { name: "Import" }).click();
    await page.getByRole("heading", { level: 1, name: "Import prospects" }).waitFor();
    await assertAccessible(page, "where a file of prospects is dropped");
    const lines = '{"name":"Ines Berg","title":"CFO","organization":{"name":"Norrland"}}\n[1]\n';
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "people.jsonl", mimeType: "application/json", buffer: Buffer.from(lines) });
    await page.getByText("people.jsonl: 2 rows, UTF-8, one JSON object per line.").waitFor();
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByRole("button", { name: "Created: 1" }).waitFor();
    await page.getByText("1 row: The line is JSON, but not an object.").waitFor();
    await page.getByRole("link", { name: "Ines Berg" }).click();
    await page.getByText("CFO").first().waitFor();
    assert.match(page.url(), /\/prospects\?peek=/);
    await leave();
  });

  test("a file that cannot be read is refused in words, also on a phone", async () => {
    const { page, leave, expectRefusals } = await browser.visit(world.url, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    expectRefusals(422);
    await signIn(page, team.owner);
    await page.goto("/imports?kind=contacts");
    await page.locator("input[type=file]").setInputFiles(csv('Email,Name\na@b.example,"never closed\n'));
    await page.getByText("has a quotation mark that is never closed").waitFor();
    await page.locator("input[type=file]").setInputFiles(csv("Email,Name\na@b.example,Ines\n"));
    await page.getByRole("button", { name: "Preview" }).waitFor();
    await assertFitsSideways(page, "the columns of a file on a phone");
    await leave();
  });
});
