// The keyboard as a hand uses it: a key for what has the focus is pressed when the page is at rest. What opens moves the focus
// from timers after it is drawn, and a key in between would reach what had the focus before. A test is that quick on a busy
// machine; no hand is. Letters are pressed at once: they belong to the page, and two in a row are one command.

import type { Page } from "playwright-core";

export function pressAtRest(page: Page) {
  const { keyboard } = page;
  const press = keyboard.press.bind(keyboard);
  const type = keyboard.type.bind(keyboard);
  keyboard.press = async (key, ...options) => {
    if (key.length > 1) await isAtRest(page);
    await press(key, ...options);
  };
  keyboard.type = async (...text) => {
    await isAtRest(page);
    await type(...text);
  };
}

/** Presses Tab until the element of this name has the focus: what keys cannot reach, fails. */
export async function tabTo(page: Page, name: string) {
  const passed: string[] = [];
  for (let tries = 0; tries < 40; tries++) {
    await page.keyboard.press("Tab");
    const reached = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null;
      return (
        element?.labels?.[0]?.textContent ?? element?.getAttribute("aria-label") ?? element?.textContent ?? ""
      );
    });
    if (reached.trim() === name) return;
    passed.push(reached.trim().slice(0, 40));
  }
  throw new Error(`Tab does not reach ${name}, but ${passed.join(" | ")}.`);
}

/** The browser is idle, and timers that were set before have run. A page that is being left has nothing to wait for. */
async function isAtRest(page: Page) {
  try {
    await page.evaluate(
      () => new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve), { timeout: 2000 })),
    );
  } catch (error) {
    if (!/Execution context was destroyed|navigation/.test(String(error))) throw error;
    await page.waitForLoadState("domcontentloaded");
  }
}
