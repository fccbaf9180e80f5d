import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { etag } from "../etags.ts";
import { branchInList, branchInNewList, branchInput, condition, path } from "../extras/branch.ts";
import { editMode } from "../extras/edit-mode.ts";
import * as fields from "../fields.ts";
import { template } from "./templates.ts";
import { pairInput, placeInput, touch, touchInput } from "./touches.ts";

export const STEP_TYPES = [
  "auto_email",
  "manual_email",
  "call",
  "sms",
  "whatsapp",
  "action_item",
  "linkedin_step_connect",
  "linkedin_step_message",
  "linkedin_step_view_profile",
  "linkedin_step_interact_post",
  "branch",
] as const;

const type = z.enum(STEP_TYPES);
const waitMode = z.enum(["minute", "hour", "day"]);

export const step = z.strictObject({
  id: fields.id,
  emailer_campaign_id: fields.id,
  position: z.int(),
  wait_time: z.int(),
  type,
  wait_mode: waitMode,
  note: z.string().nullable(),
  note_text: z.string().nullable(),
  max_emails_per_day: z.int().nullable(),
  exact_datetime: fields.stamp.nullable(),
  priority: z.enum(["high", "medium", "low"]).nullable(),
  auto_skip_in_x_days: z.int().nullable(),
  enabled: z.boolean().describe("Cadenza's own: steps that are off are skipped"),
  condition: condition.nullable(),
  branch_step_id: fields.id.nullable(),
  branch_path: path.nullable(),
  counts: z.strictObject({
    active: z.int(),
    paused: z.int(),
    finished: z.int(),
    failed: z.int(),
    bounced: z.int(),
    spam_blocked: z.int(),
    hard_bounced: z.int(),
    not_sent: z.int(),
  }),
  ab_test_details: z.record(z.string(), z.unknown()),
  unique_scheduled: z.int().describe("Open tasks"),
  unique_skipped: z.int(),
  unique_completed: z.int(),
  outcomes: z.array(z.unknown()),
  etag: etag(),
});

/** One place that published clients know by another word. */
const typeInput = z.enum([...STEP_TYPES, "linkedin_step_interact_with_post"]);

const bareStepInput = {
  type: typeInput.optional(),
  position: z.int().min(1).max(1000).optional(),
  wait_time: z.int().min(0).max(100_000).nullish(),
  wait_mode: z.enum([...waitMode.options, "second"]).nullish(),
  exact_datetime: fields.moment.nullish(),
  priority: z.enum(["high", "medium", "low", "A", "B", "C"]).nullish(),
  note: fields.html(100_000).nullish().describe("HTML"),
  max_emails_per_day: z.int().min(0).max(1_000_000).nullish(),
  auto_skip_in_x_days: z.int().min(1).max(365).nullish(),
  enabled: fields.flag.optional(),
};

export const stepInput = { ...bareStepInput, ...branchInput };

/** Where nothing has an id yet. */
export const newStepInput = { ...bareStepInput, ...branchInNewList };

/** A step in the list that a sequence is written with. */
export const stepInList = z.object({
  id: fields.id.nullish().describe("Updates this step; without it a step is created"),
  ...stepInput,
  ...branchInList,
  emailer_touches: z
    .array(z.object({ id: fields.id.nullish(), ...touchInput, ...pairInput, ...placeInput }))
    .max(26)
    .optional(),
});

/** The same where a sequence is made: nothing in it has an id yet. */
export const newStepInList = z.object({
  ...newStepInput,
  emailer_touches: z
    .array(z.object({ ...touchInput, ...placeInput }))
    .max(26)
    .optional(),
});

export const team = z.strictObject({ id: fields.id, sequences_finder_empty: z.boolean() });

export const steps = {
  create: endpoint({
    method: "POST",
    path: "/emailer_steps",
    scope: "emailer_steps/create",
    access: "scoped",
    effect: "write",
    summary: "Add a step to a sequence",
    description:
      "An email step comes with an empty email. A `branch` has a condition; steps on its paths name it in `branch_step_id`, and stand behind it: the yes path first.",
    wrapper: "emailer_step",
    input: z.object({ emailer_campaign_id: fields.id, ...stepInput, type: typeInput, edit_mode: editMode }),
    output: z.strictObject({
      emailer_step: step,
      emailer_touch: touch.nullable(),
      emailer_template: template.nullable(),
      emailer_steps: z.array(step),
      team,
    }),
  }),

  show: endpoint({
    method: "GET",
    path: "/emailer_steps/{id}",
    scope: "emailer_steps/show",
    access: "scoped",
    effect: "read",
    summary: "Show a step",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ emailer_step: step }),
  }),

  update: endpoint({
    method: "PUT",
    also: ["PATCH"],
    path: "/emailer_steps/{id}",
    scope: "emailer_steps/update",
    access: "scoped",
    effect: "write",
    summary: "Update or move a step",
    wrapper: "emailer_step",
    ifMatch: { record: step, shows: { edit_mode: null } },
    input: z.object({ id: fields.id, ...stepInput, edit_mode: editMode }),
    output: z.strictObject({ emailer_step: step }),
  }),

  remove: endpoint({
    method: "DELETE",
    path: "/emailer_steps/{id}",
    scope: "emailer_steps/destroy",
    access: "scoped",
    effect: "write",
    summary: "Delete a step",
    description:
      "With `force`, contacts waiting there move on. A branch is deleted with the steps on its paths.",
    input: z.object({ id: fields.id, force: fields.flag.default(false), edit_mode: editMode }),
    output: z.strictObject({ emailer_step: z.strictObject({ id: fields.id, deleted: z.literal(true) }) }),
  }),
};
