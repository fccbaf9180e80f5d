// What a seller does with the emails that came: puts one off, gives one to a colleague, and answers with copies and files, now or
// later.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { openImapMailbox } from "../../server/testing/imap-mailbox.ts";
import { mailed, plantIncoming, replyWithFiles, taken } from "../../server/testing/incoming.ts";
import { LOOPBACK } from "../../server/testing/loopback.ts";
import { LOGIN } from "../../server/testing/post-office.ts";
import { until } from "../../server/testing/sending.ts";
import { newContact, newMailbox } from "../../server/testing/sequenced.ts";
import { asOwner } from "../../server/testing/wire.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, picture, signIn, useBrowser } from "./browser.ts";

describe("the inbox", () => {
  const world = useWorld({ mailAllow: LOOPBACK });
  const browser = useBrowser();

  async function cameIn(own: Team, subject: string) {
    const one = await plantIncoming(world, own);
    await asOwner(world, (client) =>
      client.query(
        "update incoming_mails set subject = $2, from_name = 'Ines Okafor', from_email = $3, body_text = 'Could we talk about it?' where id = $1",
        [one.id, subject, one.email],
      ),
    );
    return one;
  }

  test("an email is snoozed by a key, waits under its own tab, and is moved back", async () => {
    const own = await world.newTeam("Snoozing");
    await cameIn(own, "About the boiler");
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, own.owner);
    await page.goto("/inbox");
    await page.getByRole("heading", { level: 2, name: "About the boiler" }).waitFor();
    await page.keyboard.press("z");
    await page.getByRole("menuitem", { name: "Tomorrow, 09:00" }).waitFor();
    await picture(page, "light-inbox-snooze");
    await assertAccessible(page, "the inbox with its times to snooze");
    await page.getByRole("menuitem", { name: "Tomorrow, 09:00" }).click();
    await page.getByText("1 email snoozed until").waitFor();
    await page.getByText("Nothing needs a reply.").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("heading", { level: 2, name: "About the boiler" }).waitFor();
    await page.keyboard.press("u");
    await page.getByText("Changed to: unsubscribe request.").waitFor();
    await page.getByText("Read as: unsubscribe request").waitFor();
    await page
      .getByRole("alert")
      .filter({ hasText: "Changed to: unsubscribe request." })
      .getByRole("button", { name: "Undo" })
      .click();
    await page.getByText("Read as: reply").waitFor();
    await page.getByRole("button", { name: "Snooze" }).click();
    await page.getByRole("menuitem", { name: "Custom date …" }).click();
    const dialog = page.getByRole("dialog", { name: "Snooze until" });
    await dialog.getByLabel("Until").fill("+5 08:30");
    await dialog.getByLabel("Until").press("Tab");
    await dialog.getByRole("button", { name: "Snooze" }).click();
    await page.getByText("Nothing needs a reply.").waitFor();
    await page.getByText("Snoozed", { exact: true }).click();
    await page.getByText("1 email snoozed.", { exact: true }).waitFor();
    await page.getByText(/^Snoozed until /).waitFor();
    await picture(page, "light-inbox-snoozed");
    await assertAccessible(page, "snoozed emails");
    await page.getByRole("button", { name: "Move back to inbox" }).click();
    await page.getByText("No snoozed emails.").waitFor();
    assert.equal(
      (await own.api.incomingMails.list({ is_open: true, snoozed: false })).pagination.total_entries,
      1,
    );
    await leave();
  });

  test("what is typed while the editor of a reply is loaded is no key of the page", async () => {
    const own = await world.newTeam("Typing");
    await cameIn(own, "About the kettle");
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, own.owner);
    const isAsked = Promise.withResolvers<void>();
    const mayCome = Promise.withResolvers<void>();
    await page.route(/\/assets\/RichText-[^/]*\.js$/, async (route) => {
      isAsked.resolve();
      await mayCome.promise;
      await route.continue();
    });
    await page.goto("/inbox");
    await page.getByRole("heading", { level: 2, name: "About the kettle" }).waitFor();
    await page.keyboard.press("r");
    await isAsked.promise;
    await page.keyboard.type("see u");
    mayCome.resolve();
    await page.locator("[contenteditable]:focus").waitFor();
    await page.keyboard.type("Gladly");
    await page.getByText("Gladly").waitFor();
    const { incoming_mails: kept } = await own.api.incomingMails.list({ is_open: true, snoozed: false });
    assert.deepEqual(
      kept.map(({ subject, kind }) => [subject, kind]),
      [["About the kettle", "reply"]],
      "neither done nor an unsubscribe request",
    );
    await leave();
  });

  test("emails are searched by subject, sender and company, and a search without a hit says so", async () => {
    const own = await world.newTeam("Searching");
    await cameIn(own, "About the boiler");
    await cameIn(own, "A question of price");
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, own.owner);
    await page.goto("/inbox");
    const rows = page.getByRole("list", { name: "Emails" }).getByRole("listitem");
    await until(async () => (await rows.count()) === 2);
    await page.keyboard.press("/");
    await page.keyboard.type("boiler");
    await until(async () => (await rows.count()) === 1);
    await page.getByRole("heading", { level: 2, name: "About the boiler" }).waitFor();
    await page.waitForURL(/q=boiler/);
    await picture(page, "light-inbox-search");
    await page.getByRole("searchbox", { name: "Search emails" }).fill("chimney");
    await page.getByText("No emails match these filters.").nth(1).waitFor();
    assert.equal(await page.getByText("needs a reply").count(), 0);
    await assertAccessible(page, "an inbox in which nothing was found");
    await page.getByRole("button", { name: "Show all my emails" }).click();
    await until(async () => (await rows.count()) === 2);
    assert.equal(await page.getByRole("searchbox", { name: "Search emails" }).inputValue(), "");
    await leave();
  });

  test("emails are assigned to a colleague, and who may not see one is named", async () => {
    const own = await world.newTeam("Assigning");
    const { user } = await own.api.users.invite({
      email: "omar@nordhavn.example",
      first_name: "Omar",
      last_name: "Haddad",
      role: "admin",
    });
    await asOwner(world, (client) =>
      client.query("update users set password_hash = 'x' where id = $1", [user.id]),
    );
    await cameIn(own, "A question of price");
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, own.owner);
    await page.goto("/inbox");
    await page.getByRole("heading", { level: 2, name: "A question of price" }).waitFor();
    await page.getByRole("button", { name: "Assign …" }).click();
    await page.getByRole("option", { name: "Omar Haddad" }).click();
    await page.getByText("1 email assigned to Omar Haddad.").waitFor();
    await page.getByText("Nothing needs a reply.").waitFor();
    await page.goto("/inbox?owner=all");
    await page.getByText("Assigned to Omar Haddad.").waitFor();
    await picture(page, "light-inbox-assigned");
    await assertAccessible(page, "an assigned email");
    await leave();
  });

  test("an answer takes copies and a file along, and leaves at the time that was chosen", async () => {
    const own = await world.newTeam("Answering");
    const mail = await cameIn(own, "Your offer");
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, own.owner);
    await page.goto("/inbox");
    await page.getByRole("heading", { level: 2, name: "Your offer" }).waitFor();
    await page.keyboard.press("r");
    await page.getByRole("textbox", { name: "Email", exact: true }).fill("Gladly. On Tuesday?");
    await page.getByRole("button", { name: "Cc", exact: true }).click();
    const copies = page.getByRole("combobox", { name: "Cc" });
    await copies.fill("boss@kraft.example,nobody");
    await copies.press("Enter");
    await page.getByText("nobody is not an email address.").waitFor();
    assert.ok(await page.getByRole("button", { name: "Send reply" }).isDisabled());
    await copies.press("Backspace");
    await page.getByRole("button", { name: "Attach a file" }).waitFor();
    await page.locator("input[type=file]").setInputFiles({
      name: "offer.pdf",
      mimeType: "application/pdf",
      buffer: Buffer.from("%PDF-1.4 offer"),
    });
    await page.getByRole("link", { name: "offer.pdf" }).waitFor();
    await page.getByRole("button", { name: "Remind me" }).click();
    await page.getByRole("menuitem", { name: "No reply in 3 days" }).waitFor();
    await assertAccessible(page, "when to be reminded");
    await page.getByRole("menuitem", { name: "No reply in 3 days" }).click();
    await page.getByRole("button", { name: "No reply in 3 days" }).waitFor();
    await picture(page, "light-inbox-composer");
    await assertAccessible(page, "an answer with copies and a file");
    await page.getByRole("button", { name: "Send later" }).click();
    await page.getByRole("menuitem", { name: "Next week" }).click();
    await page.getByText("Email scheduled for").waitFor();
    const { emailer_messages } = await own.api.emailerMessages.search({
      contact_ids: [mail.contactId],
      emailer_message_stats: ["scheduled"],
    });
    const [sent] = emailer_messages;
    assert.deepEqual(
      [sent?.cc_emails, sent?.attachment_ids.length, sent?.status, sent?.remind_after_days],
      [["boss@kraft.example"], 1, "scheduled", 3],
    );
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone.").waitFor();
    assert.equal(
      (await own.api.emailerMessages.search({ emailer_message_stats: ["drafted"] })).emailer_messages.length,
      1,
    );
    await leave();
  });

  test("what came with a reply is saved from the mailbox, and passed on with the email", async () => {
    const own = await world.newTeam("Attached");
    const box = await openImapMailbox();
    const imap = { host: "localhost", port: box.port, security: "none" as const, ...LOGIN };
    const one = await mailed(world, own, { mailbox: { imap } });
    const colleague = await newContact(own, {
      first_name: "Omar",
      last_name: "Haddad",
      email: "omar@kraft.example",
    });
    const raw = replyWithFiles(one, "We need what the specification says.\r\n\r\nInes", [
      { type: "application/pdf", name: "specification.pdf", content: Buffer.from("%PDF-1.4 what we need") },
      {
        type: "image/png",
        name: "logo.png",
        content: Buffer.from("a logo"),
        disposition: "inline",
        headers: ["Content-ID: <logo@kraft>"],
      },
    ]);
    box.mail.deliver(raw);
    await taken(world, own, one, raw);
    const { page, expectRefusals, leave } = await browser.visit(world.url);
    await signIn(page, own.owner);
    await page.goto("/inbox?q=specification");
    await page.getByRole("list", { name: "Emails" }).getByRole("img", { name: "Has attachments" }).waitFor();
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "specification.pdf" }).click();
    const saved = await saving;
    assert.equal(saved.suggestedFilename(), "specification.pdf");
    assert.equal(readFileSync(await saved.path(), "utf8"), "%PDF-1.4 what we need");
    await page.getByText("1 picture in the text").waitFor();
    await picture(page, "light-inbox-attachments");
    await assertAccessible(page, "a reply with attachments");

    const verbs = page.locator("[data-verbs]").getByRole("button");
    for (const width of [1280, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      const tops = await verbs.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
      assert.ok(tops.length >= 5 && new Set(tops).size === 1, `the verbs are in one row at ${width}`);
    }
    await page.locator("[data-verbs]").getByRole("button", { name: "More" }).click();
    await picture(page, "light-inbox-more");
    await page.getByRole("menuitem", { name: "Forward" }).click();
    const dialog = page.getByRole("dialog", { name: "Forward email" });
    await dialog.getByRole("link", { name: "specification.pdf" }).waitFor();
    await dialog.getByText("We need what the specification says.").waitFor();
    await dialog.getByRole("button", { name: "Forward", exact: true }).click();
    await dialog.getByText("Choose who gets this email.").waitFor();
    await dialog.getByRole("combobox", { name: "Contact" }).fill("Omar");
    await page.getByRole("option", { name: "Omar Haddad" }).click();
    await picture(page, "light-inbox-forward");
    await assertAccessible(page, "forwarding an email");
    await dialog.getByRole("button", { name: "Forward", exact: true }).click();
    await page.getByText("Email sent to the outbox.").waitFor();
    const sentTo = async (id: string) =>
      (await own.api.emailerMessages.search({ contact_ids: [id] })).emailer_messages[0];
    const sent = await sentTo(colleague);
    assert.deepEqual([sent?.subject, sent?.attachment_ids.length], ["Fwd: Re: Your plant", 1]);

    await page.keyboard.press("f");
    await dialog.getByRole("button", { name: "Another address" }).click();
    await dialog.getByRole("textbox", { name: "Email address" }).fill("kim@elsewhere.example");
    await dialog.getByRole("button", { name: "Forward", exact: true }).click();
    await dialog.waitFor({ state: "hidden" });
    const { contacts } = await own.api.contacts.search({ q_keywords: "kim@elsewhere.example" });
    assert.equal((await sentTo(contacts[0]?.id ?? ""))?.attachment_ids.length, 1);

    await box.close();
    expectRefusals(422);
    await page.getByRole("button", { name: "specification.pdf" }).click();
    await page.getByText(/^The mailbox .+ cannot be read/).waitFor();
    await picture(page, "light-inbox-attachment-away");
    await leave();
  });

  test("a reply leaves from the mailbox that is chosen, also after another one was refused", async () => {
    const own = await world.newTeam("Senders");
    const mail = await cameIn(own, "Your offer");
    const other = await newMailbox(own);
    const { page, expectRefusals, leave } = await browser.visit(world.url);
    await signIn(page, own.owner);
    await page.goto("/inbox");
    await page.getByRole("heading", { level: 2, name: "Your offer" }).waitFor();
    await page.keyboard.press("r");
    await page.getByRole("textbox", { name: "Email", exact: true }).fill("Gladly.");
    await own.api.emailAccounts.update({ id: mail.mailboxId, email_daily_threshold: 0 });
    expectRefusals(422);
    await page.getByRole("button", { name: "Send reply" }).click();
    await page.getByText("has reached its limit of 0 emails").waitFor();
    await page.getByRole("combobox", { name: "Send from" }).click();
    await page.getByRole("option", { name: other.email }).click();
    await page.getByRole("button", { name: "Send reply" }).click();
    await page.getByText("Reply sent to the outbox.").waitFor();
    const { emailer_messages } = await own.api.emailerMessages.search({
      contact_ids: [mail.contactId],
      emailer_message_stats: ["scheduled"],
    });
    assert.deepEqual(
      emailer_messages.map(({ email_account_id }) => email_account_id),
      [other.id],
    );
    await leave();
  });

  test("on a phone nothing of it is cut off", async () => {
    const own = await world.newTeam("Phone");
    await cameIn(own, "From the road");
    const { page, leave } = await browser.visit(world.url, {
      colorScheme: "dark",
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await signIn(page, own.owner);
    await page.goto("/inbox");
    await page.getByRole("button", { name: "From the road" }).click();
    await page.getByRole("button", { name: "Snooze" }).waitFor();
    await page.getByRole("button", { name: "Reply" }).click();
    await page.getByRole("button", { name: "Send later" }).waitFor();
    await picture(page, "phone-dark-inbox-composer");
    await assertFitsSideways(page, "answering on a phone");
    await assertAccessible(page, "answering on a phone");
    await leave();
  });
});
