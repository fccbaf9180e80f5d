// A seller's day by keys: the queue of tasks, the outbox, the deals; and Home, which leads to them.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { plantMessage } from "../../server/testing/planted.ts";
import { MAIL_STEP, newContact } from "../../server/testing/sequenced.ts";
import { CALL_NOW, catchUpEngine, newPeople, openTasks } from "../../server/testing/stepping.ts";
import { asOwner } from "../../server/testing/wire.ts";
import { type Team, useWorld, type World } from "../../server/testing/world.ts";
import {
  assertAccessible,
  assertFitsSideways,
  picture,
  signIn,
  signInByHand,
  undo,
  useBrowser,
} from "./browser.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describe("a seller's day", () => {
  let team: Team;
  const world = useWorld({}, async (opened) => {
    team = await opened.newTeam();
    await plantDay(opened, team);
  });
  const browser = useBrowser();

  const statuses = async (title: string) => {
    const { tasks } = await team.api.tasks.search({ q_keywords: title });
    return tasks.map(({ status }) => status);
  };

  test("tasks are worked through by keys alone, and what was done by mistake is taken back", async () => {
    const { page, leave } = await browser.visit(world.url);
    const { keyboard } = page;
    await signInByHand(page, team.owner);
    await keyboard.press("g");
    await keyboard.press("t");
    await heading(page, "Send an email to Ines Okafor");
    await page.getByRole("textbox", { name: "Email" }).getByText("Hello Ines").waitFor();
    await assertAccessible(page, "the queue, at a mail");
    await picture(page, "light-tasks-mail");

    await keyboard.press("e");
    await heading(page, "Call Ines Okafor");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone.").waitFor();
    await heading(page, "Send an email to Ines Okafor");
    assert.deepEqual(await statuses("Send an email"), ["scheduled"]);

    await keyboard.press("j");
    await heading(page, "Call Ines Okafor");
    await page.getByText("Ask about the boiler").waitFor();
    await page
      .getByRole("link", { name: /\+47 ?22/ })
      .first()
      .waitFor();
    await assertAccessible(page, "the queue, at a call");
    await picture(page, "light-tasks-call");
    await keyboard.press("Enter");
    await page.getByText("Choose how the call went.").waitFor();
    assert.deepEqual(await statuses("Call Ines"), ["scheduled"], "nothing was said, so nothing is logged");
    const { phone_call_outcomes: outcomes } = await team.api.phoneCalls.outcomes();
    await keyboard.press(String(outcomes.findIndex(({ name }) => name === "Connected") + 1));
    assert.ok(await page.getByRole("radio", { name: "Connected" }).isChecked());
    await page.getByRole("textbox", { name: "Minutes" }).fill("3");
    await keyboard.press("Enter");
    const logged = page.getByRole("alert").filter({ hasText: "Call logged. Task done." });
    await undo(page, "Call logged. Task done.");
    await heading(page, "Call Ines Okafor");
    assert.deepEqual(await statuses("Call Ines"), ["scheduled"]);
    assert.deepEqual((await team.api.phoneCalls.search()).phone_calls, []);
    await keyboard.press(String(outcomes.findIndex(({ name }) => name === "Connected") + 1));
    await page.getByRole("textbox", { name: "Minutes" }).fill("3");
    await keyboard.press("Enter");
    await logged.waitFor();
    assert.deepEqual(await statuses("Call Ines"), ["completed"]);
    const { phone_calls } = await team.api.phoneCalls.search();
    assert.deepEqual([phone_calls[0]?.duration, phone_calls[0]?.status], [180, "completed"]);

    await heading(page, "Send the price list");
    await keyboard.press("s");
    await page.getByRole("dialog").getByRole("textbox", { name: "Reason" }).fill("They have it");
    await keyboard.press("Enter");
    await page.getByText("Task skipped.").waitFor();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.deepEqual(await statuses("Send the price list"), ["skipped"]);

    await heading(page, "Look at their new plant");
    await keyboard.press("z");
    await page.getByRole("menuitem", { name: "Next week" }).click();
    await page.getByText(/Task postponed until Mon/).waitFor();
    await keyboard.press("n");
    const dialog = page.getByRole("dialog", { name: "New task" });
    await dialog.getByRole("combobox", { name: "Contact" }).fill("Okafor");
    await page
      .getByRole("option", { name: /Ines Okafor/ })
      .first()
      .click();
    await dialog.getByRole("textbox", { name: "Title" }).fill("Thank her");
    await assertAccessible(page, "a new task");
    await picture(page, "light-tasks-new");
    await dialog.getByRole("button", { name: "Create task" }).click();
    await page.getByText("Task “Thank her” created.").waitFor();
    assert.deepEqual(await statuses("Thank her"), ["scheduled"]);
    await leave();
  });

  test("a task is found by a word and given to a teammate by a key, and that is taken back", async () => {
    const own = await world.newTeam("Giving");
    const { user: mate } = await own.api.users.invite({
      email: "omar@giving.example",
      first_name: "Omar",
      last_name: "Haddad",
    });
    await asOwner(world, (client) =>
      client.query("update users set password_hash = 'x' where id = $1", [mate.id]),
    );
    const contact_id = await newContact(own);
    for (const title of ["Send the drawings", "Ask for the meter"])
      await own.api.tasks.create({ type: "action_item", title, user_id: own.owner.id, contact_id });
    const doers = async () =>
      (await own.api.tasks.search({ q_keywords: "drawings" })).tasks.map(({ user_id }) => user_id);
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, own.owner);
    await page.goto("/tasks");
    await page.getByRole("searchbox", { name: "Search tasks" }).fill("drawings");
    await page.keyboard.press("Enter");
    await heading(page, "Send the drawings");
    await page.getByRole("button", { name: /Ask for the meter/ }).waitFor({ state: "detached" });
    await page.locator("main").press("a");
    await page.getByRole("option", { name: "Omar Haddad" }).waitFor();
    await assertAccessible(page, "whom a task is given to");
    await picture(page, "light-tasks-assign");
    await page.getByRole("option", { name: "Omar Haddad" }).click();
    const told = page.getByRole("alert").filter({ hasText: "1 task assigned to Omar Haddad." });
    await told.waitFor();
    assert.deepEqual(await doers(), [mate.id]);
    await told.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone.").waitFor();
    await heading(page, "Send the drawings");
    assert.deepEqual(await doers(), [own.owner.id]);
    await leave();
  });

  test("the outbox says what a mail waits for, sends what had failed again, and asks what became of the unclear", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/outbox");
    await page.getByRole("button", { name: /Held Mail/ }).click();
    await page
      .getByRole("region", { name: "Status" })
      .getByText(/of 50 emails sent/)
      .waitFor();
    await page.getByRole("button", { name: "Why?" }).click();
    const why = page.getByText("Why it is on hold");
    await why.waitFor();
    await assertAccessible(page, "why a mail waits");
    await picture(page, "light-outbox-why");
    await page.keyboard.press("Escape");
    await why.waitFor({ state: "detached" });
    await assertAccessible(page, "the outbox");
    await picture(page, "light-outbox");

    await page.getByRole("tab", { name: /Failed/ }).click();
    await page.getByRole("heading", { level: 2, name: "Failed Mail" }).waitFor();
    await page.getByText("the server said no").waitFor();
    await picture(page, "light-outbox-failed");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText(/will be sent as soon as the mailbox limits allow/).waitFor();

    await page.getByRole("tab", { name: /Not confirmed/ }).click();
    await page.getByRole("button", { name: "Mark as delivered …" }).click();
    await page.getByRole("dialog").getByText("will count as sent").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Mark as delivered" }).click();
    await page.getByText(/Marked as delivered/).waitFor();

    await page.getByRole("tab", { name: /Drafts/ }).click();
    await page.getByRole("button", { name: /A draft of mine/ }).click();
    await page.getByRole("textbox", { name: "Subject" }).fill("A better draft");
    await page.getByRole("button", { name: "Save as draft" }).click();
    await page.getByText("Draft saved.").waitFor();
    await assertAccessible(page, "a draft");
    const { emailer_messages } = await team.api.emailerMessages.search({
      emailer_message_stats: ["drafted"],
    });
    assert.ok(emailer_messages.some(({ subject }) => subject === "A better draft"));
    await leave();
  });

  test("deals are carried from stage to stage by keys, and a lost one says why", async () => {
    const { page, leave } = await browser.visit(world.url);
    const { keyboard } = page;
    await signIn(page, team.owner);
    await page.goto("/deals");
    await page.getByText("2 open deals").waitFor();
    await assertAccessible(page, "the board");
    await picture(page, "light-deals");
    const card = page.getByRole("button", { name: /Second boiler/ });
    await card.focus();
    await keyboard.press("Space");
    await keyboard.press("ArrowRight");
    await keyboard.press("Space");
    await page.getByText("Second boiler moved to Discovery.").waitFor();
    await page.getByRole("region", { name: "Discovery, 1 deals" }).getByText("Second boiler").waitFor();

    await page.getByRole("button", { name: /First boiler/ }).focus();
    await keyboard.press("Enter");
    await heading1(page, "First boiler");
    await page.getByRole("button", { name: /^Amount:/ }).click();
    await page.getByRole("textbox", { name: "Amount" }).fill("52000");
    await keyboard.press("Enter");
    await page.getByText("Amount saved.").waitFor();
    await page.getByRole("button", { name: "Edit company and contacts" }).click();
    const dialog = page.getByRole("dialog", { name: "Company and contacts" });
    const roles = dialog.getByLabel("Roles of Ines Okafor");
    await roles.fill("Economic buyer");
    await roles.press("Enter");
    await roles.fill("Champion");
    await roles.press("Enter");
    await dialog.getByRole("radio", { name: "Ines Okafor is the main contact" }).check();
    await assertAccessible(page, "the contacts of a deal");
    await dialog.getByRole("button", { name: "Save" }).click();
    await page.getByText("Main contact, Economic buyer, Champion").waitFor();
    await assertAccessible(page, "a deal");
    await picture(page, "light-deal");
    await page.getByRole("button", { name: "Mark as lost …" }).click();
    await page.getByRole("textbox", { name: "Reason" }).fill("No budget");
    await page.getByRole("button", { name: "Mark as lost", exact: true }).click();
    await page.getByText("First boiler moved to Closed Lost.").waitFor();
    await page.getByRole("button", { name: "Reason lost: No budget. Change" }).waitFor();
    const { opportunities } = await team.api.opportunities.search({ q_keywords: "First boiler" });
    const [deal] = opportunities;
    assert.deepEqual(
      [deal?.is_closed, deal?.is_won, deal?.closed_lost_reason, deal?.amount],
      [true, false, "No budget", 52000],
    );
    assert.deepEqual(
      deal?.opportunity_contact_roles.map(({ role_names, is_primary }) => [role_names, is_primary]),
      [[["Economic buyer", "Champion"], true]],
    );
    await page.goto("/deals?tab=list");
    await page.getByRole("row", { name: /First boiler.*Closed Lost/ }).waitFor();
    await leave();
  });

  const LOOKS = [
    { look: "dark", options: { colorScheme: "dark" as const } },
    { look: "phone", options: PHONE },
  ];
  for (const { look, options } of LOOKS)
    test(`every place of the day is whole in ${look}, and axe finds nothing`, async () => {
      const { page, expectRefusals, leave } = await browser.visit(world.url, options);
      expectRefusals(404); // the catcher does not run here, and says so
      await signInByHand(page, team.owner);
      await page.getByRole("heading", { name: "Needs attention" }).waitFor();
      await page.getByRole("link", { name: "Start tasks" }).waitFor();
      await looksWell(page, `${look}-home`);
      for (const [path, shows] of PLACES) {
        await page.goto(path);
        await page.getByText(shows).first().waitFor();
        await page.waitForLoadState("networkidle");
        await looksWell(page, `${look}${path.replaceAll(/[/?=]/g, "-")}`);
      }
      await leave();
    });
});

