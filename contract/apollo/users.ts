import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

/** Apollo prints about a hundred keys; these are the ones published clients read, and ours. */
export const user = z.strictObject({
  id: fields.id,
  team_id: fields.id,
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  name: z.string(),
  title: z.string().nullable(),
  email: z.string(),
  created_at: fields.stamp,
  deleted: z.boolean(),
  permission_set_id: fields.id,
  subteam_ids: z.array(fields.id),
  opt_out_html_template: z
    .string()
    .nullable()
    .describe(
      "The line by which readers of their mails unsubscribe, `<%…%>` around its link; null: the team's",
    ),
  should_include_unsubscribe_link: z
    .boolean()
    .nullable()
    .describe("Whether their mails end with that line; null: as the team has it"),
  role: z.enum(["admin", "member"]).describe("Cadenza's own"),
  state: z.enum(["active", "invited", "deactivated"]).describe("Cadenza's own"),
  last_signed_in_at: fields.stamp.nullable().describe("Cadenza's own"),
});

export const users = {
  search: endpoint({
    method: "GET",
    also: ["POST"],
    path: "/users/search",
    scope: "users/search",
    oauth: "users_list",
    access: "scoped",
    effect: "read",
    summary: "Lists the people of the team",
    input: z.object({
      ...fields.paging,
      q_keywords: fields.text(200).optional().describe("Part of a name or an email address"),
    }),
    output: z.strictObject({
      pagination: fields.paginationAsGiven,
      users: z.array(user),
      num_fetch_result: z.null(),
    }),
  }),

  apiProfile: endpoint({
    method: "GET",
    path: "/users/api_profile",
    scope: "users/api_profile",
    oauth: "read_user_profile",
    access: "scoped",
    effect: "read",
    summary: "Says as whom the key acts",
    input: z.object({ include_credit_usage: fields.flag.default(false) }),
    output: z.strictObject({
      id: fields.id,
      team_id: fields.id,
      first_name: z.string().nullable(),
      last_name: z.string().nullable(),
      title: z.string().nullable(),
      email: z.string(),
      num_credits_remaining: z.int().optional(),
      effective_num_lead_credits: z.int().optional(),
      num_lead_credits_used: z.int().optional(),
      effective_num_direct_dial_credits: z.int().optional(),
      num_direct_dial_credits_used: z.int().optional(),
      effective_num_export_credits: z.int().optional(),
      num_export_credits_used: z.int().optional(),
      effective_num_ai_credits: z.int().optional(),
      num_ai_credits_used: z.int().optional(),
      effective_num_power_up_credits: z.int().optional(),
      num_power_up_credits_used: z.int().optional(),
      total_unified_credits_used: z.int().optional(),
    }),
  }),
};
