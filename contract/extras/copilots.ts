// A copilot proposes each day whom to write to next, with reasons; a person decides. Apollo publishes no such call.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { opener } from "./model-suggestions.ts";

const filters = fields
  .freeForm(z.unknown())
  .describe("Whom to look among, as the body of `POST /contacts/search` says it");
const examples = z.array(fields.id).max(50).describe("Contacts: more like these");
const mailboxes = z
  .array(fields.id)
  .min(1)
  .max(50)
  .describe("They take turns, and never send more than they may");
const perDay = z.int().min(1).max(200).describe("At most; fewer where the mailboxes have less room");
const hour = z.int().min(0).max(23).describe("When it proposes, by the team's clock");
const review = fields.flag.describe("A person approves each; false: they join as soon as they are proposed");

const lesson = z.strictObject({
  trait: z.string(),
  value: z.string(),
  approved: z.int(),
  rejected: z.int(),
  points: z.int().describe("What it adds to the rank of whoever has it"),
});

const copilot = z.strictObject({
  id: fields.id,
  name: z.string(),
  filters: z.record(z.string(), z.unknown()),
  example_contact_ids: z.array(fields.id),
  emailer_campaign_id: fields.id.nullable().describe("null where the sequence is hidden from whoever asks"),
  email_account_ids: z.array(fields.id),
  per_day: z.int(),
  review: z.boolean(),
  hour: z.int(),
  active: z.boolean(),
  next_at: fields.stamp.nullable(),
  proposed_on: z.string().nullable().describe("The last day, by the team's calendar"),
  said: z.string().nullable().describe("Why that day brought fewer than it might have"),
  user_id: fields.id.describe("Who made it, in whose name people join"),
  waiting: z.int(),
  approved: z.int(),
  rejected: z.int(),
  left_out: z.int(),
  created_at: fields.stamp,
  updated_at: fields.stamp,
});

const proposal = z.strictObject({
  id: fields.id,
  contact: z.strictObject({
    id: fields.id,
    name: z.string().nullable(),
    title: z.string().nullable(),
    organization_name: z.string().nullable(),
    email: z.string().nullable(),
  }),
  day: z.string(),
  score: z.int(),
  rank: z.int().describe("The score with all that the reasons add"),
  reasons: z.array(z.strictObject({ code: z.string(), points: z.int(), says: z.string() })),
  state: z.enum(["proposed", "approved", "rejected", "left_out"]),
  why: z
    .string()
    .nullable()
    .describe("What whoever rejected it said, or the code by which they could not join"),
  email_account_id: fields.id.nullable().describe("null: one of the copilot's, in turn"),
  enrollment_id: fields.id.nullable(),
  decided_at: fields.stamp.nullable(),
  decided_by_user_id: fields.id.nullable(),
  opener: opener.nullable().describe("A first sentence for them, as `{{personalized_opener}}`"),
});

const one = z.strictObject({ copilot });
const many = z.strictObject({ proposals: z.array(proposal) });
const chosen = z.array(fields.id).min(1).max(200);

