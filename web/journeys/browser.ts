// One browser for a file of journeys, and pages that watch over themselves: a line in the console, a
// request to another host or a breach of the policy fails the journey, whatever it was about.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, afterEach, before } from "node:test";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import { PATIENCE_MS } from "../../server/testing/patience.ts";
import { closeAtTheEnd } from "../../server/testing/test-file.ts";
import { failuresAt } from "../../server/testing/world.ts";
import { keepWhatFailed, startTrace } from "./failed.ts";
import { pressAtRest } from "./keyboard.ts";

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--in-process-gpu", // it only puts pictures together here, and one process less has less to send to another
];

export type Visitor = {
  page: Page;
  /** Answers of this status are part of the journey; the browser's own line about them is no fault. */
  expectRefusals(...statuses: number[]): void;
  /** The network goes in the course of the journey; the browser's own lines about it are no faults. */
  expectOffline(): void;
  /** Leads on to this host in the course of the journey. */
  expectHost(origin: string): void;
  /** Closes, and fails if anything happened that should not have. */
  leave(): Promise<void>;
};

/** Opens a browser before a file's journeys, or takes the one that another file of the same process has opened. */
export function useBrowser(...extraArgs: string[]) {
  return useProgram(process.env.CADENZA_CHROMIUM, extraArgs);
}

/** One with windows, which the headless shell lacks: only such a one shows notifications. */
export function useWholeBrowser() {
  return useProgram(process.env.CADENZA_WHOLE_CHROMIUM, []);
}

const browsers = new Map<string, Promise<Browser>>();

async function openBrowser(program: string, extraArgs: readonly string[]) {
  const key = JSON.stringify([program, extraArgs]);
  const open = await browsers.get(key);
  if (open?.isConnected()) return open;
  const args = [...ARGS, ...extraArgs];
  const opening = chromium.launch({ executablePath: program, headless: true, args });
  browsers.set(key, opening);
  return opening;
}

function useProgram(program = "/usr/bin/chromium", extraArgs: readonly string[]) {
  let browser: Browser | undefined;
  const visitors = new Set<Visitor>();
  before(async () => {
    browser = await openBrowser(program, extraArgs);
  });
  const kept = new Set<Visitor>(); // those of a test that failed stay open: another test beside it may use them
  afterEach(async (test) => {
    if (!("passed" in test) || test.passed || !visitors.size) return;
    const fresh = visitors.difference(kept);
    const those = fresh.size ? fresh : new Set(visitors);
    const contexts = [...those].map(({ page }) => page.context());
    await keepWhatFailed(test.name, contexts);
    for (const visitor of those) kept.add(visitor);
  });
  after(async () => {
    for (const visitor of visitors) await visitor.page.context().close();
  });
  closeAtTheEnd(async () => void (await browser?.close()));
  return {
    async visit(origin: string, options: BrowserContextOptions = {}): Promise<Visitor> {
      if (!browser) throw new Error("The browser is not open yet.");
      const visitor = await watch(browser, origin, options, () => visitors.delete(visitor));
      visitors.add(visitor);
      return visitor;
    },
  };
}

