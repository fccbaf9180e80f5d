// A forecast: the mails of the next weeks, the mails if more contacts were added, and how earlier forecasts turned out.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { plantMessage } from "../../server/testing/planted.ts";
import { MAIL_STEP, newContacts, newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { catchUpEngine } from "../../server/testing/stepping.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, picture, signIn, useBrowser } from "./browser.ts";
import { LOOKS } from "./looks.ts";

describe("forecast", () => {
  let team: Team;
  const world = useWorld({}, async (opened) => {
    team = await opened.newTeam();
    const { id: mailbox } = await newMailbox(team, {
      email: "ines@norrland.example",
      email_daily_threshold: 5,
      max_outbound_emails_per_hour: null,
      seconds_delay_between_emails: null,
    });
    const { id } = await newSequence(team, { name: "Cold plants" });
    await team.api.joining.addContacts({
      id,
      emailer_campaign_id: id,
      contact_ids: await newContacts(team, 18, { email_status: "verified" }),
      send_email_from_email_account_id: mailbox,
    });
  });
  const browser = useBrowser();

  for (const look of ["light", "dark"] as const)
    test(`weeks are foreseen, and once more with what might be (${look})`, async () => {
      const { page, leave } = await browser.visit(world.url, { colorScheme: look });
      await signIn(page, team.owner);
      await page.goto("/forecast");
      await page.getByRole("button", { name: "Run forecast" }).click();
      await page.getByRole("row", { name: /Cold plants 18 18/ }).waitFor();
      await page.getByText("18 planned emails to 18 contacts; the last contact finishes on").waitFor();
      await page.getByText("1 mailbox", { exact: false }).first().waitFor();
      await page.getByRole("img", { name: /Emails per day for/ }).waitFor();
      const load = page.getByRole("group", { name: "ines@norrland.example" });
      const bars = await load.getByRole("button").all();
      const labels = await Promise.all(bars.map((bar) => bar.getAttribute("aria-label")));
      const sends = labels.map((label) => Number(/: (\d+)$/.exec(label ?? "")?.[1] ?? Number.NaN));
      assert.equal(
        sends.reduce((sum, one) => sum + one, 0),
        18,
      );
      assert.ok(
        sends.every((one) => one <= 5),
        sends.join(),
      );
      await page.getByText(/^At the limit of 5 on \d days?$/).waitFor();
      await picture(page, `${look}-forecast`);
      await assertAccessible(page, `a forecast, ${look}`);
      await page.getByLabel("What if: contacts added").fill("12");
      await page.getByRole("combobox", { name: "To this sequence" }).click();
      await page.getByRole("option", { name: "Cold plants" }).click();
      await page.getByLabel("What if: emails per day from a new mailbox").fill("20");
      await page.getByRole("button", { name: "Run forecast" }).click();
      await page.getByRole("row", { name: /Cold plants 30 30/ }).waitFor();
      await page.getByText("New mailbox").first().waitFor();
      const { forecasts } = await team.api.forecasts.list();
      assert.deepEqual(forecasts[0]?.what_if.add_mailboxes, [{ email_daily_threshold: 20 }]);
      assert.equal((await team.api.contacts.search({})).pagination.total_entries, 18, "nobody was made");
      await leave();
    });

  test("a bar of a mailbox leads to the emails that are planned for the day, by mouse and by keys", async () => {
    await catchUpEngine(world);
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/forecast");
    await page.getByRole("button", { name: "Run forecast" }).click();
    const load = page.getByRole("group", { name: "ines@norrland.example" });
    await load.getByRole("button", { disabled: false }).first().click();
    const panel = page.getByRole("region", { name: "Emails planned" });
    await panel.getByText(/Forecast: \d+ emails?\. These emails are due by then/).waitFor();
    await panel.getByRole("listitem").first().waitFor();
    assert.ok((await panel.getByRole("listitem").count()) > 0);
    await picture(page, "light-forecast-day");
    await assertAccessible(page, "the emails of a day of the forecast");
    await panel.getByRole("button", { name: "Close" }).click();
    await panel.waitFor({ state: "detached" });
    await load.getByRole("button", { disabled: false }).first().focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await panel.getByText("Forecast:", { exact: false }).waitFor();
    await leave();
  });

  test("how many emails are likely is drawn, and from what that is concluded stands below", async () => {
    const own = await world.newTeam("Älvdalen Kraft");
    const box = (await newMailbox(own, { email_daily_threshold: 15 })).id;
    const { id, steps } = await newSequence(own, {
      name: "Warm plants",
      emailer_steps: [MAIL_STEP, { ...MAIL_STEP, wait_time: 3 }, { ...MAIL_STEP, wait_time: 4 }],
    });
    const contact_ids = await newContacts(own, 60, { email_status: "verified" });
    await own.api.joining.addContacts({
      id,
      emailer_campaign_id: id,
      contact_ids,
      send_email_from_email_account_id: box,
    });
    const at = world.running.app.now();
    for (let n = 0; n < 120; n++)
      await plantMessage(world, own, id, {
        contact_id: contact_ids[n % 60],
        step_id: steps[0],
        mailbox_id: box,
        completed_at: at.subtract({ hours: 24 * 20 + n }),
        ...(n < 9 && { replied_at: at, reply_class: "interested" }),
      });
    for (const [look, options] of Object.entries(LOOKS)) {
      const { page, leave } = await browser.visit(world.url, options);
      await signIn(page, own.owner);
      await page.goto("/forecast");
      await page.getByRole("button", { name: "Run forecast" }).click();
      await page
        .getByText(
          /^\d+ to \d+ emails are likely; the thin lines show the range of each day\. In the last 90 days, 9 of 120 emails/,
        )
        .waitFor();
      // Some days have a range of one number only, which is drawn and has no size.
      await page.locator(".recharts-errorBar").last().waitFor({ state: "attached" });
      await page.getByRole("img", { name: /Emails per day for/ }).scrollIntoViewIfNeeded();
      await picture(page, `${look}-forecast-likely`);
      await assertAccessible(page, `what is likely, ${look}`);
      await assertFitsSideways(page, `what is likely, ${look}`);
      await leave();
    }
  });
});
