// The bars of a chart lead to the emails that they count: by the mouse, and by the table of the chart with keys.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { mailed } from "../../server/testing/incoming.ts";
import { plant, plantMessage } from "../../server/testing/planted.ts";
import { asOwner } from "../../server/testing/wire.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, useBrowser } from "./browser.ts";

const SENT = 31;

describe("bars lead to rows", () => {
  let team: Team;
  let sequence: string;
  let mailbox: string;
  const world = useWorld({}, async (opened) => {
    team = await opened.newTeam();
    const one = await mailed(opened, team);
    await asOwner(opened, (client) => client.query("delete from messages where id = $1", [one.messageId]));
    [sequence, mailbox] = [one.sequenceId, one.mailboxId];
    const at = opened.running.app.now().subtract({ hours: 30 });
    for (let n = 0; n < SENT; n++) {
      const went = at.add({ seconds: n }).toString();
      await plantMessage(opened, team, one.sequenceId, {
        contact_id: one.contactId,
        mailbox_id: one.mailboxId,
        user_id: team.owner.id,
        to_name: `Kim ${n}`,
        to_email: `kim${n}@beta.example`,
        subject: "A question",
        delivery: "sent",
        completed_at: went,
        released_at: went,
        ...(n < 2 && { replied_at: at.add({ hours: 1 }).toString(), reply_class: "willing_to_meet" }),
      });
    }
    for (const [kind, counts] of [
      ["reply", true],
      ["reply", true],
      ["reply", false],
      ["bounce", false],
    ] as const)
      await plant(opened, team, "incoming_mails", {
        mailbox_id: one.mailboxId,
        content_key: `${kind} ${Math.random()}`,
        folder: "INBOX",
        uid: 1,
        kind,
        counts,
        certainty: "sure",
        contact_id: one.contactId,
        subject: "Re: A question",
        received_at: at.toString(),
        processed_at: at.toString(),
      });
  });
  const browser = useBrowser();

  /** Opens the table of a chart, and from it what the only number above zero of a column counts. */
  async function openFromTable(page: Page, chart: string, column: string, n: number) {
    await page.getByRole("button", { name: `Copy or download: ${chart}` }).click();
    await page.getByRole("menuitem", { name: "Show as table" }).click();
    const table = page.getByRole("dialog", { name: chart });
    await table.getByRole("button", { name: new RegExp(`: ${column}, ${n}$`) }).waitFor();
    await assertAccessible(page, `the numbers of ${chart}`);
    await table.getByRole("button", { name: new RegExp(`: ${column}, ${n}$`) }).click();
    await table.waitFor({ state: "hidden" });
  }

  async function rowsIn(page: Page, title: string, n: number) {
    const panel = page
      .getByRole("region", { name: title, exact: true })
      .filter({ has: page.getByRole("button", { name: "Close" }) });
    const rows = panel.getByRole("listitem");
    await rows.first().waitFor();
    if (n > 25) await panel.getByRole("button", { name: "Show more" }).click();
    await rows.nth(n - 1).waitFor();
    assert.equal(await rows.count(), n, title);
    return panel;
  }

  test("on Home a day's emails, replies and bounces are listed", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/");
    await openFromTable(page, "Emails sent", "Sent", SENT);
    const sent = await rowsIn(page, "Emails sent", SENT);
    assert.equal(await sent.getByRole("link").first().getAttribute("href"), `/contacts/${await contactOf()}`);
    await page.keyboard.press("Escape");
    await openFromTable(page, "Responses", "Replied", 2);
    const replied = await rowsIn(page, "Replied", 2);
    await replied.getByText("2 rows").waitFor();
    await picture(page, "light-home-day-of-emails");
    await page.keyboard.press("Escape");
    await openFromTable(page, "Responses", "Bounced", 1);
    await rowsIn(page, "Bounced", 1);
    await page.keyboard.press("Escape");
    await page
      .getByRole("img", { name: /^Sent: / })
      .locator(".recharts-bar-rectangle path")
      .first()
      .click();
    const again = page.getByRole("region", { name: "Emails sent", exact: true });
    await again.getByText(`${SENT} rows`).waitFor();
    await leave();
  });

  test("the contacts whom a step reached are listed, and the funnel is saved as a picture and as a table", async () => {
    const { emailer_steps } = await team.api.sequences.show({ id: sequence });
    await asOwner(world, (client) =>
      client.query("update messages set step_id = $2 where sequence_id = $1 and step_id is null", [
        sequence,
        emailer_steps[0]?.id,
      ]),
    );
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${sequence}?tab=report`);
    await page
      .getByRole("region", { name: "By step" })
      .getByRole("button", { name: /contacts reached/ })
      .first()
      .click();
    const panel = await rowsIn(page, "Contacts reached", 1);
    assert.equal(
      await panel.getByRole("link").first().getAttribute("href"),
      `/contacts/${await contactOf()}`,
    );
    await picture(page, "light-funnel-rows");
    await assertAccessible(page, "the contacts whom a step reached");
    await page.keyboard.press("Escape");
    const saved = async (verb: string) => {
      await page.getByRole("button", { name: "Copy or download: By step" }).click();
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("menuitem", { name: verb }).click(),
      ]);
      return readFile(await file.path());
    };
    const csv = (await saved("Download CSV")).toString();
    assert.match(csv, /^Step,Contacts reached,Delivered,Opened,Clicked,Replied,Bounced\r\n1\. /);
    const png = await saved("Download PNG");
    assert.equal(png.subarray(1, 4).toString(), "PNG");
    if (process.env.CADENZA_SCREENSHOTS)
      await writeFile(`${process.env.CADENZA_SCREENSHOTS}/funnel.png`, png);
    await leave();
  });

  test("so are a mailbox's and a sequence's", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/settings/mailboxes/${mailbox}`);
    await openFromTable(page, "Emails sent", "Sent", SENT);
    await rowsIn(page, "Emails sent", SENT);
    await page.goto(`/sequences/${sequence}?tab=report`);
    await openFromTable(page, "Emails sent", "Replied", 2);
    await rowsIn(page, "Emails replied", 2);
    await picture(page, "light-sequence-day-of-emails");
    await leave();
  });

  test("when contacts reply is a heat map of all weekdays", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/reports");
    await page.getByRole("button", { name: /^Template/ }).click();
    await page.getByRole("menuitem", { name: "When contacts reply" }).click();
    const map = page.getByRole("figure", { name: "Emails replied as a heat map" });
    await map.getByText("Sunday").waitFor();
    await map.getByText("Monday").waitFor();
    await map.locator("button:enabled").click();
    await rowsIn(page, "Emails replied", 2);
    await picture(page, "light-reports-when-contacts-reply");
    await leave();
  });

  async function contactOf() {
    return (await team.api.contacts.search({})).contacts[0]?.id ?? "";
  }
});
