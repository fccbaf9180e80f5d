// Tasks in channels that Cadenza does not send through: text messages, WhatsApp, LinkedIn; and many tasks at once.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { alwaysOpen } from "../../server/testing/sending.ts";
import { newMailbox, type StepWish } from "../../server/testing/sequenced.ts";
import { CALL_NOW, catchUpEngine, newPeople, openTasks } from "../../server/testing/stepping.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, picture, signIn, useBrowser } from "./browser.ts";

const written = (type: "sms" | "whatsapp" | "linkedin_step_connect", text: string): StepWish => ({
  ...CALL_NOW,
  type,
  emailer_touches: [{ status: "approved", emailer_template: { subject: "", body_html: `<p>${text}</p>` } }],
});

describe("tasks in other channels", () => {
  const world = useWorld({});
  const browser = useBrowser();

  async function withTasks(
    steps: readonly StepWish[],
    count = 1,
    linkedin_url: string | null = "https://www.linkedin.com/in/ines",
  ) {
    const team = await world.newTeam();
    const shared = { mailboxId: (await newMailbox(team)).id, schedule: await alwaysOpen(team) };
    const contact = {
      first_name: "Ines",
      last_name: "Okafor",
      ...(linkedin_url && { linkedin_url }),
      phone_numbers: [
        { raw_number: "+46 8 123 456", type: "work_hq" as const },
        { raw_number: "+46701234567", type: "mobile" as const },
      ],
    };
    const groups = [];
    for (const step of steps)
      groups.push(
        await newPeople(team, [step, { ...CALL_NOW, wait_time: 3, wait_mode: "day" }], {
          ...shared,
          contact,
          count,
        }),
      );
    await catchUpEngine(world);
    return { team, contacts: groups.flatMap(({ contacts }) => contacts) };
  }

  const statusesOf = async (team: Team, title: string) =>
    (await team.api.tasks.search({ q_keywords: title, per_page: 100 })).tasks.map(({ status }) => status);

  test("a text message and a WhatsApp message open with number and text, and are done by Enter", async () => {
    const { team } = await withTasks([
      written("sms", "Hi {{first_name}}, shall we talk?"),
      written("whatsapp", "Hello {{first_name}} & all"),
    ]);
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/tasks");
    await page
      .getByRole("button", { name: /Text message/ })
      .first()
      .click();
    await page.getByRole("heading", { name: "Send a text message to Ines Okafor" }).waitFor();
    // Of the task: the contact's record beside it links the number too, and may be there first.
    const number = page.getByRole("link", { name: "+46701234567 mobile" });
    assert.equal(
      await number.getAttribute("href"),
      "sms:+46701234567?body=Hi%20Ines%2C%20shall%20we%20talk%3F",
    );
    await assertAccessible(page, "a text message");
    await picture(page, "light-task-sms");
    await page.keyboard.press("Enter");
    await page.getByText("Task done.").waitFor();
    await page.getByRole("heading", { name: "Send a WhatsApp message to Ines Okafor" }).waitFor();
    assert.equal(
      await number.getAttribute("href"),
      "https://wa.me/46701234567?text=Hello%20Ines%20%26%20all",
    );
    assert.deepEqual(await statusesOf(team, "Send a text message"), ["completed"]);
    await leave();
  });

  test("without a profile the task asks for it, saves it on the contact, and offers a search", async () => {
    const { team, contacts } = await withTasks([written("linkedin_step_connect", "Hello")], 1, null);
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/tasks");
    const field = page.getByLabel("LinkedIn profile");
    await field.fill("example.com/in/ines");
    await page.getByRole("button", { name: "Save profile" }).click();
    await page.getByText("Enter an address of linkedin.com.").waitFor();
    const search = page.getByRole("link", { name: "Search on LinkedIn" });
    assert.match((await search.getAttribute("href")) ?? "", /keywords=Ines\+Okafor/);
    await picture(page, "light-task-linkedin-missing");
    await assertAccessible(page, "a LinkedIn task without a profile");
    await field.fill("linkedin.com/in/ines");
    await page.getByRole("button", { name: "Save profile" }).click();
    await page.getByRole("link", { name: "Copy text and open profile" }).waitFor();
    const { contact } = await team.api.contacts.get({ id: contacts[0] ?? "" });
    assert.match(contact.linkedin_url ?? "", /linkedin\.com\/in\/ines/);
    await leave();
  });

  test("a LinkedIn task copies its text and says how many are done today; the limit is set by the team", async () => {
    const { team } = await withTasks([written("linkedin_step_connect", "Hello {{first_name}}")]);
    const { page, leave } = await browser.visit(world.url, {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await signIn(page, team.owner);
    await page.goto("/tasks");
    await page.getByText("Done today: 0 of at most 20 a day.").waitFor();
    const link = page.getByRole("link", { name: "Copy text and open profile" });
    assert.equal(await link.getAttribute("href"), "https://www.linkedin.com/in/ines");
    await link.evaluate((element) => element.removeAttribute("href")); // the tests reach no other site
    await link.or(page.getByText("Copy text and open profile")).first().click();
    await page.getByText("Text copied. Paste it on LinkedIn.").waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "Hello Ines");
    await picture(page, "light-task-linkedin");
    await page.goto("/settings/team");
    const field = page.getByRole("textbox", { name: "Connection requests" });
    await field.fill("5");
    await page.getByRole("button", { name: "Save LinkedIn limits" }).click();
    await page.getByText("LinkedIn limits saved.").waitFor();
    const { team: now } = await team.api.teams.current();
    assert.equal(now.linkedin_tasks_per_day.linkedin_step_connect, 5);
    await picture(page, "light-linkedin-limits");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone.").waitFor();
    assert.equal((await team.api.teams.current()).team.linkedin_tasks_per_day.linkedin_step_connect, 20);
    await leave();
  });

  test("many tasks are skipped, reopened and postponed at once, by keys", async () => {
    const { team, contacts } = await withTasks([written("sms", "Hi")], 4);
    const open = async () => (await openTasks(team, contacts)).tasks;
    assert.equal((await open()).length, 4);
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/tasks");
    await page.getByRole("heading", { level: 2, name: /Send a text message/ }).waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await page.getByText("1 task", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Select all 4" }).click();
    await page.getByText("4 tasks", { exact: true }).waitFor();
    await assertAccessible(page, "many tasks chosen");
    await assertFitsSideways(page, "many tasks chosen");
    await picture(page, "light-tasks-chosen");
    await page.keyboard.press("s");
    const dialog = page.getByRole("dialog", { name: "Skip tasks" });
    await dialog.getByText("4 tasks will be skipped.").waitFor();
    await dialog.getByText("Contacts in sequences continue with the next step.").waitFor();
    await picture(page, "light-tasks-skip-many");
    await dialog.getByRole("button", { name: "Skip 4 tasks" }).click();
    await page.getByText("4 tasks skipped.").waitFor();
    assert.equal((await open()).length, 0);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone.").waitFor();
    assert.equal((await open()).length, 4);

    await page
      .getByRole("button", { name: /Text message/ })
      .first()
      .focus();
    await page.keyboard.press("x");
    await page.getByRole("button", { name: "Select all 4" }).click();
    await page.keyboard.press("z");
    await page.getByRole("menuitem", { name: "Next week" }).click();
    await page.getByText(/^4 tasks postponed until Mon/).waitFor();
    const now = world.running.app.now().epochMilliseconds;
    for (const { due_at } of await open()) assert.ok(Date.parse(due_at) > now, due_at);
    await leave();
  });
});
