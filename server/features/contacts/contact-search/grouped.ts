// A page of contacts in groups, and on the first page the groups. Pages are by number: no cursor goes on in a group.

import type { Db } from "../../../db/connect.ts";
import { type ContactFilter, questionOf } from "../contact-filters/store.ts";
import { countGroups, type Group } from "../searching/groups-store.ts";
import { countUpTo, planAsUsual, planForValues } from "../searching/store.ts";
import { type ContactGroup, GROUPINGS } from "./orders.ts";
import { type ContactPaging, groupedPage } from "./store.ts";

export async function contactsInGroups(
  db: Db,
  teamId: string,
  filter: ContactFilter,
  { place, group }: { place: ContactPaging; group: ContactGroup },
) {
  const params: unknown[] = [teamId];
  const question = questionOf(filter, false, (value) => `$${params.push(value)}`);
  const found = { from: question.paged, where: question.where };
  const [, rows, total, groups] = await Promise.all([
    planForValues(db),
    groupedPage({ db, question, place, params }, GROUPINGS[group].by),
    countUpTo(db, found, params),
    place.offset === 0 ? countGroups(db, GROUPINGS[group], found, params) : ([] as Group[]),
    planAsUsual(db),
  ]);
  return { ids: rows.map(({ id }) => id), total, last: null, groups };
}
