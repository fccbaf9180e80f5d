// Adding people with a promise of when they begin; and later, what became of the promise.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { csvOf } from "../../server/testing/imported.ts";
import { alwaysOpen } from "../../server/testing/sending.ts";
import { newContact, newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { type Team, useWorld, type World } from "../../server/testing/world.ts";
import {
  assertAccessible,
  assertFitsSideways,
  picture,
  signIn,
  signInByHand,
  useBrowser,
} from "./browser.ts";
import { chooseOne } from "./choosing.ts";
import { LOOKS } from "./looks.ts";

const DAYS = 3;

/** Twenty people who may be written to, and two mailboxes for nine mails a day. */
async function newPlants(world: Pick<World, "newTeam">) {
  const team = await world.newTeam("Norrland Kraft");
  const boxes: string[] = [];
  for (const [name, most] of [
    ["ines", 6],
    ["odd", 3],
  ] as const) {
    const limits = { max_outbound_emails_per_hour: null, seconds_delay_between_emails: null };
    const email = { email: `${name}@norrland.example`, email_daily_threshold: most, ...limits };
    boxes.push((await newMailbox(team, { ...email, default: name === "ines" })).id);
  }
  const people: string[] = [];
  const facts = { last_name: "Berg", email_status: "verified" as const, label_names: ["Nordic plants"] };
  for (let n = 0; n < 20; n++) people.push(await newContact(team, facts));
  return { team, boxes, people };
}

describe("the promise of an add", () => {
  let team: Team;
  const world = useWorld({}, async (opened) => {
    team = (await newPlants(opened)).team;
  });
  const browser = useBrowser();

  for (const [look, options] of Object.entries(LOOKS))
    test(`given in the dialog, kept with the add, and held against what happened (${look})`, async () => {
      const { id } = await newSequence(team, {
        name: `Downtime ${look}`,
        emailer_schedule_id: await alwaysOpen(team),
      });
      const { page, leave } = await browser.visit(world.url, options);
      await signIn(page, team.owner);
      await page.goto(`/sequences/${id}?do=add-contacts`);
      const dialog = page.getByRole("dialog", { name: "Add contacts" });
      await chooseOne(dialog, "Choose from", "Lists");
      await dialog.getByLabel(/Nordic plants/).check();
      await dialog.getByRole("button", { name: "Next: options" }).click();
      await dialog.getByText("Contacts active in another sequence").click();
      await dialog.getByRole("button", { name: "Next: preview" }).click();
      await dialog.getByText("20 will be added · 0 will be skipped").waitFor();
      await dialog.getByText(/will get their first email by \w+day \d+ \w+/).waitFor();
      await dialog.locator(".recharts-bar-rectangle").first().waitFor();
      await picture(page, `${look}-promise-given`);
      await assertAccessible(page, `the promise, ${look}`);
      await assertFitsSideways(page, `the promise, ${look}`);
      await dialog.getByRole("button", { name: "Add 20 contacts" }).click();
      await page.getByRole("dialog", { name: "20 contacts added" }).waitFor();
      const { additions } = await team.api.joining.additions({ id });
      const request_id = additions[0]?.request_id ?? "";
      const { promised } = await team.api.promises.show({ id, request_id });
      assert.equal(promised?.people, 20, "the promise is kept with the add");
      await leave();
    });

  for (const [look, options] of Object.entries(LOOKS))
    test(`given to a file, kept with the import, and held against what happened (${look})`, async () => {
      const { id } = await newSequence(team, {
        name: `Fair ${look}`,
        emailer_schedule_id: await alwaysOpen(team),
      });
      const { page, leave } = await browser.visit(world.url, options);
      await signIn(page, team.owner);
      await page.goto(`/sequences/${id}?do=add-contacts`);
      const dialog = page.getByRole("dialog", { name: "Add contacts" });
      await chooseOne(dialog, "Choose from", "File");
      await dialog.locator("input[type=file]").setInputFiles({
        name: "fair.csv",
        mimeType: "text/csv",
        buffer: Buffer.from(csvOf(30, 1_000 * (1 + Object.keys(LOOKS).indexOf(look)))),
      });
      await dialog.getByRole("button", { name: "Next: options" }).click();
      await dialog.getByRole("button", { name: "Next: preview" }).click();
      await dialog.getByText("30 will be added · 0 will be skipped").waitFor();
      await dialog.getByText(/will get their first email by \w+day \d+ \w+/).waitFor();
      await dialog.locator(".recharts-bar-rectangle").first().waitFor();
      await dialog.getByText("First steps by day").scrollIntoViewIfNeeded();
      await picture(page, `${look}-promise-file-given`);
      await assertAccessible(page, `the promise of a file, ${look}`);
      await assertFitsSideways(page, `the promise of a file, ${look}`);
      await dialog.getByRole("button", { name: "Import and add 30 contacts" }).click();
      await dialog.getByText("30 added to the sequence, 0 skipped.").waitFor();
      await dialog.getByText(/^0 of 30 contacts have started/).waitFor();
      await dialog.locator(".recharts-bar-rectangle").first().waitFor();
      await picture(page, `${look}-promise-file-kept`);
      await assertAccessible(page, `what a file was promised, ${look}`);
      await dialog.getByRole("link", { name: "View all rows" }).click();
      await page.getByRole("heading", { name: "Promised and started" }).waitFor();
      await page.getByText(/^0 of 30 contacts have started/).waitFor();
      await assertAccessible(page, `an import with its promise, ${look}`);
      await assertFitsSideways(page, `an import with its promise, ${look}`);
      const { imports } = await team.api.imports.list();
      const { promised } = await team.api.promises.show({ id, request_id: imports[0]?.id ?? "" });
      assert.equal(promised?.people, 30, "the promise is kept with the import");
      await leave();
    });

  test("of a mailbox that was slowed down, so many are late, and why", async () => {
    const { team, boxes, people } = await newPlants(world);
    const { id } = await newSequence(team, { name: "Slowed", emailer_schedule_id: await alwaysOpen(team) });
    const wish = { id, contact_ids: people, send_email_from_email_account_id: boxes };
    const { promise } = await team.api.promises.create(wish);
    const { request_id } = await team.api.joining.addContacts({ ...wish, promise_id: promise.id });
    for (const box of boxes) await team.api.emailAccounts.update({ id: box, email_daily_threshold: 0 });
    world.advance({ hours: 24 * DAYS });
    const { promised } = await team.api.promises.show({ id, request_id });
    assert.ok(promised && promised.late > 0 && promised.late === promised.promised_by_now);
    for (const [look, options] of Object.entries(LOOKS)) {
      const { page, leave } = await browser.visit(world.url, options);
      await signInByHand(page, team.owner);
      await page.clock.setFixedTime(Date.now() + DAYS * 86_400_000);
      await page.goto(`/sequences/${id}?tab=activity&open=${request_id}`);
      const report = page.getByRole("dialog", { name: "Report" });
      await report.getByText(`so ${promised.late} are late`, { exact: false }).waitFor();
      const why = report.getByRole("list", { name: "Contacts not started" });
      await why
        .getByText(/waiting: \w+@norrland\.example has reached its daily limit: 0 of 0 emails/)
        .first()
        .waitFor();
      await report.locator(".recharts-bar-rectangle").first().waitFor();
      await picture(page, `${look}-promise-report`);
      await assertAccessible(page, `the report of an add, ${look}`);
      await page.goto(`/sequences/${id}?tab=report`);
      await page.getByRole("heading", { name: "Promised and started" }).waitFor();
      await page.getByText(`so ${promised.late} are late`, { exact: false }).waitFor();
      await picture(page, `${look}-promise-sequence`);
      await assertAccessible(page, `the sequence's report, ${look}`);
      await assertFitsSideways(page, `the sequence's report, ${look}`);
      await leave();
    }
  });
});
