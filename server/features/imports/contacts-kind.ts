// A row becomes a contact: a new one, or the one it already is, found as the contacts API finds it. Written by the same
// commands as everywhere, a whole batch at a time.
//
// Easy to get wrong: two rows of one batch can be about the same person, whom nobody knows yet; and what an earlier batch of
// the same file has written is not what was there before the import.

import type { Act } from "../../app.ts";
import { GoneMeanwhile } from "../../db/away.ts";
import { type Contact, emptyContact } from "../../domain/contact-facts.ts";
import { contactAfter } from "../../domain/contacts.ts";
import { CONTACT_TARGETS } from "../../domain/import-fields.ts";
import { heeded, type SetEarlier, wordsOf } from "../../domain/import-policy.ts";
import { type ContactRow, contactFrom } from "../../domain/import-rows.ts";
import { difference, type Facts, flat } from "../../domain/import-undo.ts";
import {
  candidateOf,
  changeContacts,
  makeContacts,
  marksOf,
  type Wish,
} from "../contact-writing/commands.ts";
import { fieldValuesOf } from "../custom-fields/store.ts";
import { type Candidate, findDuplicates, queueForEverybody } from "../duplicates/store.ts";
import { type Byproduct, noteByproducts } from "./byproducts-store.ts";
import type { Kind, Told, Work } from "./kinds.ts";
import { noteListsMade } from "./lists-made.ts";
import { addMissingAccounts } from "./missing-accounts.ts";
import { contactsOfAccounts, listsOf, ownersNamed, stagesNamed } from "./records-store.ts";
import { type Earlier, earlierRows, type Outcome } from "./rows-store.ts";
import { undoContacts } from "./undo-contacts.ts";

export const contacts: Kind<ContactRow> = {
  jobType: "contact_import",
  modality: "contact",
  targets: CONTACT_TARGETS,
  knownBy: [
    "email",
    "linkedin_url",
    "organization_name",
    "website_url",
    "id",
    "salesforce_lead_id",
    "salesforce_contact_id",
    "hubspot_vid",
  ],
  read: contactFrom,
  take: takeContacts,
  undo: undoContacts,
};

async function takeContacts(caller: Act, work: Work, rows: readonly Told<ContactRow>[]): Promise<Outcome[]> {
  const act: Act = { ...caller, saidBy: { source: "import", sourceId: work.id } };
  await queueForEverybody(act.db, act.caller.teamId);
  const { teamId } = act.caller;
  const owners = await ownersNamed(
    act.db,
    teamId,
    rows.map(({ said }) => said.owner),
  );
  const stages = await stagesNamed(
    act.db,
    teamId,
    "contact_stages",
    rows.map(({ said }) => said.stageName),
  );
  const wishes = rows.map(({ said }) => wishFrom(said, work, owners));
  for (const { said } of rows)
    if (said.stageName !== undefined && !stages.has(said.stageName.trim().toLowerCase()))
      said.leftOut.contact_stage_name = "is no stage of the team";
  const places = await placesOf(act, wishes);
  for (const [at, { said }] of rows.entries())
    if (said.id !== undefined && places[at]?.id === null) said.leftOut.id = "is the id of nobody here";
  const isWritten = (at: number) => places[at]?.id === null || work.options.overwrite !== "never";
  if (work.options.createsAccounts) {
    const written = wishes.filter((_, at) => isWritten(at));
    const ids = await addMissingAccounts(act, written);
    const linked = await contactsOfAccounts(act.db, teamId, ids);
    const made = ids.map((id) => accountMade(id, linked.get(id) ?? []));
    await noteByproducts(act.db, act.caller.teamId, work.id, made, act.now);
  }
  const told = rows.map((row, at) => ({ ...row, wish: wishes[at] as Wish, place: places[at] as Place }));
  const outcomes = new Map<number, Outcome>();
  for (const outcome of [...(await make(act, told)), ...(await change(act, work, told))])
    outcomes.set(outcome.row, outcome);
  await noteListsMade(act, work, "contacts", wishes);
  return rows.map(({ row }) => outcomes.get(row) as Outcome);
}

/** Contacts that are there already come to it as soon as it is made. */
function accountMade(recordId: string, linked: readonly { id: string }[]): Byproduct {
  const after = { linked: linked.map(({ id }) => id) };
  return { kind: "account", recordId, wasMade: true, differences: [{ before: {}, after }] };
}

type Row = Told<ContactRow> & { wish: Wish; place: Place };

