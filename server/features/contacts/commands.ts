import type { Act } from "../../app.ts";
import { emptyContact } from "../../domain/contact-facts.ts";
import { mergedContact } from "../../domain/contact-merging.ts";
import { unreadOfContact } from "../../domain/unread-fields.ts";
import { Refusal } from "../../refusal.ts";
import { reachedBy } from "../address-claims/commands.ts";
import { followMarks } from "../address-claims/following.ts";
import { moveClaims } from "../address-claims/store.ts";
import { forgetCaughtOf } from "../catcher/store.ts";
import { mergeEnrollments } from "../contact-merging/enrollments.ts";
import { noteMerged } from "../contact-merging/merged-into-store.ts";
import { moveEverything } from "../contact-merging/places-store.ts";
import { moveLists } from "../contact-merging/store.ts";
import {
  type ChangeOf,
  candidateOf,
  changeContacts,
  leaveSequences,
  makeContacts,
  marksOf,
  refuseForeignReferences,
  type Wish,
  type Written,
} from "../contact-writing/commands.ts";
import { lockContacts, updateContacts } from "../contact-writing/store.ts";
import { type Candidate, findDuplicates, queueFor } from "../duplicates/store.ts";
import { tellRemoved } from "../enrollments/happenings.ts";
import { byCaller, record } from "../events/store.ts";
import { forgetRows } from "../imports/rows-store.ts";
import { tellJoined } from "../labels/membership.ts";
import { holdActivity, inheritActivity } from "../last-activity/store.ts";
import { linkPeopleTo } from "../people/known-contacts-store.ts";
import { startProgress } from "../progress/commands.ts";
import { type Known, payForPeople, withPeople } from "../prospecting/from-the-store.ts";
import { viewerIn } from "../sharing/hiding.ts";
import { forgetAddresses } from "../suppressions/forgetting.ts";
import { mergeCandidates } from "../workflows/merging.ts";
import * as erasing from "./erasing-store.ts";
import { holdListIfBarred } from "./hold-barred.ts";
import * as holding from "./holding-store.ts";
import { readContacts } from "./reading-store.ts";
import * as store from "./store.ts";

/** Makes a contact, or with `findsExisting` changes the one that is there, by what was said and nothing else. */
export async function createContact(act: Act, wish: Wish, findsExisting: boolean) {
  const [known] = await withPeople(act, [wish]);
  const match = findsExisting ? await findMatch(act, known?.wish ?? wish) : null;
  if (match) {
    const [written] = await changeContacts(act, [{ id: match.contactId, wish }], "add");
    if (written) return { ...written, match };
  }
  const [written] = await make(act, known ? [known] : []);
  return { ...(written as Written), match: null };
}

async function make(act: Act, known: readonly Known[]) {
  const made = await makeContacts(
    act,
    known.map(({ wish }) => wish),
    "api",
  );
  const bought = known.flatMap(({ boughtId }, place) =>
    boughtId === null ? [] : [{ personId: boughtId, contactId: (made[place] as Written).id }],
  );
  await payForPeople(act, bought);
  return made;
}

async function findMatch(act: Act, wish: Wish) {
  const candidate = candidateOf(wish);
  await queueFor(act.db, act.caller.teamId, marksOf(candidate));
  return (await findDuplicates(act.db, act.caller.teamId, [candidate]))[0] ?? null;
}

/** A hundred at a time. With `findsExisting`, whoever is there already is left as they are. */
export async function createContacts(act: Act, wishes: readonly Wish[], findsExisting: boolean) {
  const asked = await withPeople(act, wishes);
  if (!findsExisting) return { createdIds: (await make(act, asked)).map(({ id }) => id), existingIds: [] };
  const candidates = asked.map(({ wish }) => candidateOf(wish));
  await queueFor(act.db, act.caller.teamId, candidates.flatMap(marksOf));
  const matches = await findDuplicates(act.db, act.caller.teamId, candidates);
  const fresh: Known[] = [];
  const firstBy = new Map<string, number>();
  // The same person twice in one request is made once; the second time they are there already.
  const verdicts = asked.map((wish, i) => {
    const known = matches[i];
    if (known) return { existingId: known.contactId };
    const marks = marksOf(candidates[i] as Candidate);
    const twin = marks.map((mark) => firstBy.get(mark)).find((place) => place !== undefined);
    const place = twin ?? fresh.push(wish) - 1;
    for (const mark of marks) if (!firstBy.has(mark)) firstBy.set(mark, place);
    return { place, isTwin: twin !== undefined };
  });
  const made = await make(act, fresh);
  const idAt = (place: number | undefined) => (made[place ?? -1] as Written).id;
  return {
    createdIds: made.map(({ id }) => id),
    existingIds: verdicts.flatMap((verdict) =>
      verdict.existingId !== undefined ? [verdict.existingId] : verdict.isTwin ? [idAt(verdict.place)] : [],
    ),
  };
}

