// Home through a seller's day: what happened since the previous working day, the emails of today, and the goals.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { plantIncoming } from "../../server/testing/incoming.ts";
import { plant, plantMessage } from "../../server/testing/planted.ts";
import { newContact, newMailbox } from "../../server/testing/sequenced.ts";
import { asOwner } from "../../server/testing/wire.ts";
import { type Team, tokenIn, useWorld, type World } from "../../server/testing/world.ts";
import {
  assertAccessible,
  assertFitsSideways,
  picture,
  pictureWhole,
  signIn,
  useBrowser,
  watchJumps,
} from "./browser.ts";
import { LOOKS } from "./looks.ts";

describe("Home through a seller's day", () => {
  let team: Team;
  let contact: string;
  const world = useWorld({}, async (opened) => {
    team = await opened.newTeam();
    contact = await newContact(team);
    await plantNews(opened, team);
  });
  const browser = useBrowser();

  const goals = (page: Page) => page.getByRole("region", { name: "Goals" });
  const logCall = () =>
    team.api.phoneCalls.create({ contact_id: contact, status: "completed", logged: true });
  const targets = async () => (await team.api.goals.list()).goals.map(({ target }) => target);

  test("a goal is set, moves with a logged call, leads to its calls, is changed, removed and taken back", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/");
    await goals(page).getByRole("button", { name: "Set a goal" }).click();
    const dialog = page.getByRole("dialog");
    await assertAccessible(page, "a new goal");
    await picture(page, "light-home-new-goal");
    await dialog.getByRole("textbox", { name: "Target" }).fill("3");
    await dialog.getByRole("button", { name: "Save" }).click();
    await page.getByText("Goal saved.").waitFor();
    await goals(page).getByText("0 of 3 this week").waitFor();

    await logCall();
    await logCall();
    await page.goto("/contacts");
    await page.goto("/");
    await goals(page).getByText("2 of 3 this week").waitFor();
    await goals(page).getByRole("link", { name: "Calls" }).click();
    const panel = page.getByRole("region", { name: "Calls", exact: true });
    await panel.getByText("2 rows").waitFor();
    assert.equal(await panel.getByRole("listitem").count(), 2);
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });

    await goals(page)
      .getByRole("button", { name: /^Change the goal Calls/ })
      .click();
    await dialog.getByRole("textbox", { name: "Target per week" }).fill("2");
    await page.keyboard.press("Enter");
    await goals(page).getByText("2 of 2 this week").waitFor();
    await goals(page).getByText("Reached").waitFor();

    await goals(page)
      .getByRole("button", { name: /^Change the goal Calls/ })
      .click();
    await dialog.getByRole("button", { name: "Remove" }).click();
    await goals(page).getByRole("button", { name: "Set a goal" }).waitFor();
    assert.deepEqual(await targets(), []);
    const toast = page.getByRole("alert").filter({ hasText: "Goal removed." });
    await toast.getByRole("button", { name: "Undo" }).click();
    await goals(page).getByText("2 of 2 this week").waitFor();
    assert.deepEqual(await targets(), [2]);
    await leave();
  });

  for (const [look, options] of Object.entries(LOOKS))
    test(`each line since the last working day leads to as many rows as it counts (${look})`, async () => {
      for (const metric of ["num_emails_sent", "num_opportunities_won"] as const)
        await team.api.goals.save({ metric, period: "month", target: 20 });
      const { page, leave } = await browser.visit(world.url, options);
      await signIn(page, team.owner);
      const jumps = await watchJumps(page);
      await page.goto("/");
      const news = page.getByRole("region", { name: /^Since / });
      await news.getByRole("link").first().waitFor();
      await pictureWhole(page, `${look}-home-day`);
      await assertAccessible(page, `Home, ${look}`);
      await assertFitsSideways(page, `Home, ${look}`);
      assert.deepEqual(await jumps(), []);
      const lines = await news.getByRole("link").count();
      assert.ok(lines >= 5, `${lines} lines`);
      for (let line = 0; line < lines; line++) {
        const link = news.getByRole("link").nth(line);
        const [, count = ""] = /(\d+)$/.exec((await link.innerText()).trim()) ?? [];
        await link.click();
        const panel = page.locator("[data-beside], [role=dialog]");
        await panel.getByText(new RegExp(`(^|· )${count} rows?$`)).waitFor();
        assert.equal(await panel.getByRole("listitem").count(), Number(count));
        if (line === 0) await picture(page, `${look}-home-news-rows`);
        if (line === 0) await assertAccessible(page, `the rows behind a line of Home, ${look}`);
        await page.keyboard.press("Escape");
        await panel.waitFor({ state: "detached" });
      }
      await leave();
    });

  test("a reply is one click behind its line, and the emails of today are in the outbox", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/");
    await page.getByRole("link", { name: /^Replies wants to meet/ }).click();
    await page.getByRole("region", { name: "Replies" }).getByRole("link", { name: /Ines/ }).first().click();
    await page.waitForURL(/\/inbox\?.*open=/);
    await page.goto("/");
    const today = page.getByRole("region", { name: "Today and tomorrow" });
    await today.getByText("2 emails are scheduled for today").waitFor();
    await today.getByRole("link", { name: "Open outbox" }).click();
    await page.getByRole("button", { name: "Filters: 2 active" }).waitFor();
    await page.getByText("2 emails match these filters.").waitFor(); // as many as Home said
    const list = page.getByRole("region", { name: "Outbox: list" }); // the contact beside it shows all its emails
    await list.getByText("Today one").first().waitFor();
    assert.equal(await list.getByText("Next week").count(), 0);
    await page.getByText("Mine", { exact: true }).waitFor();
    await picture(page, "light-outbox-mine");
    await page.getByRole("button", { name: "Show everybody's" }).click();
    await page.getByRole("button", { name: "Filters: 1 active" }).waitFor();
    await leave();
  });

  test("an admin reads the day of the whole team in one line, which leads to the team's outbox", async () => {
    const { user, invitation_url } = await team.api.users.invite({
      email: "kim@norrland.example",
      role: "member",
    });
    await world.client().invitations.accept({
      token: tokenIn(invitation_url),
      name: "Kim Lund",
      password: "correct horse battery",
    });
    const { api_key } = await team.api.apiKeys.create({ name: "kim", master: true, user_id: user.id });
    await newMailbox({ api: world.client({ apiKey: api_key.key }) });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/");
    const line = page.getByRole("region", { name: "The team today" });
    await line.getByText(/^Whole team today: \d+ sent, 2 still scheduled$/).waitFor();
    await picture(page, "light-home-team");
    await line.getByRole("link", { name: "Open the team's outbox" }).click();
    await page.waitForURL(/\/outbox\?.*owner=all/);
    await page.getByText("2 emails match these filters.").waitFor();
    await leave();
  });

  test("an admin sets the goal of a teammate, who sees who set it", async () => {
    const { user, invitation_url } = await team.api.users.invite({
      email: "ole@norrland.example",
      role: "member",
    });
    const password = "correct horse battery";
    await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Ole Berg", password });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/settings/people?open=${user.id}`);
    await page.getByRole("button", { name: "Goals …" }).click();
    const dialog = page.getByRole("dialog", { name: /^Goals of/ });
    await dialog.getByRole("button", { name: "Set a goal" }).click();
    const form = page.getByRole("dialog", { name: "New goal" });
    await form.getByRole("textbox", { name: "Target" }).fill("40");
    await form.getByRole("button", { name: "Save" }).click();
    await dialog.getByText(/^0 of 40 this week/).waitFor();
    await assertAccessible(page, "the goals of a teammate");
    await leave();
    const mate = await browser.visit(world.url);
    await signIn(mate.page, { email: user.email, password });
    await mate.page.goto("/");
    await goals(mate.page)
      .getByText(/^0 of 40 this week, set by /)
      .waitFor();
    await mate.leave();
  });
});

