// Days and times are one field everywhere: typed in the ways people write them, or chosen from the month, by the viewer's clock.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { until } from "../../server/testing/sending.ts";
import { newContact } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, useBrowser } from "./browser.ts";

const ZONES = ["Europe/Oslo", "America/New_York"] as const;

describe("dates", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;
  before(async () => {
    team = await world.newTeam();
  });

  for (const timezoneId of ZONES)
    test(`a task is put off to a time that is typed, by the clock of ${timezoneId}`, async () => {
      const title = `Call from ${timezoneId}`;
      const { task } = await team.api.tasks.create({
        type: "action_item",
        user_id: team.owner.id,
        contact_id: await newContact(team),
        title,
      });
      const { page, leave } = await browser.visit(world.url, { timezoneId });
      await signIn(page, team.owner);
      await page.goto(`/tasks?open=${task.id}`);
      await page.getByRole("heading", { name: title }).waitFor();
      await page.keyboard.press("z");
      await page.getByRole("menuitem", { name: "Custom date …" }).click();
      const dialog = page.getByRole("dialog", { name: "Postpone task" });
      const field = dialog.getByLabel("Until");
      await dialog
        .getByText(`Your time zone: ${timezoneId === "Europe/Oslo" ? "Oslo" : "New York"}.`)
        .waitFor();
      await field.fill("next never");
      await field.press("Tab");
      await field.fill("tomorrow 7:45");
      await picture(page, "light-date-typed");
      await assertAccessible(page, "a date that is typed");
      await field.press("Escape");
      assert.equal(await dialog.isVisible(), true, "Escape closes the month, not the dialog");
      await dialog.getByRole("button", { name: "Postpone" }).click();
      await page.getByText(/^Task postponed until /).waitFor();
      const due = (await team.api.tasks.get({ id: task.id })).task.due_at;
      const said = new Intl.DateTimeFormat("sv-SE", { timeZone: timezoneId, timeStyle: "short" });
      assert.equal(said.format(new Date(due)), "07:45");
      await leave();
    });

  test("a contact's own date is typed in place, and a filter takes days", async () => {
    const {
      typed_custom_fields: [field],
    } = await team.api.customFields.create({
      modality: "contact",
      label: "Contract ends",
      type: "date",
    });
    const id = await newContact(team, { first_name: "Ines", last_name: "Okafor" });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/contacts/${id}`);
    await page.getByRole("button", { name: "Contract ends: Add" }).click();
    await page.getByRole("combobox", { name: "Contract ends" }).fill("27.11.2027");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Contract ends: 27 Nov 2027. Change" }).waitFor();
    await until(async () => {
      const { contact } = await team.api.contacts.get({ id });
      return contact.typed_custom_fields[field?.id ?? ""] === "2027-11-27";
    });
    await page.goto("/contacts");
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByRole("menuitem", { name: "Added", exact: true }).click();
    await page.getByLabel("From").fill("tomorrow");
    await page.getByText("No contacts match.").or(page.getByText("0 contacts")).first().waitFor();
    await assertAccessible(page, "a filter by days");
    await picture(page, "light-filter-days");
    await leave();
  });

  for (const locale of ["en-GB", "en-US"] as const)
    test(`a time of day is typed by hour and minute, as ${locale} tells the time`, async () => {
      const { page, leave } = await browser.visit(world.url, { locale });
      await signIn(page, team.owner);
      await page.goto("/settings/schedules?do=create");
      const dialog = page.getByRole("dialog", { name: "Add a schedule" });
      const name = `Early, ${locale}`;
      await dialog.getByLabel("Name").fill(name);
      await dialog.getByLabel("Monday, from: hour").focus();
      await page.keyboard.type("0730");
      await dialog.getByLabel("Monday, until: hour").focus();
      await page.keyboard.press("ArrowUp");
      const half = dialog.getByLabel("Monday, from: AM or PM");
      assert.equal(await half.count(), locale === "en-US" ? 1 : 0);
      await assertAccessible(page, `times of day, ${locale}`);
      await picture(page, `light-times-${locale}`);
      await dialog.getByRole("button", { name: "Add schedule" }).click();
      await dialog.waitFor({ state: "detached" });
      const { emailer_schedules: all } = await team.api.schedules.list();
      const made = all.find((one) => one.name === name);
      assert.deepEqual(made?.schedule_hash.monday, [[7.5, 18]]);
      await leave();
    });
});
