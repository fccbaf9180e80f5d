// Which way a search goes: by what is known of how many it finds.

import type { Db } from "../../../db/connect.ts";
import { knownCount, rememberCount } from "../../contacts/searching/known-counts.ts";
import { ALWAYS_COUNTED, MOST_SHOWN } from "../../contacts/searching/store.ts";
import {
  type CompanyFilter,
  companiesWhere,
  type PersonFilter,
  peopleWhere,
} from "../people-filters/store.ts";
import { findEverybody, gatherPage, type PeopleCondition, type PeoplePaging, walkPage } from "./store.ts";

export type PeopleMatches = { ids: string[]; total: number; next: string | null };

export function searchPeople(db: Db, teamId: string, filter: PersonFilter, place: PeoplePaging) {
  return search(db, peopleQuestion(teamId, filter), place);
}

export function searchCompanies(db: Db, teamId: string, filter: CompanyFilter, place: PeoplePaging) {
  return search(db, companiesQuestion(teamId, filter), place);
}

export function allPeopleFound(db: Db, teamId: string, filter: PersonFilter, most: number) {
  return findEverybody(db, peopleQuestion(teamId, filter), most);
}

export function peopleQuestion(teamId: string, filter: PersonFilter): PeopleCondition {
  const params: unknown[] = [teamId];
  const where = peopleWhere(filter, (value) => `$${params.push(value)}`);
  return { from: "team_people p", id: "p.id", where, params };
}

function companiesQuestion(teamId: string, filter: CompanyFilter): PeopleCondition {
  const params: unknown[] = [teamId];
  const where = companiesWhere(filter, (value) => `$${params.push(value)}`);
  return { from: "team_organizations o", id: "o.id", where, params };
}

async function search(db: Db, question: PeopleCondition, place: PeoplePaging): Promise<PeopleMatches> {
  const { ids, total } = await pageAndTotal(db, question, place);
  const shown = ids.slice(0, place.limit);
  return { ids: shown, total, next: ids.length > place.limit ? (shown.at(-1) ?? null) : null };
}

async function pageAndTotal(db: Db, question: PeopleCondition, place: PeoplePaging) {
  const asked = JSON.stringify([question.where, question.params]);
  const known = knownCount(asked);
  // Where more than ten thousand fit, the newest of them are near.
  if (known !== null) return { ids: await walkPage(db, question, place), total: known };
  const gathered = await gatherPage(db, question, place);
  if (gathered.total > ALWAYS_COUNTED) rememberCount(asked, gathered.total);
  if (gathered.total <= MOST_SHOWN) return gathered;
  return { ids: await walkPage(db, question, place), total: gathered.total };
}
