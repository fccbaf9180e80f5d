// A sequence that sends at the hour at which each contact usually reads: switched on in its settings.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { newSequence } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, useBrowser } from "./browser.ts";

describe("the usual hour", { concurrency: false }, () => {
  let team: Team;
  const world = useWorld({ role: "api" }, async (opened) => {
    team = await opened.newTeam();
  });
  const browser = useBrowser();

  test("is switched on in the settings of a sequence, and Undo switches it off", async () => {
    const { id } = await newSequence(team);
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${id}?tab=settings`);
    const choice = page.getByRole("switch", { name: "Send at the hour at which each contact usually reads" });
    await choice.check();
    await assertAccessible(page, "the settings of a sequence");
    await picture(page, "usual-hour-settings");
    await page.keyboard.press("ControlOrMeta+s");
    await page.getByText("Saved.").waitFor();
    const isOn = async () => (await team.api.sequences.show({ id })).emailer_campaign.send_at_usual_hour;
    assert.equal(await isOn(), true);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone.").waitFor();
    assert.equal(await isOn(), false);
    await leave();
  });
});
