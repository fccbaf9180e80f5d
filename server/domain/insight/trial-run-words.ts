// What a trial run tells by codes, in words.

import type { SkipReason } from "../enrollments/eligibility.ts";
import { wordsFor } from "../enrollments/failure-words.ts";
import { HOLD_WORDS, type HoldCode } from "./hold-words.ts";

const NOT_ADDED: Record<SkipReason, string> = {
  contact_not_found: "The contact does not exist any more.",
  contacts_unsubscribed: "The contact has unsubscribed.",
  contacts_bounced: "An email to this address hard bounced.",
  contacts_do_not_contact: "The contact or the address must not be emailed.",
  contacts_paused: "The contact is paused.",
  contacts_already_exists_in_current_campaign:
    "The contact is already in this sequence, or was in it before.",
  contacts_in_pending_state: "Another background job is still adding this contact to a sequence.",
  contacts_without_ownership_permission: "The contact belongs to another user.",
  contacts_without_email: "The contact has no email address.",
  contacts_unverified_email: "The contact's email address is not verified.",
  contacts_with_unverified_user_managed_email:
    "The email address was entered by your team and is not verified.",
  contacts_with_job_change: "The contact changed jobs.",
  contacts_active_in_other_campaigns: "The contact is in another sequence.",
  contacts_finished_in_other_campaigns: "The contact has finished another sequence.",
  contacts_in_same_company: "Another contact of the same company is in this sequence.",
};

export function notAdded(code: string) {
  return Object.hasOwn(NOT_ADDED, code)
    ? NOT_ADDED[code as SkipReason]
    : `The contact was not added (${code}).`;
}

export function holdMeans(code: string) {
  return Object.hasOwn(HOLD_WORDS, code) ? HOLD_WORDS[code as HoldCode].means : `Held (${code}).`;
}

/** Where a contact ended, and why. */
export function endingSays(state: string, code: string | null) {
  if (state === "left_out") return notAdded(code ?? "");
  if (state === "active") return code === null ? "The next step is planned." : holdMeans(code);
  const why = wordsFor(code);
  return `${why.slice(0, 1).toUpperCase()}${why.slice(1)}.`;
}
