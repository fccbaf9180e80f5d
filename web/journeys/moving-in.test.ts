// A team moves in from another server that speaks Apollo's API, by clicks alone: looked at, copied, and taken back.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LOOPBACK } from "../../server/testing/loopback.ts";
import { newContacts, newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { useWorld } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, pictureWhole, signIn, useBrowser } from "./browser.ts";

describe("moving in", () => {
  const world = useWorld({ webhookAllow: LOOPBACK });
  const browser = useBrowser();

  for (const look of ["light", "dark"] as const)
    test(`an admin sees what would be copied, copies it, and takes it back (${look})`, async () => {
      const old = await world.newTeam("Old");
      const box = await newMailbox(old, { email: "me@sender.example" });
      const ids = await newContacts(old, 130);
      const { id } = await newSequence(old, { name: "Spring fair", active: false });
      await old.api.joining.addContacts({
        id,
        contact_ids: ids.slice(0, 50),
        send_email_from_email_account_id: [box.id],
        sequence_unverified_email: true,
      });
      const team = await world.newTeam();
      const { page, leave } = await browser.visit(world.url, { colorScheme: look });
      await signIn(page, team.owner);
      await page.goto("/settings/moving");
      await page.getByRole("heading", { level: 1, name: "Move from Apollo" }).waitFor();
      await assertAccessible(page, "the form");
      await pictureWhole(page, `moving-in-form-${look}`);
      await page.getByLabel("Source").fill(world.url.replace("localhost", "127.0.0.1"));
      await page.getByLabel("Master key").fill(old.key);
      await page.getByRole("button", { name: "See what would be copied" }).click();

      await page.getByText("Read, nothing copied yet").waitFor();
      const records = page.getByRole("table", { name: "Records" });
      await records.getByRole("row", { name: /^Contacts 130/ }).waitFor();
      await assertAccessible(page, "what would be copied");
      await assertFitsSideways(page, "what would be copied");
      await pictureWhole(page, `moving-in-seen-${look}`);
      assert.equal((await team.api.contacts.search()).pagination.total_entries, 0);

      await page
        .locator("section", { hasText: "Read, nothing copied yet" })
        .getByRole("button", { name: "Copy everything" })
        .click();
      await page.getByText("Copied", { exact: true }).waitFor();
      await records.getByRole("row", { name: /^Contacts 130/ }).waitFor();
      await page
        .getByRole("table", { name: "Left out" })
        .getByText("Not a user of the target team")
        .waitFor();
      await assertAccessible(page, "what was copied");
      await pictureWhole(page, `moving-in-copied-${look}`);
      assert.equal((await team.api.contacts.search()).pagination.total_entries, 130);
      await page.getByRole("link", { name: "Open sequences" }).click();
      await page.getByRole("link", { name: "Spring fair" }).waitFor();
      await page.goBack();

      await page.getByRole("button", { name: "Undo the move …" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Undo" }).click();
      await page
        .getByRole("table", { name: "Undone" })
        .getByRole("row", { name: /^Contacts 130/ })
        .waitFor();
      await pictureWhole(page, `moving-in-undone-${look}`);
      assert.equal((await team.api.contacts.search()).pagination.total_entries, 0);
      await leave();
    });

  test("a source that refuses the key says so, and on a phone all of it fits", async () => {
    const team = await world.newTeam();
    const { page, leave } = await browser.visit(world.url, { viewport: { width: 390, height: 844 } });
    await signIn(page, team.owner);
    await page.goto("/settings/moving");
    await page.getByLabel("Source").fill(world.url.replace("localhost", "127.0.0.1"));
    await page.getByLabel("Master key").fill("cdz_wrong");
    await page.getByRole("button", { name: "See what would be copied" }).click();
    await page.getByText(/The source refused the key/).waitFor();
    await assertFitsSideways(page, "a refused key");
    await pictureWhole(page, "moving-in-refused-phone");
    await leave();
  });
});
