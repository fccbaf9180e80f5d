import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import pg from "pg";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, useBrowser } from "./browser.ts";

describe("SQL logins", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;
  before(async () => {
    team = await world.newTeam();
  });

  test("a login is made on the page, reads the views, is told to be in use, and is over once revoked", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/sql");
    await page.getByText("read your team's data").waitFor();
    await page.getByRole("button", { name: "Create a login" }).click();
    await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill("Metabase");
    await page.getByRole("button", { name: "Create login" }).click();
    const shown = page.getByRole("region", { name: "the connection URL", exact: true });
    const url = (await shown.innerText()).trim();
    assert.match(url, /^postgresql:\/\/cadenza_sql_/);
    await picture(page, "light-sql-login");
    await assertAccessible(page, "the password");
    await page.getByLabel("I have stored it").check();
    await page.getByRole("button", { name: "Done" }).click();

    const client = new pg.Client(url);
    client.on("error", () => {}); // it may be ended from outside
    await client.connect();
    try {
      const count = async () => (await client.query("select count(*)::int as n from users")).rows[0].n;
      assert.equal(await count(), 1);
      await page.reload();
      await page.getByRole("row", { name: /Metabase.*In use/ }).waitFor();
      await page.getByRole("button", { name: "Metabase", exact: true }).click();
      await page.getByText("Connections now").waitFor();
      await page.getByRole("button", { name: "Revoke …" }).click();
      await page.getByRole("button", { name: "Revoke permanently" }).click();
      await page.getByText("SQL login Metabase revoked.").waitFor();
      await page.getByRole("row", { name: /Metabase.*Revoked/ }).waitFor();
      assert.equal(await count().catch(() => 0), 0);
    } finally {
      await client.end().catch(() => {});
    }
    await leave();
  });
});
