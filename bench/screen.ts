// How fast the web app's long lists are there, and how they scroll: in a real browser, with a hundred thousand contacts, and
// more than fifty thousand tasks, answers and mails that wait for one person.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@cadenza/sdk";
import { chromium, type Page } from "playwright-core";
import { seedContacts } from "./contact-rows.ts";
import { seedDesks } from "./desk-rows.ts";
import { type Figure, median, percentile, type Suite } from "./harness.ts";
import { connectAs, startServer } from "./processes.ts";

const KEY = "bootstrap-key-of-the-benchmark";
const PORT = 3914;
const MANY = Number(process.env.CADENZA_BENCH_SCREEN_CONTACTS ?? 100_000);
const WAITING = Number(process.env.CADENZA_BENCH_SCREEN_WAITING ?? 50_400);
const ROUNDS = 9;
const PERSON = { email: "screen@bench.example", password: "a long sentence for a benchmark" };

export const screen: Suite = {
  name: "Screen",
  about:
    `The web app as it is built (\`npm run build\` first), in headless Chromium at 1280 by 800, one team with ${MANY} contacts, ${WAITING} ` +
    "tasks, answers and mails that wait for one person. Rows are there when the first of them is painted, counted from the click; every round loads the app anew and asks anew. " +
    "Scrolling is 80 turns of the wheel; a frame is the time between two paints. Server, database and browser share the machine.",
  async run() {
    const dataDir = mkdtempSync(join(tmpdir(), "cadenza-bench-"));
    const env = { CADENZA_DATA_DIR: dataDir, CADENZA_BOOTSTRAP_KEY: KEY, CADENZA_LOG_LEVEL: "warn" };
    const server = await startServer(["server/main.ts"], PORT, env);
    try {
      await seed(server.url, dataDir);
      return await measure(server.url);
    } finally {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};

async function seed(url: string, dataDir: string) {
  const operator = createClient({ baseUrl: url, apiKey: KEY });
  const { team, invitation_url } = await operator.teams.create({
    name: "Screen",
    owner_email: PERSON.email,
  });
  const token = new URL(invitation_url).hash.slice(1);
  const joined = await createClient({ baseUrl: url }).invitations.accept({
    token,
    name: "Ole Dahl",
    password: PERSON.password,
  });
  const owner = await connectAs(dataDir, "owner");
  // A database that knows nothing yet of its tables would fill the lists by reading all contacts for each.
  const other = await operator.teams.create({ name: "Other", owner_email: "other@bench.example" });
  await seedContacts(owner, other.team.id, 2_000);
  await seedContacts(owner, team.id, MANY);
  await seedDesks(owner, { teamId: team.id, userId: joined.user.id }, WAITING);
  await owner.end();
}

async function measure(url: string): Promise<Figure[]> {
  const browser = await chromium.launch({
    executablePath: process.env.CADENZA_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 800 } });
    await context.addInitScript(WATCHES);
    const page = await context.newPage();
    page.on("response", (response) => {
      if (response.status() >= 400) refused.push(`${response.status()} ${response.url()}`);
    });
    await signIn(page);
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) times.push(await open(page, "Contacts"));
    const frames = await scroll(page);
    const jumps = await page.evaluate<number>("window.jumps");
    const beyond = await goBeyond(page, "main [data-scrolls]", MANY);
    const contacts = [
      rowsFigure("Contacts", MANY, times),
      framesFigure("Contacts", frames),
      ...beyondFigures("Contacts", beyond),
    ];
    const desks: Figure[] = [];
    for (const desk of DESKS) desks.push(...(await measureDesk(page, desk)));
    return [...contacts, jumpsFigure(jumps), ...desks];
  } finally {
    await browser.close();
  }
}

async function signIn(page: Page) {
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(PERSON.email);
  await page.getByRole("textbox", { name: "Password" }).fill(PERSON.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { level: 1, name: /^Good / }).waitFor();
}

// In the page, as text: this room knows no document. A paint is the frame after the one in which a row was found.
const WATCHES = `
  window.jumps = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.jumps += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  window.untilRows = () => new Promise((resolve) => {
    addEventListener("click", ({ timeStamp }) => {
      const look = () => document.querySelector("main [role=row] [data-walk], main li [data-walk]")
        ? requestAnimationFrame(() => resolve(performance.now() - timeStamp))
        : requestAnimationFrame(look);
      look();
    }, { once: true, capture: true });
  });
  window.frames_ = () => new Promise((resolve) => {
    const frames = [];
    let last = performance.now();
    const began = last;
    const next = (now) => {
      frames.push(now - last);
      last = now;
      if (now - began < 4000) requestAnimationFrame(next);
      else resolve(frames.slice(2));
    };
    requestAnimationFrame(next);
  });
`;

