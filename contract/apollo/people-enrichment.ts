// Looking people and companies up: in the store first, then with the providers the team has connected.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { shownAccount } from "./account.ts";
import { contact } from "./contact.ts";
import { enrichedOrganization } from "./enriched.ts";
import { person } from "./mixed-people.ts";
import { organization } from "./organization.ts";

const said = {
  id: fields.id.optional(),
  first_name: fields.text(200).optional(),
  last_name: fields.text(200).optional(),
  name: fields.text(400).optional(),
  email: fields.text(320).optional(),
  hashed_email: fields
    .sized(64)
    .regex(/^(?:[0-9a-f]{32}|[0-9a-f]{64})$/i, "is not an MD5 or SHA-256")
    .optional(),
  organization_name: fields.text(300).optional(),
  domain: fields.text(253).optional(),
  organization_domain: fields.text(253).optional().describe("Same as `domain`, as some clients send it"),
  linkedin_url: fields.text(2000).optional(),
};

const flags = {
  reveal_personal_emails: fields.flag.default(false),
  reveal_phone_number: fields.flag
    .default(false)
    .describe("Needs `webhook_url`: the phone number arrives later"),
  run_waterfall_email: fields.flag.default(false).describe("Ask all providers; the result arrives later"),
  run_waterfall_phone: fields.flag
    .default(false)
    .describe("Ask all providers for a phone number. `webhook_url` is optional: the result is also stored"),
  webhook_url: fields.text(2000).optional(),
};

export const matched = z.strictObject({
  ...person.shape,
  contact: contact.nullable(),
  twitter_url: z.string().nullable(),
  github_url: z.string().nullable(),
  facebook_url: z.string().nullable(),
  extrapolated_email_confidence: z.number().nullable(),
  account_id: z.string().nullable(),
  account: shownAccount.nullable().describe("The account that the team has of the employer"),
  personal_emails: z.array(z.string()).describe("Only if `reveal_personal_emails` is set"),
  is_likely_to_engage: z.boolean(),
  show_intent: z.boolean(),
  stale: z.boolean().describe("Cadenza's own: true if last confirmed more than 90 days ago"),
});

const later = {
  waterfall: z
    .strictObject({
      status: z.literal("accepted"),
      message: z.string(),
      unprocessed_attributes: z.array(z.never()),
    })
    .optional(),
  phone_enrichment: z
    .strictObject({ request_id: z.string(), status: z.literal("accepted"), message: z.string() })
    .optional(),
  request_id: z.int().optional().describe("For GET /webhook_result/{request_id}"),
};

const lost = z.strictObject({
  code: z.literal("lookup_lost"),
  message: z.string(),
});

/** Only present when no person was found because the lookup was lost. */
export const lostOne = lost
  .optional()
  .describe(
    "Cadenza's own, only if no person was found: a server stopped during the lookup. The provider may have charged for it and is not asked again automatically",
  );

const lostSome = lost
  .extend({ places: z.array(z.int()).describe("Positions in the list you sent") })
  .optional()
  .describe(
    "Cadenza's own, only if it applies to at least one person: like `lookup_lost` of the single call",
  );

const company = {
  domain: fields.text(253).optional(),
  linkedin_url: fields.text(2000).optional(),
  name: fields.text(300).optional(),
  website: fields.text(2000).optional(),
};

const bulk = { status: z.literal("success"), error_code: z.null(), error_message: z.null() };

