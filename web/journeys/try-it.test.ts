// The page of the API: a call is tried in it, with the session of the browser or with a key, and a write changes nothing by itself.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signInByHand, useBrowser } from "./browser.ts";

describe("the page of the API", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;

  before(async () => {
    team = await world.newTeam("Norrland Kraft");
    await team.api.contacts.create({ first_name: "Mona", last_name: "Berg", email: "mona@nordlys.example" });
  });

  const call = (page: Page, name: string) => page.locator(`article[id="${name}"]`);

  async function open(page: Page, name: string) {
    await page.goto(`/docs#${name}`);
    await page.getByRole("button", { name: `Try it: ${name}`, exact: true }).click();
    return call(page, name);
  }

  test("a search is sent with the session, and its answer shown", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    const search = await open(page, "contacts.search");
    await search.getByLabel("Parameters, as JSON").fill('{"q_keywords": "Mona"}');
    await search.getByRole("button", { name: "Send" }).click();
    await search.getByText(/^200 /).waitFor();
    await search.getByText('"Mona Berg"').waitFor();
    await assertAccessible(page, "the page of the API");
    await picture(page, "light-try-it");
    const one = await open(page, "contacts.get");
    await one.getByLabel("Parameters, as JSON").fill("{ not json");
    await one.getByRole("button", { name: "Send" }).click();
    await one.getByText("The parameters are not JSON").waitFor();
    await leave();
  });

  test("a write is a dry run until the user says otherwise, and a key is enough without a session", async () => {
    const { page, leave } = await browser.visit(world.url);
    const create = await open(page, "contacts.create");
    await page.getByLabel("API key for Try it").fill(team.key);
    await create.getByLabel("Parameters, as JSON").fill('{"first_name": "Ola", "last_name": "Moen"}');
    const total = async () => (await team.api.contacts.search({})).pagination.total_entries;
    await create.getByRole("button", { name: "Send" }).click();
    await create.getByText(/^200 /).waitFor();
    assert.equal(await total(), 1, "a dry run changes nothing");
    await create.getByLabel("Dry run").uncheck();
    await create.getByRole("button", { name: "Send" }).click();
    await create.getByText('"Ola Moen"').waitFor();
    await page.waitForFunction(() => !document.querySelector("article button[disabled]"));
    assert.equal(await total(), 2);
    await leave();
  });
});
