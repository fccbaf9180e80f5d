// A placement test: a seed is marked, a test is started, runs and shows where emails arrived, and is repeated.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { findTestsOnce } from "../../server/engine/receiving/find-placement-tests.ts";
import { sendTestsOnce } from "../../server/engine/sending/send-placement-tests.ts";
import { MemoryMail, openImapMailbox } from "../../server/testing/imap-mailbox.ts";
import { LOOPBACK } from "../../server/testing/loopback.ts";
import { newSeed, openProvider, smtpOf } from "../../server/testing/placement.ts";
import { LOGIN } from "../../server/testing/post-office.ts";
import { newSendingMailbox } from "../../server/testing/sending.ts";
import { MAIL_STEP, newSequence } from "../../server/testing/sequenced.ts";
import { useWorld } from "../../server/testing/world.ts";
import {
  assertAccessible,
  assertFitsSideways,
  picture,
  pictureWhole,
  signIn,
  useBrowser,
} from "./browser.ts";
import { LOOKS } from "./looks.ts";

describe("placement tests", () => {
  const world = useWorld({ role: "api", mailAllow: LOOPBACK });
  const browser = useBrowser();
  const fence = { leave: null, seen: 0, isOpen: true, hasSent: false };

  test("a seed mailbox is connected with its server for reading alone", async () => {
    const provider = await openProvider();
    after(() => provider.close());
    const team = await world.newTeam();
    const address = `seed.${team.id.slice(-5)}@own.example`;
    const box = await openImapMailbox({ mail: new MemoryMail({}) });
    provider.boxes.set(address, { ...box, folder: "INBOX", results: "" });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/mailboxes?do=connect");
    const dialog = page.getByRole("dialog", { name: "Connect a mailbox" });
    await dialog.getByText("Other", { exact: true }).click();
    await dialog.getByLabel("Email address").fill(address);
    await dialog.getByLabel("Password", { exact: true }).first().fill(LOGIN.password);
    const sending = dialog.getByRole("group", { name: "Sending (SMTP)" });
    await sending.waitFor();
    await dialog.getByRole("checkbox", { name: "Seed mailbox" }).check();
    await sending.waitFor({ state: "detached" });
    assert.equal(await dialog.getByLabel(/Daily limit/).count(), 0);
    const reading = dialog.getByRole("group", { name: "Reading (IMAP)" });
    await reading.getByLabel("Server").fill("localhost");
    await reading.getByRole("combobox", { name: "Encryption" }).click();
    await page.getByRole("option", { name: "None" }).click();
    await reading.getByLabel("Port").fill(String(box.port));
    await reading.getByLabel("User name").fill(LOGIN.username);
    await picture(page, "light-connect-seed");
    await assertAccessible(page, "connecting a seed mailbox");
    await dialog.getByRole("button", { name: "Test and connect" }).click();
    await page.getByText(`${address} connected and tested.`).waitFor();
    const { email_accounts } = await team.api.emailAccounts.list({});
    const [made] = email_accounts.filter(({ email }) => email === address);
    assert.deepEqual([made?.seed, made?.smtp ?? null, made?.active], [true, null, true]);
    await leave();
  });

  for (const [look, options] of Object.entries(LOOKS))
    test(`a mailbox is tested with seeds at three providers, and once more (${look})`, async () => {
      const provider = await openProvider();
      after(() => provider.close());
      const { app } = world.running;
      const team = await world.newTeam();
      const address = (at: string) => `norrland.${team.id.slice(-5)}@${at}`;
      const failed = "spf=pass smtp.mailfrom=x; dkim=none; dmarc=fail action=none";
      const gmail = await newSeed(team, provider, address("gmail.com"));
      await newSeed(team, provider, address("yahoo.com"));
      await newSeed(team, provider, address("outlook.com"), { folder: "Junk", results: failed });
      await team.api.emailAccounts.update({ id: gmail.id, seed: true, test: false });
      const sender = await newSendingMailbox(team, provider.smtp, {
        smtp: smtpOf(provider),
        email: `nina.${team.id.slice(-5)}@norrland.example`,
      });
      await newSequence(team, { name: "Spring", active: false, emailer_steps: [MAIL_STEP] });
      const { page, leave } = await browser.visit(world.url, options);
      await signIn(page, team.owner);
      await page.goto(`/settings/mailboxes/${sender.id}`);
      await page.getByRole("button", { name: "Test placement …" }).click();
      const dialog = page.getByRole("dialog", { name: "Test placement" });
      await dialog.getByRole("combobox", { name: "Sequence" }).click();
      await page.getByRole("option", { name: "Spring" }).click();
      await dialog.getByRole("combobox", { name: "Email" }).click();
      await page.getByRole("option", { name: "Step 1: Hello {{first_name}}" }).click();
      await assertAccessible(page, `${look}: starting a placement test`);
      await pictureWhole(page, `${look}-placement-start`);
      await dialog.getByRole("button", { name: "Start test" }).click();
      await page.getByText("Test running: 3 emails under way.").waitFor();
      await sendTestsOnce({ app, fence });
      world.advance({ seconds: 6 });
      await findTestsOnce({ app });
      await page.reload();
      await page.getByText("67 % in the inbox").waitFor();
      await page.getByText(/^DMARC failed at Microsoft/).waitFor();
      await page.getByText("Spam: Junk").waitFor();
      await assertAccessible(page, `${look}: a placement test`);
      await assertFitsSideways(page, `${look}: a placement test`);
      await page.getByRole("button", { name: "Test again" }).click();
      await page.getByText("Test running: 3 emails under way.").waitFor();
      await page.getByText("Earlier tests").waitFor();
      await pictureWhole(page, `${look}-placement-result`);
      await sendTestsOnce({ app, fence });
      world.advance({ seconds: 6 });
      await findTestsOnce({ app });
      await page.reload();
      await page.getByText("67 % in the inbox").first().waitFor();
      await page.getByText("Placement", { exact: true }).scrollIntoViewIfNeeded();
      await pictureWhole(page, `${look}-placement-history`);
      assert.equal((await team.api.placementTests.list({})).placement_tests.length, 2);
      await page.goto(`/settings/mailboxes/${gmail.id}`);
      await page.getByRole("checkbox", { name: "Seed mailbox" }).waitFor();
      assert.equal(await page.getByRole("button", { name: "Test placement …" }).count(), 0);
      await leave();
    });
});
