// Which companies of the people database own which.

import type { Db } from "../../../db/connect.ts";

export type Relative = {
  /** Of whom it is an owner, or whose it is. */
  of: string;
  id: string;
  name: string | null;
  domain: string | null;
  websiteUrl: string | null;
  industry: string | null;
  secondaryIndustries: string[] | null;
  estimatedNumEmployees: number | null;
  country: string | null;
};

const COLUMNS =
  "r.id, r.name, r.domain, r.website_url, r.industry, r.secondary_industries, r.estimated_num_employees, r.country";

/** Companies may name each other in a circle. */
const LONGEST_CHAIN = 10;
const MOST_OWNED = 100;

/** The owner, its owner, and so on. */
export function readOwners(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<Relative>(
    `with recursive chain (of, id, place) as (
       select o.id, o.owned_by_organization_id, 1 from organizations o
        where o.team_id = $1 and o.id = any ($2::text[]) and o.owned_by_organization_id is not null
       union all
       select c.of, o.owned_by_organization_id, c.place + 1
         from chain c join organizations o on o.team_id = $1 and o.id = c.id
        where o.owned_by_organization_id is not null and o.owned_by_organization_id <> c.of and c.place < ${LONGEST_CHAIN})
     select c.of, ${COLUMNS} from chain c join organizations r on r.team_id = $1 and r.id = c.id order by c.of, c.place`,
    [teamId, ids],
  );
}

/** Those that name one of these as their owner. */
export function readOwned(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<Relative>(
    `select r.owned_by_organization_id as of, ${COLUMNS}
       from unnest($2::text[]) as asked (id)
      cross join lateral (
              select * from organizations o
               where o.team_id = $1 and o.owned_by_organization_id = asked.id
               order by o.id limit ${MOST_OWNED}) r`,
    [teamId, ids],
  );
}
