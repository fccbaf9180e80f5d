// A contact answers: the mail comes back through the catcher, the contact is finished, and the inbox shows the mail with its
// verdict. One click corrects the verdict; the mail is answered from there.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { characterOf } from "../../server/features/sending/catcher/prospects.ts";
import { alwaysOpen, until } from "../../server/testing/sending.ts";
import { MAIL_STEP, newContact, newSequence } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import {
  assertAccessible,
  assertFitsSideways,
  picture,
  signIn,
  signInByHand,
  useBrowser,
} from "./browser.ts";

const NO_LIMITS = {
  email_daily_threshold: null,
  max_outbound_emails_per_hour: null,
  seconds_delay_between_emails: null,
};

/** The address of a contact who answers only when a test says so. */
function silent(name: string) {
  for (let n = 0; ; n++) {
    const email = `${name}${n}@kraft.example`;
    if (characterOf(email) === "silent") return email;
  }
}

const INES = silent("ines");
const OLA = silent("ola");

describe("an answer", () => {
  let team: Team;
  let schedule: string;
  let mailbox: string;
  const world = useWorld({ catcher: true, engineLoops: 2, imapPollMs: 200 }, async (opened) => {
    team = await opened.newTeam();
    const wish = { email: "sofia@mail.nordhavn.example", type: "catcher", ...NO_LIMITS } as const;
    mailbox = (await team.api.emailAccounts.create(wish)).email_account.id;
    schedule = await alwaysOpen(team);
  });
  const browser = useBrowser();

  async function mailTo(first_name: string, email: string) {
    const contact = await newContact(team, { first_name, last_name: "Okafor", email });
    const sequence = await newSequence(team, {
      name: `To ${first_name}`,
      emailer_schedule_id: schedule,
      emailer_steps: [MAIL_STEP, { ...MAIL_STEP, wait_time: 3, wait_mode: "day" }],
    });
    await team.api.joining.addContacts({
      id: sequence.id,
      contact_ids: [contact],
      send_email_from_email_account_id: [mailbox],
      sequence_unverified_email: true,
    });
    await until(async () => (await team.api.catcher.list({ to: email })).messages[0]);
    const status = async () =>
      (await team.api.contacts.get({ id: contact })).contact.contact_campaign_statuses[0]?.status;
    return { contact, status };
  }

  test("finishes the contact who sent it, is read, corrected by a click, and answered", async () => {
    const ines = await mailTo("Ines", INES);
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    await page.getByText("Test mode: test mailboxes do not send").waitFor();

    await page.getByRole("link", { name: "Open test inbox" }).click();
    await page.getByRole("button", { name: INES }).click();
    const caught = page.getByRole("dialog");
    await caught.getByText("Hello Ines").first().waitFor();
    await picture(page, "light-caught");
    await assertAccessible(page, "a caught mail");
    await caught
      .getByRole("textbox", { name: "Reply text" })
      .fill("Thank you. Could we talk about it on Tuesday?");
    await caught.getByRole("button", { name: "Send reply" }).click();
    await page.getByText("Reply sent to the mailbox").waitFor();
    await until(async () => (await ines.status()) === "finished");

    await page.keyboard.press("g");
    await page.keyboard.press("i");
    await page.getByText("1 email needs a reply.").waitFor();
    await page.getByText("Thank you. Could we talk about it on Tuesday?").first().waitFor();
    await page.getByText("Read as:").waitFor();
    await assertAccessible(page, "the inbox");
    await picture(page, "light-inbox");

    await page.getByRole("button", { name: "Not right?" }).click();
    await picture(page, "light-inbox-not-right");
    await page.getByRole("menuitem", { name: /^Automatic reply.*will continue in the sequence/ }).click();
    await page.getByText("Changed to: automatic reply.").waitFor();
    await until(async () => (await ines.status()) === "active");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone.").waitFor();
    await until(async () => (await ines.status()) === "finished");
    const verdict = page.getByRole("region", { name: "Type of email" });
    await verdict.getByText("wants to meet").waitFor(); // it had left the list, and is back

    await page.keyboard.press("r");
    const answer = page.getByRole("textbox", { name: "Email" });
    await answer.waitFor();
    await answer.pressSequentially("Tuesday at ten?");
    await assertAccessible(page, "an answer");
    await picture(page, "light-inbox-answer");
    await page.getByRole("button", { name: "Send reply" }).click();
    await page.getByText("Reply sent to the outbox.").waitFor();
    const { messages } = await until(async () => {
      const all = await team.api.catcher.list({ to: INES });
      return all.messages.length === 2 && all;
    });
    assert.match(messages[0]?.text ?? "", /Tuesday at ten\?/);
    assert.ok(messages[0]?.headers["in-reply-to"], "it stays in the thread");
    await page.getByText("Nothing needs a reply.").waitFor();
    await verdict.waitFor(); // the conversation stays until the user goes on
    await page.getByRole("button", { name: /^Next email/ }).waitFor();
    await page.keyboard.press("e");
    await page.getByText("No emails need a reply.").waitFor();
    await leave();
  });

  test("an automatic answer waits for no user, and can be seen", async () => {
    const ola = await mailTo("Ola", OLA);
    const [mail] = (await team.api.catcher.list({ to: OLA })).messages;
    const back = new Date(Date.now() + 12 * 86_400_000).toISOString();
    await team.api.catcher.reply({ id: mail?.id ?? "", kind: "out_of_office", until: back });
    await until(async () => (await ola.status()) === "paused");
    const { page, leave } = await browser.visit(world.url, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      colorScheme: "dark",
    });
    await signIn(page, team.owner);
    await page.goto("/inbox?tab=all");
    await page.getByRole("button", { name: /Ola Okafor/ }).click();
    await page.getByText("out of office until").filter({ visible: true }).last().waitFor();
    await page.getByText("Because of").waitFor();
    await assertFitsSideways(page, "the inbox on a phone");
    await assertAccessible(page, "the inbox on a phone");
    await picture(page, "phone-inbox-mail");
    await page.locator("[data-verbs]").getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Finish" }).click();
    await page.getByText("Ola Okafor marked as finished in To Ola.").waitFor();
    await until(async () => (await ola.status()) === "finished");
    await page.getByRole("button", { name: "Undo" }).click();
    await until(async () => (await ola.status()) === "paused");
    await leave();
  });
});
