import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { type Team, tokenIn, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, signInByHand, useBrowser } from "./browser.ts";
import { tabTo } from "./keyboard.ts";

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

  for (const look of ["light", "dark"] as const)
    test(`calls are chosen as a developer writes them, and changed later (${look})`, async () => {
      const { page, leave } = await browser.visit(world.url, { colorScheme: look });
      await signIn(page, team.owner);
      await page.goto("/settings/keys?do=create");
      const form = page.getByRole("dialog");
      const search = form.getByLabel("Search calls");
      await search.fill("POST /contacts");
      await form.getByRole("checkbox", { name: /Create a contact/ }).waitFor();
      assert.equal(await form.getByRole("checkbox", { name: "Search contacts" }).count(), 0);
      await search.fill("https://api.apollo.io/api/v1/auth/health");
      await form.getByText("auth/health needs no permission.").waitFor();
      await search.fill("");
      await form.getByRole("button", { name: "Lead sync from Apollo" }).click();
      await form.getByText("6 selected").waitFor();
      await form.getByText("Paste your program's calls").focus();
      await page.keyboard.press("Enter");
      await form
        .getByLabel("Code or a list of addresses")
        .fill("axios.get(`${BASE}/users/search`)\nPOST /users/invite\nGET /no/such/call");
      await form.getByRole("button", { name: "Select these calls" }).click();
      await form.getByText("1 call selected.").waitFor();
      await form.getByText("7 selected").waitFor();
      await form.getByText("GET /no/such/call", { exact: true }).waitFor();
      await assertAccessible(page, "calls that were pasted");
      await picture(page, `${look}-key-calls`);
      await form.getByRole("textbox", { name: "Name" }).fill(`Sync ${look}`);
      assert.match(await form.getByRole("combobox", { name: "Acts as" }).inputValue(), /\(you\)$/);
      await form.getByRole("button", { name: "Create key" }).click();
      const secret = await secretShown(page);
      await page.getByLabel("I have stored it").check();
      await page.getByRole("button", { name: "Done" }).click();
      assert.equal((await call(secret, "/api/v1/labels")).status, 403);

      await page.getByRole("button", { name: `Sync ${look}`, exact: true }).click();
      await page.getByText("GET /users/search").waitFor();
      await picture(page, `${look}-key-panel`);
      await assertAccessible(page, "a key");
      await page.getByRole("button", { name: "Change calls …" }).click();
      const change = page.getByRole("dialog", { name: `Change calls of Sync ${look}` });
      await change.getByText("7 selected").waitFor();
      await change.getByLabel("Search calls").fill("GET /labels");
      await change.getByRole("checkbox", { name: /List all lists/ }).check();
      await picture(page, `${look}-key-change`);
      await assertAccessible(page, "changing the calls of a key");
      await change.getByRole("button", { name: "Save" }).click();
      await page.getByText(`Calls of Sync ${look} changed.`).waitFor();
      assert.equal((await call(secret, "/api/v1/labels")).status, 200);
      await leave();
    });

  test("an admin who replaces the operator's key reads which rights that ends", async () => {
    const email = "second-admin@norrland.example";
    const password = "a long sentence is a good password";
    const { invitation_url } = await world.operator.users.invite({ email, role: "admin" });
    await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Ida", password });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, { email, password });
    await page.goto("/settings/keys");
    await page.getByRole("button", { name: "Bootstrap key", exact: true }).click();
    await page.getByText("The operator's key", { exact: true }).waitFor();
    assert.equal(await page.getByRole("button", { name: "Change calls …" }).count(), 0);
    await page.getByRole("button", { name: "Create new secret …" }).click();
    await page.getByText(/it cannot run cadenza backup or create teams/).waitFor();
    await picture(page, "light-key-of-the-operator");
    await assertAccessible(page, "a new secret for the operator's key");
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Revoke …" }).click();
    await page.getByText(/Without it, no key can run cadenza backup or create teams/).waitFor();
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
