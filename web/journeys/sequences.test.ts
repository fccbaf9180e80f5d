// A seller's sequences: begun, turned on and off, set, counted, and handled by the dozen.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { plantContact, plantMessage } from "../../server/testing/planted.ts";
import { until } from "../../server/testing/sending.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, signInByHand, useBrowser } from "./browser.ts";

describe("sequences", () => {
  const world = useWorld({ catcher: true });
  const browser = useBrowser();
  let team: Team;

  before(async () => {
    team = await world.newTeam("Norrland Kraft");
    await team.api.emailAccounts.create({
      email: "ole@mail.norrland.example",
      type: "catcher",
      signature_html: "<p>Ole Dahl, Norrland Kraft</p>",
    });
    await team.api.contacts.create({
      first_name: "Ines",
      last_name: "Okafor",
      email: "ines@borealis.example",
      organization_name: "Borealis AS",
    });
  });

  test("the first sequence is begun from a starting point", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/sequences");
    await page.getByText("A sequence emails contacts step by step").waitFor();
    await picture(page, "light-sequences-empty");
    await page.keyboard.press("c");
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Five short emails over three weeks").click();
    await picture(page, "light-sequence-create");
    await assertAccessible(page, "creating a sequence");
    await dialog.getByLabel("Name").fill("Gentle");
    await dialog.getByRole("button", { name: "Create sequence" }).click();
    await page.getByRole("heading", { level: 1, name: /Gentle/ }).waitFor();
    await page.getByText("Replace the placeholder [what you help with].").waitFor();
    await page
      .getByText(/about .* for Ines/)
      .first()
      .waitFor();
    assert.equal(await page.getByRole("region", { name: /^Step \d$/ }).count(), 5);
    await picture(page, "light-sequence-gentle");
    await assertAccessible(page, "a sequence's steps");
    await leave();
  });

  test("a sequence is turned on and off, renamed, starred, copied and put away", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    const id = await newSequence(team, "Switched");
    await page.goto(`/sequences/${id}`);
    await page.getByRole("button", { name: "Activate", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("No contacts yet.").waitFor();
    await dialog.getByRole("button", { name: "Activate", exact: true }).click();
    await page.getByText("“Switched” activated.").waitFor();
    await page.getByRole("button", { name: "Deactivate" }).click();
    await page.getByText("Deactivated. 0 active contacts will wait.").waitFor();
    const told = page.getByRole("alert").filter({ hasText: "Deactivated." });
    await told.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Deactivate" }).waitFor();
    await page.getByRole("button", { name: "Star Switched" }).click();
    await page.getByRole("heading", { level: 1 }).getByRole("button", { name: "Switched" }).click();
    await page.getByLabel("Name of the sequence").fill("Switched twice");
    await page.keyboard.press("Enter");
    await page.getByText("Renamed.").waitFor();
    await page.getByRole("button", { name: "More about this sequence" }).click();
    await page.getByRole("menuitem", { name: "Clone" }).click();
    await page.getByText(/a copy with all steps/).waitFor();
    await page.goto(`/sequences/${id}?do=archive`);
    await page.getByRole("dialog").getByRole("button", { name: "Archive" }).click();
    const archived = page.getByRole("alert").filter({ hasText: "“Switched twice” archived." });
    await archived.getByRole("button", { name: "Undo" }).click(); // no contact was in it, so nothing is lost
    await until(async () => !(await team.api.sequences.show({ id })).emailer_campaign.archived);
    await page.goto(`/sequences/${id}?do=archive`);
    await page.getByRole("dialog").getByRole("button", { name: "Archive" }).click();
    await archived.waitFor();
    const { emailer_campaign } = await team.api.sequences.show({ id });
    assert.deepEqual([emailer_campaign.archived, emailer_campaign.starred_by_user_ids.length], [true, 1]);
    await leave();
  });

  test("settings are said and saved, and sharing counts at once", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    const id = await newSequence(team, "Set");
    await page.goto(`/sequences/${id}?tab=settings`);
    await page.getByLabel("Description").fill("For plants in the north");
    await page.getByLabel("BCC").fill("crm@norrland.example");
    await page.getByRole("combobox", { name: "Stop on link click" }).click();
    await page.getByRole("option", { name: "Yes" }).click();
    await picture(page, "light-sequence-settings");
    await assertAccessible(page, "a sequence's settings");
    await page.keyboard.press("ControlOrMeta+s");
    await page.getByText("Saved.").waitFor();
    await page.getByRole("combobox", { name: "Team access", exact: true }).click();
    await page.getByRole("option", { name: "The whole team can view" }).click();
    const saved = await until(async () => {
      const { emailer_campaign } = await team.api.sequences.show({ id });
      return emailer_campaign.sharing_permission.visibility === "everyone" && emailer_campaign;
    });
    assert.deepEqual(
      [
        saved.description,
        saved.bcc_emails,
        saved.mark_finished_if_click,
        saved.sharing_permission.visibility,
      ],
      ["For plants in the north", "crm@norrland.example", true, "everyone"],
    );
    await leave();
  });

  test("several are paused and moved at once, with a way back", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    const { folder } = await team.api.folders.create({ kind: "sequences", name: "North" });
    const ids = [await newSequence(team, "Bulk one", true), await newSequence(team, "Bulk two", true)];
    await page.goto("/sequences?q=Bulk");
    await page.getByText("2 sequences.").waitFor();
    for (const name of ["Bulk one", "Bulk two"]) await page.getByRole("checkbox", { name }).check();
    const bar = page.getByRole("region", { name: "Selected sequences" });
    await bar.getByRole("button", { name: "Deactivate" }).click();
    await page.getByText("2 sequences deactivated.").waitFor();
    await page.getByRole("row", { name: /Bulk one.*Inactive/ }).waitFor();
    assert.ok(await bar.getByRole("button", { name: "Deactivate" }).isDisabled());
    await bar.getByRole("button", { name: "Move" }).click();
    await page.getByRole("menuitem", { name: "North" }).click();
    await page.getByText("2 sequences moved to “North”.").waitFor();
    const inFolder = await team.api.sequences.search({ folder_id: folder.id });
    assert.deepEqual(inFolder.emailer_campaigns.map(({ id }) => id).sort(), [...ids].sort());
    assert.ok(inFolder.emailer_campaigns.every(({ active }) => !active));
    await picture(page, "light-sequences-bulk");
    await assertAccessible(page, "chosen sequences");
    await leave();
  });

  test("all that match are chosen beyond the first page, and each of them is changed", async () => {
    const names = Array.from({ length: 52 }, (_, n) => `Many ${n + 1}`);
    for (const name of names) await newSequence(team, name, true);
    const active = async () =>
      (await team.api.sequences.search({ q_name: "Many", emailer_campaign_status: "active" })).pagination
        .total_entries;
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    await page.goto("/sequences?q=Many");
    await page.getByText("52 sequences.").waitFor();
    await page.getByRole("checkbox", { name: "Select all 52 that match" }).click();
    const bar = page.getByRole("region", { name: "Selected sequences" });
    await bar.getByText("All 52 sequences that match").waitFor();
    await bar.getByRole("button", { name: "Deactivate" }).click();
    const told = page.getByRole("alert").filter({ hasText: "52 sequences deactivated." });
    await told.waitFor();
    assert.equal(await active(), 0);
    await told.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone.").waitFor();
    assert.equal(await active(), 52);
    await leave();
  });

  test("a report names what its shares are of, and each number opens its mails", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    const id = await newSequence(team, "Counted");
    const { emailer_steps, emailer_touches } = await team.api.sequences.show({ id });
    for (const [n, name] of ["Ines Okafor", "Lars Berg", "Mona Lie"].entries())
      await plantMessage(world, team, id, {
        contact_id: await plantContact(world, team, { first_name: name }),
        step_id: emailer_steps[0]?.id,
        touch_id: emailer_touches[0]?.id,
        subject: "Hi",
        to_name: name,
        completed_at: `2026-11-0${n + 2}T09:00:00Z`,
        num_opens: n,
        ...(n === 2 && { replied_at: "2026-11-05T09:00:00Z" }),
      });
    await page.goto(`/sequences/${id}?tab=report`);
    await page.getByText("33.3% of 3 contacts").first().waitFor();
    await page.getByText("33.3% of 3 delivered emails").first().waitFor();
    await page.getByRole("img", { name: /3 emails delivered and 1 replied to/ }).waitFor();
    await picture(page, "light-sequence-report");
    await assertAccessible(page, "a report");
    await page.getByRole("button", { name: /^1 replied at step 1/ }).click();
    const rows = page.getByRole("region", { name: "Emails with a reply" });
    await rows.getByText("Mona Lie").waitFor();
    assert.equal(await rows.getByRole("listitem").count(), 1);
    await assertAccessible(page, "the mails of a number");
    await page.keyboard.press("Escape");
    await rows.waitFor({ state: "detached" });
    await leave();
  });
});

async function newSequence({ api }: Team, name: string, active = false) {
  const mail = {
    status: "approved" as const,
    emailer_template: { subject: "Hi", body_html: "<p>Hello</p>" },
  };
  const { emailer_campaign } = await api.sequences.create({
    name,
    active,
    emailer_steps: [
      { type: "auto_email", wait_time: 0, wait_mode: "day", emailer_touches: [mail] },
      { type: "call", wait_time: 2, wait_mode: "day" },
    ],
  });
  return emailer_campaign.id;
}