const PLACES: [string, string | RegExp][] = [
  ["/tasks", "Overdue"],
  ["/tasks?tab=done", "Done"],
  ["/inbox", "Nothing needs a reply."],
  ["/outbox", "Held Mail"],
  ["/outbox?tab=drafts", "draft"],
  ["/deals", "Second boiler"],
  ["/deals?tab=list", "Second boiler"],
  ["/deals?do=create", "Create deal"],
  ["/settings/catcher", "The test mail server is not running."],
];

async function looksWell(page: Page, name: string) {
  await picture(page, name);
  await assertFitsSideways(page, name);
  await assertAccessible(page, name);
}

function heading1(page: Page, name: string) {
  return page.getByRole("heading", { level: 1, name }).waitFor();
}

function heading(page: Page, name: string) {
  return page.getByRole("heading", { level: 2, name }).waitFor();
}

/** A mail and a call of a sequence, things to do by hand, and mails in every state. */
async function plantDay(world: World, team: Team) {
  const contact = { first_name: "Ines", last_name: "Okafor", phone_numbers: [{ raw_number: "+4722555707" }] };
  const mails = await newPeople(team, [{ ...MAIL_STEP, type: "manual_email" }, CALL_NOW], { contact });
  const calls = await newPeople(team, [{ ...CALL_NOW, note: "Ask about the boiler" }], {
    contact,
    mailboxId: mails.mailbox,
    schedule: mails.schedule,
  });
  await catchUpEngine(world);
  const [id = ""] = calls.contacts;
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  for (const [title, due_at] of [
    ["Send the price list", day(0.01)],
    ["Look at their new plant", day(0.02)],
  ] as const)
    await team.api.tasks.create({
      type: "action_item",
      user_id: team.owner.id,
      contact_id: id,
      title,
      due_at,
    });
  const { tasks } = await openTasks(team, [...mails.contacts, ...calls.contacts]);
  await asOwner(world, async (client) => {
    for (const { id: task, type } of tasks) {
      const at = { outreach_manual_email: day(-3), call: day(-2) }[type as string];
      if (at) await client.query("update tasks set due_at = $2 where id = $1", [task, at]);
    }
  });
  await plantMails(world, team, { sequence: calls.sequence, contact_id: id, mailbox_id: mails.mailbox });
  for (const [name, amount] of [
    ["First boiler", "48000"],
    ["Second boiler", "12000"],
  ] as const)
    await team.api.opportunities.create({
      name,
      amount,
      currency_code: "EUR",
      owner_id: team.owner.id,
      ...(name === "First boiler" && { contact_id: id }),
    });
}

