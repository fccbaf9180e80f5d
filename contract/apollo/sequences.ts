import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { earlierVersion } from "../extras/earlier-version.ts";
import { editMode } from "../extras/edit-mode.ts";
import { ruleInputs } from "../extras/rulesets.ts";
import * as fields from "../fields.ts";
import { sequence, sharingAccess, sharingInput } from "./sequence.ts";
import { newStepInList, step, stepInList, team } from "./steps.ts";
import { template } from "./templates.ts";
import { touch } from "./touches.ts";

export const tree = {
  emailer_campaign: sequence,
  emailer_steps: z.array(step),
  emailer_touches: z.array(touch),
  emailer_templates: z.array(template),
};

/** What may be said of a sequence, at its making and later. */
const settings = {
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
  cc_emails: fields.text(2000).optional().describe("Comma-separated"),
  bcc_emails: fields.text(2000).optional().describe("Comma-separated"),
  creation_type: z.enum(["new", "draft", "ai_assistant"]).optional(),
  delivery_policy: z
    .enum(["never_twice", "never_lost"])
    .optional()
    .describe(
      "Cadenza's own: whether a mail of which nobody can know if it was taken is kept back or sent again",
    ),
  on_not_sent: z
    .enum(["fail", "continue"])
    .optional()
    .describe("Cadenza's own: whether a mail that cannot be sent stops the contact, or is passed over"),
  priority_policy: z
    .enum(["score", "followups_first", "fifo"])
    .optional()
    .describe("Cadenza's own: whose mail goes first where a mailbox has several"),
};

const stepsToChange = {
  emailer_steps: z.array(stepInList).max(100).optional(),
  force: fields.flag.default(false),
  edit_mode: editMode,
};

const permissions = z
  .enum(["team_can_use", "team_can_view", "private"])
  .optional()
  .catch(undefined)
  .describe("Deprecated");

const search = {
  ...fields.paging,
  q_name: fields.text(300).optional().describe("Words that all stand in the name"),
  q_keywords: fields.text(300).optional().describe("The same"),
  name: fields.text(300).optional().describe("The same"),
  emailer_campaign_status: z.enum(["active", "inactive", "archived", "unarchived"]).optional(),
  label_ids: z.array(fields.id).max(200).optional(),
  user_ids: z.array(fields.id).max(200).optional(),
  folder_id: fields.id.optional(),
  starred: fields.flag.optional().describe("Cadenza's own: only those the caller has starred"),
  sort_by_field: fields.text(100).optional().describe("created_at, updated_at, last_used_at, name, active"),
  sort_ascending: fields.flag.default(false),
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
    summary: "Searches sequences by name, newest first",
    input: z.object(search),
    output: found,
  }),

  list: endpoint({
    method: "GET",
    path: "/emailer_campaigns",
    scope: "emailer_campaigns/index",
    access: "scoped",
    effect: "read",
    summary: "Lists sequences, as the search does",
    input: z.object(search),
    output: found,
  }),

  show: endpoint({
    method: "GET",
    path: "/emailer_campaigns/{id}",
    scope: "emailer_campaigns/show",
    access: "scoped",
    effect: "read",
    summary: "Shows a sequence with its steps, variants and mails",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      ...tree,
      effective_rules: z
        .record(
          z.string(),
          z.strictObject({
            value: z.union([z.boolean(), z.int(), z.string()]).nullable(),
            origin: z.enum(["sequence", "ruleset", "team", "built_in"]),
          }),
        )
        .describe("Cadenza's own: which rule holds, and who says so"),
      earlier_versions: z
        .array(earlierVersion)
        .describe(
          "Cadenza's own: what people still go through since an edit with `edit_mode` frozen, newest first",
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
    summary: "Makes a sequence with its steps; its owner is whoever asks",
    wrapper: "emailer_campaign",
    input: z.object({
      ...settings,
      permissions: fields.text(100).optional().describe("Deprecated; has no effect"),
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
    summary: "Makes a sequence as the web app does: without steps, with the usual stages excluded",
    wrapper: "emailer_campaign",
    description: "Where `emailer_steps` are sent after all, they are made, and `active` holds.",
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
    summary: "Changes a sequence; steps that are sent are the whole list",
    description:
      "A step with an id is changed, one without is made, one that is missing is taken away: refused while " +
      "contacts wait there, unless `force` moves them on. Without `emailer_steps` the steps stay as they are.",
    wrapper: "emailer_campaign",
    input: z.object({
      id: fields.id,
      ...settings,
      user_id: fields.id.optional().describe("Gives the sequence to this person"),
      sharing_permission: sharingInput.optional(),
      permissions: fields.text(100).optional().describe("Deprecated; has no effect"),
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
      ...tree,
    }),
  }),

  change: endpoint({
    method: "PUT",
    also: ["PATCH"],
    path: "/emailer_campaigns/{id}",
    scope: "emailer_campaigns/update",
    access: "scoped",
    effect: "write",
    summary: "Changes a sequence; takes it out of the archive with `archived: false`",
    description:
      "`emailer_steps` are the whole list, as in `PUT /sequences/{id}`; without them the steps stay as they are.",
    wrapper: "emailer_campaign",
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
