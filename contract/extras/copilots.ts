// A copilot proposes each day whom to write to next, with reasons; a person decides. Apollo publishes no such call.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { etag } from "../etags.ts";
import * as fields from "../fields.ts";
import { opener } from "./model-suggestions.ts";

const filters = fields.freeForm(z.unknown()).describe("Where to look: the body of `POST /contacts/search`");
const examples = z.array(fields.id).max(50).describe("Contact ids; the copilot looks for similar contacts");
const mailboxes = z
  .array(fields.id)
  .min(1)
  .max(50)
  .describe("Mailboxes to rotate; their limits always apply");
const perDay = z.int().min(1).max(200).describe("Maximum per day; fewer if the mailboxes have less capacity");
const hour = z
  .int()
  .min(0)
  .max(23)
  .describe("Hour of the daily proposals, in the team's time zone (0 to 23)");
const review = fields.flag.describe(
  "True: a teammate approves each contact. False: contacts are added as soon as they are proposed",
);

const lesson = z.strictObject({
  trait: z.string(),
  value: z.string(),
  approved: z.int(),
  rejected: z.int(),
  points: z.int().describe("Points this trait adds to a contact's rank"),
});

export const copilot = z.strictObject({
  id: fields.id,
  name: z.string(),
  filters: z.record(z.string(), z.unknown()),
  example_contact_ids: z.array(fields.id),
  emailer_campaign_id: fields.id.nullable().describe("null if the caller may not see the sequence"),
  email_account_ids: z.array(fields.id),
  per_day: z.int(),
  review: z.boolean(),
  hour: z.int(),
  active: z.boolean(),
  next_at: fields.stamp.nullable(),
  proposed_on: z.string().nullable().describe("Last day with proposals, in the team's time zone"),
  said: z.string().nullable().describe("Why the last day had fewer proposals than planned"),
  user_id: fields.id.describe("The user who created it; contacts are added in this user's name"),
  waiting: z.int(),
  approved: z.int(),
  rejected: z.int(),
  left_out: z.int(),
  created_at: fields.stamp,
  updated_at: fields.stamp,
  etag: etag(),
});

export const proposal = z.strictObject({
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
  rank: z.int().describe("The score plus the points of all reasons"),
  reasons: z.array(z.strictObject({ code: z.string(), points: z.int(), says: z.string() })),
  state: z.enum(["proposed", "approved", "rejected", "left_out"]),
  why: z
    .string()
    .nullable()
    .describe("The reason for the rejection, or the code that says why the contact could not be added"),
  email_account_id: fields.id.nullable().describe("null: the copilot's mailboxes rotate"),
  enrollment_id: fields.id.nullable(),
  decided_at: fields.stamp.nullable(),
  decided_by_user_id: fields.id.nullable(),
  opener: opener.nullable().describe("A first sentence for this contact, used as `{{personalized_opener}}`"),
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
    summary: "List copilots",
    description: "Sorted by name.",
    input: z.object({}),
    output: z.strictObject({ copilots: z.array(copilot) }),
  }),

  create: endpoint({
    method: "POST",
    path: "/copilots",
    scope: "copilots/create",
    access: "scoped",
    effect: "write",
    summary: "Create a copilot",
    description: "It is off until you activate it.",
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
    summary: "Show a copilot",
    description: "`lessons` holds what it learned from your decisions.",
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
    summary: "Update, activate or deactivate a copilot",
    description: "Allowed for its creator and for admins.",
    ifMatch: { record: copilot },
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
    summary: "Delete a copilot and its proposals",
    description: "Allowed for its creator and for admins. Contacts already added stay in the sequence.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ copilot: z.strictObject({ id: fields.id, deleted: z.literal(true) }) }),
  }),

  propose: endpoint({
    method: "POST",
    path: "/copilots/{id}/propose",
    scope: "copilots/propose",
    access: "scoped",
    effect: "write",
    summary: "Propose contacts now",
    description:
      "Works once a day, even if the copilot is off. A dry run shows the contacts it would propose.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ copilot, proposals: z.array(proposal) }),
  }),

  proposals: endpoint({
    method: "GET",
    path: "/copilots/{id}/proposals",
    scope: "copilots/proposals",
    access: "scoped",
    effect: "read",
    summary: "List the proposals of a copilot",
    description: "Open proposals are sorted by rank, decided ones by date, newest first.",
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
    summary: "Change the mailbox of a proposal",
    input: z.object({ id: fields.id, proposal_id: fields.id, email_account_id: fields.id.nullable() }),
    output: many,
  }),

  decideOpener: endpoint({
    method: "POST",
    path: "/copilots/{id}/proposals/{proposal_id}/opener",
    scope: "copilots/decide_opener",
    access: "scoped",
    effect: "write",
    summary: "Accept, drop or redraft the opener of a proposal",
    description:
      "An accepted opener fills `{{personalized_opener}}` in this sequence's emails until each email is written. You may send your own `text`, also without a language model.",
    input: z.object({
      id: fields.id,
      proposal_id: fields.id,
      decision: z.enum(["accept", "drop", "draft_again"]),
      text: fields.text(1000).optional().describe("Your own text for `accept`: one or two plain sentences"),
    }),
    output: many,
  }),

  approve: endpoint({
    method: "POST",
    path: "/copilots/{id}/approve",
    scope: "copilots/approve",
    access: "scoped",
    effect: "write",
    summary: "Approve proposals",
    description:
      "Adds the contacts to the sequence. Contacts that cannot be added are skipped with the reason.",
    input: z.object({ id: fields.id, proposal_ids: chosen }),
    output: many,
  }),

  reject: endpoint({
    method: "POST",
    path: "/copilots/{id}/reject",
    scope: "copilots/reject",
    access: "scoped",
    effect: "write",
    summary: "Reject proposals",
    description: "Similar contacts rank lower from then on.",
    input: z.object({ id: fields.id, proposal_ids: chosen, reason: fields.text(200).nullish() }),
    output: many,
  }),
};
