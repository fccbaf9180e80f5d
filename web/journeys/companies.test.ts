import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { plantPeople } from "../../server/testing/people.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import {
  assertAccessible,
  assertFitsSideways,
  picture,
  signIn,
  signInByHand,
  undo,
  useBrowser,
} from "./browser.ts";

describe("companies and lists", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;

  before(async () => {
    team = await world.newTeam("Norrland Kraft");
    const { api } = team;
    for (const name of ["Borealis", "Fjordkraft", "Nordlys Papir"]) {
      const domain = `${name.toLowerCase().replace(/\W+/g, "")}.example`;
      await api.accounts.create({ name, domain, industry: "Energy", label_names: ["Key accounts"] });
      await api.contacts.create({
        first_name: "Ines",
        last_name: name,
        email: `ines@${domain}`,
        title: "Buyer",
      });
    }
    await api.accounts.create({ name: "Borealis AS" });
  });

  test("companies and contacts are narrowed by the size of the company", async () => {
    const other = await world.newTeam("Sundkraft");
    for (const [name, estimated_num_employees] of [
      ["Small", 8],
      ["Large", 400],
    ] as const) {
      const { account } = await other.api.accounts.create({ name, estimated_num_employees });
      await other.api.contacts.create({ first_name: "Ines", last_name: name, account_id: account.id });
    }
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, other.owner);
    for (const [path, noun] of [
      ["/companies", "compan"],
      ["/contacts", "contact"],
    ] as const) {
      await page.goto(path);
      await page.getByText(new RegExp(`^2 ${noun}`)).waitFor();
      await page.getByRole("button", { name: "Filter" }).click();
      await page.getByRole("menuitem", { name: "Company size" }).click();
      await page.getByRole("dialog").getByLabel("At least").fill("50");
      await page.keyboard.press("Enter");
      await page.getByText(new RegExp(`^1 ${noun}`)).waitFor();
      await page.getByText("Large").first().waitFor();
      await picture(page, `light-${noun}-by-size`);
      await assertAccessible(page, `${path} by size`);
    }
    await leave();
  });

  test("a company that is there already is shown; two that are one are merged", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/companies");
    await page.getByText("4 companies", { exact: true }).waitFor();
    await picture(page, "light-companies");
    await assertAccessible(page, "companies");
    await page.keyboard.press("c");
    const dialog = page.getByRole("dialog", { name: "New company" });
    await dialog.getByLabel("Name").fill("Fjordkraft");
    await dialog.getByLabel("Domain").fill("fjordkraft.example");
    await dialog.getByRole("button", { name: "Create company" }).click();
    await dialog.getByText("This company already exists: Fjordkraft").waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();

    await page.getByRole("checkbox", { name: "Select Borealis", exact: true }).click();
    await page.getByRole("checkbox", { name: "Select Borealis AS" }).click();
    await page.getByRole("button", { name: "Merge …" }).click();
    await picture(page, "light-companies-merge");
    await page.getByRole("button", { name: "Merge into Borealis", exact: true }).click();
    await page.getByText("2 companies merged into Borealis.").waitFor();
    await page.getByText("3 companies", { exact: true }).waitFor();
    await leave();
  });

  test("a company's page tells what the store knows of it", async () => {
    const organization = {
      name: "Fjordkraft AS",
      domain: "fjordkraft.example",
      foundedYear: 1951,
      keywords: ["hydro", "grid"],
      totalFunding: 12_400_000,
    };
    await plantPeople(world, team, [{ externalId: "p1", firstName: "Ines", organization }]);
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/companies");
    await page.getByRole("link", { name: "Fjordkraft" }).click();
    await page.getByRole("heading", { name: "From data sources" }).waitFor();
    for (const told of ["1951", "12.4M", "hydro, grid"])
      await page.getByText(told, { exact: true }).waitFor();
    await picture(page, "light-company-known");
    await assertAccessible(page, "a company that the store knows");
    await leave();
  });

  test("a company's facts are changed in place, and its people are a press away", async () => {
    const { page, leave } = await browser.visit(world.url, { colorScheme: "dark" });
    await signIn(page, team.owner);
    await page.goto("/companies");
    await page.getByRole("link", { name: "Nordlys Papir" }).click();
    await page.getByRole("heading", { level: 1, name: "Nordlys Papir" }).waitFor();
    await page.getByRole("button", { name: "Industry: Energy. Change" }).click();
    await page.getByLabel("Industry").fill("Paper");
    await page.keyboard.press("Enter");
    await page.getByText("Industry saved.").waitFor();
    await picture(page, "dark-company");
    await assertAccessible(page, "a company");
    const { contacts } = await team.api.contacts.search({ q_keywords: "Ines Nordlys" });
    const contact_id = contacts[0]?.id ?? "";
    await team.api.tasks.create({ type: "call", user_id: team.owner.id, contact_id });
    await page.getByRole("tab", { name: "Timeline" }).click();
    const toDo = page.getByRole("listitem").filter({ hasText: "Call is open" });
    await toDo.getByRole("link", { name: "Ines Nordlys Papir" }).waitFor();
    await assertAccessible(page, "what happened at a company");
    await page.getByRole("tab", { name: "Contacts" }).click();
    await page.getByRole("button", { name: "Ines Nordlys Papir" }).click();
    await page.getByRole("heading", { level: 1, name: "Ines Nordlys Papir" }).waitFor();
    await page.getByRole("link", { name: "Open Nordlys Papir" }).click();
    await page.getByRole("heading", { level: 1, name: "Nordlys Papir", exact: true }).waitFor();
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Delete company" }).click();
    await page.getByText("Nordlys Papir deleted.").waitFor();
    await page.getByRole("heading", { level: 1, name: "Companies" }).waitFor();
    await page.goto("/contacts?q=nordlys");
    await page.getByRole("link", { name: "Ines Nordlys Papir" }).click();
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Delete 1 contact" }).click();
    await page.getByText("1 contact deleted.").waitFor();
    await page.getByRole("heading", { level: 1, name: "Contacts" }).waitFor();
    await leave();
  });

  test("what is done with many companies is taken back as it was, also with all that match", async () => {
    const { account_stages } = await team.api.accountStages.list();
    const [first, second] = account_stages;
    const found = async () =>
      (await team.api.accounts.search({ sort_by_field: "account_created_at" })).accounts;
    const [one] = await found();
    await team.api.accounts.update({ id: one?.id ?? "", account_stage_id: second?.id ?? "" });
    await team.api.accounts.create({ name: "Solvind", domain: "solvind.example", phone: "+47 22 33 44 55" });
    const stages = async () => (await found()).map(({ id, account_stage_id }) => `${id} ${account_stage_id}`);
    const stood = await stages();
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/companies");
    await page.getByText("3 companies", { exact: true }).waitFor();
    await page.getByRole("checkbox", { name: /^Select all/ }).click();
    const bar = page.getByRole("region", { name: "Selected companies" });
    await bar.getByRole("button", { name: "Stage" }).click();
    await page.getByRole("option", { name: first?.name ?? "", exact: true }).click();
    await undo(page, `Stage changed to ${first?.name}.`);
    assert.deepEqual(await stages(), stood);

    // Solvind is on no list, the others are on "Key accounts" already and stay there.
    const listed = async () =>
      (await found()).filter(({ label_ids }) => label_ids.length > 0).map(({ name }) => name);
    const before = await listed();
    await page.getByRole("checkbox", { name: /^Select all/ }).click();
    await bar.getByRole("button", { name: "Add to list" }).click();
    await page.getByRole("option", { name: "Key accounts" }).click();
    await undo(page, "Added to Key accounts.");
    assert.deepEqual(await listed(), before);

    await page.getByRole("checkbox", { name: "Select Fjordkraft" }).click();
    await bar.getByRole("button", { name: "Add to sequence" }).click();
    await page.getByRole("dialog", { name: "Add contacts" }).waitFor();
    await page.reload();
    await page.getByRole("link", { name: "Solvind" }).click();
    const dial = page.getByRole("link", { name: "Call +47 22 33 44 55" });
    assert.equal(await dial.getAttribute("href"), "tel:+4722334455");
    await leave();
  });

  test("a list is made, renamed and deleted; one of companies shows companies", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/lists");
    await page.getByRole("link", { name: "Key accounts" }).waitFor();
    await picture(page, "light-lists");
    await assertAccessible(page, "lists");
    await page.getByRole("link", { name: "Key accounts" }).click();
    await page.getByRole("link", { name: "Fjordkraft" }).waitFor();
    await page.goto("/lists?do=create");
    await page.getByLabel("Name").fill("Autumn");
    await page.getByRole("button", { name: "Create list" }).click();
    await page.getByText("This list is empty").waitFor();
    await page.getByRole("button", { name: "List actions" }).click();
    await page.getByRole("menuitem", { name: "Rename" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Winter");
    await page.getByRole("button", { name: "Rename", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Winter" }).waitFor();
    await page.getByRole("button", { name: "List actions" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Delete list" }).click();
    await page.getByText("List Winter deleted.").waitFor();
    assert.equal((await team.api.labels.list()).filter(({ name }) => name === "Winter").length, 0);
    await leave();
  });

  test("a phone shows them as cards", async () => {
    const { page, leave } = await browser.visit(world.url, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await signInByHand(page, team.owner);
    for (const [path, name] of [
      ["/companies", "Fjordkraft"],
      ["/lists", "Key accounts"],
    ] as const) {
      await page.goto(path);
      await page.getByRole("link", { name }).waitFor();
      await picture(page, `phone${path.replace("/", "-")}`);
      await assertFitsSideways(page, `${path} on a phone`);
      await assertAccessible(page, `${path} on a phone`);
    }
    await leave();
  });
});