async function watch(browser: Browser, origin: string, options: BrowserContextOptions, onLeave: () => void) {
  const context = await browser.newContext({
    baseURL: origin,
    locale: "en-GB",
    timezoneId: "Europe/Oslo",
    viewport: { width: 1280, height: 800 },
    reducedMotion: "reduce",
    permissions: ["clipboard-read", "clipboard-write"],
    // It would answer in the server's place, and no journey is to depend on what an earlier page left behind.
    serviceWorkers: "block",
    ...options,
  });
  servers.set(context, origin);
  await startTrace(context);
  context.setDefaultTimeout(PATIENCE_MS); // the machine may be slow: a wait ends as soon as what it waits for is there
  const faults: string[] = [];
  const expected = new Set<number>();
  const origins = new Set([origin]);
  let mayBeOffline = false;
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`policy: ${event.violatedDirective} refused ${event.blockedURI} (${event.sample})`);
    });
  });
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith("data:") && !origins.has(new URL(url).origin))
      faults.push(`asked another host: ${url}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400 && !expected.has(response.status()))
      faults.push(`${response.status()} from ${response.request().method()} ${response.url()}`);
  });
  const page = await context.newPage();
  if (options.javaScriptEnabled !== false) pressAtRest(page); // without scripts, nothing moves the focus later
  page.on("pageerror", ({ message, stack }) => {
    // A part of the app that is loaded ahead, before a person asks for it.
    const isUnloaded = /^(?:Unable to preload|Failed to fetch dynamically imported)/.test(message);
    if (!mayBeOffline || !isUnloaded) faults.push(`threw: ${stack ?? message}`);
  });
  page.on("console", (message) => {
    const isRefusal = /^Failed to load resource: the server responded with a status of/.test(message.text());
    const isBlockedWorker = message.text() === "Service Worker registration blocked by Playwright";
    const isOffline =
      mayBeOffline &&
      /net::ERR_(?:INTERNET_DISCONNECTED|FAILED)|^Unreached: |Unable to preload|Failed to fetch dynamically imported/.test(
        message.text(),
      );
    const isForeseen = isRefusal || isBlockedWorker || isOffline;
    if (["error", "warning"].includes(message.type()) && !isForeseen)
      faults.push(`console: ${message.text()}`);
  });
  return {
    page,
    expectRefusals: (...statuses: number[]) => {
      for (const status of statuses) expected.add(status);
    },
    expectOffline: () => {
      mayBeOffline = true;
    },
    expectHost: (other: string) => void origins.add(other),
    async leave() {
      assertFaultless(); // before it closes: what has failed is looked at
      await context.close();
      onLeave();
      assertFaultless();
    },
  };

  function assertFaultless() {
    const hasFailed = faults.some((fault) => /^5\d\d from/.test(fault));
    assert.deepEqual([...faults, ...(hasFailed ? failuresAt(origin).slice(-3) : [])], []);
  }
}

const servers = new WeakMap<BrowserContext, string>();

/** Has the session of a person who signed in, before the first page is opened. */
export async function signIn(page: Page, { email, password }: { email: string; password: string }) {
  const origin = servers.get(page.context()) ?? "";
  const answer = await page.context().request.post("/api/v1/sessions", {
    data: { email, password },
    headers: { origin },
  });
  assert.ok(answer.ok(), `${email} could not sign in: ${answer.status()} ${await answer.text()}`);
}

/** Signs in the way a person does, and stays on Home. */
export async function signInByHand(page: Page, { email, password }: { email: string; password: string }) {
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { level: 1, name: /^Good / }).waitFor();
}

/** Goes on within the app as a link would, which is quicker than loading it anew. */
export function followTo(page: Page, path: string) {
  return page.evaluate((to) => {
    history.pushState({}, "", to);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  }, path);
}

/** Takes back what a message tells, and waits until that is done. */
export async function undo(page: Page, says: string) {
  const undone = page.getByRole("alert").filter({ hasText: "Undone." });
  await page.mouse.move(0, 0); // below the pointer a message stays
  await undone.first().waitFor({ state: "detached" }); // what was undone before would be taken for it
  const told = page.getByRole("alert").filter({ hasText: says });
  await told.getByRole("button", { name: "Undo" }).click();
  await undone.waitFor();
  await told.waitFor({ state: "detached" });
}

/** A picture of a page for a person to look at: set CADENZA_SCREENSHOTS to a folder. */
export async function picture(page: Page, name: string) {
  const folder = process.env.CADENZA_SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** The whole of what scrolls in it, as far as anybody would look. */
export async function pictureWhole(page: Page, name: string) {
  const size = page.viewportSize();
  if (!process.env.CADENZA_SCREENSHOTS || !size) return;
  const hidden = await page.evaluate(() => {
    const main = document.querySelector("main") ?? document.documentElement;
    return main.scrollHeight - main.clientHeight;
  });
  if (hidden > 0) await page.setViewportSize({ ...size, height: Math.min(size.height + hidden, 3000) });
  await page.waitForTimeout(300); // charts fill the new size a moment later; only runs that ask for pictures wait
  await picture(page, name);
  if (hidden > 0) await page.setViewportSize(size);
}

type AxeRun = {
  violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[];
};

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Fails with what axe finds, said so that it can be mended; of one rule where the page is looked at once more. */
export async function assertAccessible(page: Page, where: string, onlyRule?: string) {
  // What has just been drawn gets its names and links in an effect, a moment after it is to be seen.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50))));
  const hasAxe = await page.evaluate(() => "axe" in window);
  // Through the debugger, not as a script of the page: the policy would rightly refuse that.
  if (!hasAxe) await page.evaluate(await readAxe());
  const only = onlyRule ? `, runOnly: ['${onlyRule}']` : "";
  let violations = await violationsOf(page, only);
  if (violations.some(isOfTooltip)) {
    // The pointer rests where it last clicked, and whatever was drawn under it since has told what it would tell there.
    await page.mouse.move(0, 0);
    await page.getByRole("tooltip").first().waitFor({ state: "detached" });
    violations = await violationsOf(page, only);
  }
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}\n  ${html}\n  ${failureSummary ?? ""}`),
  );
  assert.deepEqual(found, [], `axe found something on ${where}:\n${found.join("\n")}`);
}

function isOfTooltip({ nodes }: AxeRun["violations"][number]) {
  return nodes.some(({ html }) => html.includes('role="tooltip"'));
}

