// Which way a search goes: by what is known of how many it finds.

import type { Db } from "../../../db/connect.ts";
import { type ContactFilter, questionOf } from "../contact-filters/store.ts";
import { knownCount, rememberCount } from "../searching/known-counts.ts";
import type { SortPlace } from "../searching/orders-store.ts";
import { ALWAYS_COUNTED, MOST_SHOWN } from "../searching/store.ts";
import { isLargestTeam } from "./largest-team.ts";
import {
  type ContactPaging,
  type ContactQuery,
  everybodyAtOnce,
  type FoundContacts,
  isByAge,
  isLastPage,
  NEWEST,
  pageAndCount,
  pageOnly,
  type Row,
} from "./store.ts";

type ContactMatches = { ids: string[]; total: number; last: SortPlace | null; groups: null };

export async function searchContacts(
  db: Db,
  teamId: string,
  filter: ContactFilter,
  place: ContactPaging,
): Promise<ContactMatches> {
  const params: unknown[] = [teamId];
  const question = questionOf(filter, isByAge(place.order), (value) => `$${params.push(value)}`);
  if (question.ofMost && !(await isLargestTeam(db, teamId))) question.ofMost = null;
  const { rows, total } = await answer({ db, question, place, params });
  const shown = rows.slice(0, place.limit);
  const last = shown.at(-1);
  return {
    ids: shown.map((row) => row.id),
    total,
    last: rows.length > place.limit && last ? { value: last.value, id: last.id } : null,
    groups: null,
  };
}

async function answer(asked: ContactQuery): Promise<FoundContacts> {
  const { question, place } = asked;
  const whole = JSON.stringify([question.where, asked.params]);
  const known = knownCount(whole);
  if (known !== null) return withTotal(await pageOnly(asked), known, place);
  const found = question.isByWords ? await everybodyAtOnce(asked) : await pageAndCount(asked);
  if (found.total > ALWAYS_COUNTED) rememberCount(whole, found.total);
  return question.isByWords && found.total > MOST_SHOWN
    ? withTotal(await pageOnly(asked), found.total, place)
    : found;
}

/** What the page itself shows is newer than what is remembered: the total never ends where a further page begins. */
function withTotal(rows: Row[], known: number, place: ContactPaging): FoundContacts {
  const seen = place.after ? 0 : place.offset + rows.length;
  return { rows, total: isLastPage(rows.length, place) ? seen : Math.max(known, seen) };
}

/** All whom it finds, the newest first; one more than `most` where there are more. */
export async function allContactsFound(db: Db, teamId: string, filter: ContactFilter, most: number) {
  const params: unknown[] = [teamId];
  const question = questionOf(filter, true, (value) => `$${params.push(value)}`);
  const place = { order: NEWEST, isAscending: false, after: null, offset: 0, limit: most };
  return (await pageOnly({ db, question: { ...question, ofMost: null }, place, params })).map(({ id }) => id);
}
