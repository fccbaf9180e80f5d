// Somebody answers: the mail comes back through the catcher, whoever sent it is finished, and the inbox shows it with its
// verdict, which one click turns round; it is answered from there.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { characterOf } from "../../server/features/catcher/prospects.ts";
import { alwaysOpen, until } from "../../server/testing/sending.ts";
import { MAIL_STEP, newContact, newSequence } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, picture, signIn, useBrowser } from "./browser.ts";

const NO_LIMITS = {
  email_daily_threshold: null,
  max_outbound_emails_per_hour: null,
  seconds_delay_between_emails: null,
};

/** Of somebody who answers only what a test has them answer. */
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
      ...{ id: sequence.id, contact_ids: [contact], send_email_from_email_account_id: [mailbox] },
      sequence_unverified_email: true,
    });
    await until(async () => (await team.api.catcher.list({ to: email })).messages[0]);
    const status = async () =>
      (await team.api.contacts.get({ id: contact })).contact.contact_campaign_statuses[0]?.status;
    return { contact, status };
  }

  test("finishes whoever sent it, is read, turned round by a click, and answered", async () => {
    const ines = await mailTo("Ines", INES);
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.getByText("The mail catcher is on").waitFor();

    await page.getByRole("link", { name: "See what was caught" }).click();
    await page.getByRole("button", { name: INES }).click();
    const caught = page.getByRole("dialog");
    await caught.getByText("Hello Ines").first().waitFor();
    await picture(page, "light-caught");
    await assertAccessible(page, "a caught mail");
    await caught
      .getByRole("textbox", { name: "What they write" })
      .fill("Thank you. Could we talk about it on Tuesday?");
    await caught.getByRole("button", { name: "Reply as they would" }).click();
    await page.getByText("The answer is on its way").waitFor();
    await until(async () => (await ines.status()) === "finished");

    await page.keyboard.press("g");
    await page.keyboard.press("i");
    await page.getByText("One waits for an answer.").waitFor();
    await page.getByText("Thank you. Could we talk about it on Tuesday?").first().waitFor();
    await page.getByText("Read as:").waitFor();
    await assertAccessible(page, "the inbox");
    await picture(page, "light-inbox");

    await page.getByRole("button", { name: "Not right?" }).click();
    await picture(page, "light-inbox-not-right");
    await page
      .getByRole("menuitem", { name: /^An automatic answer.*goes on as if nothing had come/ })
      .click();
    await page.getByText("Now read as: an automatic answer.").waitFor();
    await until(async () => (await ines.status()) === "active");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Taken back.").waitFor();
    await until(async () => (await ines.status()) === "finished");
    const verdict = page.getByRole("region", { name: "What it was taken for" });
    await verdict.getByText("wants to meet").waitFor(); // it had left the list, and is back

    await page.keyboard.press("r");
    const answer = page.getByRole("textbox", { name: "Mail" });
    await answer.waitFor();
    await answer.pressSequentially("Tuesday at ten?");
    await assertAccessible(page, "an answer");
    await picture(page, "light-inbox-answer");
    await page.getByRole("button", { name: "Send the answer" }).click();
    await page.getByText("Your answer goes out.").waitFor();
    const { messages } = await until(async () => {
      const all = await team.api.catcher.list({ to: INES });
      return all.messages.length === 2 && all;
    });
    assert.match(messages[0]?.text ?? "", /Tuesday at ten\?/);
    assert.ok(messages[0]?.headers["in-reply-to"], "it stays in the thread");
    await page.getByText("Nothing waits for an answer.").waitFor();
    await leave();
  });

  test("of a machine waits for nobody, and is there to be seen", async () => {
    const ola = await mailTo("Ola", OLA);
    const [mail] = (await team.api.catcher.list({ to: OLA })).messages;
    const back = new Date(Date.now() + 12 * 86_400_000).toISOString();
    await team.api.catcher.reply({ id: mail?.id ?? "", kind: "out_of_office", until: back });
    await until(async () => (await ola.status()) === "paused");
    const { page, leave } = await browser.visit(world.url, {
      ...{ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
      colorScheme: "dark",
    });
    await signIn(page, team.owner);
    await page.goto("/inbox?tab=all");
    await page.getByRole("button", { name: /Ola Okafor/ }).click();
    await page.getByText("out of office until").last().waitFor();
    await page.getByText("Because of").waitFor();
    await assertFitsSideways(page, "the inbox on a phone");
    await assertAccessible(page, "the inbox on a phone");
    await picture(page, "phone-inbox-mail");
    await page.getByRole("button", { name: "In the sequence" }).click();
    await page.getByRole("menuitem", { name: "Finish" }).click();
    await page.getByText("Ola Okafor is finished in To Ola.").waitFor();
    await until(async () => (await ola.status()) === "finished");
    await page.getByRole("button", { name: "Undo" }).click();
    await until(async () => (await ola.status()) === "paused");
    await leave();
  });
});
