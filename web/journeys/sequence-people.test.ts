// Who is in a sequence: counted, narrowed, paused and resumed, explained and mended.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";
import { newContact, newContacts, newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { asOwner } from "../../server/testing/wire.ts";
import { type Team, tokenIn, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, picture, signIn, useBrowser } from "./browser.ts";
import { LOOKS } from "./looks.ts";

describe("the people of a sequence", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;
  let id: string;
  let ines: string;
  let failed: string;

  before(async () => {
    team = await world.newTeam("Norrland Kraft");
    const mailbox = await newMailbox(team, { default: true });
    const sequence = await newSequence(team, {
      name: "Nordic plants",
    });
    id = sequence.id;
    ines = await newContact(team, { first_name: "Ines", last_name: "Okafor" });
    failed = await newContact(team, { first_name: "Paul", last_name: "Rahman", do_not_contact: false });
    const others = await newContacts(team, 8, { last_name: "Berg" });
    await team.api.joining.addContacts({
      id,
      contact_ids: [ines, failed, ...others],
      send_email_from_email_account_id: [mailbox.id],
    });
    await team.api.enrollments.finish({ id, contact_ids: others.slice(0, 2) });
    await asOwner(world, (client) =>
      client.query(
        "update enrollments set state = 'failed', failure_reason = 'snippets_missing', failed_at = now() where sequence_id = $1 and contact_id = $2",
        [id, failed],
      ),
    );
  });

  const statusOf = async (contact: string) => {
    const { contact_campaign_statuses } = await team.api.enrollments.search({
      emailer_campaign_ids: [id],
      contact_ids: [contact],
    });
    return contact_campaign_statuses[0];
  };

  test("one is paused until a date and resumed, many are tried first, and both are taken back", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${id}?tab=contacts`);
    await page.getByText("Ines Okafor").waitFor();
    await page.getByRole("checkbox", { name: "Select Ines Okafor" }).check();
    await page
      .getByRole("region", { name: "Selected contacts" })
      .getByRole("button", { name: "Pause", exact: true })
      .click();
    const dialog = page.getByRole("dialog", { name: "Pause" });
    await dialog.getByText("1 contact will be paused.").waitFor();
    await picture(page, "light-pause");
    await assertAccessible(page, "pausing one");
    await dialog.getByRole("button", { name: "Pause 1 contact" }).click();
    await page.getByText("1 contact paused.").waitFor();
    await page.locator("label", { hasText: /^Paused\s*1$/ }).waitFor();
    assert.equal((await statusOf(ines))?.status, "paused");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone.").waitFor();
    assert.equal((await statusOf(ines))?.status, "active");

    await page.getByText("Active", { exact: false }).first().waitFor();
    await page.goto(`/sequences/${id}?tab=contacts&status=active`);
    await page.getByRole("checkbox", { name: "Select Ines Okafor" }).check();
    await page.getByRole("button", { name: "Select all 7 that match" }).click();
    await page
      .getByRole("region", { name: "Selected contacts" })
      .getByRole("button", { name: "Pause", exact: true })
      .click();
    await dialog.getByText("7 contacts will be paused.").waitFor();
    await dialog.getByRole("button", { name: "Pause 7 contacts" }).click();
    await page.getByText("7 contacts paused.").waitFor();
    await page.goto(`/sequences/${id}?tab=contacts&status=paused`);
    await page.getByRole("checkbox", { name: "Select Ines Okafor" }).check();
    await page.getByRole("button", { name: "Select all 7 that match" }).click();
    await page.getByRole("button", { name: "Resume", exact: true }).click();
    await page.getByRole("button", { name: "Resume 7 contacts" }).click();
    await page.getByText("7 contacts resumed.").waitFor();
    assert.equal((await statusOf(ines))?.status, "active");
    await leave();
  });

  test("the states add up, views stand beside them, and a reason narrows the list", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${id}?tab=contacts`);
    await page.locator("label", { hasText: /^All\s*10$/ }).waitFor();
    for (const name of [/^Active\s*7$/, /^Finished\s*2$/, /^Failed\s*1$/, /^Paused\s*0$/, /^Not sent\s*1$/])
      assert.equal(await page.getByRole("radio", { name }).count(), 1, String(name));
    await page.getByText("Each contact is active, paused, finished or failed.").waitFor();
    await page.locator("label", { hasText: /^Not sent/ }).click();
    await page.getByText("Paul Rahman").waitFor();
    await page.getByText("Ines Okafor").waitFor({ state: "detached" });
    assert.match(page.url(), /status=not_sent/);
    await leave();
  });

  test("what the table shows is saved as a file, whole or the selected contacts", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${id}?tab=contacts&status=failed`);
    await page.getByRole("row", { name: /Paul Rahman/ }).waitFor();
    const save = async (item: string) => {
      const saved = page.waitForEvent("download");
      await page.getByRole("menuitem", { name: item }).click();
      return (await readFile(await (await saved).path(), "utf8")).trimEnd().split("\r\n");
    };
    await page.getByRole("main").getByRole("button", { name: "Export" }).click();
    await picture(page, "light-sequence-people-export");
    const [head, ...lines] = await save("Export the columns shown (CSV)");
    assert.equal(head, "Name,Status,Reason,Step,Next,Company,Sent from,Added");
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? "", /^Paul Rahman,failed,/);
    await page.goto(`/sequences/${id}?tab=contacts`);
    await page.getByRole("checkbox", { name: "Select Ines Okafor" }).check();
    await page
      .getByRole("region", { name: "Selected contacts" })
      .getByRole("button", { name: "Export" })
      .click();
    const [, ...chosen] = await save("Export all columns (CSV)");
    assert.equal(chosen.length, 1);
    assert.match(chosen[0] ?? "", /,Ines Okafor,/);
    await leave();
  });

  test("all that match go on a list, and to another sequence, and stay in this one", async () => {
    await newSequence(team, { name: "Spare parts" });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${id}?tab=contacts`);
    const row = page.getByRole("row", { name: /Paul Rahman/ });
    await row.getByText("value for a variable missing").waitFor();
    await page.getByRole("checkbox", { name: "Select all 10 that match" }).check();
    const bar = page.getByRole("region", { name: "Selected contacts" });
    await bar.getByRole("button", { name: "Add to list" }).waitFor();
    await picture(page, "light-sequence-people-chosen");
    await bar.getByRole("button", { name: "Add to list" }).click();
    await bar.getByRole("textbox", { name: "Find, or type a new name" }).fill("Nordic");
    await bar.getByRole("option", { name: /Create list/ }).click();
    const told = page.getByRole("alert").filter({ hasText: "10 contacts added to Nordic." });
    await told.waitFor();
    const onList = async () =>
      (await team.api.labels.list({ modality: "contacts" })).find(({ name }) => name === "Nordic")
        ?.cached_count;
    assert.equal(await onList(), 10);
    await told.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone.").waitFor();
    assert.equal((await onList()) ?? 0, 0);

    await page.getByRole("checkbox", { name: "Select Ines Okafor" }).check();
    await bar.getByRole("button", { name: "Add to sequence" }).click();
    const dialog = page.getByRole("dialog");
    await page.getByRole("option", { name: "Spare parts" }).click();
    await dialog.getByRole("button", { name: "Next: options" }).click();
    await dialog.getByRole("button", { name: /^Next: preview/ }).click();
    await assertAccessible(page, "adding a contact of a sequence to another");
    await dialog.getByText("Active in another sequence").waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await leave();
  });

  test("on the contact's page the contact is finished in one sequence, and that is taken back", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/contacts/${ines}`);
    await page.getByRole("tab", { name: "Sequences" }).click();
    await page.getByRole("button", { name: "Actions in Nordic plants" }).click();
    await page.getByRole("menuitem", { name: "Resume" }).waitFor({ state: "hidden" });
    await picture(page, "light-contact-sequence-actions");
    await assertAccessible(page, "actions in one sequence of a contact");
    await page.getByRole("menuitem", { name: "Finish" }).click();
    const told = page.getByRole("alert").filter({ hasText: "1 contact finished." });
    await told.waitFor();
    await page.getByRole("button", { name: /^Finished.*Why\?$/ }).waitFor();
    assert.equal((await statusOf(ines))?.status, "finished");
    await told.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: /^Active.*Why\?$/ }).waitFor();
    assert.equal((await statusOf(ines))?.status, "active");
    await leave();
  });

  test("Why of the sequence names contacts of each group, and opens the list of their status", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${id}?why=sequence:${id}`);
    const panel = page.getByRole("region", { name: "Nordic plants", exact: true });
    const groups = panel.getByRole("region", { name: "Waiting contacts" }).getByRole("listitem");
    const active = groups.filter({ hasText: "Ines Okafor" });
    assert.equal(
      await active.getByRole("link", { name: "Ines Okafor" }).getAttribute("href"),
      `/contacts/${ines}`,
    );
    assert.equal(await active.getByRole("link").count(), 6, "five of seven contacts, and the link to all");
    const one = groups.filter({ hasText: "Paul Rahman" });
    assert.equal(await one.getByRole("link").count(), 1);
    await assertAccessible(page, "why of a sequence");
    await active.getByRole("link", { name: "Show contacts with this status" }).click();
    await page.waitForURL(/tab=contacts&status=active/);
    await page.getByRole("radio", { name: /^Active\s*7$/, checked: true }).waitFor({ state: "attached" });
    await leave();
  });

  test("a status word says why, and a click mends it", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${id}?tab=contacts`);
    await page.getByRole("button", { name: /^Failed.*Why\?$/ }).click();
    const panel = page.getByRole("region", { name: "Paul Rahman in Nordic plants" });
    await panel.getByText("A step failed").waitFor();
    await picture(page, "light-why");
    await assertAccessible(page, "why somebody failed");
    await panel.getByRole("button", { name: "Retry the step" }).click();
    await page.getByText("Done: retry the step.").waitFor();
    await panel.getByText("Next", { exact: true }).waitFor();
    assert.equal((await statusOf(failed))?.status, "active");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone.").waitFor();
    assert.equal((await statusOf(failed))?.status, "failed");
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    await leave();
  });

  test("what is mended for many is tried first: a sequence that is switched on goes on", async () => {
    const off = await newSequence(team, { name: "Switched off", active: true });
    const [mailbox] = (await team.api.emailAccounts.list()).email_accounts;
    await team.api.joining.addContacts({
      id: off.id,
      contact_ids: await newContacts(team, 2),
      send_email_from_email_account_id: [mailbox?.id ?? ""],
    });
    await team.api.sequences.abort({ id: off.id });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/?why=sequence:${off.id}`);
    const panel = page.getByRole("region", { name: "Switched off" });
    await panel.getByRole("button", { name: "Activate the sequence …" }).click();
    const dialog = page.getByRole("dialog", { name: "Activate the sequence?" });
    await dialog.getByText("their emails will be sent on schedule").waitFor();
    await assertAccessible(page, "a fix that touches many");
    await dialog.getByRole("button", { name: "Activate the sequence" }).click();
    await page.getByText("Done: activate the sequence.").waitFor();
    await panel.getByText("Active", { exact: true }).waitFor();
    await leave();
  });

  test("a user who may only look sees all contacts and is offered no action", async () => {
    const { invitation_url, user } = await team.api.users.invite({ email: "mona@example.no" });
    const access = { user_or_team_id: user.id, user_or_team_type: "user", access_type: "can_view" } as const;
    await team.api.sequences.update({ id, sharing_permission: { added_sharing_accesses: [access] } });
    const password = "a long sentence is a good password";
    await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Mona Lie", password });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, { email: "mona@example.no", password });
    await page.goto(`/sequences/${id}?tab=contacts`);
    await page.getByText("Ines Okafor").waitFor();
    assert.equal(await page.getByRole("checkbox", { name: "Select Ines Okafor" }).count(), 0);
    await page.getByRole("button", { name: /^Failed.*Why\?$/ }).click();
    const panel = page.getByRole("region", { name: "Paul Rahman in Nordic plants" });
    await panel.getByText("A step failed").waitFor();
    assert.equal(await panel.getByRole("button", { name: /again/ }).count(), 0);
    await leave();
  });

  for (const [look, options] of Object.entries(LOOKS)) {
    test(`contacts, activity and the panel are whole in ${look}`, async () => {
      const { page, leave } = await browser.visit(world.url, options);
      await signIn(page, team.owner);
      await page.goto(`/sequences/${id}?tab=contacts`);
      await page.getByText(/Berg$/).first().waitFor();
      await picture(page, `${look}-sequence-contacts`);
      await assertAccessible(page, `contacts in ${look}`);
      await assertFitsSideways(page, `contacts in ${look}`);
      await page.goto(`/sequences/${id}?tab=activity`);
      await page.getByText("Ole Dahl added 10 contacts").waitFor();
      await page.getByText("finished", { exact: false }).first().waitFor();
      await picture(page, `${look}-sequence-activity`);
      const batch = page.getByRole("button", { name: "and 6 more like this" }).first();
      await batch.click(); // seven were paused at once
      await page.getByRole("button", { name: "Show less" }).click();
      await batch.waitFor();
      await assertAccessible(page, `activity in ${look}`);
      await assertFitsSideways(page, `activity in ${look}`);
      for (const why of [`sequence:${id}`, `contact:${ines}`]) {
        await page.goto(`/sequences/${id}?why=${why}`);
        await page.getByText("History").waitFor();
        await picture(page, `${look}-why-${why.split(":")[0]}`);
        await assertAccessible(page, `why ${why} in ${look}`);
      }
      await leave();
    });
  }
});
