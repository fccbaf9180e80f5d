// The help as a reader sees it: under its policy, from this server alone, with its search.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signInByHand, useBrowser } from "./browser.ts";

describe("the help", () => {
  const world = useWorld();
  const browser = useBrowser();

  test("a page is found by search, read, and left by its links", async () => {
    const { page, leave } = await browser.visit(world.url);
    await page.goto("/help/");
    await page.getByRole("heading", { level: 1, name: "Cadenza help" }).waitFor();
    await picture(page, "light-help");
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByRole("searchbox").fill("app password");
    await page
      .getByRole("option", { name: /Connect a mailbox/ })
      .first()
      .click();
    await page.getByRole("heading", { level: 1, name: "Connect a mailbox" }).waitFor();
    await page.getByRole("link", { name: "Configuration", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Configuration" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Configuration" }).waitFor();
    assert.equal(await page.getByText("{{").count(), 0, "a name of the theme was not filled");
    await page.goto("/help/guides/variables");
    await page.getByText("{{first_name}}").first().waitFor();
    await assertAccessible(page, "a page of the help");
    await leave();
  });

  test("a result stays where it is while the excerpts arrive", async () => {
    const { page, leave } = await browser.visit(world.url);
    await page.goto("/help/");
    const { promise: mayArrive, resolve: arrive } = Promise.withResolvers<void>();
    await page.route(/\.md\.[^/]*\.js/, async (route) => {
      await mayArrive;
      await route.continue();
    });
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByRole("searchbox").fill("app password");
    const result = page.getByRole("option", { name: /Connect a mailbox/ }).first();
    await result.waitFor();
    assert.equal(await page.locator(".excerpt").count(), 0);
    const before = await result.boundingBox();
    arrive();
    await page.locator('#localsearch-list[aria-busy="false"] .excerpt').first().waitFor();
    assert.deepEqual(await result.boundingBox(), before);
    await leave();
  });

  test("code is colored and the dark look is dark without a style in the page", async () => {
    const { page, leave } = await browser.visit(world.url, { colorScheme: "dark" });
    await page.goto("/help/api/reference");
    await page.getByRole("heading", { level: 1, name: "API reference" }).waitFor();
    const colors = await page
      .locator("pre code span span")
      .evaluateAll((words) => [...new Set(words.map((word) => getComputedStyle(word).color))]);
    assert.ok(colors.length > 1, String(colors));
    assert.equal(await page.locator("html.dark").count(), 1);
    await picture(page, "dark-help-reference");
    await leave();
  });

  test("it is one click away from every page of the app", async () => {
    const team = await world.newTeam();
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    await page.getByRole("link", { name: "Help" }).click();
    await page.getByRole("heading", { level: 1, name: "Cadenza help" }).waitFor();
    await leave();
  });
});
