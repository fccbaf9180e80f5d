// Whom a workflow's filters find: by the conditions of the search itself, for everybody there is or for some who are named.
// A batch leaves those whom it has had to the same statement, so they are not carried here only to be left out.

import type { Db } from "../../db/connect.ts";
import { type Entity, isModifier, type Standing } from "../../domain/workflow.ts";
import { type AccountSearch, readFilter as readAccountFilter } from "../account-search/search-input.ts";
import { questionOf as accountQuestion } from "../account-search/store.ts";
import { questionOf as contactQuestion } from "../contact-filters/store.ts";
import { readSearch, type Search, withAliases } from "../contact-search/search-input.ts";
import { type PersonSearch, readPersonFilter } from "../people-filters/read.ts";
import { peopleQuestion } from "../people-search/search.ts";
import { planAsUsual, planForValues } from "../searching/store.ts";

export type Filters = Readonly<Record<string, unknown>>;
export type Found = Standing & { contactId: string | null };

type Ground = { from: string; id: string; order: string; where: string; params: unknown[] };

async function groundOf(db: Db, teamId: string, entity: Entity, filters: Filters): Promise<Ground> {
  if (entity === "contact") {
    const params: unknown[] = [teamId];
    const filter = await readSearch(db, teamId, withAliases(filters as Search));
    const { known, paged, where } = contactQuestion(filter, true, (value) => `$${params.push(value)}`);
    return { from: paged, id: known.id, order: `${known.created} desc, ${known.id} desc`, where, params };
  }
  if (entity === "person") {
    const asked = { include_similar_titles: true, ...filters } as PersonSearch;
    const { from, id, where, params } = peopleQuestion(teamId, readPersonFilter(asked));
    return { from, id, order: `${id} desc`, where, params: [...params] };
  }
  const { where, params } = accountQuestion(teamId, readAccountFilter(filters as AccountSearch));
  return { from: "team_accounts a", id: "a.id", order: "a.id desc", where, params: [...params] };
}

export type Wanted = {
  entity: Entity;
  filters: Filters;
  workflowId: string;
  /** Whoever was taken since then is left out; null: whoever was ever; undefined: nobody is. */
  takenSince: Temporal.Instant | null | undefined;
  netNew: boolean;
  limit: number;
};

/** The newest first. */
export async function findForBatch(db: Db, teamId: string, wanted: Wanted): Promise<Found[]> {
  const { entity, filters, workflowId, takenSince, netNew, limit } = wanted;
  const { from, id, order, where, params } = await groundOf(db, teamId, entity, filters);
  const keep = (value: unknown) => `$${params.push(value)}`;
  const conditions = [where];
  if (takenSince !== undefined)
    conditions.push(`not exists (select 1 from workflow_candidates t
      where t.team_id = $1 and t.workflow_id = ${keep(workflowId)}::text and t.entity_id = ${id} and t.verdict <> 'skipped'
        and ${takenSince === null ? "true" : `t.created_at > ${keep(takenSince)}::timestamptz`})`);
  if (netNew && entity === "person")
    conditions.push(`not exists (select 1 from contacts k where k.team_id = $1 and k.person_id = ${id})`);
  const [, rows] = await Promise.all([
    planForValues(db),
    db.rows<{ id: string }>(
      `select ${id} as id from ${from} where ${conditions.join("\n and ")} order by ${order} limit ${keep(limit)}::int`,
      params,
    ),
    planAsUsual(db),
  ]);
  const ids = rows.map((row) => row.id);
  const standings = await standingsOf(db, teamId, entity, ids);
  return ids.flatMap((one) => standings.get(one) ?? []);
}

const STANDINGS: Record<Entity, string> = {
  contact: "select id, owner_id, id as contact_id from contacts where team_id = $1 and id = any($2::text[])",
  person: `select p.id, null as owner_id,
                  (select k.id from contacts k where k.team_id = $1 and k.person_id = p.id order by k.created_at, k.id limit 1)
                    as contact_id
             from people p where p.team_id = $1 and p.id = any($2::text[])`,
  account:
    "select id, owner_id, null as contact_id from accounts where team_id = $1 and id = any($2::text[])",
};

/** Those that there are: whose they are, and which contact they are. */
export async function standingsOf(db: Db, teamId: string, entity: Entity, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, Found>();
  const rows = await db.rows<Found>(STANDINGS[entity], [teamId, ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Of these, for whom all that is asked holds. */
export async function fittingAmong(
  db: Db,
  teamId: string,
  entity: Entity,
  filters: Filters,
  ids: readonly string[],
) {
  if (ids.length === 0) return new Set<string>();
  const { from, id, where, params } = await groundOf(db, teamId, entity, filters);
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

export type FilterVerdict = readonly [filter: string, holds: boolean];

/** Each filter by itself, for each of these: all must hold, and each is told. */
export async function verdictsOf(
  db: Db,
  teamId: string,
  entity: Entity,
  filters: Filters,
  ids: readonly string[],
): Promise<Map<string, FilterVerdict[]>> {
  const verdicts = new Map<string, FilterVerdict[]>(ids.map((id) => [id, []]));
  const modifiers = Object.fromEntries(Object.entries(filters).filter(([key]) => isModifier(key)));
  for (const [key, value] of Object.entries(filters)) {
    if (isModifier(key)) continue;
    const fitting = await fittingAmong(db, teamId, entity, { ...modifiers, [key]: value }, ids);
    for (const [id, list] of verdicts) list.push([key, fitting.has(id)]);
  }
  return verdicts;
}

const ALL: Record<Entity, string> = {
  contact: "team_contacts",
  person: "team_people",
  account: "team_accounts",
};

/** Whether there is anybody beyond so many. */
export async function areMoreThan(db: Db, teamId: string, entity: Entity, count: number) {
  const rows = await db.rows(`select 1 from ${ALL[entity]} where team_id = $1 offset $2 limit 1`, [
    teamId,
    count,
  ]);
  return rows.length > 0;
}
