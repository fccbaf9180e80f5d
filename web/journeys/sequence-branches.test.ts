// A branch of a sequence: put together, tried for a contact, saved, taken by contacts and explained, by mouse and by keys.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { alwaysOpen } from "../../server/testing/sending.ts";
import { CALL_STEP, newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { catchUpEngine } from "../../server/testing/stepping.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, picture, signIn, useBrowser } from "./browser.ts";

describe("branches", () => {
  const world = useWorld({});
  const browser = useBrowser();
  let team: Team;
  let sequenceId: string;
  let ines: string;

  before(async () => {
    team = await world.newTeam("Norrland Kraft");
    const known = { first_name: "Ines", last_name: "Okafor", email: "ines@borealis.example" };
    ines = (await team.api.contacts.create({ ...known, direct_phone: "+46701234567" })).contact.id;
    sequenceId = (await team.api.sequences.create({ name: "Call or write" })).emailer_campaign.id;
  });

  test("a branch is written with its rule, and steps are added to both paths", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${sequenceId}`);
    const add = async (button: string, item: RegExp) => {
      await page.getByRole("button", { name: button, exact: true }).click();
      await page.getByRole("menuitem", { name: item }).click();
    };
    await add("Add the first step", /^If \/ else/);
    const branch = page.getByRole("region", { name: "Step 1" });
    await branch.getByText("Add a filter to the rule. You can't save it like this.").waitFor();
    await branch.getByText("Add a step to one of its paths. You can't save it like this.").waitFor();
    await branch.getByRole("button", { name: "Filter", exact: true }).click();
    await page.getByRole("menuitem", { name: "Phone number" }).click();
    await page.getByRole("radio", { name: "is known", exact: true }).check();
    await page.keyboard.press("Escape");
    await branch.getByRole("textbox", { name: "Days to wait for a match" }).fill("2");
    await add("Add a step to the yes path of step 1", /^Phone call/);
    await add("Add a step to the no path of step 1", /^LinkedIn connection/);
    await add("Add a step", /^Action item/);
    await page.getByText("Yes, step 1").waitFor();
    await page.getByText("Ines would take this path").waitFor();
    await page.keyboard.press("Escape");
    await picture(page, "light-branch");
    await assertAccessible(page, "a branch that is written");
    await page.keyboard.press("ControlOrMeta+s");
    await page.getByText("Saved.", { exact: true }).waitFor();
    const { emailer_steps: steps } = await team.api.sequences.show({ id: sequenceId });
    assert.deepEqual(
      steps.map(({ type, branch_step_id, branch_path }) => [
        type,
        branch_step_id === steps[0]?.id,
        branch_path,
      ]),
      [
        ["branch", false, null],
        ["call", true, "yes"],
        ["linkedin_step_connect", true, "no"],
        ["action_item", false, null],
      ],
    );
    assert.deepEqual(steps[0]?.condition, {
      match: "all",
      wait_days: 2,
      rules: [{ type: "contact", not: false, filters: { has_phone_number: true } }],
    });
    await leave();
  });

  test("a second rule asks about a step; a step is moved to the other path; a branch is deleted with its paths", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${sequenceId}`);
    await page.getByRole("button", { name: "More about step 2" }).click();
    await page.getByRole("menuitem", { name: "To the no path of step 1" }).click();
    await page.getByRole("status").getByText("Phone call is now step 3 of 4.").waitFor({ state: "attached" });
    await page.getByRole("button", { name: "Add a step", exact: true }).click();
    await page.getByRole("menuitem", { name: /^If \/ else/ }).click();
    const branch = page.getByRole("region", { name: "Step 5" });
    await branch.getByRole("combobox", { name: "Type of rule 1" }).selectOption("Task outcome");
    await branch.getByText("A rule asks about a step that is not before this one.").waitFor();
    await branch.getByRole("combobox", { name: "Step of rule 1" }).selectOption("Step 4: Action item");
    await branch.getByRole("button", { name: "Add a rule" }).click();
    await branch.getByRole("combobox", { name: "Type of rule 2" }).selectOption("Contact replied");
    await branch.getByRole("combobox", { name: "Rule 2 must be" }).selectOption("is not true");
    await branch.getByText("Any rule", { exact: true }).click();
    await page.getByRole("button", { name: "Add a step to the no path of step 5" }).click();
    await page.getByRole("menuitem", { name: /^Phone call/ }).click();
    await picture(page, "light-branch-rules");
    await page.getByText("If the task of step 4 is: completed or the contact did not reply").waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    await assertFitsSideways(page, "branches on a phone");
    await picture(page, "phone-branch");
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.getByRole("button", { name: "More about step 5" }).click();
    await page.getByRole("menuitem", { name: "Delete …" }).click();
    await page.getByText("The 1 step on its paths will be deleted too.").waitFor();
    await page.getByRole("button", { name: "Delete step" }).click();
    await page.getByText("Yes, step 5").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Discard" }).click();
    await leave();
  });

  test("who took which path is counted, and the contact's page says why", async () => {
    const { id: sequence } = await newSequence(team, {
      name: "Call or connect",
      emailer_schedule_id: await alwaysOpen(team),
      emailer_steps: [
        {
          type: "branch",
          wait_time: 0,
          wait_mode: "minute",
          condition: { wait_days: 2, rules: [{ type: "contact", filters: { has_phone_number: true } }] },
        },
        { ...CALL_STEP, branch_position: 1, branch_path: "yes" },
        { ...CALL_STEP, type: "linkedin_step_connect", branch_position: 1, branch_path: "no" },
      ],
    });
    const paul = { first_name: "Paul", last_name: "Rahman", email: "paul@borealis.example" };
    const other = (await team.api.contacts.create(paul)).contact.id;
    const mailbox = await newMailbox(team);
    await team.api.joining.addContacts({
      id: sequence,
      emailer_campaign_id: sequence,
      contact_ids: [ines, other],
      send_email_from_email_account_id: mailbox.id,
      sequence_unverified_email: true,
      sequence_same_company_in_same_campaign: true,
    });
    await catchUpEngine(world);
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${sequence}`);
    await page.getByText("1 contact took this path").waitFor();
    await picture(page, "light-branch-taken");
    await page.goto(`/contacts/${ines}`);
    await page
      .getByText(/took the yes path of step 1 in Call or connect/)
      .first()
      .waitFor();
    await page.goto(`/sequences/${sequence}?tab=contacts&status=active`);
    await page
      .getByRole("row", { name: /Paul Rahman/ })
      .getByRole("button", { name: /Why\?$/ })
      .click();
    await page
      .getByText(/takes the yes path as soon as this is true: the contact matches the filters/)
      .first()
      .waitFor();
    await page.getByText("Decides the path").waitFor();
    await picture(page, "light-branch-why");
    await leave();
  });
});
