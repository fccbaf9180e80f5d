// The past state of an enrollment and of a mailbox: asked for in the why panel, and on the mailbox's page.

import { describe, test } from "node:test";
import { alwaysOpen, until } from "../../server/testing/sending.ts";
import { newContact, newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, picture, signInByHand, useBrowser } from "./browser.ts";
import { LOOKS } from "./looks.ts";

/** In any time zone of a viewer. */
const BETWEEN = "yesterday 12:00";

describe("as it stood", () => {
  let team: Team;
  let sequence: string;
  let enrollment: string;
  let mailbox: string;
  const world = useWorld({}, async (opened) => {
    team = await opened.newTeam("Norrland Kraft");
    mailbox = (await newMailbox(team, { email: "ines@norrland.example", email_daily_threshold: 40 })).id;
    sequence = (await newSequence(team, { name: "Downtime", emailer_schedule_id: await alwaysOpen(team) }))
      .id;
    const contact = await newContact(team, { first_name: "Ines", last_name: "Okafor" });
    const added = await team.api.joining.addContacts({
      id: sequence,
      contact_ids: [contact],
      send_email_from_email_account_id: [mailbox],
      status: "paused",
    });
    enrollment = ("enrollments" in added && added.enrollments[0]?.id) || "";
    opened.advance({ days: 2 }); // so that noon of yesterday lies between the earlier state and the present one
    await team.api.enrollments.resume({ id: sequence, contact_ids: [contact] });
    await team.api.emailAccounts.update({ id: mailbox, email_daily_threshold: 7 });
  });
  const browser = useBrowser();

  for (const [look, options] of Object.entries(LOOKS))
    test(`the past state of an enrollment and of a mailbox is shown (${look})`, async () => {
      const { page, leave } = await browser.visit(world.url, options);
      await signInByHand(page, team.owner);
      await page.clock.setFixedTime(world.running.app.now().epochMilliseconds);
      await page.goto(`/sequences/${sequence}?tab=contacts&why=enrollment:${enrollment}`);
      await page.getByRole("button", { name: "Show a past state" }).click();
      await page.getByLabel("Date and time").fill(BETWEEN);
      await page.getByText(/Ines Okafor was paused in Downtime at step 1/).waitFor();
      await page.keyboard.press("Tab");
      await page.getByText("enrollment_paused").waitFor();
      await picture(page, `${look}-then-enrollment`);
      await assertAccessible(page, `an enrollment as it stood, ${look}`);
      await page.goto(`/settings/mailboxes/${mailbox}`);
      await page.getByLabel("Date and time").fill(BETWEEN);
      await page.getByText("0 emails sent in the 24 hours before (daily limit 40)").waitFor();
      await page.keyboard.press("Tab");
      await page.getByRole("heading", { name: "At a past time" }).scrollIntoViewIfNeeded();
      await picture(page, `${look}-then-mailbox`);
      await assertAccessible(page, `a mailbox as it stood, ${look}`);
      await assertFitsSideways(page, `a mailbox as it stood, ${look}`);
      await leave();
    });

  test("a field that was open at midnight takes the new day", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    const now = world.running.app.now();
    await page.clock.setFixedTime(now.subtract({ hours: 24 }).epochMilliseconds);
    await page.goto(`/settings/mailboxes/${mailbox}`);
    await page.getByText("0 emails sent in the 24 hours before (daily limit 40)").waitFor();
    const moment = page.getByLabel("Date and time");
    await moment.focus();
    await page.clock.setFixedTime(now.epochMilliseconds);
    const day = now.toZonedDateTimeISO("Europe/Oslo").day;
    await until(async () => {
      await moment.fill("today 00:00");
      await moment.press("Tab"); // what was refused is replaced then
      return new RegExp(`^\\w+ ${day} .+, 00:00$`).test(await moment.inputValue());
    });
    await leave();
  });
});
