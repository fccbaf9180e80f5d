// A deal from beginning to end: its page, its history, and many deals changed in the table.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { until } from "../../server/testing/sending.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, picture, signIn, useBrowser } from "./browser.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describe("deals", () => {
  let team: Team;
  let dealId: string;
  let accountId: string;
  const world = useWorld({}, async (opened) => {
    team = await opened.newTeam("Norrland Kraft");
    const { api } = team;
    accountId = (await api.accounts.create({ name: "Borealis AS", domain: "borealis.example" })).account.id;
    const { contact } = await api.contacts.create({
      first_name: "Ines",
      last_name: "Okafor",
      email: "ines@borealis.example",
    });
    const { opportunity } = await api.opportunities.create({
      name: "Boiler retrofit",
      amount: "48000",
      currency_code: "EUR",
      account_id: accountId,
      contact_id: contact.id,
      closed_date: "2026-03-31",
    });
    dealId = opportunity.id;
    await api.phoneCalls.create({ contact_id: contact.id, status: "completed", note: "Likes it" });
    for (const [name, amount] of [
      ["Heat pumps", "9000"],
      ["Spare parts", "1200"],
      ["Inspection", "700"],
    ] as const)
      await api.opportunities.create({ name, amount, currency_code: "EUR", closed_date: "2030-05-02" });
  });
  const browser = useBrowser();
  const shown = async (id = dealId) => (await team.api.opportunities.get({ id })).opportunity;

  test("a deal has a page: facts are changed in place and undone, its history says what from what to what", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/companies/${accountId}?tab=deals`);
    await page.getByRole("link", { name: "Boiler retrofit" }).click();
    await page.getByRole("heading", { level: 1, name: "Boiler retrofit" }).waitFor();
    await page.getByText("Outgoing call: completed").waitFor();
    await assertAccessible(page, "a deal's page");
    await picture(page, "light-deal-page");

    await page.getByRole("button", { name: "Amount: €48,000. Change" }).click();
    await page.getByRole("textbox", { name: "Amount" }).fill("52000");
    await page.keyboard.press("Enter");
    await page.getByText("Amount saved.").waitFor();
    await page.getByText(/changed the amount of the deal Boiler retrofit from 48,000 to 52,000/).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone.").waitFor();
    await until(async () => (await shown()).amount === 48_000);

    await page.getByRole("button", { name: "Amount: €48,000. Change" }).click();
    await page.getByRole("textbox", { name: "Amount" }).fill("about fifty");
    await page.keyboard.press("Enter");
    const refused = page.getByRole("textbox", { name: "Amount" });
    await refused.and(page.locator("[aria-invalid=true]")).waitFor();
    assert.equal(await refused.inputValue(), "about fifty", "what was typed is there to be mended");
    assert.equal((await shown()).amount, 48_000);
    await assertAccessible(page, "a fact that was refused");
    await picture(page, "light-fact-refused");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Amount: €48,000. Change" }).waitFor();

    await page.getByRole("button", { name: "Next step: Add", exact: true }).click();
    const nextStep = page.getByRole("textbox", { name: "Next step", exact: true });
    await nextStep.fill("Send the offer");
    await team.api.opportunities.update({ id: dealId, next_step: "Ask for the drawings" });
    await page.keyboard.press("Enter");
    await page.getByText("Changed meanwhile to “Ask for the drawings”.").waitFor();
    assert.equal(await nextStep.inputValue(), "Send the offer");
    await page.keyboard.press("Enter");
    await page.getByText("Next step saved.").waitFor();

    await page.getByRole("navigation", { name: "Stage of the deal" }).getByText("Proposal").click();
    await page.getByText("Boiler retrofit moved to Proposal.").waitFor();
    await page.getByText(/moved the deal Boiler retrofit from Qualification to Proposal/).waitFor();

    await page.getByRole("tab", { name: "Notes" }).click();
    await page.getByRole("textbox", { name: "New note" }).fill("Wants two quotes");
    await page.getByRole("button", { name: "Save note" }).click();
    await page.getByText("Wants two quotes").waitFor();

    await page.getByRole("tab", { name: "Timeline" }).click();
    await page.getByText(/Notes? added/).waitFor();
    await page.getByRole("button", { name: "New task" }).click();
    const dialog = page.getByRole("dialog", { name: "New task" });
    await dialog.getByRole("textbox", { name: "Task title" }).fill("Ask for the drawings");
    await dialog.getByRole("button", { name: "Create task" }).click();
    await page.getByRole("link", { name: "Call is open" }).waitFor(); // the timeline that is open tells of it at once
    await page.getByRole("tab", { name: "Tasks" }).click();
    await page.getByRole("link", { name: "Ask for the drawings" }).waitFor();
    await assertAccessible(page, "the tasks of a deal");
    await picture(page, "light-deal-tasks");
    const { tasks } = await team.api.tasks.search({ opportunity_id: dealId });
    assert.deepEqual(
      tasks.map(({ title }) => title),
      ["Ask for the drawings"],
    );

    await page.getByRole("button", { name: "Mark as won" }).click();
    await page.getByText("Boiler retrofit moved to Closed Won.").waitFor();
    await page.getByRole("button", { name: "Reopen" }).waitFor();
    assert.equal((await shown()).is_won, true);
    await page.getByRole("button", { name: "Reopen" }).click();
    await page.getByText("Boiler retrofit moved to Negotiation.").waitFor();
    assert.equal((await shown()).is_closed, false);
    await leave();
  });

  test("deals are a table with columns, filters and saved views; many get a stage, are lost with a reason, and deleted", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/deals");
    await page.getByText("4 open deals").waitFor();
    await page.getByText("Table", { exact: true }).click();
    const table = page.getByRole("table", { name: "Deals" });
    await table.getByRole("row", { name: /Heat pumps/ }).waitFor();
    await table.getByRole("columnheader", { name: "Amount" }).getByRole("button", { name: "Amount" }).click();
    await page.waitForURL(/sort=-amount/);
    await table.getByRole("row", { name: /Heat pumps/ }).waitFor();
    await picture(page, "light-deals-table");
    await assertAccessible(page, "the table of deals");
    await assertFitsSideways(page, "the table of deals");

    for (const name of ["Spare parts", "Inspection"])
      await table
        .getByRole("row", { name: new RegExp(name) })
        .getByRole("checkbox")
        .check();
    const bar = page.getByRole("region", { name: "Selected deals" });
    await bar.getByText("2 deals").waitFor();
    await bar.getByRole("button", { name: "Stage" }).click();
    await page.getByRole("option", { name: "Negotiation" }).click();
    await page.getByText("Stage changed to Negotiation.").waitFor();
    const stages = async () =>
      (
        await team.api.opportunities.search({ q_keywords: "p", sort_by_field: "name", sort_ascending: true })
      ).opportunities
        .map(({ name, stage_name }) => `${name}: ${stage_name}`)
        .filter((line) => /Spare|Insp/.test(line));
    assert.deepEqual(await stages(), ["Inspection: Negotiation", "Spare parts: Negotiation"]);
    await page.getByRole("button", { name: "Undo" }).click();
    await until(async () => (await stages()).every((line) => line.endsWith("Qualification")));

    await table
      .getByRole("row", { name: /Inspection/ })
      .getByRole("checkbox")
      .check();
    await bar.getByRole("button", { name: "Stage" }).click();
    await page.getByRole("option", { name: "Closed Lost" }).click();
    await page.getByRole("textbox", { name: "Reason" }).fill("Bought elsewhere");
    await page.getByRole("button", { name: "Mark as lost", exact: true }).click();
    await page.getByText("Stage changed to Closed Lost.").waitFor();
    const { opportunities: lost } = await team.api.opportunities.search({ q_keywords: "Inspection" });
    assert.equal(lost[0]?.closed_lost_reason, "Bought elsewhere");

    await table
      .getByRole("row", { name: /Inspection/ })
      .getByRole("checkbox")
      .check();
    await bar.getByRole("button", { name: "Delete …" }).click();
    await page
      .getByRole("dialog", { name: "Delete 1 deal?" })
      .getByRole("button", { name: "Delete" })
      .click();
    await page.getByText("1 deal deleted.").waitFor();
    await table.getByRole("row", { name: /Inspection/ }).waitFor({ state: "detached" });
    assert.equal((await team.api.opportunities.search({ q_keywords: "Inspection" })).opportunities.length, 0);

    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByRole("menuitem", { name: "Planned close date" }).click();
    await page.getByRole("button", { name: "Before today" }).click();
    await table.getByRole("row", { name: /Heat pumps/ }).waitFor({ state: "detached" });
    await table.getByRole("row", { name: /Boiler retrofit/ }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "All deals" }).click();
    await page.getByRole("menuitem", { name: "Save as new view …" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Overdue deals");
    await page.getByRole("dialog").getByRole("button", { name: "Save view" }).click();
    await page.getByRole("button", { name: "Overdue deals" }).waitFor();
    await picture(page, "light-deals-filtered");
    await page.getByText("Board", { exact: true }).click();
    await page.getByRole("button", { name: /Boiler retrofit/ }).waitFor();
    await page.getByRole("button", { name: /Heat pumps/ }).waitFor({ state: "detached" });
    await picture(page, "light-deals-board-filtered");
    await leave();
  });

  test("on a phone and in dark, a deal's page is whole", async () => {
    for (const [look, options] of [
      ["dark", { colorScheme: "dark" as const }],
      ["phone", PHONE],
    ] as const) {
      const { page, leave } = await browser.visit(world.url, options);
      await signIn(page, team.owner);
      await page.goto(`/deals/${dealId}`);
      await page.getByText("Outgoing call: completed").waitFor();
      await picture(page, `${look}-deal-page`);
      await assertFitsSideways(page, `${look}: a deal's page`);
      await assertAccessible(page, `${look}: a deal's page`);
      await page.goto("/deals?tab=list");
      await page.getByText("Heat pumps").waitFor();
      await picture(page, `${look}-deals-table`);
      await assertFitsSideways(page, `${look}: the table of deals`);
      await leave();
    }
  });
});