function wishFrom(said: ContactRow, { options }: Work, owners: ReadonlyMap<string, string>): Wish {
  const { leftOut, owner, labelNames = [], ...row } = said;
  const found = owner === undefined ? undefined : owners.get(owner);
  if (owner !== undefined && found === undefined) leftOut.owner_email = "is nobody of the team";
  const ownerId = found ?? options.ownerId ?? undefined;
  const stageId = row.stageName === undefined ? (options.stageId ?? undefined) : undefined;
  const lists = [...options.labelNames, ...labelNames];
  return {
    ...row,
    ...(ownerId !== undefined && { ownerId }),
    ...(stageId !== undefined && { contactStageId: stageId }),
    ...(lists.length > 0 && { labelNames: [...new Set(lists)] }),
  };
}

/** The contact that a row is about: one that is there, or the new one of the row that named it first. Neither: unknown id. */
type Place = { id: string | null; first: number | null };

async function placesOf({ db, caller }: Act, wishes: readonly Wish[]): Promise<Place[]> {
  const candidates = wishes.map(candidateOf);
  const matches = await findDuplicates(db, caller.teamId, candidates);
  const firstBy = new Map<string, number>();
  return wishes.map((wish, at) => {
    const known = matches[at];
    if (known) return { id: known.contactId, first: null };
    const marks = marksOf(candidates[at] as Candidate);
    // Another installation's id, or one that was deleted: who they are, the rest of the row must tell.
    if (wish.id !== undefined && marks.length < 2) return { id: null, first: null };
    const twin = marks.map((mark) => firstBy.get(mark)).find((place) => place !== undefined);
    const first = twin ?? at;
    for (const mark of marks) if (!firstBy.has(mark)) firstBy.set(mark, first);
    return { id: null, first };
  });
}

const NOTHING = {
  code: null,
  recordId: null,
  sameAs: null,
  enrollment: null,
  enrollmentCode: null,
  difference: null,
  leftOut: null,
};

