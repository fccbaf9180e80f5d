// Accounts. Written many at a time: a single account is a batch of one.

import type { Db } from "../../../db/connect.ts";
import type { AccountFacts } from "../../../domain/contacts/accounts.ts";
import { VISIBLE_TO } from "../../access/sharing/store.ts";
import { organizationOf } from "../company-ties/store.ts";

/** What an account is written with: our word, column, type. */
const COLUMNS: Record<keyof AccountFacts, [column: string, type: string]> = {
  name: ["name", "text"],
  domain: ["domain", "text"],
  organizationId: ["organization_id", "text"],
  ownerId: ["owner_id", "text"],
  creatorId: ["creator_id", "text"],
  accountStageId: ["account_stage_id", "text"],
  parentAccountId: ["parent_account_id", "text"],
  phone: ["phone", "text"],
  sanitizedPhone: ["sanitized_phone", "text"],
  phoneStatus: ["phone_status", "text"],
  websiteUrl: ["website_url", "text"],
  linkedinUrl: ["linkedin_url", "text"],
  twitterUrl: ["twitter_url", "text"],
  facebookUrl: ["facebook_url", "text"],
  logoUrl: ["logo_url", "text"],
  rawAddress: ["raw_address", "text"],
  streetAddress: ["street_address", "text"],
  city: ["city", "text"],
  state: ["state", "text"],
  postalCode: ["postal_code", "text"],
  country: ["country", "text"],
  industry: ["industry", "text"],
  estimatedNumEmployees: ["estimated_num_employees", "int"],
  annualRevenue: ["annual_revenue", "numeric"],
  foundedYear: ["founded_year", "int"],
  source: ["source", "text"],
  originalSource: ["original_source", "text"],
  crmOwnerId: ["crm_owner_id", "text"],
  hubspotId: ["hubspot_id", "text"],
  salesforceId: ["salesforce_id", "text"],
  mergedCrmIds: ["merged_crm_ids", "text[]"],
  stageUpdatedAt: ["stage_updated_at", "timestamptz"],
};

const PAIRS = Object.entries(COLUMNS) as [keyof AccountFacts, [string, string]][];
const NAMES = PAIRS.map(([, [column]]) => column).join(", ");
const TYPES = PAIRS.map(([, [column, type]]) => `${column} ${type}`).join(", ");
const OWN = PAIRS.map(([, [column]]) => `a.${column}`).join(", ");

type Stamps = { id: string; teamId: string; createdAt: Temporal.Instant; updatedAt: Temporal.Instant };
export type StoredAccount = { id: string; facts: AccountFacts };

/** Locked in the order of their ids, so that two bulk changes never wait for each other in a circle. */
export async function lockAccounts(db: Db, teamId: string, ids: readonly string[]): Promise<StoredAccount[]> {
  const rows = await db.rows<AccountFacts & { id: string }>(
    `select a.id, ${OWN} from accounts a where a.team_id = $1 and a.id = any($2::text[]) order by a.id for update`,
    [teamId, ids],
  );
  return rows.map(({ id, ...facts }) => ({ id, facts }));
}

export function insertAccounts(
  db: Db,
  teamId: string,
  accounts: readonly StoredAccount[],
  now: Temporal.Instant,
) {
  return db.run(
    `insert into accounts (team_id, id, ${NAMES}, created_at, updated_at)
     select $1, id, ${NAMES}, $3, $3
       from jsonb_to_recordset($2::jsonb) as a (id text, ${TYPES})`,
    [teamId, JSON.stringify(accounts.map(columnsOf)), now],
  );
}

export function updateAccounts(
  db: Db,
  teamId: string,
  accounts: readonly StoredAccount[],
  now: Temporal.Instant,
) {
  return db.run(
    `update accounts a
        set (${NAMES}, updated_at) = row (${PAIRS.map(([, [column]]) => `g.${column}`).join(", ")}, $3::timestamptz)
       from jsonb_to_recordset($2::jsonb) as g (id text, ${TYPES})
      where a.team_id = $1 and a.id = g.id`,
    [teamId, JSON.stringify(accounts.map(columnsOf)), now],
  );
}

function columnsOf({ id, facts }: StoredAccount) {
  const row: Record<string, unknown> = { id };
  for (const [key, [column]] of PAIRS) row[column] = facts[key];
  return row;
}

/** An account with everything the wire shows of it. */
export type AccountRow = AccountFacts &
  Stamps & {
    lastActivityAt: Temporal.Instant | null;
    labelIds: string[];
    numContacts: number;
    sequenceIds: string[];
    /** How many of its contacts are where in a sequence. */
    tally: Record<string, number>;
  };

// What is asked beside a row is asked for the whole page at once, each by one index.
const SHOWN = PAIRS.filter(([key]) => key !== "organizationId")
  .map(([, [column]]) => `a.${column}`)
  .join(", ");
