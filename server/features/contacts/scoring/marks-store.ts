// Contacts that must be looked at once more. Triggers mark them in the transaction that changes them (migration 0035).

import type { Db } from "../../../db/connect.ts";
import type { ScoreSignal } from "../../../domain/contacts/prospect-score.ts";
import { notAside } from "../../events/set-aside/store.ts";
import { followsCalendar } from "./formulas-store.ts";

export type ContactToScore = { id: string; chain: string[] | null };

/**
 * Takes some marks and answers their contacts, each once: a company stands for all its contacts. Where several
 * workflows changed a contact, the longest chain is answered.
 */
export async function takeMarks(db: Db, teamId: string, most: number) {
  const rows = await db.rows<{ id: string | null; chain: string[] | null }>(
    `with taken as (
       delete from score_marks where team_id = $1 and id in (
         select m.id from score_marks m
          where m.team_id = $1 and (m.contact_id is null or ${notAside("follow-scores", "m.contact_id")})
          order by m.id limit $2 for update skip locked)
       returning contact_id, account_id, chain
     ), marked as (
       select contact_id as id, chain from taken where contact_id is not null
        union all
       select c.id, t.chain from taken t join contacts c on c.team_id = $1 and c.account_id = t.account_id
        where ${notAside("follow-scores", "c.id")} -- they have a mark of their own
     )
     (select distinct on (id) id, chain from marked order by id, coalesce(cardinality(chain), 0) desc)
      union all
     select null, null from (select from taken limit 1) any_at_all`,
    [teamId, most],
  );
  const marked = rows.flatMap(({ id, chain }): ContactToScore[] => (id === null ? [] : [{ id, chain }]));
  return { marked, hadAny: rows.length > 0 };
}

/** What failed is looked at once more when it is no longer aside. */
export function markAgain(db: Db, teamId: string, contactIds: readonly string[]) {
  return db.run("insert into score_marks (team_id, contact_id) select $1, unnest($2::text[])", [
    ...[teamId, contactIds],
  ]);
}

type Aging = { signals: readonly ScoreSignal[]; agedUntil: Temporal.Instant };

/** Held, where it is time to look at the calendar again. */
export function lockAging(db: Db, teamId: string, now: Temporal.Instant) {
  return db.row<Aging>(
    `select signals, aged_until from score_formulas where team_id = $1 and ages_at <= $2 for update skip locked`,
    [teamId, now],
  );
}

const MOMENTS: Partial<Record<ScoreSignal["field"], string>> = {
  created: "c.created_at",
  job_change: "c.job_change_detected_at",
  opened: "c.email_last_opened_at",
  clicked: "c.email_last_clicked_at",
  last_touch: "c.last_activity_at",
  replied: `(select max(i.received_at) from incoming_mails i
    where i.team_id = c.team_id and i.contact_id = c.id and i.counts)`,
};

/** Marks contacts whose activity has become, since the last look, as many days old as a signal asks about. */
export async function markAged(db: Db, teamId: string, { signals, agedUntil }: Aging, now: Temporal.Instant) {
  const params: unknown[] = [teamId, agedUntil, now];
  const conditions = signals.filter(followsCalendar).map(({ field, value }) => {
    const days = `$${params.push(value)}::int * interval '1 day'`;
    return `(${MOMENTS[field]} > $2::timestamptz - ${days} and ${MOMENTS[field]} <= $3::timestamptz - ${days})`;
  });
  if (conditions.length > 0)
    await db.run(
      `insert into score_marks (team_id, contact_id)
       select c.team_id, c.id from contacts c where c.team_id = $1 and (${conditions.join(" or ")})`,
      params,
    );
  await db.run("update score_formulas set aged_until = $2, ages_at = $3 where team_id = $1", [
    teamId,
    now,
    now.add({ hours: 1 }),
  ]);
}
