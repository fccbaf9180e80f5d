// Every kind of action of a workflow, for contacts, prospects and companies: shown, opened, and saved as it was.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, useBrowser } from "./browser.ts";

describe("actions of workflows", () => {
  const world = useWorld();
  const browser = useBrowser();

  for (const entity of ["contact", "person", "account"] as const)
    test(`every kind of action is shown as it was said, and looking changes nothing (${entity})`, async () => {
      const team = await world.newTeam();
      const { id: sequence } = await newSequence(team, { name: "Cold plants" });
      const { id: mailbox } = await newMailbox(team);
      const stages =
        entity === "account"
          ? (await team.api.accountStages.list()).account_stages
          : (await team.api.contactStages.list()).contact_stages;
      const { users } = await team.api.users.search({});
      const named = { sequence, mailbox, stage: stages[0]?.id ?? "", owner: users[0]?.id ?? "" };
      const actions = everyAction(entity, named);
      const { workflow } = await team.api.workflows.create({
        name: "All of it",
        entity,
        actions,
        trigger: { type: "schedule", every: "week", weekday: 2, at: "07:15", time_zone: "Europe/Oslo" },
      });
      const { page, leave } = await browser.visit(world.url);
      await signIn(page, team.owner);
      await page.goto(`/workflows/${workflow.id}`);
      await page.getByText("Every Tuesday at 07:15, Oslo.").waitFor();
      for (const [n] of actions.entries()) {
        const card = page.getByRole("region", { name: `Action ${n + 1}`, exact: true });
        await card.getByRole("button", { expanded: false }).first().click();
        await card.getByRole("group").first().waitFor();
        await assertAccessible(page, `action ${n + 1} for a ${entity}`);
      }
      await picture(page, `light-workflow-${entity}`);
      assert.equal(await page.getByRole("region", { name: "Unsaved changes" }).count(), 0);
      const wait = page.getByRole("button", { name: /Wait/ });
      await wait.click();
      await page.getByRole("textbox", { name: "Days" }).fill("2");
      await page.keyboard.press("ControlOrMeta+s");
      await page.getByText("Saved.", { exact: true }).waitFor();
      const { workflow: saved } = await team.api.workflows.get({ id: workflow.id });
      assert.deepEqual(
        saved.actions,
        workflow.actions.map((one) => (one.type === "wait" ? { ...one, days: 2 } : one)),
      );
      await page.getByRole("tab", { name: "Runs" }).click();
      await page
        .getByRole("combobox", {
          name: `Why was a ${{ contact: "contact", person: "person", account: "company" }[entity]} included or skipped?`,
        })
        .waitFor();
      await assertAccessible(page, `runs for a ${entity}`);
      await leave();
    });
});

/** Every kind of action there is for them. */
function everyAction(entity: "contact" | "person" | "account", named: Record<string, string>) {
  const { sequence = "", mailbox = "", stage = "", owner = "" } = named;
  const ofPeople = [
    {
      type: "add_to_sequence" as const,
      emailer_campaign_id: sequence,
      send_email_from_email_account_id: [mailbox],
      sequence_no_email: true,
    },
    { type: "remove_from_sequence" as const, emailer_campaign_ids: [sequence], mode: "stop" as const },
  ];
  return [
    { type: "enrich" as const },
    ...(entity === "person" ? [{ type: "save_as_contact" as const, label_names: ["Found"] }] : []),
    ...(entity === "account" ? [] : ofPeople),
    { type: "add_to_list" as const, label_names: ["Warm"] },
    { type: "remove_from_list" as const, label_names: ["Cold"] },
    { type: "set_stage" as const, stage_id: stage },
    { type: "set_owner" as const, owner_ids: [owner] },
    { type: "create_task" as const, task_type: "call" as const, title: "Ring them", due_in_hours: 4 },
    { type: "create_deal" as const, name: "A deal", amount: 100 },
    { type: "notify" as const, text: "Look at them" },
    { type: "wait" as const, hours: 3 },
    { type: "split" as const, paths: [{ actions: [] }, { weight: 3, actions: [] }] },
    { type: "branch" as const, filters: {}, yes: [], no: [] },
  ];
}