/** New contacts, each with all that its rows say: the later row wins, field by field. */
async function make(act: Act, rows: readonly Row[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = rows
    .filter(({ place }) => place.id === null && place.first === null)
    .map(({ row }) => ({ ...NOTHING, row, verdict: "skipped", code: "id_unknown" }));
  const groups = new Map<number, { rows: Row[]; adds: boolean[]; wish: Wish }>();
  for (const row of rows) {
    if (row.place.id !== null || row.place.first === null) continue;
    const group = groups.get(row.place.first);
    if (!group) groups.set(row.place.first, { rows: [row], adds: [true], wish: row.wish });
    else {
      const together = withLater(group.wish, row.wish);
      group.rows.push(row);
      group.adds.push(differs(act, group.wish, together));
      group.wish = together;
    }
  }
  const all = [...groups.values()];
  const made = await makeContacts(
    act,
    all.map(({ wish }) => wish),
    "csv_import",
  );
  for (const [at, group] of all.entries()) {
    const { id, fieldErrors } = made[at] as (typeof made)[number];
    for (const [turn, { row, said }] of group.rows.entries()) {
      const verdict = turn === 0 ? "created" : group.adds[turn] ? "updated" : "unchanged";
      const again = turn === 0 ? {} : { sameAs: group.rows[0]?.row ?? null, code: "same_as_earlier_row" };
      const leftOut = leftOutOf(said, turn === group.rows.length - 1 ? fieldErrors : {});
      outcomes.push({ ...NOTHING, row, verdict, recordId: id, leftOut, ...again });
    }
  }
  return outcomes;
}

function withLater(earlier: Wish, later: Wish): Wish {
  const together: Wish = { ...earlier, ...later };
  const lists = [...(earlier.labelNames ?? []), ...(later.labelNames ?? [])];
  if (lists.length > 0) together.labelNames = [...new Set(lists)];
  if (earlier.numbers || later.numbers) together.numbers = { ...earlier.numbers, ...later.numbers };
  const emails = [...(earlier.furtherEmails ?? []), ...(later.furtherEmails ?? [])];
  if (emails.length > 0) together.furtherEmails = emails;
  const further = [...(earlier.furtherNumbers ?? []), ...(later.furtherNumbers ?? [])];
  if (further.length > 0) together.furtherNumbers = further;
  if (earlier.fields || later.fields) together.fields = { ...earlier.fields, ...later.fields };
  if (later.name !== undefined && later.firstName === undefined && later.lastName === undefined) {
    delete together.firstName;
    delete together.lastName;
  }
  const isOtherAddress =
    later.email && earlier.email && later.email.toLowerCase() !== earlier.email.toLowerCase();
  if (!isOtherAddress && earlier.email) together.email = earlier.email; // as it was spelled first
  if (isOtherAddress)
    together.addresses = [later.email as string, ...(earlier.addresses ?? [earlier.email as string])];
  return together;
}

function differs({ now }: Act, one: Wish, other: Wish) {
  const nobody = emptyContact("csv_import", null);
  const facts = (wish: Wish) => ({
    ...flat(contactAfter(nobody, wish, now)),
    fields: wish.fields,
    lists: wish.labelNames,
  });
  return difference(facts(one), facts(other)) !== null;
}

/** Contacts that are there, each row after the other, as far as the policy lets them. */
async function change(act: Act, { id: importId, options }: Work, rows: readonly Row[]): Promise<Outcome[]> {
  const { db, caller } = act;
  const there = rows.filter((row): row is Row & { place: { id: string } } => row.place.id !== null);
  if (there.length === 0) return [];
  const ids = [...new Set(there.map(({ place }) => place.id))];
  const touchesFields = there.some(({ wish }) => wish.fields);
  const fieldsOf = () =>
    touchesFields ? fieldValuesOf(db, caller.teamId, "contact", ids) : new Map<string, Facts>();
  const [earlier, fields, lists] = await Promise.all([
    earlierRows(db, caller.teamId, importId, ids),
    fieldsOf(),
    listsOf(db, caller.teamId, "contacts", there.some(({ wish }) => wish.labelNames) ? ids : []),
  ]);
  const before = new Map(earlier.map((one) => [one.recordId, one]));
  const setEarlier = new Map<string, SetEarlier>(earlier.map((one) => [one.recordId, wordsSetBy(one)]));
  const joined = new Map<string, string[]>();
  const changed = await changeContacts(
    act,
    there.map(({ place, wish }) => ({ id: place.id, wish })),
    "add",
    (wish, contact, id) => {
      const known = setEarlier.get(id) ?? new Set<string>();
      const taken = heeded(wish, options.overwrite, {
        before: contact,
        fields: fields.get(id) ?? {},
        setEarlier: known,
      });
      if (known !== "all") setEarlier.set(id, new Set([...known, ...wordsOf(taken)]));
      const { labelNames, ...rest } = taken;
      const fresh = newLists(labelNames, [...(lists.get(id) ?? []), ...(joined.get(id) ?? [])]);
      joined.set(id, [...(joined.get(id) ?? []), ...fresh]);
      return fresh.length > 0 ? { ...rest, labelNames: fresh } : rest;
    },
  );
  if (changed.length !== there.length)
    throw new GoneMeanwhile("a contact was deleted while it was looked at");
  const fieldsAfter = await fieldsOf();
  const firstRows = new Map<string, number>();
  return there.map(({ row, said, place }, at): Outcome => {
    const { before: was, after, fieldErrors } = changed[at] as (typeof changed)[number];
    const isFirst = !firstRows.has(place.id);
    if (isFirst) firstRows.set(place.id, before.get(place.id)?.firstRow ?? row);
    const first = firstRows.get(place.id) as number;
    const extras = (own: Facts | undefined, names: readonly string[] | null): Facts => ({
      ...Object.fromEntries(Object.entries(own ?? {}).map(([id, value]) => [`field ${id}`, value])),
      ...(names && names.length > 0 && { lists: names }),
    });
    // What the batch's rows have done to fields and lists together is told with the first of them.
    const [own, ownAfter] = isFirst
      ? [extras(fields.get(place.id), null), extras(fieldsAfter.get(place.id), joined.get(place.id) ?? null)]
      : [{}, {}];
    const differing = changedBetween(was, after, own, ownAfter);
    const code = first === row ? (differing ? null : UNCHANGED[options.overwrite]) : "same_as_earlier_row";
    return {
      ...NOTHING,
      row,
      verdict: differing ? "updated" : "unchanged",
      code,
      recordId: place.id,
      sameAs: first === row ? null : first,
      difference: differing,
      leftOut: leftOutOf(said, fieldErrors),
    };
  });
}

const UNCHANGED = { never: "already_there", fill: "nothing_to_fill", replace: "same_already" } as const;

function changedBetween(was: Contact, after: Contact, own: Facts, ownAfter: Facts) {
  const differing = difference({ ...flat(was), ...own }, { ...flat(after), ...ownAfter });
  const isMore = differing && Object.keys(differing.after).some((key) => !DERIVED.has(key));
  return isMore ? differing : null;
}

const DERIVED = new Set(["stageUpdatedAt"]);

function wordsSetBy({ wasMade, differences }: Earlier): SetEarlier {
  if (wasMade) return "all";
  const keys = differences.flatMap((one) => Object.keys(one?.after ?? {}));
  const phones = differences.flatMap((one) => (one?.after.phones as { type: string }[] | undefined) ?? []);
  return new Set([...keys, ...phones.map(({ type }) => `phone ${type}`)]);
}

function newLists(names: readonly string[] | undefined, known: readonly string[]) {
  const there = new Set(known.map((name) => name.trim().toLowerCase()));
  return (names ?? []).filter((name) => !there.has(name.trim().toLowerCase()));
}

function leftOutOf({ leftOut }: ContactRow, fieldErrors: Record<string, string>) {
  const all = { ...leftOut, ...fieldErrors };
  return Object.keys(all).length > 0 ? all : null;
}
