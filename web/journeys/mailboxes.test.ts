// A mailbox is connected, tried, limited and disconnected, against real mail servers.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { LOOPBACK } from "../../server/testing/loopback.ts";
import { openNameServer } from "../../server/testing/name-server.ts";
import { plantMessage } from "../../server/testing/planted.ts";
import {
  LOGIN,
  openImap,
  openSmtp,
  type Peer,
  trustTestCertificates,
} from "../../server/testing/post-office.ts";
import { newSequence } from "../../server/testing/sequenced.ts";
import { asOwner } from "../../server/testing/wire.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, useBrowser } from "./browser.ts";

const dns = await openNameServer();
after(() => dns.close());

describe("mailboxes", () => {
  let team: Team;
  let smtp: Peer;
  let imap: Peer;
  const world = useWorld({ mailAllow: LOOPBACK, dnsServers: [dns.address] }, async (opened) => {
    trustTestCertificates();
    team = await opened.newTeam();
    smtp = await openSmtp({ secure: true });
    imap = await openImap((user, secret) =>
      user === LOGIN.username && secret === LOGIN.password ? "OK in" : "NO [AUTHENTICATIONFAILED] not you",
    );
  });
  after(() => Promise.all([smtp.close(), imap.close()]));
  const browser = useBrowser();

  test("a wrong password is said in the server's words, and the right one connects", async () => {
    const { page, expectRefusals, leave } = await browser.visit(world.url);
    expectRefusals(422);
    await signIn(page, team.owner);
    await page.goto("/settings/mailboxes?do=connect");
    const form = page.getByRole("dialog", { name: "Connect a mailbox" });
    await form.getByText("Other", { exact: true }).click();
    await form.getByLabel("Email address").fill("ines@norrland.example");
    await form.getByText("No mail servers found for norrland.example.").waitFor();
    await picture(page, "light-mailbox-not-found");
    await form.getByRole("textbox", { name: "Password", exact: true }).fill("not the right one");
    for (const [index, peer] of [smtp, imap].entries()) {
      await form.getByLabel("Server").nth(index).fill("localhost");
      await form.getByLabel("Port").nth(index).fill(String(peer.port));
      await form.getByLabel("User name").nth(index).fill(LOGIN.username);
    }
    assert.ok(await form.getByLabel("Start slowly").isChecked(), "a ramp is proposed");
    await picture(page, "light-mailbox-connect");
    await assertAccessible(page, "the connect form");
    await form.getByRole("button", { name: "Test and connect" }).click();
    await form.getByText("did not accept the sign-in").waitFor();
    await form.getByText("app password instead of the usual one").waitFor();
    await picture(page, "light-mailbox-refused");
    await form.getByRole("textbox", { name: "Password", exact: true }).fill(LOGIN.password);
    await form.getByRole("button", { name: "Test and connect" }).click();
    await page.getByText("ines@norrland.example connected and tested.").waitFor();
    await page.getByRole("heading", { level: 1, name: "ines@norrland.example" }).waitFor();
    await leave();
  });

  test("an address and a password are enough where the domain names its servers", async () => {
    const mine = await world.newTeam("Enough");
    for (const [service, peer] of Object.entries({ _submissions: smtp, _imaps: imap }))
      dns.services.set(`${service}._tcp.found.example`, [{ host: "localhost", port: peer.port }]);
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, mine.owner);
    await page.goto("/settings/mailboxes?do=connect");
    const form = page.getByRole("dialog", { name: "Connect a mailbox" });
    await form.getByLabel("Email address").fill(`${LOGIN.username}@found.example`);
    await form.getByText("found.example names these servers: localhost, localhost.").waitFor();
    assert.equal(await form.getByLabel("Server").count(), 0, "nothing more to fill in");
    await form.getByLabel("Email address").fill("ines@proton.me");
    await form.getByText("Proton does not let other programs send or read its mailboxes.").waitFor();
    assert.equal(await form.getByLabel("Server").first().inputValue(), "", "no servers of another address");
    await form.getByLabel("Email address").fill(`${LOGIN.username}@found.example`);
    await form.getByText("found.example names these servers: localhost, localhost.").waitFor();
    await form.getByRole("textbox", { name: "Password", exact: true }).fill(LOGIN.password);
    await picture(page, "light-mailbox-found");
    await assertAccessible(page, "the connect form with servers found");
    await form.getByRole("button", { name: "Test and connect" }).click();
    await page.getByText(`${LOGIN.username}@found.example connected and tested.`).waitFor();
    await leave();
  });

  test("its budget, its fortnight and its limits stand on its page, and a change can be taken back", async () => {
    const { id } = (await team.api.emailAccounts.list()).email_accounts[0] ?? { id: "" };
    await team.api.emailAccounts.update({ id, email_daily_threshold: 20, test: false });
    await asOwner(world, (client) =>
      // no engine runs here that would have read it
      client.query(
        "update mailboxes set inbox_read_at = now(), inbox_fresh_until = now() + interval '1 hour' where id = $1",
        [id],
      ),
    );
    const { id: sequence } = await newSequence(team);
    for (const hours of [2, 3, 5, 30, 55, 80, 81, 200])
      await plantMessage(world, team, sequence, {
        mailbox_id: id,
        completed_at: world.running.app.now().subtract({ hours }).toString(),
        replied_at: hours === 55 ? world.running.app.now().toString() : null,
      });
    for (const look of ["light", "dark"] as const) {
      const { page, leave } = await browser.visit(world.url, { colorScheme: look });
      await signIn(page, team.owner);
      await page.goto("/settings/mailboxes");
      await page
        .getByRole("row", { name: /ines@norrland.example.*Ready.*3 of 10 \(ramp: \+2 a day up to 50\)/ })
        .waitFor();
      await picture(page, `${look}-mailboxes`);
      await assertAccessible(page, `mailboxes in ${look}`);
      await page.getByRole("button", { name: /ines@norrland.example/ }).click();
      await page
        .getByText(/has sent 3 of 10 emails \(ramp: \+2 a day up to 50\) in the last 24 hours/)
        .waitFor();
      await page.getByText("8 emails in 30 days").waitFor();
      await page.getByRole("img", { name: "8 emails in the last 14 days" }).waitFor();
      await picture(page, `${look}-mailbox`);
      await assertAccessible(page, `a mailbox in ${look}`);
      await leave();
    }
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/settings/mailboxes/${id}`);
    await page.getByRole("button", { name: "Sign with DKIM …" }).click();
    await page.getByRole("button", { name: "Create key" }).click();
    await page
      .getByText(/_domainkey\.norrland\.example/)
      .first()
      .waitFor();
    await picture(page, "light-dkim");
    await assertAccessible(page, "a DKIM key");
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByLabel("Daily limit (emails in 24 hours)").fill("3");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("On hold").waitFor();
    await picture(page, "light-mailbox-resting");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText(/3 of 10 emails/).waitFor();
    await page.getByText("Today: 10 emails (ramp: +2 a day up to 50), after 0 days that counted.").waitFor();
    await page.getByLabel("Start slowly").uncheck();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText(/3 of 20 emails/).waitFor();
    assert.equal(await page.getByLabel("Daily limit (emails in 24 hours)").inputValue(), "20");
    await page.getByRole("button", { name: "Test connection" }).click();
    await page.getByText("can send and read emails").waitFor();
    await page.getByRole("button", { name: "Disconnect …" }).click();
    await page.getByText("No contacts in sequences are waiting for this mailbox.").waitFor();
    await page.getByRole("button", { name: "Disconnect", exact: true }).click();

    await page.getByText("Sequences send from your mailboxes").waitFor();
    await leave();
  });
});
