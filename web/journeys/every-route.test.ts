// Every address of the app, loaded as a browser loads it, in a full team and in an empty one: complete, no wider than the
// window, nothing that fails or loads for ever, and no finding of axe. The addresses are read from the routes, and each tab
// of a page is pressed, so that a page no other journey visits fails here.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { BrowserContextOptions, Page } from "playwright-core";
import { plantWholeTeam } from "../../server/testing/sample-records.ts";
import { type Team, tokenIn, useWorld } from "../../server/testing/world.ts";
import { everyAddress } from "./addresses.ts";
import { assertAccessible, assertFitsSideways, pictureWhole, signInByHand, useBrowser } from "./browser.ts";
import { settling } from "./settling.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

/** Dark is the same page with other colors: it is switched without a reload, and axe looks at colors only. */
type Look = { look: string; options: BrowserContextOptions; axe: boolean; dark: boolean };

const LOOKS: readonly Look[] = [
  { look: "desk", options: { colorScheme: "light" }, axe: true, dark: true },
  { look: "phone", options: { ...PHONE, colorScheme: "dark" }, axe: false, dark: false },
];
const EMPTY: Look = { look: "empty", options: {}, axe: false, dark: false };

/** One test beside the other: a page mostly waits for its server. */
describe("every route", { concurrency: true }, () => {
  let full: Team;
  let empty: Team;
  let invitation: string;
  let records: Record<string, string>;
  const world = useWorld({ catcher: true }, async (opened) => {
    full = await opened.newTeam("Norrland Kraft");
    empty = await opened.newTeam("Nobody yet");
    records = await plantWholeTeam(opened, full);
    const invited = await empty.api.users.invite({ email: "ines@example.no" });
    invitation = tokenIn(invited.invitation_url);
  });
  const browser = useBrowser();
  const addresses = everyAddress();
  const inside = addresses.filter(({ isInside }) => isInside).map(({ address }) => address);
  const outside = addresses.filter(({ isInside }) => !isInside).map(({ address }) => address);

  async function opened(look: Look, owner: Team["owner"] | null) {
    const visitor = await browser.visit(world.url, look.options);
    const isSettled = settling(visitor.page);
    if (owner) await signInByHand(visitor.page, owner);
    const faults: string[] = [];
    return {
      ...visitor,
      /** A fault of one page does not stop the look at the next. */
      look: (address: string) =>
        nextCheckAt(visitor.page, address, look, isSettled).catch((error) => void faults.push(String(error))),
      async leave() {
        assert.deepEqual(faults, []);
        await visitor.leave();
      },
    };
  }

  /** The page as it opens, and each of its tabs; the first tab is open already. */
  async function lookAround(page: Page, address: string, look: (name: string) => Promise<void>) {
    await look(address);
    const tabs = await page.getByRole("tab").all();
    for (const [n, tab] of tabs.entries()) {
      if (n === 0) continue;
      await tab.click();
      await look(`${address}/${n + 1}`);
    }
  }

  for (const one of LOOKS)
    test(`is whole at a ${one.look}, in a team that has everything`, async () => {
      const { page, look, leave } = await opened(one, full.owner);
      assert.ok(inside.length > 40, `${inside.length} addresses were found`);
      for (const address of inside) {
        assert.ok(!address.includes("$") || records[address], `${address} needs a record in plantWholeTeam`);
        await page.goto(records[address] ? address.replace("$id", records[address]) : address);
        await lookAround(page, address, look);
      }
      await leave();
    });

  test("is whole in a team that has nothing yet, and says what it is for", async () => {
    const { page, look, leave } = await opened(EMPTY, empty.owner);
    for (const address of inside.filter((one) => !one.includes("$"))) {
      await page.goto(address);
      await look(address);
      const bare = page.getByRole("main").locator("table:not(:has(tbody tr)), ul:empty:visible");
      assert.equal(await bare.count(), 0, `${address} shows a list of nothing, and does not say so`);
    }
    await leave();
  });

  test("is whole for a visitor who is not signed in", async () => {
    const tokens: Record<string, string> = {
      "/setup": `#${tokenIn(world.running.setupUrl ?? "")}`,
      "/invitation": `#${invitation}`,
      "/oauth/authorize": "?client_id=nobody",
    };
    for (const one of LOOKS) {
      const { page, look, leave } = await opened({ ...one, look: `outside-${one.look}` }, null);
      for (const address of outside) {
        await page.goto("about:blank"); // what differs behind the # only would not load anew
        await page.goto(`${address}${tokens[address] ?? ""}`);
        await look(address);
      }
      await leave();
    }
  });
});

async function nextCheckAt(page: Page, address: string, one: Look, isSettled: () => Promise<void>) {
  const where = `${address} as seen at a ${one.look}`;
  const name = `${one.look}${address.replaceAll(/[/$]+/g, "-").replace(/-$/, "-home")}`;
  await isSettled();
  await pictureWhole(page, name);
  await assertFitsSideways(page, where);
  await assertOneLine(page, where);
  if (one.axe) await assertAccessible(page, where);
  if (!one.dark) return;
  await page.emulateMedia({ colorScheme: "dark" });
  await page.locator("html[data-mantine-color-scheme=dark]").waitFor();
  await pictureWhole(page, `dark-${name}`);
  await assertAccessible(page, `${where}, dark`, "color-contrast");
  await page.emulateMedia({ colorScheme: "light" });
}

/** Choices that stand beside each other stand in one line: where they have no room, there is a field that unfolds. */
async function assertOneLine(page: Page, where: string) {
  const wrapped = await page.locator(".mantine-SegmentedControl-root:visible").evaluateAll((all) =>
    all
      .filter((one) => {
        const tops = [...one.querySelectorAll(".mantine-SegmentedControl-control")].map(
          (control) => control.getBoundingClientRect().top,
        );
        return new Set(tops).size > 1;
      })
      .map((one) => one.textContent),
  );
  assert.deepEqual(wrapped, [], `${where}: choices wrap`);
}
