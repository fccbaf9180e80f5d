// A company's people are paused in all their sequences in one place, with a preview and a way back; and so are contacts that were
// chosen in a list. A contact in no sequence says why.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { until } from "../../server/testing/sending.ts";
import { newContact, newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, signInByHand, useBrowser } from "./browser.ts";

describe("people in all their sequences", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;
  let account: string;
  let lonely: string;
  const people: string[] = [];
  before(async () => {
    team = await world.newTeam();
    const mailbox = await newMailbox(team);
    account = (await team.api.accounts.create({ name: "Borealis Kraft", domain: "borealis.example" })).account
      .id;
    for (const last_name of ["Okafor", "Dahl", "Berg"])
      people.push(
        await newContact(team, {
          first_name: "Ines",
          last_name,
          email: `ines.${last_name.toLowerCase()}@borealis.example`,
          account_id: account,
        }),
      );
    lonely = await newContact(team, { first_name: "Ole", last_name: "Lund", email: "ole@elsewhere.example" });
    for (const [name, contact_ids] of [
      ["Spring intro", people],
      ["Winback", people.slice(0, 1)],
    ] as const)
      await team.api.joining.addContacts({
        id: (await newSequence(team, { name })).id,
        contact_ids: [...contact_ids],
        send_email_from_email_account_id: [mailbox.id],
        sequence_active_in_other_campaigns: true,
        sequence_same_company_in_same_campaign: true,
        sequence_unverified_email: true,
      });
  });

  async function counts() {
    const { contact_campaign_statuses: all } = await team.api.enrollments.search({ contact_ids: people });
    const of = (wanted: string) => all.filter(({ status }) => status === wanted).length;
    return { active: of("active"), paused: of("paused") };
  }

  test("a company's page says where its contacts are in sequences", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/companies");
    await page.getByRole("link", { name: "Borealis Kraft" }).click();
    await page.getByRole("tab", { name: "Sequences" }).click();
    const { contact_campaign_statuses: all } = await team.api.enrollments.search({ contact_ids: people });
    const lines = page.getByRole("main").getByRole("listitem").filter({ hasText: "Active" });
    await until(async () => (await lines.count()) === all.length);
    await assertAccessible(page, "the sequences of a company");
    await picture(page, "light-company-sequences");
    await leave();
  });

  test("a company is paused in four clicks, with its sequences shown before, and comes back by Undo", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/companies");
    await page.getByRole("link", { name: "Borealis Kraft" }).click();
    await page.getByRole("button", { name: "In sequences" }).click();
    await page.getByRole("menuitem", { name: "Pause in all sequences" }).click();
    const dialog = page.getByRole("dialog", { name: "Borealis Kraft: Pause in all sequences" });
    await dialog.getByText("3 contacts in 2 sequences will change:").waitFor();
    await dialog
      .getByRole("listitem")
      .filter({ hasText: /Spring intro 3 contacts/ })
      .waitFor();
    await dialog
      .getByRole("listitem")
      .filter({ hasText: /Winback 1 contact/ })
      .waitFor();
    await assertAccessible(page, "pausing a company");
    await picture(page, "light-company-pause");
    await dialog.getByRole("button", { name: "Pause 3 contacts" }).click();
    await page.getByText("3 contacts paused.").waitFor();
    assert.deepEqual(await counts(), { active: 0, paused: 4 });
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone.").waitFor();
    assert.deepEqual(await counts(), { active: 4, paused: 0 });
    await leave();
  });

  test("contacts chosen in a list are paused in the bar below it, all that match by one click", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/contacts?q=borealis");
    await page.getByText("3 contacts", { exact: true }).waitFor();
    await page.getByRole("checkbox", { name: "Select all 3 that match" }).click();
    const bar = page.getByRole("region", { name: "Selected contacts" });
    await bar.getByRole("button", { name: "In sequences" }).click();
    await page.getByRole("menuitem", { name: "Pause in all sequences" }).click();
    await page.getByRole("button", { name: "Pause 3 contacts" }).click();
    await page.getByText("3 contacts paused.").waitFor();
    assert.deepEqual(await counts(), { active: 0, paused: 4 });
    await leave();
  });

  test("the search resumes a company by keyboard, in the dark on a phone too", async () => {
    const { page, leave } = await browser.visit(world.url, {
      colorScheme: "dark",
      viewport: { width: 390, height: 844 },
    });
    await signInByHand(page, team.owner);
    await page.keyboard.press("ControlOrMeta+k");
    const field = page.getByRole("combobox", { name: /^Search records|^Actions for/ });
    await field.fill("borealis kraft");
    await page
      .getByRole("option", { name: /Borealis Kraft/ })
      .first()
      .waitFor();
    await page.keyboard.press("ArrowRight");
    await field.fill("resume");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Borealis Kraft: Resume in all sequences" });
    await dialog.getByText("3 contacts in 2 sequences will change:").waitFor();
    await assertAccessible(page, "resuming a company on a phone");
    await picture(page, "dark-phone-company-resume");
    await dialog.getByRole("button", { name: "Resume 3 contacts" }).click();
    await page.getByText("3 contacts resumed.").waitFor();
    assert.deepEqual(await counts(), { active: 4, paused: 0 });
    await leave();
  });

  test("a contact in no sequence says why", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/contacts/${lonely}?tab=sequences`);
    await page.getByText("Not in any sequence.").waitFor();
    await page.getByRole("tabpanel").getByRole("button", { name: "Why?" }).click();
    await page.getByText("Ole Lund is not in any sequence.").waitFor();
    await picture(page, "light-why-in-no-sequence");
    await assertAccessible(page, "why a contact is in no sequence");
    await leave();
  });
});
