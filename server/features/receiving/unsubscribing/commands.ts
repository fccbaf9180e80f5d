// People who want no more mail, however they said so: by the link, by their mail program's button, in an answer, or by
// telling their provider that it was spam. It holds for the whole team from the moment it is committed.

import { canonicalAddress } from "../../../domain/contacts/suppression.ts";
import { newId } from "../../../kernel/ids.ts";
import { lockFound } from "../../contacts/contact-rows/lock-found.ts";
import { type ClaimInput, type ClaimSource, claimAddresses } from "../../contacts/suppressions/claims.ts";
import { withoutForgotten } from "../../contacts/suppressions/forgetting.ts";
import { holdSuppressions, insertSuppressions } from "../../contacts/suppressions/store.ts";
import { finishEverywhere, happened } from "../../enrollments/enrollments/enrollment-events.ts";
import { type By, type Happening, record } from "../../events/events/store.ts";
import * as store from "../../sending/links/store.ts";

export type OptOutRequest = {
  contactIds: readonly string[];
  addresses: readonly string[];
  source: "unsubscribe" | "complaint";
  /** The mail by which it was said, if it was one of ours. */
  messageId: string | null;
  /** What can take it back, and nothing else. */
  said: ClaimSource;
};

/**
 * The team mails these people or addresses no more. Said twice, it has its effect once. Takes the list of
 * suppressions before the contacts, as the gate does, so it must come before anything else is locked.
 */
export async function optOut(by: By, wish: OptOutRequest) {
  const { db, teamId, now } = by;
  const { source, messageId } = wish;
  const addresses = [...new Set(wish.addresses.flatMap((address) => canonicalAddress(address) ?? []))];
  await holdSuppressions(db, teamId);
  const spellings = [...addresses, ...wish.addresses.map((address) => address.trim().toLowerCase())];
  const { ids: readers } = await lockFound(by, async () => ({
    ids: await store.findReaders(db, teamId, wish.contactIds, spellings),
  }));

  await claimAddresses(by, wish.said, await claimsOf(by, wish, addresses, readers));
  const marked = await store.markUnsubscribed(db, teamId, readers, now);
  // A deleted contact is suppressed already, by a digest, and must not be stored in clear again.
  const readable = await withoutForgotten({ db, teamId }, addresses);
  const barred = readable.map((value) => ({ id: newId(), kind: "email" as const, value, reason: null }));
  const suppressed = await insertSuppressions(db, teamId, barred, { source, userId: by.userId, now });
  const happenings: Happening[] = [
    ...marked.map((id) => ({
      type: "contact.unsubscribed" as const,
      subject: { type: "contact" as const, id },
      data: { source, ...(messageId !== null && { message_id: messageId }) },
    })),
    ...suppressed.map((id) => ({
      type: "suppression.created" as const,
      subject: { type: "suppression" as const, id },
      data: { kind: "email", source },
    })),
  ];
  if (happenings.length > 0) await record(by, ...happenings);
  const { changed } = await finishEverywhere(by, readers, "unsubscribed");
  const ended = new Set(changed.map(({ before }) => before.id));
  if (messageId !== null && happenings.length > 0) await moveLateLeaver(by, messageId, { readers, ended });
  const did = { contactIds: marked, suppressionIds: suppressed, isClaimed: true as const };
  const isFirst =
    messageId !== null && (await noteOnMessage(by, messageId, { source, scope: "all", ...did }));
  return { markedIds: marked, suppressedIds: suppressed, hasEffect: isFirst || happenings.length > 0 };
}

/** Of the addresses alone, and of every address of each contact that is marked: also where others have said it before. */
async function claimsOf(
  { db, teamId }: By,
  { source }: OptOutRequest,
  addresses: readonly string[],
  readers: readonly string[],
): Promise<ClaimInput[]> {
  const kind = source === "complaint" ? "complaint" : "unsubscribed";
  const theirs = await store.mainAddressesOf(db, teamId, readers);
  return [
    ...addresses.map((address) => ({ address, kind }) as const),
    ...theirs.map(({ contactId, email }) => ({ address: email, kind, contactId }) as const),
  ];
}

/** Who leaves when their sequence is over still moves to the stage that it names. */
async function moveLateLeaver(
  by: By,
  messageId: string,
  { readers, ended }: { readers: readonly string[]; ended: ReadonlySet<string> },
) {
  const message = await store.findWhose(by.db, by.teamId, messageId);
  const { contactId, enrollmentId } = message ?? { contactId: null, enrollmentId: null };
  if (contactId === null || enrollmentId === null) return;
  if (readers.includes(contactId) && !ended.has(enrollmentId))
    await happened(by, [{ enrollmentId, what: { is: "unsubscribed" } }]);
}

/** Kept with the mail, so that a slip can be undone exactly. */
type Leaving = {
  source: OptOutRequest["source"];
  scope: "all" | "sequence";
  contactIds?: readonly string[];
  suppressionIds?: readonly string[];
  /** Recorded as a claim of its own, also where it changed nothing. */
  isClaimed?: true;
};

/** The mail was answered by an opt-out. Answers whether that is news. */
export async function noteOnMessage(by: By, messageId: string, leaving: Leaving) {
  const { db, teamId, now } = by;
  const { source, scope, contactIds = [], suppressionIds = [] } = leaving;
  const isFirst = await store.markMessageUnsubscribed(db, teamId, messageId, now);
  if (!isFirst && contactIds.length + suppressionIds.length === 0) return false;
  const message = await store.findWhose(db, teamId, messageId);
  if (!message) return false;
  const { contactId, sequenceId } = message;
  await store.insertMessageEvent(
    db,
    teamId,
    { id: newId(), messageId, contactId, type: "unsubscribe", detail: leaving },
    now,
  );
  await record(by, {
    type: "message.unsubscribed",
    subject: { type: "message", id: messageId },
    data: {
      source,
      scope,
      ...(contactId !== null && { contact_id: contactId }),
      ...(sequenceId !== null && { sequence_id: sequenceId }),
    },
  });
  return true;
}
