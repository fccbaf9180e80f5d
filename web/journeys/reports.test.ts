// Reports: a ready-made one, what stands behind a number, put together anew, kept, downloaded and sent at set times.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { plantContact, plantMessage } from "../../server/testing/planted.ts";
import { newMailbox } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, picture, signIn, useBrowser } from "./browser.ts";

const mail = (subject: string) => ({ emailer_template: { subject, body_html: "<p>Hello</p>" } });

describe("reports", () => {
  let team: Team;
  const world = useWorld({}, async (opened) => {
    team = await opened.newTeam();
    await newMailbox(team, { email: "ines@norrland.example" });
    const made = await team.api.sequences.create({
      name: "Cold plants",
      emailer_steps: [
        {
          type: "auto_email",
          wait_time: 0,
          wait_mode: "day",
          emailer_touches: [mail("Short"), mail("Long")],
        },
      ],
    });
    const [step] = made.emailer_steps;
    const people = await Promise.all(
      [1, 2, 3].map((n) => plantContact(world, team, { first_name: `Ada ${n}` })),
    );
    const at = opened.running.app.now();
    for (let n = 0; n < 240; n++)
      await plantMessage(world, team, made.emailer_campaign.id, {
        step_id: step?.id,
        touch_id: made.emailer_touches[n % 2]?.id,
        contact_id: people[n % 3],
        user_id: team.owner.id,
        subject: "A question",
        to_email: `p${n}@beta.example`,
        completed_at: at.subtract({ hours: 1 + n }).toString(),
        ...(n % 2 === 0 && n % 3 === 0 && { replied_at: at.toString(), reply_class: "willing_to_meet" }),
        ...(n % 60 === 59 && { has_bounced: true, is_hard_bounce: true }),
      });
  });
  const browser = useBrowser();

  for (const look of ["light", "dark"] as const)
    test(`what is broken down by a second thing is a heat map, whose cells lead to their rows (${look})`, async () => {
      const { page, leave } = await browser.visit(world.url, { colorScheme: look });
      await signIn(page, team.owner);
      await page.goto("/reports");
      await page.getByRole("button", { name: /^Template/ }).click();
      await page.getByRole("menuitem", { name: "Best times to send" }).click();
      const map = page.getByRole("figure", { name: "Emails replied as a heat map" });
      await map.waitFor();
      await picture(page, `${look}-reports-heat-map`);
      await assertAccessible(page, `a heat map, ${look}`);
      const menu = page.getByRole("button", { name: "Copy or download: Emails replied" });
      const saved = async (verb: string) => {
        await menu.click();
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          page.getByRole("menuitem", { name: verb }).click(),
        ]);
        return readFile(await download.path());
      };
      const [head = "", ...rows] = (await saved("Download CSV")).toString().trimEnd().split("\r\n");
      assert.equal(new Set(rows.map((row) => row.split(",").length)).size, 1);
      assert.equal(head.split(",").length, rows[0]?.split(",").length);
      const shown = await map.locator("button:enabled").count();
      assert.equal(
        rows.flatMap((row) => row.split(",").slice(1)).filter((one) => Number(one) > 0).length,
        shown,
      );
      const png = await saved("Download PNG");
      assert.equal(png.subarray(1, 4).toString(), "PNG");
      const place = await map.boundingBox();
      assert.ok(png.readUInt32BE(16) > (place?.width ?? 0), "the picture is as wide as the map");
      if (process.env.CADENZA_SCREENSHOTS)
        await writeFile(`${process.env.CADENZA_SCREENSHOTS}/${look}-heat-map-downloaded.png`, png);
      const cell = map.locator("button:enabled").first();
      const [, figure = ""] = /: (\d+)$/.exec((await cell.getAttribute("title")) ?? "") ?? [];
      await cell.click();
      await page
        .getByRole("region", { name: "Emails replied" })
        .getByText(new RegExp(` ${figure} rows?$`))
        .waitFor();
      await page.setViewportSize({ width: 390, height: 844 });
      await page.keyboard.press("Escape");
      await assertFitsSideways(page, "a heat map on a phone");
      await leave();
    });

  for (const look of ["light", "dark"] as const)
    test(`a number opens what it counts, and a report is kept, downloaded and sent (${look})`, async () => {
      const { page, leave } = await browser.visit(world.url, { colorScheme: look });
      await signIn(page, team.owner);
      await page.goto("/reports");
      await page.getByRole("row", { name: /Cold plants 240/ }).waitFor();
      await page.getByRole("img", { name: /Emails sent/ }).waitFor();
      await picture(page, `${look}-reports`);
      await assertAccessible(page, `a report, ${look}`);

      await page.locator(".recharts-bar-rectangle path").first().click();
      await page.getByRole("region", { name: "Emails sent" }).getByText("Cold plants · 240 rows").waitFor();
      await page.keyboard.press("Escape");

      const row = page.getByRole("row", { name: /Cold plants/ });
      const answered = row.getByRole("button", { name: "40 Emails replied, Cold plants. Show records" });
      await answered.click();
      const panel = page.getByRole("region", { name: "Emails replied" });
      await panel.getByText("Cold plants · 40 rows").waitFor();
      assert.equal(await panel.getByRole("link", { name: /Ada/ }).count(), 25);
      await panel.getByRole("button", { name: "Show more" }).click();
      await panel.getByRole("link", { name: /Ada/ }).nth(39).waitFor();
      await picture(page, `${look}-reports-behind`);
      await assertAccessible(page, `what stands behind a number, ${look}`);
      await page.keyboard.press("Escape");

      await page.getByRole("button", { name: /^Template/ }).click();
      await page.getByRole("menuitem", { name: "Variants" }).click();
      await page.getByText("Filter by one sequence to compare its variants").waitFor();
      await page.getByRole("button", { name: "Filter", exact: true }).click();
      await page.getByRole("menuitem", { name: "Sequence" }).click();
      await page.getByRole("checkbox", { name: "Cold plants" }).click();
      await page.keyboard.press("Escape");
      await page.getByText("Better", { exact: true }).waitFor();
      await page.getByRole("img", { name: /\+[\d.]+ points against the best other variant/ }).waitFor();
      await picture(page, `${look}-reports-variants`);
      await assertAccessible(page, `variants in a report, ${look}`);

      await page.getByRole("button", { name: "Unsaved" }).click();
      await page.getByRole("menuitem", { name: "Save as new view" }).click();
      await page.getByLabel("Name").fill(`Which text (${look})`);
      await page.getByRole("button", { name: "Save view" }).click();
      await page.getByRole("button", { name: "Schedule …" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: "Save schedule" }).click();
      await dialog.getByText(/^Mondays at 08:00/).waitFor();
      await picture(page, `${look}-reports-sending`);
      await assertAccessible(page, `a report that is sent, ${look}`);
      await page.keyboard.press("Escape");

      await page.getByRole("button", { name: "Download", exact: true }).click();
      const coming = page.waitForEvent("download");
      await page.getByRole("menuitem", { name: "CSV file" }).click();
      const file = readFileSync(await (await coming).path(), "utf8");
      assert.equal(file.split("\r\n").length, 4, file);
      assert.match(file, /^emailer_touch_id,emailer_touch_id_readable,num_emails_delivered/);
      const { report_schedules } = await team.api.reportSchedules.list();
      assert.ok(report_schedules.some(({ view_name }) => view_name === `Which text (${look})`));
      await leave();
    });
});