/**
 * Menus and the lists of fields open over the page and belong to what opened them, so they are part of no landmark. Such a list is
 * scrolled by the keys of its field: axe knows that of the list itself, and not of the area in it that scrolls.
 */
const EXEMPT = { region: "[data-portal]", "scrollable-region-focusable": "[data-portal] [data-composed]" };

/** What is being asked anew is dimmed until it is there, and is no text to be judged by its contrast: then it is looked at again. */
async function violationsOf(page: Page, only: string) {
  for (const until = performance.now() + PATIENCE_MS; ; await page.waitForTimeout(50)) {
    const { wasDimmed, violations } = (await page.evaluate(`(async () => {
      const DIMMED = '[aria-busy="true"], [data-stale]';
      const isDimmed = () => [...document.querySelectorAll(DIMMED)].some((one) => getComputedStyle(one).opacity !== '1');
      let wasDimmed = isDimmed();
      const seen = new MutationObserver(() => { wasDimmed ||= document.querySelector(DIMMED) !== null; });
      seen.observe(document, { subtree: true, childList: true, attributeFilter: ['aria-busy', 'data-stale'] });
      const { violations: all } = await axe.run(document, { resultTypes: ['violations'], preload: false, iframes: false${only} });
      seen.disconnect();
      const exempt = ${JSON.stringify(EXEMPT)};
      const violations = all
        .map((one) => ({ ...one, nodes: one.nodes.filter(({ target }) => !exempt[one.id] || !document.querySelector(target[0])?.closest(exempt[one.id])) }))
        .filter(({ nodes }) => nodes.length > 0);
      return { wasDimmed: wasDimmed || isDimmed(), violations };
    })()`)) as AxeRun & { wasDimmed: boolean };
    if (violations.length === 0 || !wasDimmed || performance.now() > until) return violations;
  }
}

async function readAxe() {
  const { readFile } = await import("node:fs/promises");
  return readFile(AXE, "utf8");
}

/** Starts counting how much of the page moves without anybody having asked; what it returns reads the sum. */
export async function watchJumps(page: Page) {
  await page.addInitScript(() => {
    const jumps: string[] = [];
    Object.assign(window, { jumps });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
        sources: { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
      })[]) {
        if (entry.hadRecentInput || entry.value <= 0.005) continue;
        const moved = entry.sources.map(
          ({ node, previousRect: from, currentRect: to }) =>
            `"${node?.textContent?.slice(0, 30)}" from y ${from.y} (${from.height} high) to y ${to.y} (${to.height})`,
        );
        jumps.push(`${entry.value.toFixed(4)} at ${location.pathname}: ${moved.join("; ")}`);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  return () => page.evaluate(() => (window as unknown as { jumps: string[] }).jumps);
}

/** Text may be as large as the user needs it; the page then grows downward, never sideways. */
export async function assertFitsSideways(page: Page, where: string) {
  let found = await page.evaluate(findTooWide);
  // Parts that measure themselves follow the size of the window a moment later.
  for (const until = performance.now() + PATIENCE_MS; found.overflow > 0 && performance.now() < until; ) {
    await page.waitForTimeout(100);
    found = await page.evaluate(findTooWide);
  }
  const { overflow, widest } = found;
  assert.ok(overflow <= 0, `${where} is ${overflow} px too wide: ${widest.join("; ")}`);
  assert.deepEqual(await page.evaluate(findSlivers), [], `${where} has cells that break words into letters`);
}

/** By how much the page is wider than its window, and which parts of it are. */
function findTooWide() {
  const main = document.querySelector("main") ?? document.body;
  const overflow = Math.max(
    document.documentElement.scrollWidth - document.documentElement.clientWidth,
    main.scrollWidth - main.clientWidth,
  );
  if (overflow <= 0) return { overflow, widest: [] };
  const isWider = (element: Element) =>
    element.scrollWidth > element.clientWidth && getComputedStyle(element).overflowX === "visible";
  const beyond = [...main.querySelectorAll("*")].filter(
    (element) => isWider(element) && element.clientWidth > 0 && ![...element.children].some(isWider),
  );
  const say = ({ tagName, className, textContent }: Element) =>
    `${tagName.toLowerCase()}.${String(className).slice(0, 40)} "${(textContent ?? "").trim().slice(0, 40)}"`;
  return { overflow, widest: beyond.slice(-4).map(say) };
}

/** Cells so narrow that their text runs down the page a few letters at a time. */
function findSlivers() {
  const isSliver = (cell: Element) => {
    const { width, height } = cell.getBoundingClientRect();
    return width > 0 && width < 48 && height > 4 * Number.parseFloat(getComputedStyle(cell).fontSize) * 1.3;
  };
  return [...document.querySelectorAll("td, th")]
    .filter(isSliver)
    .map(({ textContent }) => textContent ?? "");
}
