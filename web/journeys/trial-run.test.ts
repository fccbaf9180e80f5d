// A sequence is tried out before it is activated: weeks pass in a sandbox, and the page shows every email, who waits, and who is left out.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { alwaysOpen } from "../../server/testing/sending.ts";
import { MAIL_STEP, newContacts, newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import {
  assertAccessible,
  assertFitsSideways,
  picture,
  pictureWhole,
  signIn,
  useBrowser,
} from "./browser.ts";

const SHORT = {
  subject: "A shorter stop, {{first_name}}",
  body_html: "<p>Hi {{first_name}}, worth twenty minutes?</p>",
};

describe("trial runs", () => {
  let team: Team;
  let sequence: string;
  const world = useWorld({}, async (opened) => {
    team = await opened.newTeam("Norrland Kraft");
    const { id: mailbox } = await newMailbox(team, {
      email: "ines@norrland.example",
      default: true,
      email_daily_threshold: 5,
      max_outbound_emails_per_hour: null,
      seconds_delay_between_emails: null,
    });
    const mail = {
      ...MAIL_STEP,
      emailer_touches: [
        { type: "new_thread" as const, status: "approved" as const, emailer_template: SHORT },
      ],
    };
    sequence = (
      await newSequence(team, {
        name: "Cold plants",
        active: false,
        emailer_schedule_id: await alwaysOpen(team),
        emailer_steps: [mail, { ...mail, wait_time: 3, wait_mode: "day" }],
      })
    ).id;
    await team.api.joining.addContacts({
      id: sequence,
      contact_ids: await newContacts(team, 8, { email_status: "verified" }),
      send_email_from_email_account_id: [mailbox],
    });
    const listed = await newContacts(team, 4, { email_status: "verified" });
    await team.api.contacts.update({ id: listed[0] ?? "", email_unsubscribed: true });
    await team.api.labels.addEntityIds({ modality: "contacts", label_names: ["Fair"], entity_ids: listed });
  });
  const browser = useBrowser();

  test("two weeks are tried with the contacts of a list, and each number leads to its contacts and emails", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${sequence}`);
    await page.getByRole("button", { name: "More about this sequence" }).click();
    await page.getByRole("menuitem", { name: "Try it …" }).click();
    const dialog = page.getByRole("dialog", { name: "Try Cold plants" });
    await dialog.getByText("8 contacts are in the sequence now.", { exact: false }).waitFor();
    await dialog.getByText("2 weeks", { exact: true }).click();
    await dialog.getByLabel("Also add contacts of a list").selectOption({ label: "Fair (4)" });
    await dialog.getByLabel("Send from").first().waitFor();
    await picture(page, "light-trial-run-dialog");
    await assertAccessible(page, "the dialog of a trial run");
    await dialog.getByRole("button", { name: "Start the trial run" }).click();
    const main = page.getByRole("main");
    await main.getByRole("progressbar", { name: "Progress" }).waitFor();
    await picture(page, "light-trial-run-running");
    await main
      .getByText("The forecast was right: each mailbox sent as many emails on each day as foreseen.")
      .waitFor();
    await main.getByRole("img", { name: /^Emails per day for \d+ days, of all copied sequences/ }).waitFor();
    const ends = main.getByRole("table", { name: "Where the contacts are at the end" });
    await ends.getByRole("row", { name: "Finished All steps completed 11" }).waitFor();
    await main
      .getByRole("table", { name: "Contacts that would not be added" })
      .getByRole("row", { name: "Unsubscribed 1" })
      .waitFor();
    await pictureWhole(page, "light-trial-run-report");
    await assertAccessible(page, "the report of a trial run");
    await assertFitsSideways(page, "the report of a trial run");

    await main
      .getByRole("table", { name: "Why emails wait" })
      .getByRole("button", { name: "The mailbox has reached its daily limit (24 hours)." })
      .click();
    const waited = page.getByRole("region", { name: "Emails that waited" });
    await waited
      .getByRole("button", { name: /: 2 emails$/ })
      .first()
      .waitFor();
    await picture(page, "light-trial-run-contacts");
    const [name = ""] = (
      await waited
        .getByRole("button", { name: /: 2 emails$/ })
        .first()
        .innerText()
    ).split(":");
    await waited.getByRole("button", { name: `${name}: 2 emails` }).click();
    const emails = page.getByRole("region", { name: `Emails to ${name}` });
    await emails.getByText("2 emails", { exact: true }).waitFor();
    await emails.getByRole("article").first().getByText("worth twenty minutes?", { exact: false }).waitFor();
    await picture(page, "light-trial-run-emails");
    await assertAccessible(page, "the emails of a trial run");
    const { emailer_campaign } = await team.api.sequences.show({ id: sequence });
    assert.deepEqual([emailer_campaign.active, emailer_campaign.num_contacts], [false, 8]);
    await leave();
  });

  test("on a phone in the dark the report is read, and deleted", async () => {
    const { page, leave } = await browser.visit(world.url, {
      viewport: { width: 390, height: 844 },
      colorScheme: "dark",
    });
    await signIn(page, team.owner);
    await page.goto(`/sequences/${sequence}?tab=trial-runs`);
    const main = page.getByRole("main");
    await main.getByRole("button", { name: "Read the emails" }).waitFor();
    await main.getByRole("img", { name: /^Emails per day/ }).waitFor();
    await assertFitsSideways(page, "the report of a trial run on a phone");
    await assertAccessible(page, "the report of a trial run, dark");
    await pictureWhole(page, "dark-phone-trial-run");
    await main.getByRole("button", { name: "Delete …" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
    await main.getByText("No trial runs yet.").waitFor();
    await leave();
  });
});
