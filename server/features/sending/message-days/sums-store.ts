// Mails added up by the day they went, for reports; what changes later stands in lines of its own until it is taken in. See
// the migration.

import type { Db } from "../../../db/connect.ts";
import type { Count } from "../../../domain/insight/report-metrics.ts";
import { notAside } from "../../events/set-aside/store.ts";
import { WENT_AT } from "../../sequences/statistics/store.ts";
import { counting, ROWS } from "./rows-store.ts";

export type DaySumState = { zone: string; generation: number; untilDay: Temporal.PlainDate | null };

/** What days are told apart by, beside the day. */
const KEPT_APART = ["user_id", "sequence_id", "step_id", "touch_id", "mailbox_id", "reply_class"] as const;

/** What is added up, and its column. */
export const SUMS = {
  num_emails_sent: "sent",
  num_emails_delivered: "delivered",
  num_emails_bounced: "bounced",
  num_emails_hard_bounced: "hard_bounced",
  num_emails_spam_blocked: "spam_blocked",
  num_emails_opened: "opened",
  num_emails_clicked: "clicked",
  num_emails_replied: "replied",
  num_emails_auto_replied: "auto_replied",
  num_emails_unsubscribed: "unsubscribed",
  num_emails_demoed: "demoed",
  num_emails_open_tracked: "open_tracked",
  num_emails_click_tracked: "click_tracked",
  num_emails_opened_tracked: "opened_tracked",
  num_emails_clicked_tracked: "clicked_tracked",
} as const satisfies Partial<Record<Count, string>>;

const COUNTS = Object.keys(SUMS) as (keyof typeof SUMS)[];
const DIMENSIONS = KEPT_APART.join(", ");
const COLUMNS = Object.values(SUMS).join(", ");
const ALL_SUMS = Object.values(SUMS)
  .map((column) => `sum(${column})`)
  .join(", ");
const INTO = `insert into message_days (team_id, generation, day, place, ${DIMENSIONS}, ${COLUMNS})`;

const PLACE = "zone, generation, until_day";

export function findPlace(db: Db, teamId: string) {
  return db.row<DaySumState>(`select ${PLACE} from message_day_places where team_id = $1`, [teamId]);
}

/** Null where another engine is at it. */
export async function lockDaySumsPosition(db: Db, teamId: string, zone: string) {
  await db.run(
    "insert into message_day_places (team_id, zone, generation) values ($1, $2, 1) on conflict do nothing",
    [teamId, zone],
  );
  return db.row<DaySumState>(
    `select ${PLACE} from message_day_places where team_id = $1 for update skip locked`,
    [teamId],
  );
}

/** Days begin at other hours: all that was added up is added up anew. */
export async function beginAnew(db: Db, teamId: string, zone: string) {
  await db.run(
    `update message_day_places set zone = $2, generation = generation + 1, until_day = null, until_at = null
      where team_id = $1`,
    [teamId, zone],
  );
  await db.run("delete from message_days where team_id = $1", [teamId]);
}

/** The day of the team's first mail that counts, or null. */
export async function firstDay(db: Db, teamId: string, zone: string) {
  const row = await db.row<{ day: Temporal.PlainDate | null }>(
    `select (min(${WENT_AT}) at time zone $2)::date as day from messages o where o.team_id = $1`,
    [teamId, zone],
  );
  return row?.day ?? null;
}

/** On which day so many mails more have gone since; null where there are not so many. */
export async function dayAfter(db: Db, teamId: string, zone: string, from: Temporal.Instant, mails: number) {
  const row = await db.row<{ day: Temporal.PlainDate }>(
    `select ((${WENT_AT}) at time zone $2)::date as day from messages o
      where o.team_id = $1 and (${WENT_AT}) >= $3 order by (${WENT_AT}) limit 1 offset $4`,
    [teamId, zone, from, mails],
  );
  return row?.day ?? null;
}

type SumRange = {
  from: Temporal.Instant | null;
  until: Temporal.Instant;
  untilDay: Temporal.PlainDate;
};

/**
 * One statement, which sees one moment: a change that is in the rows by then is deleted, and one that is not stays and is
 * added later.
 */
export async function addUp(db: Db, teamId: string, { zone, generation }: DaySumState, span: SumRange) {
  const of = ROWS.mails;
  await db.run(
    `with known as (
       delete from message_day_changes c
        where c.team_id = $1 and c.at >= coalesce($4::timestamptz, '-infinity') and c.at < $5::timestamptz)
     ${INTO}
     select $1, $2, m.day, row_number() over (), ${DIMENSIONS}, ${COUNTS.map(counting).join(", ")}
       from (select o.*, ${of.words.join(", ")}, (${WENT_AT} at time zone $3::text)::date as day
               from messages o
              where o.team_id = $1 and ${of.where}
                and (${WENT_AT}) >= coalesce($4::timestamptz, '-infinity') and (${WENT_AT}) < $5::timestamptz) m
      group by m.day, ${DIMENSIONS}`,
    [teamId, generation, zone, span.from, span.until],
  );
  await db.run(
    "update message_day_places set until_day = $2::date, until_at = $3::timestamptz where team_id = $1",
    [teamId, span.untilDay, span.until],
  );
}

/** Days that are added up, and of which something changed since. */
export function changedDays(db: Db, teamId: string, { zone }: DaySumState, limit: number) {
  return db.rows<{ id: string }>(
    `select day::text as id from (
       select distinct (c.at at time zone $2::text)::date as day
         from message_day_changes c join message_day_places p on p.team_id = c.team_id and c.at < p.until_at
        where c.team_id = $1) changed
      where ${notAside("add-days-up", "day::text")} order by day limit $3`,
    [teamId, zone, limit],
  );
}

/** What changed in these days becomes part of them. */
export function takeChangesIn(
  db: Db,
  teamId: string,
  { zone, generation }: DaySumState,
  days: readonly string[],
) {
  return db.run(
    `with changes as (
       delete from message_day_changes c
        using message_day_places p
        where p.team_id = c.team_id and c.team_id = $1 and c.at < p.until_at
          and (c.at at time zone $3::text)::date = any($4::date[])
       returning c.*, (c.at at time zone $3::text)::date as day),
     days as (select distinct day from changes),
     before as (
       delete from message_days d using days
        where d.team_id = $1 and d.generation = $2 and d.day = days.day
       returning d.*),
     after as (
       ${INTO}
       select $1, $2, day, row_number() over (), ${DIMENSIONS}, ${ALL_SUMS}
         from (select day, ${DIMENSIONS}, ${COLUMNS} from before
               union all select day, ${DIMENSIONS}, ${COLUMNS} from changes) m
        group by day, ${DIMENSIONS}
       having sum(sent) <> 0)
     select count(*)::int as taken from changes`,
    [teamId, generation, zone, days],
  );
}

/** A number that only transactions which begin later have a greater one than. */
export async function markNow(db: Db) {
  return (await db.row<{ mark: string }>("select pg_current_xact_id()::text as mark"))?.mark ?? "0";
}

/** Whether all that were writing then are done. */
export async function isPast(db: Db, mark: string) {
  const row = await db.row<{ isPast: boolean }>(
    "select pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 as is_past",
    [mark],
  );
  return row?.isPast ?? false;
}
