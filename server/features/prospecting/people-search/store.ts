// Finding people among a million: whom a search fits is gathered once, up to as many as pages reach, and counted and cut
// into a page from there. Where more fit, they are so many that a walk along the newest soon fills a page.

import type { Db } from "../../../db/connect.ts";
import { MOST_SHOWN, planAsUsual, planForValues } from "../../contacts/searching/store.ts";

export type PeopleCondition = { from: string; id: string; where: string; params: readonly unknown[] };
export type PeoplePaging = { after: string | null; offset: number; limit: number };
type PeopleIds = { ids: string[]; total: number };

/** One more id than the page has, which tells whether there is a next one. */
export async function gatherPage(db: Db, question: PeopleCondition, place: PeoplePaging): Promise<PeopleIds> {
  const { params, keep } = keeping(question);
  const statement = `with found as materialized (select ${question.id} as id from ${question.from} where ${question.where} limit ${MOST_SHOWN + 1})
    select counted.total, shown.id from (select count(*)::int as total from found) counted
      left join (select id from found where true ${goOn("id", place, keep)} order by id desc ${cut(place, keep)}) shown on true
     order by shown.id desc`;
  const [, rows] = await Promise.all([
    planForValues(db),
    db.rows<{ total: number; id: string | null }>(statement, params),
    planAsUsual(db),
  ]);
  return { ids: rows.flatMap(({ id }) => id ?? []), total: rows[0]?.total ?? 0 };
}

// All matches may be in one old import. So the walk has an end, and after it all matches are sorted.
const LONGEST_WALK = 10_000;

export async function walkPage(db: Db, question: PeopleCondition, place: PeoplePaging): Promise<string[]> {
  await planForValues(db);
  const met = place.offset > LONGEST_WALK ? [] : await pageFrom(db, question, place, true);
  const ids = met.length > place.limit ? met : await pageFrom(db, question, place, false);
  await planAsUsual(db);
  return ids;
}

async function pageFrom(db: Db, question: PeopleCondition, place: PeoplePaging, isShort: boolean) {
  const { params, keep } = keeping(question);
  const { from, id, where } = question;
  const [table, alias] = from.split(" ");
  const read = isShort
    ? `(select * from ${table} ${alias} where ${alias}.team_id = $1 ${goOn(id, place, keep)} order by ${id} desc limit ${LONGEST_WALK}) ${alias}`
    : from;
  const rows = await db.rows<{ id: string }>(
    `select ${id} as id from ${read} where ${where} ${goOn(id, place, keep)} order by ${id} desc ${cut(place, keep)}`,
    params,
  );
  return rows.map((row) => row.id);
}

function keeping(question: PeopleCondition) {
  const params = [...question.params];
  return { params, keep: (value: unknown) => `$${params.push(value)}` };
}

type Keep = (value: unknown) => string;

function goOn(id: string, { after }: PeoplePaging, keep: Keep) {
  return after === null ? "" : `and ${id} < ${keep(after)}::text`;
}

function cut({ limit, offset, after }: PeoplePaging, keep: Keep) {
  return `limit ${keep(limit + 1)}::int offset ${keep(after === null ? offset : 0)}::int`;
}

/** All whom it finds, one more than `most` where there are more. */
export async function findEverybody(db: Db, question: PeopleCondition, most: number) {
  const { params, keep } = keeping(question);
  const { from, id, where } = question;
  const [, rows] = await Promise.all([
    planForValues(db),
    db.rows<{ id: string }>(
      `select ${id} as id from ${from} where ${where} order by ${id} desc limit ${keep(most + 1)}::int`,
      params,
    ),
    planAsUsual(db),
  ]);
  return rows.map((row) => row.id);
}

/** What a line of the search shows, and no more than that is read for it. */
export type FoundPerson = {
  id: string;
  firstName: string | null;
  lastName: string | null;
  title: string | null;
  lastRefreshedAt: Temporal.Instant;
  hasEmail: boolean;
  hasCity: boolean;
  hasState: boolean;
  hasCountry: boolean;
  hasPhone: boolean;
  contactId: string | null;
  organizationId: string | null;
  organizationName: string | null;
  companyHas: {
    industry: boolean;
    phone: boolean;
    city: boolean;
    state: boolean;
    country: boolean;
    zip: boolean;
    revenue: boolean;
    employees: boolean;
  };
};

export function readFound(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<FoundPerson>(
    `select p.id, p.first_name, p.last_name, p.title, p.last_refreshed_at, p.email is not null as has_email, p.city is not null as has_city,
            p.state is not null as has_state, p.country is not null as has_country, p.phones <> '[]' as has_phone, p.organization_id,
            coalesce(o.name, p.organization_name) as organization_name,
            json_build_object('industry', o.industry is not null, 'phone', o.phone is not null, 'city', o.city is not null,
              'state', o.state is not null, 'country', o.country is not null, 'zip', o.postal_code is not null,
              'revenue', o.annual_revenue is not null, 'employees', o.estimated_num_employees is not null) as company_has,
            (select c.id from contacts c where c.team_id = $1 and c.person_id = p.id order by c.created_at, c.id limit 1) as contact_id
       from unnest($2::text[]) with ordinality as asked (id, place)
       join people p on p.team_id = $1 and p.id = asked.id
       left join organizations o on o.team_id = $1 and o.id = p.organization_id
      order by asked.place`,
    [teamId, ids],
  );
}
