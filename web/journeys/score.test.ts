// A team's own score: signals are put together, what they come to is seen at once, and a contact says why.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { newContacts } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, useBrowser } from "./browser.ts";

describe("score", () => {
  let chief = "";
  const world = useWorld();
  const browser = useBrowser();

  async function arrange(): Promise<Team> {
    const team = await world.newTeam();
    await newContacts(team, 5, { title: "Buyer" });
    const { contact } = await team.api.contacts.create({
      first_name: "Ines",
      last_name: "Okafor",
      title: "CEO",
      email: "ines@kraft.example",
    });
    chief = contact.id;
    return team;
  }

  for (const look of ["light", "dark"] as const)
    test(`a formula is changed, previewed, saved and seen on a contact (${look})`, async () => {
      const team = await arrange();
      const { page, leave } = await browser.visit(world.url, { colorScheme: look });
      await signIn(page, team.owner);
      await page.goto("/settings/score");
      await page.getByText("Default formula: 11 signals").waitFor();
      await page.getByRole("row", { name: "20–29 5 5" }).waitFor();
      await page.getByRole("button", { name: "Add a signal" }).click();
      await page.getByText("Signal 12 needs a value before you save.").waitFor();
      const words = page.locator('input[aria-label="Value of signal 12"]');
      await words.fill("buyer");
      await words.press("Enter");
      await page.locator('input[aria-label="Points of signal 12"]').fill("60");
      await page.getByRole("row", { name: "80–89 0 5" }).waitFor();
      await picture(page, `${look}-score`);
      await assertAccessible(page, `the score's formula, ${look}`);
      await page.keyboard.press("ControlOrMeta+s");
      await page.getByText("Your own formula: 12 signals").waitFor();
      const { score_formula } = await team.api.scoreFormula.show();
      assert.deepEqual(score_formula.signals.at(-1)?.value, ["buyer"]);
      await page.goto(`/contacts/${chief}`);
      await page.getByRole("heading", { name: "Score 40" }).waitFor();
      await page.getByText("Leads the company").waitFor();
      await assertAccessible(page, `a contact with its score, ${look}`);
      await leave();
    });
});
