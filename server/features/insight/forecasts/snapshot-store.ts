// All active enrollments and what they depend on, at one moment.

import type { Db } from "../../../db/connect.ts";
import type { Ramp } from "../../../domain/basics/ramp.ts";
import type { Touched } from "../../../domain/sequences/touches.ts";
import type { Whereabouts } from "../../../domain/time/holiday-calendars.ts";
import { FIRST_EMAIL, firstEmail } from "../../gate/facts/sending-store.ts";
import { elsewhereMoments } from "../../mailboxes/sent-elsewhere/store.ts";
import { whereabouts } from "../../sequences/holidays/store.ts";

export type TravellerRow = Whereabouts & {
  id: string;
  sequenceId: string;
  stepId: string | null;
  mailboxId: string | null;
  state: "active" | "paused";
  dueAt: Temporal.Instant | null;
  resumeAt: Temporal.Instant | null;
  score: number;
  contactId: string;
  companyKey: string | null;
  email: string | null;
  /** When the mail of this step, where it is planned, is looked at next. */
  nextCheckAt: Temporal.Instant | null;
  rank: number | null;
};

type Batch = { after: string; limit: number };

/** A batch of them, by their ids; from these mailboxes only, where some are named. */
export function listTravellers(
  db: Db,
  teamId: string,
  {
    sequenceIds,
    mailboxIds,
    after,
    limit,
  }: Batch & { sequenceIds: readonly string[]; mailboxIds: readonly string[] | null },
) {
  return db.rows<TravellerRow>(
    `${TRAVELLERS} and e.sequence_id = any($2::text[]) and ($5::text[] is null or e.mailbox_id = any($5::text[]))
        and e.id > $3
      order by e.id limit $4`,
    [teamId, sequenceIds, after, limit, mailboxIds],
  );
}

/** These, likewise. */
export function listThese(db: Db, teamId: string, { ids, after, limit }: Batch & { ids: readonly string[] }) {
  return db.rows<TravellerRow>(
    `${TRAVELLERS} and e.id = any($2::text[]) and e.id > $3
      order by e.id limit $4`,
    [teamId, ids, after, limit],
  );
}

const TRAVELLERS = `select e.id, e.sequence_id, e.current_step_id as step_id, e.mailbox_id, e.state, e.due_at, e.resume_at,
            ${whereabouts("c")}, c.prospect_score as score, c.email, c.id as contact_id, c.company_key, m.next_check_at, m.rank
       from enrollments e
       join contacts c on c.team_id = e.team_id and c.id = e.contact_id
       left join messages m on m.team_id = e.team_id and m.enrollment_id = e.id and m.step_id = e.current_step_id
                           and m.copy_of is null and m.delivery = 'planned'
      where e.team_id = $1 and e.state in ('active', 'paused')`;

/** Which sequences are sent from which mailboxes. */
export function listPairs(db: Db, teamId: string, sequenceIds: readonly string[]) {
  return db.rows<{ sequenceId: string; mailboxId: string }>(
    `select distinct sequence_id, mailbox_id from enrollments
      where team_id = $1 and sequence_id = any($2::text[]) and state in ('active', 'paused') and mailbox_id is not null`,
    [teamId, sequenceIds],
  );
}

export async function countTravellers(db: Db, teamId: string, sequenceIds: readonly string[], most: number) {
  const row = await db.row<{ count: number }>(
    `select count(*) as count from (
       select 1 from enrollments
        where team_id = $1 and sequence_id = any($2::text[]) and state in ('active', 'paused') limit $3 + 1) e`,
    [teamId, sequenceIds, most],
  );
  return row?.count ?? 0;
}

export function listRunning(db: Db, teamId: string) {
  return db.rows<{ id: string }>("select id from sequences where team_id = $1 and is_active order by id", [
    teamId,
  ]);
}

export type LaneRow = {
  id: string;
  userId: string;
  /** Its own, which a ramp comes to. */
  dailyLimit: number | null;
  ramp: Ramp | null;
  rampStanding: { sendingDays: number; hold: unknown } | null;
  hourlyLimit: number | null;
  gapSeconds: number | null;
  backoffUntil: Temporal.Instant | null;
  isConnected: boolean;
  sentAt: Temporal.Instant[];
  newLimit: number | null;
  /** Of those, the first emails that contacts got of a sequence; none where they are not limited. */
  newSentAt: Temporal.Instant[];
};

/** With what they have sent within a day. */
export function listLanes(db: Db, teamId: string, now: Temporal.Instant) {
  return db.rows<LaneRow>(
    `select m.id, m.user_id, m.daily_limit, m.ramp, m.ramp_standing, m.hourly_limit, m.gap_seconds, m.backoff_until,
            m.new_contacts_limit as new_limit,
            case when m.new_contacts_limit is null then '{}'
                 else coalesce((select array_agg(s.released_at order by s.released_at) from messages s
                                 where s.team_id = m.team_id and s.mailbox_id = m.id and s.released_at > $2::timestamptz - interval '24 hours'
                                   and s.released_at <= $2 and s.delivery in ('sent', 'dot', 'unconfirmed') and ${FIRST_EMAIL}), '{}') end as new_sent_at,
            m.is_active and m.revoked_at is null and u.deactivated_at is null as is_connected,
            coalesce((select array_agg(t.at order by t.at) from (
                      select s.released_at as at from messages s
                       where s.team_id = m.team_id and s.mailbox_id = m.id and s.released_at > $2::timestamptz - interval '24 hours'
                         and s.released_at <= $2 and s.delivery in ('sent', 'dot', 'unconfirmed')
                      union all ${elsewhereMoments("x.sent_at > $2::timestamptz - interval '24 hours' and x.sent_at <= $2")}) t), '{}') as sent_at
       from mailboxes m
       join users u on u.team_id = m.team_id and u.id = m.user_id
      where m.team_id = $1 order by m.id`,
    [teamId, now],
  );
}

