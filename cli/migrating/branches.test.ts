// A sequence with a branch moves from one team to another: its paths, what its condition asks, and where contacts go on.

import assert from "node:assert/strict";
import { test } from "node:test";
import { positionAfter } from "../../sdk/moving/branches.ts";
import type { Tree } from "../../sdk/moving/sequences.ts";
import { inSandbox } from "../../server/testing/sandboxed.ts";
import { alwaysOpen } from "../../server/testing/sending.ts";
import { MAIL_STEP, newContact, newSequence } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { cadenza, home } from "../testing.ts";

let old: Team;
const world = useWorld(await inSandbox(), async (opened) => {
  old = await opened.newTeam("Old");
});

const NOW = { wait_time: 0, wait_mode: "minute" as const };

async function migrate(to: Team) {
  const ran = await cadenza(["migrate", "--from", world.url, "--folder", `${home}/branches`, "--json"], {
    env: { CADENZA_URL: world.url, CADENZA_API_KEY: to.key, CADENZA_FROM_KEY: old.key },
  });
  assert.equal(ran.code, 7, ran.err); // something was left out
  return ran.json<{ left_out: { kind: string; why: string; count: number }[] }>();
}

test("paths and conditions move with their names, and contacts go on along their path", async () => {
  const { api } = old;
  const box = (await api.emailAccounts.create({ email: "me@sender.example", type: "catcher" })).email_account;
  const { contact_stage: stage } = await api.contactStages.create({ name: "Warm", category: "in_progress" });
  const { label } = await api.labels.create({ name: "Plants", modality: "contacts" });
  const plan = await newSequence(old, {
    name: "Parted",
    emailer_schedule_id: await alwaysOpen(old),
    emailer_steps: [
      MAIL_STEP,
      {
        type: "branch",
        ...NOW,
        condition: {
          match: "any",
          rules: [
            { type: "contact", filters: { contact_stage_ids: [stage.id], contact_label_ids: [label.id] } },
            { type: "email_opened", not: true, step_position: 1 },
          ],
        },
      },
      { ...MAIL_STEP, ...NOW, branch_position: 2, branch_path: "yes" },
      { type: "call", ...NOW, branch_position: 2, branch_path: "no" },
      { type: "call", wait_time: 5, wait_mode: "day" },
    ],
  });
  await newSequence(old, {
    name: "Tied to a company",
    emailer_steps: [
      {
        type: "branch",
        ...NOW,
        condition: { rules: [{ type: "contact", filters: { account_ids: [stage.id] } }] },
      },
      { type: "call", ...NOW, branch_position: 1, branch_path: "yes" },
    ],
  });
  const person = await newContact(old, { email: "p@firm.example", label_names: ["Plants"] });
  await api.joining.addContacts({
    id: plan.id,
    contact_ids: [person],
    send_email_from_email_account_id: [box.id],
    sequence_unverified_email: true,
  });
  await api.sandbox.advance({ days: 1, wait_seconds: 300 });
  await api.sequences.abort({ id: plan.id });

  const next = await world.newTeam("New");
  await next.api.emailAccounts.create({ email: "me@sender.example", type: "catcher" });
  const { left_out } = await migrate(next);
  assert.deepEqual(
    left_out.filter(({ kind }) => kind === "sequences").map(({ why, count }) => [why, count]),
    [["The condition of a branch asks for records that are not at the target.", 1]],
  );
  const { emailer_campaigns: moved } = await next.api.sequences.search({});
  const { emailer_steps: steps } = await next.api.sequences.show({ id: moved[0]?.id ?? "" });
  assert.deepEqual(
    steps.map(({ branch_step_id, branch_path }) => [
      steps.findIndex(({ id }) => id === branch_step_id),
      branch_path,
    ]),
    [
      [-1, null],
      [-1, null],
      [1, "yes"],
      [1, "no"],
      [-1, null],
    ],
  );
  const warm = (await next.api.contactStages.list()).contact_stages.find(({ name }) => name === "Warm");
  assert.deepEqual(steps[1]?.condition, {
    match: "any",
    wait_days: 0,
    rules: [
      { type: "contact", not: false, filters: { contact_stage_ids: [warm?.id], label_names: ["Plants"] } },
      { type: "email_opened", not: true, step_id: steps[0]?.id },
    ],
  });
  await next.api.sequences.approve({ id: moved[0]?.id ?? "" }); // the step of a paused contact is not shown
  const { contact_campaign_statuses: places } = await next.api.enrollments.search({
    emailer_campaign_ids: [moved[0]?.id ?? ""],
  });
  assert.deepEqual(
    places.map(({ current_step_position }) => current_step_position),
    [5],
    "behind the branch, on no other path",
  );
});

test("behind a step comes the rest of its path, then what follows the branch", () => {
  const step = (id: string, branch_step_id: string | null = null, branch_path: "yes" | "no" | null = null) =>
    ({ id, branch_step_id, branch_path }) as Tree["emailer_steps"][number];
  const steps = [
    ...[step("a"), step("?"), step("b", "?", "yes"), step("!", "?", "yes"), step("c", "!", "no")],
    ...[step("d", "?", "no"), step("e")],
  ];
  assert.deepEqual(
    steps.map((_, n) => positionAfter(steps, n + 1)),
    [2, 7, 4, 7, 7, 7, null],
  );
});
