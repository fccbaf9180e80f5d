// The page of a mailbox says what receivers reported of its domain, what to do, and what its checks found over time.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { reportLetter } from "../../server/testing/dmarc-reports.ts";
import { openImapMailbox } from "../../server/testing/imap-mailbox.ts";
import { LOOPBACK } from "../../server/testing/loopback.ts";
import { openNameServer } from "../../server/testing/name-server.ts";
import { LOGIN } from "../../server/testing/post-office.ts";
import { until } from "../../server/testing/sending.ts";
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
const box = await openImapMailbox();
after(() => box.close());

const DOMAIN = "nordhavn.dk";
const DAY = 86_400;

describe("reports about a domain", () => {
  let team: Team;
  let id: string;
  const world = useWorld(
    { dnsServers: [dns.address], mailAllow: LOOPBACK, imapPollMs: 300, engineLoops: 2 },
    async (opened) => {
      team = await opened.newTeam();
      const imap = { host: "localhost", port: box.port, security: "none" as const, ...LOGIN };
      ({ id } = await newMailbox(team, { email: `sofia@${DOMAIN}`, imap }));
    },
  );
  const browser = useBrowser();

  const section = (page: Page, name: string) =>
    page.locator("section").filter({ has: page.getByRole("heading", { name, exact: true }) });

  const check = () => team.api.emailAccounts.checkDomain({ id });

  async function report(days: number, rows: Parameters<typeof reportLetter>[1]["rows"]) {
    const today = Math.floor(world.running.app.now().epochMilliseconds / 1000 / DAY) * DAY;
    const before = (await team.api.sendingDomains.reports({ domain: DOMAIN })).pagination.total_entries;
    const receiver = days % 2 === 0 ? "google" : "microsoft";
    box.mail.deliver(
      reportLetter(receiver, {
        domain: DOMAIN,
        id: `r${days}.${before}`,
        begin: today - days * DAY,
        ...(rows && { rows }),
      }),
    );
    await until(
      async () =>
        (await team.api.sendingDomains.reports({ domain: DOMAIN })).pagination.total_entries > before,
    );
  }

  test("a domain without reports is told which record to publish; then what they say, and its history", async () => {
    await check();
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/settings/mailboxes/${id}`);
    const reports = section(page, "DMARC reports");
    await reports.getByText("The domain has no DMARC record.").waitFor();
    await reports.getByText(`v=DMARC1; p=none; rua=mailto:sofia@${DOMAIN}`).waitFor();

    dns.texts.set(DOMAIN, ["v=spf1 ip4:192.0.2.0/24 ~all"]);
    dns.texts.set(`_dmarc.${DOMAIN}`, [`v=DMARC1; p=none; rua=mailto:sofia@${DOMAIN}`]);
    world.advance({ hours: 2 });
    await check();
    for (let day = 2; day < 10; day++)
      await report(day, [
        { ip: "192.0.2.9", count: 140 + 9 * day },
        { ip: "198.51.100.3", count: 2, dkim: "fail", spf: "fail", reason: "forwarded" },
      ]);
    await page.reload();
    await reports.getByText("emails pass: the policy can become quarantine.").waitFor();
    await reports.getByText(`v=DMARC1; p=quarantine; rua=mailto:sofia@${DOMAIN}`).waitFor();
    await reports.getByText(`Yours: ${DOMAIN}`).waitFor();
    await report(3, [{ ip: "203.0.113.7", count: 38, dkim: "fail", spf: "fail", disposition: "quarantine" }]);
    await page.reload();
    await reports.getByText("38 emails of 203.0.113.7 fail: is this a server of yours?").waitFor();
    await reports.getByText("38 rejected or marked as spam").waitFor();
    await reports.scrollIntoViewIfNeeded();
    await picture(page, "light-dmarc-reports");
    await assertAccessible(page, "the reports of a domain");
    await reports.locator(".recharts-bar-rectangle").last().click();
    const behind = page.locator("[data-beside]");
    await behind.getByText("2 failed, from 198.51.100.3.").first().waitFor();
    await picture(page, "light-dmarc-day");
    await behind.getByRole("button", { name: "Close" }).click();
    await reports.getByText("90 days").click();
    await reports.getByRole("table", { name: "Reporting providers" }).getByText("Outlook.com").waitFor();

    const history = section(page, "History of checks");
    const dmarc = history.getByRole("listitem").filter({ hasText: "DMARC" });
    assert.equal(await dmarc.count(), 2);
    await dmarc.first().getByText("Before: Missing").waitFor();
    await dmarc.first().getByText("What was found").click();
    await dmarc.first().getByText(`v=DMARC1; p=none; rua=mailto:sofia@${DOMAIN}`).waitFor();
    await history.scrollIntoViewIfNeeded();
    await picture(page, "light-domain-history");
    await leave();
  });

  test("on a phone in the dark nothing of it is cut off", async () => {
    const { page, leave } = await browser.visit(world.url, {
      colorScheme: "dark",
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await signInByHand(page, team.owner);
    await page.goto(`/settings/mailboxes/${id}`);
    await section(page, "DMARC reports").scrollIntoViewIfNeeded();
    await picture(page, "phone-dark-dmarc-reports");
    await section(page, "History of checks").scrollIntoViewIfNeeded();
    await picture(page, "phone-dark-domain-history");
    await assertFitsSideways(page, "the reports of a domain on a phone");
    await leave();
  });
});
