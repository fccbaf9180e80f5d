// A member who has a workflow and a copilot about a sequence they may not see: told so in words, and kept from losing it.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { overOf } from "../../server/testing/imported.ts";
import { newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { type Team, tokenIn, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, useBrowser } from "./browser.ts";

const UNSEEN = "a sequence you cannot see";
const MEMBER = { email: "mia@norrland.example", password: "a long sentence is a good password" };

describe("a sequence that one cannot see", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;
  let hidden: string;
  let workflowId: string;
  let importId: string;

  const share = (visibility: "everyone" | "restricted") =>
    team.api.sequences.update({
      id: hidden,
      sharing_permission: { visibility, access_type: "can_edit" },
    });

  before(async () => {
    team = await world.newTeam("Norrland Kraft");
    const { user, invitation_url } = await team.api.users.invite({ email: MEMBER.email, role: "member" });
    const { password } = MEMBER;
    await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Mia Member", password });
    const member = (await world.signIn(MEMBER.email, password)).api;
    const mailbox = (await newMailbox(team, { email: "ines@norrland.example" })).id;
    hidden = (await newSequence(team, { name: "Acquisition of Kraft" })).id;
    await share("everyone");
    const joining = { send_email_from_email_account_id: [mailbox], sequence_unverified_email: true };
    const { workflow } = await member.workflows.create({
      name: "Follow up",
      trigger: { type: "schedule", cron: "0 3 * * *" },
      filters: { emailer_campaign_ids: [hidden] },
      actions: [
        { type: "add_to_sequence", emailer_campaign_id: hidden, ...joining },
        { type: "remove_from_sequence", emailer_campaign_ids: [hidden], mode: "remove" },
        { type: "notify", text: "Here" },
      ],
    });
    workflowId = workflow.id;
    await member.copilots.create({
      name: "Plants",
      emailer_campaign_id: hidden,
      filters: { q_title: "plant" },
      email_account_ids: [mailbox],
      per_day: 5,
      review: true,
      hour: 7,
      active: true,
    });
    const started = await team.api.imports.create({
      text: "First name,Email\nOle,ole@kraft.example\n",
      file_name: "fair.csv",
      add_to_sequence: { id: hidden, ...joining },
    });
    importId = started.import.id;
    await overOf(team, importId, started.entity_progress_job.id);
    await share("restricted");
    assert.equal(user.email, MEMBER.email);
  });

  for (const look of ["light", "dark"] as const)
    test(`is said to be one, wherever it is named (${look})`, async () => {
      const { page, leave } = await browser.visit(world.url, { colorScheme: look });
      await signIn(page, MEMBER);
      await page.goto(`/workflows/${workflowId}`);
      const [joins, leaves] = [1, 2].map((n) => page.getByRole("region", { name: `Action ${n}` }));
      await joins?.getByText(UNSEEN).waitFor();
      await leaves?.getByText(UNSEEN).waitFor();
      await page.getByText(`Sequence ${UNSEEN}`).waitFor();
      await page.getByText("It uses a sequence that is hidden from you and not shown here.").waitFor();
      assert.equal(await page.getByText("No filter set").count(), 0);
      assert.equal(await page.getByText("Needs a sequence").count(), 0);
      await joins?.getByRole("button").first().click();
      await joins?.getByPlaceholder("A sequence you cannot see").waitFor();
      await picture(page, `${look}-unseen-workflow`);
      await assertAccessible(page, `a workflow about an unseen sequence, ${look}`);
      await page.goto("/copilots");
      await page.getByText(`for ${UNSEEN}`).waitFor();
      await page.getByRole("button", { name: "Edit …" }).click();
      await page.getByPlaceholder("A sequence you cannot see").waitFor();
      await picture(page, `${look}-unseen-copilot`);
      await page.goto(`/imports/${importId}`);
      await page.getByText(`1 added to ${UNSEEN}, 0 skipped.`).waitFor();
      assert.equal(await page.getByRole("button", { name: "Undo import" }).count(), 0, "it is another's");
      await picture(page, `${look}-unseen-import`);
      await leave();
    });

  test("and is kept while the rest of the workflow is changed", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, MEMBER);
    await page.goto(`/workflows/${workflowId}`);
    await page.getByRole("textbox", { name: "Per run" }).fill("7");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved.").waitFor();
    await page.getByRole("region", { name: "Action 3" }).getByRole("button", { name: "More about" }).click();
    await page.getByRole("menuitem", { name: "Remove" }).click();
    await page.getByText(`Action 1 uses ${UNSEEN}. Only an admin can change the actions.`).waitFor();
    await leave();
    const { workflow } = await team.api.workflows.get({ id: workflowId });
    assert.deepEqual([workflow.filters, workflow.actions.length], [{ emailer_campaign_ids: [hidden] }, 3]);
    assert.equal(workflow.actions[0]?.emailer_campaign_id, hidden);
  });
});
