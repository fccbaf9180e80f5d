// The steps of a sequence on a calendar for one contact, and as a map: by mouse and by keys, in every look.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { plantEnrollment } from "../../server/testing/planted.ts";
import { CALL_STEP, MAIL_STEP, newSequence, type StepWish } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import {
  assertAccessible,
  assertFitsSideways,
  picture,
  pictureWhole,
  signIn,
  useBrowser,
} from "./browser.ts";

const DAYS = { wait_mode: "day" as const };
const [TOUCH] = MAIL_STEP.emailer_touches;
const on = (branch_path: "yes" | "no", branch_position: number, step: StepWish): StepWish => ({
  ...step,
  branch_position,
  branch_path,
});
const mail = (subject: string, wait_time: number, variants = 1): StepWish => ({
  ...MAIL_STEP,
  ...DAYS,
  wait_time,
  emailer_touches: Array.from({ length: variants }, () => ({
    ...TOUCH,
    emailer_template: { subject, body_html: "<p>Hello {{first_name}}</p>" },
  })),
});

const STEPS: StepWish[] = [
  mail("Your turbines", 0),
  mail("A second thought", 1, 2),
  { ...CALL_STEP, wait_time: 2, enabled: false },
  {
    type: "branch",
    wait_time: 0,
    ...DAYS,
    condition: { wait_days: 3, rules: [{ type: "email_opened", step_position: 2 }] },
  },
  on("yes", 4, { ...CALL_STEP, wait_time: 1 }),
  on("yes", 4, {
    type: "branch",
    wait_time: 0,
    ...DAYS,
    condition: { wait_days: 0, rules: [{ type: "contact", filters: { has_phone_number: true } }] },
  }),
  on("yes", 6, { type: "whatsapp", wait_time: 0, ...DAYS }),
  on("no", 4, mail("Did you see this?", 2)),
  mail("Shall I close your file?", 4),
];

