// Whether an email address exists, by what evidence and since when; and what a person's address might be.

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
    .describe("null if the check found nothing; the old status stays"),
  code: z.string().describe("Result code; see /help/guides/verification"),
  sentence: z.string(),
  role: z.boolean().describe("True for a shared address such as info@ or sales@"),
  disposable: z.boolean(),
  free_domain: z.boolean(),
  catch_all: z.boolean().nullable().describe("True if the domain accepts any address; null: unknown"),
  evidence: z.strictObject({
    mail_servers: z.array(z.string()),
    asked: z.string().nullable().describe("The mail server that was asked"),
    said: z.string().nullable().describe("The mail server's answer"),
  }),
  checked_at: fields.stamp,
});

const settings = z.strictObject({
  probes: z.boolean().describe("True if mail servers are asked about single addresses"),
  probe_from: z.string().nullable().describe("Sender address used to ask mail servers"),
  probes_per_domain_per_hour: z.int(),
});

export const emailVerifications = {
  start: endpoint({
    method: "POST",
    path: "/email_verifications",
    scope: "email_verifications/create",
    access: "scoped",
    effect: "write",
    summary: "Verify the email addresses of contacts in the background",
    description: "By ids or by a search.",
    input: z.object({
      contact_ids: z.array(fields.id).max(100_000).optional(),
      contact_filter: contacts.search.input
        .omit({ page: true, per_page: true, sort_by_field: true, sort_ascending: true, cursor: true })
        .optional()
        .describe("All contacts this search finds"),
    }),
    output: startedJob,
  }),

  check: endpoint({
    method: "POST",
    path: "/email_verifications/check",
    scope: "email_verifications/check",
    access: "scoped",
    effect: "write",
    summary: "Verify one email address now",
    input: z.object({ email: fields.text(320) }),
    output: z.strictObject({ email_verification: result }),
  }),

  show: endpoint({
    method: "GET",
    path: "/contacts/{id}/email_verification",
    scope: "email_verifications/show",
    access: "scoped",
    effect: "read",
    summary: "Show the last verification of a contact's email address",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ email_verification: result.nullable() }),
  }),

  settings: endpoint({
    method: "GET",
    path: "/email_verifications/settings",
    scope: "email_verifications/settings",
    access: "scoped",
    effect: "read",
    summary: "Show the verification settings",
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
    summary: "Update the verification settings",
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
    summary: "Guess a person's email addresses from the company's known address patterns",
    description: "A guess never counts as verified, however likely it is.",
    input: z.object({
      first_name: fields.name(),
      last_name: fields.text(200).default(""),
      domain: fields.name(253),
    }),
    output: z.strictObject({
      domain: z.string(),
      learnt_from: z.int().describe("Number of known addresses of this domain that follow a pattern"),
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
