import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { LANGUAGE_CODES } from "../languages.ts";
import { userSettings } from "./user-settings.ts";

/** The languages that the screen is translated into. */
export const language = z.enum(LANGUAGE_CODES);

/** Those of Apollo's keys that say something here, and ours. */
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
    .describe("Unsubscribe line of the user's emails, with `<%…%>` around the link; null: the team's line"),
  should_include_unsubscribe_link: z
    .boolean()
    .nullable()
    .describe("Whether the user's emails end with the unsubscribe line; null: the team's setting"),
  language: language
    .nullable()
    .describe("Cadenza's own: language of the screen; null: as the browser asks for it"),
  meeting_url: z
    .string()
    .nullable()
    .describe("Cadenza's own: page where contacts book a meeting with the user"),
  dial_link: z
    .string()
    .nullable()
    .describe("Cadenza's own: what a click on a phone number opens; null: `tel:`"),
  role: z.enum(["admin", "member"]).describe("Cadenza's own: role in the team"),
  state: z.enum(["active", "invited", "deactivated"]).describe("Cadenza's own: state of the account"),
  last_signed_in_at: fields.stamp.nullable().describe("Cadenza's own: time of the last sign-in"),
});

/** In a search: with the settings that Apollo prints beside it. */
export const foundUser = z.strictObject({ ...user.shape, ...userSettings });

export const users = {
  search: endpoint({
    method: "GET",
    also: ["POST"],
    path: "/users/search",
    scope: "users/search",
    oauth: "users_list",
    access: "scoped",
    effect: "read",
    summary: "List the team's users",
    input: z.object({
      ...fields.paging,
      q_keywords: fields.text(200).optional().describe("Part of a name or email address"),
    }),
    output: z.strictObject({
      pagination: fields.paginationAsGiven,
      users: z.array(foundUser),
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
    summary: "Show the user the API key acts as",
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