describe("the steps on a calendar and as a map", () => {
  const world = useWorld({});
  const browser = useBrowser();
  let team: Team;
  let sequenceId: string;

  before(async () => {
    team = await world.newTeam("Norrland Kraft");
    const office = [[9, 17]];
    const { emailer_schedule } = await team.api.schedules.create({
      name: "Office",
      time_zone: "America/New_York",
      use_contacts_time_zone: true,
      skip_holidays: true,
      schedule_hash: { monday: office, tuesday: office, wednesday: office, thursday: office, friday: office },
    });
    const { contact } = await team.api.contacts.create({
      first_name: "Ines",
      last_name: "Okafor",
      email: "ines@borealis.example",
      present_raw_address: "Oslo, Norway",
      time_zone: "Europe/Oslo",
    });
    await team.api.contacts.create({ first_name: "Paul", last_name: "Rahman", email: "paul@hudson.example" });
    const { id, steps } = await newSequence(team, {
      name: "Turbines",
      active: false,
      emailer_schedule_id: emailer_schedule.id,
      emailer_steps: STEPS,
    });
    sequenceId = id;
    await plantEnrollment(world, team, id, { contact_id: contact.id, current_step_id: steps[1] });
  });

  const choose = (page: Page, view: string) =>
    page.getByRole("radiogroup", { name: "View of the steps" }).getByText(view, { exact: true }).click();

  test("the calendar shows when each step would fall for a contact, and what shifts it", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${sequenceId}`);
    await choose(page, "Calendar");
    const added = page.getByRole("combobox", { name: "Added at" });
    await added.fill("14 May 2027, 10:00"); // a Friday; 17 May is Whit Monday
    await added.press("Enter");
    await added.blur();
    const list = page.getByRole("list", { name: "Dates of the steps" });
    await list
      .getByText(/Fri,? 14 May,? 10:00/)
      .first()
      .waitFor();
    const lines = list.getByRole("listitem");
    assert.equal(await lines.count(), STEPS.length);
    const second = await lines.nth(1).innerText();
    assert.match(second, /Tue,? 18 May,? 10:00/);
    assert.match(
      second,
      /Shifted from Sat,? 15 May,? 10:00: No sending hours on Sat,? 15 May and Sun,? 16 May/,
    );
    assert.match(second, /Holiday on Mon,? 17 May: Whit Monday \(Norway\)/);
    assert.match(await lines.nth(2).innerText(), /Turned off, so it is left out/);
    const branch = await lines.nth(3).innerText();
    assert.match(branch, /If the email of step 2 was opened/);
    assert.match(branch, /Waits at most 3 days for a match, until Fri,? 21 May,? 10:00/);
    assert.match(branch, /Ines would take the no path/);
    assert.match(await lines.nth(4).innerText(), /Yes, step 4[\s\S]*Tasks are due when their day begins/);
    assert.match(await lines.nth(8).innerText(), /Between .* and .*, depending on the branches/);
    await page.getByText("The calendar does not know limits, replies or pauses", { exact: false }).waitFor();
    const month = page.getByRole("table", { name: "Calendar of the steps" });
    await month.getByText("Whit Monday (Norway)").waitFor();
    await month.getByRole("link", { name: "Step 2, Automatic email, 10:00" }).waitFor();
    await pictureWhole(page, "light-calendar");
    await assertAccessible(page, "the calendar of a sequence");
    await page.emulateMedia({ colorScheme: "dark" });
    await assertAccessible(page, "the calendar in the dark");
    await picture(page, "dark-calendar");
    await page.setViewportSize({ width: 390, height: 844 });
    await assertFitsSideways(page, "the calendar on a phone");
    await pictureWhole(page, "phone-calendar");
    await leave();
  });

  test("the calendar follows what is edited and who is chosen, and leads to the step", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${sequenceId}?from=2027-05-03T07:00:00.000Z`);
    await page.getByRole("textbox", { name: "Wait before step 2" }).fill("2");
    await choose(page, "Calendar");
    await page.getByText("Unsaved changes are included.", { exact: false }).waitFor();
    const list = page.getByRole("list", { name: "Dates of the steps" });
    const second = list.getByRole("listitem").nth(1);
    await second.getByText(/Wed,? 5 May,? 09:00/).waitFor();
    await page.getByRole("combobox", { name: "Preview for" }).click();
    await page.getByRole("option", { name: /Paul Rahman/ }).click();
    await page.getByText("Times are in the time zone New York.", { exact: false }).waitFor();
    await second.getByText(/Wed,? 5 May,? 09:00/).waitFor();
    await page.getByRole("link", { name: "Step 2, Automatic email, 09:00" }).press("Enter");
    const card = page.getByRole("region", { name: "Step 2", exact: true });
    await card.getByRole("textbox", { name: "Subject" }).waitFor();
    assert.equal(
      await card.locator("[data-walk]").evaluate((button) => button === document.activeElement),
      true,
    );
    await page.getByRole("button", { name: "Discard" }).click();
    await leave();
  });

  test("the map shows the whole sequence, with lanes, people and variants, and leads to the step", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${sequenceId}`);
    await choose(page, "Map");
    const map = page.getByRole("region", { name: "Map of the sequence" });
    const cards = map.getByRole("link");
    await cards.nth(STEPS.length - 1).waitFor();
    assert.equal(await cards.count(), STEPS.length);
    const second = await cards.nth(1).innerText();
    assert.match(
      second,
      /2[\s\S]*Automatic email[\s\S]*A second thought[\s\S]*A\/B: 2 variants[\s\S]*1 contact here/,
    );
    assert.match(await cards.nth(2).innerText(), /Phone call[\s\S]*Turned off/);
    assert.match(
      await cards.nth(3).innerText(),
      /If the email of step 2 was opened[\s\S]*Waits at most 3 days/,
    );
    await map.getByText("Continues with step 9").waitFor();
    const lanes = map
      .getByRole("listitem")
      .filter({ hasText: /^No, step 4|^Yes, step 4|^YesYes, step 4|^NoNo, step 4/ });
    assert.equal(await lanes.count(), 2);
    await pictureWhole(page, "light-map");
    await assertAccessible(page, "the map of a sequence");
    await page.emulateMedia({ colorScheme: "dark" });
    await assertAccessible(page, "the map in the dark");
    await pictureWhole(page, "dark-map");
    await page.setViewportSize({ width: 390, height: 844 });
    await assertFitsSideways(page, "the map on a phone");
    await pictureWhole(page, "phone-map");
    await page.emulateMedia({ colorScheme: "light" });
    await cards.nth(8).press("Enter");
    await page.getByRole("region", { name: "Step 9" }).getByRole("textbox", { name: "Subject" }).waitFor();
    await leave();
  });

  test("a map of 30 steps with branches in branches stays inside its frame", async () => {
    const steps: StepWish[] = [mail("Hello", 0)];
    for (let n = 0; n < 3; n++) {
      const rules = [{ type: "contact" as const, filters: { has_phone_number: true } }];
      const branch: StepWish = { type: "branch", wait_time: 0, ...DAYS, condition: { wait_days: n, rules } };
      steps.push(branch);
      const outer = steps.length;
      steps.push(on("yes", outer, { ...CALL_STEP }), on("yes", outer, branch));
      const inner = steps.length;
      steps.push(on("yes", inner, branch));
      const deep = steps.length;
      steps.push(on("yes", deep, CALL_STEP), on("no", deep, mail("No phone", 1)));
      steps.push(on("no", inner, mail("Still there?", 2)), on("no", outer, mail("Other way", 3)));
      steps.push(mail("All again", 1));
    }
    while (steps.length < 30) steps.push({ ...CALL_STEP });
    const { id } = await newSequence(team, { name: "Thirty", active: false, emailer_steps: steps });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${id}?view=map`);
    const cards = page.getByRole("region", { name: "Map of the sequence" }).getByRole("link");
    await cards.nth(29).waitFor();
    assert.equal(await cards.count(), 30);
    await pictureWhole(page, "light-map-thirty");
    await page.setViewportSize({ width: 390, height: 844 });
    await assertFitsSideways(page, "a map of thirty steps on a phone");
    await pictureWhole(page, "phone-map-thirty");
    await leave();
  });
});
