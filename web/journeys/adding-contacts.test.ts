// Contacts are added to a sequence: with some left out and let in, at a date, by keys alone, and by a user without the
// right.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { plantPeople } from "../../server/testing/people.ts";
import { newContact, newContacts, newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { type Team, tokenIn, useWorld } from "../../server/testing/world.ts";
import {
  assertAccessible,
  assertFitsSideways,
  picture,
  signIn,
  signInByHand,
  useBrowser,
} from "./browser.ts";
import { chooseOne } from "./choosing.ts";
import { tabTo } from "./keyboard.ts";
import { LOOKS } from "./looks.ts";

describe("adding contacts", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;
  let list: string;
  const left: string[] = [];

  /** Twenty-five on a list, three of whom do not join: no address, not verified, unsubscribed. */
  let mailbox: string;
  before(async () => {
    team = await world.newTeam("Norrland Kraft");
    mailbox = (await newMailbox(team, { default: true, visibility: "everyone" })).id;
    const label_names = ["Nordic plants"];
    for (let n = 0; n < 22; n++) await newContact(team, { last_name: "Berg", label_names });
    left.push(
      await newContact(team, { first_name: "Nora", last_name: "Lie", email: "", label_names }),
      await newContact(team, {
        first_name: "Odd",
        last_name: "Moe",
        email_status: "unverified",
        label_names,
      }),
      await newContact(team, { first_name: "Pia", last_name: "Ruud", email_unsubscribed: true, label_names }),
    );
    // A contact added by one journey is active elsewhere in the next, so each journey has its own contacts.
    await newContacts(team, 4, { last_name: "Dahl" });
    await newContacts(team, 22, { last_name: "Vik" });
    await newContacts(team, 5, { last_name: "Holm" });
    const labels = await team.api.labels.list();
    list = labels.find(({ name }) => name === "Nordic plants")?.id ?? "";
    assert.ok(list);
  });

  test("a file: mapped, tried out, a contact let in, imported and added, without leaving the dialog", async () => {
    const { id } = await newSequence(team, { name: "From a file" });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${id}`);
    await page.getByRole("button", { name: "Add contacts" }).click();
    const dialog = page.getByRole("dialog", { name: "Add contacts" });
    await chooseOne(dialog, "Choose from", "File");
    const text =
      "Who,Where to write,Email Status,Booth\nInes Fil,ines@file.example,Unverified,A4\nOle Fil,nowhere,,B1\n";
    await dialog
      .locator("input[type=file]")
      .setInputFiles({ name: "fair.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
    await dialog.getByText("fair.csv: 2 rows, UTF-8, separated by commas.").waitFor();
    await dialog.getByRole("combobox", { name: "Field for Who" }).click();
    await page.getByRole("option", { name: "Full name" }).click();
    await dialog.getByRole("combobox", { name: "Field for Where to write" }).click();
    await page.getByRole("option", { name: "Email", exact: true }).click();
    await picture(page, "light-add-file");
    await assertAccessible(page, "a file whose rows are added");
    await dialog.getByRole("button", { name: "Next: options" }).click();
    await dialog.getByRole("button", { name: "Next: preview" }).click();
    await dialog.getByText("0 will be added · 1 will be skipped").waitFor();
    assert.equal(await dialog.getByRole("button", { name: "No contacts to add" }).isDisabled(), true);
    await picture(page, "light-add-file-check");
    await assertAccessible(page, "what a file would come to");
    await dialog
      .getByRole("button", { name: "Add anyway: Contacts with an unverified email address" })
      .click();
    await dialog.getByText("1 will be added · 0 will be skipped").waitFor();
    await dialog.getByText("The email address is invalid.").first().waitFor();
    await dialog.getByRole("button", { name: "Import and add 1 contact" }).click();
    await dialog.getByText("1 added to the sequence, 0 skipped.").waitFor();
    await assertAccessible(page, "what a file came to");
    await dialog.getByRole("button", { name: "Done" }).click();
    await dialog.waitFor({ state: "detached" });
    const found = await team.api.contacts.search({ q_keywords: "Ines Fil" });
    assert.equal(found.contacts[0]?.contact_campaign_statuses.length, 1);
    await leave();
  });

  test("rows of a file that do not join are mended where the result stands, and join", async () => {
    const { id } = await newSequence(team, { name: "Mended file" });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${id}`);
    await page.getByRole("button", { name: "Add contacts" }).click();
    const dialog = page.getByRole("dialog", { name: "Add contacts" });
    await chooseOne(dialog, "Choose from", "File");
    const text =
      "First name,Last name,Email,Email Status,Company\nAsta,Rowe,asta@rowe.example,Verified,Rowe AS\nBo,Rowe,bo@other.example,Unverified,Other AS\nCay,Rowe,cay@third.example,Unverified,Third AS\n";
    await dialog
      .locator("input[type=file]")
      .setInputFiles({ name: "mend.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
    await dialog.getByText("mend.csv: 3 rows").waitFor();
    await dialog.getByRole("button", { name: "Next: options" }).click();
    await dialog.getByRole("button", { name: "Next: preview" }).click();
    await dialog.getByText("1 will be added · 2 will be skipped").waitFor();
    await dialog.getByRole("button", { name: "Import and add 1 contact" }).click();
    await dialog.getByText("1 added to the sequence, 2 skipped.").waitFor();

    const skipped = dialog.getByRole("region", { name: "Contacts not added yet" });
    const unverified = skipped.getByRole("listitem").filter({ hasText: "Email addresses not verified" });
    await unverified.getByText("Bo Rowe").waitFor();
    await unverified.getByRole("button", { name: "Change addresses …" }).click();
    await skipped.getByLabel("Bo Rowe").fill("bo@changed.example");
    await picture(page, "light-add-file-mend");
    await assertAccessible(page, "rows that did not join");
    await skipped.getByRole("button", { name: "Save 1 address" }).click();
    await skipped.getByRole("button", { name: "Add 1 contact" }).waitFor();
    const left = skipped.getByRole("listitem").filter({ hasText: "Email address not verified" });
    await left.getByRole("button", { name: "Add anyway" }).click();
    await skipped.getByRole("button", { name: "Add 2 contacts" }).click();
    await skipped.getByText("2 skipped contacts are in the sequence now.").waitFor();
    const { contact_campaign_statuses: members } = (await team.api.enrollments.search({
      emailer_campaign_ids: [id],
    })) as { contact_campaign_statuses: unknown[] };
    assert.equal(members.length, 3);

    await dialog.getByRole("link", { name: "View all rows" }).click();
    await page.getByRole("button", { name: "Add skipped contacts …" }).click();
    await page.getByRole("dialog", { name: "Add contacts" }).getByText("Bo Rowe").waitFor();
    await leave();
  });

  test("people of the people search are saved and join; the dry run warns of many first emails", async () => {
    await plantPeople(world, team, [
      ...Array.from({ length: 21 }, (_, n) => ({
        firstName: "Pros",
        lastName: `Pect${n}`,
        title: "Plant Manager",
        email: `pros${n}@pect${n}.example`,
        emailStatus: "verified",
        organization: { name: `Pect ${n}`, domain: `pect${n}.example` },
      })),
    ]);
    const { id } = await newSequence(team, { name: "From prospects" });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${id}`);
    await page.getByRole("button", { name: "Add contacts" }).click();
    const dialog = page.getByRole("dialog", { name: "Add contacts" });
    await dialog.getByText("Prospects", { exact: true }).click();
    await dialog.getByRole("searchbox", { name: "Search people" }).fill("Pect7");
    await dialog.getByRole("checkbox", { name: /Plant Manager, Pect 7/ }).check();
    await dialog.getByText("1 new contact", { exact: true }).waitFor();
    await picture(page, "light-add-prospects");
    await assertAccessible(page, "people who are no contacts yet");
    await dialog.getByRole("button", { name: "Save and select 1 person" }).click();
    await dialog.getByText("Selected: Pros Pect7.").waitFor();
    await dialog.getByRole("searchbox", { name: "Search people" }).fill("Plant Manager");
    await dialog.getByRole("checkbox", { name: "All 21 people that match" }).check();
    await dialog.getByText("· 1 already saved").waitFor();
    await dialog.getByRole("button", { name: "Save and select 21 people" }).click();
    await dialog.getByText("Selected: 21 contacts.").waitFor();
    await dialog.getByRole("button", { name: "Next: options" }).click();
    await dialog.getByRole("button", { name: "Next: preview" }).click();
    await dialog.getByText("21 will be added · 0 will be skipped").waitFor();
    await dialog.getByRole("note", { name: "More first emails than before" }).waitFor();
    await dialog
      .getByText(
        /sent no first emails in the last 14 days. With these contacts it would send up to \d+ a day./,
      )
      .waitFor();
    await picture(page, "light-add-surge");
    await assertAccessible(page, "a mailbox that would send many first emails");
    await dialog.getByRole("button", { name: "Add 21 contacts" }).click();
    await page.getByRole("dialog", { name: "21 contacts added" }).waitFor();
    await leave();
  });

  test("a workflow that adds contacts from now on opens in the editor with the sequence, and is listed then", async () => {
    const { id } = await newSequence(team, { name: "Fed by a workflow" });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${id}`);
    const dialog = page.getByRole("dialog", { name: "Add contacts" });
    const open = async () => {
      await page.getByRole("button", { name: "Add contacts" }).click();
      await dialog.getByText("Automate", { exact: true }).click();
    };
    await open();
    await dialog.getByText("No workflow adds contacts to this sequence yet.").waitFor();
    await picture(page, "light-add-automate");
    await assertAccessible(page, "templates that add to a sequence");
    await dialog.getByRole("link", { name: "New contacts start a sequence" }).click();
    await page.getByText("Nothing is left to fill in.").waitFor();
    await picture(page, "light-add-automate-editor");
    await page.getByRole("button", { name: "Create workflow" }).click();
    await page.getByText("Workflow created. It stays off until you turn it on.").waitFor();
    await page.goto(`/sequences/${id}`);
    await open();
    const listed = dialog.getByRole("region", { name: "Workflows that add to this sequence" });
    await listed.getByRole("link", { name: "New contacts start a sequence" }).waitFor();
    await listed.getByText(/^Off · /).waitFor();
    await leave();
  });

  test("25 contacts: three do not join, one is let in, and the report says what became of each", async () => {
    const { id } = await newSequence(team, { name: "Downtime" });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${id}`);
    await page.getByRole("button", { name: "Add contacts" }).click();
    const dialog = page.getByRole("dialog", { name: "Add contacts" });
    await chooseOne(dialog, "Choose from", "Lists");
    await dialog.getByLabel(/Nordic plants/).check();
    await dialog.getByText("Selected: all contacts on Nordic plants.").waitFor();
    await picture(page, "light-add-who");
    await assertAccessible(page, "who is added");
    await dialog.getByRole("button", { name: "Next: options" }).click();
    await dialog.getByText("All emails to a contact come from the same mailbox.").waitFor();
    await dialog.getByRole("switch", { name: "Skip validation" }).click();
    await dialog.getByText("You won't be warned about problems that stop emails later").waitFor();
    await picture(page, "light-add-how");
    await assertAccessible(page, "how they are added");
    await dialog.getByRole("switch", { name: "Skip validation" }).click();
    await dialog.getByRole("button", { name: "Next: preview" }).click();

    await dialog.getByText("22 will be added · 3 will be skipped").waitFor();
    await dialog.getByText("Nora Lie").waitFor();
    await dialog.getByText("Preview of the first email").waitFor();
    await dialog.getByText("First steps by day").waitFor();
    await dialog.locator(".recharts-bar-rectangle").first().waitFor();
    await picture(page, "light-add-check");
    await assertAccessible(page, "the check");
    const unsubscribed = dialog.getByRole("listitem").filter({ hasText: "Unsubscribed" });
    assert.equal(await unsubscribed.getByRole("button").count(), 0, "nothing lets them in");
    const unverified = dialog.getByRole("listitem").filter({ hasText: "Email address not verified" });
    await unverified.getByRole("button", { name: "Add anyway" }).click();
    await dialog.getByText("23 will be added · 2 will be skipped").waitFor();
    await dialog.getByText("Also add:").waitFor();
    await dialog.getByRole("button", { name: "Add 23 contacts" }).click();

    const done = page.getByRole("dialog", { name: "23 contacts added" });
    await done.getByText("2 contacts skipped:").waitFor();
    await picture(page, "light-add-done");
    await assertAccessible(page, "what became of it");
    const file = page.waitForEvent("download");
    await done.getByRole("button", { name: "Download report (CSV)" }).click();
    assert.match((await file).suggestedFilename(), /^report-[0-9a-f]{24}\.csv$/);
    await done.getByRole("link", { name: "View report" }).click();
    const report = page.getByRole("dialog", { name: "Report" });
    await report.getByText(/^25 contacts, /).waitFor();
    await report.getByText("Skipped", { exact: true }).first().click();
    await report.getByText("2 contacts", { exact: false }).first().waitFor();
    await report.getByText("The contact has unsubscribed.").waitFor();
    await picture(page, "light-add-report");
    await assertAccessible(page, "the report");
    assert.equal((await team.api.enrollments.counts({ id })).num_contacts, 23);
    await leave();
  });

  test("who is active in another sequence can wait until that is over", async () => {
    const contact = await newContact(team, { first_name: "Siv", last_name: "Busy" });
    const { id: other } = await newSequence(team, { name: "Busy already" });
    await team.api.joining.addContacts({
      id: other,
      contact_ids: [contact],
      send_email_from_email_account_id: [mailbox],
    });
    const { id } = await newSequence(team, { name: "Afterwards" });
    const { page, leave } = await browser.visit(world.url, { colorScheme: "dark" });
    await signInByHand(page, team.owner);
    await toTheCheck(page, id, "Busy");
    const dialog = page.getByRole("dialog", { name: "Add contacts" });
    await dialog.getByText("0 will be added · 1 will be skipped").waitFor();
    const busy = dialog.getByRole("listitem").filter({ hasText: "Active in another sequence" });
    await busy.getByText("Busy already").waitFor();
    await picture(page, "dark-add-busy");
    await busy.getByRole("button", { name: "Wait until finished" }).click();
    await dialog.getByText("1 will be added · 0 will be skipped").waitFor();
    await dialog.getByText("Contacts active in another sequence start when it ends").waitFor();
    await picture(page, "dark-add-waiting");
    await assertAccessible(page, "who waits for another sequence");
    await dialog.getByRole("button", { name: "Add 1 contact" }).click();
    await page.getByRole("dialog", { name: "1 contact added" }).waitFor();
    const { contact: now } = await team.api.contacts.get({ id: contact });
    const row = now.contact_campaign_statuses.find((one) => one.emailer_campaign_id === id);
    assert.deepEqual([row?.status, row?.inactive_reason], ["paused", "in another sequence"]);
    await leave();
  });

  test("who does not join is mended on the spot: an address, a new job, and a question to whom they belong to", async () => {
    const email = "mia@norrland.example";
    const { invitation_url } = await team.api.users.invite({ email });
    const password = "a password long enough";
    await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Mia Sund", password });
    const mia = (await team.api.users.search({ q_keywords: "Mia" })).users[0]?.id ?? "";
    const asked = (await team.api.users.search({ q_keywords: team.owner.email })).users[0];
    const job = { organization_name: "Borealis", title: "Director", detected_at: new Date().toISOString() };
    const own = { last_name: "Mend", owner_id: mia };
    const bare = await newContact(team, { first_name: "Ask", email: "", ...own });
    const moved = await newContact(team, {
      first_name: "Eli",
      organization_name: "Kraft",
      job_change_event: job,
      ...own,
    });
    const theirs = await newContact(team, { first_name: "Una", last_name: "Mend" });
    const sharing_permission = {
      added_sharing_accesses: [
        { user_or_team_id: mia, user_or_team_type: "user", access_type: "can_edit" } as const,
      ],
    };
    const { id } = await newSequence(team, { name: "Mending" });
    await team.api.sequences.update({ id, sharing_permission });
    await team.api.teams.update({ only_owners_add_contacts: true }); // members: an admin may always
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, { email, password });
    await toTheCheck(page, id, "Mend");
    const dialog = page.getByRole("dialog", { name: "Add contacts" });
    await dialog.getByText("0 will be added · 3 will be skipped").waitFor();
    const about = (text: string) => dialog.getByRole("listitem").filter({ hasText: text });

    const addressless = about("No email address");
    await addressless.getByRole("button", { name: "Add for calls only" }).waitFor();
    await addressless.getByRole("button", { name: "Add address …" }).click();
    const addresses = dialog.getByRole("group", { name: "Email addresses" });
    await addresses.getByLabel("Ask Mend").fill("ask.mend@borealis.example");
    await picture(page, "light-add-addresses");
    await assertAccessible(page, "giving addresses");
    await addresses.getByRole("button", { name: "Save 1 address" }).click();
    await dialog.getByText("1 will be added · 2 will be skipped").waitFor();
    assert.equal((await team.api.contacts.get({ id: bare })).contact.email, "ask.mend@borealis.example");

    await about("Owned by a teammate").getByText(`Owner: ${asked?.name}.`).waitFor();
    await about("Changed jobs recently").getByText("Left Kraft for Borealis.").waitFor();
    await about("Owned by a teammate")
      .getByRole("button", { name: `Ask ${asked?.name}` })
      .click();
    await page.getByText(`1 task created for ${asked?.name}.`).waitFor();
    const { tasks } = await team.api.tasks.search({ contact_ids: [theirs] });
    assert.deepEqual(
      tasks.map(({ user_id, note }) => [user_id, note]),
      [[asked?.id, "Mia Sund asks: may I add this contact to the sequence Mending?"]],
    );

    await about("Changed jobs recently").getByRole("button", { name: "Update contact" }).click();
    await about("Email address not verified").waitFor();
    await picture(page, "light-add-mended");
    await assertAccessible(page, "the check, mended");
    const { contact } = await team.api.contacts.get({ id: moved });
    assert.deepEqual(
      [contact.organization_name, contact.title, contact.email_status, contact.contact_job_change_event],
      ["Borealis", "Director", "unverified", null],
    );
    await team.api.teams.update({ only_owners_add_contacts: false });
    await leave();
  });

  test("what was added is taken back by Undo", async () => {
    const { id } = await newSequence(team, { name: "Regretted" });
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    await toTheCheck(page, id, "Dahl");
    await page.getByRole("button", { name: "Add 4 contacts" }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone.").waitFor();
    assert.equal((await team.api.enrollments.counts({ id })).num_contacts, 0);
    await leave();
  });

  test("a start at a date is a pause until then", async () => {
    const { id } = await newSequence(team, { name: "Later" });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${id}?do=add-contacts`);
    const dialog = page.getByRole("dialog", { name: "Add contacts" });
    await dialog.getByLabel("Search your contacts").fill("Vik");
    await dialog.getByLabel(/^All 22 contacts that match/).check();
    await dialog.getByRole("button", { name: "Next: options" }).click();
    await dialog.getByText("On a date").click();
    await dialog.getByText("Your time zone: Oslo. Contacts stay paused until then.").waitFor();
    await picture(page, "light-add-later");
    await assertAccessible(page, "a start at a date");
    await dialog.getByRole("button", { name: "Next: preview" }).click();
    await dialog.getByText("22 will be added · 0 will be skipped").waitFor();
    await dialog.getByRole("button", { name: "Add 22 contacts" }).click();
    await page.getByRole("dialog", { name: "22 contacts added" }).waitFor();
    const { contact_campaign_statuses: members } = await team.api.enrollments.search({
      emailer_campaign_ids: [id],
    });
    const [first] = members;
    assert.deepEqual([first?.status, first?.inactive_reason], ["paused", "scheduled start"]);
    assert.match(first?.auto_unpause_at ?? "", /T0[78]:00:00/, "nine in the morning in Oslo");
    await leave();
  });

  test("keys alone add contacts", async () => {
    const { id } = await newSequence(team, { name: "By keys" });
    const { page, leave } = await browser.visit(world.url);
    const { keyboard } = page;
    await signIn(page, team.owner);
    await page.goto(`/sequences/${id}`);
    await page.getByRole("heading", { name: "By keys" }).waitFor();
    await keyboard.press("c"); // the page's main button
    await page.getByLabel("Search your contacts").waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute("type") === "search");
    await keyboard.type("Nora");
    await page.getByLabel(/Nora Lie/).waitFor();
    await page.getByLabel(/Berg/).first().waitFor({ state: "detached" });
    await keyboard.press("ArrowDown");
    await keyboard.press("Space");
    await page.getByText("Selected: Nora Lie.").waitFor();
    await tabTo(page, "Next: options");
    await keyboard.press("Enter");
    await page.getByLabel("Contacts without an email address").waitFor();
    await tabTo(page, "Contacts without an email address");
    await keyboard.press("Space");
    await tabTo(page, "Next: preview");
    await keyboard.press("Enter");
    await page.getByText("1 will be added · 0 will be skipped").waitFor();
    await tabTo(page, "Add 1 contact");
    await keyboard.press("Enter");
    await page.getByRole("dialog", { name: "1 contact added" }).waitFor();
    await keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal((await team.api.enrollments.counts({ id })).num_contacts, 1);
    await leave();
  });

  test("from one contact, wherever that is, the sequence is chosen in the dialog", async () => {
    const { id } = await newSequence(team, { name: "Chosen by name" });
    const contact = await newContact(team, { first_name: "Rolf", last_name: "Eide" });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/?do=enrol&contact=${contact}`);
    const dialog = page.getByRole("dialog", { name: "Add contacts" });
    await dialog.getByText("Selected: Rolf Eide.").waitFor();
    await dialog.getByRole("combobox", { name: "Sequence" }).fill("Chosen by");
    await page.getByRole("option", { name: "Chosen by name" }).click();
    await dialog.getByRole("button", { name: "Next: options" }).click();
    await dialog.getByRole("button", { name: "Next: preview" }).click();
    await dialog.getByRole("button", { name: "Add 1 contact" }).click();
    await page.getByRole("dialog", { name: "1 contact added" }).waitFor();
    assert.equal((await team.api.enrollments.counts({ id })).num_contacts, 1);
    await leave();
  });

  test("a user who may only look is told whom to ask, and adds no contact", async () => {
    const { id } = await newSequence(team, { name: "Only to look at" });
    const { invitation_url, user } = await team.api.users.invite({ email: "ines@example.no" });
    const access = { user_or_team_id: user.id, user_or_team_type: "user", access_type: "can_view" } as const;
    await team.api.sequences.update({ id, sharing_permission: { added_sharing_accesses: [access] } });
    const password = "a long sentence is a good password";
    await world
      .client()
      .invitations.accept({ token: tokenIn(invitation_url), name: "Ines Okafor", password });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, { email: "ines@example.no", password });
    await page.goto(`/sequences/${id}?do=add-contacts`);
    const dialog = page.getByRole("dialog", { name: "Add contacts" });
    await dialog.getByText("You can view this sequence.").waitFor();
    assert.ok(await dialog.getByRole("button", { name: "Next: options" }).isDisabled());
    await picture(page, "light-add-refused");
    await leave();
  });

  for (const [look, options] of Object.entries(LOOKS)) {
    test(`the three stages are whole in ${look}`, async () => {
      const { id } = await newSequence(team, { name: `Looked at in ${look}` });
      const { page, leave } = await browser.visit(world.url, options);
      await signIn(page, team.owner);
      await page.goto(`/sequences/${id}?do=add-contacts`);
      await page.getByLabel(/^All \d+ contacts that match/).check();
      await picture(page, `${look}-adding-1`);
      await assertAccessible(page, `who, in ${look}`);
      await page.getByRole("button", { name: "Next: options" }).click();
      await page.getByText("Skip validation").waitFor();
      await picture(page, `${look}-adding-2`);
      await assertAccessible(page, `how, in ${look}`);
      await page.getByRole("button", { name: "Next: preview" }).click();
      await page.getByText("Sent from").waitFor();
      await picture(page, `${look}-adding-3`);
      await assertAccessible(page, `the check, in ${look}`);
      await assertFitsSideways(page, `the check in ${look}`);
      await leave();
    });
  }
});

async function toTheCheck(page: Page, id: string, words: string) {
  await page.goto(`/sequences/${id}?do=add-contacts`);
  await page.getByLabel("Search your contacts").fill(words);
  await page.getByLabel(new RegExp(`that match “${words}”`)).check();
  await page.getByRole("button", { name: "Next: options" }).click();
  await page.getByRole("button", { name: "Next: preview" }).click();
}
