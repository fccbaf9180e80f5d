import type { Db } from "../../../db/connect.ts";
import { newId } from "../../../kernel/ids.ts";
import { countGroups, type Grouping } from "../../contacts/searching/groups-store.ts";
import {
  goOnAfter,
  inOrder,
  type SortOrder,
  type SortPlace,
  sortKeys,
  sortValue,
} from "../../contacts/searching/orders-store.ts";

export type RoleRow = {
  id: string;
  /** In the order they were given. */
  roles: string[];
  isPrimary: boolean;
  createdAt: string;
  updatedAt: string;
  contactId: string;
  email: string | null;
  name: string | null;
  firstName: string | null;
  lastName: string | null;
};

export type DealRow = {
  teamId: string;
  id: string;
  name: string;
  ownerId: string | null;
  creatorId: string | null;
  accountId: string | null;
  stageId: string | null;
  amount: string | null;
  currency: string;
  closesOn: Temporal.PlainDate | null;
  actuallyClosedOn: Temporal.PlainDate | null;
  description: string | null;
  nextStep: string | null;
  nextStepOn: Temporal.PlainDate | null;
  nextStepUpdatedAt: Temporal.Instant | null;
  closedLostReason: string | null;
  closedWonReason: string | null;
  probability: number | null;
  forecast: string | null;
  source: string;
  salesforceId: string | null;
  crmId: string | null;
  stageUpdatedAt: Temporal.Instant | null;
  lastActivityAt: Temporal.Instant | null;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
  stageName: string | null;
  stageProbability: number | null;
  stageForecast: string | null;
  isWon: boolean;
  isClosed: boolean;
  roles: RoleRow[];
};

const COLUMNS = `d.team_id, d.id, d.name, d.owner_id, d.creator_id, d.account_id, d.stage_id, d.amount, d.currency,
  d.closes_on, d.actually_closed_on, d.description, d.next_step, d.next_step_on, d.next_step_updated_at,
  d.closed_lost_reason, d.closed_won_reason, d.probability, d.forecast, d.source, d.salesforce_id, d.crm_id,
  d.stage_updated_at, d.last_activity_at, d.created_at, d.updated_at,
  s.name as stage_name, s.probability as stage_probability, s.forecast as stage_forecast,
  coalesce(s.is_won, false) as is_won, coalesce(s.is_closed, false) as is_closed,
  r.roles`;

const JOINED = `deals d
  left join deal_stages s on s.team_id = d.team_id and s.id = d.stage_id
  left join accounts a on a.team_id = d.team_id and a.id = d.account_id
  left join lateral (
         select coalesce(jsonb_agg(jsonb_build_object(
                  'id', dc.id, 'roles', dc.roles, 'isPrimary', dc.is_primary,
                  'createdAt', dc.created_at, 'updatedAt', dc.updated_at, 'contactId', c.id, 'email', c.email, 'name', c.name,
                  'firstName', c.first_name, 'lastName', c.last_name) order by dc.id), '[]') as roles
           from deal_contacts dc
           join contacts c on c.team_id = dc.team_id and c.id = dc.contact_id
          where dc.team_id = d.team_id and dc.deal_id = d.id
       ) r on true`;

export function findDeals(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<DealRow>(
    `select ${COLUMNS} from ${JOINED} where d.team_id = $1 and d.id = any($2::text[])`,
    [...[teamId, ids]],
  );
}

/**
 * The same, locked: two moves at once are decided one after the other. In the order of their ids, so that two bulk changes never
 * wait for each other in a circle.
 */
export async function lockDeals(db: Db, teamId: string, ids: readonly string[]) {
  await db.run("select 1 from deals where team_id = $1 and id = any($2::text[]) order by id for update", [
    ...[teamId, ids],
  ]);
  return findDeals(db, teamId, ids);
}

/** Deals a contact has a part in, and those of the contact's account. */
export function dealsOfContact(db: Db, teamId: string, contactId: string) {
  return db.rows<DealRow>(
    `select ${COLUMNS} from ${JOINED}
      where d.team_id = $1
        and (exists (select from deal_contacts where team_id = $1 and deal_id = d.id and contact_id = $2)
             or d.account_id = (select account_id from contacts where team_id = $1 and id = $2))
      order by d.created_at desc, d.id desc`,
    [teamId, contactId],
  );
}