type Of = { sequence: string; contact_id: string; mailbox_id: string };

async function plantMails(world: World, team: Team, { sequence, ...of }: Of) {
  const soon = new Date(Date.now() + 3_600_000).toISOString();
  const before = new Date(Date.now() - 3_600_000).toISOString();
  const plant = (row: object) =>
    plantMessage(world, team, sequence, { ...of, user_id: team.owner.id, ...row });
  await plant({
    status: "scheduled",
    subject: "Held Mail",
    body_html: "<p>Hello</p>",
    body_text: "Hello",
    due_at: before,
    hold_code: "limit:mailbox_day",
    held_since: before,
    next_check_at: soon,
    sequence_id: null,
    hold_evidence: {
      mailboxId: of.mailbox_id,
      limit: 50,
      sent: 50,
      mailbox: "box@norrland.example",
      email: "box@norrland.example",
    },
  });
  await plant({
    status: "failed",
    subject: "Failed Mail",
    body_html: "<p>Hello</p>",
    body_text: "Hello",
    sequence_id: null,
    failed_at: before,
    due_at: before,
    failure_reason: "the server said no",
    not_sent_reason: "other_safeguard",
  });
  const draft = async (subject: string) =>
    (await team.api.emailerMessages.create({ contact_id: of.contact_id, subject, body_html: "<p>Hello</p>" }))
      .emailer_message.id;
  await draft("A draft of mine");
  const unclear = await draft("Unclear Mail");
  await asOwner(world, (client) =>
    client.query(
      "update messages set delivery = 'unconfirmed', released_at = now(), due_at = now() where id = $1",
      [unclear],
    ),
  );
}
