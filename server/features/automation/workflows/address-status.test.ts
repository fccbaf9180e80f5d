// One rule says which address may be mailed, however the contact was created and added: by a call, a workflow, or a
// person's profile.

import assert from "node:assert/strict";
import { test } from "node:test";
import { plantPeople } from "../../../testing/people.ts";
import { newContact, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { newWorkflow, ran } from "../../../testing/workflowing.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

const world = useWorld();

const NIGHTLY = { type: "schedule", cron: "0 3 * * *" } as const;
const profile = (n: number, emailStatus: string) => ({
  externalId: `p${n}`,
  firstName: `Ines${n}`,
  lastName: "Okafor",
  email: `ines${n}@firm${n}.example`,
  emailStatus,
  organization: { name: `Firm ${n}`, domain: `firm${n}.example` },
});

/** Typed by hand with each status, and from profiles: as they stand, saved in bulk, and with an address of one's own. */
async function everybody(team: Team) {
  const [verified, unverified, saved, own] = await plantPeople(world, team, [
    profile(1, "verified"),
    profile(2, "unverified"),
    profile(3, "unverified"),
    profile(4, "unverified"),
  ]);
  const made = async (person_id: string | undefined, rest = {}) =>
    (await team.api.contacts.create({ person_id, ...rest })).contact.id;
  const { contacts } = await team.api.prospecting.addToContacts({ person_ids: [saved ?? ""] });
  return [
    { id: await newContact(team), may: true },
    { id: await newContact(team, { email_status: "unverified" }), may: false },
    { id: await newContact(team, { email_status: "unavailable" }), may: false },
    { id: await made(verified), may: true },
    { id: await made(unverified), may: false },
    { id: contacts[0]?.contact_id ?? "", may: false },
    { id: await made(own, { email: "ines@her-own.example" }), may: true },
  ];
}

test("a call and a workflow take the same contacts, whether typed by hand or made from a profile", async () => {
  const team = await world.newTeam();
  const people = await everybody(team);
  const ids = people.map(({ id }) => id);
  const { id: mailbox } = await newMailbox(team);

  const byCall = await newSequence(team);
  const answer = await team.api.joining.addContacts({
    id: byCall.id,
    contact_ids: ids,
    send_email_from_email_account_id: [mailbox],
  });
  const joined = "enrollments" in answer ? answer.enrollments.map(({ contact_id }) => contact_id) : [];
  const wanted = people.filter(({ may }) => may).map(({ id }) => id);
  assert.deepEqual(new Set(joined), new Set(wanted), "by a call");

  const byWorkflow = await newSequence(team);
  const action = {
    type: "add_to_sequence" as const,
    emailer_campaign_id: byWorkflow.id,
    send_email_from_email_account_id: [mailbox],
    sequence_active_in_other_campaigns: true,
  };
  const { workflow } = await newWorkflow(team, { trigger: NIGHTLY, actions: [action] });
  const { candidates } = await ran(team, workflow.id, ids);
  for (const { id, may } of people) {
    const result = candidates.find(({ entity_id }) => entity_id === id)?.results[0];
    const expected = may ? ["done", null] : ["skipped", "contacts_unverified_email"];
    assert.deepEqual([result?.outcome, result?.code ?? null], expected, `by a workflow: ${id}`);
  }

  const allowing = await newSequence(team);
  const { workflow: lenient } = await newWorkflow(team, {
    trigger: NIGHTLY,
    actions: [{ ...action, emailer_campaign_id: allowing.id, sequence_unverified_email: true }],
  });
  const { run } = await ran(team, lenient.id, ids);
  assert.deepEqual(run.counts, { waiting: 0, done: ids.length, skipped: 0, failed: 0 }, "with the flag");
});
