// Who is asked about people and companies after the team's own store: in the team's order, with its keys.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

export const providerCall = z.strictObject({
  method: z.enum(["GET", "POST"]).default("POST"),
  url: fields
    .text(2000)
    .describe("May contain {{email}}, {{domain}}, {{first_name}} and so on, but not in the host"),
  headers: fields.freeForm(fields.text(2000)).optional(),
  body: z.unknown().optional().describe("JSON; may contain the same placeholders"),
  result: fields
    .freeForm(fields.text(200))
    .describe("By field: its path in the answer, such as `data.emails[0].value`"),
});

export const providerMapping = z.strictObject({
  key: z
    .union([
      z.strictObject({ in: z.enum(["header", "query"]), name: fields.sized(100).regex(/^[\w-]{1,100}$/) }),
      z.strictObject({ in: z.enum(["bearer", "basic"]) }),
    ])
    .describe("Where the key is sent"),
  person: providerCall.nullish(),
  organization: providerCall.nullish(),
});

const words = {
  name: fields.name(100),
  base_url: fields
    .text(2000)
    .describe("Base URL of a server with Apollo's API, such as https://api.apollo.io"),
  mapping: providerMapping.describe("For any other API"),
  provider_key: fields.text(4000).min(1).describe("API key, stored encrypted and never shown again"),
  enabled: fields.flag,
  timeout_ms: z.int().min(100).max(30_000),
  retries: z.int().min(0).max(5),
  price: z.int().min(0).max(1000).describe("Credits charged for each result found"),
  ceiling: z
    .int()
    .min(0)
    .max(100_000)
    .nullable()
    .describe("Most credits for one person or company in 30 days; null: no limit"),
  heeds_request_ids: fields.flag.describe(
    "True if the provider recognizes a repeated Idempotency-Key and charges once. Then a request lost in a server crash is repeated; for other providers it is not, because it may have been charged",
  ),
};

const report = z.strictObject({
  asked: z.int(),
  hits: z.int(),
  misses: z.int(),
  failed: z.int(),
  lost: z.int().describe("Requests lost in a server crash; they may have been charged"),
  credits: z.int(),
  median_ms: z.int().nullable(),
});

export const provider = z.strictObject({
  id: fields.id,
  name: z.string(),
  kind: z.enum(["apollo", "http"]),
  position: z.int(),
  base_url: z.string().nullable(),
  mapping: z.record(z.string(), z.unknown()).nullable(),
  enabled: z.boolean(),
  timeout_ms: z.int(),
  retries: z.int(),
  price: z.int(),
  ceiling: z.int().nullable(),
  heeds_request_ids: z.boolean(),
  paused_until: fields.stamp
    .nullable()
    .describe("Paused because the provider asked for it, or failed too often in a row"),
  created_at: fields.stamp,
  last_30_days: report,
});

const one = z.strictObject({ provider });
const all = z.strictObject({ providers: z.array(provider) });

export const enrichmentProviders = {
  list: endpoint({
    method: "GET",
    path: "/enrichment_providers",
    scope: "enrichment_providers/index",
    access: "admin",
    effect: "read",
    summary: "List enrichment providers in the order they are asked",
    description: "With the results of the last 30 days.",
    input: z.object({}),
    output: all,
  }),

  create: endpoint({
    method: "POST",
    path: "/enrichment_providers",
    scope: "enrichment_providers/create",
    access: "admin",
    effect: "write",
    summary: "Connect an enrichment provider",
    description: "It is asked last.",
    input: z.object({
      name: words.name,
      kind: z.enum(["apollo", "http"]),
      base_url: words.base_url.nullish(),
      mapping: words.mapping.nullish(),
      provider_key: words.provider_key,
      enabled: words.enabled.default(true),
      timeout_ms: words.timeout_ms.default(10_000),
      retries: words.retries.default(1),
      price: words.price.default(1),
      ceiling: words.ceiling.default(null),
      heeds_request_ids: words.heeds_request_ids.default(false),
    }),
    output: one,
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/enrichment_providers/{id}",
    scope: "enrichment_providers/update",
    access: "admin",
    effect: "write",
    summary: "Update an enrichment provider",
    description: "A paused provider is asked again at once.",
    input: z.object({
      id: fields.id,
      name: words.name.optional(),
      base_url: words.base_url.optional(),
      mapping: words.mapping.optional(),
      provider_key: words.provider_key.optional(),
      enabled: words.enabled.optional(),
      timeout_ms: words.timeout_ms.optional(),
      retries: words.retries.optional(),
      price: words.price.optional(),
      ceiling: words.ceiling.optional(),
      heeds_request_ids: words.heeds_request_ids.optional(),
      ask_lost_again: fields.flag
        .default(false)
        .describe("Repeat lost lookups at the next lookup of the person; they may be charged twice"),
    }),
    output: one,
  }),

  order: endpoint({
    method: "POST",
    path: "/enrichment_providers/order",
    scope: "enrichment_providers/order",
    access: "admin",
    effect: "write",
    summary: "Set the order of the enrichment providers",
    input: z.object({
      provider_ids: z
        .array(fields.id)
        .max(100)
        .describe("These come first; the others follow in their old order"),
    }),
    output: all,
  }),

  test: endpoint({
    method: "POST",
    path: "/enrichment_providers/{id}/test",
    scope: "enrichment_providers/test",
    access: "admin",
    effect: "write",
    summary: "Test an enrichment provider",
    description: "Looks up one email address or domain. The result is not saved and costs no credits here.",
    input: z.object({ id: fields.id, email: fields.email.optional(), domain: fields.text(253).optional() }),
    output: z.strictObject({
      outcome: z.enum(["hit", "miss", "failed"]),
      error: z.string().nullable(),
      took_ms: z.int(),
      found: z.record(z.string(), z.string()).nullable(),
    }),
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/enrichment_providers/{id}",
    scope: "enrichment_providers/destroy",
    access: "admin",
    effect: "write",
    summary: "Disconnect an enrichment provider and delete its key",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ provider: z.strictObject({ id: fields.id, deleted: z.literal(true) }) }),
  }),
};
