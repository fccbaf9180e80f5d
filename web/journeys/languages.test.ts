// The screen in German, French and Spanish, as a browser in that language asks for it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { LANGUAGE_CODES, LANGUAGES, type Language } from "../../contract/languages.ts";
import { inLanguage } from "../../server/kernel/language.ts";
import { say } from "../../server/kernel/say.ts";
import { newContacts, newSequence } from "../../server/testing/sequenced.ts";
import { useWorld } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, picture, useBrowser } from "./browser.ts";
import { settling } from "./settling.ts";

/** What a user of each language looks for on the way in. */
const spokenIn = (code: Language) => {
  const of = new URL(`../language/catalogs/${code}.json`, import.meta.url);
  const catalog = JSON.parse(readFileSync(of, "utf8")) as Record<string, string>;
  const word = (text: string) => catalog[text] ?? assert.fail(`${code} has no "${text}"`);
  return {
    code,
    signIn: word("Sign in"),
    password: word("Password"),
    email: word("Email"),
    language: word("Language"),
  };
};
const SPOKEN = LANGUAGE_CODES.filter((code) => code !== "en").map(spokenIn);
const HISTORY = "/settings/history";
const PAGES = ["/", "/contacts", "/sequences", "/inbox", "/tasks", "/reports", "/settings/team"];

describe("the screen in other languages", () => {
  const world = useWorld({ catcher: true });
  const browser = useBrowser();

  for (const { code, signIn, password, email, language } of SPOKEN)
    test(`a browser in ${code} gets a screen in ${code}, and English when its user picks it`, async () => {
      const team = await world.newTeam();
      const sequence = await newSequence(team, {});
      await newContacts(team, 3);
      const { page, leave } = await browser.visit(world.url, { locale: code });
      const isSettled = settling(page);
      await page.goto("/sign-in");
      await page.getByLabel(email).fill(team.owner.email);
      await page.getByRole("textbox", { name: password }).fill(team.owner.password);
      await page.getByRole("button", { name: signIn }).click();
      await page.getByRole("button", { name: signIn }).waitFor({ state: "detached" });
      assert.equal(await page.locator("html").getAttribute("lang"), code);
      for (const address of [...PAGES, `/sequences/${sequence.id}`]) {
        await page.goto(address);
        await isSettled();
        assert.equal(new URL(page.url()).pathname, address);
        await assertFitsSideways(page, `${code} ${address}`);
        await assertAccessible(page, `${code} ${address}`);
        await picture(page, `language-${code}${address.replaceAll("/", "-")}`);
      }
      // What the server says is in the language of the screen, too.
      const says = () => say("{who} created the sequence {name}", { who: "Ole Dahl", name: sequence.name });
      assert.notEqual(inLanguage(code, says), says());
      await page.goto(HISTORY);
      await page.getByText(inLanguage(code, says)).waitFor();
      await picture(page, `language-${code}-history`);
      await page.goto("/settings/profile");
      await page.getByRole("combobox", { name: language }).click();
      await page.getByRole("option", { name: "English" }).click();
      await page.getByRole("heading", { level: 1, name: "Your profile" }).waitFor();
      await page.reload();
      await page.getByRole("heading", { level: 1, name: "Your profile" }).waitFor();
      assert.equal(await page.locator("html").getAttribute("lang"), "en");
      await page.goto(HISTORY);
      await page.getByText(says()).waitFor();
      await page.goto("/settings/profile");
      await page.getByRole("combobox", { name: "Language" }).click();
      await page.getByRole("option", { name: LANGUAGES[code] }).click();
      await page.getByRole("combobox", { name: language }).waitFor();
      const { users } = await team.api.users.search({});
      assert.equal(users.find(({ id }) => id === team.owner.id)?.language, code);
      await leave();
    });

  test("a chosen language is the user's in every browser, until the browser's is chosen again", async () => {
    const team = await world.newTeam();
    await team.api.users.update({ id: team.owner.id, language: "de" });
    const { page, leave } = await browser.visit(world.url, { locale: "fr-FR" });
    await page.goto("/sign-in?to=/settings/profile");
    await page.getByLabel("E-mail").fill(team.owner.email);
    await page.getByRole("textbox", { name: "Mot de passe" }).fill(team.owner.password);
    await page.getByRole("button", { name: "Se connecter" }).click();
    await page.getByRole("heading", { level: 1, name: "Ihr Profil" }).waitFor();
    await picture(page, "language-profile");
    await assertAccessible(page, "profile with its language");
    await page.getByRole("combobox", { name: "Sprache" }).click();
    await page.getByRole("option", { name: "Sprache des Browsers" }).click();
    await page.getByRole("combobox", { name: "Langue" }).waitFor();
    const { users } = await team.api.users.search({});
    assert.equal(users.find(({ id }) => id === team.owner.id)?.language, null);
    await leave();
  });
});
