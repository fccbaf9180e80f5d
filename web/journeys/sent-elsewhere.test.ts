// A mailbox counts what is sent with other programs: switched on, looked at, and said where it cannot be.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { MemoryMail, openImapMailbox } from "../../server/testing/imap-mailbox.ts";
import { mailOf } from "../../server/testing/incoming.ts";
import { LOOPBACK } from "../../server/testing/loopback.ts";
import { LOGIN } from "../../server/testing/post-office.ts";
import { until } from "../../server/testing/sending.ts";
import { newMailbox } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, useBrowser } from "./browser.ts";

const boxOn = (page: Page) => page.getByRole("checkbox", { name: "Count emails sent with other programs" });

describe("what is sent elsewhere", () => {
  let team: Team;
  const open: (() => unknown)[] = [];
  const world = useWorld({ engineLoops: 1, mailAllow: LOOPBACK, imapPollMs: 300 }, async (opened) => {
    team = await opened.newTeam();
  });
  after(() => Promise.all(open.map((close) => close())));
  const browser = useBrowser();

  async function readable(email: string, mail = new MemoryMail()) {
    const box = await openImapMailbox({ mail });
    open.push(() => box.close());
    const imap = {
      host: "localhost",
      port: box.port,
      security: "none" as const,
      username: LOGIN.username,
      password: LOGIN.password,
    };
    return newMailbox(team, { email, imap, email_daily_threshold: 20 });
  }

  test("the switch is put on in the mailbox's settings, and the page tells what counts", async () => {
    const mail = new MemoryMail();
    const { id } = await readable("ines@norrland.example", mail);
    for (const minutes of [200, 150, 90])
      mail.deliver(mailOf({ text: "By hand" }), {
        folder: "Sent",
        at: Temporal.Now.instant().subtract({ minutes }),
      });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/settings/mailboxes/${id}`);
    const box = boxOn(page);
    assert.equal(await box.isChecked(), false);
    await page.getByText(/It does not store their content/).waitFor();
    await box.check();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Settings of ines@norrland.example saved.").waitFor();
    await until(
      async () => (await team.api.explain.mailbox({ id })).explain.sending.sent_elsewhere_last_day === 3,
    );
    await leave();
    for (const look of ["light", "dark"] as const) {
      const { page, leave } = await browser.visit(world.url, { colorScheme: look });
      await signIn(page, team.owner);
      await page.goto(`/settings/mailboxes/${id}`);
      await page
        .getByText(/has sent 3 of 20 emails in the last 24 hours, of which 3 were sent with another program/)
        .waitFor();
      await page.getByText("3 of 20 (3 with other programs)").waitFor();
      await page
        .getByText("Emails that other programs put into its Sent folder count against its limits.")
        .waitFor();
      assert.equal(await boxOn(page).isChecked(), true);
      await picture(page, `${look}-sent-elsewhere`);
      await boxOn(page).scrollIntoViewIfNeeded();
      await picture(page, `${look}-sent-elsewhere-settings`);
      await assertAccessible(page, `a mailbox that counts in ${look}`);
      await leave();
    }
  });

  test("where there is no Sent folder, or no reading, the page says so", async () => {
    const mail = new MemoryMail({ INBOX: null, Archive: null });
    const { id } = await readable("per@norrland.example", mail);
    await team.api.emailAccounts.update({ id, test: false, count_sent_elsewhere: true });
    await until(async () => {
      const { email_accounts } = await team.api.emailAccounts.list();
      return email_accounts.some(({ sent_folder }) => sent_folder?.trouble === "no_folder");
    });
    const unread = await newMailbox(team, { email: "ole@norrland.example" });
    for (const look of ["light", "dark"] as const) {
      const { page, leave } = await browser.visit(world.url, { colorScheme: look });
      await signIn(page, team.owner);
      await page.goto(`/settings/mailboxes/${id}`);
      await page.getByText(/No Sent folder was found/).scrollIntoViewIfNeeded();
      await picture(page, `${look}-no-sent-folder`);
      await assertAccessible(page, `a mailbox without a Sent folder in ${look}`);
      await page.goto(`/settings/mailboxes/${unread.id}`);
      await page
        .locator(".mantine-Checkbox-root")
        .filter({ has: boxOn(page) })
        .getByText(/Needs an IMAP server/)
        .waitFor();
      assert.equal(await boxOn(page).isDisabled(), true);
      await boxOn(page).scrollIntoViewIfNeeded();
      await picture(page, `${look}-sent-not-read`);
      await assertAccessible(page, `a mailbox that is not read in ${look}`);
      await leave();
    }
  });
});
