// Touch limits: set by an admin, seen at the contact, told before contacts are added, and passed over for one mail with a
// reason.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { plantMessage } from "../../server/testing/planted.ts";
import { alwaysOpen } from "../../server/testing/sending.ts";
import { newContact, newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import {
  assertAccessible,
  assertFitsSideways,
  picture,
  signIn,
  signInByHand,
  useBrowser,
} from "./browser.ts";
import { chooseOne } from "./choosing.ts";

describe("respect", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;
  let ines: string;

  before(async () => {
    world.advance({ days: -2 }); // so that noon of yesterday, wherever the viewer is, lies after the contact was added
    team = await world.newTeam("Norrland Kraft");
    const mailbox = await newMailbox(team, { default: true });
    ines = await newContact(team, {
      first_name: "Ines",
      last_name: "Okafor",
      email: "ines@kraft.example",
      label_names: ["Plant managers"],
    });
    world.advance({ days: 2 });
    const { id } = await newSequence(team, { name: "Before" });
    for (const hours of [20, 40])
      await plantMessage(world, team, id, {
        contact_id: ines,
        mailbox_id: mailbox.id,
        to_email: "ines@kraft.example",
        completed_at: world.running.app.now().subtract({ hours }).toString(),
      });
  });

  test("limits are set, seen at the contact and before adding, and one mail goes beyond them with a reason", async () => {
    const { page, expectRefusals, leave } = await browser.visit(world.url);
    expectRefusals(422);
    await signIn(page, team.owner);
    await page.goto("/settings/team");
    await page.getByRole("button", { name: "Add a limit" }).click();
    const first = page.getByRole("group", { name: "Limit 1", exact: true });
    await first.getByLabel("At most").fill("2");
    await first.getByRole("combobox", { name: "What counts" }).click();
    await page.getByRole("option", { name: "emails only" }).click();
    await page.getByRole("button", { name: "Add a limit" }).click();
    await page
      .getByRole("group", { name: "Limit 2" })
      .getByRole("button", { name: "Remove limit 2" })
      .click();
    await picture(page, "light-touch-limits");
    await assertAccessible(page, "limits of touches");
    await page.getByRole("button", { name: "Save limits" }).click();
    await page.getByText("Contact frequency limits saved.").waitFor();
    const { team: saved } = await team.api.teams.current();
    assert.deepEqual(saved.touch_limits, [{ scope: "person", counts: "emails", most: 2, days: 7 }]);

    await page.goto(`/contacts/${ines}`);
    await page.getByText("This contact: 2 of 2 emails in 7 days.").waitFor();
    await picture(page, "light-touched");
    await assertAccessible(page, "a contact that was touched enough");

    await page.getByRole("button", { name: "Send email" }).click();
    const mail = page.getByRole("dialog");
    await mail.getByLabel("Subject").fill("As promised");
    await mail.locator("[contenteditable]").fill("Here it is.");
    await mail.getByRole("button", { name: "Send", exact: true }).click();
    await mail.getByText(/has reached a contact frequency limit: 2 of 2/).waitFor();
    await picture(page, "light-beyond-touches");
    await assertAccessible(page, "a mail beyond the limit");
    await mail.getByLabel("Reason for sending anyway").fill("She asked for it on the phone");
    await mail.getByRole("button", { name: "Send anyway" }).click();
    await page.getByText("Email sent to the outbox.").waitFor();
    await leave();
  });

  test("an admin limits what each mailbox sends to one mail provider", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/team");
    await page.getByRole("button", { name: "Add a mail provider limit" }).click();
    const first = page.getByRole("group", { name: "Mail provider limit 1" });
    await first.getByLabel("At most").fill("15");
    await first.getByRole("combobox", { name: "Emails to" }).click();
    await page.getByRole("option", { name: "Google" }).click();
    await page.getByRole("button", { name: "Add a mail provider limit" }).click();
    const second = page.getByRole("group", { name: "Mail provider limit 2" });
    await second.getByRole("combobox", { name: "Emails to" }).click();
    await page.getByRole("option", { name: "each company domain" }).click();
    await second.getByRole("combobox", { name: "Per" }).click();
    await page.getByRole("option", { name: "24 hours" }).click();
    await first.scrollIntoViewIfNeeded();
    await picture(page, "light-recipient-limits");
    await assertAccessible(page, "limits per mail provider");
    await assertFitsSideways(page, "limits per mail provider");
    await page.getByRole("button", { name: "Save mail provider limits" }).click();
    await page.getByText("Mail provider limits saved.").waitFor();
    const { team: saved } = await team.api.teams.current();
    assert.deepEqual(saved.recipient_limits, [
      { to: "provider", provider: "google", most: 15, per: "hour" },
      { to: "domain", provider: null, most: 20, per: "day" },
    ]);
    await leave();
  });

  test("a contact is shown as it stood at a moment", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/contacts/${ines}?tab=as-it-stood`);
    const moment = page.getByLabel("Date and time");
    await moment.fill("-3 12:00");
    await page.getByText("Ines Okafor did not exist yet.").waitFor();
    await assertAccessible(page, "a contact as it was not yet");
    await moment.fill("yesterday 12:00");
    await page.getByText("Ines Okafor was not in any sequence.").waitFor();
    await picture(page, "light-as-it-stood");
    await assertAccessible(page, "a contact as it stood");
    await leave();
  });

  test("who has been touched enough is told of before they are added, and a phone shows it too", async () => {
    await team.api.teams.update({ touch_limits: [{ scope: "person", counts: "emails", most: 2, days: 7 }] });
    const { id } = await newSequence(team, { name: "Again" });
    const { page, leave } = await browser.visit(world.url, {
      colorScheme: "dark",
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await signIn(page, team.owner);
    await page.goto("/settings/team");
    await page.getByRole("group", { name: "Limit 1", exact: true }).waitFor();
    await assertFitsSideways(page, "limits of touches");
    await picture(page, "phone-touch-limits");
    await page.goto(`/contacts/${ines}`);
    await page.getByText("This contact: 2 of 2 emails in 7 days.").waitFor();
    await assertFitsSideways(page, "a contact that was touched enough");
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`/sequences/${id}`);
    await page.getByRole("button", { name: "Add contacts" }).click();
    const dialog = page.getByRole("dialog", { name: "Add contacts" });
    await chooseOne(dialog, "Choose from", "Lists");
    await dialog.getByLabel(/Plant managers/).check();
    await dialog.getByRole("button", { name: "Next: options" }).click();
    await dialog.getByRole("button", { name: "Next: preview" }).click();
    await dialog
      .getByText(
        /^1 contact \(.+\) will be added at the contact frequency limit: their first step will wait\.$/,
      )
      .waitFor();
    await assertAccessible(page, "adding somebody who was touched enough");
    await leave();
  });

  test("why a contact waits says which touches fill the limit, when it frees, and where the limits are set", async () => {
    await team.api.teams.update({ touch_limits: [{ scope: "person", counts: "emails", most: 2, days: 7 }] });
    const { id } = await newSequence(team, {
      name: "Once more",
      emailer_schedule_id: await alwaysOpen(team),
    });
    await team.api.joining.addContacts({
      id,
      emailer_campaign_id: id,
      contact_ids: [ines],
      send_email_from_email_account_id: (await team.api.emailAccounts.list()).email_accounts.map(
        (one) => one.id,
      ),
    });
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    const { contact } = await team.api.contacts.get({ id: ines });
    const status = contact.contact_campaign_statuses.find(({ emailer_campaign_id: of }) => of === id);
    await page.goto(`/contacts/${ines}?why=enrollment:${status?.id}`);
    const panel = page.locator("[data-beside]").filter({ hasText: "limit:touches" });
    await panel.getByText("ends by itself").first().waitFor();
    const fills = panel.getByRole("list", { name: "Counted toward the limit" }).getByRole("listitem");
    await fills.nth(1).waitFor();
    assert.equal(await fills.count(), 2);
    await picture(page, "light-touches-why");
    await assertAccessible(page, "why somebody who was touched enough waits");
    await panel.getByRole("link", { name: "Contact frequency limits" }).click();
    await page.getByRole("group", { name: "Limit 1", exact: true }).waitFor();
    await leave();
  });
});
