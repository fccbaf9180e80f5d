// Which contact each row of a batch is about.

import type { Act } from "../../../app.ts";
import type { ImportedContact } from "../../../domain/imports/import-rows.ts";
import { type DuplicateCandidate, findDuplicates } from "../../contacts/duplicates/store.ts";
import type { ContactWrite } from "../../saving/contact-writing/contact-write.ts";
import { candidateOf, marksOf } from "../../saving/contact-writing/duplicate-marks.ts";
import type { ParsedRow } from "./kinds.ts";

export type PlacedRow = ParsedRow<ImportedContact> & { wish: ContactWrite; place: Place };

/** The contact that a row is about: one that is there, or the new one of the row that named it first. Neither: unknown id. */
export type Place = { id: string | null; first: number | null };

export async function placesOf({ db, caller }: Act, wishes: readonly ContactWrite[]): Promise<Place[]> {
  const candidates = wishes.map(candidateOf);
  const matches = await findDuplicates(db, caller.teamId, candidates);
  const firstBy = new Map<string, number>();
  return wishes.map((wish, at) => {
    const known = matches[at];
    if (known) return { id: known.contactId, first: null };
    const marks = marksOf(candidates[at] as DuplicateCandidate);
    // Another installation's id, or one that was deleted: who they are, the rest of the row must tell.
    if (wish.id !== undefined && marks.length < 2) return { id: null, first: null };
    const twin = marks.map((mark) => firstBy.get(mark)).find((place) => place !== undefined);
    const first = twin ?? at;
    for (const mark of marks) if (!firstBy.has(mark)) firstBy.set(mark, first);
    return { id: null, first };
  });
}

export function leftOutOf({ leftOut }: ImportedContact, fieldErrors: Record<string, string>) {
  const all = { ...leftOut, ...fieldErrors };
  return Object.keys(all).length > 0 ? all : null;
}
