// People managed in all their sequences at once: those of a company, or some contacts.

import { z } from "zod";
import { change, contactIds, inBackground, skipped } from "../apollo/enrollments.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { startedJob } from "./progress.ts";

const where = {
  emailer_campaigns: z
    .array(
      z.strictObject({
        id: fields.id,
        name: z.string(),
        active: z.boolean(),
        num_contacts: z.int().describe("Chosen contacts in this sequence that the action applies to"),
        num_changed: z.int().nullable().describe("null while it runs in the background"),
      }),
    )
    .describe("The sequences that the contacts are in, by name"),
  num_contacts: z
    .int()
    .describe("Contacts that were changed; in the background, contacts that it applies to"),
  num_not_permitted: z.int().describe("Contacts in sequences that the caller may see and not change"),
};

export const manageEverywhere = endpoint({
  method: "POST",
  path: "/contact_campaign_statuses/manage",
  scope: "contact_campaign_statuses/manage",
  access: "scoped",
  effect: "write",
  summary: "Pause, resume, finish or remove contacts in all their sequences",
  description:
    "Applies to all contacts of `account_ids`, and to `contact_ids`, in every sequence that the caller may change. `pause` and `finish` " +
    "apply to active and paused contacts, `resume` to paused ones, `remove` to all. A dry run shows the sequences and contacts. " +
    "One undo takes all of it back; work in the background (more than 1,000 contacts in sequences) has none.",
  input: z.object({
    action: z.enum(["pause", "resume", "finish", "remove"]),
    account_ids: z.array(fields.id).max(1000).optional(),
    contact_ids: contactIds.optional(),
    auto_unpause_at: fields.moment
      .nullish()
      .describe("With `pause`: resume automatically at this time; null: never"),
    reason: fields.text(200).nullish().describe("With `pause`: saved as `inactive_reason`"),
    async: inBackground,
  }),
  output: z.union([
    z.strictObject({
      ...where,
      changed_contact_ids: z.array(fields.id),
      skipped_contact_ids: skipped,
      change: change.nullable().describe("null if nothing changed"),
    }),
    z.strictObject({ ...startedJob.shape, ...where, change }),
  ]),
});
