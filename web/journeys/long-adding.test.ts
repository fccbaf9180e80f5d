// More contacts than one waits for are added by the engine, and the line about it stays wherever one goes.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { newContacts, newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, useBrowser } from "./browser.ts";

describe("adding more than a thousand", () => {
  const world = useWorld({ engineLoops: 2 });
  const browser = useBrowser();
  let team: Team;

  before(async () => {
    team = await world.newTeam("Norrland Kraft");
    await newMailbox(team, { default: true });
    await newContacts(team, 1005, { last_name: "Berg" });
  });

  test("goes on while one is elsewhere, and what it came to is a report", async () => {
    const { id } = await newSequence(team, { name: "Many", active: false });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${id}?do=add-contacts`);
    await page.getByLabel("All 1,005 contacts that match").check();
    await page.getByRole("button", { name: "Next: options" }).click();
    await page.getByRole("button", { name: "Next: preview" }).click();
    await page.getByText("1,005 will be added · 0 will be skipped").waitFor();
    await page.getByText("The sequence is inactive. Contacts will wait until it is activated.").waitFor();
    await page.getByRole("button", { name: "Add 1,005 contacts" }).click();
    const line = page.getByRole("region", { name: "Background jobs" });
    await line.getByText("Adding contacts to Many").waitFor();
    await page.goto("/"); // leaving the page, and loading the app anew
    await line.getByText("Done: 1,005 added.").waitFor();
    await picture(page, "light-long-work");
    await assertAccessible(page, "a page with long work");
    await line.getByRole("link", { name: "View report" }).click();
    await page
      .getByRole("dialog", { name: "Report" })
      .getByText(/^1,005 contacts, /)
      .waitFor();
    await page.keyboard.press("Escape");
    await line.getByRole("button", { name: /^Dismiss/ }).click();
    await line.waitFor({ state: "detached" });
    assert.equal((await team.api.enrollments.counts({ id })).num_contacts, 1005);
    await leave();
  });
});
