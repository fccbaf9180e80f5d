// Draws the icons of the installed app from web/assets/logo.svg, into web/public/icons: `npm run icons`.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { getChromium } from "./find-chromium.ts";
import { ROOT } from "./packages.mjs";

const FOLDER = join(ROOT, "web", "public", "icons");
const LOGO = readFileSync(join(ROOT, "web", "assets", "logo.svg"), "utf8");
/** Phones cut their own shape out of it, so the color goes to the edge. The lines stay within the part that is never cut. */
const TO_THE_EDGE = LOGO.replace('rx="8"', 'rx="0"');

const ICONS = [
  { name: "icon-192", size: 192, picture: LOGO },
  { name: "icon-512", size: 512, picture: LOGO },
  { name: "maskable-512", size: 512, picture: TO_THE_EDGE },
  { name: "apple-touch-icon", size: 180, picture: TO_THE_EDGE },
] as const;

mkdirSync(FOLDER, { recursive: true });
const browser = await chromium.launch({ executablePath: getChromium(), args: ["--no-sandbox"] });
try {
  const page = await browser.newPage();
  for (const { name, size, picture } of ICONS) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw }</style>${picture}`);
    writeFileSync(join(FOLDER, `${name}.png`), await page.screenshot({ omitBackground: true }));
  }
} finally {
  await browser.close();
}