export type DealFilter = {
  keywords: string | null;
  name: string | null;
  stageIds: readonly string[] | null;
  accountId: string | null;
  ownerIds: readonly string[] | null;
  /** The close date, both days included. */
  closesFrom: string | null;
  closesUntil: string | null;
};

type DealSearch = DealFilter & {
  order: SortOrder;
  grouping: Grouping | null;
  isAscending: boolean;
  limit: number;
  offset: number;
};

const MATCHING = `d.team_id = $1
  and ($2::text is null or position(lower($2) in lower(concat_ws(' ', d.name, a.name))) > 0)
  and ($3::text[] is null or d.stage_id = any($3))
  and ($4::text is null or d.account_id = $4)
  and ($5::text[] is null or d.owner_id = any($5))
  and ($6::text is null or position(lower($6) in lower(d.name)) > 0)
  and ($7::date is null or d.closes_on >= $7) and ($8::date is null or d.closes_on <= $8)`;

function paramsOf(teamId: string, filter: DealFilter) {
  const { keywords, stageIds, accountId, ownerIds, name, closesFrom, closesUntil } = filter;
  return [teamId, keywords, stageIds, accountId, ownerIds, name, closesFrom, closesUntil];
}

export type DealInFile = DealRow & {
  accountName: string | null;
  accountDomain: string | null;
  ownerName: string | null;
  sortValue: string;
};

type FilePlace = { order: SortOrder; isAscending: boolean; after: SortPlace | null; limit: number };

/** Those behind this place, with what a file says of their company and owner. */
export function dealsAfter(db: Db, teamId: string, filter: DealFilter, place: FilePlace) {
  const params: unknown[] = paramsOf(teamId, filter);
  const { order, isAscending, limit } = place;
  const behind = goOnAfter(order, "d.id", place, (value) => `$${params.push(value)}`);
  return db.rows<DealInFile>(
    `select ${COLUMNS}, a.name as account_name, a.domain as account_domain, ${sortValue(order)} as sort_value,
            coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email) as owner_name
       from ${JOINED}
       left join users u on u.team_id = d.team_id and u.id = d.owner_id
      where ${MATCHING} ${behind} ${inOrder(order, "d.id", isAscending)} limit ${Math.trunc(limit)}`,
    params,
  );
}

export async function searchDeals(db: Db, teamId: string, search: DealSearch) {
  const params = paramsOf(teamId, search);
  const { order, grouping, isAscending, limit, offset } = search;
  const groupsFirst = grouping ? `${grouping.by} nulls last,` : "";
  const deals = await db.rows<DealRow>(
    `select ${COLUMNS} from ${JOINED} where ${MATCHING}
      order by ${groupsFirst} ${sortKeys(order, "d.id", isAscending)}
      limit $9 offset $10`,
    [...params, limit, offset],
  );
  const matching = {
    from: "deals d left join accounts a on a.team_id = d.team_id and a.id = d.account_id",
    where: MATCHING,
  };
  const count = await db.row<{ total: number }>(
    `select count(*) as total from ${matching.from} where ${matching.where}`,
    params,
  );
  const groups = grouping && offset === 0 ? await countGroups(db, grouping, matching, params) : [];
  return { deals, total: count?.total ?? 0, groups };
}

export type DealTotal = {
  stageId: string | null;
  currency: string;
  deals: number;
  amount: string;
  weighted: string;
};

/** All that match, not only those of a page. */
export function dealTotals(db: Db, teamId: string, filter: DealFilter) {
  return db.rows<DealTotal>(
    `select d.stage_id, d.currency, count(*) as deals, coalesce(sum(d.amount), 0) as amount,
            coalesce(sum(round(d.amount * coalesce(d.probability, s.probability, 0) / 100, 2)), 0) as weighted
       from deals d
       left join deal_stages s on s.team_id = d.team_id and s.id = d.stage_id
       left join accounts a on a.team_id = d.team_id and a.id = d.account_id
      where ${MATCHING}
      group by 1, 2 order by 1, 2`,
    paramsOf(teamId, filter),
  );
}

/** The columns a deal is written with. */
export type DealColumns = Omit<
  DealRow,
  "teamId" | "stageName" | "stageProbability" | "stageForecast" | "isWon" | "isClosed" | "roles"
>;

