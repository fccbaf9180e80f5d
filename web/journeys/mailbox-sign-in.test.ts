// Signing in to connect a mailbox: an admin sets it up once, a person connects with two clicks, says no, and signs in again after the
// provider has taken the access back.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { openMailbox } from "../../server/features/mailboxes/mailboxes/open-mailbox.ts";
import { freePort } from "../../server/testing/doors.ts";
import { openGraphPeer } from "../../server/testing/graph-peer.ts";
import { LOOPBACK } from "../../server/testing/loopback.ts";
import { trustTestCertificates } from "../../server/testing/post-office.ts";
import { openSignInPeer, SIGN_IN_CLIENT } from "../../server/testing/sign-in-peer.ts";
import { asOwner } from "../../server/testing/wire.ts";
import { useWorld } from "../../server/testing/world.ts";
import {
  assertAccessible,
  assertFitsSideways,
  picture,
  pictureWhole,
  signIn,
  useBrowser,
} from "./browser.ts";

trustTestCertificates();
// Where people are sent back to has to be known before we start.
const port = await freePort();
const publicUrl = `http://localhost:${port}`;
const peer = await openSignInPeer(() => `${publicUrl}/settings/mailboxes/signed-in`);
after(() => peer.close());
const graph = await openGraphPeer((token) => peer.userOf(token));
after(() => graph.close());

