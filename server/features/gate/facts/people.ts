// What is known of the person whom a step is for, as the gate asks it: of a contact in a sequence, of a contact alone, and of a
// recipient in copy.

import { type AddressBars, NO_BARS, withBars } from "../../../domain/contacts/address-claims.ts";
import { canonicalAddress } from "../../../domain/contacts/suppression.ts";
import { isVerified } from "../../../domain/enrollments/eligibility.ts";
import type { GateContactFacts } from "../../../domain/gate/gate-facts.ts";
import type { AnswerHold } from "../../../domain/receiving/answer-holds.ts";
import type { Barring } from "../../contacts/suppressions/barring.ts";
import type { SuppressionRow } from "../../contacts/suppressions/store.ts";
import type { Slot } from "../outbox-rows/store.ts";
import type { GateContactRow, StandingRow } from "./facts-store.ts";

export function personFactsFrom({
  row,
  barred,
  held,
}: {
  row: StandingRow;
  barred: Barring;
  held: AnswerHold | null;
}): GateContactFacts {
  const suppression = row.email === null ? null : barred(row.email);
  const { excludedAccountStage: stage, colleague, accountId } = row;
  const bars = row.email === null ? NO_BARS : barred.claims(row.email);
  const person = {
    id: row.contactId,
    email: row.email,
    isAddressSound: row.email !== null && canonicalAddress(row.email) !== null,
    emailStatus: row.emailStatus,
    isVerified: isVerified(row.emailStatus),
    mayBeUnverified: row.allowsUnverified,
    mayLackAddress: row.allowsNoEmail,
    sameAddress: row.sameAddress,
    isUnsubscribed: row.isUnsubscribed,
    unsubscribedAt: row.unsubscribedAt,
    isDoNotContact: row.isDoNotContact,
    pausedUntil: row.pausedUntil,
    answerHold: held,
    hasBounced: row.hasBounced,
    bouncedAt: row.bouncedAt,
    suppression: suppression && { ...suppression, at: suppression.createdAt },
    excludedStage: row.excludedStage,
    excludedAccountStage: stage && accountId ? { ...stage, accountId } : null,
    jobChangedAt: row.jobChangedAt,
    colleague: colleague && {
      contactId: colleague.contactId,
      repliedAt: Temporal.Instant.from(colleague.repliedAt),
      replyClass: colleague.replyClass,
      isElsewhere: colleague.isElsewhere,
    },
    timeZone: row.timeZone,
    country: row.country,
    region: row.region,
  };
  return withBars(person, bars, suppression !== null);
}

/** What is known of a person whatever the sequence is. */
export function personAlone(row: GateContactRow, suppression: SuppressionRow | null, bars: AddressBars) {
  const person = {
    id: row.id,
    email: row.email,
    isAddressSound: row.email !== null && canonicalAddress(row.email) !== null,
    emailStatus: row.emailStatus,
    isVerified: isVerified(row.emailStatus),
    isUnsubscribed: row.emailUnsubscribed === true,
    unsubscribedAt: row.emailUnsubscribedAt,
    isDoNotContact: row.doNotContact,
    pausedUntil: row.pausedUntil,
    hasBounced: row.bouncedAt !== null || row.emailStatus === "bounced",
    bouncedAt: row.bouncedAt,
    suppression: suppression && { ...suppression, at: suppression.createdAt },
  };
  return withBars(person, bars, suppression !== null);
}

/** A user who writes to one person by hand has looked at the address. For a recipient in copy only the address counts. */
export function readerOf({ copyOf, toEmail }: Slot, person: GateContactRow, barred: Barring) {
  const email = copyOf ? toEmail : person.email;
  const suppression = email === null ? null : barred(email);
  const bars = email === null ? NO_BARS : barred.claims(email);
  const alone = copyOf
    ? withBars(
        { ...NOTHING_KNOWN, email, suppression: suppression && at(suppression) },
        bars,
        suppression !== null,
      )
    : personAlone(person, suppression, bars);
  return { ...alone, mayBeUnverified: true };
}

const NOTHING_KNOWN = {
  isUnsubscribed: false,
  unsubscribedAt: null,
  isDoNotContact: false,
  pausedUntil: null,
  hasBounced: false,
  bouncedAt: null,
};

function at<Row extends { createdAt: Temporal.Instant }>(row: Row) {
  return { ...row, at: row.createdAt };
}
