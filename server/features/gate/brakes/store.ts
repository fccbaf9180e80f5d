import type { Db } from "../../../db/connect.ts";
import type { ActiveBrake, BrakeEnd } from "../../../domain/gate/brake-changes.ts";
import type { SendingDay } from "../../../domain/gate/brake-sums.ts";
import type { BrakeFound } from "../../../domain/gate/brakes.ts";
import { seesSequence } from "../../access/sharing/sight-store.ts";

/** Reasons why nothing was sent count too, where a server refused the email: `at` is when that was. */
const WENT = `case when m.completed_at is not null then m.completed_at
                   when m.released_at is not null then m.released_at
                   else m.failed_at end`;

/** Refused once and tried again: the refusal counts on its day, and the email that went out afterwards is none. */
const WAS_REFUSED = `(m.delivery <> 'failed' and m.failed_at is not null
  and not exists (select from incoming_mails b
                   where b.team_id = m.team_id and b.message_id = m.id and b.kind = 'bounce' and b.certainty = 'sure'))`;

/** A copy is no email of its own, and invented people bounce as often as they were made to. */
const COUNTS = `m.copy_of is null
  and not exists (select from mailboxes k where k.team_id = m.team_id and k.id = m.mailbox_id and k.type = 'catcher')`;

/** What each mailbox sent in each sequence, by spans of 24 hours before now. `moments`: in order, told apart by them (`era`). */
export function sendingDays(
  db: Db,
  teamId: string,
  { now, days, moments = [] }: { now: Temporal.Instant; days: number; moments?: readonly Temporal.Instant[] },
) {
  return db.rows<SendingDay>(
    `select greatest(floor(extract(epoch from $2::timestamptz - w.at) / 86400), 0)::int as ago,
            coalesce(k.now_id, w.mailbox_id) as mailbox_id, w.sequence_id, width_bucket(w.at, $4::timestamptz[]) as era,
            count(*) as sent, count(*) filter (where w.has_bounced and w.is_spam_blocked is not true) as bounced,
            count(*) filter (where w.is_spam_blocked) as blocked, count(c.message_id) as complained,
            count(*) filter (where w.replied_at <= w.at + interval '3 days') as answered
       from (select m.id, m.mailbox_id, m.sequence_id, m.has_bounced and not ${WAS_REFUSED} as has_bounced,
                    m.is_spam_blocked and not ${WAS_REFUSED} as is_spam_blocked, m.replied_at, ${WENT} as at
               from messages m
              where m.team_id = $1 and ${WENT} > $2::timestamptz - make_interval(days => $3) and ${COUNTS}
                and (m.delivery in ('sent', 'dot', 'unconfirmed')
                     or m.delivery = 'failed' and (m.has_bounced or m.is_spam_blocked))
              union all
             select null, m.mailbox_id, m.sequence_id, m.has_bounced, m.is_spam_blocked, null, m.failed_at
               from messages m
              where m.team_id = $1 and m.failed_at > $2::timestamptz - make_interval(days => $3) and ${COUNTS}
                and (m.has_bounced or m.is_spam_blocked) and ${WAS_REFUSED}) w
       left join (select distinct i.message_id from incoming_mails i
                   where i.team_id = $1 and i.kind = 'complaint' and i.certainty = 'sure' and i.message_id is not null
                     and i.received_at > $2::timestamptz - make_interval(days => $3)) c on c.message_id = w.id
       left join (select id, mailbox_of_address($1, id) as now_id from mailboxes where team_id = $1) k on k.id = w.mailbox_id
      group by 1, 2, 3, 4`,
    [teamId, now, days, moments],
  );
}

/**
 * Answers when it is by the database's clock, which emails are dated by, where this look is ours: nobody else has looked since. One far
 * ahead is from before the clock was set back.
 */
export async function takeLook(db: Db, teamId: string, every: { minutes: number }) {
  const row = await db.row<{ now: Temporal.Instant }>(
    `insert into brake_looks as l (team_id, look_at) values ($1, cadenza_now() + make_interval(mins => $2))
     on conflict (team_id) do update set look_at = excluded.look_at
      where l.look_at <= cadenza_now() or l.look_at > excluded.look_at + interval '1 minute'
     returning cadenza_now() as now`,
    [teamId, every.minutes],
  );
  return row?.now ?? null;
}

export function lookSoon(db: Db, teamId: string) {
  return db.run("delete from brake_looks where team_id = $1", [teamId]);
}

/** For a team that was there before brakes, what it sent before them stops nothing. */
export async function brakesFrom(db: Db, teamId: string) {
  const row = await db.row<{ at: Temporal.Instant | null }>(
    "select brakes_from as at from teams where id = $1",
    [teamId],
  );
  return row?.at ?? null;
}

/** The mailbox that has the address now. */
const SUBJECT =
  "case when b.scope = 'mailbox' then mailbox_of_address(b.team_id, b.subject_id) else b.subject_id end";

