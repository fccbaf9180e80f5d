import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { etag } from "../etags.ts";
import { earlierVersion } from "../extras/earlier-version.ts";
import { editMode } from "../extras/edit-mode.ts";
import { ruleInputs } from "../extras/rulesets.ts";
import * as fields from "../fields.ts";
import { sequence, sharingAccess, sharingInput } from "./sequence.ts";
import { newStepInList, step, stepInList, stepInput, team } from "./steps.ts";
import { template } from "./templates.ts";
import { MAIL_TEXT, pairInput, touch, touchInput } from "./touches.ts";

export const tree = {
  emailer_campaign: sequence,
  emailer_steps: z.array(step),
  emailer_touches: z.array(touch),
  emailer_templates: z.array(template),
};

/** With its tag, which stands for the steps as well. */
const tagged = { ...tree, etag: etag() };

/** What may be said of a sequence, at its making and later. */
export const settings = {
  name: fields.name(300).optional(),
  description: fields.text(5000).nullish(),
  active: fields.flag.optional(),
  emailer_schedule_id: fields.id.nullish(),
  label_names: z.array(fields.name()).max(100).optional(),
  folder_id: fields.id.nullish(),
  sequence_ruleset_id: fields.id.nullish(),
  sequence_by_exact_daytime: fields.flag.nullish(),
  ...ruleInputs,
  excluded_account_stage_ids: z.array(fields.id).max(200).optional(),
  excluded_contact_stage_ids: z.array(fields.id).max(200).optional(),
  allowed_send_from_domains: z.array(fields.text(253)).max(200).optional(),
  cc_emails: fields.text(2000).optional().describe("Separated by commas"),
  bcc_emails: fields.text(2000).optional().describe("Separated by commas"),
  creation_type: z.enum(["new", "draft", "ai_assistant"]).optional(),
  delivery_policy: z
    .enum(["never_twice", "never_lost"])
    .optional()
    .describe(
      "Cadenza's own: what happens if delivery is not confirmed. `never_twice` holds the email, `never_lost` sends it again",
    ),
  on_not_sent: z
    .enum(["fail", "continue"])
    .optional()
    .describe(
      "Cadenza's own: what happens if an email cannot be sent. `fail` stops the contact, `continue` skips the email",
    ),
  priority_policy: z
    .enum(["score", "followups_first", "fifo"])
    .optional()
    .describe("Cadenza's own: sending priority if a mailbox has several emails due"),
  send_at_usual_hour: z
    .boolean()
    .optional()
    .describe("Cadenza's own: emails wait up to 24 hours for the hour at which the contact usually reads"),
};

const stepsToChange = {
  emailer_steps: z.array(stepInList).max(100).optional(),
  force: fields.flag.default(false),
  edit_mode: editMode,
};

const ofSettings = Object.keys(settings);

/** A change of settings or of steps is a change of the sequence. */
const ifMatch = {
  record: z.strictObject(tagged),
  idIn: "emailer_campaign",
  read: { call: "sequences.show" },
  shows: {
    ...Object.fromEntries(ofSettings.map((name) => [name, "emailer_campaign"])),
    user_id: "emailer_campaign",
    sharing_permission: "emailer_campaign",
    permissions: "emailer_campaign",
    archived: "emailer_campaign",
    label_ids: "emailer_campaign",
    emailer_steps: ["emailer_steps", "emailer_touches", "emailer_templates"],
    force: null,
    edit_mode: null,
  },
  within: {
    emailer_campaign: [
      ...ofSettings.filter((name) => name !== "label_names"),
      "user_id",
      "sharing_permission",
      "permissions",
      "archived",
      "label_ids",
    ],
    emailer_steps: ["id", ...Object.keys(stepInput)],
    emailer_touches: ["id", ...Object.keys(touchInput), ...Object.keys(pairInput)],
    emailer_templates: MAIL_TEXT,
  },
};

const permissions = z
  .enum(["team_can_use", "team_can_view", "private"])
  .optional()
  .catch(undefined)
  .describe("Deprecated");

const search = {
  ...fields.paging,
  q_name: fields.text(300).optional().describe("Words that must all be in the name"),
  q_keywords: fields.text(300).optional().describe("Same as `q_name`"),
  name: fields.text(300).optional().describe("Same as `q_name`"),
  emailer_campaign_status: z
    .enum(["active", "inactive", "archived", "unarchived"])
    .optional()
    .describe("`unarchived`: active and inactive"),
  label_ids: z.array(fields.id).max(200).optional(),
  user_ids: z.array(fields.id).max(200).optional().describe("Owners"),
  folder_id: fields.id.optional().describe("Only sequences in this folder"),
  starred: fields.flag.optional().describe("Cadenza's own: only sequences the caller has starred"),
  sort_by_field: fields
    .text(100)
    .optional()
    .describe(
      "`created_at`, `updated_at`, `last_used_at`, `name` or `active`. Cadenza's own: `owner`, `folder`, `starred`, `num_steps`, " +
        "`num_contacts`, `unique_scheduled`, `unique_delivered`, `open_rate`, `click_rate`, `reply_rate`, `demo_rate`, `bounce_rate`",
    ),
  sort_ascending: fields.flag.default(false).describe("Smallest or earliest first"),
};