const DESKS = ["Tasks", "Inbox", "Outbox"] as const;

async function measureDesk(page: Page, name: (typeof DESKS)[number]): Promise<Figure[]> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await open(page, name));
  const frames = await scroll(page, 380);
  // The server does not count outgoing mails: that list grows by cursors alone.
  const beyond = name === "Outbox" ? null : await goBeyond(page, "[data-desk-rows]", WAITING);
  return [rowsFigure(name, WAITING, times), framesFigure(name, frames), ...beyondFigures(name, beyond)];
}

async function open(page: Page, name: string) {
  await page.goto("/");
  await page.getByRole("heading", { level: 1, name: /^Good / }).waitFor();
  await page.waitForLoadState("networkidle");
  const rows = page.evaluate<number>("window.untilRows()");
  await page
    .getByRole("link", { name: new RegExp(`^${name}`) })
    .first()
    .click();
  return rows;
}

async function scroll(page: Page, x = 700) {
  await page.mouse.move(x, 500);
  const frames = page.evaluate<number[]>("window.frames_()");
  for (let turn = 0; turn < 80; turn++) {
    await page.mouse.wheel(0, 900);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  return frames;
}

const refused: string[] = [];

const PAGES_REACH = 50_000;
/** Which is the farthest row that is drawn, not only waited for. */
const BEYOND = `Math.max(-1, ...[...document.querySelectorAll("main [data-index]:has([data-walk])")].map((row) => Number(row.dataset.index)))`;

/** To the end, and on from there by cursor; how long until the first row that pages do not reach is drawn. */
async function goBeyond(page: Page, scroller: string, of: number): Promise<number | null> {
  if (of <= PAGES_REACH + 100) return null;
  const began = performance.now();
  while (!(await page.evaluate<boolean>(`${BEYOND} >= ${PAGES_REACH}`))) {
    if (performance.now() - began > 60_000)
      throw new Error(`nothing came beyond what pages reach in ${scroller}. ${await whatStands(page)}`);
    await page.evaluate(`(() => {
      const box = document.querySelector(${JSON.stringify(scroller)});
      const last = ${BEYOND};
      if (last < ${PAGES_REACH}) box.scrollTo(0, box.scrollHeight);
    })()`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return performance.now() - began;
}

/** Why rows may not have come: how far they did, what the page says of it, and what the server last refused. */
async function whatStands(page: Page) {
  const said = await page.locator("main [role=alert]").allInnerTexts();
  const last = await page.evaluate<number>(BEYOND);
  return `Drawn to row ${last}. The page says: ${said.join(" ") || "nothing"}. Refused: ${refused.slice(-5).join(", ") || "nothing"}.`;
}

function beyondFigures(list: string, ms: number | null): Figure[] {
  if (ms === null) return [];
  return [
    {
      name: `${list}: rows beyond the 50,000 that pages reach, by cursor`,
      measured: `${ms.toFixed(0)} ms`,
      target: "they come",
      isMet: true,
      detail: "from a jump to the end until one of them is drawn",
    },
  ];
}

function rowsFigure(list: string, of: number, times: readonly number[]): Figure {
  const middle = median(times);
  return {
    name: `rows after the click on ${list}, with ${of} of them`,
    measured: `${middle.toFixed(0)} ms`,
    target: "300 ms or less",
    isMet: middle <= 300,
    detail: `median of ${times.length}, ${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)} ms`,
  };
}

function framesFigure(list: string, frames: readonly number[]): Figure {
  const long = frames.filter((frame) => frame > 50).length;
  return {
    name: `${list}: frames over 50 ms while scrolling`,
    measured: String(long),
    target: "none",
    isMet: long === 0,
    detail: `${frames.length} frames, median ${median(frames).toFixed(1)}, p99 ${percentile(frames, 0.99).toFixed(1)}, longest ${Math.max(...frames).toFixed(1)} ms`,
  };
}

function jumpsFigure(jumps: number): Figure {
  return {
    name: "layout shift, opening and scrolling",
    measured: jumps.toFixed(4),
    target: "0",
    isMet: jumps < 0.0005,
    detail: "the browser's own score",
  };
}
