// What happened to one record, newest first: the events about it, with who did it and, where a contact was not
// enrolled, why.

import type { Db } from "../../../db/connect.ts";
import type { IneligibleReason } from "../../../domain/enrollments/eligibility.ts";
import { seesSequence } from "../../access/sharing/sight-store.ts";
import { ABOUT_ACCESS, type EventType } from "../../events/events/store.ts";

export type PastEvent = {
  type: EventType;
  at: Temporal.Instant;
  cause: string;
  userId: string | null;
  userName: string | null;
  apiKeyId: string | null;
  contactName: string | null;
  sequenceName: string | null;
  data: Record<string, unknown>;
  /** Of contacts who were not enrolled. */
  reasons: IneligibleReason[] | null;
};

export const MOST_TOLD = 50;

const EVENT = `e.type, e.occurred_at as at, e.cause, e.user_id, e.api_key_id, e.subject_type, e.subject_id, e.data,
              e.written_in, e.position`;

// Of a contact also what happened to them in sequences, each side by its own index.
const ABOUT = {
  subjects: `select ${EVENT} from events e where e.team_id = $1 and e.subject_id = any($2::text[])
              order by e.written_in desc, e.position desc limit ${MOST_TOLD}`,
  contact: `(select ${EVENT} from events e where e.team_id = $1 and e.subject_id = any($2::text[])
              order by e.written_in desc, e.position desc limit ${2 * MOST_TOLD})
            union
            (select ${EVENT} from team_events e
              where e.team_id = $1 and e.data ? 'contact_id' and e.data ->> 'contact_id' = any($2::text[])
              order by e.written_in desc, e.position desc limit ${2 * MOST_TOLD})`,
} as const;

type HistoryViewer = { userId: string; isAdmin: boolean };

/** Sequences that are hidden from the viewer are left out, as in the activity feed. */
export function historyOf(
  db: Db,
  teamId: string,
  about: keyof typeof ABOUT,
  ids: readonly string[],
  viewer: HistoryViewer,
) {
  return db.rows<PastEvent>(
    `select e.type, e.at, e.cause, e.user_id, e.api_key_id, e.data, s.name as sequence_name,
            coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email) as user_name,
            -- Looked up one by one: there are many contacts and verdicts, and few events.
            (select coalesce(c.name, c.email) from contacts c
              where c.team_id = $1
                and c.id = case when e.subject_type = 'contact' then e.subject_id else e.data ->> 'contact_id' end) as contact_name,
            case when e.type = 'enrollment.skipped' then
              (select v.reasons from verdicts v
                where v.team_id = $1 and v.request_id = e.data ->> 'request_id' and v.contact_id = e.data ->> 'contact_id')
            end as reasons
       from (${ABOUT[about]}) e
       left join users u on u.team_id = $1 and u.id = e.user_id
       left join sequences s on s.team_id = $1 and s.id = e.data ->> 'sequence_id'
      where ${seesSequence("$3", "s.id")}
      order by e.written_in desc, e.position desc
      limit ${MOST_TOLD}`,
    [teamId, ids, viewer.isAdmin ? null : viewer.userId],
  );
}

export type FeedSearch = {
  sequenceId: string;
  /** `noun.verb`, `noun.*` or `*`; null for all. */
  types: readonly string[] | null;
  contactId: string | null;
  userId: string | null;
  before: { writtenIn: string; position: number } | null;
  limit: number;
};

export type FedEvent = PastEvent & {
  id: string;
  contactId: string | null;
  writtenIn: string;
  position: number;
};

const WHOSE = `case when e.subject_type = 'contact' then e.subject_id else e.data ->> 'contact_id' end`;

/** `$1` is the team; `events` is SQL. */
const fed = (events: string, limit: string) => `
  select e.id, e.type, e.occurred_at as at, e.cause, e.user_id, e.api_key_id, e.data, e.written_in::text, e.position,
         s.name as sequence_name,
         coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email) as user_name,
         c.id as contact_id, coalesce(c.name, c.email) as contact_name,
         case when e.type = 'enrollment.skipped' then
           (select v.reasons from verdicts v
             where v.team_id = $1 and v.request_id = e.data ->> 'request_id' and v.contact_id = e.data ->> 'contact_id')
         end as reasons
    from (${events}) e
    left join users u on u.team_id = $1 and u.id = e.user_id
    left join contacts c on c.team_id = $1 and c.id = ${WHOSE}
    left join sequences s on s.team_id = $1 and s.id = coalesce(e.data ->> 'sequence_id', e.subject_id)
   order by e.written_in desc, e.position desc
   limit ${limit}`;

/** What happened to a sequence, and in it, newest first; each side by its own index. */
export function feedOfSequence(db: Db, teamId: string, search: FeedSearch) {
  const narrowed = `e.team_id = $1
       and ($3::text[] is null and e.type <> 'promise.made' or event_matches(e.type, $3)) and ($4::text is null or ${WHOSE} = $4)
       and ($5::text is null or e.user_id = $5)
       and ($6::xid8 is null or (e.written_in, e.position) < ($6, $7::bigint))`;
  const newest = "order by e.written_in desc, e.position desc limit $8";
  const both = `
    (select e.* from team_events e where ${narrowed} and e.data ? 'sequence_id' and e.data ->> 'sequence_id' = $2 ${newest})
    union
    (select e.* from team_events e where ${narrowed} and e.subject_id = $2 ${newest})`;
  return db.rows<FedEvent>(fed(both, "$8"), [
    ...[teamId, search.sequenceId, search.types, search.contactId, search.userId],
    ...[search.before?.writtenIn ?? null, search.before?.position ?? null, search.limit],
  ]);
}

type TeamFeedSearch = Pick<FeedSearch, "types" | "before" | "limit"> & {
  from: Temporal.Instant | null;
  until: Temporal.Instant | null;
};

const OF_TEAM = `team_id = $1 and not ${ABOUT_ACCESS} and ($2::text[] is null or event_matches(type, $2))
  and ($3::timestamptz is null or occurred_at >= $3) and ($4::timestamptz is null or occurred_at < $4)`;

/** What happened in a team, newest first, without what concerns access. */
export function feedOfTeam(db: Db, teamId: string, search: TeamFeedSearch) {
  const events = `select * from team_events
     where ${OF_TEAM} and ($5::xid8 is null or (written_in, position) < ($5, $6::bigint))
     order by written_in desc, position desc limit $7`;
  return db.rows<FedEvent>(fed(events, "$7"), [
    ...[teamId, search.types, search.from, search.until],
    ...[search.before?.writtenIn ?? null, search.before?.position ?? null, search.limit],
  ]);
}

/** How many of each type on each day of that zone. */
export function countByDay(
  db: Db,
  teamId: string,
  { types, from, until, zone }: Omit<TeamFeedSearch, "before" | "limit"> & { zone: string },
) {
  return db.rows<{ date: string; type: string; count: number }>(
    `select (occurred_at at time zone $5)::date::text as date, type, count(*)::int as count from team_events
      where ${OF_TEAM} group by 1, 2 order by 1, 2`,
    [teamId, types, from, until, zone],
  );
}
