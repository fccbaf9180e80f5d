// What happened, as rows that are only ever added. The audit log reads them.

import type { Act } from "../../app.ts";
import type { Db } from "../../db/connect.ts";
import { newId } from "../../ids.ts";

export type EventType =
  | "team.created"
  | "team.changed"
  | "user.invited"
  | "user.joined"
  | "user.changed"
  | "user.deactivated"
  | "user.reactivated"
  | "session.started"
  | "session.ended"
  | "session.refused"
  | "password.changed"
  | "api_key.created"
  | "api_key.rotated"
  | "api_key.revoked"
  | "call.logged"
  | "call.updated"
  | "note.created"
  | "note.updated"
  | "note.deleted"
  | "task.created"
  | "task.updated"
  | "task.completed"
  | "task.skipped"
  | "deal.created"
  | "deal.updated"
  | "deal.stage_changed"
  | "deal.deleted"
  | "suppression.created"
  | "suppression.deleted"
  | "suppression.imported"
  | "email_account.connected"
  | "email_account.changed"
  | "email_account.tested"
  | "email_account.disconnected";

export type SubjectType =
  | "team"
  | "user"
  | "session"
  | "api_key"
  | "email_account"
  | "suppression"
  | "deal"
  | "task"
  | "call"
  | "note";

export type Happening = {
  type: EventType;
  subject: { type: SubjectType; id: string };
  data?: Record<string, unknown>;
};

export type EventRow = {
  id: string;
  type: EventType;
  occurredAt: Temporal.Instant;
  userId: string | null;
  userName: string | null;
  /** Where the subject is a person of the team. */
  subjectName: string | null;
  apiKeyId: string | null;
  cause: string;
  address: string | null;
  requestId: string | null;
  subjectType: SubjectType;
  subjectId: string;
  data: Record<string, unknown>;
};

/** Who an event is laid to. Before a caller exists (signing in), the person it is about. */
export type By = Pick<Act, "db" | "now" | "origin"> & {
  teamId: string;
  userId: string | null;
  apiKeyId: string | null;
};

export function byCaller({ db, now, origin, caller }: Act): By {
  const apiKeyId = caller.credential.kind === "key" ? caller.credential.id : null;
  return { db, now, origin, teamId: caller.teamId, userId: caller.userId, apiKeyId };
}

/** Written in the transaction of what it tells of: the one does not exist without the other. */
export async function record({ db, now, origin, teamId, userId, apiKeyId }: By, ...happenings: Happening[]) {
  await db.run(
    `insert into events (team_id, id, type, occurred_at, user_id, api_key_id, cause, address, request_id,
                         subject_type, subject_id, data)
     select $1, e.id, e.type, $2, $3, $4, $5, $6, $7, e.subject_type, e.subject_id, e.data
       from jsonb_to_recordset($8::jsonb) as e (id text, type text, subject_type text, subject_id text, data jsonb)`,
    [
      teamId,
      now,
      userId,
      apiKeyId,
      origin.cause,
      origin.address,
      origin.requestId,
      JSON.stringify(
        happenings.map(({ type, subject, data }) => ({
          id: newId(),
          type,
          subject_type: subject.type,
          subject_id: subject.id,
          data: data ?? {},
        })),
      ),
    ],
  );
}

export type EventFilter = {
  since: Temporal.Instant | null;
  actorId: string | null;
  subjectId: string | null;
  beforeId: string | null;
  limit: number;
};

export function searchEvents(db: Db, teamId: string, filter: EventFilter) {
  return db.rows<EventRow>(
    `select e.id, e.type, e.occurred_at, e.user_id, e.api_key_id, e.cause, e.address, e.request_id,
            e.subject_type, e.subject_id, e.data,
            coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email) as user_name,
            coalesce(nullif(concat_ws(' ', s.first_name, s.last_name), ''), s.email) as subject_name
       from events e
       left join users u on u.team_id = e.team_id and u.id = e.user_id
       left join users s on e.subject_type = 'user' and s.team_id = e.team_id and s.id = e.subject_id
      where e.team_id = $1
        and ($2::timestamptz is null or e.occurred_at >= $2)
        and ($3::text is null or $3 in (e.user_id, e.api_key_id))
        and ($4::text is null or e.subject_id = $4)
        and ($5::text is null or (e.written_in, e.position) <
              (select written_in, position from events where team_id = $1 and id = $5))
      order by e.written_in desc, e.position desc
      limit $6`,
    [teamId, filter.since, filter.actorId, filter.subjectId, filter.beforeId, filter.limit],
  );
}
