// A workflow from an empty page to its log: built with a filter, tried, switched on and run, and asked why it took a contact
// or did not.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { until } from "../../server/testing/sending.ts";
import { newContacts } from "../../server/testing/sequenced.ts";
import { type Team, tokenIn, useWorld } from "../../server/testing/world.ts";
import {
  assertAccessible,
  assertFitsSideways,
  picture,
  signIn,
  signInByHand,
  useBrowser,
} from "./browser.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describe("workflows", () => {
  const world = useWorld();
  const browser = useBrowser();

  async function arrange(): Promise<{ team: Team; buyers: string[] }> {
    const team = await world.newTeam();
    await newContacts(team, 4, { title: "Engineer" });
    const buyers = await newContacts(team, 3, { title: "Head of buying" });
    return { team, buyers };
  }

  for (const look of ["light", "dark"] as const)
    test(`one is built with a filter, tried, switched on and run, and says why (${look})`, async () => {
      const { team } = await arrange();
      const { contact: ines } = await team.api.contacts.create({
        first_name: "Ines",
        last_name: "Okafor",
        title: "Welder",
        email: "ines@kraft.example",
      });
      const { page, leave } = await browser.visit(world.url, { colorScheme: look });
      await signIn(page, team.owner);
      await page.goto("/workflows");
      await page.getByText("A workflow runs actions").waitFor();
      await assertAccessible(page, `no workflows, ${look}`);
      await page.locator("header").getByRole("button", { name: "Create a workflow" }).click();
      await page.getByRole("button", { name: "Start from scratch" }).click();
      await page.getByLabel("Name").fill("Buyers go on a list");
      await assertAccessible(page, `making a workflow, ${look}`);
      await page.getByRole("button", { name: "Create workflow" }).click();
      await page.getByText("No filter set: each run includes all records.").waitFor();
      await page.getByText("Every day at 09:00, Oslo.").waitFor();
      await picture(page, `${look}-workflow-new`);
      await assertAccessible(page, `a new workflow, ${look}`);
      await setFilter(page, "Title", "buying");
      await page.getByRole("button", { name: "Add an action" }).click();
      await page.getByRole("menuitem", { name: "Add to list" }).click();
      await page.getByText("Action 2 needs a list before you save.").waitFor();
      const lists = page.getByRole("region", { name: "Action 2" }).locator("input:visible");
      await lists.fill("Buyers");
      await lists.press("Enter");
      await removeFirstByKeysAndTakeBack(page);
      await page.keyboard.press("ControlOrMeta+s");
      await page.getByText("Saved.", { exact: true }).waitFor();
      await picture(page, `${look}-workflow-build`);
      await assertAccessible(page, `a built workflow, ${look}`);
      const saved = (await team.api.workflows.list()).workflows[0];
      assert.deepEqual(saved?.filters, { q_title: "buying" });
      assert.deepEqual(
        saved?.actions.map(({ type }) => type),
        ["add_to_list", "notify"],
      );

      await page.getByRole("tab", { name: "Preview" }).click();
      await page.getByText("A run would include 3 contacts").waitFor();
      await page.getByText("Costs no credits.").waitFor();
      await picture(page, `${look}-workflow-try`);
      await assertAccessible(page, `a workflow that is tried, ${look}`);
      assert.equal((await team.api.contacts.search({ label_names: ["Buyers"] })).contacts.length, 0);

      await page.getByRole("button", { name: "Turn on" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Turn on" }).click();
      await page.getByText("Workflow turned on.").waitFor();
      await page.getByRole("button", { name: "Run now …" }).click();
      await page.getByRole("button", { name: "Run for 3 contacts" }).click();
      await page.getByText("Done", { exact: true }).first().waitFor();
      await page.getByText("Found 3 contacts").waitFor();
      await page
        .getByRole("row", { name: /Person.*All actions are done/ })
        .first()
        .waitFor();
      await picture(page, `${look}-workflow-log`);
      await assertAccessible(page, `a run's log, ${look}`);
      assert.equal((await team.api.contacts.search({ label_names: ["Buyers"] })).contacts.length, 3);

      await page
        .getByRole("row", { name: /Person.*All actions are done/ })
        .first()
        .click();
      await page.getByRole("region", { name: "Actions done" }).waitFor();
      await picture(page, `${look}-workflow-candidate`);
      await assertAccessible(page, `one of a run, ${look}`);
      await page.keyboard.press("Escape");

      await page.getByRole("button", { name: "All runs" }).click();
      await page.getByRole("row", { name: /Manual/ }).waitFor();
      const who = page.getByRole("combobox", { name: "Why was a contact included or skipped?" });
      await who.click();
      await who.fill("Ines");
      await page.getByRole("option", { name: /Ines Okafor/ }).click();
      await page.getByText("This filter does not match: Title.").waitFor();
      await picture(page, `${look}-workflow-why`);
      await assertAccessible(page, `why somebody was not taken, ${look}`);

      await page.goto(`/contacts/${ines.id}?tab=workflows`);
      await page.getByRole("link", { name: "Buyers go on a list" }).waitFor();
      await page.getByText("This filter does not match: Title.").waitFor();
      await assertAccessible(page, `a contact's workflows, ${look}`);
      await page.goto("/workflows");
      await page
        .getByRole("row", { name: /Buyers go on a list.*On.*Contacts.*Every day at 09:00, Oslo.*3.*0/ })
        .waitFor();
      await picture(page, `${look}-workflows`);
      await assertAccessible(page, `workflows, ${look}`);
      await leave();
    });

  test("ways are built within ways, on a phone too, and what the page does not say itself is kept", async () => {
    const { team } = await arrange();
    const { workflow } = await team.api.workflows.create({
      name: "Tell and part",
      trigger: { type: "event", event: "contact.created" },
      filters: { q_title: "buying", label_names: ["Warm"] },
      actions: [{ type: "enrich" }],
    });
    const { page, leave } = await browser.visit(world.url, { ...PHONE, colorScheme: "light" });
    await signIn(page, team.owner);
    await page.goto(`/workflows/${workflow.id}`);
    await page.getByRole("button", { name: "Remove filter label_names" }).waitFor();
    await page.getByText("When a contact is created.").waitFor();
    await page.getByRole("button", { name: "Add an action" }).click();
    await page.getByRole("menuitem", { name: "Branch" }).click();
    await page.getByRole("button", { name: "No actions yet: add an action at 2 yes" }).click();
    await page.getByRole("menuitem", { name: "Split" }).click();
    await page.getByRole("button", { name: "No actions yet: add an action at 2 yes 1 A" }).click();
    await page.getByRole("menuitem", { name: "Wait" }).click();
    await page.getByRole("button", { name: "No actions yet: add an action at 2 no" }).click();
    await page.getByRole("menuitem", { name: "Notify a teammate" }).click();
    await page.getByRole("textbox", { name: "Text" }).fill("{{first_name}} is here");
    await picture(page, "phone-workflow-build");
    await assertFitsSideways(page, "a workflow on a phone");
    await assertAccessible(page, "a workflow on a phone");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved.", { exact: true }).waitFor();
    const { workflow: saved } = await team.api.workflows.get({ id: workflow.id });
    assert.deepEqual(saved.filters, workflow.filters);
    assert.deepEqual(saved.actions, [
      { type: "enrich" },
      {
        type: "branch",
        filters: {},
        yes: [
          {
            type: "split",
            paths: [
              { weight: 1, actions: [{ type: "wait", days: 1 }] },
              { weight: 1, actions: [] },
            ],
          },
        ],
        no: [{ type: "notify", text: "{{first_name}} is here" }],
      },
    ]);
    await page.getByRole("tab", { name: "Diagram" }).click();
    const diagram = page.getByRole("region", { name: "Diagram of the workflow" });
    await diagram.getByText("When a contact is created").waitFor();
    await diagram.getByRole("button", { name: /^Only if all conditions match.*Title/ }).waitFor();
    for (const path of ["Yes", "No", "A, 50%", "B, 50%"])
      await diagram.getByText(path, { exact: true }).waitFor();
    await picture(page, "phone-workflow-diagram");
    await assertFitsSideways(page, "a workflow's diagram on a phone");
    await assertAccessible(page, "a workflow's diagram on a phone");
    await diagram.getByRole("button", { name: /^2 yes 1 A 1 ?Wait/ }).click();
    await page.getByRole("region", { name: "Action 2 yes 1 A 1" }).getByLabel("Days").waitFor();
    for (const tab of ["Preview", "Runs", "Settings"]) {
      await page.getByRole("tab", { name: tab }).click();
      await page
        .getByText(LANDMARKS[tab] ?? "")
        .first()
        .waitFor();
      await picture(page, `phone-workflow-${tab.toLowerCase()}`);
      await assertFitsSideways(page, `${tab} on a phone`);
      await assertAccessible(page, `${tab} on a phone`);
    }
    await leave();
  });

  test("one that is called shows its address once, is copied, and goes", async () => {
    const team = await world.newTeam();
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/workflows/new?do=create");
    await page.getByLabel("Name").fill("From the form");
    await page.getByRole("combobox", { name: "Trigger" }).click();
    await page.getByRole("option", { name: "When its URL is called" }).click();
    await page.getByRole("button", { name: "Create workflow" }).click();
    const address = await page.getByRole("region", { name: "URL" }).innerText();
    assert.match(address, /\/hooks\/cdz_hook/);
    await assertAccessible(page, "a workflow's address");
    await storeSecret(page);
    await page.getByRole("region", { name: "Signing secret" }).waitFor();
    await storeSecret(page);
    await page.getByText("When its URL is called.").waitFor();
    await page.getByRole("tab", { name: "Settings" }).click();
    await page.getByRole("button", { name: "Create new URL and secret …" }).click();
    await page.getByRole("button", { name: "Create new", exact: true }).click();
    const next = await page.getByRole("region", { name: "URL" }).innerText();
    assert.notEqual(next, address);
    await storeSecret(page);
    await storeSecret(page);
    await page.getByRole("button", { name: "More about this workflow" }).click();
    await page.getByRole("menuitem", { name: "Duplicate" }).click();
    await page.getByRole("heading", { name: "From the form (copy)" }).waitFor();
    await page.getByRole("button", { name: "More about this workflow" }).click();
    await page.getByRole("menuitem", { name: "Delete …" }).click();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByText("“From the form (copy)” deleted.").waitFor();
    await page.getByText("1 workflow.").waitFor();
    assert.deepEqual(
      (await team.api.workflows.list()).workflows.map(({ name }) => name),
      ["From the form"],
    );
    await leave();
  });

  test("an admin gives a workflow to another user on its settings, and may take that back", async () => {
    const team = await world.newTeam();
    const { invitation_url, user: ada } = await team.api.users.invite({ email: "ada@example.no" });
    const password = "a long sentence for Ada";
    await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Ada Lie", password });
    const { workflow } = await team.api.workflows.create({
      name: "Tell of buyers",
      entity: "contact",
      trigger: { type: "schedule", every: "day" },
      actions: [{ type: "notify", text: "{{first_name}}" }],
    });
    const owner = async () => (await team.api.workflows.get({ id: workflow.id })).workflow.user_id;
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/workflows/${workflow.id}?tab=settings`);
    await page.getByRole("combobox", { name: "Owner" }).click();
    await page.getByRole("option", { name: "Ada Lie" }).click();
    await page.getByText("Owner saved.").waitFor();
    assert.equal(await owner(), ada.id);
    await assertAccessible(page, "a workflow's settings");
    assert.equal(await page.getByText("Extra records are skipped").count(), 0, "said on Build alone");
    await page.getByRole("button", { name: "Undo" }).click();
    await until(async () => (await owner()) === team.owner.id);
    await leave();
  });

  test("a workflow's notification is shown on Home until it is seen", async () => {
    const { team, buyers } = await arrange();
    const { workflow } = await team.api.workflows.create({
      name: "Tell of buyers",
      entity: "contact",
      trigger: { type: "schedule", every: "day" },
      filters: { q_title: "buying" },
      actions: [{ type: "notify", text: "A buyer is new" }],
    });
    const { workflow_run } = await team.api.workflows.run({ id: workflow.id, entity_ids: buyers });
    const status = async () => (await team.api.workflowRuns.get({ id: workflow_run.id })).workflow_run.status;
    await until(async () => (await status()) === "done"); // Home asks again once a minute
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    await page.getByRole("heading", { name: "Needs attention" }).waitFor();
    const part = page.getByRole("region", { name: "Workflow notifications" });
    await part.getByText("A buyer is new").waitFor();
    await picture(page, "home-notices");
    await assertAccessible(page, "notices on Home");
    const unread = async () =>
      (await team.api.workflowNotices.list({ unread: true })).pagination.total_entries;
    assert.ok((await unread()) >= 1);
    while ((await unread()) > 0) {
      await part.getByRole("button", { name: "Mark as seen" }).click();
      await part.waitFor({ state: "detached" });
      await page.reload();
      await page.getByRole("heading", { name: "Needs attention" }).waitFor();
    }
    await part.waitFor({ state: "detached" });
    await leave();
  });
});

describe("the archive of workflows", () => {
  const world = useWorld();
  const browser = useBrowser();

  for (const [look, options] of Object.entries({
    light: {},
    "dark-phone": { ...PHONE, colorScheme: "dark" },
  } as const))
    test(`one is archived, found again, its runs read, and brought back (${look})`, async () => {
      const team = await world.newTeam();
      const buyers = await newContacts(team, 2, { title: "Head of buying" });
      const { workflow } = await team.api.workflows.create({
        name: "Tell of buyers",
        entity: "contact",
        trigger: { type: "schedule", every: "day" },
        filters: { q_title: "buying" },
        actions: [{ type: "add_to_list", label_names: ["Buyers"] }],
      });
      const { workflow_run } = await team.api.workflows.run({ id: workflow.id, entity_ids: buyers });
      await until(
        async () => (await team.api.workflowRuns.get({ id: workflow_run.id })).workflow_run.status === "done",
      );
      const { page, leave } = await browser.visit(world.url, options);
      await signIn(page, team.owner);
      await page.goto(`/workflows/${workflow.id}`);
      await page.getByRole("button", { name: "More about this workflow" }).click();
      await page.getByRole("menuitem", { name: "Archive …" }).click();
      const dialog = page.getByRole("dialog", { name: "Archive “Tell of buyers”?" });
      await picture(page, `${look}-workflow-archive`);
      await assertAccessible(page, `archiving a workflow, ${look}`);
      await dialog.getByRole("button", { name: "Archive" }).click();
      await page.getByRole("button", { name: "Unarchive" }).waitFor();
      assert.equal(await page.getByRole("tab", { name: "Preview" }).count(), 0, "it runs in no way");
      await page.getByRole("tab", { name: "Runs" }).click();
      await page.getByText("Manual").first().waitFor();
      await picture(page, `${look}-workflow-archived`);
      await assertAccessible(page, `an archived workflow, ${look}`);
      await page.goto("/workflows");
      await page.getByText("A workflow runs actions").waitFor();
      await page.getByText("Archived", { exact: true }).click();
      await page.getByText("Tell of buyers").first().waitFor();
      await picture(page, `${look}-workflows-archived`);
      await assertAccessible(page, `archived workflows, ${look}`);
      await assertFitsSideways(page, `archived workflows, ${look}`);
      await page.goto(`/workflows/${workflow.id}`);
      await page.getByRole("button", { name: "Unarchive" }).click();
      await page.getByRole("button", { name: "Turn on" }).waitFor();
      await leave();
    });
});

const LANDMARKS: Record<string, string> = {
  Preview: "A run would include",
  Runs: "No runs yet",
  Settings: "Delete workflow …",
};

async function setFilter(page: Page, name: string, words: string) {
  await page.getByRole("button", { name: "Filter" }).click();
  await page.getByRole("menuitem", { name, exact: true }).click();
  await page.getByRole("textbox", { name }).fill(words);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: `${name} contains “${words}”` }).waitFor();
}

/** The second goes up, is removed, comes back. */
async function removeFirstByKeysAndTakeBack(page: Page) {
  const list = page.getByRole("button", { name: /Add to list/ });
  await list.focus();
  await page.keyboard.press("Alt+ArrowUp");
  await page.getByRole("region", { name: "Action 1" }).getByText("Add to list").waitFor();
  await list.focus();
  await page.keyboard.press("Delete");
  await list.waitFor({ state: "detached" });
  await page.keyboard.press("ControlOrMeta+z");
  await list.waitFor();
}

async function storeSecret(page: Page) {
  await page.getByLabel("I have stored it").check();
  await page.getByRole("button", { name: "Done" }).click();
}
