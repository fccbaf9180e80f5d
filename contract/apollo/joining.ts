// Contacts joining a sequence, and what became of each of them.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { joined, joiningStarted, reason } from "./joined.ts";
import { terms } from "./joining-terms.ts";

const sample = z.array(fields.named);

export const joining = {
  addContacts: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/add_contact_ids",
    scope: "emailer_campaigns/add_contact_ids",
    oauth: "emailer_campaigns_add_contact_ids",
    access: "scoped",
    effect: "write",
    summary: "Add contacts to a sequence",
    description:
      "Up to 1,000 contacts are added at once; more, or `async`, run in the background and answer with a job. `skipped_contact_ids` holds the first reason per skipped contact. `skipped_contacts` holds all reasons and the flags that add the contact anyway.",
    input: z.object({
      ...terms,
      promise_id: fields.id.optional().describe("Cadenza's own: id of a prediction to compare with later"),
    }),
    output: z.union([joined, joiningStarted]),
  }),

  checkDeployability: endpoint({
    method: "POST",
    path: "/emailer_campaigns/check_contacts_deployability",
    scope: "emailer_campaigns/check_contacts_deployability",
    access: "scoped",
    effect: "read",
    summary: "Check contacts before adding them to a sequence",
    description: "Counts the contacts that would be skipped, by reason.",
    input: z.object({
      emailer_campaign_id: fields.id.optional().describe("Default: checks as for a new sequence"),
      contact_ids: z.array(fields.id).max(10_000),
    }),
    output: z.strictObject({
      num_active_in_other_campaigns: z.int(),
      num_finished_in_other_campaigns: z.int(),
      num_same_company: z.int(),
      num_no_email: z.int(),
      num_unverified_email: z.int(),
      num_without_ownership_permission: z.int(),
      num_with_job_change_contacts: z.int(),
      sample_active_in_other_campaigns_contacts: sample,
      sample_finished_in_other_campaigns_contacts: sample,
      sample_same_company_contacts: sample,
      sample_no_email_contacts: sample,
      sample_unverified_email_contacts: sample,
      sample_without_ownership_permission: sample,
      sample_with_job_change_contacts: sample,
      show_warning: z.boolean(),
      num_total_dangerous_contacts: z.int(),
    }),
  }),

  verdicts: endpoint({
    method: "GET",
    path: "/emailer_campaigns/{id}/verdicts",
    scope: "emailer_campaigns/verdicts",
    access: "scoped",
    effect: "read",
    summary: "List the result for each contact that was to be added",
    description: "Kept for 90 days. With `Accept: text/csv` you get all results as a file.",
    alsoCsv: true,
    input: z.object({
      id: fields.id,
      request_id: fields.id.optional(),
      contact_id: fields.id.optional(),
      code: fields.text(100).optional(),
      verdict: z.enum(["added", "skipped"]).optional(),
      ...fields.paging,
    }),
    output: z.strictObject({
      verdicts: z.array(
        z.strictObject({
          request_id: fields.id,
          contact_id: fields.id,
          contact_name: z.string().nullable().describe("Current name"),
          verdict: z.enum(["added", "skipped"]),
          code: z.string().nullable(),
          reasons: z.array(reason),
          at: fields.stamp,
          by_user_id: fields.id.nullable(),
        }),
      ),
      pagination: fields.pagination,
    }),
  }),
  additions: endpoint({
    method: "GET",
    path: "/emailer_campaigns/{id}/additions",
    scope: "emailer_campaigns/additions",
    access: "scoped",
    effect: "read",
    summary: "List the requests that added contacts to a sequence",
    description:
      "Newest first, with counts and reasons of skipped contacts. Kept for 90 days. For the result per contact, use verdicts with the request_id.",
    input: z.object({ id: fields.id, ...fields.paging }),
    output: z.strictObject({
      additions: z.array(
        z.strictObject({
          request_id: fields.id,
          at: fields.stamp,
          by: fields.named.nullable(),
          num_added: z.int(),
          num_skipped: z.int(),
          codes: z
            .array(z.strictObject({ code: z.string(), count: z.int() }))
            .describe("First reason of each skipped contact"),
        }),
      ),
      pagination: fields.pagination,
    }),
  }),
};
