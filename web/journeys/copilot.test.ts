// A copilot: made by a form, proposes, and is worked through by keys.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { newContacts, newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, useBrowser } from "./browser.ts";

describe("copilot", () => {
  const world = useWorld();
  const browser = useBrowser();

  async function arrange(): Promise<Team> {
    const team = await world.newTeam();
    await newMailbox(team, { email: "ines@norrland.example", email_daily_threshold: 20 });
    await newSequence(team, { name: "Cold plants" });
    await newContacts(team, 3, { title: "Plant Manager" });
    await team.api.contacts.create({
      first_name: "Ada",
      last_name: "Vik",
      title: "Plant Director",
      email: "ada@vik.example",
      direct_phone: "+46 8 123 456 78",
    });
    return team;
  }

  for (const look of ["light", "dark"] as const)
    test(`it is made, proposes, and learns from what is decided by keys (${look})`, async () => {
      const team = await arrange();
      const { page, leave } = await browser.visit(world.url, { colorScheme: look });
      await signIn(page, team.owner);
      await page.goto("/copilots");
      await page.getByRole("button", { name: "Create your first copilot" }).click();
      await page.getByRole("textbox", { name: "Name", exact: true }).fill("Plants");
      await page.getByRole("textbox", { name: "Job title contains" }).fill("plant");
      await page.getByPlaceholder("Find a sequence").click();
      await page.getByRole("option", { name: "Cold plants" }).click();
      await page.getByRole("combobox", { name: "Mailboxes (rotated)" }).click();
      await page.getByRole("option", { name: "ines@norrland.example" }).click();
      await page.keyboard.press("Tab");
      await assertAccessible(page, `making a copilot, ${look}`);
      await page.getByRole("button", { name: "Create copilot" }).click();
      await page.getByText("Off. No contacts to review.").waitFor();
      await page.getByRole("button", { name: "Propose now" }).click();
      await page.getByText("4 contacts to review").waitFor();
      const first = page.getByRole("list", { name: "Proposals" }).getByRole("listitem").first();
      await first.getByText("Ada Vik").waitFor();
      await picture(page, `${look}-copilot`);
      await assertAccessible(page, `a copilot, ${look}`);
      await page.keyboard.press("Escape");
      await page.keyboard.press("a");
      await page.getByText("3 contacts to review").waitFor();
      await page.keyboard.press("x");
      await page.getByText("2 contacts to review").waitFor();
      await page.keyboard.press("e");
      await page.getByRole("dialog").getByText("Mailbox").first().waitFor();
      await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
      await page.getByText("0 approved, 1 rejected").first().waitFor();
      const { copilots } = await team.api.copilots.list();
      assert.deepEqual([copilots[0]?.approved, copilots[0]?.rejected, copilots[0]?.waiting], [1, 1, 2]);
      await leave();
    });
});