export const copilots = {
  list: endpoint({
    method: "GET",
    path: "/copilots",
    scope: "copilots/index",
    access: "scoped",
    effect: "read",
    summary: "Lists the team's copilots, by name",
    input: z.object({}),
    output: z.strictObject({ copilots: z.array(copilot) }),
  }),

  create: endpoint({
    method: "POST",
    path: "/copilots",
    scope: "copilots/create",
    access: "scoped",
    effect: "write",
    summary: "Makes a copilot, off until it is switched on",
    input: z.object({
      name: fields.name(100),
      filters: filters.optional(),
      example_contact_ids: examples.optional(),
      emailer_campaign_id: fields.id,
      email_account_ids: mailboxes,
      per_day: perDay.default(10),
      review: review.default(true),
      hour: hour.default(7),
      active: fields.flag.default(false),
    }),
    output: one,
  }),

  show: endpoint({
    method: "GET",
    path: "/copilots/{id}",
    scope: "copilots/show",
    access: "scoped",
    effect: "read",
    summary: "One copilot, with what decisions have taught it",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ copilot, lessons: z.array(lesson) }),
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/copilots/{id}",
    scope: "copilots/update",
    access: "scoped",
    effect: "write",
    summary: "Changes a copilot, or switches it on or off: whoever made it, or an admin",
    input: z.object({
      id: fields.id,
      name: fields.name(100).optional(),
      filters: filters.optional(),
      example_contact_ids: examples.optional(),
      emailer_campaign_id: fields.id.optional(),
      email_account_ids: mailboxes.optional(),
      per_day: perDay.optional(),
      review: review.optional(),
      hour: hour.optional(),
      active: fields.flag.optional(),
    }),
    output: one,
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/copilots/{id}",
    scope: "copilots/destroy",
    access: "scoped",
    effect: "write",
    summary: "Deletes a copilot and its proposals: whoever made it, or an admin. Who has joined stays",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ copilot: z.strictObject({ id: fields.id, deleted: z.literal(true) }) }),
  }),

  propose: endpoint({
    method: "POST",
    path: "/copilots/{id}/propose",
    scope: "copilots/propose",
    access: "scoped",
    effect: "write",
    summary: "Proposes today's batch now, on or off; once a day. A dry run shows whom it would propose",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ copilot, proposals: z.array(proposal) }),
  }),

  proposals: endpoint({
    method: "GET",
    path: "/copilots/{id}/proposals",
    scope: "copilots/proposals",
    access: "scoped",
    effect: "read",
    summary:
      "Whom a copilot has proposed: what waits for a decision first comes best first, what is decided newest first",
    input: z.object({
      id: fields.id,
      state: z.enum(["proposed", "approved", "rejected", "left_out"]).default("proposed"),
      ...fields.paging,
    }),
    output: z.strictObject({ proposals: z.array(proposal), pagination: fields.pagination }),
  }),

  edit: endpoint({
    method: "PATCH",
    path: "/copilots/{id}/proposals/{proposal_id}",
    scope: "copilots/edit",
    access: "scoped",
    effect: "write",
    summary: "Changes the mailbox that a proposal's mails are to go from",
    input: z.object({ id: fields.id, proposal_id: fields.id, email_account_id: fields.id.nullable() }),
    output: many,
  }),

  decideOpener: endpoint({
    method: "POST",
    path: "/copilots/{id}/proposals/{proposal_id}/opener",
    scope: "copilots/decide_opener",
    access: "scoped",
    effect: "write",
    summary: "Accepts the opener of a proposal, as it is or as `text` says; drops it; or has another drafted",
    description:
      "What is accepted becomes `{{personalized_opener}}` in the mails of the sequence they join by this proposal, until " +
      "each is written. One may be written by hand where no model has drafted any.",
    input: z.object({
      id: fields.id,
      proposal_id: fields.id,
      decision: z.enum(["accept", "drop", "draft_again"]),
      text: fields.text(1000).optional().describe("Of an acceptance: one or two sentences of plain text"),
    }),
    output: many,
  }),

  approve: endpoint({
    method: "POST",
    path: "/copilots/{id}/approve",
    scope: "copilots/approve",
    access: "scoped",
    effect: "write",
    summary: "Adds those who were proposed to the sequence; whoever may not join is left out and told why",
    input: z.object({ id: fields.id, proposal_ids: chosen }),
    output: many,
  }),

  reject: endpoint({
    method: "POST",
    path: "/copilots/{id}/reject",
    scope: "copilots/reject",
    access: "scoped",
    effect: "write",
    summary: "Rejects proposals; others like them come later from then on",
    input: z.object({ id: fields.id, proposal_ids: chosen, reason: fields.text(200).nullish() }),
    output: many,
  }),
};
