import type { Act } from "../../../app.ts";
import type { ReasonTally, SkipReason } from "../../../domain/enrollments/eligibility.ts";
import type { JoinWarningCode, Warning } from "../../../domain/gate/warnings.ts";
import { priceOfAdding } from "../../../domain/identity/credits.ts";
import { computedOrNull } from "../../../kernel/moments.ts";
import { say, texts } from "../../../kernel/say.ts";
import type { ContactSummary } from "../../contacts/contact-rows/store.ts";
import { presentContact } from "../../contacts/contacts/present.ts";
import type { ContactRow } from "../../contacts/contacts/reading-store.ts";
import { presentSequenceSettings } from "../../sequences/sequences/present.ts";
import { presentBareStep } from "../../sequences/steps/present.ts";
import { presentBareTouch } from "../../sequences/touches/present.ts";
import type { TouchRow } from "../../sequences/touches/store.ts";
import { presentReason, presentSkipEvidence } from "../verdicts/present.ts";
import type { Joined } from "./store.ts";

const LOADING = "loading" as const;

/** Nothing is counted for this answer, as Apollo does not: it would take longer than adding. */
const UNCOUNTED_MAILS = {
  unique_scheduled: LOADING,
  unique_delivered: null,
  unique_bounced: null,
  unique_opened: null,
  unique_replied: null,
  bounce_rate: null,
  open_rate: null,
  reply_rate: null,
};

const UNCOUNTED = {
  ...UNCOUNTED_MAILS,
  loaded_stats: true as const,
  contact_statuses: {
    active: LOADING,
    failed: 0 as const,
    paused: LOADING,
    finished: LOADING,
    bounced: LOADING,
    not_sent: LOADING,
  },
};

const UNCOUNTED_STEP = {
  counts: { active: null, paused: null, finished: null, bounced: null },
  unique_scheduled: LOADING,
  unique_skipped: LOADING,
  unique_completed: LOADING,
};

export function presentJoined(
  joined: Joined,
  {
    contacts,
    touches,
    nameFor,
  }: {
    contacts: readonly ContactRow[];
    touches: readonly TouchRow[];
    nameFor: NameFor;
  },
  caller: Act["caller"],
) {
  return {
    contacts: contacts.map((contact) => presentContact(contact)),
    skipped_contact_ids: Object.fromEntries(
      joined.skipped.map(({ contactId, reasons }) => [contactId, reasons[0]?.code ?? ""]),
    ),
    emailer_campaign: { ...presentSequenceSettings(joined.sequence, caller.userId), ...UNCOUNTED },
    emailer_steps: joined.steps.map((step) => ({ ...presentBareStep(step), ...UNCOUNTED_STEP })),
    emailer_touches: touches.map((touch) => ({
      ...presentBareTouch(touch),
      has_personalized_opener: touch.hasPersonalizedOpener,
      template_type: null,
      ...UNCOUNTED_MAILS,
    })),
    team: { id: caller.teamId, sequences_finder_empty: false },
    signals_hash: null,
    request_id: joined.requestId,
    skipped_contacts: joined.skipped.map(presentSkipped),
    enrollments: joined.enrollments.map((one) => ({
      id: one.id,
      contact_id: one.contactId,
      status: one.state,
      email_account_id: one.mailboxId,
      first_step_due_at: computedOrNull(one.firstDueAt),
    })),
    mailbox_split: presentShares(joined),
    credits: joined.credits,
    warnings: joined.warnings.map((one) => presentWarning(one, nameFor)),
    ...(joined.previews && { previews: joined.previews.map(presentPreview) }),
  };
}

function presentSkipped({ contactId, reasons }: Joined["skipped"][number]) {
  return { contact_id: contactId, reasons: reasons.map(presentReason) };
}

function presentShares({ shares, mailboxes }: Pick<Joined, "shares" | "mailboxes">) {
  const emails = new Map(mailboxes.map(({ id, email }) => [id, email]));
  return shares.map(({ mailboxId, added, remaining, isResting }) => ({
    email_account_id: mailboxId,
    email: emails.get(mailboxId) ?? "",
    added,
    remaining_today: remaining,
    resting: isResting,
  }));
}

/** A rehearsal of background work, batch by batch: its forecast result. */
export function presentRehearsed(
  { batches, isWhole }: { batches: readonly Joined[]; isWhole: boolean },
  nameFor: NameFor,
) {
  const skipped = batches.flatMap((batch) => batch.skipped);
  const last = batches.at(-1);
  const added = (mailboxId: string) =>
    batches.reduce(
      (sum, { shares }) => sum + (shares.find((one) => one.mailboxId === mailboxId)?.added ?? 0),
      0,
    );
  const shares = (last?.shares ?? []).map((share) => ({ ...share, added: added(share.mailboxId) }));
  return {
    num_tried: batches.reduce(
      (sum, { enrollments, skipped }) => sum + enrollments.length + skipped.length,
      0,
    ),
    at_least: !isWhole,
    num_added: batches.reduce((sum, { enrollments }) => sum + enrollments.length, 0),
    skipped_contacts: skipped.map(presentSkipped),
    mailbox_split: last ? presentShares({ ...last, shares }) : [],
    credits: { ...priceOfAdding({ netNew: 0 }), charged: 0 },
    warnings: batches.flatMap(({ warnings }) => warnings.map((one) => presentWarning(one, nameFor))),
  };
}

