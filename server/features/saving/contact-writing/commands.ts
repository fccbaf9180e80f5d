// How contacts come to be written: one path, whether one or a thousand come at once, by a call, an import or a merge.
// Gather what they refer to, decide what each becomes, write all of it in a few statements.

import type { Act } from "../../../app.ts";
import { type ContactDetails, changedFacts, emptyContact } from "../../../domain/contacts/contact-facts.ts";
import { contactAfter } from "../../../domain/contacts/contacts.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import * as store from "../../contacts/contact-rows/writing-store.ts";
import { linkPeopleTo } from "../../contacts/known-contacts/store.ts";
import { followPauses, inheritPauses, pauseTold } from "../../contacts/pausing/following.ts";
import { crossingsOf } from "../../contacts/scoring/crossings.ts";
import { readFormula } from "../../contacts/scoring/formula.ts";
import {
  followMarks,
  holdForMarks,
  refuseLiftedOptOuts,
} from "../../contacts/suppressions/claims-following.ts";
import { recognizeAddresses } from "../../contacts/suppressions/forgetting.ts";
import { finishEverywhere } from "../../enrollments/enrollments/enrollment-events.ts";
import { byCaller, type Happening, record } from "../../events/events/store.ts";
import { findUser } from "../../identity/users/store.ts";
import type { ContactWrite } from "./contact-write.ts";
import { takeFields, takeLabels } from "./fields-and-lists.ts";
import { gatherReferences } from "./references.ts";

export type SavedContact = { id: string; fieldErrors: Record<string, string> };

/** What is done of a wish, once it is known who is there. */
type ContactWriteFilter = (wish: ContactWrite, before: ContactDetails, id: string) => ContactWrite;

/** The contacts of an import, or any other source: always new ones. */
export async function makeContacts(
  act: Act,
  wishes: readonly ContactWrite[],
  source: string,
): Promise<SavedContact[]> {
  if (wishes.length === 0) return [];
  const { db, now, caller } = act;
  const { teamId } = caller;
  await holdForMarks(act, wishes);
  const facts = await gatherReferences(
    act,
    wishes,
    wishes.map(() => null),
  );
  const ground = emptyContact(source, caller.userId);
  const contacts = wishes.map((wish, i) => {
    const resolved = facts.resolved(wish, i);
    const contactStageId = resolved.contactStageId || facts.firstStageId;
    const ownerId = resolved.ownerId || caller.userId;
    return { id: newId(), ...contactAfter(ground, { ...resolved, contactStageId, ownerId }, now) };
  });
  const formula = await readFormula(db, teamId);
  // Sent together: what comes behind is made ready while the database inserts.
  const [scores] = await Promise.all([
    store.insertContacts(db, teamId, contacts, formula, now),
    linkToPeople(act, contacts),
    recognizeAddresses(act, contacts.flatMap(addressesIn)),
    inheritPauses(act, contacts),
    followMarks(
      act,
      contacts.map(({ id, ...after }) => ({ id, before: null, after })),
    ),
    record(
      byCaller(act),
      ...contacts.map(({ id }): Happening => ({ type: "contact.created", subject: { type: "contact", id } })),
    ),
  ]);
  const fields = await takeFields(act, contacts, wishes);
  await takeLabels(act, contacts, wishes, "add");
  const fresh = scores.map((one) => ({ ...one, was: null }));
  const crossings = crossingsOf(formula.marks, fresh);
  if (crossings.length > 0) await record(byCaller(act), ...crossings);
  return contacts.map(({ id }, i) => ({ id, fieldErrors: fields[i]?.errors ?? {} }));
}

export type ChangeOf = { id: string; wish: ContactWrite };

