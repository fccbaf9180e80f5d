// Notifications on a device: turned on, chosen, tested, shown by the service worker, and removed.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { LOOPBACK } from "../../server/testing/loopback.ts";
import { openPushService } from "../../server/testing/push-peer.ts";
import { until } from "../../server/testing/sending.ts";
import { useWorld } from "../../server/testing/world.ts";
import {
  assertAccessible,
  assertFitsSideways,
  picture,
  signIn,
  signInByHand,
  useWholeBrowser,
} from "./browser.ts";

const service = await openPushService();
after(() => service.close());

describe("notifications", () => {
  const world = useWorld({ webhookAllow: LOOPBACK });
  const browser = useWholeBrowser();
  const options = { serviceWorkers: "allow", permissions: ["notifications"] } as const;

  test("a user turns them on, chooses what comes, sends a test and removes the device", async () => {
    const team = await world.newTeam();
    const { page, leave } = await browser.visit(world.url, {
      ...options,
      permissions: [...options.permissions],
    });
    await subscribesAt(page, `${service.url}/here`);
    await signInByHand(page, team.owner);
    await workerIsReady(page);
    await page.goto("/settings/appearance");
    const main = page.getByLabel("Notify me on this device");
    await main.waitFor();
    await picture(page, "notifications-off");
    await assertAccessible(page, "notifications that are off");
    await main.click();
    const names = page.getByLabel("Show names");
    await names.waitFor();
    assert.deepEqual(
      await Promise.all(["Replies", "Due tasks"].map((label) => page.getByLabel(label).isChecked())),
      [true, true],
    );
    assert.equal(await names.isChecked(), false);
    await page.getByLabel("Due tasks").click();
    const { api } = await world.signIn(team.owner.email, team.owner.password);
    const shown = async () => (await api.pushSubscriptions.list()).push_subscriptions;
    await until(async () => (await shown())[0]?.wants_tasks === false);
    await page.getByRole("button", { name: "Send a test" }).click();
    await page.getByText("The push service took the test.").waitFor();
    assert.equal(service.delivered.at(-1)?.notice.title, "Notifications work on this device");
    const list = page.getByRole("list", { name: "Your devices" });
    await list.getByText("this device").waitFor();
    await picture(page, "notifications-light");
    await assertAccessible(page, "notifications that are on");
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 390, height: 844 });
    await list.scrollIntoViewIfNeeded();
    await picture(page, "notifications-dark-phone");
    await assertFitsSideways(page, "notifications on a phone");
    await list.getByRole("button", { name: /^Remove / }).click();
    await list.waitFor({ state: "detached" });
    assert.equal(await main.isChecked(), false);
    assert.deepEqual(await shown(), []);
    await leave();
  });

  test("the service worker shows what the server sends", async () => {
    const team = await world.newTeam();
    const { page, leave } = await browser.visit(world.url, {
      ...options,
      permissions: [...options.permissions],
    });
    await signInByHand(page, team.owner);
    await workerIsReady(page);
    const devtools = await page.context().newCDPSession(page);
    const registered = new Promise<string>((resolve) => {
      devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
        const [one] = registrations;
        if (one) resolve(one.registrationId);
      });
    });
    await devtools.send("ServiceWorker.enable");
    const registrationId = await registered;
    const deliver = () =>
      devtools.send("ServiceWorker.deliverPushMessage", {
        origin: world.url,
        registrationId,
        data: JSON.stringify({ title: "New reply", tag: "one", url: "/inbox?open=1" }),
      });
    const shown = () =>
      page.evaluate(async () =>
        (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, tag, data }) => ({
          title,
          tag,
          data,
        })),
      );
    // Sent again, because a push of the debugger was lost once on a busy machine. The same tag replaces what is shown already.
    await until(async () => {
      await deliver();
      return (await shown()).length > 0;
    });
    assert.deepEqual(await shown(), [{ title: "New reply", tag: "one", data: { url: "/inbox?open=1" } }]);
    await leave();
  });

  test("a browser that cannot show them says so", async () => {
    const team = await world.newTeam();
    const { page, leave } = await browser.visit(world.url); // without a service worker
    await signIn(page, team.owner);
    await page.goto("/settings/appearance");
    await page.getByText("This browser cannot show notifications.").waitFor();
    await leave();
  });
});

/**
 * Chromium without a window has no push service to subscribe at. Its `PushManager` is replaced with one that answers as a browser
 * does, with the address of a push service of ours.
 */
async function subscribesAt(page: Page, endpoint: string) {
  await page.addInitScript(
    ([address, keys]) => {
      const KEY = "subscribed";
      const subscription = {
        endpoint: address,
        toJSON: () => ({ endpoint: address, keys }),
        unsubscribe: async () => {
          localStorage.removeItem(KEY);
          return true;
        },
      };
      Object.assign(PushManager.prototype, {
        getSubscription: async () => (localStorage.getItem(KEY) ? subscription : null),
        subscribe: async () => {
          localStorage.setItem(KEY, "yes");
          return subscription;
        },
      });
    },
    [endpoint, service.keys] as const,
  );
}

async function workerIsReady(page: Page) {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");
}
