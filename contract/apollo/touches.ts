import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { etag } from "../etags.ts";
import { editMode } from "../extras/edit-mode.ts";
import * as fields from "../fields.ts";
import { metrics, touchRates } from "./metrics.ts";
import { bodyHtml, subject, template } from "./templates.ts";

export const touchType = z.enum(["new_thread", "reply_to_thread"]);
export const touchStatus = z.enum(["to_be_reviewed", "approved"]);
const weight = z.int().min(1).max(1000);

export const touch = z.strictObject({
  id: fields.id,
  emailer_step_id: fields.id,
  emailer_template_id: fields.id,
  status: touchStatus,
  type: touchType,
  include_signature: z.boolean(),
  has_personalized_opener: z.boolean().nullable(),
  personalized_opener_fallback_option: z.string(),
  generic_personalized_opener: z.string().nullable(),
  attachment_ids: z.array(z.string()),
  weight: weight.describe("Cadenza's own: share of this variant among the approved variants of the step"),
  goes_with_touch_id: fields.id
    .nullable()
    .describe(
      "Cadenza's own: only for contacts who got this variant of an earlier email step; null: for everyone else",
    ),
  ...metrics,
  ...touchRates,
  template_type: z.null(),
  generation_options: z.array(z.unknown()),
  generation_tone: z.record(z.string(), z.unknown()),
  content_center_type: z.null(),
  product_profile_ids: z.array(fields.id),
  composition_mode: z.null(),
  project_workspace_id: z.null(),
});

export const touchWithTemplate = z.strictObject({
  ...touch.shape,
  emailer_template: template,
  etag: etag(),
});

/** Of a template, what a variant is written with. */
export const MAIL_TEXT = ["id", "name", "subject", "body_html"];

/** The mail of a variant, as it is written together with it. */
export const mailInput = z.object({
  id: fields.id.nullish().describe("Uses and updates this template"),
  name: fields.text(300).nullish(),
  subject: subject.nullish(),
  body_html: bodyHtml.nullish(),
  creation_type: fields.text(50).optional(),
});

export const touchInput = {
  type: touchType.optional(),
  status: touchStatus.optional(),
  include_signature: fields.flag.optional(),
  weight: weight.optional(),
  has_personalized_opener: fields.flag.nullish(),
  personalized_opener_fallback_option: fields.text(100).optional(),
  generic_personalized_opener: fields.text(2000).nullish(),
  attachment_ids: z.array(fields.id).max(20).optional(),
  emailer_template: mailInput.optional(),
  generation_options: z
    .array(z.unknown())
    .max(100)
    .optional()
    .describe("Refused unless empty: Cadenza writes no texts of emails by itself"),
  generation_tone: fields
    .freeForm(z.unknown())
    .nullish()
    .describe("Refused unless empty, like `generation_options`"),
};

/** What it goes with, by its id. */
export const pairInput = {
  goes_with_touch_id: fields.id
    .nullish()
    .describe(
      "Cadenza's own: only for contacts who got this variant of an earlier email step in this sequence; null: for everyone else",
    ),
};

/** And in a list of steps, where what is named may have no id yet, by its place. */
export const placeInput = {
  goes_with: z
    .object({ step: fields.whole(1, 1000), variant: fields.whole(1, 1000) })
    .optional()
    .describe(
      "Cadenza's own: only for contacts who got the variant at this position of the new list; both are counted from 1",
    ),
};

const answer = z.strictObject({ emailer_touch: touchWithTemplate });

export const touches = {
  list: endpoint({
    method: "GET",
    path: "/emailer_touches",
    scope: "emailer_touches/index",
    access: "scoped",
    effect: "read",
    summary: "List the email variants of a sequence or step",
    input: z.object({ emailer_campaign_id: fields.id.optional(), emailer_step_id: fields.id.optional() }),
    output: z.strictObject({ emailer_touches: z.array(touchWithTemplate) }),
  }),

  show: endpoint({
    method: "GET",
    path: "/emailer_touches/{id}",
    scope: "emailer_touches/show",
    access: "scoped",
    effect: "read",
    summary: "Show an email variant",
    input: z.object({ id: fields.id }),
    output: answer,
  }),

  create: endpoint({
    method: "POST",
    path: "/emailer_touches",
    scope: "emailer_touches/create",
    access: "scoped",
    effect: "write",
    summary: "Add a variant to a step (A/B test)",
    wrapper: "emailer_touch",
    input: z.object({ emailer_step_id: fields.id, ...touchInput, ...pairInput, edit_mode: editMode }),
    output: answer,
  }),

  update: endpoint({
    method: "PUT",
    also: ["PATCH"],
    path: "/emailer_touches/{id}",
    scope: "emailer_touches/update",
    access: "scoped",
    effect: "write",
    summary: "Update a variant and its email",
    wrapper: "emailer_touch",
    ifMatch: {
      record: touchWithTemplate,
      shows: { edit_mode: null },
      within: { emailer_template: MAIL_TEXT },
    },
    input: z.object({ id: fields.id, ...touchInput, ...pairInput, edit_mode: editMode }),
    output: answer,
  }),

  remove: endpoint({
    method: "DELETE",
    path: "/emailer_touches/{id}",
    scope: "emailer_touches/destroy",
    access: "scoped",
    effect: "write",
    summary: "Delete a variant",
    input: z.object({ id: fields.id, edit_mode: editMode }),
    output: z.strictObject({ emailer_touch: z.strictObject({ id: fields.id, deleted: z.literal(true) }) }),
  }),

  approve: endpoint({
    method: "POST",
    path: "/emailer_touches/{id}/approve",
    scope: "emailer_touches/approve",
    access: "scoped",
    effect: "write",
    summary: "Approve a variant",
    description: "Only approved variants are sent.",
    input: z.object({ id: fields.id }),
    output: answer,
  }),

  abort: endpoint({
    method: "POST",
    path: "/emailer_touches/{id}/abort",
    scope: "emailer_touches/abort",
    access: "scoped",
    effect: "write",
    summary: "Withdraw the approval of a variant",
    description: "It is no longer sent.",
    input: z.object({ id: fields.id }),
    output: answer,
  }),
};