const FULL = `a.id, a.team_id, a.created_at, a.updated_at, a.last_activity_at, ${SHOWN}, ${organizationOf("a")} as organization_id,
  coalesce(l.ids, '{}') as label_ids, coalesce(n.count, 0) as num_contacts,
  coalesce(e.sequence_ids, '{}') as sequence_ids, coalesce(e.tally, '{}') as tally`;

/** In the order of the ids. Leaves out sequences that are hidden from the viewer (null: sees all). */
export function findAccounts(db: Db, teamId: string, ids: readonly string[], viewerId: string | null) {
  return db.rows<AccountRow>(
    `with wanted as materialized (
       select id, position from unnest($2::text[]) with ordinality as w (id, position)
     ), labelled as (
       select account_id, array_agg(label_id order by label_id) as ids
         from account_labels where team_id = $1 and account_id = any($2::text[]) group by account_id
     ), people as (
       select account_id, count(*) as count
         from contacts where team_id = $1 and account_id = any($2::text[]) group by account_id
     ), enrolled as (
       select c.account_id, e.sequence_id,
              case when e.state <> 'failed' then e.state
                   when e.inactive_reason in ('bounced', 'spam_blocked') then e.inactive_reason
                   else 'not_sent' end as state,
              count(*) as count
         from contacts c
         join enrollments e on e.team_id = $1 and e.contact_id = c.id and e.state <> 'removed'
        where c.team_id = $1 and c.account_id = any($2::text[])
          and ($3::text is null or e.sequence_id in (${VISIBLE_TO("$3")}))
        group by 1, 2, 3
     ), tallied as (
       select account_id, jsonb_object_agg(state, count) as tally
         from (select account_id, state, sum(count) as count from enrolled group by 1, 2) s group by account_id
     ), joined as (
       select account_id, array_agg(distinct sequence_id order by sequence_id) as sequence_ids
         from enrolled group by account_id
     ), campaigns as (
       select j.account_id, j.sequence_ids, t.tally from joined j join tallied t using (account_id)
     )
     select ${FULL}
       from wanted w
       join accounts a on a.team_id = $1 and a.id = w.id
       left join labelled l on l.account_id = a.id
       left join people n on n.account_id = a.id
       left join campaigns e on e.account_id = a.id
      order by w.position`,
    [teamId, ids, viewerId],
  );
}

export async function findAccount(db: Db, teamId: string, id: string, viewerId: string | null) {
  return (await findAccounts(db, teamId, [id], viewerId))[0] ?? null;
}

/** Which of the ids name accounts that are gone. */
export async function deletedAccounts(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await db.rows<{ id: string }>(
    "select id from tombstones where team_id = $1 and kind = 'account' and id = any($2::text[])",
    [teamId, ids],
  );
  return rows.map((row) => row.id);
}

/** Which of the ids there are, of people, stages and accounts: looked up before anything points at them. */
export async function existingReferences(
  db: Db,
  teamId: string,
  ids: { users: readonly string[]; stages: readonly string[]; accounts: readonly string[] },
) {
  const rows = await db.rows<{ id: string }>(
    `select id from users where team_id = $1 and id = any($2::text[])
     union all select id from account_stages where team_id = $1 and id = any($3::text[])
     union all select id from accounts where team_id = $1 and id = any($4::text[])`,
    [teamId, ids.users, ids.stages, ids.accounts],
  );
  return new Set(rows.map((row) => row.id));
}

/** Whether one account stands below another, however far. */
export async function isBelow(db: Db, teamId: string, id: string, ancestorId: string) {
  const row = await db.row(
    `with recursive chain as (
       select id, parent_account_id from accounts where team_id = $1 and id = $2
       union
       select a.id, a.parent_account_id from accounts a join chain c on a.id = c.parent_account_id where a.team_id = $1
     )
     select 1 from chain where id = $3`,
    [teamId, id, ancestorId],
  );
  return row !== null;
}

/** Contacts, deals and the rest keep; they lose the account only. */
export async function deleteAccounts(
  db: Db,
  teamId: string,
  ids: readonly string[],
  userId: string,
  now: Temporal.Instant,
) {
  await db.run("delete from accounts where team_id = $1 and id = any($2::text[])", [teamId, ids]);
  await db.run(
    `insert into tombstones (team_id, kind, id, deleted_by, deleted_at)
     select $1::text, 'account', id, $3::text, $4::timestamptz from unnest($2::text[]) as id
     on conflict do nothing`,
    [teamId, ids, userId, now],
  );
}

/** Accounts were last active when the latest of their contacts was. */
export function followContactActivity(db: Db, teamId: string) {
  return db.run(
    `update accounts a set last_activity_at = greatest(a.last_activity_at, c.at)
       from (select account_id, max(last_activity_at) as at from contacts
              where team_id = $1 and account_id is not null and last_activity_at is not null
              group by account_id) c
      where a.team_id = $1 and a.id = c.account_id`,
    [teamId],
  );
}
