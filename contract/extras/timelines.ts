// What happened with a contact, with an account and its contacts, or with a deal and its contacts.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const KINDS = ["event", "message", "incoming_mail", "task", "call", "conversation", "note"] as const;

export const timelineKind = z.enum(KINDS);

const input = z.object({
  id: fields.id,
  kinds: z.array(timelineKind).max(100).optional().describe("Only these kinds"),
  limit: z.int().min(1).max(100).default(25),
  cursor: fields.text(200).optional(),
});

/** One thing that happened. */
export const timelineEntry = z.strictObject({
  id: fields.id,
  kind: timelineKind,
  at: fields.stamp,
  type: z.string(),
  sentence: z.string(),
  user_id: fields.id.nullable(),
  contact_id: fields.id.nullable().describe("The contact it happened with, if any"),
  data: z.record(z.string(), z.unknown()),
});

const output = z.strictObject({
  timeline: z.array(timelineEntry),
  next_cursor: z.string().nullable(),
});

export const contactTimeline = endpoint({
  method: "GET",
  path: "/contacts/{id}/timeline",
  scope: "contacts/timeline",
  access: "scoped",
  effect: "read",
  summary: "List the timeline of a contact",
  description: "Newest first.",
  input,
  output,
});

export const accountTimeline = endpoint({
  method: "GET",
  path: "/accounts/{id}/timeline",
  scope: "accounts/timeline",
  access: "scoped",
  effect: "read",
  summary: "List the timeline of an account and its contacts",
  description: "Newest first.",
  input,
  output,
});

export const dealTimeline = endpoint({
  method: "GET",
  path: "/opportunities/{id}/timeline",
  scope: "opportunities/timeline",
  access: "scoped",
  effect: "read",
  summary: "List the timeline of a deal and its contacts",
  description:
    "Newest first: changes, notes, tasks, calls and conversations of the deal, and emails, replies, tasks, calls and conversations of its contacts.",
  input,
  output,
});
