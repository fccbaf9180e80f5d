import type { Act } from "../../app.ts";
import { priceOfAdding } from "../../domain/credits.ts";
import type { SkipReason, Tally } from "../../domain/eligibility.ts";
import type { Warning, WarningCode } from "../../domain/warnings.ts";
import { computedOrNull } from "../../moments.ts";
import { presentContact } from "../contacts/present.ts";
import type { ContactRow } from "../contacts/reading-store.ts";
import type { ContactSummary } from "../contacts/store.ts";
import { presentSettings } from "../sequences/present.ts";
import { presentBareStep } from "../steps/present.ts";
import { presentBareTouch } from "../touches/present.ts";
import type { TouchRow } from "../touches/store.ts";
import { presentEvidence, presentReason } from "../verdicts/present.ts";
import type { Joined } from "./store.ts";

const LOADING = "loading" as const;

/** Nothing is counted for this answer, as Apollo does not: it would take longer than adding. */
const UNCOUNTED = {
  unique_scheduled: LOADING,
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
    emailer_campaign: { ...presentSettings(joined.sequence, caller.userId), ...UNCOUNTED },
    emailer_steps: joined.steps.map(presentBareStep),
    emailer_touches: touches.map(presentBareTouch),
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

/** Work that nobody will do, tried out batch by batch: what it would come to. */
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
export type NameFor = (contactId: string) => string | null;

const SENTENCES: Record<WarningCode, string> = {
  contact_stage_safeguard: "The contact is in a stage that this sequence does not mail.",
  account_stage_safeguard: "The contact's account is in a stage that this sequence does not mail.",
  same_account_reply: "Somebody of the same company has answered, which holds back mails to the others.",
  ownership_permission:
    "The owner of this sequence has left the team: its mails fail until somebody else owns it.",
  email_format_invalid: "The address is none, so mails to it fail.",
  steps_received: "They were in this sequence before, and are sent these steps again.",
  email_skipped: "The contact has no email address: mails are skipped, calls and tasks happen.",
  touch_limit:
    "They, their company or their domain have been touched as often in these days as the team allows: the first step waits.",
  answer_unsettled:
    "They have answered, and nobody has settled the answer: they are added, and no automatic mail goes to them before it is settled or its time has passed.",
  snippets_missing: "A mail of this sequence needs something that is not known of this contact.",
  personalized_opener_missing:
    "A mail of this sequence begins with a personal sentence that nobody has written.",
  mail_unreadable: "A mail of this sequence cannot be composed.",
  thread_reply_original_email_missing:
    "A mail of this sequence is a reply, and no mail is sent before it that it could reply to.",
};

/** With the step, where it is about one. */
function sentenceOf({ code, evidence: { position, missing } }: Warning) {
  if (position === undefined) return SENTENCES[code];
  if (code === "snippets_missing")
    return `The mail of step ${position} needs ${missing}, which is not known of this contact.`;
  return SENTENCES[code].replace("A mail of this sequence", `The mail of step ${position}`);
}

function presentWarning({ contactId, code, evidence }: Warning, nameFor: NameFor) {
  return {
    contact_id: contactId,
    contact_name: nameFor(contactId),
    code,
    evidence: presentEvidence(evidence),
    sentence: sentenceOf({ contactId, code, evidence }),
  };
}

/** How many are named where all are counted. */
export const SAMPLE = 5;

export function nameOf(contact: ContactSummary | undefined) {
  return [contact?.firstName, contact?.lastName].filter(Boolean).join(" ") || contact?.email || null;
}

export function presentDeployability({ byReason, leftOut }: Tally, nameFor: (id: string) => string | null) {
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
