// Takes the pictures of README.md and docs/ from the product as it is: a server of its own with the sample team, one browser,
// every picture in light and dark. `npm run pictures`; --png=<folder> writes PNG files for tools that cannot read WebP.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { type Spawned, spawnServer } from "../server/testing/process.ts";
import { buildWebIfStale } from "./build-web.ts";
import { getChromium } from "./find-chromium.ts";
import { ROOT } from "./packages.mjs";

const FOLDER = join(ROOT, "docs", "pictures");
/** GitHub shows a README after its pictures have arrived. */
const MOST_BYTES = 200_000;
const SIZE = { width: 1280, height: 800 };
const SEQUENCE = "Nordic plants: downtime";

type Picture = { name: string; show(page: Page): Promise<void> };

const PICTURES: readonly Picture[] = [
  {
    name: "home",
    async show(page) {
      await page.goto("/");
      await page.getByRole("heading", { level: 1 }).waitFor();
    },
  },
  {
    name: "sequence",
    async show(page) {
      await page.goto("/sequences");
      await page.getByRole("link", { name: SEQUENCE }).first().click();
      await page.getByRole("heading", { level: 1, name: SEQUENCE }).waitFor();
      await page.getByRole("tab", { name: "Steps" }).click();
    },
  },
  {
    name: "report",
    async show(page) {
      await page.getByRole("tab", { name: "Report" }).click();
    },
  },
  {
    name: "why",
    async show(page) {
      await page.getByRole("tab", { name: "Contacts" }).click();
      await page
        .getByRole("button", { name: /^Paused.*Why\?/ })
        .first()
        .click();
      await page.locator('[aria-labelledby="why-held"], [aria-labelledby="why-next"]').first().waitFor();
    },
  },
];

const pngFolder = process.argv.find((arg) => arg.startsWith("--png="))?.slice("--png=".length);
await buildWebIfStale();
const dataDir = mkdtempSync(join(tmpdir(), "cadenza-pictures-"));
const server = await spawnServer({ CADENZA_DATA_DIR: dataDir, CADENZA_AUTOREPLY_SECONDS: "off" });
try {
  await server.ready();
  const browser = await chromium.launch({ executablePath: getChromium(), args: ["--no-sandbox"] });
  try {
    const state = await setUp(browser, server);
    for (const colorScheme of ["light", "dark"] as const) {
      const context = await browser.newContext({
        baseURL: server.url,
        storageState: state,
        colorScheme,
        locale: "en-US",
        timezoneId: "Europe/Oslo",
        viewport: SIZE,
        deviceScaleFactor: 2,
        reducedMotion: "reduce",
      });
      const page = await context.newPage();
      for (const { name, show } of PICTURES) {
        await show(page);
        await take(page, `${name}-${colorScheme}`);
      }
      await context.close();
    }
  } finally {
    await browser.close();
  }
} finally {
  server.process.kill("SIGTERM");
  await server.ended;
  rmSync(dataDir, { recursive: true, force: true });
}

/** Becomes the owner of a sample team by the link that the server prints, and answers the signed-in browser's cookies. */
async function setUp(browser: Browser, { url, said }: Spawned) {
  const link = /\S*\/setup#\S+/.exec(said())?.[0];
  if (!link) throw new Error(`the server printed no set-up link:\n${said()}`);
  const context = await browser.newContext({ baseURL: url, locale: "en-US", timezoneId: "Europe/Oslo" });
  const page = await context.newPage();
  await page.goto(link.slice(link.indexOf("/setup")));
  await page.getByLabel("Your name").fill("Mona Lie");
  await page.getByLabel("Email").fill("mona@norrland.example");
  await page.getByRole("textbox", { name: "Password" }).fill("a long sentence is a good password");
  await page.getByLabel("Team").fill("Norrland Kraft");
  await page.getByRole("checkbox", { name: /sample/i }).check();
  await page.locator('button[type="submit"]').click();
  await page.getByRole("navigation", { name: "Main" }).waitFor();
  // The sample is planted after the answer, and Home says so until it is there.
  for (let isComing = true; isComing; ) {
    const answer = await page.request.get("/api/v1/today/counts");
    const { counts } = (await answer.json()) as { counts: { sample_coming: boolean } };
    isComing = counts.sample_coming;
    if (isComing) await page.waitForTimeout(500);
  }
  const state = await context.storageState();
  await context.close();
  return state;
}

async function take(page: Page, name: string) {
  await page.waitForLoadState("networkidle");
  await page.mouse.move(0, 0);
  await page.waitForTimeout(2000); // charts and dates for a sample contact are drawn a moment after the rest
  const devtools = await page.context().newCDPSession(page);
  const { data } = await devtools.send("Page.captureScreenshot", { format: "webp", quality: 80 });
  const bytes = Buffer.from(data, "base64");
  if (bytes.length > MOST_BYTES)
    throw new Error(`${name}.webp has ${bytes.length} bytes, more than ${MOST_BYTES}`);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${name}.webp`), bytes);
  console.log(`docs/pictures/${name}.webp  ${Math.round(bytes.length / 1000)} kB`);
  if (pngFolder) await page.screenshot({ path: join(pngFolder, `${name}.png`) });
}
