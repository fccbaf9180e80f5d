import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, picture, signIn, useBrowser } from "./browser.ts";

const MANY = 240;
const FIRST = ["Ines", "Mona", "Lars", "Ole", "Kari", "Nils"];
const LAST = ["Okafor", "Berg", "Dahl", "Lie", "Haugen"];
const TITLES = ["Plant manager", "Buyer", "Head of maintenance", "Energy lead"];
const COMPANIES = ["Borealis", "Nordlys Papir", "Fjordkraft", "Havstål"];

describe("contacts", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;
  let stages: { id: string; name: string }[];

  before(async () => {
    team = await world.newTeam("Norrland Kraft");
    stages = (await team.api.contactStages.list()).contact_stages;
    for (const name of COMPANIES)
      await team.api.accounts.create({ name, domain: `${name.toLowerCase().replace(/\W+/g, "")}.example` });
    for (let from = 0; from < MANY; from += 80)
      await team.api.contacts.bulkCreate({
        contacts: Array.from({ length: 80 }, (_, n) => invented(from + n)),
        append_label_names: from === 0 ? ["Trade fair"] : [],
      });
  });

  function invented(n: number) {
    const company = COMPANIES[n % COMPANIES.length] as string;
    return {
      first_name: FIRST[n % FIRST.length] as string,
      last_name: `${LAST[n % LAST.length]} ${String(n).padStart(3, "0")}`,
      email: `p${n}@${company.toLowerCase().replace(/\W+/g, "")}.example`,
      title: TITLES[n % TITLES.length] as string,
      organization_name: company,
      email_status: n % 3 === 0 ? ("verified" as const) : ("unverified" as const),
    };
  }

  async function openContacts(page: Page, query = "") {
    await signIn(page, team.owner);
    await page.goto(`/contacts${query}`);
    await page
      .getByRole("link", { name: /Berg|Okafor|Dahl|Lie|Haugen/ })
      .first()
      .waitFor();
  }

  test("a list is walked, looked into, chosen from and opened by keys, and kept in place", async () => {
    const { page, leave } = await browser.visit(world.url);
    await openContacts(page, "?sort=contact_name");
    const table = page.getByRole("table", { name: "Contacts" });
    assert.equal(await table.getAttribute("aria-rowcount"), String(MANY + 1));
    await page.keyboard.press("j");
    const first = table.getByRole("link").first();
    await page.waitForFunction(() => document.activeElement?.hasAttribute("data-walk"));
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), await first.textContent());
    for (let n = 0; n < 60; n++) await page.keyboard.press("j");
    await page.waitForFunction(
      () => document.activeElement?.closest("[data-index]")?.getAttribute("data-index") === "60",
    );
    await page.keyboard.press("x");
    await page.getByRole("region", { name: "Selected contacts" }).getByText("1 contact").waitFor();
    await page.keyboard.press("Space");
    const peek = page.locator("section[class*=panel]");
    await peek.getByText("History").waitFor();
    for (const verb of ["Add to sequence", "Send email", "New task"])
      await peek.getByRole("button", { name: verb }).waitFor();
    await picture(page, "light-contacts-peek");
    await assertAccessible(page, "contacts with a look beside them");
    await peek.getByRole("button", { name: "New task" }).click();
    await page.getByRole("dialog", { name: "New task" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "New task" }).waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await peek.waitFor({ state: "detached" });
    const bar = page.getByRole("region", { name: "Selected contacts" });
    await bar.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Delete …" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("menuitem", { name: "Delete …" }).waitFor({ state: "detached" });
    await bar.getByText("1 contact").waitFor();
    await page.locator("[data-walk][data-index='60'], [data-index='60'] [data-walk]").first().focus();
    const name = (await page.evaluate(() => document.activeElement?.textContent?.slice(2).trim())) ?? "";
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name }).waitFor();
    await page.getByRole("button", { name: "Next (J)" }).waitFor();
    await page.keyboard.press("j");
    await page.getByRole("heading", { level: 1, name }).waitFor({ state: "detached" });
    await page.locator("button[aria-label='Previous (K)']:not([disabled])").waitFor();
    await page.keyboard.press("k");
    await page.getByRole("heading", { level: 1, name }).waitFor();
    await page.getByRole("main").getByRole("link", { name: "Contacts" }).click();
    await page.getByRole("link", { name }).waitFor();
    await leave();
  });

  test("a list is narrowed by filters that compose, kept as a view and shared", async () => {
    const { page, leave } = await browser.visit(world.url);
    await openContacts(page);
    await page.keyboard.press("/");
    await page.keyboard.type("borealis");
    await page.getByText("60 contacts", { exact: true }).waitFor();
    await page.keyboard.press("Escape"); // empties
    await page.keyboard.press("Escape"); // leaves
    await page.getByText("240 contacts", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByRole("menuitem", { name: "Email status" }).click();
    await page.getByRole("checkbox", { name: "Verified", exact: true }).click();
    await picture(page, "light-contacts-filter");
    await page.getByText("80 contacts", { exact: true }).waitFor();
    await assertAccessible(page, "contacts with a filter open");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Add filter" }).click();
    await page.getByRole("menuitem", { name: "Title" }).click();
    await page.getByRole("dialog").getByLabel("Title").fill("buyer");
    await page.keyboard.press("Enter");
    await page.getByText("20 contacts", { exact: true }).waitFor();
    assert.match(decodeURIComponent(page.url()), /title.+buyer/);

    await page.getByRole("button", { name: "All contacts" }).click();
    await page.getByRole("menuitem", { name: "Save as new view" }).click();
    await page.getByLabel("Name").fill("Verified buyers");
    await page.getByLabel("Share with the team").check();
    await picture(page, "light-view-dialog");
    await page.getByRole("button", { name: "Save view" }).click();
    await page.getByRole("button", { name: "Verified buyers" }).waitFor();
    await page.getByRole("button", { name: "Remove filter Title" }).click();
    await page.getByText("80 contacts", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Verified buyers (changed)" }).click();
    await page.getByRole("menuitem", { name: "All contacts" }).click();
    await page.getByText("240 contacts", { exact: true }).waitFor();
    await page.getByRole("button", { name: "All contacts" }).click();
    await page.getByRole("menuitem", { name: "Verified buyers" }).click();
    await page.getByText("20 contacts", { exact: true }).waitFor();
    await leave();
  });

  test("columns are chosen and remembered, and a head sorts", async () => {
    const { page, leave } = await browser.visit(world.url);
    await openContacts(page);
    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByRole("checkbox", { name: "Score" }).click();
    await picture(page, "light-contacts-columns");
    await page.getByRole("checkbox", { name: "Sequences" }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("columnheader", { name: "Score" }).waitFor();
    await page.reload();
    await page.getByRole("columnheader", { name: "Score" }).waitFor();
    assert.equal(await page.getByRole("columnheader", { name: "Sequences" }).count(), 0);
    await page.getByRole("button", { name: "Name", exact: true }).click();
    await page.getByRole("link", { name: "Ines Berg 006" }).waitFor();
    assert.equal(
      await page.getByRole("columnheader", { name: "Name" }).getAttribute("aria-sort"),
      "ascending",
    );
    await leave();
  });

  test("all that match are moved to a stage at once, and back by Undo", async () => {
    const { page, leave } = await browser.visit(world.url);
    await openContacts(page, "?q=fjordkraft");
    await page.getByText("60 contacts", { exact: true }).waitFor();
    await page.getByRole("checkbox", { name: "Select all 60 that match" }).click();
    const bar = page.getByRole("region", { name: "Selected contacts" });
    await bar.getByText(/^(All )?60 contacts/).waitFor(); // more than are drawn
    await bar.getByRole("button", { name: "Stage" }).click();
    await picture(page, "light-contacts-bulk");
    await assertAccessible(page, "the bulk bar with a menu");
    const target = stages[2];
    await page.getByRole("option", { name: target?.name ?? "", exact: true }).click();
    await page.getByText(`60 contacts moved to stage ${target?.name}.`).waitFor();
    const inStage = async () =>
      (await team.api.contacts.search({ contact_stage_ids: [target?.id ?? ""] })).pagination.total_entries;
    assert.equal(await inStage(), 60);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone.").waitFor();
    assert.equal(await inStage(), 0);
    await leave();
  });

  test("the chosen are put on a list that is made for it, and deleting says who goes first", async () => {
    const { page, leave } = await browser.visit(world.url);
    await openContacts(page, "?sort=contact_name");
    await page.getByRole("checkbox", { name: "Select Ines Berg 006" }).click();
    await page.getByRole("checkbox", { name: "Select Ines Berg 036" }).click();
    const bar = page.getByRole("region", { name: "Selected contacts" });
    await bar.getByRole("button", { name: "Add to list" }).click();
    await page.getByLabel("Find, or type a new name").fill("Autumn");
    await page.getByRole("option", { name: "Create list “Autumn”" }).click();
    await page.getByText("2 contacts added to Autumn.").waitFor();

    await page.getByRole("checkbox", { name: "Select Ines Berg 036" }).click();
    await bar.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    const dialog = page.getByRole("dialog", { name: "Delete 1 contact?" });
    await dialog.getByText("Ines Berg 036").waitFor();
    await picture(page, "light-contacts-delete");
    await assertAccessible(page, "deleting contacts");
    await dialog.getByRole("button", { name: "Cancel" }).click();

    await page.goto("/lists");
    await page.getByRole("link", { name: "Autumn" }).click();
    await page.getByText("2 contacts", { exact: true }).waitFor();
    await page.getByRole("checkbox", { name: "Select Ines Berg 006" }).click();
    await page.getByRole("button", { name: "Remove from this list" }).click();
    await page.getByText("1 contact removed from Autumn.").waitFor();
    await page.getByText("1 contact", { exact: true }).waitFor();
    await leave();
  });

  test("two that are one are merged, with the outcome shown before", async () => {
    const twin = await team.api.contacts.create({
      first_name: "Ada",
      last_name: "Tvilling",
      email: "ada@one.example",
    });
    await team.api.contacts.create({ first_name: "Ada", last_name: "Tvilling", title: "Director" });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/contacts?q=tvilling");
    await page.getByText("2 contacts", { exact: true }).waitFor();
    await page.getByRole("checkbox", { name: "Select all 2 that match" }).click();
    const bar = page.getByRole("region", { name: "Selected contacts" });
    await bar.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Merge" }).click();
    const dialog = page.getByRole("dialog", { name: "Merge 2 contacts" });
    await dialog
      .getByRole("radio", { name: /ada@one\.example|Ada Tvilling/ })
      .first()
      .waitFor();
    await dialog.getByRole("row", { name: /Title.*Director/ }).waitFor();
    await picture(page, "light-contacts-merge");
    await assertAccessible(page, "merging contacts");
    await dialog.getByRole("button", { name: "Merge into Ada Tvilling" }).click();
    await page.getByText("2 contacts merged into Ada Tvilling.").waitFor();
    await page.getByText("1 contact", { exact: true }).waitFor();
    const { contacts } = await team.api.contacts.search({ q_name: "tvilling" });
    assert.deepEqual(
      contacts.map(({ email, title }) => [email, title]),
      [[twin.contact.email, "Director"]],
    );
    await leave();
  });

  test("an existing contact is shown before a second one is made", async () => {
    const { page, leave } = await browser.visit(world.url);
    await openContacts(page);
    await page.keyboard.press("c");
    const dialog = page.getByRole("dialog", { name: "New contact" });
    await dialog.getByLabel("First name").fill("Ines");
    await dialog.getByLabel("Email").fill("p0@borealis.example");
    await dialog.getByRole("button", { name: "Create contact" }).click();
    await dialog.getByText("This contact already exists: Ines Okafor 000").waitFor();
    await picture(page, "light-contact-twin");
    await assertAccessible(page, "a contact that is there already");
    await dialog.getByLabel("Email").fill("ines.new@borealis.example");
    await dialog.getByLabel("Last name").fill("Nyberg");
    await dialog.getByRole("button", { name: "Create contact" }).click();
    await page.getByRole("heading", { level: 1, name: "Ines Nyberg" }).waitFor();
    await leave();
  });

  test("a contact's facts are changed where they stand, and notes are written, pinned and taken back", async () => {
    const { contact } = await team.api.contacts.create({
      first_name: "Kari",
      last_name: "Vik",
      title: "Buyer",
      email: "kari@vik.example",
      mobile_phone: "+47 22 33 44 55",
    });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/contacts/${contact.id}`);
    await page.getByRole("button", { name: "Title: Buyer. Change" }).click();
    await page.getByLabel("Title").fill("Head of buying");
    await page.keyboard.press("Enter");
    await page.getByText("Title saved.").waitFor();
    await page.getByRole("button", { name: "Title: Head of buying. Change" }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Title: Buyer. Change" }).waitFor();

    await page.getByRole("tab", { name: "Notes" }).click();
    await page.getByLabel("New note").fill("Wants to hear from us after the summer.");
    await page.getByRole("button", { name: "Save note" }).click();
    await page.getByRole("listitem").getByText("after the summer").waitFor();
    await page.getByRole("button", { name: "Note actions" }).click();
    await page.getByRole("menuitem", { name: "Pin to top" }).click();
    await page.getByText("Pinned", { exact: true }).waitFor();
    await picture(page, "light-contact-notes");
    await assertAccessible(page, "a contact's notes");
    await page.getByRole("tab", { name: "Timeline" }).click();
    await page.getByText("Note added").waitFor();
    await picture(page, "light-contact");
    await assertAccessible(page, "a contact");
    await leave();
  });

  test("a phone shows cards, and the page of a contact fits", async () => {
    const visitor = await browser.visit(world.url, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      colorScheme: "dark",
    });
    const { page } = visitor;
    await openContacts(page, "?sort=contact_name");
    await page.getByRole("checkbox", { name: "Select Ines Berg 006" }).click();
    await page.getByRole("region", { name: "Selected contacts" }).waitFor();
    await picture(page, "phone-contacts");
    await assertFitsSideways(page, "contacts on a phone");
    await assertAccessible(page, "contacts on a phone");
    await page.getByRole("link", { name: "Ines Berg 006" }).click();
    await page.getByRole("heading", { level: 1, name: "Ines Berg 006" }).waitFor();
    await picture(page, "phone-contact");
    await assertFitsSideways(page, "a contact on a phone");
    await assertAccessible(page, "a contact on a phone");
    await visitor.leave();
  });
});
