// What a timeline names: the mailbox, the user, the sequence and its step, and the stages.

import assert from "node:assert/strict";
import { test } from "node:test";
import { plantMessage } from "../../../testing/planted.ts";
import { newContact, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { type Team, tokenIn, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

async function newStory() {
  const { account } = await team.api.accounts.create({ name: "Norrland Kraft" });
  const contact_id = await newContact(team, {
    first_name: "Ines",
    last_name: "Okafor",
    account_id: account.id,
  });
  return { account_id: account.id, contact_id };
}

test("emails, tasks, calls and notes say whose they are and which step made them", async () => {
  const { contact_id } = await newStory();
  const mailbox = await newMailbox(team);
  const sequence = await newSequence(team, { name: "Boilers" });
  await plantMessage(world, team, sequence.id, {
    contact_id,
    mailbox_id: mailbox.id,
    step_id: sequence.steps[0],
    subject: "Hello",
    completed_at: "2026-02-03T09:00:00Z",
  });
  const { api, owner } = team;
  await api.tasks.create({ type: "call", user_id: owner.id, contact_id });
  await api.tasks.create({ type: "action_item", title: "Read the offer", user_id: owner.id, contact_id });
  await api.phoneCalls.create({ contact_id, user_id: owner.id, status: "completed" });
  await api.notes.create({ content: "Met at the fair", contact_ids: [contact_id] });
  const { timeline } = await api.contacts.timeline({
    id: contact_id,
    kinds: ["message", "task", "call", "note"],
  });
  const name = "Ole Dahl";
  assert.deepEqual(timeline.map(({ sentence }) => sentence).sort(), [
    `Action item “Read the offer” is open · ${name}`,
    `Call is open · ${name}`,
    `Email “Hello” was sent · ${mailbox.email} · step 1 of Boilers`,
    `Note added · ${name}`,
    `Outgoing call: completed · ${name}`,
  ]);
  const mail = timeline.find(({ kind }) => kind === "message");
  assert.deepEqual(
    [mail?.data.emailer_campaign_id, mail?.data.emailer_step_id],
    [sequence.id, sequence.steps[0]],
  );
});

test("a member who may not see a sequence sees no name of it", async () => {
  const { contact_id } = await newStory();
  const { invitation_url } = await team.api.users.invite({ email: "mia@norrland.example" });
  const password = "a long sentence is a good password";
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Mia", password });
  const theirs = (await world.signIn("mia@norrland.example", password)).api;
  const sequence = await newSequence(team, { name: "Secret", active: false });
  await team.api.tasks.create({ type: "call", user_id: team.owner.id, contact_id });
  await plantMessage(world, team, sequence.id, { contact_id, step_id: sequence.steps[0], subject: "Hush" });
  const { timeline } = await theirs.contacts.timeline({ id: contact_id });
  assert.ok(timeline.every(({ sentence }) => !sentence.includes("Secret")));
});

test("stages have their names, a company's timeline tells how its deals moved", async () => {
  const { account_id, contact_id } = await newStory();
  const { api } = team;
  const { contact_stages } = await api.contactStages.list();
  const [first, second] = contact_stages;
  await api.contacts.update({ id: contact_id, contact_stage_id: first?.id });
  await api.contacts.update({ id: contact_id, contact_stage_id: second?.id });
  const { opportunity } = await api.opportunities.create({ name: "Boiler", account_id });
  const { opportunity_stages } = await api.opportunityStages.list();
  const to = opportunity_stages.find(
    ({ id, is_closed }) => id !== opportunity.opportunity_stage_id && !is_closed,
  );
  await api.opportunities.update({ id: opportunity.id, opportunity_stage_id: to?.id });
  const ofContact = (await api.contacts.timeline({ id: contact_id, kinds: ["event"] })).timeline;
  assert.match(ofContact[0]?.sentence ?? "", new RegExp(`from ${first?.name} to ${second?.name}$`));
  const ofCompany = (await api.accounts.timeline({ id: account_id, kinds: ["event"] })).timeline;
  const says = ofCompany.map(({ sentence }) => sentence);
  assert.ok(
    says.some((one) => one.endsWith(`moved the deal Boiler from ${opportunity.stage_name} to ${to?.name}`)),
  );
  assert.ok(says.some((one) => one.endsWith("created the deal Boiler")));
});

test("who put a contact on a list stands in the timeline, of the contact and of the company", async () => {
  const { account_id, contact_id } = await newStory();
  await team.api.labels.addEntityIds({
    entity_ids: [contact_id],
    label_names: ["Plants"],
    modality: "contacts",
  });
  const said = ({ timeline }: { timeline: { type: string; sentence: string; user_id: string | null }[] }) =>
    timeline
      .filter(({ type }) => type === "label.joined")
      .map(({ sentence, user_id }) => [sentence, user_id]);
  const expected = [["Ole Dahl added Ines Okafor to the list Plants", team.owner.id]];
  assert.deepEqual(said(await team.api.contacts.timeline({ id: contact_id })), expected);
  assert.deepEqual(said(await team.api.accounts.timeline({ id: account_id })), expected);
});
