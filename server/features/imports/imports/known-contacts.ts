// Rows of a file that change contacts which exist already.

import type { Act } from "../../../app.ts";
import { GoneMeanwhile } from "../../../db/away.ts";
import type { ContactDetails } from "../../../domain/contacts/contact-facts.ts";
import { fieldsSetBy, heeded, type SetEarlier } from "../../../domain/imports/import-policy.ts";
import { difference, type FieldSnapshot, flat } from "../../../domain/imports/import-undo.ts";
import { fieldValuesOf } from "../../contacts/custom-fields/store.ts";
import { listsOf } from "../../prospecting/import-rows/records-store.ts";
import {
  type EarlierRow,
  earlierRows,
  type ImportRowOutcome,
} from "../../prospecting/import-rows/rows-store.ts";
import { changeContacts } from "../../saving/contact-writing/commands.ts";
import { leftOutOf, type PlacedRow } from "./contact-places.ts";
import type { ImportInProgress } from "./kinds.ts";
import { NO_EFFECT, WHY_UNCHANGED } from "./no-effect.ts";

/** Contacts that are there, each row after the other, as far as the policy lets them. */
export async function changeKnownContacts(
  act: Act,
  { id: importId, options }: ImportInProgress,
  rows: readonly PlacedRow[],
): Promise<ImportRowOutcome[]> {
  const { db, caller } = act;
  const there = rows.filter((row): row is PlacedRow & { place: { id: string } } => row.place.id !== null);
  if (there.length === 0) return [];
  const ids = [...new Set(there.map(({ place }) => place.id))];
  const touchesFields = there.some(({ wish }) => wish.fields);
  const fieldsOf = () =>
    touchesFields ? fieldValuesOf(db, caller.teamId, "contact", ids) : new Map<string, FieldSnapshot>();
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
      if (known !== "all") setEarlier.set(id, new Set([...known, ...fieldsSetBy(taken)]));
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
  return there.map(({ row, said, place }, at): ImportRowOutcome => {
    const { before: was, after, fieldErrors } = changed[at] as (typeof changed)[number];
    const isFirst = !firstRows.has(place.id);
    if (isFirst) firstRows.set(place.id, before.get(place.id)?.firstRow ?? row);
    const first = firstRows.get(place.id) as number;
    const extras = (own: FieldSnapshot | undefined, names: readonly string[] | null): FieldSnapshot => ({
      ...Object.fromEntries(Object.entries(own ?? {}).map(([id, value]) => [`field ${id}`, value])),
      ...(names && names.length > 0 && { lists: names }),
    });
    // What the batch's rows have done to fields and lists together is told with the first of them.
    const [own, ownAfter] = isFirst
      ? [extras(fields.get(place.id), null), extras(fieldsAfter.get(place.id), joined.get(place.id) ?? null)]
      : [{}, {}];
    const differing = changedBetween(was, after, own, ownAfter);
    const code =
      first === row ? (differing ? null : WHY_UNCHANGED[options.overwrite]) : "same_as_earlier_row";
    return {
      ...NO_EFFECT,
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

function changedBetween(
  was: ContactDetails,
  after: ContactDetails,
  own: FieldSnapshot,
  ownAfter: FieldSnapshot,
) {
  const differing = difference({ ...flat(was), ...own }, { ...flat(after), ...ownAfter });
  const isMore = differing && Object.keys(differing.after).some((key) => !DERIVED.has(key));
  return isMore ? differing : null;
}

const DERIVED = new Set(["stageUpdatedAt"]);

function wordsSetBy({ wasMade, differences }: EarlierRow): SetEarlier {
  if (wasMade) return "all";
  const keys = differences.flatMap((one) => Object.keys(one?.after ?? {}));
  const phones = differences.flatMap((one) => (one?.after.phones as { type: string }[] | undefined) ?? []);
  return new Set([...keys, ...phones.map(({ type }) => `phone ${type}`)]);
}

function newLists(names: readonly string[] | undefined, known: readonly string[]) {
  const there = new Set(known.map((name) => name.trim().toLowerCase()));
  return (names ?? []).filter((name) => !there.has(name.trim().toLowerCase()));
}
