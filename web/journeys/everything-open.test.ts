// Every page of a full team with each menu, field and dialog open, as axe reads it: what opens from the page, and what opens from that.
// All is opened by keys. What to open is read from the pages, so a new page and a new menu are looked at too.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { plantWholeTeam } from "../../server/testing/sample-records.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { everyAddress } from "./addresses.ts";
import { assertAccessible, picture, signIn, useBrowser } from "./browser.ts";
import { settling } from "./settling.ts";

const OPENED = "[role=menu], [role=listbox], [role=dialog]";

/** What opens something says so, or ends with an ellipsis; of rows that are alike, the first stands for all. */
const OPENERS = "button, [role=button], [role=combobox], input[aria-haspopup], [role=menuitem]";

describe("everything open", { concurrency: true }, () => {
  let team: Team;
  let records: Record<string, string>;
  const world = useWorld({ catcher: true }, async (opened) => {
    team = await opened.newTeam("Norrland Kraft");
    records = await plantWholeTeam(opened, team);
  });
  const browser = useBrowser();
  const inside = everyAddress().flatMap(({ address, isInside }) => (isInside ? [address] : []));
  const half = Math.ceil(inside.length / 2);

  for (const [name, addresses] of [
    ["first half", inside.slice(0, half)],
    ["second half", inside.slice(half)],
  ] as const)
    test(`axe finds nothing in what opens on the ${name} of the pages`, async () => {
      const { page, expectRefusals, leave } = await browser.visit(world.url);
      expectRefusals(422); // a form that looks ahead is told what it lacks
      const isSettled = settling(page);
      await signIn(page, team.owner);
      const seen = new Set<string>();
      const faults: string[] = [];
      for (const address of addresses) {
        const path = records[address] ? address.replace("$id", records[address]) : address;
        await new Opening({ page, path, isSettled, seen, faults }).all();
      }
      assert.deepEqual(faults, []);
      assert.ok(seen.size > 10, `only ${seen.size} things were opened`);
      await leave();
    });
});

type Visit = {
  page: Page;
  path: string;
  isSettled: () => Promise<void>;
  seen: Set<string>;
  faults: string[];
};

type Opener = { name: string; key: string; n: number; isField: boolean };

class Opening {
  readonly #visit: Visit;
  #address = "";

  constructor(visit: Visit) {
    this.#visit = visit;
  }

  async all() {
    const { page, seen } = this.#visit;
    await this.#begin();
    const tabs = await page.getByRole("main").getByRole("tab").count();
    for (let tab = 0; tab < Math.max(tabs, 1); tab++) {
      await this.#show(tab);
      for (const opener of await openersIn(page, "body")) {
        if (seen.has(opener.key)) continue;
        seen.add(opener.key);
        await this.#look(tab, [opener]);
      }
    }
  }

  async #begin() {
    const { page, path, isSettled } = this.#visit;
    await page.goto(path);
    await isSettled();
  }

  async #beginAt(tab: number) {
    await this.#begin();
    await this.#show(tab);
  }

  async #show(tab: number) {
    const { page, isSettled } = this.#visit;
    if (tab > 0) await page.getByRole("main").getByRole("tab").nth(tab).click();
    await isSettled();
    this.#address = page.url();
  }

  /** The last of them is looked at; the others lead to it. What is open at the end is left by a new start. */
  async #look(tab: number, way: readonly Opener[]) {
    const { page, path, faults, seen } = this.#visit;
    const where = `${path}, tab ${tab + 1}, ${way.map(({ name }) => name).join(" > ")}`;
    try {
      if (!(await this.#press(way))) return await this.#beginAt(tab); // it may have done something else
      await assertAccessible(page, where);
      await picture(page, `open${where.replaceAll(/[^\w]+/g, "-").slice(0, 120)}`);
      const inner = way.length < 2 ? await openersIn(page, OPENED) : [];
      if (inner.length > 0 || way.length > 1) await this.#beginAt(tab);
      else await this.#close(tab);
      for (const opener of inner) {
        if (seen.has(opener.key)) continue;
        seen.add(opener.key);
        await this.#look(tab, [...way, opener]);
      }
    } catch (error) {
      faults.push(`${where}: ${error instanceof Error ? error.message : String(error)}`);
      await this.#beginAt(tab);
    }
  }

  /** By the key that closes; what stays open, or led elsewhere, is left by a new start. */
  async #close(tab: number) {
    const { page, isSettled } = this.#visit;
    const open = page.locator(OPENED).filter({ visible: true });
    for (let n = 0; n < 3 && (await open.count()) > 0; n++) {
      await page.keyboard.press("Escape");
      await isSettled();
    }
    if ((await open.count()) === 0 && page.url() === this.#address) return;
    await this.#beginAt(tab);
  }

  /** By the keys that open it, as without a mouse. Whether something is open then. */
  async #press(way: readonly Opener[]) {
    const { page, isSettled } = this.#visit;
    let scope = "body";
    for (const { key } of way) {
      const found = (await openersIn(page, scope)).find((one) => one.key === key);
      if (!found) return false;
      const opener = openerAt(page, scope, found.n);
      await opener.focus(); // a field may open by that alone
      await page.keyboard.press(found.isField ? "ArrowDown" : "Enter");
      await isSettled();
      scope = OPENED;
    }
    return (await page.locator(OPENED).filter({ visible: true }).count()) > 0;
  }
}

function openerAt(page: Page, scope: string, n: number): Locator {
  return page.locator(scope).filter({ visible: true }).last().locator(OPENERS).nth(n);
}

/** Those that can be pressed now and open something. */
function openersIn(page: Page, scope: string): Promise<Opener[]> {
  return page
    .locator(scope)
    .filter({ visible: true })
    .last()
    .locator(OPENERS)
    .evaluateAll((all) => {
      const rows = new Map<string, Element>();
      return all.flatMap((one, n): Opener[] => {
        const name = (one.getAttribute("aria-label") ?? one.textContent ?? "").trim();
        const field = one.id ? document.querySelector(`label[for="${CSS.escape(one.id)}"]`)?.textContent : "";
        const opens = one.getAttribute("aria-haspopup");
        const isDisabled = one.matches(":disabled, [aria-disabled=true], [data-disabled]");
        if (isDisabled || !(opens || name.endsWith("…")) || !one.checkVisibility()) return [];
        const row = one.closest("tr, li, [role=row], article");
        const kind = row ? `${row.parentElement?.className} ${one.className}` : "";
        if (row && (rows.get(kind) ?? row) !== row) return [];
        if (row) rows.set(kind, row);
        const place = row ? [...row.querySelectorAll("*")].indexOf(one) : field || name;
        const key = `${opens ?? "dialog"} ${kind} ${place}`;
        const isField = one.getAttribute("role") === "combobox";
        return [{ name: field || name || (opens ?? ""), key, n, isField }];
      });
    });
}
