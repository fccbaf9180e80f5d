// The queue of tasks: sorted as one likes to work, and a task changed where it stands.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { until } from "../../server/testing/sending.ts";
import { newContact } from "../../server/testing/sequenced.ts";
import { useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, undo, useBrowser } from "./browser.ts";

describe("the queue of tasks", () => {
  const world = useWorld();
  const browser = useBrowser();

  test("it is sorted by priority or by age, and a task's words, time and priority are changed and taken back", async () => {
    const team = await world.newTeam("Queue");
    const contact_id = await newContact(team, { first_name: "Ines", last_name: "Okafor" });
    const due = (hours: number) => world.running.app.now().add({ hours }).toString();
    const make = async (title: string, priority: "high" | "medium" | "low", hours: number) =>
      (await team.api.tasks.create({ type: "action_item", contact_id, title, priority, due_at: due(hours) }))
        .task;
    const first = await make("Read the offer", "low", 24 * 40);
    await make("Ask for a date", "high", 24 * 60);
    await make("Send the plan", "medium", 24 * 50);
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/tasks");
    const rows = page.getByRole("list", { name: "Tasks" }).getByRole("listitem");
    const inOrder = (...titles: string[]) =>
      until(async () => {
        const texts = await rows.allTextContents();
        return texts.length === titles.length && titles.every((title, n) => texts[n]?.includes(title));
      });
    await inOrder("Read the offer", "Send the plan", "Ask for a date");
    await page.getByRole("button", { name: /^Filter/ }).click();
    await page.getByRole("combobox", { name: "Sort by" }).click();
    await page.getByRole("option", { name: "Priority" }).click();
    await inOrder("Ask for a date", "Send the plan", "Read the offer");
    await page.getByRole("heading", { name: "High priority" }).waitFor();
    await picture(page, "light-tasks-by-priority");
    await assertAccessible(page, "tasks by priority");
    await page.getByRole("combobox", { name: "Sort by" }).click();
    await page.getByRole("option", { name: "Newest first" }).click();
    await inOrder("Send the plan", "Ask for a date", "Read the offer");
    await page.keyboard.press("Escape");

    await page.goto(`/tasks?open=${first.id}`);
    await page.getByRole("heading", { level: 2, name: "Read the offer" }).waitFor();
    await page.keyboard.press("t");
    const dialog = page.getByRole("dialog", { name: "Edit task" });
    await dialog.getByLabel("Task title").fill("Read the second offer");
    await dialog.getByLabel("Note").fill("The price changed.");
    await dialog.getByText("High").click();
    await picture(page, "light-task-edit");
    await assertAccessible(page, "editing a task");
    await page.reload();
    await page.getByRole("heading", { level: 2, name: "Read the offer" }).waitFor();
    await page.keyboard.press("t");
    assert.equal(await dialog.getByLabel("Task title").inputValue(), "Read the second offer");
    await dialog.getByText("High").click();
    await dialog.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { level: 2, name: "Read the second offer" }).waitFor();
    const saved = async () => {
      const { task } = await team.api.tasks.get({ id: first.id });
      return [task.title, task.note, task.priority, task.due_at];
    };
    assert.deepEqual(await saved(), ["Read the second offer", "The price changed.", "high", first.due_at]);
    await undo(page, "Task saved.");
    await page.getByRole("heading", { level: 2, name: "Read the offer" }).waitFor();
    assert.deepEqual(await saved(), ["Read the offer", first.note ?? null, "low", first.due_at]);
    await leave();
  });
});
