// When a page has come to rest: its heading is there, nothing is asked any more, and nothing is still shown as loading.

import type { Page, Request } from "playwright-core";
import { PATIENCE_MS } from "../../server/testing/patience.ts";

const LOADING = [
  "[aria-busy=true]",
  ".mantine-Skeleton-root",
  ".mantine-Loader-root",
  ".recharts-responsive-container:not(:has(svg))",
].join(", ");

/** Call before the page is gone to; what it returns waits, and fails where something loads for ever. */
export function settling(page: Page) {
  const asked = new Set<Request>();
  page.on("request", (request) => void asked.add(request));
  page.on("requestfinished", (request) => void asked.delete(request));
  page.on("requestfailed", (request) => void asked.delete(request));
  page.on("framenavigated", () => asked.clear());

  const isLoading = () => page.locator(LOADING).filter({ visible: true }).count();

  return async function isSettled() {
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    for (const until = Date.now() + PATIENCE_MS; ; ) {
      await twoFrames(page);
      if (!asked.size && !(await isLoading())) {
        await twoFrames(page);
        if (!asked.size && !(await isLoading())) return;
      }
      if (Date.now() > until)
        throw new Error(
          `${page.url()} loads for ever: ${[...asked].map((one) => one.url()).join(" ") || (await page.locator(LOADING).first().innerHTML())}`,
        );
    }
  };
}

function twoFrames(page: Page) {
  return page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}