/** Since when a user has lifted a brake of each, the last time. */
export function lastLifted(db: Db, teamId: string) {
  return db.rows<{ scope: BrakeFound["scope"]; subjectId: string; at: Temporal.Instant }>(
    `select scope, ${SUBJECT} as subject_id, max(ended_at) as at from brakes b
      where team_id = $1 and end_reason = 'user' group by 1, 2`,
    [teamId],
  );
}

/** Answers whether none was on. */
export async function insertBrake(
  db: Db,
  teamId: string,
  { id, scope, subjectId, level, cause, figures }: BrakeFound & { id: string },
) {
  const row = await db.row(
    `insert into brakes (team_id, id, scope, subject_id, level, cause, figures, since)
     values ($1, $2, $3, $4, $5, $6, $7::jsonb, cadenza_now()) on conflict do nothing returning id`,
    [teamId, id, scope, subjectId, level, cause, JSON.stringify(figures)],
  );
  return row !== null;
}

/** Answers whether it was on. */
export async function endBrake(
  db: Db,
  teamId: string,
  id: string,
  { reason, userId }: { reason: BrakeEnd; userId: string | null },
) {
  const row = await db.row(
    `update brakes set ended_at = cadenza_now(), end_reason = $3, ended_by = $4
      where team_id = $1 and id = $2 and ended_at is null returning id`,
    [teamId, id, reason, userId],
  );
  return row !== null;
}

/** Emails that waited for these brakes are judged anew: another rule may hold them. */
export function wakeBraked(db: Db, teamId: string, brakeIds: readonly string[]) {
  return db.run(
    `update messages set next_check_at = cadenza_now()
      where team_id = $1 and delivery = 'planned' and hold_code like 'brake:%' and hold_evidence ->> 'brakeId' = any($2::text[])
        and next_check_at > cadenza_now()`,
    [teamId, brakeIds],
  );
}

export type BrakeRow = Omit<ActiveBrake, "since"> & {
  since: Temporal.Instant;
  endedAt: Temporal.Instant | null;
  endReason: BrakeEnd | null;
  endedBy: string | null;
  name: string | null;
  /** Whose mailbox or sequence it is; null: the team's. */
  ownerId: string | null;
  /** Not a mailbox that was disconnected, nor a sequence that was archived. */
  isInUse: boolean;
};

/** $2: who asks, where it is no admin. A brake of a sequence is for those who see the sequence. */
const ROWS = `select b.id, b.scope, ${SUBJECT} as subject_id, b.level, b.cause, b.figures, b.since, b.ended_at, b.end_reason, b.ended_by,
         coalesce(x.email, s.name) as name, coalesce(x.user_id, s.owner_id) as owner_id,
         coalesce(x.is_active and x.revoked_at is null, s.archived_at is null) as is_in_use
    from brakes b
    left join mailboxes x on x.team_id = b.team_id and b.scope = 'mailbox' and x.id = mailbox_of_address(b.team_id, b.subject_id)
    left join sequences s on s.team_id = b.team_id and b.scope = 'sequence' and s.id = b.subject_id
   where b.team_id = $1 and ${seesSequence("$2", "case when b.scope = 'sequence' then b.subject_id end")}`;

/** Those that are on, or also those that ended, the latest first. */
export function listBrakes(db: Db, teamId: string, viewerId: string | null, withEnded: boolean) {
  return db.rows<BrakeRow>(
    `${ROWS} and ($3 or b.ended_at is null) order by b.ended_at is not null, b.since desc, b.id limit 200`,
    [teamId, viewerId, withEnded],
  );
}

export function findBrake(db: Db, teamId: string, viewerId: string | null, id: string) {
  return db.row<BrakeRow>(`${ROWS} and b.id = $3`, [teamId, viewerId, id]);
}

/** Those that were on then, of this mailbox and of the team. */
export function brakesOfMailboxAt(db: Db, teamId: string, mailboxId: string, at: Temporal.Instant) {
  return db.rows<ActiveBrake>(
    `select id, scope, case when scope = 'mailbox' then $2 else subject_id end as subject_id, level, cause, figures,
            to_jsonb(since) #>> '{}' as since
       from brakes
      where team_id = $1 and since <= $3 and (ended_at is null or ended_at > $3)
        and (scope = 'team' or scope = 'mailbox' and subject_id in (
               select o.id from mailboxes o join mailboxes k on k.team_id = o.team_id and lower(k.email) = lower(o.email)
                where k.team_id = $1 and k.id = $2))
      order by since, id`,
    [teamId, mailboxId, at],
  );
}

export function namesOf(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<{ id: string; name: string }>(
    `select id, email as name from mailboxes where team_id = $1 and id = any($2::text[])
     union all select id, name from sequences where team_id = $1 and id = any($2::text[])`,
    [teamId, ids],
  );
}