const WRITTEN = [
  "id",
  "name",
  "owner_id",
  "creator_id",
  "account_id",
  "stage_id",
  "amount",
  "currency",
  "closes_on",
  "actually_closed_on",
  "description",
  "next_step",
  "next_step_on",
  "next_step_updated_at",
  "closed_lost_reason",
  "closed_won_reason",
  "probability",
  "forecast",
  "source",
  "salesforce_id",
  "crm_id",
  "stage_updated_at",
  "last_activity_at",
  "created_at",
  "updated_at",
] as const;

/** Writes the whole rows, new or known: one statement for any number of deals. */
export function writeDeals(db: Db, teamId: string, deals: readonly DealColumns[]) {
  const others = WRITTEN.slice(1);
  const rows = deals.map((deal) =>
    Object.fromEntries(WRITTEN.map((column) => [column, deal[keyOf(column)]])),
  );
  return db.run(
    `insert into deals (team_id, ${WRITTEN.join(", ")})
     select $1, ${WRITTEN.join(", ")} from jsonb_populate_recordset(null::deals, $2::jsonb)
     on conflict (team_id, id) do update set (${others.join(", ")}) = row (${others.map((column) => `excluded.${column}`).join(", ")})`,
    [teamId, JSON.stringify(rows)],
  );
}

function keyOf(column: string) {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) as keyof DealColumns;
}

export type DealRole = Pick<RoleRow, "contactId" | "roles" | "isPrimary">;

/** Of any number of deals. A contact that keeps their part keeps its id. */
export async function replaceRoles(
  db: Db,
  teamId: string,
  deals: readonly { dealId: string; roles: readonly DealRole[] }[],
  now: Temporal.Instant,
) {
  if (deals.length === 0) return;
  const rows = JSON.stringify(
    deals.flatMap(({ dealId, roles }) =>
      roles.map(({ contactId, roles: names, isPrimary }) => ({
        id: newId(),
        dealId,
        contactId,
        roles: names,
        isPrimary,
      })),
    ),
  );
  await db.run(
    `delete from deal_contacts
      where team_id = $1 and deal_id = any($2::text[])
        and (deal_id, contact_id) not in (
              select r."dealId", r."contactId"
                from jsonb_to_recordset($3::jsonb) as r ("dealId" text, "contactId" text))`,
    [teamId, deals.map(({ dealId }) => dealId), rows],
  );
  // First no contact is the main one: otherwise, of two rows, one would be written before the other.
  await db.run(
    `update deal_contacts c set is_primary = false, updated_at = $3
       from jsonb_to_recordset($2::jsonb) as r ("dealId" text, "contactId" text, "isPrimary" boolean)
      where c.team_id = $1 and c.deal_id = r."dealId" and c.contact_id = r."contactId" and c.is_primary and not r."isPrimary"`,
    [teamId, rows, now],
  );
  await db.run(
    `insert into deal_contacts as c (team_id, deal_id, id, contact_id, roles, is_primary, created_at, updated_at)
     select $1, r."dealId", r.id, r."contactId", r.roles, r."isPrimary", $3, $3
       from jsonb_to_recordset($2::jsonb) as r (id text, "dealId" text, "contactId" text, roles text[], "isPrimary" boolean)
     on conflict (team_id, deal_id, contact_id) do update
       set roles = excluded.roles, is_primary = excluded.is_primary, updated_at = $3
       where (c.roles, c.is_primary) is distinct from (excluded.roles, excluded.is_primary)`,
    [teamId, rows, now],
  );
}

/** As they were first written. */
export async function roleNamesInUse(db: Db, teamId: string) {
  const rows = await db.rows<{ role: string }>(
    `select distinct on (lower(r.role)) r.role from deal_contacts c cross join lateral unnest(c.roles) as r (role)
      where c.team_id = $1 order by lower(r.role), c.created_at, c.id`,
    [teamId],
  );
  return rows.map(({ role }) => role);
}

export async function deleteDeals(
  db: Db,
  teamId: string,
  ids: readonly string[],
  userId: string,
  now: Temporal.Instant,
) {
  await db.run("delete from deals where team_id = $1 and id = any($2::text[])", [teamId, ids]);
  await db.run(
    "insert into tombstones (team_id, kind, id, deleted_by, deleted_at) select $1, 'deal', unnest($2::text[]), $3, $4",
    [teamId, ids, userId, now],
  );
}
