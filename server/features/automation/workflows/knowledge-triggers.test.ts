// New facts about a contact trigger workflows: a score that passes a threshold, which the engine watches, and a new job
// found by a lookup. A contact who was already above the threshold, or has the same job, does not.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { shapes } from "@cadenza/sdk";
import { actFor } from "../../../engine/running/act-for.ts";
import { newContact } from "../../../testing/sequenced.ts";
import { allCandidates, lookedAt, onWorkflow, settled, untilHolds } from "../../../testing/workflowing.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { savePeople } from "../../prospecting/people/commands.ts";

const world = useWorld({ engineLoops: 1 });

const tell = () => [{ type: "notify", text: "It happened" }] as [{ type: "notify"; text: string }];

const on = (team: Team, event: string, data?: Record<string, string | number>) =>
  onWorkflow(team, {
    trigger: { type: "event", event, ...(data && { data }) },
    reentry: "every_time",
    actions: tell(),
  });

async function log(team: Team, id: string, count: number) {
  await settled(team, id, count);
  await lookedAt(world, team);
  const lines = await settled(team, id, count);
  return lines.map(({ entity_id, verdict, event }) => [entity_id, verdict, event?.type ?? null]);
}

async function whyNot(team: Team, id: string, entity_id: string) {
  return (await team.api.workflows.explain({ id, entity_id })).explanation.code;
}

test("a score that passes a mark, upwards where that is meant, and none that was above it already", async () => {
  const team = await world.newTeam();
  const signals: shapes.Signal[] = [
    { field: "phone", operator: "is_known", weight: 60 },
    { field: "title", operator: "is_known", weight: 40 },
  ];
  await team.api.scoreFormula.replace({ signals, out_of: 100, marks: [50] });
  const rises = await newContact(team);
  const above = await newContact(team, { direct_phone: "+46 8 123 456 70" });
  const falls = await newContact(team, { direct_phone: "+46 8 123 456 71" });
  const score = async (id: string) => (await team.api.contacts.get({ id })).contact.prospect_score;
  const followed = (id: string, to: number) =>
    untilHolds(
      () => score(id),
      (now) => now === to,
    );
  await followed(above, 60);
  await followed(falls, 60);
  await lookedAt(world, team); // whatever they passed on the way to where they stand
  const up = await on(team, "contact.score_crossed", { mark: 50, direction: "up" });
  const any = await on(team, "contact.score_crossed");
  await team.api.contacts.update({ id: above, title: "Buyer" });
  await followed(above, 100);
  await team.api.contacts.update({ id: falls, direct_phone: null });
  await followed(falls, 0);
  await team.api.contacts.update({ id: rises, direct_phone: "+46 8 123 456 72" });
  assert.deepEqual(await log(team, up.id, 1), [[rises, "done", "contact.score_crossed"]]);
  assert.equal(await whyNot(team, up.id, above), "not_yet");
  assert.equal(await whyNot(team, up.id, falls), "not_yet");
  const both = await log(team, any.id, 2);
  assert.deepEqual(new Set(both.map(([who]) => who)), new Set([rises, falls]));
});

test("two workflows that set each other off through the score are stopped after five times round, and it is told", async () => {
  const team = await world.newTeam();
  const made = await team.api.customFields.create({ modality: "contact", label: "Heat", type: "number" });
  const fieldId = made.typed_custom_fields[0]?.id ?? "";
  const hot: shapes.Signal = {
    field: "contact_field",
    custom_field_id: fieldId,
    operator: "at_least",
    value: 3,
    weight: 60,
  };
  await team.api.scoreFormula.replace({ signals: [hot], out_of: 100, marks: [50] });
  const one = await newContact(team);
  const ids: string[] = [];
  for (const [direction, value] of [
    ["up", 1],
    ["down", 5],
  ] as const) {
    const { id } = await onWorkflow(team, {
      trigger: { type: "event", event: "contact.score_crossed", data: { mark: 50, direction } },
      reentry: "every_time",
      actions: [{ type: "set_field", typed_custom_fields: { [fieldId]: value } }],
    });
    ids.push(id);
  }
  await team.api.contacts.update({ id: one, typed_custom_fields: { [fieldId]: 5 } });
  const lines = await untilHolds(
    async () => (await Promise.all(ids.map((id) => allCandidates(team, id)))).flat(),
    (all) => all.some(({ code }) => code === "loop_stopped"),
  );
  assert.deepEqual(lines.map(({ depth }) => depth).sort(), [1, 2, 3, 4, 5, 6]);
  assert.equal(lines.filter(({ verdict }) => verdict === "done").length, 5);
  await lookedAt(world, team);
  const { events } = await team.api.events.list({ types: ["workflow.loop_stopped"] });
  assert.deepEqual(
    events.map(({ data }) => data.depth),
    [5],
  );
  // A user's own change starts a new chain.
  await team.api.contacts.update({ id: one, typed_custom_fields: { [fieldId]: 5 } });
  await untilHolds(
    async () => (await Promise.all(ids.map((id) => allCandidates(team, id)))).flat(),
    (all) => all.filter(({ code }) => code === "loop_stopped").length === 2,
  );
});

test("a new job that a lookup finds, and none for a contact who has the same job", async () => {
  const team = await world.newTeam();
  const person = (name: string, company: string, domain: string) => ({
    firstName: name,
    lastName: "Lund",
    linkedinUrl: `https://linkedin.com/in/${name.toLowerCase()}`,
    email: `${name.toLowerCase()}@${domain}`,
    title: "Chief buyer",
    organization: { name: company, domain },
  });
  const whose = { teamId: team.id, userId: team.owner.id, cause: "engine" };
  const known = [person("Per", "Fjord Energi", "fjord.no"), person("Ada", "Kraft AS", "kraft.no")];
  await actFor(world.running.app, whose, (act) => savePeople(act, "test", known));
  const contact = (name: string, company: string, domain: string) =>
    newContact(team, {
      first_name: name,
      last_name: "Lund",
      email: `${name.toLowerCase()}@${domain}`,
      organization_name: company,
      linkedin_url: `https://linkedin.com/in/${name.toLowerCase()}`,
    });
  const moved = await contact("Per", "Old AS", "old.no");
  const stayed = await contact("Ada", "Kraft AS", "kraft.no");
  const { id } = await on(team, "person.job_changed");
  const { entity_progress_job: job } = await team.api.contacts.enrich({ contact_ids: [moved, stayed] });
  await untilHolds(
    async () => (await team.api.progress.get({ id: job.id })).entity_progress_job.status,
    (status) => status === "done",
  );
  assert.deepEqual(await log(team, id, 1), [[moved, "done", "person.job_changed"]]);
  assert.equal(await whyNot(team, id, stayed), "not_yet");
});
