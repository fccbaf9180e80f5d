// What a caller says of adding contacts, in our words.

import type { contract } from "@cadenza/contract";
import type { z } from "zod";
import { type AllowFlag, FLAGS } from "../../../domain/enrollments/eligibility.ts";
import { readMoment } from "../../../kernel/moments.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import type { ContactFilter } from "../../contacts/contact-filters/store.ts";
import type { JoinWish } from "./commands.ts";
import type { TermsWish } from "./terms.ts";

type Input = Omit<z.output<typeof contract.joining.addContacts.input>, "promise_id">;

export function readWish(input: Input, filter: ContactFilter | null, now: Temporal.Instant): JoinWish {
  const { id: sequenceId, emailer_campaign_id: named } = input;
  if (named !== undefined && named !== sequenceId)
    throw new Refusal("joining_ids_disagree", { path: sequenceId, body: named });
  const contactIds = input.contact_ids ?? [];
  const labelNames = (input.label_names ?? []).filter((name) => name.trim() !== "");
  if (contactIds.length === 0 && labelNames.length === 0 && !filter)
    throw new Refusal("joining_nobody_named");
  const terms = readTermsWish(input, now);
  return {
    ...terms,
    contactIds,
    labelNames,
    filter,
    isPutOff: input.async,
    shownAs: shownAs(input, terms.mailboxIds),
    resultPath: (requestId) => `/emailer_campaigns/${sequenceId}/verdicts?request_id=${requestId}`,
  };
}

type Terms = Omit<Input, "contact_ids" | "label_names" | "contact_filter" | "emailer_campaign_id" | "async">;

/** Everything but whom. */
export function readTermsWish(input: Terms, now: Temporal.Instant): TermsWish {
  const mailboxIds = [...new Set(input.send_email_from_email_account_id ?? input.email_account_id ?? [])];
  if (mailboxIds.length === 0) throw new Refusal("joining_mailbox_missing");
  const startsAt = input.auto_unpause_at ? readMoment(input.auto_unpause_at) : null;
  if (startsAt && Temporal.Instant.compare(startsAt, now) <= 0) throw new Refusal("joining_start_past");
  return {
    sequenceId: input.id,
    mailboxIds,
    sendFromAddress: input.send_email_from_email_address?.trim() || null,
    waived: new Set(FLAGS.filter((flag) => input[flag])),
    skipsVerification: input.contact_verification_skipped,
    adderId: input.user_id ?? input.userId ?? null,
    startsPaused: input.status === "paused",
    startsAt,
    startStep: input.start_step,
    reEnrolls: input.re_enroll,
    waitsForOthers: input.wait_for_other_campaigns,
    isExplicit: true,
  };
}

const OWN_FLAG: AllowFlag = "sequence_same_email_in_same_campaign";

/** As Apollo prints the work: flags as text, the mailbox always a list. */
function shownAs(input: Input, mailboxIds: readonly string[]) {
  return {
    sequence_id: input.id,
    send_email_from_email_account_id: mailboxIds,
    source: "add_to_sequence_api",
    safety_check_filter_options: Object.fromEntries(
      FLAGS.filter((flag) => flag.startsWith("sequence_") && flag !== OWN_FLAG).map((flag) => [
        flag,
        String(input[flag]),
      ]),
    ),
  };
}
