// A tracking domain is added, published, checked and chosen for a mailbox.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { openOutgoing } from "../../server/outgoing/door.ts";
import { freePort } from "../../server/testing/doors.ts";
import { LOOPBACK } from "../../server/testing/loopback.ts";
import { openNameServer } from "../../server/testing/name-server.ts";
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
const port = await freePort();
const names = new Set<string>();

describe("tracking domains", () => {
  let team: Team;
  const world = useWorld(
    { port, publicUrl: `http://localhost:${port}`, dnsServers: [dns.address], catcher: true },
    async (opened) => {
      opened.running.app.outgoing = openOutgoing({
        allowed: LOOPBACK,
        ownDatabase: [{ host: "/nowhere", port: 9 }],
        lookup: async (name) => (names.has(name) ? ["127.0.0.1"] : []),
      });
      team = await opened.newTeam();
      await team.api.emailAccounts.create({ email: "ines@norrland.no", type: "catcher" });
    },
  );
  const browser = useBrowser();

  for (const look of ["light", "dark"] as const)
    test(`a domain is added, published and checked (${look})`, async () => {
      const domain = `links-${look}.norrland.no`;
      const { page, leave } = await browser.visit(world.url, { colorScheme: look });
      await signIn(page, team.owner);
      await page.goto("/settings/mailboxes");
      await page.getByRole("button", { name: "Add a tracking domain" }).click();
      const adding = page.getByRole("dialog", { name: "Add a tracking domain" });
      await adding.getByLabel("Domain").fill(domain);
      await adding.getByRole("button", { name: "Add", exact: true }).click();
      const dialog = page.getByRole("dialog", { name: domain });
      await dialog.getByText(`The DNS has no record for ${domain}. Publish a CNAME to localhost.`).waitFor();
      await picture(page, `${look}-tracking-domain-added`);
      await assertAccessible(page, "the record to publish");
      names.add(domain);
      await dialog.getByRole("button", { name: "Check now" }).click();
      await dialog.getByText("Works", { exact: true }).waitFor();
      await dialog.getByRole("button", { name: "Done" }).click();
      const list = page.getByRole("list", { name: "Tracking domains" });
      await list.getByText(domain).waitFor();
      await picture(page, `${look}-tracking-domains`);
      await assertAccessible(page, "mailboxes with tracking domains");
      await page.setViewportSize({ width: 390, height: 844 });
      await assertFitsSideways(page, "tracking domains on a phone");
      await picture(page, `${look}-tracking-domains-phone`);
      await leave();
    });

  test("a mailbox gets a domain of its own, and a removed one is the team's default again", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    const [mailbox] = (await team.api.emailAccounts.list()).email_accounts;
    await page.goto(`/settings/mailboxes/${mailbox?.id}`);
    await page.getByRole("combobox", { name: "Tracking domain" }).click();
    await page.getByRole("option", { name: "links-dark.norrland.no" }).click();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Settings of ines@norrland.no saved.").waitFor();
    const chosen = async () => (await team.api.emailAccounts.list()).email_accounts[0]?.tracking_domain_id;
    const { tracking_domains } = await team.api.trackingDomains.list();
    assert.equal(await chosen(), tracking_domains.find((one) => one.domain.includes("dark"))?.id);

    await page.goto("/settings/mailboxes");
    await page.getByRole("button", { name: "Actions for links-dark.norrland.no" }).click();
    await page.getByRole("menuitem", { name: "Use as default" }).click();
    await page.getByRole("listitem").filter({ hasText: "links-dark.norrland.no (default)" }).waitFor();
    await page.getByRole("button", { name: "Actions for links-dark.norrland.no" }).click();
    await page.getByRole("menuitem", { name: "Remove …" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await page.getByText("links-dark.norrland.no removed.").waitFor();
    assert.equal(await chosen(), null);
    await leave();
  });
});
