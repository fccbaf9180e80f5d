// How often each value stands among those a search finds: they are gathered once, and counted by kind from there.

import type { Db } from "../../../db/connect.ts";
import { MOST_SHOWN, planAsUsual, planForValues } from "../../contacts/searching/store.ts";
import type { PeopleCondition } from "../people-search/store.ts";

export type FacetKind =
  | "person_seniorities"
  | "person_departments"
  | "person_locations"
  | "contact_email_status"
  | "prospected_by_current_team"
  | "organization_num_employees_ranges"
  | "organization_locations"
  | "organization_industry_tag_ids"
  | "currently_using_any_of_technology_uids";

export type FacetRow = { kind: FacetKind | "total"; value: string; name: string | null; count: number };

/** As sellers cut companies by size. */
const SIZES = [
  [1, 10],
  [11, 20],
  [21, 50],
  [51, 100],
  [101, 200],
  [201, 500],
  [501, 1000],
  [1001, 2000],
  [2001, 5000],
  [5001, 10000],
  [10001, null],
] as const;
const SIZE = `case ${SIZES.map(([from, to]) => `when employees between ${from} and ${to ?? 2147483647} then '${from},${to ?? ""}'`).join(" ")} end`;

const MOST_VALUES = 20;

// Companies are counted by how many of those found work there, so that each is looked up once.
const KINDS = `
  select 'person_seniorities' as kind, seniority as value, null as name, count(*) as count from found group by seniority
  union all
  select 'person_departments', d, null, count(*) from found cross join lateral unnest(departments) as d group by d
  union all
  select 'person_locations', country, null, count(*) from found group by country
  union all
  select 'contact_email_status', coalesce(email_status, 'unavailable'), null, count(*) from found group by 2
  union all
  select 'prospected_by_current_team', case when is_saved then 'yes' else 'no' end, null, count(*) from found group by 2
  union all
  select 'organization_num_employees_ranges', ${SIZE}, null, count(*) from found group by 2
  union all
  select 'organization_locations', o.country, null, sum(c.people) from companies c join team_organizations o on o.id = c.id group by 2
  union all
  select 'organization_industry_tag_ids', o.industry_tag_id, min(o.industry), sum(c.people)
    from companies c join team_organizations o on o.id = c.id group by 2
  union all
  select 'currently_using_any_of_technology_uids', t, null, sum(c.people)
    from companies c join team_organizations o on o.id = c.id cross join lateral unnest(o.technology_uids) as t group by 2
  union all
  select 'total', 'total', null, count(*) from found`;

export async function countFacets(db: Db, { where, params }: PeopleCondition) {
  const statement = `with found as materialized (
      select p.seniority, p.departments, p.country, p.email_status, p.organization_id, p.organization_employees as employees,
             exists (select from team_contacts c where c.team_id = $1 and c.person_id = p.id) as is_saved
        from team_people p where ${where} limit ${MOST_SHOWN + 1}),
    companies as materialized (
      select organization_id as id, count(*) as people from found where organization_id is not null group by 1),
    counted as (${KINDS}),
    ranked as (select *, row_number() over (partition by kind order by count desc, value) as place from counted where value is not null)
    select kind, value, name, count::int as count from ranked where place <= ${MOST_VALUES} order by kind, place`;
  const [, rows] = await Promise.all([
    planForValues(db),
    db.rows<FacetRow>(statement, params),
    planAsUsual(db),
  ]);
  return rows;
}
