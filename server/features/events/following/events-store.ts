// The feed, read for what sets workflows off. The place is kept in the transaction of the candidates, so an event is looked
// at once; and nothing is passed over that commits late, as in the feed itself.

import type { Db } from "../../../db/connect.ts";
import type { FeedCursor, SubjectType } from "../events/store.ts";

/** As for webhooks: without a follower the cursor may lag far behind, so it is moved to the present. */
export async function readyWorkflowCursor(db: Db, teamId: string) {
  await db.run(
    `insert into workflow_cursors (team_id, written_in, position)
     values ($1, pg_snapshot_xmin(pg_current_snapshot()), 0)
     on conflict (team_id) do nothing`,
    [teamId],
  );
  await db.row("select 1 from workflow_cursors where team_id = $1 for update", [teamId]);
  await db.run(
    `update workflow_cursors set written_in = pg_snapshot_xmin(pg_current_snapshot()), position = 0
      where team_id = $1 and written_in < pg_snapshot_xmin(pg_current_snapshot())
        and not exists (select 1 from workflows where team_id = $1 and is_active and trigger ->> 'is' = 'event')`,
    [teamId],
  );
}

/** Null where another process holds it, or nothing follows events yet. */
export function lockWorkflowCursor(db: Db, teamId: string) {
  return db.row<FeedCursor>(
    "select written_in::text, position from workflow_cursors where team_id = $1 for update skip locked",
    [teamId],
  );
}

export type SettingOff = {
  workflowId: string;
  eventId: string;
  /** Who brought it about. */
  userId: string | null;
  subjectType: SubjectType;
  subjectId: string;
  data: Record<string, unknown>;
  contactId: string | null;
  recordIds: string[] | null;
  modality: string | null;
  chain: string[] | null;
};

const EVENTS_AT_ONCE = 1_000;

/** What an event sets off is about. */
export const TOLD_OF = `e.id as event_id, e.user_id, e.subject_type, e.subject_id, e.data, e.data ->> 'contact_id' as contact_id, e.chain,
            case when jsonb_typeof(e.data -> 'record_ids') = 'array'
                 then (select array_agg(r) from jsonb_array_elements_text(e.data -> 'record_ids') r) end as record_ids,
            e.data ->> 'modality' as modality`;

/** Whether an event is one that a trigger waits for: the running workflow asks it, and so does the look back. */
export const isWaitedForBy = (trigger: string) =>
  `event_matches(e.type, array[${trigger} ->> 'event']) and e.data @> (${trigger} -> 'data')`;

/** Events, each with each workflow that waits for such a one. */
export const SETTING_OFF = `
     select w.id as workflow_id, ${TOLD_OF}
       from events e
       join workflows w on w.team_id = $1 and w.is_active and w.trigger ->> 'is' = 'event'
        and ${isWaitedForBy("w.trigger")}
        and not pg_visible_in_snapshot(e.written_in, w.starts_in)
        and not (e.written_in = '3' and e.position <= coalesce(w.starts_after, 0))`;

/** The next events in the feed's order, each for each workflow that waits for such a one; and how far that is. */
export async function readNews(db: Db, teamId: string, after: FeedCursor) {
  const last = await db.row<FeedCursor>(
    `select written_in::text, position from (
       select written_in, position from events
        where team_id = $1 and (written_in, position) >
                (case when $2::xid8 > pg_snapshot_xmax(pg_current_snapshot()) then '3' else $2::xid8 end, $3::bigint)
          and written_in < pg_snapshot_xmin(pg_current_snapshot())
        order by written_in, position limit $4) news
      order by news.written_in desc, news.position desc limit 1`,
    [teamId, after.writtenIn, after.position, EVENTS_AT_ONCE],
  );
  if (!last) return null;
  const events = await db.rows<SettingOff>(
    `${SETTING_OFF}
      where e.team_id = $1
        and (e.written_in, e.position) >
              (case when $2::xid8 > pg_snapshot_xmax(pg_current_snapshot()) then '3' else $2::xid8 end, $3::bigint)
        and (e.written_in, e.position) <= ($4::xid8, $5::bigint)
      order by e.written_in, e.position, w.id`,
    [teamId, after.writtenIn, after.position, last.writtenIn, last.position],
  );
  return { events, last };
}

export function moveWorkflowCursor(db: Db, teamId: string, to: FeedCursor) {
  return db.run("update workflow_cursors set written_in = $2::xid8, position = $3 where team_id = $1", [
    teamId,
    to.writtenIn,
    to.position,
  ]);
}

/** Which contact or account something is about that is neither: by what it points to. */
export async function recordsOfSubjects(db: Db, teamId: string, subjectIds: readonly string[]) {
  const rows = await db.rows<{ subjectId: string; contactId: string | null; accountId: string | null }>(
    `select id as subject_id, contact_id, null as account_id from messages where team_id = $1 and id = any($2)
     union all
     select id, contact_id, account_id from tasks where team_id = $1 and id = any($2)
     union all
     select id, contact_id, account_id from calls where team_id = $1 and id = any($2)
     union all
     select id, contact_id, null from enrollments where team_id = $1 and id = any($2)
     union all
     select id, contact_id, null from incoming_mails where team_id = $1 and id = any($2)
     union all
     select d.id, r.contact_id, d.account_id from deals d
       left join deal_contacts r on r.team_id = d.team_id and r.deal_id = d.id
      where d.team_id = $1 and d.id = any($2)`,
    [teamId, subjectIds],
  );
  return Map.groupBy(rows, ({ subjectId }) => subjectId);
}

export async function accountsOfContacts(db: Db, teamId: string, contactIds: readonly string[]) {
  const rows = await db.rows<{ id: string; accountId: string | null; personId: string | null }>(
    "select id, account_id, person_id from contacts where team_id = $1 and id = any($2)",
    [teamId, contactIds],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * The workflows that enrolled the contact, for events that the engine caused: a mail sent or bounced, a task opened, an
 * enrollment finished. What users do is not credited to a workflow.
 */
export async function chainsBehind(db: Db, teamId: string, eventIds: readonly string[]) {
  const rows = await db.rows<{ eventId: string; chain: string[] }>(
    `select e.id as event_id, a.chain
       from events e
       left join messages m on m.team_id = $1 and m.id = e.subject_id and e.subject_type = 'message'
       left join tasks t on t.team_id = $1 and t.id = e.subject_id and e.subject_type = 'task'
       join events a on a.team_id = $1 and a.type = 'enrollment.added' and a.chain is not null
        and a.subject_id = case e.subject_type when 'message' then m.enrollment_id when 'task' then t.enrollment_id else e.subject_id end
      where e.team_id = $1 and e.id = any($2) and e.chain is null and e.subject_type in ('message', 'task', 'enrollment')
        and (e.cause = 'clock' or e.type = 'message.bounced')`,
    [teamId, eventIds],
  );
  return new Map(rows.map(({ eventId, chain }) => [eventId, chain]));
}
