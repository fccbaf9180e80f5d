// A person moves the time of a sandbox, and the page shows what has happened by then.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inSandbox } from "../../server/testing/sandboxed.ts";
import { alwaysOpen } from "../../server/testing/sending.ts";
import { MAIL_STEP, newContact, newSequence } from "../../server/testing/sequenced.ts";
import { type Team, tokenIn, useWorld } from "../../server/testing/world.ts";
import {
  assertAccessible,
  assertFitsSideways,
  picture,
  signIn,
  signInByHand,
  useBrowser,
} from "./browser.ts";

const settings = await inSandbox();

describe("a sandbox", () => {
  let team: Team;
  const member = { email: "ines@norrland.example", password: "a long sentence is a good password" };
  const world = useWorld(settings, async (opened) => {
    team = await opened.newTeam("Norrland Kraft");
    const { invitation_url } = await team.api.users.invite({ email: member.email });
    const token = tokenIn(invitation_url);
    await opened.client().invitations.accept({ token, name: "Ines Okafor", password: member.password });
  });
  const browser = useBrowser();

  test("three days are one click each, and the next event one more", async () => {
    const mailbox = (await team.api.emailAccounts.create({ email: "me@sender.example", type: "catcher" }))
      .email_account;
    const sequence = await newSequence(team, {
      emailer_schedule_id: await alwaysOpen(team),
      emailer_steps: [MAIL_STEP, { ...MAIL_STEP, wait_time: 3, wait_mode: "day" }],
    });
    await team.api.joining.addContacts({
      id: sequence.id,
      contact_ids: [await newContact(team, { email: "ola@kunde.example" })],
      send_email_from_email_account_id: [mailbox.id],
      sequence_unverified_email: true,
    });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/catcher");
    const bar = page.getByRole("region", { name: "Sandbox" });
    await bar.getByText("time stopped").waitFor();
    const shown = () => bar.locator("time").getAttribute("datetime");
    assert.equal(await shown(), "2027-01-04T09:00:00.000Z");
    for (const day of ["05", "06"]) {
      await bar.getByRole("button", { name: "Move the time forward by 1 day" }).click();
      await bar.locator(`time[datetime="2027-01-${day}T09:00:00.000Z"]`).waitFor();
      await bar.getByText("time stopped").waitFor();
    }
    await page.getByRole("main").getByText("ola@kunde.example").waitFor();
    assert.equal((await team.api.catcher.list()).messages.length, 1);
    for (let sent = 1; sent < 2; sent = (await team.api.catcher.list()).messages.length) {
      const before = await shown();
      await bar.getByRole("button", { name: "Next event" }).click();
      await bar.locator(`time:not([datetime="${before}"])`).waitFor();
      await bar.getByText("time stopped").waitFor();
    }
    assert.match((await shown()) ?? "", /^2027-01-07T09:00/);
    await assertFitsSideways(page, "sandbox");
    await assertAccessible(page, "sandbox");
    await picture(page, "light-sandbox");
    await bar.getByRole("button", { name: "Let time run" }).click();
    const fast = page.getByRole("menuitem", { name: "1 day a minute" });
    await fast.waitFor();
    await assertAccessible(page, "speeds of a sandbox");
    await fast.click();
    await bar.getByText("1 day a minute").waitFor();
    await bar.getByRole("button", { name: "Stop time" }).click();
    await bar.getByText("time stopped").waitFor();
    await leave();
  });

  test("a member sees the time, and moves nothing", async () => {
    const { page, leave } = await browser.visit(world.url, { viewport: { width: 390, height: 844 } });
    await signInByHand(page, member);
    const bar = page.getByRole("region", { name: "Sandbox" });
    await bar.getByText("time stopped").waitFor();
    assert.equal(await bar.getByRole("button").count(), 0);
    await assertFitsSideways(page, "sandbox of a member");
    await picture(page, "phone-sandbox");
    await leave();
  });
});