describe("signing in to a mailbox", () => {
  const world = useWorld({
    port,
    publicUrl,
    mailAllow: LOOPBACK,
    webhookAllow: LOOPBACK,
    signInAddresses: peer.addresses,
    graphUrl: graph.url,
  });
  const browser = useBrowser();
  const PROVIDER = new URL(peer.addresses.google.authorizeUrl).origin;
  const MAILBOX = "ines@norrland.example"; // whom the peer signs in

  async function connect(page: Page) {
    await page.getByRole("button", { name: "Connect a mailbox" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Sign in with Google" }).click();
  }

  for (const look of ["light", "dark"] as const)
    test(`an admin sets it up, and a mailbox is connected with two clicks (${look})`, async () => {
      const team = await world.newTeam();
      const { page, expectHost, leave } = await browser.visit(publicUrl, { colorScheme: look });
      expectHost(PROVIDER);
      await signIn(page, team.owner);
      await page.goto("/settings/mailboxes?do=connect");
      await page.getByRole("link", { name: "set up sign-in with Google" }).click();
      await page.getByRole("heading", { level: 1, name: "Mailbox sign-in" }).waitFor();
      const google = page.locator("section", {
        has: page.getByRole("heading", { name: "Google", exact: true }),
      });
      await google.getByText(`${publicUrl}/settings/mailboxes/signed-in`).waitFor();
      await google.getByText("Google has no narrower permission").waitFor();
      await pictureWhole(page, `${look}-sign-in-clients`);
      await assertAccessible(page, "the clients");
      await google.getByLabel("Client ID").fill(SIGN_IN_CLIENT.client_id);
      await google.getByRole("textbox", { name: "Client secret" }).fill(SIGN_IN_CLIENT.client_secret);
      await google.getByRole("button", { name: "Set up Google" }).click();
      await google.getByText("0 mailboxes").waitFor();
      await google.getByText("Saved. Google accepts the client ID and the secret.").waitFor();
      await picture(page, `${look}-sign-in-saved`);
      assert.equal(await google.getByRole("textbox", { name: "Client secret" }).inputValue(), "");
      await page.setViewportSize({ width: 390, height: 844 });
      await assertFitsSideways(page, "the clients on a phone");
      await picture(page, `${look}-sign-in-clients-phone`);
      await page.setViewportSize({ width: 1280, height: 900 });

      await page.goto("/settings/mailboxes");
      await page.getByRole("button", { name: "Connect a mailbox" }).click();
      const form = page.getByRole("dialog", { name: "Connect a mailbox" });
      await form.getByText("Cadenza sees no password").waitFor();
      assert.equal(await form.getByLabel("Email address").count(), 0, "the sign-in says it");
      await picture(page, `${look}-sign-in-connect`);
      await assertAccessible(page, "the connect form with sign-in");
      await form.getByRole("button", { name: "Use a password instead" }).click();
      await form.getByLabel("App password").waitFor();
      await form.getByRole("button", { name: "Sign in with Google instead" }).click();
      await form.getByRole("button", { name: "Sign in with Google", exact: true }).click();
      await page.getByRole("link", { name: "Allow" }).click();
      await page.getByRole("heading", { level: 1, name: MAILBOX }).waitFor();
      assert.ok(!page.url().includes("code="), "the code is in no address that stays");
      await page.getByText(`${MAILBOX} connected and tested.`).waitFor();
      await page.goBack();
      assert.ok(!page.url().includes("code="));
      await leave();
    });

  for (const look of ["light", "dark"] as const)
    test(`a mailbox of Microsoft is connected by Graph, and its page says so (${look})`, async () => {
      const team = await world.newTeam();
      await team.api.signInClients.save({ provider: "microsoft", ...SIGN_IN_CLIENT });
      const { page, expectHost, leave } = await browser.visit(publicUrl, { colorScheme: look });
      expectHost(PROVIDER);
      await signIn(page, team.owner);
      await page.goto("/settings/mailbox-sign-in");
      // Once it is set up, what was done for it is folded.
      await page.getByText("Set-up instructions").click();
      await page.getByText("Microsoft Graph, Delegated permissions", { exact: true }).waitFor();
      await page.getByText("Mail.ReadWrite", { exact: true }).waitFor();
      assert.equal(await page.getByText("offline_access").count(), 1, "shown once");
      assert.equal(await page.getByText("SMTP.Send").isVisible(), false, "in a fold");
      await pictureWhole(page, `${look}-graph-client`);
      await page.goto("/settings/mailboxes?do=connect");
      const form = page.getByRole("dialog", { name: "Connect a mailbox" });
      assert.equal(
        await form.getByRole("radio", { name: "Microsoft 365" }).isChecked(),
        true,
        "the one set up",
      );
      assert.equal(await form.getByLabel("Send and read by Microsoft Graph").isChecked(), true);
      await picture(page, `${look}-graph-connect`);
      await assertAccessible(page, "the connect form with Graph");
      await page.setViewportSize({ width: 390, height: 844 });
      await assertFitsSideways(page, "the connect form with Graph on a phone");
      await picture(page, `${look}-graph-connect-phone`);
      await page.setViewportSize({ width: 1280, height: 900 });
      await form.getByRole("button", { name: "Sign in with Microsoft", exact: true }).click();
      await page.getByRole("link", { name: "Allow" }).click();
      await page.getByRole("heading", { level: 1, name: MAILBOX }).waitFor();
      await page.getByText("Microsoft Graph").first().waitFor();
      await page.getByText("Microsoft signs the emails of this mailbox itself.").waitFor();
      assert.equal(await page.getByRole("button", { name: "Sign with DKIM" }).count(), 0);
      const reading = page.getByText(/^Reading the inbox of .* for the first time\./);
      assert.equal(await reading.count(), 1, "said once, and as no problem");
      await picture(page, `${look}-graph-mailbox`);
      await assertAccessible(page, "a mailbox that was just connected");
      await page.goto("/");
      await page.getByRole("heading", { level: 1 }).waitFor();
      assert.equal(await page.getByText(/has a problem|not been read/).count(), 0);
      await leave();
    });

  for (const look of ["light", "dark"] as const)
    test(`another directory keeps the secret, another client ID asks for it, and a wrong one is refused (${look})`, async () => {
      const team = await world.newTeam();
      await team.api.signInClients.save({ provider: "microsoft", ...SIGN_IN_CLIENT });
      const { page, expectHost, expectRefusals, leave } = await browser.visit(publicUrl, {
        colorScheme: look,
      });
      expectHost(PROVIDER);
      expectRefusals(422);
      await signIn(page, team.owner);
      await page.goto("/settings/mailbox-sign-in");
      const microsoft = page.locator("section", {
        has: page.getByRole("heading", { name: "Microsoft", exact: true }),
      });
      const secret = microsoft.getByRole("textbox", { name: "Client secret" });
      const save = microsoft.getByRole("button", { name: "Save" });
      await microsoft.getByLabel("Directory (tenant) ID").fill("11111111-2222-3333-4444-555555555555");
      await save.click();
      await microsoft.getByText("Saved. Microsoft accepts").waitFor();
      await microsoft.getByLabel("Application (client) ID").fill("another");
      await save.click();
      await microsoft.getByText("With another client ID, enter the secret again.").waitFor();
      await assertAccessible(page, "a secret that is asked for again");
      await secret.fill("mistyped");
      await save.click();
      await microsoft
        .getByText("The secret is mistyped or has expired, or its ID was entered instead of its value.")
        .waitFor();
      assert.equal(await microsoft.getByText("Saved. Microsoft accepts").count(), 0, "of the client before");
      await pictureWhole(page, `${look}-sign-in-client-refused`);
      peer.faults.push({ status: 503 });
      await microsoft.getByLabel("Application (client) ID").fill(SIGN_IN_CLIENT.client_id);
      await secret.fill(SIGN_IN_CLIENT.client_secret);
      await save.click();
      await microsoft.getByText("Saved, but not checked.").waitFor();
      await pictureWhole(page, `${look}-sign-in-unchecked`);
      await assertAccessible(page, "a client that was not checked");
      await microsoft.getByRole("link", { name: "Connect a mailbox" }).click();
      const form = page.getByRole("dialog", { name: "Connect a mailbox" });
      assert.equal(await form.getByRole("radio", { name: "Microsoft 365" }).isChecked(), true);
      await form.getByRole("button", { name: "Sign in with Microsoft", exact: true }).click();
      peer.client.client_secret = "renewed-at-the-provider";
      await page.getByRole("link", { name: "Allow" }).click();
      await page.getByText("does not accept your team's client ID and secret").waitFor();
      peer.client.client_secret = SIGN_IN_CLIENT.client_secret;
      assert.equal(
        await page.getByRole("link", { name: "Help: if it fails" }).getAttribute("href"),
        "/help/start/microsoft#if-it-fails",
      );
      await picture(page, `${look}-sign-in-client-expired`);
      await assertAccessible(page, "a sign-in whose client is refused");
      await page.getByRole("link", { name: "Open Mailbox sign-in" }).waitFor();
      await page.getByRole("link", { name: "Back to connecting a mailbox" }).click();
      assert.equal(await form.getByRole("radio", { name: "Microsoft 365" }).isChecked(), true);
      await leave();
    });

  test("a person who says no, or signs in as another, reads why and can start again", async () => {
    const team = await world.newTeam();
    await team.api.signInClients.save({ provider: "google", ...SIGN_IN_CLIENT });
    const { page, expectHost, expectRefusals, leave } = await browser.visit(publicUrl);
    expectHost(PROVIDER);
    expectRefusals(422, 502);
    await signIn(page, team.owner);
    await page.goto("/settings/mailboxes");
    await connect(page);
    await page.getByRole("link", { name: "Cancel" }).click();
    await page.getByText("The sign-in with Google was cancelled, or the permission was refused.").waitFor();
    await picture(page, "light-sign-in-refused");
    await assertAccessible(page, "a sign-in that was refused");
    await page.getByRole("link", { name: "Back to connecting a mailbox" }).click();
    peer.faults.push("hang up", "hang up", "hang up");
    await page.getByRole("dialog").getByRole("button", { name: "Sign in with Google" }).click();
    await page.getByRole("link", { name: "Allow" }).click();
    await page.getByText("Google could not be reached").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { level: 1, name: MAILBOX }).waitFor();
    await page.goto("/settings/mailboxes/signed-in");
    await page.getByText("No sign-in is waiting").waitFor();
    await leave();
  });

  for (const look of ["light", "dark"] as const)
    test(`a mailbox whose access was taken back says so, and is signed in to again (${look})`, async () => {
      const team = await world.newTeam();
      await team.api.signInClients.save({ provider: "google", ...SIGN_IN_CLIENT });
      const { sign_in } = await team.api.emailAccounts.startSignIn({ provider: "google" });
      const { state = "", code = "" } = await peer.consent(sign_in.authorization_url);
      const { id } = (await team.api.emailAccounts.finishSignIn({ state, code })).email_account;
      await asOwner(world, (client) =>
        client.query("update mailboxes set oauth_expires_at = now() - interval '1 minute' where id = $1", [
          id,
        ]),
      );
      peer.revoke(MAILBOX);
      assert.equal((await openMailbox(world.running.app, team.id, id)).kind, "closed");
      const { page, expectHost, expectRefusals, leave } = await browser.visit(publicUrl, {
        colorScheme: look,
      });
      expectHost(PROVIDER);
      expectRefusals(422);
      await signIn(page, team.owner);
      await page.goto(`/settings/mailboxes/${id}`);
      await page.getByText("its provider rejects the sign-in").waitFor();
      await page.getByRole("button", { name: "Sign in again with Google" }).waitFor();
      await picture(page, `${look}-sign-in-again`);
      await assertAccessible(page, "a mailbox to sign in to again");
      await page.getByRole("button", { name: "Sign in again with Google" }).click();
      await page.getByRole("link", { name: "Cancel" }).click();
      await page.getByRole("link", { name: "Back to the mailbox" }).click();
      await page.getByRole("heading", { level: 1, name: MAILBOX }).waitFor();
      await page.getByRole("button", { name: "Sign in again with Google" }).click();
      await page.getByRole("link", { name: "Allow" }).click();
      await page.getByRole("heading", { level: 1, name: MAILBOX }).waitFor();
      await page.getByText(`${MAILBOX} connected and tested.`).waitFor();
      assert.equal((await openMailbox(world.running.app, team.id, id)).kind, "open");
      assert.equal((await team.api.emailAccounts.list()).email_accounts.length, 1);
      await leave();
    });
});
