// The unsubscribe pages: in light, in dark, on a phone, with text at twice its size, by keyboard alone, and with scripts
// switched off.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { mailed } from "../../server/testing/mails.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, picture, signIn, useBrowser } from "./browser.ts";

describe("wanting no more mails", () => {
  const world = useWorld();
  const browser = useBrowser();
  const largeText = useBrowser("--blink-settings=defaultFontSize=32");
  let team: Team;
  before(async () => {
    team = await world.newTeam("Norrland Kraft");
  });

  const isOut = async (id: string) =>
    (await team.api.contacts.get({ id })).contact.email_unsubscribed === true;

  const LOOKS = [
    { name: "light", options: { colorScheme: "light" }, opened: browser },
    { name: "dark", options: { colorScheme: "dark" }, opened: browser },
    { name: "phone", options: { viewport: { width: 320, height: 640 } }, opened: browser },
    { name: "large-text", options: { viewport: { width: 640, height: 800 } }, opened: largeText },
  ] as const;

  for (const { name, options, opened } of LOOKS) {
    test(`every page of it, ${name}`, async () => {
      const { token, contactId } = await mailed(world, team);
      const { page, expectRefusals, leave } = await opened.visit(world.url, options);
      expectRefusals(404);
      const looksWell = async (view: string) => {
        await assertAccessible(page, `${view}, ${name}`);
        await assertFitsSideways(page, view);
        await picture(page, `unsubscribe-${view}-${name}`);
      };
      await page.goto(`/u/${token}`);
      await page.getByRole("heading", { level: 1, name: "Unsubscribe?" }).waitFor();
      await looksWell("asked");
      await page.getByText("Another person is the right contact").click();
      await looksWell("naming");
      await page.getByRole("button", { name: "Send the name" }).click();
      await page.getByRole("heading", { level: 1, name: "Who is the right person?" }).waitFor();
      await looksWell("nobody-named");
      await page.getByLabel("Their name").fill("Bo Ek");
      await page.getByRole("button", { name: "Send the name" }).click();
      await page.getByRole("heading", { level: 1, name: "Thank you" }).waitFor();
      await looksWell("referred");
      await page.getByRole("button", { name: "Pause for three months" }).click();
      await page.getByRole("heading", { level: 1, name: /^Emails are paused until/ }).waitFor();
      await looksWell("paused");
      await page.getByRole("button", { name: "Undo my choice" }).click();
      await page.getByRole("heading", { level: 1, name: "You are subscribed again" }).waitFor();
      await page.goto(`/u/${token}`);
      await page.getByRole("button", { name: "Unsubscribe from this series only" }).click();
      await page.getByRole("heading", { level: 1, name: "You are unsubscribed from this series" }).waitFor();
      await looksWell("series");
      assert.equal(await isOut(contactId), false);
      await page.getByRole("button", { name: /^Unsubscribe from all emails/ }).click();
      await page.getByRole("heading", { level: 1, name: "You are unsubscribed" }).waitFor();
      await looksWell("left");
      assert.equal(await isOut(contactId), true);
      await page.getByRole("button", { name: "Undo my choice" }).click();
      await page.getByRole("heading", { level: 1, name: "You are subscribed again" }).waitFor();
      await looksWell("back");
      await page.goto("/u/0123456789abcdef0123456789abcdef");
      await page.getByRole("heading", { level: 1, name: "This link does not work" }).waitFor();
      await looksWell("unknown");
      await leave();
    });
  }

  test("by keyboard, without scripts and without a cookie", async () => {
    const { token, contactId } = await mailed(world, team);
    const { page, leave } = await browser.visit(world.url, { javaScriptEnabled: false });
    await page.goto(`/u/${token}`);
    assert.equal(await isOut(contactId), false);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText("Norrland Kraft will send no more emails to").waitFor();
    assert.equal(page.url(), `${world.url}/u/${token}`);
    assert.deepEqual(await page.context().cookies(), []);
    assert.equal(await isOut(contactId), true);
    await leave();
  });

  test("a pause is seen at the contact, and lifted there", async () => {
    const { token, contactId } = await mailed(world, team);
    const reader = await browser.visit(world.url, { javaScriptEnabled: false });
    await reader.page.goto(`/u/${token}`);
    await reader.page.getByRole("button", { name: "Pause for three months" }).click();
    await reader.page.getByText("After that, emails may come again.").waitFor();
    await reader.leave();
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/contacts/${contactId}`);
    await page.getByText("No emails until").waitFor();
    await picture(page, "light-contact-paused");
    await assertAccessible(page, "a contact that is paused");
    await page.getByRole("button", { name: "End pause" }).click();
    await page.getByText("No emails until").waitFor({ state: "detached" });
    assert.equal((await team.api.contacts.get({ id: contactId })).contact.paused_until, null);
    await leave();
  });

  test("looking at it, and leaving it open, changes nothing", async () => {
    const { token, contactId } = await mailed(world, team);
    const { page, leave } = await browser.visit(world.url);
    await page.goto(`/u/${token}`);
    await page.reload();
    await page.waitForTimeout(500);
    assert.equal(await isOut(contactId), false);
    await leave();
  });
});
