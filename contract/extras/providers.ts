// Who is asked about people and companies after the team's own store: in the team's order, with its keys.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const call = z.strictObject({
  method: z.enum(["GET", "POST"]).default("POST"),
  url: fields.text(2000).describe("May hold {{email}}, {{domain}}, {{first_name}} …, but not in the host"),
  headers: fields.freeForm(fields.text(2000)).optional(),
  body: z.unknown().optional().describe("JSON, with the same words in it"),
  result: fields
    .freeForm(fields.text(200))
    .describe("By field: where it stands in the answer, as `data.emails[0].value`"),
});

const mapping = z.strictObject({
  key: z
    .union([
      z.strictObject({ in: z.enum(["header", "query"]), name: fields.sized(100).regex(/^[\w-]{1,100}$/) }),
      z.strictObject({ in: z.enum(["bearer", "basic"]) }),
    ])
    .describe("Where the key goes"),
  person: call.nullish(),
  organization: call.nullish(),
});

const words = {
  name: fields.name(100),
  base_url: fields
    .text(2000)
    .describe("Of a server that speaks as Apollo does, such as https://api.apollo.io"),
  mapping: mapping.describe("Of one that does not"),
  provider_key: fields.text(4000).min(1).describe("Kept sealed, and never shown again"),
  enabled: fields.flag,
  timeout_ms: z.int().min(100).max(30_000),
  retries: z.int().min(0).max(5),
  price: z.int().min(0).max(1000).describe("Credits for an answer that finds something"),
  ceiling: z
    .int()
    .min(0)
    .max(100_000)
    .nullable()
    .describe("Credits for one person or company in 30 days; null: none"),
  heeds_request_ids: fields.flag.describe(
    "It recognises the Idempotency-Key of a request it has had, and charges once: so it is asked again where our server was " +
      "killed before it had answered. Others are not, because they may have been paid",
  ),
};

const report = z.strictObject({
  asked: z.int(),
  hits: z.int(),
  misses: z.int(),
  failed: z.int(),
  lost: z.int().describe("Our server was killed before it had answered; it may have been paid"),
  credits: z.int(),
  median_ms: z.int().nullable(),
});

const provider = z.strictObject({
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
  paused_until: fields.stamp.nullable().describe("It asked for peace, or failed too often in a row"),
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
    summary: "Lists the providers in the order they are asked, with what they have found",
    input: z.object({}),
    output: all,
  }),

  create: endpoint({
    method: "POST",
    path: "/enrichment_providers",
    scope: "enrichment_providers/create",
    access: "admin",
    effect: "write",
    summary: "Connects a provider; it is asked last",
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
    summary: "Changes a provider, which is then asked again even if it was left in peace",
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
        .describe("Lookups that were lost are asked again when somebody looks, and may be paid again"),
    }),
    output: one,
  }),

  order: endpoint({
    method: "POST",
    path: "/enrichment_providers/order",
    scope: "enrichment_providers/order",
    access: "admin",
    effect: "write",
    summary: "Says in which order the providers are asked",
    input: z.object({
      provider_ids: z
        .array(fields.id)
        .max(100)
        .describe("These come first; the others keep their order after them"),
    }),
    output: all,
  }),

  test: endpoint({
    method: "POST",
    path: "/enrichment_providers/{id}/test",
    scope: "enrichment_providers/test",
    access: "admin",
    effect: "write",
    summary:
      "Puts one question to a provider, by an address or a domain; nothing is kept and nothing charged here",
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
    summary: "Disconnects a provider, and forgets its key",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ provider: z.strictObject({ id: fields.id, deleted: z.literal(true) }) }),
  }),
};
