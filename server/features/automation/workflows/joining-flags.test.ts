// Who may join a sequence by a workflow, as by the call: each flag lets in those whom it is for, and without it the log says why
// they were left out.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { AllowFlag, SkipReason } from "../../../domain/enrollments/eligibility.ts";
import { newId } from "../../../kernel/ids.ts";
import { newContact, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { newWorkflow, ran } from "../../../testing/workflowing.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
let box: string;
let asMember: Team;
useWorld({}, async (opened) => {
  team = await opened.newTeam();
  ({ id: box } = await newMailbox(team, { visibility: "everyone" }));
  const { user } = await team.api.users.invite({ email: "mia@example.no", role: "member" });
  const { api_key } = await team.api.apiKeys.create({ name: "mia", master: true, user_id: user.id });
  asMember = { ...team, api: opened.client({ apiKey: api_key.key }) };
});

/** `by`: whose workflow it is, where that makes a difference. */
type Arranged = { contact: string; to?: string; by?: Team };

async function elsewhere() {
  const { id } = await newSequence(team);
  const contact = await newContact(team);
  await team.api.joining.addContacts({
    id,
    contact_ids: [contact],
    send_email_from_email_account_id: [box],
  });
  return { id, contact };
}

const FLAGS: [
  flag: Exclude<AllowFlag, "add_if_in_queue">,
  code: SkipReason,
  arrange: () => Promise<Arranged>,
][] = [
  [
    "sequence_no_email",
    "contacts_without_email",
    async () => ({ contact: await newContact(team, { email: "" }) }),
  ],
  [
    "sequence_unverified_email",
    "contacts_unverified_email",
    async () => ({ contact: await newContact(team, { email_status: "unverified" }) }),
  ],
  [
    "sequence_job_change",
    "contacts_with_job_change",
    async () => ({
      contact: await newContact(team, { job_change_event: { organization_name: "New", title: "Boss" } }),
    }),
  ],
  ["sequence_active_in_other_campaigns", "contacts_active_in_other_campaigns", elsewhere],
  [
    "sequence_finished_in_other_campaigns",
    "contacts_finished_in_other_campaigns",
    async () => {
      const { id, contact } = await elsewhere();
      await team.api.enrollments.removeOrStop({
        emailer_campaign_ids: [id],
        contact_ids: [contact],
        mode: "mark_as_finished",
      });
      return { contact };
    },
  ],
  [
    "sequence_same_company_in_same_campaign",
    "contacts_in_same_company",
    async () => {
      const { id: to } = await newSequence(team);
      const domain = `twin${newId()}.example`;
      const one = await newContact(team, { email: `one@${domain}` });
      await team.api.joining.addContacts({
        id: to,
        contact_ids: [one],
        send_email_from_email_account_id: [box],
      });
      return { contact: await newContact(team, { email: `two@${domain}` }), to };
    },
  ],
  [
    "contacts_without_ownership_permission",
    "contacts_without_ownership_permission",
    async () => {
      const { user } = await team.api.users.invite({ email: `other${newId()}@example.no` });
      const { id: to } = await newSequence(team);
      const sharing_permission = { visibility: "everyone", access_type: "can_edit" } as const;
      await team.api.sequences.update({ id: to, sharing_permission });
      return { contact: await newContact(team, { owner_id: user.id }), to, by: asMember };
    },
  ],
];

for (const [flag, code, arrange] of FLAGS)
  test(`${flag}: with it a workflow adds them, and without it the log says ${code}`, async () => {
    const { contact, to = (await newSequence(team)).id, by = team } = await arrange();
    const tried = async (flags: Partial<Record<AllowFlag, boolean>>) => {
      const terms = { emailer_campaign_id: to, send_email_from_email_account_id: [box], ...flags };
      const { workflow } = await newWorkflow(by, {
        trigger: { type: "schedule", cron: "0 3 * * *" },
        actions: [{ type: "add_to_sequence", ...terms }],
      });
      const [line] = (await ran(by, workflow.id, [contact])).candidates;
      assert.equal(line?.entity_id, contact);
      return line?.results.map((result) => [result.outcome, result.code]);
    };
    const isIn = async () => {
      const { contact: now } = await team.api.contacts.get({ id: contact });
      return now.contact_campaign_statuses.some(({ emailer_campaign_id }) => emailer_campaign_id === to);
    };
    const others = FLAGS.map(([one]) => [one, true]).filter(([one]) => one !== flag);
    assert.deepEqual(await tried(Object.fromEntries(others)), [["skipped", code]], "whatever else is said");
    assert.equal(await isIn(), false);
    assert.deepEqual(await tried({ [flag]: true }), [["done", null]]);
    assert.equal(await isIn(), true);
  });
