import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, signInByHand, useBrowser } from "./browser.ts";

describe("API keys", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;
  before(async () => {
    team = await world.newTeam();
  });

  const call = (key: string, path = "/api/v1/users/search") =>
    fetch(world.url + path, { headers: { "x-api-key": key } });

  test("a key is made for one call, works for it alone, and is refused once revoked", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/keys");
    await page.getByRole("button", { name: "Create a key" }).click();
    const form = page.getByRole("dialog");
    await form.getByRole("textbox", { name: "Name" }).fill("n8n");
    await form.getByRole("button", { name: "Create key" }).click();
    await form.getByText("Choose at least one call.").waitFor();
    await form.getByLabel("Search calls").fill("users");
    await form.getByRole("checkbox", { name: /List the team's users/ }).check();
    await form.getByText("1 selected").waitFor();
    await form.getByRole("button", { name: "Create key" }).click();

    const secret = await secretShown(page);
    await picture(page, "light-secret");
    await assertAccessible(page, "the secret");
    await page.keyboard.press("Escape");
    assert.ok(
      await page.getByRole("button", { name: "Done" }).isDisabled(),
      "Escape must not lose the secret",
    );
    await page.getByRole("button", { name: "Copy the key" }).click();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), secret);
    await page.getByLabel("I have stored it").check();
    await page.getByRole("button", { name: "Done" }).click();

    assert.equal((await call(secret)).status, 200);
    assert.equal((await call(secret, "/api/v1/teams/current")).status, 403);
    await revoke(page, "n8n");
    assert.equal((await call(secret)).status, 401);
    await page.getByRole("row", { name: /n8n.*Revoked/ }).waitFor();
    await leave();
  });

  test("a new secret ends the old one", async () => {
    const { page, leave } = await browser.visit(world.url);
    const { api_key } = await team.api.apiKeys.create({ name: "Reports", scopes: ["read_only"] });
    await signIn(page, team.owner);
    await page.goto(`/settings/keys?open=${api_key.id}`);
    await page.getByRole("button", { name: "Create new secret …" }).click();
    await page.getByRole("button", { name: "Create new secret", exact: true }).click();
    const secret = await secretShown(page);
    assert.equal((await call(secret)).status, 200);
    assert.equal((await call(api_key.key)).status, 401);
    await leave();
  });

  test("a key is made without touching the mouse", async () => {
    const { page, leave } = await browser.visit(world.url);
    const { keyboard } = page;
    await signInByHand(page, team.owner);
    await keyboard.press("g");
    await keyboard.press("k");
    await page.getByRole("heading", { name: "API keys" }).waitFor();
    await page.getByRole("row", { name: /First key/ }).waitFor();
    await keyboard.press("c");
    await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).waitFor();
    await page.waitForFunction(() => document.activeElement?.closest("[role=dialog] form input") !== null);
    await keyboard.type("By hand");
    await keyboard.press("Tab"); // to the choice of reach
    await keyboard.press("ArrowDown");
    await tabTo(page, "Acts as");
    await tabTo(page, "Expires");
    await keyboard.press("ArrowDown");
    await keyboard.press("ArrowDown");
    await keyboard.press("Enter");
    await tabTo(page, "Create key");
    await keyboard.press("Enter");
    const secret = await secretShown(page);
    await tabTo(page, "I have stored it");
    await keyboard.press("Space");
    await tabTo(page, "Done");
    await keyboard.press("Enter");
    assert.equal((await call(secret)).status, 200);

    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByRole("row", { name: /By hand.*Read everything/ }).waitFor();
    await keyboard.press("j"); // the newest is the first
    await keyboard.press("j");
    await keyboard.press("k");
    await keyboard.press("Enter");
    await page.getByRole("dialog", { name: "By hand" }).waitFor();
    await keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await leave();
  });
});

async function secretShown(page: Page) {
  const secret = page.getByRole("region", { name: "the key", exact: true });
  return (await secret.innerText()).trim();
}

async function revoke(page: Page, name: string) {
  await page.getByRole("button", { name, exact: true }).click();
  await page.getByRole("button", { name: "Revoke …" }).click();
  await page.getByText("You can't undo this.").waitFor();
  await picture(page, "light-revoke");
  await page.getByRole("button", { name: "Revoke permanently" }).click();
  await page.getByText(`API key ${name} revoked.`).waitFor();
}

/** Presses Tab until the thing of this name has the focus: what keys cannot reach, fails. */
async function tabTo(page: Page, name: string) {
  for (let tries = 0; tries < 15; tries++) {
    await page.keyboard.press("Tab");
    const reached = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null;
      return (
        element?.labels?.[0]?.textContent ?? element?.getAttribute("aria-label") ?? element?.textContent ?? ""
      );
    });
    if (reached.trim() === name) return;
  }
  throw new Error(`Tab does not reach ${name}.`);
}
