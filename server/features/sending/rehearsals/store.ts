// Whom to try a sequence out with, and who has yet to get which mails.

import type { Db } from "../../../db/connect.ts";
import type { Someone as AnyOrNone } from "../../../domain/sending/rehearsal.ts";
import { whereabouts } from "../../sequences/holidays/store.ts";

type Someone = NonNullable<AnyOrNone>;

export function findSomeone(db: Db, teamId: string, id: string) {
  return db.row<Someone>(
    `select id, name, email, ${whereabouts("contacts")} from contacts where team_id = $1 and id = $2`,
    [teamId, id],
  );
}

/** A contact of the sequence, and where there is none, the contact that was created last. */
export async function findAnybody(db: Db, teamId: string, sequenceId: string) {
  const member = await db.row<Someone>(
    `select c.id, c.name, c.email, ${whereabouts("c")}
       from enrollments e
       join contacts c on c.team_id = e.team_id and c.id = e.contact_id
      where e.team_id = $1 and e.sequence_id = $2 and e.state in ('active', 'paused')
      order by e.id desc limit 1`,
    [teamId, sequenceId],
  );
  return (
    member ??
    db.row<Someone>(
      `select id, name, email, ${whereabouts("contacts")} from contacts
        where team_id = $1 and email is not null order by created_at desc, id desc limit 1`,
      [teamId],
    )
  );
}

/** Their own before everybody's, the default one before the others. */
export function findOwnSender(db: Db, teamId: string, userId: string) {
  return db.row<{ id: string; email: string }>(
    `select id, email from mailboxes
      where team_id = $1 and is_active and revoked_at is null and (user_id = $2 or visibility = 'everyone')
      order by user_id = $2 desc, is_default desc, created_at, id limit 1`,
    [teamId, userId],
  );
}

type OnTheWay = { contactId: string; mailboxId: string | null; position: number };

/** With the position of the step that they wait for. */
export function listOnTheWay(db: Db, teamId: string, sequenceId: string, limit: number) {
  return db.rows<OnTheWay>(
    `select e.contact_id, e.mailbox_id, coalesce(s.position, 1) as position
       from enrollments e
       left join sequence_steps s on s.team_id = e.team_id and s.id = e.current_step_id
      where e.team_id = $1 and e.sequence_id = $2 and e.state in ('active', 'paused')
      order by e.id limit $3`,
    [teamId, sequenceId, limit],
  );
}
