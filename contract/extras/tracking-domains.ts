// Domains under which the links in a team's emails stand.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

export const trackingDomain = z.strictObject({
  id: fields.id,
  domain: z.string(),
  default: z.boolean().describe("Used by mailboxes without a tracking domain of their own"),
  state: z
    .enum(["unverified", "verified", "lost"])
    .describe("Only a verified domain is used; links in emails that were sent keep theirs"),
  verified_at: fields.stamp.nullable(),
  checked_at: fields.stamp.nullable(),
  fault: z.enum(["no_record", "private_address", "no_answer", "other_server", "sandbox"]).nullable(),
  sentence: z.string().nullable().describe("The fault in words"),
  record: z
    .strictObject({ name: z.string(), type: z.literal("CNAME"), value: z.string() })
    .describe("The DNS record to publish"),
  created_at: fields.stamp,
});

const output = z.strictObject({ tracking_domain: trackingDomain });

export const trackingDomains = {
  list: endpoint({
    method: "GET",
    path: "/tracking_domains",
    scope: "tracking_domains/index",
    access: "scoped",
    effect: "read",
    summary: "List tracking domains",
    input: z.object({}),
    output: z.strictObject({ tracking_domains: z.array(trackingDomain) }),
  }),

  create: endpoint({
    method: "POST",
    path: "/tracking_domains",
    scope: "tracking_domains/create",
    access: "admin",
    effect: "write",
    summary: "Add a tracking domain",
    description:
      "Links in emails then stand under this name. Publish the `record`, and let the proxy answer for the name with a certificate. The domain is used once it leads to this installation.",
    input: z.object({
      domain: fields.text(253),
      default: fields.flag.optional().describe("Default: true for the first one"),
    }),
    output,
  }),

  update: endpoint({
    method: "PATCH",
    path: "/tracking_domains/{id}",
    scope: "tracking_domains/update",
    access: "admin",
    effect: "write",
    summary: "Change the default tracking domain",
    input: z.object({ id: fields.id, default: fields.flag.optional() }),
    output,
  }),

  check: endpoint({
    method: "POST",
    path: "/tracking_domains/{id}/check",
    scope: "tracking_domains/check",
    access: "admin",
    effect: "write",
    summary: "Check a tracking domain now",
    description: "Otherwise a verified one is checked once a day.",
    input: z.object({ id: fields.id }),
    output,
  }),

  destroy: endpoint({
    method: "DELETE",
    path: "/tracking_domains/{id}",
    scope: "tracking_domains/destroy",
    access: "admin",
    effect: "write",
    summary: "Remove a tracking domain",
    description: "Links in emails that were sent work for as long as the name leads here.",
    input: z.object({ id: fields.id }),
    output,
  }),
};
