import type { Act } from "../../../app.ts";
import { unreadOfContact } from "../../../domain/work/unread-fields.ts";
import { codeWords } from "../../../kernel/code-words.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import * as holding from "../../contacts/contact-rows/holding-store.ts";
import * as store from "../../contacts/contact-rows/store.ts";
import { readContacts } from "../../contacts/contacts/reading-store.ts";
import { type DuplicateCandidate, findDuplicates, queueFor } from "../../contacts/duplicates/store.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { startProgress } from "../../events/progress/commands.ts";
import {
  type CompletedWish,
  payForPeople,
  withPeople,
} from "../../prospecting/prospecting/from-people-database.ts";
import {
  type ChangeOf,
  changeContacts,
  makeContacts,
  type SavedContact,
} from "../../saving/contact-writing/commands.ts";
import type { ContactWrite } from "../../saving/contact-writing/contact-write.ts";
import { candidateOf, marksOf } from "../../saving/contact-writing/duplicate-marks.ts";
import { refuseForeignReferences } from "../../saving/contact-writing/references.ts";

/** Makes a contact, or with `findsExisting` changes the one that is there, by what was said and nothing else. */
export async function createContact(act: Act, wish: ContactWrite, findsExisting: boolean) {
  const [known] = await withPeople(act, [wish]);
  const match = findsExisting ? await findMatch(act, known?.wish ?? wish) : null;
  if (match) {
    const [written] = await changeContacts(act, [{ id: match.contactId, wish }], "add");
    if (written) return { ...written, match };
  }
  const [written] = await make(act, known ? [known] : []);
  return { ...(written as SavedContact), match: null };
}

async function make(act: Act, known: readonly CompletedWish[]) {
  const made = await makeContacts(
    act,
    known.map(({ wish }) => wish),
    "api",
  );
  const bought = known.flatMap(({ boughtId }, place) =>
    boughtId === null ? [] : [{ personId: boughtId, contactId: (made[place] as SavedContact).id }],
  );
  await payForPeople(act, bought);
  return made;
}

async function findMatch(act: Act, wish: ContactWrite) {
  const candidate = candidateOf(wish);
  await queueFor(act.db, act.caller.teamId, marksOf(candidate));
  return (await findDuplicates(act.db, act.caller.teamId, [candidate]))[0] ?? null;
}

/** A hundred at a time. With `findsExisting`, existing contacts are left as they are. */
export async function createContacts(act: Act, wishes: readonly ContactWrite[], findsExisting: boolean) {
  const asked = await withPeople(act, wishes);
  if (!findsExisting) return { createdIds: (await make(act, asked)).map(({ id }) => id), existingIds: [] };
  const candidates = asked.map(({ wish }) => candidateOf(wish));
  await queueFor(act.db, act.caller.teamId, candidates.flatMap(marksOf));
  const matches = await findDuplicates(act.db, act.caller.teamId, candidates);
  const fresh: CompletedWish[] = [];
  const firstBy = new Map<string, number>();
  // The same person twice in one request is made once; the second time they are there already.
  const verdicts = asked.map((wish, i) => {
    const known = matches[i];
    if (known) return { existingId: known.contactId };
    const marks = marksOf(candidates[i] as DuplicateCandidate);
    const twin = marks.map((mark) => firstBy.get(mark)).find((place) => place !== undefined);
    const place = twin ?? fresh.push(wish) - 1;
    for (const mark of marks) if (!firstBy.has(mark)) firstBy.set(mark, place);
    return { place, isTwin: twin !== undefined };
  });
  const made = await make(act, fresh);
  const idAt = (place: number | undefined) => (made[place ?? -1] as SavedContact).id;
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

export async function changeContact(act: Act, id: string, wish: ContactWrite) {
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
  const wishes: Record<string, ContactWrite[]> = {};
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
  const wishes = instructions.wishes as Record<string, ContactWrite[]>;
  const changes = ids.flatMap((id) => (wishes[id] ?? []).map((wish) => ({ id, wish: withInstants(wish) })));
  const changed = new Set((await changeContacts(act, changes)).map(({ id }) => id));
  return ids.map((id) =>
    changed.has(id) ? { outcome: "updated" } : { outcome: "skipped", code: "contact_not_found" },
  );
}

// Instructions are kept as JSON, where an instant is text.
function withInstants(wish: ContactWrite): ContactWrite {
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
      name: codeWords("contact_stage"),
      value: "id" in stage ? stage.id : stage.name,
    });
  const moved = await holding.setContactStage(db, caller.teamId, ids, stageId, now);
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
  if (!users.has(ownerId))
    throw new Refusal("contact_reference_unknown", { name: codeWords("user"), value: ownerId });
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