/** Replies, a bounce, an opt-out and a deal of today; and emails of today and of next week. */
async function plantNews(world: World, team: Team) {
  const now = world.running.app.now();
  const mails = await Promise.all([1, 2, 3].map(() => plantIncoming(world, team)));
  const [first] = mails;
  if (!first) throw new Error("no mail was planted");
  const { contactId, messageId, sequenceId, mailboxId } = first;
  const happens = (type: string, subject_type: string, subject_id: string) =>
    plant(world, team, "events", {
      type,
      subject_type,
      subject_id,
      cause: "api",
      occurred_at: now.toString(),
    });
  await asOwner(world, async (client) => {
    const ids = mails.map(({ id }) => id);
    await client.query("update incoming_mails set reply_class = 'willing_to_meet' where id = any($1)", [
      ids.slice(1),
    ]);
    await client.query("update messages set has_bounced = true where id = $1", [messageId]);
    await client.query("update contacts set email_unsubscribed = true where id = $1", [contactId]);
  });
  await happens("message.bounced", "message", messageId);
  await happens("contact.unsubscribed", "contact", contactId);
  const { opportunity } = await team.api.opportunities.create({ name: "Boiler" });
  const { opportunity_stages } = await team.api.opportunityStages.list();
  const won = opportunity_stages.find(({ is_won }) => is_won)?.id ?? "";
  await team.api.opportunities.update({ id: opportunity.id, opportunity_stage_id: won });
  for (const [subject, minutes] of [
    ["Today one", -5],
    ["Today two", -4],
    ["Next week", 60 * 24 * 7],
  ] as const)
    await plantMessage(world, team, sequenceId, {
      contact_id: contactId,
      mailbox_id: mailboxId,
      user_id: team.owner.id,
      subject,
      status: "scheduled",
      due_at: now.add({ minutes }).toString(),
    });
}
