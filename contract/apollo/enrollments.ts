// Who is in a sequence, managed: Apollo's own call for it, and those of its web app that published clients use.
//
// Apollo answers all of them with contacts, because an enrollment shows nowhere else.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { startedJob } from "../extras/progress.ts";
import * as fields from "../fields.ts";
import { contact } from "./contact.ts";
import { step } from "./steps.ts";

/**
 * Large sequences are not counted for an answer about a few contacts: a caller that wants the counts asks for the sequence.
 */
export const counted = z.union([z.int(), z.literal("loading")]).describe("`loading` above 20,000 contacts");

export const statuses = z.strictObject({
  active: counted,
  paused: counted,
  finished: counted,
  failed: counted,
  bounced: counted,
  hard_bounced: counted,
  spam_blocked: counted,
  not_sent: counted,
});

export const countedStep = step.extend({
  counts: statuses,
  unique_scheduled: counted,
  unique_skipped: counted,
  unique_completed: counted,
});

export const change = z
  .strictObject({
    id: fields.id,
    undo_until: fields.stamp.nullable().describe("null if it cannot be undone"),
  })
  .describe("Cadenza's own: send its id to POST /changes/{id}/undo");

export const skipped = z
  .record(z.string(), z.string())
  .describe("Cadenza's own: skipped contacts with the code that says why");

/** How every call answers that changes enrollments in bulk. */
export const managed = z.strictObject({
  contacts: z.array(contact),
  emailer_campaigns: z.array(
    z.strictObject({
      id: fields.id,
      name: z.string(),
      active: z.boolean(),
      archived: z.boolean(),
      num_contacts: counted,
      contact_statuses: statuses,
    }),
  ),
  num_contacts: counted.describe("In all of the sequences together"),
  contact_statuses: statuses,
  emailer_steps: z.array(countedStep),
  skipped_contact_ids: skipped,
  change: change.nullable().describe("null if nothing changed"),
});

export const managedOrStarted = z.union([managed, z.strictObject({ ...startedJob.shape, change })]);

export const contactIds = z.array(fields.id).max(100_000);
export const inBackground = fields.flag
  .default(false)
  .describe(
    "Run in the background and answer with a job. Always done for more than 1,000 contacts; in several sequences, for more than 1,000 contact and sequence pairs",
  );

/** Clients name one sequence where several may stand. */
const ofSequences = {
  emailer_campaign_ids: z.array(fields.id).max(100).optional().describe("Sequences"),
  emailer_campaign_id: fields.id.optional().describe("One sequence, in place of several"),
};

export const enrollments = {
  removeOrStop: endpoint({
    method: "POST",
    path: "/emailer_campaigns/remove_or_stop_contact_ids",
    scope: "emailer_campaigns/remove_or_stop_contact_ids",
    oauth: "emailer_campaigns_remove_or_stop_contact_ids",
    access: "scoped",
    effect: "write",
    summary: "Remove contacts from sequences, or finish or stop them",
    description:
      "Applies to every contact in every named sequence. `mark_as_finished` and `stop` keep the history. After `remove` the contact can be added again.",
    input: z.object({
      ...ofSequences,
      contact_ids: contactIds,
      mode: z
        .enum(["mark_as_finished", "remove", "stop"])
        .describe("`stop` finishes with a reason; `remove` takes the contact out"),
      stop_reason: fields.text(200).nullish().describe("With mode `stop`: saved as `inactive_reason`"),
      async: inBackground,
    }),
    output: managedOrStarted,
  }),

  changeStatuses: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/change_contact_statuses",
    scope: "emailer_campaigns/change_contact_statuses",
    access: "scoped",
    effect: "write",
    summary: "Pause, resume or finish contacts in a sequence",
    description: "Used by Apollo's web app. `active` resumes paused contacts.",
    input: z.object({
      id: fields.id,
      contact_ids: contactIds,
      status: z.enum(["paused", "active", "finished"]),
      async: inBackground,
    }),
    output: managedOrStarted,
  }),

  updateMailbox: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/update_emailer_campaign_contact_ids",
    scope: "emailer_campaigns/update_emailer_campaign_contact_ids",
    access: "scoped",
    effect: "write",
    summary: "Change the mailbox of contacts in a sequence (by enrollment ids)",
    description: "Used by Apollo's web app. Takes ids of contact_campaign_statuses, not of contacts.",
    input: z.object({
      id: fields.id,
      emailer_campaign_contact_ids: z.array(fields.id).min(1, "must not be empty").max(1000),
      send_email_from_email_account_id: fields.id,
      send_email_from_email_address: fields.text(254).nullish(),
    }),
    output: managed,
  }),

  removeContacts: endpoint({
    method: "POST",
    path: "/emailer_campaigns/remove_contact_ids",
    scope: "emailer_campaigns/remove_contact_ids",
    access: "scoped",
    effect: "write",
    summary: "Remove contacts from sequences",
    description: "Same as remove_or_stop_contact_ids with the mode `remove`.",
    input: z.object({ ...ofSequences, contact_ids: contactIds, async: inBackground }),
    output: managedOrStarted,
  }),
};
