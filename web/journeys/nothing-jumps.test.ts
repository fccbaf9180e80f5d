// Every page of a full team on a slow network whose answers come out of order: what is drawn stays where it is.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Route } from "playwright-core";
import { plantWholeTeam } from "../../server/testing/sample-records.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { everyAddress } from "./addresses.ts";
import { signInByHand, useBrowser, watchJumps } from "./browser.ts";
import { settling } from "./settling.ts";

/** How long an answer waits, by how many were asked for before it: every second in the order asked, those between in reverse. */
const waits = (before: number) => (before % 2 === 0 ? Math.max(40, 520 - 60 * before) : 40 + 60 * before);

describe("nothing jumps on a slow network", () => {
  let team: Team;
  let records: Record<string, string>;
  const world = useWorld({ catcher: true }, async (opened) => {
    team = await opened.newTeam("Norrland Kraft");
    records = await plantWholeTeam(opened, team);
  });
  const browser = useBrowser();
  const addresses = everyAddress().filter(({ isInside }) => isInside);

  test("when questions are answered out of order", async () => {
    const { page, leave } = await browser.visit(world.url);
    const isSettled = settling(page);
    await signInByHand(page, team.owner);
    await page.getByRole("note").getByText("Test mode").waitFor(); // and is remembered for the pages after it
    let asked = 0;
    await page.route("**/api/**", async (route: Route) => {
      await new Promise((resolve) => setTimeout(resolve, waits(asked++)));
      await route.continue();
    });
    const jumps = await watchJumps(page);
    const seen: string[] = [];
    for (const { address } of addresses) {
      asked = 0;
      await page.goto(records[address] ? address.replace("$id", records[address]) : address);
      await isSettled();
      seen.push(...(await jumps()));
    }
    assert.deepEqual(seen, []);
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await leave();
  });
});