const found = z.strictObject({
  pagination: fields.pagination,
  breadcrumbs: z.array(
    z.strictObject({
      label: z.string(),
      signal_field_name: z.string(),
      value: z.string(),
      display_name: z.string(),
    }),
  ),
  emailer_campaigns: z.array(sequence),
  num_fetch_result: z.null(),
});

export const sequences = {
  search: endpoint({
    method: "POST",
    also: ["GET"],
    path: "/emailer_campaigns/search",
    scope: "emailer_campaigns/search",
    oauth: "emailer_campaigns_search",
    access: "scoped",
    effect: "read",
    summary: "Search sequences by name",
    description: "Default order: newest first.",
    input: z.object(search),
    output: found,
  }),

  list: endpoint({
    method: "GET",
    path: "/emailer_campaigns",
    scope: "emailer_campaigns/index",
    access: "scoped",
    effect: "read",
    summary: "List sequences",
    description: "Takes the same filters as the search.",
    input: z.object(search),
    output: found,
  }),

  show: endpoint({
    method: "GET",
    path: "/emailer_campaigns/{id}",
    scope: "emailer_campaigns/show",
    access: "scoped",
    effect: "read",
    summary: "Show a sequence with its steps, variants and emails",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      ...tagged,
      effective_rules: z
        .record(
          z.string(),
          z.strictObject({
            value: z.union([z.boolean(), z.int(), z.string()]).nullable(),
            origin: z.enum(["sequence", "ruleset", "team", "built_in"]),
          }),
        )
        .describe("Cadenza's own: the rules that apply, and where each is set"),
      earlier_versions: z
        .array(earlierVersion)
        .describe(
          "Cadenza's own: versions some contacts still follow after an edit with `edit_mode` frozen, newest first",
        ),
    }),
  }),

  create: endpoint({
    method: "POST",
    path: "/sequences",
    scope: "sequences/create",
    oauth: "emailer_campaigns_create",
    access: "scoped",
    effect: "write",
    summary: "Create a sequence with its steps",
    description: "The caller becomes the owner, unless `user_id` names another user.",
    wrapper: "emailer_campaign",
    input: z.object({
      ...settings,
      user_id: fields.id.optional().describe("Owner of the sequence"),
      permissions: fields.text(100).optional().describe("Deprecated, without effect"),
      emailer_steps: z.array(newStepInList).max(100).optional(),
    }),
    output: z.strictObject({
      ...tree,
      sharing_accesses: z.array(sharingAccess),
      attachments: z.array(z.unknown()),
      team,
    }),
  }),

  start: endpoint({
    method: "POST",
    path: "/emailer_campaigns",
    scope: "emailer_campaigns/create",
    access: "scoped",
    effect: "write",
    summary: "Create a sequence without steps, like Apollo's web app",
    description:
      "The default stages are excluded. If you send `emailer_steps`, they are created and `active` applies.",
    wrapper: "emailer_campaign",
    input: z.object({
      ...settings,
      permissions,
      label_ids: z.array(fields.id).max(100).optional(),
      emailer_steps: z.array(newStepInList).max(100).optional(),
    }),
    output: z.strictObject(tree),
  }),

  update: endpoint({
    method: "PUT",
    also: ["PATCH"],
    path: "/sequences/{id}",
    scope: "sequences/update",
    oauth: "emailer_campaigns_update",
    access: "scoped",
    effect: "write",
    summary: "Update a sequence and its steps",
    description:
      "`emailer_steps` is the whole list. Steps with an id are updated, steps without one are created, missing steps are deleted. Deleting a step with waiting contacts is refused, unless `force` moves them on. Without `emailer_steps` the steps stay the same.",
    wrapper: "emailer_campaign",
    ifMatch,
    input: z.object({
      id: fields.id,
      ...settings,
      user_id: fields.id.optional().describe("New owner of the sequence"),
      sharing_permission: sharingInput.optional(),
      permissions: fields.text(100).optional().describe("Deprecated, without effect"),
      ...stepsToChange,
    }),
    output: z.strictObject({
      id: fields.id,
      name: z.string(),
      active: z.boolean(),
      archived: z.boolean(),
      created_at: fields.stamp,
      updated_at: fields.stamp,
      num_steps: z.int(),
      steps: z.array(
        z.strictObject({
          id: fields.id,
          position: z.int(),
          step_type: step.shape.type,
          wait_time: z.int(),
          wait_mode: step.shape.wait_mode,
          auto_skip_in_x_days: z.int().nullable(),
        }),
      ),
      ...tagged,
    }),
  }),

  change: endpoint({
    method: "PUT",
    also: ["PATCH"],
    path: "/emailer_campaigns/{id}",
    scope: "emailer_campaigns/update",
    access: "scoped",
    effect: "write",
    summary: "Update a sequence (as Apollo's web app does)",
    description:
      "`archived: false` restores it from the archive. `emailer_steps` is the whole list, as in `PUT /sequences/{id}`. Without it the steps stay the same.",
    wrapper: "emailer_campaign",
    ifMatch,
    input: z.object({
      id: fields.id,
      ...settings,
      permissions,
      user_id: fields.id.optional(),
      label_ids: z.array(fields.id).max(100).optional(),
      sharing_permission: sharingInput.optional(),
      archived: fields.flag.optional(),
      ...stepsToChange,
    }),
    output: z.strictObject({ emailer_campaign: sequence }),
  }),
};
