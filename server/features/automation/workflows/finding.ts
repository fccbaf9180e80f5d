// Whom a workflow's filters find: by the conditions of the search itself, for everybody there is or for some who are named.
// A batch leaves those whom it has had to the same statement, so they are not carried here only to be left out.

import type { Db } from "../../../db/connect.ts";
import type { FilterVerdict } from "../../../domain/automation/judgement.ts";
import { type Entity, isModifier, type OwnedRecord } from "../../../domain/automation/workflow.ts";
import {
  type AccountSearch,
  readAccountSearchFilter as readAccountFilter,
} from "../../contacts/account-search/search-input.ts";
import { questionOf as accountQuestion } from "../../contacts/account-search/store.ts";
import { contactsQuestion } from "../../contacts/contact-search/fitting.ts";
import { planAsUsual, planForValues } from "../../contacts/searching/store.ts";
import { type PersonSearch, readPersonFilter } from "../../prospecting/people-filters/read.ts";
import { peopleQuestion } from "../../prospecting/people-search/search.ts";

export type Filters = Readonly<Record<string, unknown>>;
export type MatchedRecord = OwnedRecord & { contactId: string | null };

type Ground = {
  from: string;
  id: string;
  owner: string;
  contact: string;
  order: string;
  where: string;
  params: unknown[];
};

/** What a workflow searches, and as which user: it sees what its owner sees. */
type Seeker = { entity: Entity; userId: string };

async function groundOf(
  db: Db,
  teamId: string,
  { entity, userId }: Seeker,
  filters: Filters,
): Promise<Ground> {
  if (entity === "contact") {
    const { known, paged, owner, where, params } = await contactsQuestion(db, teamId, userId, filters);
    const { id, created } = known;
    return { from: paged, id, owner, contact: id, order: `${created} desc, ${id} desc`, where, params };
  }
  if (entity === "person") {
    const asked = { include_similar_titles: true, ...filters } as PersonSearch;
    const { from, id, where, params } = peopleQuestion(teamId, readPersonFilter(asked));
    return {
      from,
      id,
      owner: "null::text",
      contact: contactOf(id),
      order: `${id} desc`,
      where,
      params: [...params],
    };
  }
  const { where, params } = accountQuestion(teamId, readAccountFilter(filters as AccountSearch));
  return {
    from: "team_accounts a",
    id: "a.id",
    owner: "a.owner_id",
    contact: "null::text",
    order: "a.id desc",
    where,
    params: [...params],
  };
}

/** Whom a person was saved as first. */
const contactOf = (person: string) =>
  `(select k.id from contacts k where k.team_id = $1 and k.person_id = ${person} order by k.created_at, k.id limit 1)`;

type RecordSearch = {
  seeker: Seeker;
  filters: Filters;
  /** Null: it is not saved, and has had no record. */
  workflowId: string | null;
  /** Records taken since this moment are left out; null: all that were ever taken; undefined: none is left out. */
  takenSince: Temporal.Instant | null | undefined;
  netNew: boolean;
  limit: number;
};

/** The newest first. */
export async function findForBatch(db: Db, teamId: string, wanted: RecordSearch): Promise<MatchedRecord[]> {
  const { seeker, filters, workflowId, takenSince, netNew, limit } = wanted;
  const { from, id, owner, contact, order, where, params } = await groundOf(db, teamId, seeker, filters);
  const keep = (value: unknown) => `$${params.push(value)}`;
  const conditions = [where];
  if (takenSince !== undefined)
    conditions.push(`not exists (select 1 from workflow_candidates t
      where t.team_id = $1 and t.workflow_id = ${keep(workflowId)}::text and t.entity_id = ${id} and t.verdict <> 'skipped'
        and ${takenSince === null ? "true" : `t.created_at > ${keep(takenSince)}::timestamptz`})
      and not exists (select 1 from workflow_found f cross join lateral unnest(f.entities) as found (id)
      where f.team_id = $1 and f.workflow_id = ${keep(workflowId)}::text and found.id = ${id})`);
  if (netNew && seeker.entity === "person")
    conditions.push(`not exists (select 1 from contacts k where k.team_id = $1 and k.person_id = ${id})`);
  const [, rows] = await Promise.all([
    planForValues(db),
    db.rows<MatchedRecord>(
      `select ${id} as id, ${owner} as owner_id, ${contact} as contact_id
         from ${from} where ${conditions.join("\n and ")} order by ${order} limit ${keep(limit)}::int`,
      params,
    ),
    planAsUsual(db),
  ]);
  return rows;
}

const STANDINGS: Record<Entity, string> = {
  contact: "select id, owner_id, id as contact_id from contacts where team_id = $1 and id = any($2::text[])",
  person: `select p.id, null as owner_id, ${contactOf("p.id")} as contact_id
             from people p where p.team_id = $1 and p.id = any($2::text[])`,
  account:
    "select id, owner_id, null as contact_id from accounts where team_id = $1 and id = any($2::text[])",
};

/** Those that there are: whose they are, and which contact they are. */
export async function matchedRecordsOf(db: Db, teamId: string, entity: Entity, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, MatchedRecord>();
  const rows = await db.rows<MatchedRecord>(STANDINGS[entity], [teamId, ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The given records that meet all filters. */
export async function fittingAmong(
  db: Db,
  teamId: string,
  seeker: Seeker,
  filters: Filters,
  ids: readonly string[],
) {
  if (ids.length === 0) return new Set<string>();
  const { from, id, where, params } = await groundOf(db, teamId, seeker, filters);
  const named = `$${params.push(ids)}::text[]`;
  const [, rows] = await Promise.all([
    planForValues(db),
    db.rows<{ id: string }>(
      `select ${id} as id from ${from} where ${where} and ${id} = any (${named})`,
      params,
    ),
    planAsUsual(db),
  ]);
  return new Set(rows.map((row) => row.id));
}

/** Checks each filter by itself for each record: all must hold, and each is reported. */
export async function verdictsOf(
  db: Db,
  teamId: string,
  seeker: Seeker,
  filters: Filters,
  ids: readonly string[],
): Promise<Map<string, FilterVerdict[]>> {
  const verdicts = new Map<string, FilterVerdict[]>(ids.map((id) => [id, []]));
  const modifiers = Object.fromEntries(Object.entries(filters).filter(([key]) => isModifier(key)));
  for (const [key, value] of Object.entries(filters)) {
    if (isModifier(key)) continue;
    const fitting = await fittingAmong(db, teamId, seeker, { ...modifiers, [key]: value }, ids);
    for (const [id, list] of verdicts) list.push([key, fitting.has(id)]);
  }
  return verdicts;
}

const ALL: Record<Entity, string> = {
  contact: "team_contacts",
  person: "team_people",
  account: "team_accounts",
};

/** Whether there are more records than this. */
export async function areMoreThan(db: Db, teamId: string, entity: Entity, count: number) {
  const rows = await db.rows(`select 1 from ${ALL[entity]} where team_id = $1 offset $2 limit 1`, [
    teamId,
    count,
  ]);
  return rows.length > 0;
}
