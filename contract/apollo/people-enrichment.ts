// Looking people and companies up: in the store first, then with the providers the team has connected.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { contact } from "./contact.ts";
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
  organization_domain: fields.text(253).optional().describe("The same, as some clients call it"),
  linkedin_url: fields.text(2000).optional(),
};

const flags = {
  reveal_personal_emails: fields.flag.default(false),
  reveal_phone_number: fields.flag.default(false).describe("Needs webhook_url: the number comes later"),
  run_waterfall_email: fields.flag.default(false).describe("Ask all providers; the answer comes later"),
  run_waterfall_phone: fields.flag
    .default(false)
    .describe("Ask all providers for a number, too; no `webhook_url` is needed: the answer is kept"),
  webhook_url: fields.text(2000).optional(),
};

const matched = z.strictObject({
  ...person.shape,
  contact: contact.nullable(),
  personal_emails: z.array(z.string()).describe("Where reveal_personal_emails asks for them"),
  is_likely_to_engage: z.boolean(),
  show_intent: z.boolean(),
  stale: z.boolean().describe("Cadenza's own: heard more than 90 days ago"),
});

const later = {
  waterfall: z.strictObject({ status: z.literal("accepted"), message: z.string() }).optional(),
  request_id: z.int().optional().describe("Asked for by GET /webhook_result/{request_id}"),
};

const lost = z.strictObject({
  code: z.literal("lookup_lost"),
  message: z.string(),
});

/** Only where it is so: nobody was found, and not because nobody knows them. */
export const lostOne = lost
  .optional()
  .describe(
    "Cadenza's own, only where nobody was found: a server was killed while a provider was asked, which may have been paid and is not asked again by itself",
  );

const lostSome = lost
  .extend({ places: z.array(z.int()).describe("Of those it is so of, in the list that was sent") })
  .optional()
  .describe("Cadenza's own, only where it is so of somebody: as lookup_lost of the single call");

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
    summary: "Finds one person, in the store and then with the team's providers",
    description:
      "Costs one credit where somebody is found, and nothing otherwise; a provider costs what the team has set.",
    input: z.object({ ...said, ...flags }),
    output: z.strictObject({ person: matched.nullable(), lookup_lost: lostOne, ...later }),
  }),

  enrich: endpoint({
    method: "POST",
    path: "/people/enrich",
    scope: "people/enrich",
    access: "scoped",
    effect: "write",
    summary: "As people/match: so older clients ask for one person, mostly by the id a search has shown",
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
    summary: "Finds up to ten people; a miss is null in its place",
    input: z.object({
      details: z.array(z.object(said)).max(1000).default([]).describe("One to ten"),
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
    summary:
      "Shows a person of the store; without what one would reach them by, unless they are saved or were paid for",
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
    summary: "Finds one company, in the store and then with the team's providers",
    description: "Costs one credit where it is found, and nothing otherwise.",
    input: z.object(company),
    output: z.strictObject({ organization: organization.nullable(), lookup_lost: lostOne }),
  }),

  bulkEnrich: endpoint({
    method: "POST",
    path: "/organizations/bulk_enrich",
    scope: "organizations/bulk_enrich",
    oauth: "organizations_bulk_enrich",
    access: "scoped",
    effect: "write",
    summary: "Finds up to ten companies; a miss is null in its place",
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
      credits_consumed: z.int().describe("Cadenza's own"),
      organizations: z.array(organization.nullable()),
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
    summary: "Shows a company of the store",
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
    summary: "What was found for a request whose answer comes later, for 30 days",
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
          "What was posted, too. Cadenza's own in it, only where it is so of somebody: lookup_lost, as in people/bulk_match, also of whoever is known without what was asked for",
        ),
    }),
  }),
};