/** What a contact is called, by id. */
type NameFor = (contactId: string) => string | null;

const SENTENCES: Record<JoinWarningCode, string> = texts({
  contact_stage_safeguard: "The contact is in a stage that this sequence excludes.",
  account_stage_safeguard: "The contact's account is in a stage that this sequence excludes.",
  same_account_reply: "Another contact of the same company replied, so emails to this company are on hold.",
  ownership_permission:
    "The owner of this sequence has left the team. Its emails fail until it has a new owner.",
  email_format_invalid: "The email address is invalid, so emails to it fail.",
  steps_received: "The contact was in this sequence before and gets its steps again.",
  email_skipped: "The contact has no email address: email steps are skipped, calls and tasks still happen.",
  touch_limit:
    "A contact frequency limit of the team is reached for the contact, the company or the domain, so the first step waits.",
  answer_unsettled:
    "The contact has a reply that is not settled. The contact is added, but automatic emails wait until the reply is settled or its waiting time ends.",
  needs_review: "An email of this sequence is not approved, so the contact waits there until it is.",
  snippets_missing: "The contact has no value for a variable in an email of this sequence.",
  personalized_opener_missing: "An email of this sequence needs a personal opener that is not written yet.",
  mail_unreadable: "The text of an email of this sequence has an error.",
  thread_reply_original_email_missing:
    "An email of this sequence is a reply in the same thread, but no earlier email starts the thread.",
});

const AT_STEP: Partial<Record<JoinWarningCode, (position: unknown) => string>> = {
  personalized_opener_missing: (position) =>
    say("The email of step {position} needs a personal opener that is not written yet.", { position }),
  mail_unreadable: (position) => say("The text of the email of step {position} has an error.", { position }),
  thread_reply_original_email_missing: (position) =>
    say(
      "The email of step {position} is a reply in the same thread, but no earlier email starts the thread.",
      { position },
    ),
};

/** With the step, where it is about one. */
function sentenceOf({ code, evidence: { position, missing } }: Warning) {
  if (position === undefined) return SENTENCES[code];
  if (code === "snippets_missing")
    return say("The email of step {position} needs a value that this contact does not have: {missing}.", {
      position,
      missing,
    });
  if (code === "needs_review")
    return say("Step {position} has no approved email, so the contact waits there until one is approved.", {
      position,
    });
  return AT_STEP[code]?.(position) ?? SENTENCES[code];
}

function presentWarning({ contactId, code, evidence }: Warning, nameFor: NameFor) {
  return {
    contact_id: contactId,
    contact_name: nameFor(contactId),
    code,
    evidence: presentSkipEvidence(evidence),
    sentence: sentenceOf({ contactId, code, evidence }),
  };
}

/** How many are named where all are counted. */
export const SAMPLE = 5;

export function nameOf(contact: ContactSummary | undefined) {
  return [contact?.firstName, contact?.lastName].filter(Boolean).join(" ") || contact?.email || null;
}

export function presentDeployability(
  { byReason, leftOut }: ReasonTally,
  nameFor: (id: string) => string | null,
) {
  const count = (code: SkipReason) => byReason.get(code)?.length ?? 0;
  const sample = (code: SkipReason) =>
    (byReason.get(code) ?? []).slice(0, SAMPLE).map((id) => ({ id, name: nameFor(id) }));
  return {
    num_active_in_other_campaigns: count("contacts_active_in_other_campaigns"),
    num_finished_in_other_campaigns: count("contacts_finished_in_other_campaigns"),
    num_same_company: count("contacts_in_same_company"),
    num_no_email: count("contacts_without_email"),
    num_unverified_email: count("contacts_unverified_email"),
    num_without_ownership_permission: count("contacts_without_ownership_permission"),
    num_with_job_change_contacts: count("contacts_with_job_change"),
    sample_active_in_other_campaigns_contacts: sample("contacts_active_in_other_campaigns"),
    sample_finished_in_other_campaigns_contacts: sample("contacts_finished_in_other_campaigns"),
    sample_same_company_contacts: sample("contacts_in_same_company"),
    sample_no_email_contacts: sample("contacts_without_email"),
    sample_unverified_email_contacts: sample("contacts_unverified_email"),
    sample_without_ownership_permission: sample("contacts_without_ownership_permission"),
    sample_with_job_change_contacts: sample("contacts_with_job_change"),
    show_warning: leftOut > 0,
    num_total_dangerous_contacts: leftOut,
  };
}

type Preview = NonNullable<Joined["previews"]>[number];

function presentPreview({ contactId, touchId, needsReview, mail, fault }: Preview) {
  return {
    contact_id: contactId,
    emailer_touch_id: touchId,
    subject: mail?.subject ?? "",
    body_text: mail?.text ?? "",
    body_html: mail?.html ?? "",
    missing: mail?.missing ?? [],
    needs_review: needsReview,
    fault: fault?.sentence ?? null,
  };
}