/** Those that are there; all of them or, where one is refused, none. */
export async function changeContacts(
  act: Act,
  changes: readonly ChangeOf[],
  labels: "replace" | "add" = "replace",
  heed: ContactWriteFilter = (wish) => wish,
): Promise<(SavedContact & Pick<Changed, "before" | "after">)[]> {
  const { db, now, caller } = act;
  await holdForMarks(
    act,
    changes.map(({ wish }) => wish),
  );
  const locked = await store.lockContacts(
    db,
    caller.teamId,
    changes.map(({ id }) => id),
  );
  const byId = new Map<string, ContactDetails>(locked.map((contact) => [contact.id, contact]));
  const there = changes.filter(({ id }) => byId.has(id));
  if (there.length === 0) return [];
  const grounds = there.map(({ id }) => byId.get(id) as ContactDetails);
  const facts = await gatherReferences(
    act,
    there.map(({ wish }) => wish),
    grounds,
  );
  const changed: Changed[] = [];
  const wishes: ContactWrite[] = [];
  for (const [i, { id, wish: whole }] of there.entries()) {
    const before = byId.get(id) as ContactDetails;
    const wish = heed(facts.resolved(whole, i), before, id);
    wishes.push(wish);
    const after = contactAfter(before, wish, now);
    byId.set(id, after); // the same contact named twice: the later change goes on from the earlier one
    changed.push({ id, before, after, keys: changedFacts(before, after) });
  }
  refuseLiftedOptOuts(act, changed);
  const written = locked.flatMap(({ id, ...before }) => {
    const after = byId.get(id) as ContactDetails;
    const keys = changedFacts(before, after);
    const others = { hasOtherEmails: keys.includes("emails"), hasOtherPhones: keys.includes("phones") };
    return keys.length > 0 ? [{ id, ...after, ...others }] : [];
  });
  if (written.length > 0) await store.updateContacts(db, caller.teamId, written, now);
  const readdressed = changed.filter(({ keys }) => keys.includes("email") || keys.includes("emails"));
  await linkToPeople(
    act,
    readdressed.map(({ id, after }) => ({ id, ...after })),
  );
  await recognizeAddresses(act, written.flatMap(addressesIn));
  await followMarks(act, changed);
  await followPauses(act, changed);
  const fields = await takeFields(act, there, wishes);
  const isOnOtherLists = await takeLabels(act, there, wishes, labels);
  await recordChanges(act, changed, (i) => [
    ...((fields[i]?.values.length ?? 0) > 0 ? ["typedCustomFields"] : []),
    ...(isOnOtherLists(i) ? ["labels"] : []),
  ]);
  await leaveSequences(act, changed);
  return changed.map(({ id, before, after }, i) => ({
    id,
    before,
    after,
    fieldErrors: fields[i]?.errors ?? {},
  }));
}

/** A contact with the address of a person in the people database is that person. */
async function linkToPeople({ db, caller }: Act, contacts: readonly (ContactDetails & { id: string })[]) {
  const addressed = contacts.filter(({ facts }) => facts.personId === null && facts.email !== null);
  if (addressed.length === 0) return;
  await linkPeopleTo(db, caller.teamId, [...new Set(addressed.map(({ id }) => id))]);
}

function addressesIn({ facts, emails }: ContactDetails) {
  return [...(facts.email === null ? [] : [facts.email]), ...emails.map(({ email }) => email)];
}

type Changed = { id: string; before: ContactDetails; after: ContactDetails; keys: string[] };

async function recordChanges(act: Act, changed: readonly Changed[], furtherKeys: (i: number) => string[]) {
  const happenings = changed.flatMap(({ id, before, after, keys }, i): Happening[] => {
    const subject = { type: "contact", id } as const;
    const all = [...keys, ...furtherKeys(i)];
    const isOut = after.facts.emailUnsubscribed === true && !before.facts.emailUnsubscribed;
    const isBack = before.facts.emailUnsubscribed === true && !after.facts.emailUnsubscribed;
    const stages = { from: before.facts.contactStageId, to: after.facts.contactStageId };
    return [
      ...(all.length > 0 ? [{ type: "contact.updated" as const, subject, data: { changed: all } }] : []),
      ...(stages.from === stages.to
        ? []
        : [{ type: "contact.stage_changed" as const, subject, data: stages }]),
      ...(isOut ? [{ type: "contact.unsubscribed" as const, subject }] : []),
      ...(isBack ? [{ type: "contact.resubscribed" as const, subject, data: { source: "person" } }] : []),
      ...pauseTold(id, before, after),
    ];
  });
  if (happenings.length > 0) await record(byCaller(act), ...happenings);
}

type Turn = Pick<Changed, "id" | "before" | "after">;

/** A contact who must not be written to any more is finished, in every sequence. */
export async function leaveSequences(act: Act, changed: readonly Turn[]) {
  const by = byCaller(act);
  const now = (is: (contact: ContactDetails) => boolean) =>
    changed.filter(({ before, after }) => is(after) && !is(before)).map(({ id }) => id);
  await finishEverywhere(
    by,
    now(({ facts }) => facts.emailUnsubscribed === true),
    "unsubscribed",
  );
  await finishEverywhere(
    by,
    now(({ facts }) => facts.doNotContact === true),
    "doNotContact",
  );
}

/** A deactivated user gets no new records. */
export async function refuseLeaver({ db, caller }: Act, ownerId: string) {
  const user = await findUser(db, caller.teamId, ownerId);
  if (user?.deactivatedAt) throw new Refusal("owner_has_left", { value: ownerId });
}