/** Refuses where the contact is not there, and tells a deleted one from one that never was. */
export async function getContact({ db, caller }: Act, id: string) {
  const [contact] = await readContacts(db, caller.teamId, [id], viewerIn(caller));
  if (contact) return contact;
  const { deleted } = await store.sortIds(db, caller.teamId, [id]);
  throw new Refusal(deleted.length > 0 ? "contact_deleted" : "contact_unknown");
}

export async function changeContact(act: Act, id: string, wish: Wish) {
  const [written] = await changeContacts(act, [{ id, wish }]);
  if (written) return written;
  const { deleted } = await store.sortIds(act.db, act.caller.teamId, [id]);
  if (deleted.length > 0)
    throw new Refusal("contact_deleted_cannot_update", {}, { deleted_contact_ids: deleted });
  throw new Refusal("contact_unknown");
}

/** Many at once: all of them or, where one is refused, none. */
export async function changeManyContacts(act: Act, changes: readonly ChangeOf[]) {
  refuseBadEmails(changes);
  return changeContacts(act, changes);
}

function refuseBadEmails(changes: readonly ChangeOf[]) {
  for (const { id, wish } of changes) {
    const [field] = Object.keys(unreadOfContact(wish));
    if (field !== undefined) {
      const details = { contact_id: id, field, message: "Invalid email format" };
      throw new Refusal("contact_validation_failed", {}, { error_details: details });
    }
  }
}

/** The same, done by the engine. What cannot be done is refused now. */
export async function changeContactsLater(act: Act, changes: readonly ChangeOf[]) {
  refuseBadEmails(changes);
  await refuseForeignReferences(
    act,
    changes.map(({ wish }) => wish),
  );
  const wishes: Record<string, Wish[]> = {};
  for (const { id, wish } of changes) wishes[id] = [...(wishes[id] ?? []), wish];
  return startProgress(act, {
    jobType: "contact_bulk_update",
    entityIds: Object.keys(wishes),
    params: {},
    instructions: { wishes },
  });
}

/** Called by the engine for each batch of a bulk update. */
export async function workOnContacts(
  act: Act,
  instructions: Record<string, unknown>,
  ids: readonly string[],
) {
  const wishes = instructions.wishes as Record<string, Wish[]>;
  const changes = ids.flatMap((id) => (wishes[id] ?? []).map((wish) => ({ id, wish: withInstants(wish) })));
  const changed = new Set((await changeContacts(act, changes)).map(({ id }) => id));
  return ids.map((id) =>
    changed.has(id) ? { outcome: "updated" } : { outcome: "skipped", code: "contact_not_found" },
  );
}

// Instructions are kept as JSON, where an instant is text.
function withInstants(wish: Wish): Wish {
  const { jobChange } = wish;
  const at = jobChange?.at ? Temporal.Instant.from(String(jobChange.at)) : null;
  return jobChange ? { ...wish, jobChange: { ...jobChange, at } } : wish;
}

/** Answers the contacts that there are, changed or not. */
export async function moveToStage(
  act: Act,
  ids: readonly string[],
  stage: { id: string } | { name: string },
) {
  const { db, now, caller } = act;
  const stageId = "id" in stage ? stage.id : await holding.findStageId(db, caller.teamId, stage.name);
  const { stages } = await store.findReferences(db, caller.teamId, {
    users: [],
    stages: stageId ? [stageId] : [],
    accounts: [],
  });
  if (!stageId || !stages.has(stageId))
    throw new Refusal("contact_reference_unknown", {
      name: "contact stage",
      value: "id" in stage ? stage.id : stage.name,
    });
  const moved = await holding.setStage(db, caller.teamId, ids, stageId, now);
  if (moved.length > 0)
    await record(
      byCaller(act),
      ...moved.map(({ id, fromStageId }) => ({
        type: "contact.stage_changed" as const,
        subject: { type: "contact" as const, id },
        data: { from: fromStageId, to: stageId },
      })),
    );
  return readContacts(db, caller.teamId, ids, viewerIn(caller));
}

export async function giveToOwner(act: Act, ids: readonly string[], ownerId: string) {
  const { db, now, caller } = act;
  const { users } = await store.findReferences(db, caller.teamId, {
    users: [ownerId],
    stages: [],
    accounts: [],
  });
  if (!users.has(ownerId)) throw new Refusal("contact_reference_unknown", { name: "user", value: ownerId });
  const given = await holding.setOwner(db, caller.teamId, ids, ownerId, now);
  if (given.length > 0)
    await record(
      byCaller(act),
      ...given.map(({ id }) => ({
        type: "contact.updated" as const,
        subject: { type: "contact" as const, id },
        data: { changed: ["ownerId"] },
      })),
    );
  return holding.readOwners(db, caller.teamId, ids);
}

