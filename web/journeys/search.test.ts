// Search from anywhere: records of every kind by name, also with typing errors, and what can be done with one by keyboard.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { newContact, newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, picture, signInByHand, useBrowser } from "./browser.ts";

describe("search", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;
  let ines: string;
  let sequence: string;
  before(async () => {
    team = await world.newTeam();
    await newMailbox(team);
    const { account } = await team.api.accounts.create({
      name: "Borealis Kraft",
      domain: "borealis.example",
    });
    ines = await newContact(team, {
      first_name: "Ines",
      last_name: "Okafor",
      title: "Plant Manager",
      email: "ines@borealis.example",
      account_id: account.id,
      organization_name: "Borealis Kraft",
    });
    for (const last_name of ["Dahl", "Berg", "Lund"])
      await newContact(team, { first_name: "Ole", last_name, organization_name: "Borealis Kraft" });
    sequence = (await newSequence(team, { name: "Borealis winback" })).id;
    await team.api.opportunities.create({ name: "Borealis, 12 plants", account_id: account.id });
    await team.api.labels.create({ name: "Borealis people", modality: "contacts" });
  });

  const isActive = async () => (await team.api.sequences.show({ id: sequence })).emailer_campaign.active;
  const field = (page: Page) => page.getByRole("combobox", { name: /^Search records|^Actions for/ });
  const option = (page: Page, name: string | RegExp) => page.getByRole("option", { name });
  const open = async (page: Page) => {
    await page.keyboard.press("ControlOrMeta+k");
    await field(page).waitFor();
  };

  test("it finds records of every kind, opens one by keyboard, and lists it as opened last", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    await open(page);
    await option(page, "Use dark theme").waitFor({ state: "attached" });
    await assertAccessible(page, "the search with more than fits");
    await field(page).fill("borealis");
    for (const kind of ["Contacts", "Companies", "Sequences", "Deals", "Lists"])
      await page.getByRole("group", { name: kind }).waitFor();
    await assertAccessible(page, "the search with results");
    await picture(page, "light-search");

    await field(page).fill("okafro");
    await option(page, /Ines Okafor.*similar/).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/contacts/${ines}`);
    await page.getByRole("heading", { level: 1, name: "Ines Okafor" }).waitFor();

    await open(page);
    await page
      .getByRole("group", { name: "Opened last" })
      .getByRole("option", { name: /Ines Okafor/ })
      .waitFor();
    await field(page).fill("winback");
    await option(page, /Borealis winback/).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/sequences/${sequence}`);
    await open(page);
    const opened = page.getByRole("group", { name: "Opened last" }).getByRole("option");
    await opened.filter({ hasText: "Borealis winback" }).waitFor();
    assert.match((await opened.allTextContents())[0] ?? "", /Borealis winback/);
    await page.keyboard.press("Escape");
    await field(page).waitFor({ state: "detached" });
    await leave();
  });

  test("pages and actions stand above records only where their words begin so", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    await open(page);
    await field(page).fill("contacts");
    const names = async () =>
      await page.getByRole("group").locator(":scope > :first-child").allTextContents();
    await page.getByRole("group", { name: "Pages and actions", exact: true }).waitFor();
    assert.equal((await names())[0], "Pages and actions");
    await field(page).fill("ole");
    await option(page, /Ole Dahl/)
      .first()
      .waitFor();
    assert.equal((await names())[0], "Contacts");
    await field(page).fill("zzqqxx");
    await page.getByText("No results for “zzqqxx”.").waitFor();
    await leave();
  });

  test("what can be done with a record is one key away", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    await open(page);
    await field(page).fill("ines okafor");
    await option(page, /Ines Okafor/).waitFor();
    await page.keyboard.press("ArrowRight");
    await option(page, "Add to sequence").waitFor();
    await assertAccessible(page, "the actions of a record that was found");
    await picture(page, "light-search-actions");
    await field(page).fill("task");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "New task" });
    await dialog.waitFor();
    await dialog.getByLabel("Title").fill("Ask for the drawings");
    await dialog.getByRole("button", { name: "Create task" }).click();
    await page.getByText("Task “Ask for the drawings” created.").waitFor();
    assert.equal((await team.api.tasks.search({ contact_id: ines })).tasks[0]?.title, "Ask for the drawings");

    await open(page);
    await field(page).fill("ines");
    await option(page, /Ines Okafor/)
      .first()
      .waitFor();
    await page.keyboard.press("Tab");
    await field(page).fill("email");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Email to Ines Okafor" }).waitFor();
    await page.keyboard.press("Escape");

    await page.getByRole("dialog").waitFor({ state: "detached" });
    await open(page);
    await field(page).fill("winback");
    await option(page, /Borealis winback/).waitFor();
    await page.keyboard.press("ArrowRight");
    await option(page, "Add contacts").waitFor();
    await field(page).fill("deactivate");
    await page.keyboard.press("Enter");
    const off = page.getByRole("dialog", { name: "Deactivate “Borealis winback”?" });
    await off.getByText("0 active contacts will wait.").waitFor();
    await assertAccessible(page, "a sequence is deactivated from the search");
    await off.getByRole("button", { name: "Deactivate" }).click();
    await page.getByText("“Borealis winback” deactivated.").waitFor();
    assert.equal(await isActive(), false);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone.").waitFor();
    assert.equal(await isActive(), true);
    await open(page);
    await field(page).fill("winback");
    await option(page, /Borealis winback/).waitFor();
    await page.keyboard.press("ArrowRight");
    await option(page, "Activate or deactivate").waitFor();
    await page.keyboard.press("Escape");
    await option(page, /Go to|Home/)
      .first()
      .waitFor();
    await page.keyboard.press("Escape");
    await field(page).waitFor({ state: "detached" });
    await leave();
  });

  test("an action is found by its name, then the record it is done with; users and deals have actions too", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    await open(page);
    await field(page).fill("pause");
    await option(page, "Pause in all sequences …").waitFor();
    await page.keyboard.press("Enter");
    const asked = page.getByRole("combobox", { name: "Pause in all sequences: search for a record" });
    await asked.fill("inse okaffor");
    const chosen = page.getByRole("button", { name: "Remove Pause in all sequences" });
    assert.equal(await chosen.innerText(), "Pause in all sequences");
    await chosen.click();
    await field(page).fill("pause");
    await option(page, "Pause in all sequences …").waitFor();
    await page.keyboard.press("Enter");
    await asked.fill("inse okaffor");
    await option(page, /Ines Okafor/).waitFor();
    assert.equal(await page.getByRole("option").filter({ hasText: "winback" }).count(), 0);
    await assertAccessible(page, "the record of an action is searched for");
    await picture(page, "light-search-act");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: /Pause in all sequences/ }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });

    await open(page);
    await field(page).fill("imports");
    await page.getByRole("option").first().filter({ hasText: "Import contacts or companies" }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/imports");

    await open(page);
    await field(page).fill("12 plants");
    await option(page, /Borealis, 12 plants/).waitFor();
    await page.keyboard.press("ArrowRight");
    await option(page, "New task").waitFor();
    await page.keyboard.press("Escape");
    await field(page).fill("ole dahl");
    await page
      .getByRole("group", { name: "People in your team" })
      .getByRole("option")
      .first()
      .click({ trial: true });
    await leave();
  });

  test("in the dark on a phone it fills the page, and its actions are a tap away", async () => {
    const { page, leave } = await browser.visit(world.url, {
      colorScheme: "dark",
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    });
    await signInByHand(page, team.owner);
    await page.getByRole("button", { name: "Search" }).click();
    await field(page).fill("ines okafor");
    await option(page, /Ines Okafor/).waitFor();
    await assertFitsSideways(page, "the search on a phone");
    await assertAccessible(page, "the search on a phone in the dark");
    await picture(page, "dark-phone-search");
    await page.getByRole("button", { name: "Actions for Ines Okafor" }).click();
    await option(page, "Log a call").click();
    await page.getByRole("dialog", { name: /call/i }).waitFor();
    await leave();
  });
});
