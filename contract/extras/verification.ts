// Whether there is anybody at an address, by what evidence and when; and what somebody's address might be.

import { z } from "zod";
import { contacts } from "../apollo/contacts.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { startedJob } from "./progress.ts";

const result = z.strictObject({
  email: z.string(),
  status: z
    .enum(["verified", "unverified", "unavailable"])
    .nullable()
    .describe("null: nothing could be said, and what stood there stays"),
  code: z.string().describe("What was found; see docs/verification.md"),
  sentence: z.string(),
  role: z.boolean().describe("Not a person's own: info@, sales@"),
  disposable: z.boolean(),
  free_domain: z.boolean(),
  catch_all: z.boolean().nullable().describe("The domain takes mail for any name; null: not known"),
  evidence: z.strictObject({
    mail_servers: z.array(z.string()),
    asked: z.string().nullable().describe("The mail server that was asked for the address"),
    said: z.string().nullable().describe("What it said"),
  }),
  checked_at: fields.stamp,
});

const settings = z.strictObject({
  probes: z.boolean().describe("Whether mail servers are asked for single addresses"),
  probe_from: z.string().nullable().describe("The address in whose name they are asked"),
  probes_per_domain_per_hour: z.int(),
});

export const emailVerifications = {
  start: endpoint({
    method: "POST",
    path: "/email_verifications",
    scope: "email_verifications/create",
    access: "scoped",
    effect: "write",
    summary: "Verifies the addresses of contacts, named or found by a search, in the background",
    input: z.object({
      contact_ids: z.array(fields.id).max(100_000).optional(),
      contact_filter: contacts.search.input
        .omit({ page: true, per_page: true, sort_by_field: true, sort_ascending: true, cursor: true })
        .optional()
        .describe("Everybody whom this search finds"),
    }),
    output: startedJob,
  }),

  check: endpoint({
    method: "POST",
    path: "/email_verifications/check",
    scope: "email_verifications/check",
    access: "scoped",
    effect: "write",
    summary: "Verifies one address now",
    input: z.object({ email: fields.text(320) }),
    output: z.strictObject({ email_verification: result }),
  }),

  show: endpoint({
    method: "GET",
    path: "/contacts/{id}/email_verification",
    scope: "email_verifications/show",
    access: "scoped",
    effect: "read",
    summary: "What the last check of a contact's address found, and by what evidence",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ email_verification: result.nullable() }),
  }),

  settings: endpoint({
    method: "GET",
    path: "/email_verifications/settings",
    scope: "email_verifications/settings",
    access: "scoped",
    effect: "read",
    summary: "How addresses are verified",
    input: z.object({}),
    output: z.strictObject({ settings }),
  }),

  updateSettings: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/email_verifications/settings",
    scope: "email_verifications/update_settings",
    access: "admin",
    effect: "write",
    summary: "Sets how addresses are verified",
    input: z.object({
      probes: fields.flag.optional(),
      probe_from: fields.email.nullish(),
      probes_per_domain_per_hour: z.int().min(1).max(10_000).optional(),
    }),
    output: z.strictObject({ settings }),
  }),
};

export const emailPatterns = {
  guess: endpoint({
    method: "POST",
    path: "/email_patterns/guess",
    scope: "email_patterns/guess",
    access: "scoped",
    effect: "read",
    summary: "Proposes somebody's addresses by how the company forms those that are known to be right",
    description: "A guess is never verified, however sure it is.",
    input: z.object({
      first_name: fields.name(),
      last_name: fields.text(200).default(""),
      domain: fields.name(253),
    }),
    output: z.strictObject({
      domain: z.string(),
      learnt_from: z.int().describe("Known addresses there that follow a pattern"),
      candidates: z.array(
        z.strictObject({
          email: z.string(),
          pattern: z.string(),
          confidence: z.number(),
          email_status: z.literal("unverified"),
        }),
      ),
    }),
  }),
};
