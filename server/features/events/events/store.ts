// What happened, as rows that are only ever added. The audit log, the feed and the webhooks read them.
//
// Events outlive their subjects, and must hold no data of a deleted person. So `data` holds ids, counts, codes and the
// names of changed fields, and never a contact's name, address or mails. Readers fetch the subject by its id.
//
// The feed's order is (written_in, position). Positions are drawn before commit, so a reader that took them as they
// come would skip one that commits later; it stops at the oldest transaction still open. A long transaction, anywhere
// on the server, therefore delays the feed, and never loses anything.

import type { Act } from "../../../app.ts";
import type { Db } from "../../../db/connect.ts";
import type { EventType, Happening, SubjectType } from "../../../domain/insight/event-words.ts";
import { newId } from "../../../kernel/ids.ts";

export type { EventType, Happening, SubjectType } from "../../../domain/insight/event-words.ts";

export type EventRow = {
  id: string;
  type: EventType;
  occurredAt: Temporal.Instant;
  userId: string | null;
  userName: string | null;
  /** Where the subject is a person of the team, or a contact who is still there: read from them, not from the event. */
  subjectName: string | null;
  apiKeyId: string | null;
  /** The application that acted for a user, by the access they granted. */
  applicationId: string | null;
  applicationName: string | null;
  cause: string;
  address: string | null;
  requestId: string | null;
  subjectType: SubjectType;
  subjectId: string;
  /** With `position`, its place in the feed. */
  writtenIn: string;
  position: number;
  data: Record<string, unknown>;
};

/** The user an event is credited to. Before a caller exists (signing in), the user it is about. */
export type By = Pick<Act, "db" | "now" | "origin"> & {
  teamId: string;
  userId: string | null;
  apiKeyId: string | null;
  applicationId?: string | null;
};

export function byCaller({ db, now, origin, caller }: Pick<Act, "db" | "now" | "origin" | "caller">): By {
  const { credential, teamId, userId } = caller;
  const apiKeyId = credential.kind === "key" ? credential.id : null;
  const applicationId = credential.kind === "token" ? credential.applicationId : null;
  return { db, now, origin, teamId, userId, apiKeyId, applicationId };
}

/** Written in the transaction of what it tells of: the one does not exist without the other. Answers their ids. */
export function record(by: By, ...happenings: Happening[]) {
  return write(by, happenings);
}

/** How many at once: what one statement takes in well. */
const AT_ONCE = 10_000;

/** The same of as many as there are. */
export async function recordAll(by: By, happenings: readonly Happening[]) {
  for (let start = 0; start < happenings.length; start += AT_ONCE)
    await write(by, happenings.slice(start, start + AT_ONCE));
}

async function write(by: By, happenings: readonly Happening[]) {
  const { db, now, origin, teamId, userId, apiKeyId, applicationId = null } = by;
  const events = happenings.map(({ type, subject, data }) => ({
    id: newId(),
    type,
    subject_type: subject.type,
    subject_id: subject.id,
    data: data ?? {},
  }));
  await db.run(
    `insert into events (team_id, id, type, occurred_at, user_id, api_key_id, application_id, cause, address, request_id,
                         chain, subject_type, subject_id, data)
     select $1, e.id, e.type, $2, $3, $4, $5, $6, $7, $8, $9, e.subject_type, e.subject_id, e.data
       from jsonb_to_recordset($10::jsonb) as e (id text, type text, subject_type text, subject_id text, data jsonb)`,
    [
      teamId,
      now,
      userId,
      apiKeyId,
      applicationId,
      origin.cause,
      origin.address,
      origin.requestId,
      origin.chain ?? null,
      JSON.stringify(events),
    ],
  );
  return events.map(({ id }) => id);
}

export type PastHappening = Happening & { at: Temporal.Instant; userId: string | null };

/** What happened before this transaction, each at its own time: for a history that is written down afterwards. */
export function recordPast(db: Db, teamId: string, happenings: readonly PastHappening[], cause: string) {
  const events = happenings.map(({ type, subject, data, at, userId }) => ({
    id: newId(),
    type,
    at,
    user_id: userId,
    subject_type: subject.type,
    subject_id: subject.id,
    data: data ?? {},
  }));
  return db.run(
    `insert into events (team_id, id, type, occurred_at, user_id, cause, subject_type, subject_id, data)
     select $1, e.id, e.type, e.at, e.user_id, $2, e.subject_type, e.subject_id, e.data
       from jsonb_to_recordset($3::jsonb) as e (id text, type text, at timestamptz, user_id text, subject_type text,
            subject_id text, data jsonb)`,
    [teamId, cause, JSON.stringify(events)],
  );
}