export async function deleteContact(act: Act, id: string) {
  const deleted = await deleteContacts(act, [id]);
  if (deleted.length > 0) return id;
  const known = await store.sortIds(act.db, act.caller.teamId, [id]);
  throw new Refusal(known.deleted.length > 0 ? "contact_deleted" : "contact_unknown");
}

/** Answers the ids of those who were there. */
export async function deleteContacts(act: Act, ids: readonly string[]) {
  const { db, now, caller } = act;
  await holdListIfBarred(act, ids);
  const locked = await holding.lockIds(db, caller.teamId, ids);
  await holdListIfBarred(act, ids); // again: by now nobody can bar them
  await tellRemoved(byCaller(act), locked);
  const people = await erasing.addressesOf(db, caller.teamId, ids);
  await forgetAddresses(act, people);
  await forgetCaughtOf(
    db,
    caller.teamId,
    people.flatMap(({ addresses }) => addresses.flatMap(({ email, isShared }) => (isShared ? [] : [email]))),
  );
  await rememberReaders(act, ids);
  await erasing.endEnrollments(db, caller.teamId, ids);
  await erasing.forgetContent(db, caller.teamId, ids);
  await forgetRows(db, caller.teamId, ids);
  const gone = await erasing.deleteContacts(db, caller.teamId, ids, caller.userId, now);
  if (gone.length > 0)
    await record(
      byCaller(act),
      ...gone.map(({ id }) => ({
        type: "contact.deleted" as const,
        subject: { type: "contact" as const, id },
      })),
    );
  return gone.map(({ id }) => id);
}

/** The address is not kept, but whoever opts out by an old mail is not to be mailed if they come back. */
async function rememberReaders(act: Act, ids: readonly string[]) {
  const { db, caller } = act;
  const readers = await erasing.readersOf(db, caller.teamId, ids);
  const by = { db, teamId: caller.teamId };
  const rows = readers.map(({ messageId, ...reader }) => ({ messageId, ...reachedBy(by, reader) }));
  if (rows.length > 0) await erasing.writeReaderDigests(db, caller.teamId, rows);
}

/** The winner keeps what it has, and gets what it lacks from the losers, in the order they are named. */
export async function mergeContacts(act: Act, winnerId: string, loserIds: readonly string[]) {
  const { db, now, caller } = act;
  const losersNamed = [...new Set(loserIds)].filter((id) => id !== winnerId);
  if (losersNamed.length === 0) throw new Refusal("contact_merge_with_itself");
  await holdActivity(db, caller.teamId);
  await holdListIfBarred(act, [winnerId, ...losersNamed]);
  const locked = new Map(
    (await lockContacts(db, caller.teamId, [winnerId, ...losersNamed])).map((contact) => [
      contact.id,
      contact,
    ]),
  );
  await holdListIfBarred(act, [winnerId, ...losersNamed]); // again: by now nobody can bar them
  const winner = locked.get(winnerId);
  const losers = losersNamed.flatMap((id) => locked.get(id) ?? []);
  if (!winner || losers.length < losersNamed.length) throw new Refusal("contact_unknown");

  const merged = mergedContact(winner, losers);
  await mergeEnrollments(byCaller(act), winnerId, losersNamed);
  await moveEverything(db, caller.teamId, winnerId, losersNamed);
  await mergeCandidates(act, { entity: "contact", winnerId, loserIds: losersNamed });
  const joined = await moveLists(db, caller.teamId, winnerId, losersNamed);
  await updateContacts(
    db,
    caller.teamId,
    [{ id: winnerId, ...merged, hasOtherEmails: true, hasOtherPhones: true }],
    now,
  );
  await moveClaims(db, caller.teamId, winnerId, losersNamed, now);
  await followMarks(act, [{ id: winnerId, before: winner, after: merged }]);
  await linkPeopleTo(db, caller.teamId, [winnerId]);
  await inheritActivity(db, caller.teamId, "contacts", { winnerId, loserIds: losersNamed });
  await tellRemoved(byCaller(act), losersNamed);
  await erasing.endEnrollments(db, caller.teamId, losersNamed);
  await erasing.deleteContacts(db, caller.teamId, losersNamed, caller.userId, now);
  await noteMerged(db, caller.teamId, { kind: "contact", winnerId, loserIds: losersNamed });
  // An opt-out is never lost: it also holds for what came over from the losers.
  await leaveSequences(act, [{ id: winnerId, before: emptyContact("api", null), after: merged }]);
  await record(byCaller(act), {
    type: "contact.merged",
    subject: { type: "contact", id: winnerId },
    data: { loser_ids: losersNamed },
  });
  await tellJoined(act, joined, winnerId);
  return winnerId;
}
