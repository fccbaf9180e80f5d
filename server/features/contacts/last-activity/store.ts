import type { Db } from "../../../db/connect.ts";

type ActivityPosition = { writtenIn: string; position: number };

export type Active = { contactId: string; at: Temporal.Instant; eventIds: string[] };

function makePlace(db: Db, teamId: string) {
  return db.run(
    `insert into activity_cursors (team_id, written_in, position) values ($1, '3', 0) on conflict do nothing`,
    [teamId],
  );
}

/** Nothing is read on meanwhile. To be taken before contacts are locked that are to be merged. */
export async function holdActivity(db: Db, teamId: string) {
  await makePlace(db, teamId);
  await db.run("select from activity_cursors where team_id = $1 for share", [teamId]);
}

/** Null where another engine reads, or contacts are being merged. */
export async function lockActivityPosition(db: Db, teamId: string) {
  await makePlace(db, teamId);
  return db.row<ActivityPosition>(
    "select written_in::text, position from activity_cursors where team_id = $1 for update skip locked",
    [teamId],
  );
}

/**
 * The next of the history, as far as it is settled: how far that is, and when each contact in it was last active. What is told of
 * a contact that was merged counts for the one that it is now. Looked up contact by contact, with `offset 0`: after many were merged or
 * deleted at once, statistics know of none, and the planner would read all of them for each line of the history, while merging waits.
 * A database that was copied from another server may be told of a place that lies ahead; it begins again.
 */
export async function readActivity(
  db: Db,
  teamId: string,
  after: ActivityPosition,
  { types, limit }: { types: readonly string[]; limit: number },
) {
  const rows = await db.rows<ActivityPosition & { read: number } & { [K in keyof Active]: Active[K] | null }>(
    `with news as (
       select id, written_in, position, type, occurred_at, data ->> 'contact_id' as contact_id from events
        where team_id = $1 and written_in < pg_snapshot_xmin(pg_current_snapshot())
          and (written_in, position) >
                (case when $2::xid8 > pg_snapshot_xmax(pg_current_snapshot()) then '3' else $2::xid8 end, $3::bigint)
        order by written_in, position limit $5),
     last as (select written_in, position from news order by news.written_in desc, news.position desc limit 1),
     active as (
       select coalesce(m.merged_into, news.contact_id) as contact_id, max(occurred_at) as at, array_agg(news.id::text) as event_ids
         from news left join lateral (select merged_into from tombstones
                                       where team_id = $1 and kind = 'contact' and id = news.contact_id offset 0) m on true
        where type = any($4) and contact_id is not null group by 1)
     select l.written_in::text, l.position, (select count(*) from news) as read, a.contact_id, a.at, a.event_ids
       from last l left join active a on true`,
    [teamId, after.writtenIn, after.position, types, limit],
  );
  const [first] = rows;
  if (!first) return null;
  const active = rows.flatMap(({ contactId, at, eventIds }): Active[] =>
    contactId && at && eventIds ? [{ contactId, at, eventIds }] : [],
  );
  const { writtenIn, position, read } = first;
  return { place: { writtenIn, position }, isMore: read === limit, active };
}

/** The activity of the given contacts, at any time: it was set aside when the history was read. */
export function readActivityOf(
  db: Db,
  teamId: string,
  contactIds: readonly string[],
  types: readonly string[],
) {
  return db.rows<Active>(
    `select data ->> 'contact_id' as contact_id, max(occurred_at) as at, array_agg(id::text) as event_ids from events
      where team_id = $1 and data ->> 'contact_id' = any($2::text[]) and type = any($3)
      group by 1`,
    [teamId, contactIds, types],
  );
}

export function movePlace(db: Db, teamId: string, { writtenIn, position }: ActivityPosition) {
  return db.run("update activity_cursors set written_in = $2::xid8, position = $3 where team_id = $1", [
    teamId,
    writtenIn,
    position,
  ]);
}

/** Whether the team's formula uses the last activity. */
export async function isScored(db: Db, teamId: string) {
  const row = await db.row<{ is: boolean }>("select score_looks_at($1, 'last_touch') as is", [teamId]);
  return row?.is ?? false;
}

/** The workflows that led to these, where the events themselves say it. */
export async function chainsOf(db: Db, teamId: string, eventIds: readonly string[]) {
  const rows = await db.rows<{ id: string; chain: string[] }>(
    "select id, chain from events where team_id = $1 and id = any($2::text[]) and chain is not null",
    [teamId, eventIds],
  );
  return new Map(rows.map(({ id, chain }) => [id, chain]));
}

export function holdActive(db: Db, teamId: string, active: readonly Active[]) {
  return db.run(
    "select from contacts where team_id = $1 and id = any($2::text[]) order by id for no key update",
    [teamId, active.map(({ contactId }) => contactId)],
  );
}

/**
 * Never moves a time back, because what is read late may be older. Takes locks in the usual order. Follow-up events
 * belong to the chain.
 */
export async function writeContacts(db: Db, teamId: string, active: readonly Active[], chain: string) {
  await Promise.all([
    db.run("select set_config('cadenza.chain', $1, true)", [chain]),
    db.run(
      `with locked as (
         select c.id, n.at from contacts c
           join unnest($2::text[], $3::timestamptz[]) as n (id, at) on n.id = c.id
          where c.team_id = $1 and (c.last_activity_at is null or c.last_activity_at < n.at)
          order by c.id for no key update of c)
       update contacts c set last_activity_at = l.at from locked l where c.team_id = $1 and c.id = l.id`,
      [teamId, active.map(({ contactId }) => contactId), active.map(({ at }) => at)],
    ),
    db.run("select set_config('cadenza.chain', '', true)"),
  ]);
}

export function writeAccounts(db: Db, teamId: string, active: readonly Active[]) {
  return db.run(
    `with latest as (
       select c.account_id as id, max(n.at) as at from contacts c
         join unnest($2::text[], $3::timestamptz[]) as n (id, at) on n.id = c.id
        where c.team_id = $1 and c.account_id is not null group by c.account_id),
     locked as (
       select a.id, l.at from accounts a join latest l on l.id = a.id
        where a.team_id = $1 and (a.last_activity_at is null or a.last_activity_at < l.at)
        order by a.id for no key update of a)
     update accounts a set last_activity_at = l.at from locked l where a.team_id = $1 and a.id = l.id`,
    [teamId, active.map(({ contactId }) => contactId), active.map(({ at }) => at)],
  );
}

/** Who is one was last active when the latest of them was. */
export function inheritActivity(
  db: Db,
  teamId: string,
  table: "contacts" | "accounts",
  { winnerId, loserIds }: { winnerId: string; loserIds: readonly string[] },
) {
  return db.run(
    `update ${table} w set last_activity_at = l.at
       from (select max(last_activity_at) as at from ${table} where team_id = $1 and id = any($3::text[])) l
      where w.team_id = $1 and w.id = $2 and l.at > coalesce(w.last_activity_at, '-infinity')`,
    [teamId, winnerId, loserIds],
  );
}
