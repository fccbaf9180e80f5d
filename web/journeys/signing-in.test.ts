import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { signIn, signInByHand, useBrowser } from "./browser.ts";
import { settling } from "./settling.ts";

describe("signing in and out", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;
  before(async () => {
    team = await world.newTeam();
  });

  test("leads to where one was going, and out again", async () => {
    const { page, leave } = await browser.visit(world.url);
    await page.goto("/settings/people");
    await page.waitForURL(/\/sign-in\?to=/);
    await page.getByLabel("Email").fill(team.owner.email);
    await page.getByRole("textbox", { name: "Password" }).fill(team.owner.password);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "People" }).waitFor();

    await page.getByRole("button", { name: "Ole Dahl", exact: true }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.goto("/");
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await leave();
  });

  test("never leads to another host", async () => {
    const { page, leave } = await browser.visit(world.url);
    await page.goto("/sign-in?to=//evil.example/path");
    await page.getByLabel("Email").fill(team.owner.email);
    await page.getByRole("textbox", { name: "Password" }).fill(team.owner.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: /^Good / }).waitFor();
    assert.equal(new URL(page.url()).pathname, "/");
    await leave();
  });

  test("with a wrong password says so, and keeps the email", async () => {
    const { page, expectRefusals, leave } = await browser.visit(world.url);
    expectRefusals(401);
    await page.goto("/sign-in");
    await page.getByLabel("Email").fill(team.owner.email);
    await page.getByRole("textbox", { name: "Password" }).fill("not the password at all");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").getByText("Email or password is wrong").waitFor();
    assert.equal(await page.getByLabel("Email").inputValue(), team.owner.email);
    assert.equal(await page.getByRole("textbox", { name: "Password" }).inputValue(), "");
    await leave();
  });

  test("is asked for once when the session has ended behind one's back", async () => {
    const { page, expectRefusals, leave } = await browser.visit(world.url);
    expectRefusals(401, 422);
    const isSettled = settling(page);
    await signInByHand(page, team.owner);
    let arrivals = 0;
    page.on("request", (request) => {
      if (request.isNavigationRequest() && request.url().includes("/sign-in")) arrivals += 1;
    });
    await page.getByRole("link", { name: "Settings" }).click();
    await page.waitForURL(/\/settings\//);
    await isSettled(); // or what is under way already would lead out, from here
    await page.context().clearCookies();
    // Not by the mouse: coming near a link asks for its page already, and would lead out before the click.
    await page.getByRole("link", { name: "History" }).dispatchEvent("click");
    await page.getByText("You were signed out.").waitFor();
    await page.waitForLoadState("networkidle");
    assert.equal(arrivals, 1);
    assert.match(page.url(), /to=%2Fsettings%2F/);
    await leave();
  });

  test("a new password works at once, and a wrong current one is refused", async () => {
    const { page, expectRefusals, leave } = await browser.visit(world.url);
    const other = await world.newTeam("Søndre Kraft");
    await signIn(page, other.owner);
    await page.goto("/settings/profile");
    await page.getByRole("button", { name: "Change password" }).click();
    const dialog = page.getByRole("dialog");
    expectRefusals(422);
    await dialog.getByRole("textbox", { name: "Current password" }).fill("not the password");
    await dialog.getByRole("textbox", { name: "New password" }).fill("another sentence as a password");
    await dialog.getByRole("button", { name: "Change password" }).click();
    await dialog.getByText("The current password is wrong.").waitFor();
    await dialog.getByRole("textbox", { name: "Current password" }).fill(other.owner.password);
    await dialog.getByRole("button", { name: "Change password" }).click();
    await page.getByText("Password changed.").waitFor();
    await world.signIn(other.owner.email, "another sentence as a password");
    await leave();
  });
});
