// People who want no more mail, however they said so: by the link, by their mail program's button, in an answer, or by
// telling their provider that it was spam. It holds for the whole team from the moment it is committed.

import { canonicalAddress } from "../../domain/suppression.ts";
import { newId } from "../../ids.ts";
import { claim, type Said, type Wanted } from "../address-claims/commands.ts";
import { lockIds } from "../contacts/holding-store.ts";
import { barContacts, happened } from "../enrollments/happenings.ts";
import { type By, type Happening, record } from "../events/store.ts";
import { withoutForgotten } from "../suppressions/forgetting.ts";
import { holdSuppressions, insertSuppressions } from "../suppressions/store.ts";
import * as store from "./store.ts";

export type OptOut = {
  contactIds: readonly string[];
  addresses: readonly string[];
  source: "unsubscribe" | "complaint";
  /** The mail by which it was said, if it was one of ours. */
  messageId: string | null;
  /** What can take it back, and nothing else. */
  said: Said;
};

/**
 * Nobody of the team mails these people or addresses any more. Said twice, it has its effect once. Takes the list of
 * suppressions before the contacts, as the gate does, so it must come before anything else is locked.
 */
export async function optOut(by: By, wish: OptOut) {
  const { db, teamId, now } = by;
  const { source, messageId } = wish;
  const addresses = [...new Set(wish.addresses.flatMap((address) => canonicalAddress(address) ?? []))];
  await holdSuppressions(db, teamId);
  const spellings = [...addresses, ...wish.addresses.map((address) => address.trim().toLowerCase())];
  const found = await store.findReaders(db, teamId, wish.contactIds, spellings);
  const readers = await lockIds(db, teamId, found);

  await claim(by, wish.said, await claimsOf(by, wish, addresses, readers));
  const marked = await store.markUnsubscribed(db, teamId, readers, now);
  // Somebody who was deleted is barred already, by what cannot be read, and is not to be written down again.
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
  const { changed } = await barContacts(by, readers, "unsubscribed");
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
  { source }: OptOut,
  addresses: readonly string[],
  readers: readonly string[],
): Promise<Wanted[]> {
  const kind = source === "complaint" ? "complaint" : "unsubscribed";
  const theirs = await store.addressesOf(db, teamId, readers);
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
  source: OptOut["source"];
  scope: "all" | "sequence";
  contactIds?: readonly string[];
  suppressionIds?: readonly string[];
  /** It stands as a claim of its own, also where it changed nothing. */
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
