import assert from "node:assert/strict";
import { test } from "node:test";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
let stranger: Team;
useWorld({}, async (opened) => {
  team = await opened.newTeam();
  stranger = await opened.newTeam("Stranger");
});

test("a team starts with a default ruleset, as Apollo's sequences show it", async () => {
  const [ruleset] = (await stranger.api.rulesets.list()).sequence_rulesets;
  assert.deepEqual(
    [
      ruleset?.default,
      ruleset?.mark_finished_if_reply,
      ruleset?.mark_finished_if_interested,
      ruleset?.mark_finished_if_click,
      ruleset?.mark_paused_if_ooo,
      ruleset?.same_account_reply_policy_cd,
      ruleset?.same_account_reply_delay_days,
      ruleset?.create_task_if_email_open,
      ruleset?.email_open_trigger_task_threshold,
      ruleset?.days_to_wait_before_mark_as_response,
      ruleset?.max_emails_per_day,
    ],
    [true, true, true, false, true, "none", 30, false, 3, 5, null],
  );
});

test("a ruleset is made, changed for all that use it, and null gives a word back", async () => {
  const { sequence_ruleset } = await team.api.rulesets.create({
    name: "Strict",
    mark_finished_if_click: true,
  });
  const { id } = sequence_ruleset;
  assert.deepEqual(
    [sequence_ruleset.mark_finished_if_click, sequence_ruleset.mark_finished_if_reply],
    [true, null],
  );
  const { emailer_campaign } = await team.api.sequences.create({ name: "Ruled", sequence_ruleset_id: id });
  const ruleOf = async () =>
    (await team.api.sequences.show({ id: emailer_campaign.id })).effective_rules.mark_finished_if_click;
  assert.deepEqual(await ruleOf(), { value: true, origin: "ruleset" });
  await team.api.rulesets.update({ id, mark_finished_if_click: null });
  assert.deepEqual(await ruleOf(), { value: false, origin: "team" });
  const renamed = await team.api.rulesets.update({ id, name: "Milder" });
  assert.deepEqual((await team.api.rulesets.show({ id })).sequence_ruleset, renamed.sequence_ruleset);
  assert.equal((await refused(team.api.rulesets.remove({ id }))).code, "ruleset_in_use");
  await team.api.sequences.update({ id: emailer_campaign.id, sequence_ruleset_id: null });
  await team.api.rulesets.remove({ id });
  assert.equal((await refused(team.api.rulesets.show({ id }))).status, 404);
});

test("how many sequences a ruleset holds for is told; the default's are also those that name none", async () => {
  const { sequence_ruleset: own } = await stranger.api.rulesets.create({ name: "Of two" });
  const of = async () =>
    new Map(
      (await stranger.api.rulesets.list()).sequence_rulesets.map((one) => [one.name, one.num_sequences]),
    );
  const before = (await of()).get("Default ruleset") ?? 0;
  await stranger.api.sequences.create({ name: "One", sequence_ruleset_id: own.id });
  const { emailer_campaign: two } = await stranger.api.sequences.create({
    name: "Two",
    sequence_ruleset_id: own.id,
  });
  await stranger.api.sequences.create({ name: "Of nobody" });
  assert.deepEqual([(await of()).get("Of two"), (await of()).get("Default ruleset")], [2, before + 1]);
  await stranger.api.sequences.archive({ id: two.id });
  assert.equal((await of()).get("Of two"), 1);
});

test("what happens to a mail moves to a stage, event by event, by ruleset and by sequence", async () => {
  const stages = (await team.api.contactStages.list()).contact_stages;
  const [first = "", second = ""] = stages.map(({ id }) => id);
  const made = await team.api.rulesets.create({
    name: "Moving",
    contact_email_event_to_stage_mapping: { replied: first, bounced: second, opened: null },
  });
  const { id } = made.sequence_ruleset;
  const mapped = { replied: first, bounced: second };
  assert.deepEqual(made.sequence_ruleset.contact_email_event_to_stage_mapping, mapped);
  const renamed = await team.api.rulesets.update({ id, name: "Moving on" });
  assert.deepEqual(renamed.sequence_ruleset.contact_email_event_to_stage_mapping, mapped);
  const other = { contact_email_event_to_stage_mapping: { clicked: first } };
  assert.deepEqual(
    (await team.api.rulesets.update({ id, ...other })).sequence_ruleset.contact_email_event_to_stage_mapping,
    { clicked: first },
  );
  const { emailer_campaign } = await team.api.sequences.create({ name: "Moving", ...other });
  assert.deepEqual(emailer_campaign.contact_email_event_to_stage_mapping, { clicked: first });
  const none = await team.api.sequences.update({
    id: emailer_campaign.id,
    contact_email_event_to_stage_mapping: {},
  });
  assert.deepEqual(none.emailer_campaign.contact_email_event_to_stage_mapping, {});
});

test("a mapping to a stage that is not the team's is refused whole; what is no event is passed over", async () => {
  const theirs = (await stranger.api.contactStages.list()).contact_stages[0]?.id ?? "";
  const own = (await team.api.contactStages.list()).contact_stages[0]?.id ?? "";
  const before = (await team.api.rulesets.list()).sequence_rulesets.length;
  for (const stage of [theirs, "64f0aa0000000000000000ff"]) {
    const mapping = { contact_email_event_to_stage_mapping: { replied: own, opened: stage } };
    for (const attempt of [
      () => team.api.rulesets.create({ name: "Refused", ...mapping }),
      () => team.api.sequences.create({ name: "Refused", ...mapping }),
    ]) {
      const refusal = await refused(attempt());
      assert.deepEqual([refusal.status, refusal.code], [422, "stage_not_found"]);
    }
  }
  assert.equal((await team.api.rulesets.list()).sequence_rulesets.length, before);
  const unknown = { contact_email_event_to_stage_mapping: { sneezed: own, replied: own } as object };
  const { sequence_ruleset } = await team.api.rulesets.create({ name: "Passed over", ...unknown });
  assert.deepEqual(sequence_ruleset.contact_email_event_to_stage_mapping, { replied: own });
});

test("one ruleset is the default", async () => {
  const made = await team.api.rulesets.create({ name: "New default", default: true });
  const defaults = (await team.api.rulesets.list()).sequence_rulesets.filter((one) => one.default);
  assert.deepEqual(
    defaults.map(({ id }) => id),
    [made.sequence_ruleset.id],
  );
  assert.equal(
    (await refused(team.api.rulesets.remove({ id: made.sequence_ruleset.id }))).code,
    "ruleset_in_use",
  );
  assert.equal(
    (await refused(team.api.rulesets.update({ id: made.sequence_ruleset.id, default: false }))).code,
    "default_kept",
  );
});

test("a stranger's ruleset is not there", async () => {
  const id = (await stranger.api.rulesets.list()).sequence_rulesets[0]?.id ?? "";
  for (const attempt of [
    () => team.api.rulesets.show({ id }),
    () => team.api.rulesets.update({ id, name: "x" }),
    () => team.api.rulesets.remove({ id }),
  ])
    assert.equal((await refused(attempt())).status, 404);
});
