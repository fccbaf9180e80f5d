// A look ahead: what goes out in the next weeks, what would if there were more to do, and what came of it.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { newContacts, newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, useBrowser } from "./browser.ts";

describe("forecast", () => {
  let team: Team;
  const world = useWorld({}, async (opened) => {
    team = await opened.newTeam();
    const { id: mailbox } = await newMailbox(team, {
      ...{ email: "ines@norrland.example", email_daily_threshold: 5 },
      ...{ max_outbound_emails_per_hour: null, seconds_delay_between_emails: null },
    });
    const { id } = await newSequence(team, { name: "Cold plants" });
    await team.api.joining.addContacts({
      ...{
        id,
        emailer_campaign_id: id,
        contact_ids: await newContacts(team, 18, { email_status: "verified" }),
      },
      send_email_from_email_account_id: mailbox,
    } as never);
  });
  const browser = useBrowser();

  for (const look of ["light", "dark"] as const)
    test(`weeks are foreseen, and once more with what might be (${look})`, async () => {
      const { page, leave } = await browser.visit(world.url, { colorScheme: look });
      await signIn(page, team.owner);
      await page.goto("/forecast");
      await page.getByRole("button", { name: "Look ahead" }).click();
      await page.getByRole("row", { name: /Cold plants 18 18/ }).waitFor();
      await page.getByText("18 mails to 18 contacts; the last is through on").waitFor();
      await page.getByText("1 mailbox", { exact: false }).first().waitFor();
      await page.getByRole("img", { name: /What goes out on each of/ }).waitFor();
      await picture(page, `${look}-forecast`);
      await assertAccessible(page, `a forecast, ${look}`);
      await page.getByLabel("What if so many contacts joined").fill("12");
      await page.getByRole("combobox", { name: "… this sequence" }).click();
      await page.getByRole("option", { name: "Cold plants" }).click();
      await page.getByLabel("What if there were one more mailbox, a day").fill("20");
      await page.getByRole("button", { name: "Look ahead" }).click();
      await page.getByRole("row", { name: /Cold plants 30 30/ }).waitFor();
      await page.getByText("The new mailbox").first().waitFor();
      const { forecasts } = await team.api.forecasts.list();
      assert.deepEqual(forecasts[0]?.what_if.add_mailboxes, [{ email_daily_threshold: 20 }]);
      assert.equal((await team.api.contacts.search({})).pagination.total_entries, 18, "nobody was made");
      await leave();
    });
});
