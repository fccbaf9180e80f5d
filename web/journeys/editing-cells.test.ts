// Values are changed in the tables of contacts, companies and deals, by mouse and by keys: saved, refused, undone, and asked about
// where a teammate was faster.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { until } from "../../server/testing/sending.ts";
import { type Team, tokenIn, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, signInByHand, useBrowser, watchJumps } from "./browser.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describe("editing cells", () => {
  let team: Team;
  let beds: string;
  let region: string;
  const member = { email: "ole@norrland.example", password: "a long sentence is a good password" };
  const world = useWorld({}, async (opened) => {
    team = await opened.newTeam("Norrland Kraft");
    const { api } = team;
    const { invitation_url } = await api.users.invite({ email: member.email });
    const token = tokenIn(invitation_url);
    await opened.client().invitations.accept({ token, name: "Ole Berg", password: member.password });
    const number = await api.customFields.create({ label: "Beds", modality: "contact", type: "number" });
    beds = number.typed_custom_fields[0]?.id ?? "";
    const choices = await api.customFields.create({
      label: "Regions",
      modality: "account",
      type: "multipicklist",
      meta: { picklist_values: ["North", "South", "West"].map((name) => ({ name })) },
    });
    region = choices.typed_custom_fields[0]?.id ?? "";
    await api.accounts.create({ name: "Borealis AS", domain: "borealis.example" });
    await api.accounts.create({ name: "Havstål", domain: "havstal.example" });
    for (const [first_name, title] of [
      ["Ada", "Buyer"],
      ["Bo", "Plant manager"],
      ["Cleo", "Energy lead"],
      ["Dag", "Head of maintenance"],
    ] as const)
      await api.contacts.create({
        first_name,
        last_name: "Lund",
        title,
        organization_name: "Borealis AS",
        email: `${first_name.toLowerCase()}@borealis.example`,
      });
    for (const [name, amount] of [
      ["Boiler retrofit", "48000"],
      ["Heat pumps", "9000"],
    ] as const)
      await api.opportunities.create({ name, amount, currency_code: "EUR", closed_date: "2030-05-02" });
  });
  const browser = useBrowser();

  const contact = async (name: string) => {
    const [found] = (await team.api.contacts.search({ q_name: name })).contacts;
    assert.ok(found);
    return found;
  };
  const deal = async (name: string) => {
    const [found] = (await team.api.opportunities.search({ q_keywords: name })).opportunities;
    assert.ok(found);
    return found;
  };

  test("by mouse: a double click opens the field, leaving saves it, and the row stays where it is", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    const jumps = await watchJumps(page);
    await page.goto("/contacts?sort=contact_name");
    const cell = cellOf(page, "Ada Lund", "title");
    await cell.click();
    assert.ok(await hasFocus(cell), "one click chooses the cell and opens no record");
    await picture(page, "light-cell-chosen");
    await cell.dblclick();
    await page.getByRole("textbox", { name: "Title" }).fill("Head of purchasing");
    await picture(page, "light-cell-text");
    await cellOf(page, "Cleo Lund", "company").click();
    await page.getByText("Title saved.").waitFor();
    assert.equal((await contact("Ada")).title, "Head of purchasing");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone.").waitFor();
    await cell.filter({ hasText: "Buyer" }).waitFor();
    assert.equal((await contact("Ada")).title, "Buyer");
    assert.deepEqual(await jumps(), []);

    // Both names, by the pencil; sorted by name, and still in its place.
    await page.getByRole("row", { name: /Ada Lund/ }).hover();
    await picture(page, "light-cell-pencil");
    await page.getByRole("button", { name: "Edit Ada Lund" }).click();
    await page.getByRole("textbox", { name: "First name" }).fill("Zoe");
    await page.keyboard.press("Tab");
    await picture(page, "light-cell-names");
    await assertAccessible(page, "a cell being changed");
    await page.getByRole("textbox", { name: "Last name" }).fill("Lunde");
    await page.keyboard.press("Enter");
    const toast = page.getByText("Name saved. The row no longer fits the filters or the order.");
    await toast.waitFor();
    const names = await page.getByRole("table").getByRole("link").allInnerTexts();
    assert.match(names[0] ?? "", /Zoe Lunde/);
    assert.ok(await page.evaluate(() => document.activeElement?.textContent?.includes("Zoe Lunde")));
    await toast.getByRole("button", { name: "Undo" }).click();
    await until(async () => (await team.api.contacts.search({ q_name: "Ada Lund" })).contacts.length === 1);

    await cellOf(page, "Bo Lund", "stage").dblclick();
    const stages = page.getByRole("listbox");
    await stages.waitFor();
    await picture(page, "light-cell-choice");
    await stages.getByRole("option").nth(1).click();
    await page.getByText("Stage saved.").waitFor();
    await leave();
  });

  test("by keys: arrows go to cells, Enter and F2 open, Tab saves and goes on, Escape gives back", async () => {
    const { page, leave } = await browser.visit(world.url);
    await team.api.tableLayouts.save({
      table: "contacts",
      columns: ["title", "email", "mail", "phone", `field:${beds}`],
      pinned: [],
      widths: { title: 90 },
    });
    await signIn(page, team.owner);
    await page.goto("/contacts?sort=contact_name");
    await cellOf(page, "Ada Lund", "title").waitFor();
    await page.keyboard.press("j");
    await page.waitForFunction(() => document.activeElement?.hasAttribute("data-walk"));
    for (const key of ["ArrowRight", "ArrowDown", "ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
    await until(() => hasFocus(cellOf(page, "Bo Lund", "mail")));
    await page.keyboard.press("Enter");
    await page.getByText("This value is not entered by hand.").waitFor();
    await picture(page, "light-cell-fixed");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("F2");
    await page.getByRole("textbox", { name: "Title" }).fill("Given back");
    await picture(page, "light-cell-narrow");
    await page.keyboard.press("Escape");
    await until(() => hasFocus(cellOf(page, "Bo Lund", "title")));
    assert.match(await cellOf(page, "Bo Lund", "title").innerText(), /Plant manager/);
    await page.keyboard.press("Enter");
    await page.keyboard.type("Site manager");
    await page.keyboard.press("Tab");
    await page.getByRole("textbox", { name: "Email" }).waitFor();
    await page.keyboard.press("Tab");
    await page.getByRole("textbox", { name: "Phone" }).fill("+46 70 174 06 05");
    await page.keyboard.press("Tab");
    await page.getByRole("textbox", { name: "Beds" }).fill("many");
    await page.keyboard.press("Enter");
    // The server's sentence at the cell, with what was typed.
    await page.getByRole("alert").filter({ hasText: /Beds/ }).waitFor();
    assert.equal(await page.getByRole("textbox", { name: "Beds" }).inputValue(), "many");
    await picture(page, "light-cell-refused");
    await assertAccessible(page, "a refused value");
    await page.emulateMedia({ colorScheme: "dark" });
    await picture(page, "dark-cell-refused");
    await page.emulateMedia({ colorScheme: "light" });
    await page.getByRole("textbox", { name: "Beds" }).fill("40");
    await page.keyboard.press("Enter");
    await page.getByText("Beds saved.").waitFor();
    await until(() => hasFocus(cellOf(page, "Bo Lund", `field:${beds}`)));
    const bo = await contact("Bo");
    assert.deepEqual([bo.title, bo.typed_custom_fields[beds]], ["Site manager", 40]);
    assert.equal(bo.phone_numbers[0]?.raw_number, "+46 70 174 06 05");
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.activeElement?.hasAttribute("data-walk"));
    await page.keyboard.press("?");
    await page.getByText("Change the value of the cell").waitFor();
    await leave();
    await team.api.tableLayouts.reset({ table: "contacts" });
  });

  test("a slow server: values typed one after the other into one cell and its neighbour are saved, and nothing is asked", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/contacts?sort=contact_name");
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route("**/api/v1/contacts/*", async (route) => {
      if (route.request().method() === "PATCH") await released;
      await route.continue();
    });
    const type = async (title: string) => {
      await cellOf(page, "Cleo Lund", "title").dblclick();
      await page.getByRole("textbox", { name: "Title" }).fill(title);
    };
    await type("Energy buyer");
    await page.keyboard.press("Enter");
    await type("Head of energy");
    await page.keyboard.press("Enter");
    await cellOf(page, "Cleo Lund", "email").dblclick();
    await page.getByRole("textbox", { name: "Email" }).fill("cleo.lund@borealis.example");
    await page.keyboard.press("Enter");
    await cellOf(page, "Cleo Lund", "title").filter({ hasText: "Head of energy" }).waitFor();
    release();
    await page.getByText("Email saved.").waitFor();
    const cleo = await contact("Cleo");
    assert.deepEqual([cleo.title, cleo.email], ["Head of energy", "cleo.lund@borealis.example"]);
    assert.equal(await page.getByRole("dialog").count(), 0);
    await leave();
  });

  test("what is typed into cells outlives a reload and an ended session, and is asked about where it was overtaken", async () => {
    const { page, leave, expectRefusals } = await browser.visit(world.url);
    expectRefusals(401, 422); // while nobody is signed in
    await signIn(page, team.owner);
    await page.goto("/contacts?sort=contact_name");
    const title = cellOf(page, "Dag Lund", "title");
    await title.dblclick();
    const field = page.getByRole("textbox", { name: "Title" });
    await field.fill("Head of boilers");
    await page.reload();
    await until(async () => (await field.inputValue()) === "Head of boilers");
    assert.ok(
      await field.evaluate((element) => element === document.activeElement),
      "the cell is open again",
    );
    await picture(page, "light-cell-after-reload");

    // Left while the session has ended: it is not saved, and comes back after signing in.
    await page.context().clearCookies();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    await signInByHand(page, team.owner);
    await page.goto("/contacts?sort=contact_name");
    await title.filter({ hasText: "Head of boilers" }).waitFor();
    assert.equal((await contact("Dag")).title, "Head of maintenance");
    const warning = title.getByRole("img", { name: "Not saved yet" });
    await warning.waitFor();
    await picture(page, "light-cell-not-saved");
    await assertAccessible(page, "a value that is not saved yet");
    await page.emulateMedia({ colorScheme: "dark" });
    await picture(page, "dark-cell-not-saved");
    await page.emulateMedia({ colorScheme: "light" });

    const { id } = await contact("Dag");
    await team.api.contacts.update({ id, title: "Retired" });
    await title.dblclick();
    assert.equal(await field.inputValue(), "Head of boilers");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Title was changed meanwhile" });
    await dialog.getByText("Retired").waitFor();
    await dialog.getByText("Head of boilers").waitFor();
    await dialog.getByRole("button", { name: "Save your value" }).click();
    await page.getByText("Title saved.").waitFor();
    assert.equal((await contact("Dag")).title, "Head of boilers");
    await page.reload();
    await title.filter({ hasText: "Head of boilers" }).waitFor();
    assert.equal(await warning.count(), 0);

    // Given back with Escape: nothing is left of it.
    await title.dblclick();
    await field.fill("Nothing");
    await page.keyboard.press("Escape");
    await page.reload();
    await title.filter({ hasText: "Head of boilers" }).waitFor();
    assert.deepEqual(
      await page.evaluate(() => Object.keys(sessionStorage).filter((place) => place.includes("cell-"))),
      [],
    );
    await leave();
  });

  test("companies: a value that a teammate has changed meanwhile is shown beside one's own", async () => {
    const { page, leave } = await browser.visit(world.url);
    await team.api.tableLayouts.save({
      table: "companies",
      columns: ["industry", "people", `field:${region}`],
      pinned: [],
      widths: {},
    });
    await signIn(page, team.owner);
    await page.goto("/companies");
    const cell = cellOf(page, "Borealis AS", "industry");
    await cell.waitFor();
    const [company] = (await team.api.accounts.search({ q_keywords: "borealis" })).accounts;
    assert.ok(company);
    const industry = async () => (await team.api.accounts.get({ id: company.id })).account.industry;
    await team.api.accounts.update({ id: company.id, industry: "paper" });
    await cell.dblclick();
    await page.getByRole("textbox", { name: "Industry" }).fill("energy");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Industry was changed meanwhile" });
    await dialog.getByText("paper").waitFor();
    await dialog.getByText("energy").waitFor();
    await picture(page, "light-cell-conflict");
    await assertAccessible(page, "both values of a cell");
    await page.emulateMedia({ colorScheme: "dark" });
    await picture(page, "dark-cell-conflict");
    await page.emulateMedia({ colorScheme: "light" });
    await page.keyboard.press("Enter"); // the first button has the focus, and loses nothing
    await cell.filter({ hasText: "Paper" }).waitFor();
    assert.equal(await industry(), "paper");
    await team.api.accounts.update({ id: company.id, industry: "steel" });
    await cell.dblclick();
    await page.getByRole("textbox", { name: "Industry" }).fill("energy");
    await page.keyboard.press("Enter");
    await dialog.getByRole("button", { name: "Save your value" }).click();
    await page.getByText("Industry saved.").waitFor();
    assert.equal(await industry(), "energy");

    await cellOf(page, "Borealis AS", "people").dblclick();
    await page.getByRole("textbox", { name: "Employees" }).fill("about forty");
    await page.keyboard.press("Enter");
    await page.getByText("Enter a whole number, such as 250.").waitFor();
    await page.keyboard.press("Escape");
    await cellOf(page, "Borealis AS", `field:${region}`).dblclick();
    await page.getByRole("option", { name: "North" }).click();
    await page.getByRole("option", { name: "West" }).click();
    await picture(page, "light-cell-choices");
    await page.keyboard.press("Tab");
    await page.getByText("Regions saved.").waitFor();
    await cellOf(page, "Borealis AS", `field:${region}`).filter({ hasText: "North, West" }).waitFor();
    await leave();
    await team.api.tableLayouts.reset({ table: "companies" });
  });

  test("deals: amount, day and stage; a member changes a colleague's deal as on its page; a phone opens the record", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, member);
    await page.goto("/deals?tab=list");
    const amount = cellOf(page, "Boiler retrofit", "amount");
    await amount.dblclick();
    await page.getByRole("textbox", { name: "Amount" }).fill("about fifty");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").filter({ hasText: "Amount is not a number." }).waitFor();
    assert.equal((await deal("Boiler")).amount, 48_000);
    await page.getByRole("textbox", { name: "Amount" }).fill("52000");
    await picture(page, "light-cell-amount");
    await page.keyboard.press("Enter");
    await page.getByText("Amount saved.").waitFor();
    await amount.filter({ hasText: "€52,000" }).waitFor();

    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.getByRole("combobox", { name: "Planned close date" }).fill("6 Jun 2030");
    await picture(page, "light-cell-date");
    await page.keyboard.press("Enter");
    await page.getByText("Planned close date saved.").waitFor();
    assert.match((await deal("Boiler")).closed_date ?? "", /^2030-06-06/);

    const stage = cellOf(page, "Heat pumps", "stage");
    await stage.dblclick();
    await page.getByRole("option", { name: /lost/i }).click();
    await page.getByRole("dialog", { name: "Mark Heat pumps as lost" }).waitFor();
    await page.getByRole("textbox", { name: "Reason" }).fill("Too early");
    await page.getByRole("button", { name: "Mark as lost" }).click();
    await page.getByText("Stage saved.").waitFor();
    assert.equal((await deal("Heat")).closed_lost_reason, "Too early");
    await page.getByText("Stage saved.").getByRole("button", { name: "Undo" }).click();
    await until(async () => (await deal("Heat")).is_closed === false);
    assert.equal((await deal("Heat")).closed_lost_reason, null);
    await page.emulateMedia({ colorScheme: "dark" });
    await cellOf(page, "Heat pumps", "next").dblclick();
    await picture(page, "dark-cell-text");
    await page.keyboard.press("Escape");
    await leave();

    const phone = await browser.visit(world.url, PHONE);
    await signInByHand(phone.page, member);
    await phone.page.goto("/deals?tab=list");
    const card = phone.page.getByRole("listitem").filter({ hasText: "Boiler retrofit" });
    await card.waitFor();
    assert.equal(await phone.page.locator("[data-cell]").count(), 0);
    await picture(phone.page, "phone-cells");
    await card.tap();
    await phone.page.getByRole("heading", { level: 1, name: "Boiler retrofit" }).waitFor();
    await phone.leave();
  });
});

function cellOf(page: Page, name: string, column: string) {
  return page
    .getByRole("row")
    .filter({ has: page.getByRole("link", { name }) })
    .locator(`[data-cell="${column}"]`);
}

function hasFocus(cell: ReturnType<typeof cellOf>) {
  return cell.evaluate((element) => element === document.activeElement);
}