/** Done since the day began, and open ones of no enrollment: those of enrollments are opened once more in the forecast. */
export function linkedInTaken(
  db: Db,
  teamId: string,
  types: readonly string[],
  day: { began: Temporal.Instant; ends: Temporal.Instant },
) {
  return db.rows<{ userId: string; type: string; count: number }>(
    `select user_id, type, count(*) as count from tasks
      where team_id = $1 and type = any($2::text[])
        and (status = 'completed' and completed_at >= $3 or status = 'scheduled' and due_at < $4 and enrollment_id is null)
      group by 1, 2`,
    [teamId, types, day.began, day.ends],
  );
}

type OwnMail = Omit<Touched, "hasSentMail"> & {
  id: string;
  mailboxId: string;
  nextCheckAt: Temporal.Instant;
  rank: number | null;
  touchReason: string | null;
};

/** Mails that people have written and set a time for. */
export function listOwnMails(db: Db, teamId: string) {
  return db.rows<OwnMail>(
    `select m.id, m.mailbox_id, m.next_check_at, m.rank, m.touch_reason, c.id as contact_id, c.company_key, c.email from messages m
       left join contacts c on c.team_id = m.team_id and c.id = m.contact_id
      where m.team_id = $1 and m.delivery = 'planned' and m.enrollment_id is null and m.mailbox_id is not null
        and m.next_check_at is not null
      order by m.id`,
    [teamId],
  );
}

export function sentByDomain(db: Db, teamId: string, now: Temporal.Instant) {
  return db.rows<{ domain: string; sentAt: Temporal.Instant[] }>(
    `select lower(split_part(to_email, '@', 2)) as domain, array_agg(released_at order by released_at) as sent_at from messages
      where team_id = $1 and released_at >= date_trunc('minute', $2::timestamptz) - interval '24 hours' and released_at <= $2
        and delivery in ('sent', 'dot', 'unconfirmed') and to_email is not null
      group by 1`,
    [teamId, now],
  );
}

type SentToRecipient = {
  mailboxId: string;
  recipientProvider: string | null;
  hostDigest: string | null;
  at: Temporal.Instant;
};

/** What mailboxes have sent within a day, by what limits per provider and domain count it; the oldest first. */
export function listSentToRecipients(db: Db, teamId: string, now: Temporal.Instant) {
  return db.rows<SentToRecipient>(
    `select mailbox_id, recipient_provider, host_digest, released_at as at from messages
      where team_id = $1 and released_at > $2::timestamptz - interval '24 hours' and released_at <= $2
        and delivery in ('sent', 'dot', 'unconfirmed') and mailbox_id is not null
      order by released_at`,
    [teamId, now],
  );
}

type SnapshotTouch = Touched & { isMail: boolean; isCopy: boolean; at: Temporal.Instant };

/** Everybody who was touched in so many days, as `touches_of` has it for one of them; the oldest first. */
export function listTouchesSince(
  db: Db,
  teamId: string,
  { days, tellsFirst, now }: { days: number; tellsFirst: boolean; now: Temporal.Instant },
) {
  return db.rows<SnapshotTouch>(
    `with since as (select date_trunc('minute', $2::timestamptz) - interval '1 microsecond' - $3::int * interval '24 hours' as at)
     select t.contact_id, c.company_key, coalesce(t.email, c.email) as email, t.is_mail, t.is_copy, t.has_sent_mail, t.at from (
       select m.contact_id, m.to_email as email, true as is_mail, m.copy_of is not null as is_copy, m.released_at as at,
              case when $4 then not (${firstEmail("m")}) else true end as has_sent_mail
         from messages m, since
        where m.team_id = $1 and m.released_at > since.at and m.released_at <= $2 and m.delivery in ('sent', 'dot', 'unconfirmed')
       union all
       select k.contact_id, null, false, false, k.completed_at, true
         from tasks k, since
        where k.team_id = $1 and k.status = 'completed' and k.completed_at > since.at
          and k.type not in ('action_item', 'outreach_manual_email')
       union all
       select k.contact_id, null, false, false, coalesce(k.started_at, k.created_at), true
         from calls k, since
        where k.team_id = $1 and not k.is_inbound and k.is_logged and coalesce(k.started_at, k.created_at) > since.at
          and not exists (select from tasks o where o.team_id = k.team_id and o.id = k.task_id and o.status = 'completed')) t
       left join contacts c on c.team_id = $1 and c.id = t.contact_id
      order by t.at`,
    [teamId, now, days, tellsFirst],
  );
}
