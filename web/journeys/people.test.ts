import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { type Team, tokenIn, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, useBrowser } from "./browser.ts";

const PASSWORD = "my colleague's long password";

describe("people", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;
  before(async () => {
    team = await world.newTeam();
  });

  test("an invited colleague joins by the link in another browser, and sees less", async () => {
    const admin = await browser.visit(world.url);
    await signIn(admin.page, team.owner);
    await admin.page.goto("/settings/people");
    await admin.page.getByRole("button", { name: "Invite a teammate" }).click();
    const form = admin.page.getByRole("dialog");
    await form.getByLabel("Email").fill("ines@example.no");
    await form.getByLabel("First name").fill("Ines");
    await form.getByLabel("Last name").fill("Okafor");
    await form.getByRole("button", { name: "Create invitation link" }).click();
    const link = await linkShown(admin.page, "the invitation link");
    await picture(admin.page, "light-invitation-link");
    await assertAccessible(admin.page, "the invitation link");
    await admin.page.getByRole("button", { name: "Done" }).click();
    await admin.page.getByRole("row", { name: /Ines Okafor.*Member.*Invited/ }).waitFor();

    const member = await browser.visit(world.url);
    await member.page.goto(link);
    await member.page.getByRole("heading", { name: "Join Norrland Kraft" }).waitFor();
    assert.equal(new URL(member.page.url()).hash, "");
    assert.equal(await member.page.getByLabel("Your name").inputValue(), "Ines Okafor");
    await member.page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
    await member.page.getByRole("button", { name: "Join team" }).click();
    await member.page.getByRole("heading", { name: /^Good .*, Ines$/ }).waitFor();
    // Of the first steps, the one that is a member's own; and whose emails the figures count is said.
    await member.page.getByRole("heading", { name: "Getting started" }).waitFor();
    await member.page.getByText("Connect a mailbox").waitFor();
    assert.equal(await member.page.getByText("Invite a teammate").count(), 0);
    await member.page.getByRole("heading", { name: "Your last 14 days" }).waitFor();
    await member.page.getByRole("link", { name: "Report of the whole team" }).waitFor();
    await picture(member.page, "light-home-member");
    await seesLess(member.page);
    await member.leave();
    await admin.leave();
  });

  test("a user who has not joined yet gets a new link, and the old one ends", async () => {
    const { page, leave } = await browser.visit(world.url);
    const first = await team.api.users.invite({ email: "mona@example.no" });
    await signIn(page, team.owner);
    await page.goto(`/settings/people?open=${first.user.id}`);
    await page.getByRole("button", { name: "New invitation link" }).click();
    const link = await linkShown(page, "the invitation link");
    assert.notEqual(link, `/invitation#${tokenIn(first.invitation_url)}`);
    await page.getByRole("button", { name: "Done" }).click();

    const visitor = await browser.visit(world.url);
    visitor.expectRefusals(404);
    await visitor.page.goto(`/invitation#${tokenIn(first.invitation_url)}`);
    await visitor.page.getByText("Ask an admin of your team for a new link.").waitFor();
    await visitor.leave();
    await leave();
  });

  test("a deactivated person is out at once, and can be taken back by Undo", async () => {
    const [ines] = (await team.api.users.search({ q_keywords: "ines@" })).users;
    const theirs = await world.signIn("ines@example.no", PASSWORD);
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/settings/people?open=${ines?.id}`);
    await page.getByRole("button", { name: "Deactivate …" }).click();
    await page.getByText("all sessions of Ines Okafor").waitFor();
    await picture(page, "light-deactivate");
    await page.getByRole("button", { name: "Deactivate", exact: true }).click();
    await page.getByText("Ines Okafor deactivated.").waitFor();
    await assert.rejects(theirs.api.sessions.current(), /not signed in/);
    await page.getByRole("row", { name: /Ines Okafor.*Deactivated/ }).waitFor();
    await picture(page, "light-toast");
    await assertAccessible(page, "a list with a toast");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("row", { name: /Ines Okafor.*Active/ }).waitFor();
    await world.signIn("ines@example.no", PASSWORD);
    await leave();
  });

  test("a role changes with a way back, and the last admin stays one", async () => {
    const { page, expectRefusals, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/people");
    await page.getByRole("button", { name: "Ines Okafor" }).click();
    await page.getByRole("dialog").getByText("Admin", { exact: true }).click();
    await page.getByText("Ines Okafor is now an admin.").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone.").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("row", { name: /Ines Okafor.*Member/ }).waitFor();

    expectRefusals(422);
    await page.getByRole("button", { name: "Ole Dahl (you)" }).click();
    await page.getByRole("dialog").getByText("Member", { exact: true }).click();
    await page.getByText("A team needs at least one active admin.").waitFor();
    await page.getByText("Make another user an admin first.").waitFor();
    await leave();
  });

  test("a lost password is mended by a link", async () => {
    const admin = await browser.visit(world.url);
    await signIn(admin.page, team.owner);
    await admin.page.goto("/settings/people");
    await admin.page.getByRole("button", { name: "Ines Okafor" }).click();
    await admin.page.getByRole("button", { name: "Create password link" }).click();
    const link = await linkShown(admin.page, "the password link");

    const member = await browser.visit(world.url);
    await member.page.goto(link);
    await member.page.getByRole("heading", { name: "Choose a new password" }).waitFor();
    await member.page.getByRole("textbox", { name: "New password" }).fill("yet another long password");
    await member.page.getByRole("button", { name: "Save and sign in" }).click();
    await member.page.getByRole("heading", { name: /^Good .*, Ines$/ }).waitFor();

    member.expectRefusals(404);
    await member.page.goto("about:blank");
    await member.page.goto(link);
    await member.page.getByRole("heading", { name: "This link is no longer valid" }).waitFor();
    await member.leave();
    await admin.leave();
  });
});

/** The test server's port is not known beforehand, so only the link's path is taken. */
async function linkShown(page: import("playwright-core").Page, label: string) {
  const text = await page.getByRole("region", { name: label, exact: true }).innerText();
  const { pathname, hash } = new URL(text.trim());
  return pathname + hash;
}

async function seesLess(page: import("playwright-core").Page) {
  await page.goto("/settings/keys");
  await page.getByText("Only admins can open this page").waitFor();
  await page.getByText("Ask Ole Dahl.").waitFor();
  await picture(page, "light-member-keys");
  await page.goto("/settings/history");
  await page.getByText("The history shows who did what").waitFor();
  await page.goto("/settings/people");
  await page.getByRole("row", { name: /Ole Dahl.*Admin/ }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Invite a teammate" }).count(), 0);
  await page.getByRole("table").getByRole("button", { name: "Ole Dahl" }).click();
  await page.getByRole("dialog").getByText("Joined").waitFor();
  assert.equal(await page.getByRole("button", { name: "Deactivate …" }).count(), 0);
  await page.goto("/settings/team");
  await page.getByText("Only admins can change these.").waitFor();
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByPlaceholder("Search records, pages and actions").fill("key");
  await page.getByText("Show keyboard shortcuts").waitFor();
  assert.equal(await page.getByText("Create an API key").count(), 0);
}
