// The page of a mailbox says what receivers find about its domain in the DNS, and which record mends it.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { openNameServer } from "../../server/testing/name-server.ts";
import { newMailbox } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import {
  assertAccessible,
  assertFitsSideways,
  picture,
  signIn,
  signInByHand,
  useBrowser,
} from "./browser.ts";

const dns = await openNameServer();
after(() => dns.close());

describe("a sending domain", () => {
  let team: Team;
  const world = useWorld({ dnsServers: [dns.address], blocklists: ["dbl.test.net"] }, async (opened) => {
    team = await opened.newTeam();
  });
  const browser = useBrowser();

  const deliverability = (page: Page) =>
    page.locator("section").filter({ has: page.getByRole("heading", { name: "Deliverability" }) });

  test("is checked on demand; what is wrong is shown with the record to publish", async () => {
    const { id } = await newMailbox(team, { email: "sofia@nordhavn.dk" });
    dns.texts.set("nordhavn.dk", ["v=spf1 mx -all", "v=spf1 include:mail.nordhavn.net ~all"]);
    dns.mail.set("nordhavn.dk", ["mx.nordhavn.net"]);
    dns.addresses.set("nordhavn.dk.dbl.test.net", "127.0.1.2");
    dns.texts.set("nordhavn.dk.dbl.test.net", ["Sends spam, see https://dbl.test.net"]);
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/settings/mailboxes/${id}`);
    const part = deliverability(page);
    await part.getByRole("button", { name: "Check now" }).click();
    await page.getByText("Domain checked.").waitFor();
    await part.getByText("The domain has several SPF records").waitFor();
    await part.getByText("v=spf1 mx include:mail.nordhavn.net -all").waitFor();
    await part.getByText("The domain is on a blocklist.").waitFor();
    await part.getByText("The domain has no DMARC record").waitFor();
    await part.getByText("_dmarc.nordhavn.dk").waitFor();
    const found = part.getByRole("listitem").filter({ hasText: "Blocklists" });
    await found.getByText("What was found").click();
    await found.getByText("Sends spam, see https://dbl.test.net").waitFor();
    await part.scrollIntoViewIfNeeded();
    await picture(page, "light-sending-domain");
    await assertAccessible(page, "the checks of a domain");
    dns.texts.set("nordhavn.dk", ["v=spf1 mx -all"]);
    await part.getByRole("button", { name: "Check now" }).click();
    await part.getByText("The SPF record says which servers may send").waitFor();
    assert.equal(await part.getByText("v=spf1 mx include:mail.nordhavn.net -all").count(), 0);
    await leave();
  });

  test("on a phone nothing of it is cut off", async () => {
    const { page, leave } = await browser.visit(world.url, {
      colorScheme: "dark",
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await signInByHand(page, team.owner);
    const [box] = (await team.api.emailAccounts.list()).email_accounts;
    await page.goto(`/settings/mailboxes/${box?.id}`);
    await deliverability(page).scrollIntoViewIfNeeded();
    await picture(page, "phone-dark-sending-domain");
    await assertFitsSideways(page, "the checks of a domain on a phone");
    await leave();
  });
});
