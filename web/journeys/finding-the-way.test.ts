import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { refused, type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, signInByHand, useBrowser } from "./browser.ts";

describe("finding the way", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;
  before(async () => {
    team = await world.newTeam();
    for (let count = 0; count < 60; count++) await team.api.teams.update({ name: `Norrland Kraft ${count}` });
    await team.api.teams.update({ name: "Norrland Kraft" });
  });

  test("the palette finds places by other words, and runs verbs", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    const search = page.getByPlaceholder("Search records, pages and actions");
    await page.keyboard.press("ControlOrMeta+k");
    await search.fill("audit");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "History" }).waitFor();

    await search.waitFor({ state: "detached" });
    await page.keyboard.press("ControlOrMeta+k");
    await search.fill("dark theme");
    await page.getByRole("option", { name: "Use dark theme" }).waitFor();
    await page.keyboard.press("Enter");
    await page.locator("html[data-mantine-color-scheme=dark]").waitFor({ state: "attached" });

    await search.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Search" }).click();
    await search.fill("invite");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Invite a teammate" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await leave();
  });

  test("letters go to places and mean nothing while typing", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    for (const [letter, heading] of [
      ["t", "Tasks"],
      ["e", "Team"],
      ["p", "People"],
      ["y", "History"],
      ["u", "Your profile"],
    ] as const) {
      await page.keyboard.press("g");
      await page.keyboard.press(letter);
      await page.getByRole("heading", { level: 1, name: heading }).waitFor();
    }
    await page.getByLabel("Title").fill("");
    await page.keyboard.type("gp?[c");
    assert.equal(await page.getByLabel("Title").inputValue(), "gp?[c");
    assert.equal(await page.getByRole("dialog").count(), 0);
    await leave();
  });

  test("the rail folds and remembers it, and the skip link leads past it", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    await page.keyboard.press("[");
    await page.getByRole("button", { name: "Expand sidebar" }).waitFor();
    await page.reload();
    await page.getByRole("button", { name: "Expand sidebar" }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "content");
    await leave();
  });

  test("the history is filtered by an address one can share, and reads on", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/history");
    const rows = page.getByRole("table", { name: "History" }).getByRole("row");
    const batches = page.getByRole("button", { name: /^and \d+ (or )?more like this$/ });
    await batches.first().waitFor(); // what was done many times over is one line until it is opened
    while ((await batches.count()) > 0) await batches.first().click();
    await rows.nth(50).waitFor();
    assert.equal(await rows.count(), 51);
    await page.getByRole("button", { name: "Load more" }).click();
    await rows.nth(60).waitFor();

    await page.getByRole("combobox", { name: "About" }).click();
    await page.getByRole("option", { name: "Ole Dahl" }).click();
    await page.waitForURL(/about=/);
    await rows.nth(10).waitFor({ state: "detached" });
    await page.getByRole("row", { name: /joined the team/ }).waitFor();
    assert.ok((await rows.count()) < 10);
    await page.reload();
    await page.getByRole("row", { name: /joined the team/ }).waitFor();
    await leave();
  });

  test("the history shows who asked for what they may not, and why not", async () => {
    const { api_key } = await team.api.apiKeys.create({ name: "narrow", scopes: ["api/v1/users/search"] });
    await refused(world.client({ apiKey: api_key.key }).labels.list({}));
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/history");
    await page.getByRole("combobox", { name: "Event type" }).click();
    await page.getByRole("option", { name: "Refused calls" }).click();
    await page.waitForURL(/kind=refused/);
    const row = page.getByRole("row", {
      name: /was refused .*labels.*: the API key does not have this scope/,
    });
    await row.waitFor();
    const rows = page.getByRole("table", { name: "History" }).getByRole("row");
    await rows.nth(2).waitFor({ state: "detached" });
    assert.equal(await rows.count(), 2);
    await picture(page, "history-refused");
    await row.click();
    await page.getByRole("dialog").getByText("scope_missing").waitFor();
    await picture(page, "history-refused-entry");
    await leave();
  });

  test("the team's name changes with a way back", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/team");
    await page.getByLabel("Name").fill("Søndre Kraft");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("navigation", { name: "Main" }).getByText("Søndre Kraft").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("navigation", { name: "Main" }).getByText("Norrland Kraft").waitFor();
    assert.equal(await page.getByLabel("Name").inputValue(), "Norrland Kraft");
    await leave();
  });

  test("one's own title changes with a way back", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/profile");
    await page.getByLabel("Title").fill("Founder");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Profile saved.").waitFor();
    assert.equal((await team.api.users.search({ q_keywords: team.owner.email })).users[0]?.title, "Founder");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone.").waitFor();
    assert.equal(await page.getByLabel("Title").inputValue(), "");
    await leave();
  });

  test("a meeting link is saved in the profile, and what is no address is refused", async () => {
    const { page, leave, expectRefusals } = await browser.visit(world.url);
    expectRefusals(422);
    await signIn(page, team.owner);
    await page.goto("/settings/profile");
    const link = page.getByLabel("Page where contacts book a meeting");
    const save = page.getByRole("button", { name: "Save meeting link" });
    await link.fill("cal.com/ole");
    await save.click();
    await page.getByText("must be an address that begins with https://").waitFor();
    await link.fill("https://cal.com/ole/30min");
    await save.click();
    await page.getByText("Meeting link saved.").waitFor();
    await assertAccessible(page, "the profile");
    await picture(page, "light-meeting-link");
    const [found] = (await team.api.users.search({ q_keywords: team.owner.email })).users;
    assert.equal(found?.meeting_url, "https://cal.com/ole/30min");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone.").waitFor();
    assert.equal(await link.inputValue(), "");
    await leave();
  });

  test("compact rows stay compact", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/appearance");
    await page.getByText("Compact", { exact: true }).click();
    await page.goto("/settings/people");
    const row = page.getByRole("row", { name: /Ole Dahl/ });
    await row.waitFor();
    const height = (await row.boundingBox())?.height ?? 0;
    assert.ok(height <= 29, `a compact row is ${height} px`);
    await leave();
  });

  test("a fault on the server is explained, with the request id", async () => {
    const { page, expectRefusals, leave } = await browser.visit(world.url);
    expectRefusals(500);
    await signInByHand(page, team.owner);
    await page.route("**/api/v1/audit_log**", (route) =>
      route.fulfill({
        status: 500,
        contentType: "application/json",
        body: JSON.stringify({
          error: "An error occurred. Please try again.",
          code: "internal",
          request_id: "req-7",
        }),
      }),
    );
    await page.goto("/settings/history");
    const trouble = page.getByRole("alert");
    await trouble.getByText("Nothing was changed.").waitFor();
    await trouble.getByText("req-7").waitFor();
    await page.unroute("**/api/v1/audit_log**");
    await trouble.getByRole("button", { name: "Try again" }).click();
    await page
      .getByRole("row", { name: /joined the team/ })
      .or(page.getByRole("row").nth(5))
      .first()
      .waitFor();
    await leave();
  });
});
