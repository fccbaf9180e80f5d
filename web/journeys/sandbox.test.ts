// A person moves the time of a sandbox, and the page shows what has happened by then.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inSandbox } from "../../server/testing/sandboxed.ts";
import { alwaysOpen, until } from "../../server/testing/sending.ts";
import { MAIL_STEP, newContact, newSequence } from "../../server/testing/sequenced.ts";
import { type Team, tokenIn, useWorld } from "../../server/testing/world.ts";
import {
  assertAccessible,
  assertFitsSideways,
  picture,
  signIn,
  signInByHand,
  useBrowser,
} from "./browser.ts";

const settings = await inSandbox();

describe("a sandbox", () => {
  let team: Team;
  const member = { email: "ines@norrland.example", password: "a long sentence is a good password" };
  const world = useWorld(settings, async (opened) => {
    team = await opened.newTeam("Norrland Kraft");
    const { invitation_url } = await team.api.users.invite({ email: member.email });
    const token = tokenIn(invitation_url);
    await opened.client().invitations.accept({ token, name: "Ines Okafor", password: member.password });
  });
  const browser = useBrowser();

  test("three days are one click each, and the next event one more", async () => {
    const mailbox = (await team.api.emailAccounts.create({ email: "me@sender.example", type: "catcher" }))
      .email_account;
    const sequence = await newSequence(team, {
      emailer_schedule_id: await alwaysOpen(team),
      emailer_steps: [MAIL_STEP, { ...MAIL_STEP, wait_time: 3, wait_mode: "day" }],
    });
    await team.api.joining.addContacts({
      id: sequence.id,
      contact_ids: [await newContact(team, { email: "ola@kunde.example" })],
      send_email_from_email_account_id: [mailbox.id],
      sequence_unverified_email: true,
    });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/catcher");
    const bar = page.getByRole("region", { name: "Sandbox" });
    await bar.getByText("time stopped").waitFor();
    const shown = () => bar.locator("time").getAttribute("datetime");
    assert.equal(await shown(), "2027-01-04T09:00:00.000Z");
    for (const day of ["05", "06"]) {
      await bar.getByRole("button", { name: "Move the time forward by 1 day" }).click();
      await bar.locator(`time[datetime="2027-01-${day}T09:00:00.000Z"]`).waitFor();
      await bar.getByText("time stopped").waitFor();
    }
    await page.getByRole("main").getByText("ola@kunde.example").waitFor();
    assert.equal((await team.api.catcher.list()).messages.length, 1);
    for (let sent = 1; sent < 2; sent = (await team.api.catcher.list()).messages.length) {
      const before = await shown();
      await bar.getByRole("button", { name: "Next event" }).click();
      await bar.locator(`time:not([datetime="${before}"])`).waitFor();
      await bar.getByText("time stopped").waitFor();
    }
    assert.match((await shown()) ?? "", /^2027-01-07T09:00/);
    await assertFitsSideways(page, "sandbox");
    await assertAccessible(page, "sandbox");
    await picture(page, "light-sandbox");
    await bar.getByRole("button", { name: "Let time run" }).click();
    const fast = page.getByRole("menuitem", { name: "1 day a minute" });
    await fast.waitFor();
    await assertAccessible(page, "speeds of a sandbox");
    await fast.click();
    await bar.getByText("1 day a minute").waitFor();
    await bar.getByRole("button", { name: "Stop time" }).click();
    await bar.getByText("time stopped").waitFor();
    await leave();
  });

  test("rows say what recipients do, switches what goes wrong, and a plan how programs are answered", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/catcher");
    await page.getByRole("link", { name: "Recipients and faults" }).click();
    const main = page.getByRole("main");
    await main.getByRole("heading", { name: "Sandbox", level: 1 }).waitFor();
    await main.getByRole("button", { name: "Add a row" }).click();
    const row = main.getByRole("listitem", { name: "Row 1" });
    await row.getByRole("combobox", { name: "Recipients" }).click();
    await page.getByRole("option", { name: "Domain" }).click();
    await row.getByRole("textbox", { name: "Value" }).fill("dead.example");
    await row.getByRole("combobox", { name: "What happens" }).click();
    await page.getByRole("option", { name: "Hard bounce" }).click();
    await row.getByRole("textbox", { name: "After minutes" }).fill("5");
    await row.getByRole("textbox", { name: "Step" }).fill("2");
    await assertAccessible(page, "rows of a sandbox");
    await page.getByRole("button", { name: /^Save/ }).click();
    await page.getByRole("region", { name: "Unsaved changes" }).waitFor({ state: "detached" });
    assert.deepEqual((await team.api.sandbox.prospects()).prospects, [
      { match: { domain: "dead.example", step: 2 }, does: "hard_bounce", after: "PT5M" },
    ]);
    await team.api.sandbox.setFaults({ faults: [{ on: "webhook", does: "lost", times: 3 }] });
    await page.reload();
    await main.getByText("One more fault was set with the API. It stays.").waitFor();
    const doubled = main.getByRole("switch", { name: "Every fifth webhook arrives twice" });
    await doubled.click();
    await until(async () => (await team.api.sandbox.faults()).faults.length === 2);
    await doubled.and(page.locator(":checked:enabled")).waitFor();
    await doubled.click();
    await until(async () => (await team.api.sandbox.faults()).faults.length === 1);
    await main.getByRole("switch", { name: "Only calls, parameters" }).click();
    await main.getByRole("combobox", { name: "Apollo plan" }).and(page.locator(":enabled")).click();
    await page.getByRole("option", { name: "Basic" }).click();
    await until(async () => (await team.api.sandbox.profile()).plan === "basic");
    assert.deepEqual(await team.api.sandbox.profile(), { strict: true, plan: "basic" });
    await assertFitsSideways(page, "settings of a sandbox");
    await picture(page, "light-sandbox-settings");
    await leave();
    await team.api.sandbox.setProfile({ strict: false });
  });

  test("a calendar says what happened on each day and leads to its events, and one goes back to a snapshot", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/sandbox");
    const main = page.getByRole("main");
    await main.getByRole("textbox", { name: "Name" }).fill("Before the second week");
    await main.getByRole("button", { name: "Keep a snapshot" }).click();
    await main.getByRole("button", { name: "Go back to Before the second week" }).waitFor();
    const bar = page.getByRole("region", { name: "Sandbox" });
    const before = await bar.locator("time").getAttribute("datetime");
    await bar.getByRole("link", { name: "What happened" }).click();
    await main.getByRole("heading", { name: "January 2027", exact: true }).waitFor();
    const month = await team.api.sandbox.timeline({ from: "2027-01-01", until: "2027-01-31" });
    const sent = month.days.flatMap(({ happened }) => happened).filter(({ type }) => type === "message.sent");
    assert.equal(
      sent.reduce((sum, { count }) => sum + count, 0),
      2,
    );
    await main.getByText(/^2 emails sent/).waitFor();
    await main.getByRole("button", { name: /^Monday 4 January.*1 email sent/ }).click();
    const events = main.getByRole("region", { name: "Monday 4 January" });
    await events.getByText("Norrland Kraft").or(events.getByText(/email/)).last().waitFor();
    await events.getByRole("combobox", { name: "Event type" }).click();
    await page.getByRole("option", { name: "Contacts in sequences" }).click();
    await events.getByText(/added Person\d+ to Sequence/).waitFor();
    await assertFitsSideways(page, "run of a sandbox");
    await assertAccessible(page, "run of a sandbox");
    await picture(page, "light-sandbox-run");
    await events.getByRole("button", { name: "Show the whole month" }).click();
    await main.getByRole("button", { name: "Next month" }).click();
    await main.getByText("Nothing was sent or answered in this month.").waitFor();
    await bar.getByRole("button", { name: "Move the time forward by 1 week" }).click();
    await bar.locator(`time:not([datetime="${before}"])`).waitFor();
    await bar.getByText("time stopped").waitFor();
    await main.getByRole("link", { name: "Sandbox" }).click();
    await main.getByRole("button", { name: "Go back to Before the second week" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Go back" }).click();
    await page.getByRole("alert").getByText("The sandbox is back where it was.").waitFor();
    await bar.locator(`time[datetime="${before}"]`).waitFor();
    await picture(page, "light-sandbox-snapshots");
    await leave();
  });

  test("presets, in the dark and on a phone", async () => {
    const { page, leave } = await browser.visit(world.url, {
      viewport: { width: 390, height: 844 },
      colorScheme: "dark",
    });
    await signIn(page, team.owner);
    await page.goto("/settings/sandbox");
    const main = page.getByRole("main");
    await main.getByRole("button", { name: "Use a preset" }).click();
    await page.getByRole("option", { name: "Holiday season" }).click();
    await main.getByRole("listitem", { name: "Row 2" }).waitFor();
    const { prospects } = await team.api.sandbox.prospects();
    assert.equal(
      prospects.some(({ does }) => does === "out_of_office"),
      true,
    );
    await assertFitsSideways(page, "settings of a sandbox on a phone");
    await assertAccessible(page, "settings of a sandbox in the dark");
    await picture(page, "phone-dark-sandbox-settings");
    await leave();
  });

  test("a member sees the time, and moves nothing", async () => {
    const { page, leave } = await browser.visit(world.url, { viewport: { width: 390, height: 844 } });
    await signInByHand(page, member);
    const bar = page.getByRole("region", { name: "Sandbox" });
    await bar.getByText("time stopped").waitFor();
    assert.equal(await bar.getByRole("button").count(), 0);
    assert.equal(await bar.getByRole("link").count(), 0);
    for (const path of ["/settings/sandbox/run", "/settings/sandbox"]) {
      await page.goto(path);
      await page.getByText("Only admins can open this page").waitFor();
    }
    await assertFitsSideways(page, "sandbox of a member");
    await picture(page, "phone-sandbox");
    await leave();
  });
});
