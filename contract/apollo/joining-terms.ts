// The terms on which contacts are added to a sequence.

import { z } from "zod";
import * as fields from "../fields.ts";
import { contacts } from "./contacts.ts";

const flag = (says: string) => fields.flag.default(false).describe(says);

/** What lets contacts in who would be left out. */
export const safetyFlags = {
  sequence_no_email: flag(
    "Add contacts without an email address; their emails are skipped, calls and tasks are done",
  ),
  sequence_unverified_email: flag("Add contacts whose email address is unverified"),
  sequence_job_change: flag("Add contacts who changed jobs within 90 days"),
  sequence_active_in_other_campaigns: flag("Add contacts who are active or paused in other sequences"),
  sequence_finished_in_other_campaigns: flag("Add contacts who finished other sequences"),
  sequence_same_company_in_same_campaign: flag("Add contacts whose colleagues are in this sequence"),
  sequence_same_email_in_same_campaign: flag(
    "Cadenza's own: add contacts whose email address, such as info@, is in this sequence already",
  ),
  contacts_without_ownership_permission: flag(
    "Add contacts of other owners. Admins and master keys need no flag; a team can reserve this for owners",
  ),
  add_if_in_queue: flag("Add contacts that another background job is still adding"),
};

const mailboxes = z.array(fields.id).max(200);

export const terms = {
  id: fields.id.describe("Id of the sequence"),
  emailer_campaign_id: fields.id.optional().describe("The sequence again; must be the same as in the path"),
  contact_ids: z
    .array(fields.id)
    .max(100_000)
    .optional()
    .describe("Needed without `label_names` and `contact_filter`"),
  label_names: z
    .array(fields.text(200))
    .max(200)
    .optional()
    .describe("Add all contacts on these lists, with or without `contact_ids`"),
  contact_filter: contacts.search.input
    .omit({ page: true, per_page: true, sort_by_field: true, sort_ascending: true, cursor: true })
    .optional()
    .describe("Cadenza's own: add all contacts this search finds; an empty search finds all contacts"),
  send_email_from_email_account_id: mailboxes
    .optional()
    .describe("One mailbox, or several to rotate; the one with the most capacity left is next"),
  email_account_id: mailboxes.optional().describe("Same as `send_email_from_email_account_id`"),
  send_email_from_email_address: fields.text(254).optional().describe("An alias of the mailbox to send from"),
  ...safetyFlags,
  contact_verification_skipped: flag(
    "Skip the check for problems that would stop emails later; the same contacts are skipped either way",
  ),
  user_id: fields.id
    .optional()
    .describe(
      "User recorded as adding them; permissions stay the caller's. Only admins and master keys may name others",
    ),
  userId: fields.id.optional().describe("Same as `user_id`"),
  status: z
    .enum(["active", "paused"])
    .optional()
    .describe("Default: active. Contacts of an inactive sequence wait until it is activated"),
  auto_unpause_at: fields.moment.nullish().describe("Start at this time; paused until then"),
  async: flag("Run in the background and answer with a job; always done for more than 1,000 contacts"),
  start_step: z.int().min(1).max(1000).default(1).describe("Cadenza's own: position of the first step"),
  wait_for_other_campaigns: flag(
    "Cadenza's own: also add contacts who are active or paused in other sequences; they start when those are finished",
  ),
  re_enroll: flag("Cadenza's own: restart contacts who are paused, finished or failed here at step one"),
};