type EventFilter = {
  since: Temporal.Instant | null;
  actorId: string | null;
  subjectId: string | null;
  /** `noun.verb`, `noun.*` or `*`; null for all. */
  types: readonly string[] | null;
  beforeId: string | null;
  limit: number;
};

/** Few among millions, and looked for by themselves: they have an index of their own. */
const REFUSED = "access.refused";

export function searchEvents(db: Db, teamId: string, filter: EventFilter) {
  const isRare = filter.types?.every((type) => type === REFUSED) ?? false;
  return db.rows<EventRow>(
    `select e.id, e.type, e.occurred_at, e.user_id, e.api_key_id, e.application_id, a.name as application_name, e.cause, e.address, e.request_id,
            e.subject_type, e.subject_id, e.data, e.written_in::text, e.position,
            coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email) as user_name,
            coalesce(nullif(concat_ws(' ', s.first_name, s.last_name), ''), s.email, c.name, c.email) as subject_name
       from events e
       left join users u on u.team_id = e.team_id and u.id = e.user_id
       left join oauth_applications a on a.team_id = e.team_id and a.id = e.application_id
       left join users s on e.subject_type = 'user' and s.team_id = e.team_id and s.id = e.subject_id
       left join contacts c on e.subject_type = 'contact' and c.team_id = e.team_id and c.id = e.subject_id
      where e.team_id = $1
        and ($2::timestamptz is null or e.occurred_at >= $2)
        and ($3::text is null or $3 in (e.user_id, e.api_key_id, e.application_id, e.data ->> 'asked_by'))
        and ($4::text is null or e.subject_id = $4)
        and ($5::text is null or (e.written_in, e.position) <
              (select written_in, position from events where team_id = $1 and id = $5))
        and ($7::text[] is null or event_matches(e.type, $7))
        ${isRare ? `and e.type = '${REFUSED}'` : ""}
      order by e.written_in desc, e.position desc
      limit $6`,
    [teamId, filter.since, filter.actorId, filter.subjectId, filter.beforeId, filter.limit, filter.types],
  );
}

/** A place in the feed, in the numbers of now. */
export type FeedCursor = { writtenIn: string; position: number };

export const FEED_START: FeedCursor = { writtenIn: "0", position: 0 };

type FeedFilter = {
  after: FeedCursor;
  /** `noun.verb`, `noun.*` or `*`; null for all. */
  types: readonly string[] | null;
  /** Whether what concerns people's access is told too. */
  showsAccess: boolean;
  limit: number;
};

/** SQL: it concerns people's access. */
export const ABOUT_ACCESS =
  "split_part(type, '.', 1) in ('team', 'user', 'session', 'password', 'access', 'api_key', 'application', 'sql_login', 'webhook')";

/** The next events in the feed's order, none of which another can still come before. */
export function readFeed(db: Db, teamId: string, { after, types, showsAccess, limit }: FeedFilter) {
  return db.rows<EventRow>(
    `select id, type, occurred_at, user_id, api_key_id, cause, address, request_id, subject_type, subject_id, data,
            written_in::text, position, null as user_name, null as subject_name, application_id, null as application_name
       from events
      where team_id = $1
        -- A place that lies ahead of this server's count is of a state that was put back under it: from the beginning.
        and (written_in, position) >
              (case when $2::xid8 > pg_snapshot_xmax(pg_current_snapshot()) then '0' else $2::xid8 end, $3::bigint)
        and written_in < pg_snapshot_xmin(pg_current_snapshot())
        and ($4::text[] is null or event_matches(type, $4))
        and ($5 or not ${ABOUT_ACCESS})
      order by events.written_in, events.position -- by the number: unqualified it would be the text above
      limit $6`,
    [teamId, after.writtenIn, after.position, types, showsAccess, limit],
  );
}

export function findEvents(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<EventRow>(
    `select id, type, occurred_at, user_id, api_key_id, cause, address, request_id, subject_type, subject_id, data,
            written_in::text, position, null as user_name, null as subject_name, application_id, null as application_name
       from events where team_id = $1 and id = any($2)`,
    [teamId, ids],
  );
}

/** The position just before the first event of that time, for callers without a cursor. */
export async function cursorAt(db: Db, teamId: string, at: Temporal.Instant): Promise<FeedCursor> {
  const first = await db.row<FeedCursor>(
    `select written_in::text, position - 1 as position from events
      where team_id = $1 and occurred_at >= $2
      order by events.written_in, events.position
      limit 1`,
    [teamId, at],
  );
  return first ?? horizon(db);
}

/** Just before everything that is not yet certain: what commits from now on comes after it. */
async function horizon(db: Db): Promise<FeedCursor> {
  const row = await db.row<FeedCursor>(
    "select pg_snapshot_xmin(pg_current_snapshot())::text as written_in, 0 as position",
  );
  return row ?? FEED_START;
}
