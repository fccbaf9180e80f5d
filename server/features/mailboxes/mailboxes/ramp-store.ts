import type { Db } from "../../../db/connect.ts";
import type { Ramp, RampDay, RampHold } from "../../../domain/basics/ramp.ts";
import { notAside } from "../../events/set-aside/store.ts";

/**
 * What each day since then came to that is over by now, in the zone's calendar. An email that was refused at once was never
 * released: it counts as one that came back on the day of the refusal.
 */
export function daysSince(
  db: Db,
  teamId: string,
  mailboxId: string,
  { from, before, zone }: { from: Temporal.Instant; before: Temporal.Instant; zone: string },
) {
  return db.rows<RampDay>(
    `select ((at at time zone $5)::date)::text as day, sum(sent)::int as sent, sum(refused)::int as refused, sum(bounced)::int as bounced, sum(complained)::int as complained
       from (select m.released_at as at, 1 as sent, 0 as refused, (m.has_bounced is true or m.is_spam_blocked is true)::int as bounced,
                    (exists (select from incoming_mails i
                              where i.team_id = m.team_id and i.message_id = m.id and i.kind = 'complaint' and i.certainty = 'sure'))::int as complained
               from messages m
              where m.team_id = $1 and m.mailbox_id = $2 and m.released_at >= $3 and m.released_at < $4
                and m.delivery in ('sent', 'dot', 'unconfirmed')
              union all
             select m.failed_at, 0, 1, 1, 0
               from messages m
              where m.team_id = $1 and m.mailbox_id = $2 and m.failed_at >= $3 and m.failed_at < $4
                and m.delivery = 'failed' and (m.has_bounced or m.is_spam_blocked)) each
      group by 1`,
    [teamId, mailboxId, from, before, zone],
  );
}

export type Ramping = { id: string; ramp: Ramp; rampBeganAt: Temporal.Instant };

/** A few, those that waited longest first. */
export function rampsDue(db: Db, teamId: string, now: Temporal.Instant) {
  return db.rows<Ramping>(
    `select m.id, m.ramp, m.ramp_began_at from mailboxes m
      where m.team_id = $1 and m.ramp is not null and m.ramp_due_at <= $2 and m.revoked_at is null and ${notAside("follow-ramps", "m.id")}
      order by m.ramp_due_at, m.id limit 50`,
    [teamId, now],
  );
}

type ReckonedRow = {
  id: string;
  limit: number;
  sendingDays: number;
  hold: RampHold | null;
  dueAt: string | null;
};

/** Locked in the order of their ids: other work, such as claims, locks mailboxes without the lock of their list. */
export function writeReckoned(db: Db, teamId: string, rows: readonly ReckonedRow[]) {
  return db.run(
    `with locked as (
       select m.id from mailboxes m
        where m.team_id = $1 and m.id in (select n.id from jsonb_to_recordset($2::jsonb) as n (id text))
        order by m.id for no key update
     )
     update mailboxes m
        set ramp_limit = n."limit", ramp_standing = jsonb_build_object('sendingDays', n."sendingDays", 'hold', n."hold"),
            ramp_due_at = n."dueAt"
       from locked join jsonb_to_recordset($2::jsonb) as n ("id" text, "limit" int, "sendingDays" int, "hold" jsonb, "dueAt" timestamptz)
              on n."id" = locked.id
      where m.team_id = $1 and m.id = locked.id and m.ramp is not null`,
    [teamId, JSON.stringify(rows)],
  );
}