export const people = {
  match: endpoint({
    method: "POST",
    also: ["GET"],
    path: "/people/match",
    scope: "people/match",
    oauth: "people_match",
    access: "scoped",
    effect: "write",
    summary: "Enrich one person",
    description:
      "Searches the people database, then your team's providers. Costs one credit if found, otherwise nothing. A provider costs what your team has set.",
    input: z.object({ ...said, ...flags }),
    output: z.strictObject({ person: matched.nullable(), lookup_lost: lostOne, ...later }),
  }),

  enrich: endpoint({
    method: "POST",
    path: "/people/enrich",
    scope: "people/enrich",
    access: "scoped",
    effect: "write",
    summary: "Enrich one person (older clients)",
    description: "Same as people/match, mostly used with an id from a search.",
    input: z.object({ ...said, ...flags }),
    output: z.strictObject({ person: matched.nullable(), lookup_lost: lostOne, ...later }),
  }),

  bulkMatch: endpoint({
    method: "POST",
    path: "/people/bulk_match",
    scope: "people/bulk_match",
    oauth: "people_bulk_match",
    access: "scoped",
    effect: "write",
    summary: "Enrich up to ten people",
    description: "A person not found is null at their position.",
    input: z.object({
      details: z.array(z.object(said)).max(1000).default([]).describe("One to ten people"),
      ...flags,
    }),
    output: z.strictObject({
      ...bulk,
      total_requested_enrichments: z.int(),
      unique_enriched_records: z.int(),
      missing_records: z.int(),
      credits_consumed: z.int(),
      matches: z.array(matched.nullable()),
      lookup_lost: lostSome,
      ...later,
    }),
  }),

  show: endpoint({
    method: "GET",
    path: "/people/{id}",
    scope: "people/show",
    oauth: "person_read",
    access: "scoped",
    effect: "read",
    summary: "Show a person in the people database",
    description: "Without contact data, unless the person is saved or paid for.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ person }),
  }),
};

export const organizationEnrichment = {
  enrich: endpoint({
    method: "POST", // because it may cost something; Apollo documents GET
    also: ["GET"],
    path: "/organizations/enrich",
    scope: "organizations/enrich",
    oauth: "organizations_enrich",
    access: "scoped",
    effect: "write",
    summary: "Enrich one company",
    description:
      "Searches the people database, then your team's providers. Costs one credit if found, otherwise nothing.",
    input: z.object(company),
    output: z.strictObject({ organization: enrichedOrganization.nullable(), lookup_lost: lostOne }),
  }),

  bulkEnrich: endpoint({
    method: "POST",
    path: "/organizations/bulk_enrich",
    scope: "organizations/bulk_enrich",
    oauth: "organizations_bulk_enrich",
    access: "scoped",
    effect: "write",
    summary: "Enrich up to ten companies",
    description: "A company not found is null at its position.",
    input: z.object({
      domains: z.array(fields.text(253)).max(1000).optional(),
      details: z.array(z.object(company)).max(1000).optional(),
    }),
    output: z.strictObject({
      ...bulk,
      total_requested_domains: z.int().nullable(),
      unique_domains: z.int().nullable(),
      total_requested_records: z.int().nullable(),
      unique_records: z.int().nullable(),
      unique_enriched_records: z.int(),
      missing_records: z.int(),
      credits_consumed: z.int().describe("Cadenza's own: credits charged"),
      organizations: z.array(enrichedOrganization.nullable()),
      lookup_lost: lostSome,
    }),
  }),

  show: endpoint({
    method: "GET",
    path: "/organizations/{id}",
    scope: "organizations/show",
    oauth: "organization_read",
    access: "scoped",
    effect: "read",
    summary: "Show a company in the people database",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ organization }),
  }),
};

export const webhookResults = {
  show: endpoint({
    method: "GET",
    path: "/webhook_result/{request_id}",
    scope: "webhook_result/show",
    oauth: "webhook_result_read",
    access: "scoped",
    effect: "read",
    summary: "Show the result of a request that is answered later",
    description: "Kept for 30 days.",
    input: z.object({ request_id: fields.text(30) }),
    output: z.strictObject({
      request_id: z.string(),
      webhook_status: z.enum(["success", "failed"]),
      request_type: z.enum(["phone", "waterfall"]),
      last_dispatched_at: fields.stamp.nullable(),
      failure_reason: z.string().nullable(),
      webhook_result: z
        .record(z.string(), z.unknown())
        .describe(
          "Same as the webhook payload. Cadenza's own: `lookup_lost` as in people/bulk_match, also for people found without the requested data",
        ),
    }),
  }),
};
