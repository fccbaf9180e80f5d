import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { tokenIn, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, useBrowser } from "./browser.ts";

const PASSWORD = "a long sentence is a good password";

describe("setting up", () => {
  const world = useWorld();
  const browser = useBrowser();

  test("a link that is wrong says what to do", async () => {
    const { page, expectRefusals, leave } = await browser.visit(world.url);
    expectRefusals(404);
    await page.goto("/setup#cdz_setup_not-the-one");
    await page.getByRole("heading", { name: "This setup link is no longer valid" }).waitFor();
    await page.getByText("restart Cadenza").waitFor();
    await leave();
  });

  test("the first owner comes by the link and lands on a Home that tells the truth", async () => {
    const { page, leave } = await browser.visit(world.url);
    await page.goto(`/setup#${tokenIn(world.running.setupUrl ?? "")}`);
    await page.getByLabel("Your name").fill("Ole Dahl");
    assert.equal(new URL(page.url()).hash, "", "the token stays in the address bar");
    await page.getByLabel("Email").fill("ole@example.no");
    const password = page.getByRole("textbox", { name: "Password" });
    await password.fill("short");
    await page.getByText("5 more characters needed").waitFor();
    await password.fill(PASSWORD);
    await page.getByText("Strong.").waitFor();
    await page.getByLabel("Team").fill("Norrland Kraft");
    assert.equal(await page.getByRole("combobox", { name: "Time zone" }).inputValue(), "Europe/Oslo");
    await page.getByRole("button", { name: "Set up Cadenza" }).click();

    await page.getByRole("heading", { name: /^Good .*, Ole$/ }).waitFor();
    const steps = page.getByRole("region", { name: /^Getting started/ }).getByRole("listitem");
    await page.getByText("Your team is named Norrland Kraft.").waitFor();
    assert.deepEqual(await states(steps), ["done", "to do", "to do", "to do"]);
    await picture(page, "light-home-new");
    await assertAccessible(page, "a new Home");

    await world.operator.users.invite({ email: "ines@example.no" });
    await page.reload();
    await page.getByText("1 teammate invited or joined.").waitFor();
    await page.getByText("2 of 4 done").waitFor();

    // Who creates a key is shown the steps of a program, and the page sees its first call by itself.
    const { api: ole } = await world.signIn("ole@example.no", PASSWORD);
    const { api_key } = await ole.apiKeys.create({ name: "Export", scopes: ["api/v1/users/search"] });
    await page.reload();
    await page.getByText("3 of 6 done").waitFor();
    await page.getByRole("heading", { name: "Connect an Apollo client" }).waitFor();
    await world.client({ apiKey: api_key.key }).users.search();
    await page.getByText("4 of 6 done").waitFor();
    assert.deepEqual(await states(steps), ["done", "to do", "to do", "done", "done", "done"]);

    await newMailbox({ api: world.operator });
    await page.reload();
    await page.getByText("5 of 6 done").waitFor();
    await newSequence({ api: world.operator });
    await page.reload();
    await page.getByRole("region", { name: /^Last/ }).waitFor();
    assert.equal(await page.getByRole("region", { name: /^Getting started/ }).count(), 0);
    await leave();
  });

  test("afterwards the link is used up", async () => {
    const { page, expectRefusals, leave } = await browser.visit(world.url);
    expectRefusals(404);
    await page.goto(`/setup#${tokenIn(world.running.setupUrl ?? "")}`);
    await page.getByRole("heading", { name: "This setup link is no longer valid" }).waitFor();
    await page.getByRole("link", { name: "sign in" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await leave();
  });
});

async function states(steps: import("playwright-core").Locator) {
  const texts = await steps.allInnerTexts();
  return texts.map((text) => /\((done|to do)\)/.exec(text)?.[1]);
}

describe("setting up with a sample", () => {
  const world = useWorld();
  const browser = useBrowser();

  test("a user who asks for a sample is told that it comes, and then sees it", async () => {
    const { page, leave } = await browser.visit(world.url);
    await page.goto(`/setup#${tokenIn(world.running.setupUrl ?? "")}`);
    await page.getByLabel("Your name").fill("Ole Dahl");
    await page.getByLabel("Email").fill("ole@example.no");
    await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
    await page.getByLabel("Team").fill("Norrland Kraft");
    await page.getByLabel("Add sample data to explore").check();
    await page.getByRole("button", { name: "Set up Cadenza" }).click();

    const coming = page.getByRole("status").filter({ hasText: "Creating the sample data." });
    await coming.waitFor();
    await picture(page, "light-home-sample-coming");
    await coming.waitFor({ state: "detached" });
    const fortnight = page.getByRole("region", { name: /^Last/ });
    await fortnight.getByText("Emails sent", { exact: true }).waitFor(); // without a reload
    await page.getByText("3 of 4 done").waitFor(); // mailboxes and replies of the sample are not real
    await leave();
  });
});
