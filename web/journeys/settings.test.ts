// What an admin sets once: webhooks, the order of stages, custom fields, and suppressed addresses.

import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, describe, test } from "node:test";
import { LOOPBACK } from "../../server/testing/loopback.ts";
import { until } from "../../server/testing/sending.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { SETTINGS_GROUPS } from "../frame/settings-places.ts";
import {
  assertAccessible,
  assertFitsSideways,
  picture,
  signIn,
  signInByHand,
  useBrowser,
} from "./browser.ts";

describe("settings", () => {
  let team: Team;
  let receiver: Server;
  const world = useWorld({ webhookAllow: LOOPBACK }, async (opened) => {
    team = await opened.newTeam();
    receiver = createServer((_request, response) => response.end("taken"));
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  });
  after(() => receiver.close());
  const browser = useBrowser();

  test("places stand in groups, are walked by arrows and found by the palette", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/team");
    const nav = page.getByRole("navigation", { name: "Settings" });
    for (const { name, places } of SETTINGS_GROUPS) {
      const list = nav.getByRole("list", { name, exact: true });
      await list.waitFor();
      assert.deepEqual(
        await list.getByRole("link").allInnerTexts(),
        places.map((place) => place.name),
      );
    }
    await nav.getByRole("link", { name: "Team", exact: true }).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "People" }).waitFor();
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByPlaceholder("Search records, pages and actions").fill("sending settings");
    await page.getByRole("option", { name: "Rulesets" }).waitFor();
    await assertAccessible(page, "the palette with settings");
    await page.getByPlaceholder("Search records, pages and actions").fill("holidays");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Schedules" }).waitFor();
    await picture(page, "light-settings-groups");
    await leave();
  });

  test("on a phone they are one line that says where one is, and unfolds", async () => {
    const { page, leave } = await browser.visit(world.url, {
      colorScheme: "dark",
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await signIn(page, team.owner);
    await page.goto("/settings/mailboxes");
    const line = page.getByRole("button", { name: "Settings: Mailboxes" });
    await line.click();
    await page.getByRole("list", { name: "Developers" }).waitFor();
    await picture(page, "phone-dark-settings-groups");
    await assertAccessible(page, "all settings on a phone");
    await assertFitsSideways(page, "all settings on a phone");
    await page.keyboard.press("Escape");
    await page.getByRole("list", { name: "Developers" }).waitFor({ state: "hidden" });
    await line.click();
    await page.getByRole("link", { name: "Webhooks" }).click();
    await page.getByRole("heading", { level: 1, name: "Webhooks" }).waitFor();
    await page.getByRole("list", { name: "Developers" }).waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Settings: Webhooks" }).waitFor();
    await leave();
  });

  test("a webhook is added, tried, and its log says what came back", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/webhooks?do=create");
    await page.getByLabel("URL").fill(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`);
    await page.getByLabel("Name").fill("Our CRM");
    await page.getByRole("combobox", { name: "Events" }).click();
    await page.getByRole("option", { name: "message.replied" }).click();
    await picture(page, "light-webhook-form");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Add webhook" }).click();
    await page.getByText(/^whsec_/).waitFor();
    await page.getByRole("checkbox", { name: "I have stored it" }).check();
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Our CRM" }).click();
    await page.getByRole("button", { name: "Send test" }).click();
    await page.getByRole("row", { name: /webhook.tested.*Delivered.*200/ }).waitFor();
    await picture(page, "light-webhook");
    await assertAccessible(page, "a webhook");
    await page.getByRole("button", { name: "Turn off" }).click();
    await page.getByText("Webhook turned off.").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Turn off" }).waitFor();
    await leave();
  });

  test("a schedule's week is drawn, changed and taken back", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/schedules?do=create");
    const form = page.getByRole("dialog");
    await form.getByLabel("Name").fill("Evenings");
    await form.getByRole("checkbox", { name: "Skip public holidays" }).uncheck();
    await picture(page, "light-schedule");
    await assertAccessible(page, "a schedule");
    await form.getByRole("button", { name: "Add schedule" }).click();
    await page.getByRole("row", { name: /Evenings/ }).waitFor();
    await page.getByRole("button", { name: "Evenings" }).click();
    await form.getByLabel("Name").fill("Late evenings");
    await form.getByRole("button", { name: "Save" }).click();
    await page.getByRole("row", { name: /Late evenings/ }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("row", { name: /^Evenings/ }).waitFor();
    const made = (await team.api.schedules.list()).emailer_schedules.find(({ name }) => name === "Evenings");
    assert.equal(made?.skip_holidays, false);
    await page.getByRole("button", { name: "Evenings" }).click();
    await form.getByRole("button", { name: "Delete" }).click();
    await page.getByText("Schedule Evenings deleted.").waitFor();
    await leave();
  });

  test("the team's own days off and the calendar for unknown countries are set, and taken back", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/team");
    await page.getByLabel("Team day off").fill("Company shutdown");
    await page.getByLabel("First day").fill("24.12.2026");
    await page.getByLabel("First day").press("Tab");
    await page.getByRole("checkbox", { name: "Every year" }).check();
    await page.getByRole("button", { name: "Add day off" }).click();
    const days = page.getByRole("list", { name: "Team days off" });
    await days.getByText("24 Dec 2026, every year").waitFor();
    await picture(page, "light-holidays");
    await assertAccessible(page, "the team's holidays");
    const calendar = page.getByRole("combobox", { name: "If a contact's country is not known" });
    await calendar.fill("Bayern");
    await page.getByRole("option", { name: "Germany (Bayern)" }).click();
    await page.getByText("Saved.").waitFor();
    assert.equal((await team.api.teams.current()).team.holiday_calendar, "DE-BY");
    await days.getByRole("button", { name: "Delete Company shutdown" }).click();
    await page.getByText("Company shutdown deleted.").waitFor();
    assert.deepEqual((await team.api.holidays.list()).holidays, []);
    await leave();
  });

  test("a ruleset is added, changed with the number of sequences it holds for, put back, and deleted once unused", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/rulesets?do=create");
    const form = page.getByRole("dialog");
    await form.getByLabel("Name").fill("Careful");
    const onClick = form.getByRole("combobox", { name: "Stop on link click" });
    await onClick.click();
    await page.getByRole("option", { name: "Yes", exact: true }).click();
    await form.getByRole("combobox", { name: "When a colleague replies" }).click();
    await page.getByRole("option", { name: "Wait" }).click();
    await form.getByLabel("Days to wait after it").fill("10");
    await form.getByRole("combobox", { name: "Replies that count" }).click();
    await page.getByRole("option", { name: "In any sequence" }).click();
    await picture(page, "light-ruleset");
    await assertAccessible(page, "a ruleset");
    await form.getByRole("button", { name: "Add ruleset" }).click();
    await page.getByRole("row", { name: /Careful.*Stops on link click, delays colleagues/ }).waitFor();
    const made = (await team.api.rulesets.list()).sequence_rulesets.find(({ name }) => name === "Careful");
    assert.equal(made?.same_account_reply_delay_days, 10);
    assert.equal(made?.same_account_reply_scope, "all_sequences");
    const { emailer_campaign: user } = await team.api.sequences.create({
      name: "Careful steps",
      sequence_ruleset_id: made?.id,
    });
    await page.reload();
    await page.getByRole("button", { name: "Careful" }).click();
    await form.getByText("will apply at once to 1 sequence").waitFor();
    await form.getByLabel("Daily email limit per sequence").fill("25");
    await form.getByRole("button", { name: "Save" }).click();
    await page.getByRole("row", { name: /Careful.*at most 25 emails a day/ }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page
      .getByRole("row", { name: /delays colleagues of a contact who replies in any sequence by 10 days 1/ })
      .waitFor();
    await page.getByRole("button", { name: "Careful" }).click();
    await form.getByText("You can delete the ruleset when no sequence uses it").waitFor();
    assert.equal(await form.getByRole("button", { name: "Delete" }).count(), 0);
    await team.api.sequences.update({ id: user.id, sequence_ruleset_id: null });
    await page.reload();
    await form.getByRole("button", { name: "Delete" }).click();
    await page.getByText("Ruleset Careful deleted.").waitFor();
    await leave();
  });

  test("stages are ordered by the keyboard, renamed, and deleted with a place for those in them", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/stages");
    const names = async () => (await team.api.contactStages.list()).contact_stages.map(({ name }) => name);
    const [first, second] = await names();
    await page.getByRole("button", { name: `Move ${first}` }).focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await page.getByText("Order saved.").waitFor();
    assert.deepEqual((await names()).slice(0, 2), [second, first]);
    await page.getByRole("button", { name: "Add a stage" }).click();
    await page.getByLabel("Name").fill("Warm");
    await page.getByRole("button", { name: "Add stage" }).click();
    await page.getByRole("button", { name: "Warm", exact: true }).click();
    await picture(page, "light-stages");
    await assertAccessible(page, "a stage");
    await page.getByRole("button", { name: "Delete …" }).click();
    await page.getByRole("button", { name: "Delete stage" }).click();
    await page.getByText("Stage Warm deleted.").waitFor();
    assert.ok(!(await names()).includes("Warm"));
    await leave();
  });

  test("stages of deals are changed from the board: one is added, ordered, won, and deleted with a place for its deals", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    const stages = async () => (await team.api.opportunityStages.list()).opportunity_stages;
    const [first] = await stages();
    const deal = await team.api.opportunities.create({
      name: "Boiler",
      opportunity_stage_id: first?.id ?? "",
    });
    await page.goto("/deals");
    await page.getByRole("link", { name: "Edit stages" }).click();
    await page.getByText("6 stages for deals.").waitFor();
    await page.getByRole("button", { name: "Add a stage" }).click();
    await page.getByLabel("Name").fill("Pilot");
    await page.getByLabel("Probability").fill("35");
    await assertAccessible(page, "a new stage of deals");
    await page.getByRole("button", { name: "Add stage" }).click();
    await page.getByText("Open, 35 %, pipeline").waitFor();
    await page.getByRole("button", { name: "Move Pilot" }).focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Space");
    await page.getByText("Order saved.").waitFor();
    assert.deepEqual((await stages()).map(({ name }) => name).slice(-2), ["Pilot", "Closed Lost"]);
    await page.getByRole("button", { name: "Pilot", exact: true }).click();
    await page.getByRole("combobox", { name: "Type" }).click();
    await page.getByRole("option", { name: "Won" }).click();
    assert.equal(await page.getByLabel("Probability").inputValue(), "100 %");
    await picture(page, "light-deal-stage");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Pilot saved.").waitFor();
    await picture(page, "light-deal-stages");
    assert.deepEqual((await stages()).find(({ name }) => name === "Pilot")?.type, "Closed/Won");
    await page.getByRole("button", { name: first?.name ?? "", exact: true }).click();
    await page.getByRole("button", { name: "Delete …" }).click();
    await page.getByRole("combobox", { name: "Move its deals to" }).click();
    await page.getByRole("option", { name: "Pilot" }).click();
    await page.getByRole("button", { name: "Delete stage" }).click();
    await page.getByText(`Stage ${first?.name} deleted.`).waitFor();
    const moved = (await team.api.opportunities.get({ id: deal.opportunity.id })).opportunity;
    assert.deepEqual([moved.stage_name, moved.is_won], ["Pilot", true]);
    await leave();
  });

  test("a field with choices is added, and a choice spelled anew", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/fields?do=create");
    await page.getByLabel("Name").fill("Region");
    await page.getByRole("combobox", { name: "Field type" }).click();
    await page.getByRole("option", { name: "Single choice" }).click();
    await page.getByLabel("Choices, one per line").fill("North\nSouth");
    await page.getByRole("button", { name: "Add field" }).click();
    await page.getByRole("row", { name: /Region.*Contacts.*North, South/ }).waitFor();
    const before = (await team.api.typedCustomFields.list()).typed_custom_fields[0]?.picklist_values[0]?.id;
    await page.getByRole("button", { name: "Region" }).click();
    await page.getByLabel("Choices, one per line").fill("Norrland\nSouth");
    await assertAccessible(page, "a field");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("row", { name: /Region.*Norrland, South/ }).waitFor();
    await picture(page, "light-fields");
    const after = (await team.api.typedCustomFields.list()).typed_custom_fields[0]?.picklist_values[0];
    assert.deepEqual([after?.id, after?.name], [before, "Norrland"]);
    await leave();
  });

  test("an address is barred with a way back, and a list is read in with the lines that could not be read", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/suppressions?do=add");
    await page.getByLabel("Email address, domain or pattern").fill("competitor.example");
    await page.getByText("Blocks all addresses at this domain").waitFor();
    await page.getByRole("button", { name: "Add to list", exact: true }).click();
    await page.getByRole("row", { name: /competitor.example.*Added by a user/ }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Your team never emails").waitFor();
    await page.getByRole("button", { name: "Files" }).click();
    await page.getByRole("menuitem", { name: "Import a list" }).click();
    await page.getByLabel("Or paste them here").fill("ines@example.no\nnot an address at all\nold.example");
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByText("Of 3 lines, 2 were added").waitFor();
    await picture(page, "light-suppressions-imported");
    await assertAccessible(page, "an import's result");
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("textbox", { name: "Search" }).fill("ines");
    await page.getByText("1 found.").waitFor();
    await picture(page, "light-suppressions");
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page
        .getByRole("button", { name: "Files" })
        .click()
        .then(() => page.getByRole("menuitem", { name: "Export all" }).click()),
    ]);
    assert.equal(file.suggestedFilename(), "do-not-mail.csv");
    await page.goto("/settings/data");
    await page.getByLabel("Sender address for checks").fill("us@ours.no");
    await page
      .getByRole("switch", { name: "Ask mail servers about single addresses" })
      .check({ force: true });
    await assertAccessible(page, "data");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Verification settings saved.").waitFor();
    assert.equal((await team.api.emailVerifications.settings()).settings.probe_from, "us@ours.no");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.waitForFunction(() => !document.querySelector<HTMLInputElement>("input[type=email]")?.value);
    await page.goto("/settings/usage");
    await page.getByRole("button", { name: /^Show all \d+$/ }).click();
    await page.getByRole("row", { name: /suppressions\/import/ }).waitFor();
    await page.getByRole("button", { name: "Set an allowance" }).click();
    await page.getByLabel("Credits per cycle").fill("50");
    await assertAccessible(page, "an allowance");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("0 of 50 used").waitFor();
    await picture(page, "light-usage");
    await assertAccessible(page, "usage");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("0 used, no limit").first().waitFor();
    await until(async () =>
      (await team.api.credits.allowances()).allowances.every(({ limit }) => limit === null),
    );
    await leave();
  });
});
