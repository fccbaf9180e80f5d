// Contacts who join while another sequence is busy with them, and are to wait for it.

import type { Db } from "../../../db/connect.ts";
import { REASONS } from "../../../domain/enrollments/enrollment.ts";

const WAITS = (row: string) =>
  `${row}.state = 'paused' and ${row}.inactive_reason = '${REASONS.inAnotherSequence}'`;

/**
 * Whether another sequence that is switched on has the contact of this row. Of several that wait for each other the one that
 * joined first goes first.
 */
export const isBusyElsewhere = (row: string) => `exists (
  select from enrollments other
    join sequences elsewhere on elsewhere.team_id = other.team_id and elsewhere.id = other.sequence_id
   where other.team_id = ${row}.team_id and other.contact_id = ${row}.contact_id and other.sequence_id <> ${row}.sequence_id
     and other.state in ('active', 'paused') and elsewhere.is_active and elsewhere.archived_at is null
     and not (${WAITS("other")} and (other.added_at, other.id) > (${row}.added_at, ${row}.id)))`;

/**
 * The contacts whom another sequence is busy with. That sequence cannot finish before the transaction ends, because a
 * contact that is just starting to wait would miss it.
 */
export async function holdBusyElsewhere(
  db: Db,
  teamId: string,
  sequenceId: string,
  contactIds: readonly string[],
  holds: boolean,
) {
  const rows = await db.rows<{ contactId: string }>(
    `select e.contact_id from enrollments e
       join sequences s on s.team_id = e.team_id and s.id = e.sequence_id
      where e.team_id = $1 and e.contact_id = any($3::text[]) and e.sequence_id <> $2
        and e.state in ('active', 'paused') and s.is_active and s.archived_at is null
      order by e.id ${holds ? "for share of e" : ""}`,
    [teamId, sequenceId, contactIds],
  );
  return new Set(rows.map(({ contactId }) => contactId));
}

/**
 * Finds contacts who wait for no sequence any more and were not woken: what they waited for was switched off while they
 * were paused there.
 */
export function wakeWaiting(db: Db, teamId: string, now: Temporal.Instant) {
  return db.run(
    `update enrollments e set resume_at = $2
      where e.team_id = $1 and ${WAITS("e")} and e.resume_at is null and not ${isBusyElsewhere("e")}`,
    [teamId, now],
  );
}
