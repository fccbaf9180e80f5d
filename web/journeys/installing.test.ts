// The app on a phone: what a browser needs to install it, the page without a network, and a new version.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import Fastify from "fastify";
import type { Page } from "playwright-core";
import { mountWeb } from "../../server/http/web.ts";
import { until } from "../../server/testing/sending.ts";
import { useWorld } from "../../server/testing/world.ts";
import {
  assertAccessible,
  assertFitsSideways,
  picture,
  signIn,
  signInByHand,
  useBrowser,
} from "./browser.ts";

const DIST = fileURLToPath(new URL("../dist/", import.meta.url));

describe("installing the app", () => {
  const world = useWorld();
  const browser = useBrowser();

  test("the manifest names the app, its shortcuts and icons that are as large as it says", async () => {
    const { page, leave } = await browser.visit(world.url);
    await page.goto("/sign-in");
    const href = await page.locator('link[rel="manifest"]').getAttribute("href");
    const answer = await fetch(`${world.url}${href}`);
    assert.equal(answer.headers.get("content-type"), "application/manifest+json");
    assert.equal(answer.headers.get("cache-control"), "no-cache");
    const manifest = (await answer.json()) as Manifest;
    assert.deepEqual([manifest.name, manifest.display, manifest.start_url], ["Cadenza", "standalone", "/"]);
    assert.deepEqual(
      manifest.shortcuts.map(({ url }) => url),
      ["/tasks", "/inbox", "/contacts"],
    );
    for (const { src, sizes } of manifest.icons) {
      const size = await page.evaluate(async (url) => {
        const picture = new Image();
        picture.src = url;
        await picture.decode();
        return `${picture.naturalWidth}x${picture.naturalHeight}`;
      }, src);
      assert.equal(size, sizes, src);
    }
    const faults = await (await page.context().newCDPSession(page)).send("Page.getAppManifest");
    assert.deepEqual(faults.errors, []);
    await leave();
  });

  test("after one visit the page opens without a network, and again by itself once there is one", async () => {
    const team = await world.newTeam();
    const { page, leave, expectOffline } = await browser.visit(world.url, { serviceWorkers: "allow" });
    expectOffline();
    await signInByHand(page, team.owner);
    await workerIsReady(page);
    const context = page.context();
    await context.setOffline(true);
    await page.goto("/contacts");
    await page.getByRole("heading", { name: "You are offline" }).waitFor();
    await picture(page, "offline-light");
    await assertAccessible(page, "the page without a network");
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 390, height: 844 });
    await picture(page, "offline-dark-phone");
    await assertFitsSideways(page, "the page without a network on a phone");
    await context.setOffline(false);
    await page.getByRole("heading", { level: 1, name: "Contacts" }).waitFor();
    await leave();
  });

  test("a page that is open says that there is no network", async () => {
    const team = await world.newTeam();
    const { page, leave, expectOffline } = await browser.visit(world.url);
    expectOffline();
    await signInByHand(page, team.owner);
    await page.context().setOffline(true);
    await page.getByText("You are offline.").waitFor();
    await picture(page, "offline-notice");
    await page.context().setOffline(false);
    await page.getByText("You are offline.").waitFor({ state: "detached" });
    await leave();
  });

  test("the settings have a button where the browser offers to install, and say how otherwise", async () => {
    const team = await world.newTeam();
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/appearance");
    await page.getByText("This browser does not offer to install the app now.").waitFor();
    // Browsers offer it when they like. The journey says it in the browser's words.
    await page.evaluate(() => {
      const offer = Object.assign(new Event("beforeinstallprompt", { cancelable: true }), {
        prompt: async () => {
          document.title = "Asked";
          return { outcome: "accepted" };
        },
      });
      dispatchEvent(offer);
    });
    const button = page.getByRole("button", { name: "Install app" });
    await button.waitFor();
    await picture(page, "install-light");
    await assertAccessible(page, "the settings with the button");
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 390, height: 844 });
    await button.scrollIntoViewIfNeeded();
    await picture(page, "install-dark-phone");
    await assertFitsSideways(page, "the settings with the button on a phone");
    await button.click();
    await page.waitForFunction(() => document.title === "Asked");
    await button.waitFor({ state: "detached" });
    await leave();
  });

  test("caches hold files of the app, and nothing of a person", async () => {
    const team = await world.newTeam();
    const { page, leave } = await browser.visit(world.url, { serviceWorkers: "allow" });
    await signInByHand(page, team.owner);
    await workerIsReady(page);
    await page.goto("/contacts");
    await page.getByRole("heading", { level: 1, name: "Contacts" }).waitFor();
    const kept = await page.evaluate(readCaches);
    assert.ok(kept.length > 10, String(kept.length));
    for (const { path, body } of kept) {
      assert.match(path, /^\/(?:assets\/[^/]+)?$/);
      assert.equal(body.includes(team.owner.email), false, path);
    }
    await leave();
  });

  test("a new version takes over, and the files of the old one are removed", async () => {
    const built = mkdtempSync(join(tmpdir(), "cadenza-built-"));
    cpSync(DIST, built, { recursive: true });
    writeFileSync(join(built, "index.html"), "<!doctype html><title>First</title>");
    const server = Fastify();
    await mountWeb(server, { publicUrl: "http://localhost", sandbox: null }, built);
    const origin = await server.listen({ host: "127.0.0.1", port: 0 });
    const { page, leave, expectOffline } = await browser.visit(origin, { serviceWorkers: "allow" });
    await page.goto("/");
    await page.evaluate(() => navigator.serviceWorker.register("/service-worker.js"));
    await workerIsReady(page);
    const before = await page.evaluate(() => caches.keys());
    const worker = join(built, "service-worker.js");
    const [name = ""] = before;
    const version = name.replace("cadenza-shell-", "");
    writeFileSync(worker, readFileSync(worker, "utf8").replaceAll(version, "0123456789abcdef"));
    writeFileSync(join(built, "index.html"), "<!doctype html><title>Second</title>");
    await page.goto("/");
    assert.equal(await page.title(), "Second");
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    await until(
      async () => (await page.evaluate(() => caches.keys())).join() === "cadenza-shell-0123456789abcdef",
    );
    expectOffline();
    await page.context().setOffline(true);
    await page.goto("/");
    assert.equal(await page.title(), "Second");
    await leave();
    await server.close();
    rmSync(built, { recursive: true });
  });
});

type Manifest = {
  name: string;
  display: string;
  start_url: string;
  icons: { src: string; sizes: string }[];
  shortcuts: { url: string }[];
};

/** It has kept its files, and answers for this page. */
async function workerIsReady(page: Page) {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");
}

async function readCaches() {
  const kept: { path: string; body: string }[] = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      kept.push({ path: new URL(request.url).pathname, body: (await answer?.text()) ?? "" });
    }
  }
  return kept;
}
