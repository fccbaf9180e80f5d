import type { Db } from "../../../db/connect.ts";
import type { Booking } from "../../../domain/receiving/bookings.ts";

export type BookingOfContact = Booking & { contactId: string };

/**
 * A booking that was cancelled stays so: programs report in any order, and more than once. Answers those that are news, with the email
 * that they count for.
 */
export function writeBooked(
  db: Db,
  teamId: string,
  { program, id, contactId, title, startsAt }: BookingOfContact,
  now: Temporal.Instant,
) {
  return db.row<{ messageId: string | null; sequenceId: string | null }>(
    `with last as (
       select id, sequence_id from messages
        where team_id = $1 and contact_id = $4 and delivery = 'sent' and copy_of is null and completed_at <= $7
        order by completed_at desc limit 1
     ), made as (
       insert into bookings (team_id, id, program, external_id, contact_id, message_id, title, starts_at, state, booked_at)
       values ($1, new_ident(), $2, $3, $4, (select id from last), $5, $6, 'booked', $7)
       on conflict (team_id, program, external_id) do nothing
       returning message_id)
     select m.message_id, l.sequence_id from made m left join last l on true`,
    [teamId, program, id, contactId, title, startsAt, now],
  );
}

/** Answers the email that no longer counts it, where the booking was known and stood. */
export async function writeCancelled(
  db: Db,
  teamId: string,
  { program, id, contactId, title, startsAt }: BookingOfContact,
  now: Temporal.Instant,
) {
  const before = await db.row<{ state: string; messageId: string | null }>(
    "select state, message_id from bookings where team_id = $1 and program = $2 and external_id = $3 for no key update",
    [teamId, program, id],
  );
  await db.run(
    `insert into bookings (team_id, id, program, external_id, contact_id, title, starts_at, state, booked_at, cancelled_at)
     values ($1, new_ident(), $2, $3, $4, $5, $6, 'cancelled', $7, $7)
     on conflict (team_id, program, external_id) do update set state = 'cancelled', cancelled_at = coalesce(bookings.cancelled_at, $7)`,
    [teamId, program, id, contactId, title, startsAt, now],
  );
  return before?.state === "booked" ? before : null;
}

/** An email counts a meeting as long as one of the bookings after it stands. */
export function countMeetings(db: Db, teamId: string, messageIds: readonly string[]) {
  return db.run(
    `update messages m set demoed_at = n.at
       from (select o.id, (select min(b.booked_at) from bookings b where b.team_id = $1 and b.message_id = o.id and b.state = 'booked') as at
               from unnest($2::text[]) as o (id)) n
      where m.team_id = $1 and m.id = n.id and m.demoed_at is distinct from n.at`,
    [teamId, messageIds],
  );
}
