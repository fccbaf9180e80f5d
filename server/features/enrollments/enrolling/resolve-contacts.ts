// Who is meant: contacts by their ids, everybody on lists, everybody whom a search finds.

import type { Act } from "../../../app.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import type { ContactFilter } from "../../contacts/contact-filters/store.ts";
import { allContactsFound } from "../../contacts/contact-search/search.ts";
import { findLabelsByName } from "../../contacts/labels/store.ts";
import * as store from "./store.ts";

export type ContactSelection = {
  contactIds: readonly string[];
  labelNames: readonly string[];
  /** Everybody whom this search finds. */
  filter: ContactFilter | null;
};

/** As many can be named by their ids. */
const MOST_FOUND = 100_000;

/** Each once, in the order in which they are named: by id, by list, by what a search finds. */
export async function everybodyIn(act: Act, { contactIds, labelNames, filter }: ContactSelection) {
  const listed = await onLists(act, labelNames);
  const found = filter ? await allContactsFound(act.db, act.caller.teamId, filter, MOST_FOUND) : [];
  if (found.length > MOST_FOUND) throw new Refusal("joining_too_many", { most: MOST_FOUND });
  return [...new Set([...contactIds, ...listed, ...found])];
}

async function onLists({ db, caller }: Act, names: readonly string[]) {
  if (names.length === 0) return [];
  const labels = await findLabelsByName(db, caller.teamId, "contacts", names);
  const known = new Set(labels.map(({ name }) => name.toLowerCase()));
  const missing = names.find((name) => !known.has(name.trim().toLowerCase()));
  if (missing !== undefined) throw new Refusal("joining_list_unknown", { name: missing });
  return store.contactsOnLists(
    db,
    caller.teamId,
    labels.map(({ id }) => id),
  );
}
