// Team settings, tasks, notes, drafts and views that two users change at the same time: the second save overwrites nothing.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { until } from "../../server/testing/sending.ts";
import { newMailbox } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, useBrowser } from "./browser.ts";

describe("changed elsewhere, at the desk", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;
  let contactId: string;

  before(async () => {
    team = await world.newTeam("Norrland Kraft");
    const { contact } = await team.api.contacts.create({
      first_name: "Ines",
      last_name: "Lund",
      email: "ines@havn.example",
    });
    contactId = contact.id;
  });

  const SOMETHING_ELSE = "Another user saved something else in the meantime.";

  const visit = async (path: string) => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(path);
    return { page, leave };
  };

  /** Closing a page that has something unsaved asks first; here the answer is yes. */
  const reload = async (page: Page) => {
    page.once("dialog", (dialog) => void dialog.accept());
    await page.reload();
  };

  test("limits of the team: those of another section do not matter, those of the same one are both shown", async () => {
    const { api } = team;
    const now = async () => (await api.teams.current()).team.touch_limits.map(({ most }) => most);
    const of = (most: number) => [{ scope: "person" as const, counts: "touches" as const, most, days: 7 }];
    await api.teams.update({ touch_limits: of(3) });
    const { page, leave } = await visit("/settings/team");
    const most = page.getByRole("group", { name: "Limit 1", exact: true }).getByLabel("At most");
    const save = page.getByRole("button", { name: "Save limits", exact: true });

    await most.fill("4");
    await api.teams.update({ holiday_calendar: "NO" });
    await reload(page);
    await until(async () => (await most.inputValue()) === "4");
    await save.click();
    await until(async () => (await now())[0] === 4);
    assert.equal((await api.teams.current()).team.holiday_calendar, "NO");

    await most.fill("5");
    await api.teams.update({ touch_limits: of(9) });
    await save.click();
    await page.getByText(SOMETHING_ELSE).waitFor();
    assert.deepEqual(await now(), [9]);
    await page.getByText("Saved version").click();
    await until(async () => (await most.inputValue()) === "9");
    await picture(page, "light-limits-changed-elsewhere");
    await assertAccessible(page, "limits that were changed elsewhere");
    await page.getByText("Your version").click();
    await until(async () => (await most.inputValue()) === "5");
    await save.click();
    await until(async () => (await now())[0] === 5);
    await leave();
  });

  test("the team's name, and the LinkedIn limits", async () => {
    const { api } = team;
    const { page, leave } = await visit("/settings/team");
    const name = page.getByLabel("Name", { exact: true });
    await name.fill("Mine");
    await api.teams.update({ name: "Theirs" });
    const save = page.getByRole("button", { name: "Save", exact: true });
    await save.click();
    await page.getByText(SOMETHING_ELSE).waitFor();
    assert.equal((await api.teams.current()).team.name, "Theirs");
    await save.click();
    await until(async () => (await api.teams.current()).team.name === "Mine");

    const views = page.getByLabel("Profile views");
    await views.fill("12");
    await api.teams.update({
      linkedin_tasks_per_day: {
        linkedin_step_connect: 20,
        linkedin_step_message: null,
        linkedin_step_view_profile: 30,
        linkedin_step_interact_post: null,
      },
    });
    await page.getByRole("button", { name: "Save LinkedIn limits" }).click();
    await page.getByText(SOMETHING_ELSE).waitFor();
    await page.getByText("Saved version").click();
    await until(async () => (await views.inputValue()) === "30");
    await leave();
  });

  test("a task: what was typed is kept, and putting it off sets no other field back", async () => {
    const { api } = team;
    const { task } = await api.tasks.create({
      user_id: team.owner.id,
      contact_id: contactId,
      type: "action_item",
      priority: "medium",
      status: "scheduled",
      due_at: new Date(Date.now() - 60_000).toISOString(),
      title: "Ask about pumps",
      note: "First words",
    });
    assert.ok(task);
    const change = (wish: { note?: string; title?: string; priority?: "high" | "medium" }) =>
      api.tasks.update({ id: task.id, priority: "medium", ...wish });
    const { page, leave } = await visit(`/tasks?open=${task.id}`);
    await page.getByRole("heading", { name: "Ask about pumps" }).waitFor();
    await page.keyboard.press("t");
    const dialog = page.getByRole("dialog", { name: "Edit task" });
    const note = dialog.getByLabel("Note");
    await note.fill("My words");
    await change({ note: "Their words" });
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByText(SOMETHING_ELSE).waitFor();
    await dialog.getByText("Saved version").click();
    await until(async () => (await note.inputValue()) === "Their words");
    await picture(page, "light-task-changed-elsewhere");
    await dialog.getByText("Your version").click();
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
    assert.equal((await api.tasks.get({ id: task.id })).task.note_text, "My words");

    await change({ priority: "high" });
    await page.keyboard.press("z");
    await page
      .getByRole("menuitem", { name: /Tomorrow/ })
      .first()
      .click();
    await page.getByText(/Task postponed until/).waitFor();
    assert.equal((await api.tasks.get({ id: task.id })).task.priority, "high");
    await leave();
  });

  test("a note", async () => {
    const { api } = team;
    const { note } = await api.notes.create({ contact_id: contactId, content: "Met in Bergen" });
    const contentNow = async () =>
      (await api.notes.list({ contact_id: contactId })).notes.find(({ id }) => id === note.id)?.content;
    const { page, leave } = await visit(`/contacts/${contactId}?tab=notes`);
    const card = page.getByRole("article", { name: /^Note by/ });
    const edit = async () => {
      await card.getByRole("button", { name: "Note actions" }).click();
      await page.getByRole("menuitem", { name: "Edit" }).click();
    };
    await edit();
    const text = card.getByLabel("Note", { exact: true });
    await text.fill("Met in Bergen, twice");
    await api.notes.update({ id: note.id, content: "Met in Oslo" });
    await card.getByRole("button", { name: "Save" }).click();
    await card.getByText(SOMETHING_ELSE).waitFor();
    assert.equal(await contentNow(), "Met in Oslo");
    await reload(page);
    await edit();
    await until(async () => (await text.inputValue()) === "Met in Bergen, twice");
    await card.getByText("Saved version").click();
    await until(async () => (await text.inputValue()) === "Met in Oslo");
    await card.getByText("Your version").click();
    await picture(page, "light-note-changed-elsewhere");
    await card.getByRole("button", { name: "Save" }).click();
    await until(async () => (await contentNow()) === "Met in Bergen, twice");
    await leave();
  });

  test("a draft, which nobody sends as it was before", async () => {
    const { api } = team;
    const mailbox = await newMailbox(team);
    const { emailer_message: draft } = await api.emailerMessages.create({
      contact_id: contactId,
      email_account_id: mailbox.id,
      subject: "Pumps",
      body_html: "<p>First words</p>",
    });
    const shown = async () => (await api.emailerMessages.show({ id: draft.id })).emailer_message;
    const { page, leave } = await visit(`/outbox?part=drafts&open=${draft.id}`);
    const subject = page.getByLabel("Subject", { exact: true });
    await subject.waitFor();
    await api.emailerMessages.update({ id: draft.id, subject: "Their pumps" });
    await page.getByRole("button", { name: "Send now" }).click();
    await page.getByText(SOMETHING_ELSE).waitFor();
    assert.equal((await shown()).status, "drafted");

    await subject.fill("My pumps");
    await api.emailerMessages.update({ id: draft.id, subject: "Their heaters" });
    await page.getByRole("button", { name: "Save as draft" }).click();
    await page.getByText("Saved version").waitFor();
    assert.equal((await shown()).subject, "Their heaters");
    await picture(page, "light-draft-changed-elsewhere");
    await page.getByText("Your version").click();
    await page.getByRole("button", { name: "Save as draft" }).click();
    await page.getByText("Draft saved.").waitFor();
    assert.equal((await shown()).subject, "My pumps");
    await subject.fill("My heaters");
    await page.getByRole("button", { name: "Save as draft" }).click();
    await until(async () => (await shown()).subject === "My heaters");
    await leave();
  });

  test("a saved view", async () => {
    const { api } = team;
    const { view } = await api.views.create({
      subject: "contacts",
      name: "Buyers",
      shared: true,
      filter: { words: "buyer" },
    });
    const { page, leave } = await visit(`/contacts?view=${view.id}`);
    await page
      .getByRole("button", { name: /Buyers/ })
      .first()
      .click();
    await page.getByRole("menuitem", { name: "Rename or share …" }).click();
    const dialog = page.getByRole("dialog", { name: "Rename or share view" });
    await dialog.getByLabel("Name").fill("Mine");
    await api.views.update({ id: view.id, name: "Theirs" });
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByText(SOMETHING_ELSE).waitFor();
    const nameNow = async () =>
      (await api.views.list({ subject: "contacts" })).views.find(({ id }) => id === view.id)?.name;
    assert.equal(await nameNow(), "Theirs");
    await leave();
  });
});
