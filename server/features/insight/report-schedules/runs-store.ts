// Every time a schedule was due, and the mails of it. A process that works on one sets a deadline; after that any
// process may take it. A late result of an older try, known by its number, no longer counts.

import type { Db } from "../../../db/connect.ts";
import type { CsvCell } from "../../../kernel/csv-lines.ts";
import { notAside } from "../../events/set-aside/store.ts";
import type { ScheduleRow } from "./store.ts";

export type ReportContent = { name: string; columns: string[]; lines: CsvCell[][] };
export type RunState = "due" | "made" | "sent" | "failed";
type MailState = "planned" | "claimed" | "dot" | "sent" | "failed" | "unconfirmed";

export async function teamsWithReportsDue(db: Db, now: Temporal.Instant) {
  const rows = await db.rows<{ teamId: string }>("select team_id from teams_with_reports_due($1)", [now]);
  return rows.map(({ teamId }) => teamId);
}

type Due = Pick<ScheduleRow, "id" | "every" | "atTime" | "weekday" | "monthDay" | "timeZone" | "nextRunAt">;

export function lockDue(db: Db, teamId: string, now: Temporal.Instant) {
  return db.rows<Due>(
    `select id, every, at_time, weekday, month_day, time_zone, next_run_at from report_schedules
      where team_id = $1 and is_active and next_run_at <= $2
        and ${notAside("send-reports", "report_schedules.id")}
      order by next_run_at limit 50 for update skip locked`,
    [teamId, now],
  );
}

export async function beginRun(
  db: Db,
  teamId: string,
  {
    id,
    scheduleId,
    dueAt,
    nextAt,
    now,
  }: {
    id: string;
    scheduleId: string;
    dueAt: Temporal.Instant;
    nextAt: Temporal.Instant;
    now: Temporal.Instant;
  },
) {
  await db.run(
    `insert into report_runs (team_id, id, schedule_id, due_at, state, next_check_at) values ($1, $2, $3, $4, 'due', $5)
     on conflict (team_id, schedule_id, due_at) do nothing`,
    [teamId, id, scheduleId, dueAt, now],
  );
  await db.run("update report_schedules set next_run_at = $3 where team_id = $1 and id = $2", [
    teamId,
    scheduleId,
    nextAt,
  ]);
}

export type ClaimedRun = { id: string; tries: number; dueAt: Temporal.Instant; scheduleId: string };

export function claimRuns(db: Db, teamId: string, now: Temporal.Instant, until: Temporal.Instant) {
  return db.rows<ClaimedRun>(
    `update report_runs set tries = tries + 1, next_check_at = $3
      where team_id = $1 and id in (select id from report_runs where team_id = $1 and state = 'due' and next_check_at <= $2
                                     order by due_at limit 5 for update skip locked)
     returning id, tries, due_at, schedule_id`,
    [teamId, now, until],
  );
}

/** Its schedule, held, where it is still this try's to make. */
export function lockRun(db: Db, teamId: string, run: ClaimedRun) {
  return db.row<{
    viewId: string;
    userId: string;
    mailboxId: string | null;
    recipientIds: string[];
    webhookId: string | null;
  }>(
    `select s.view_id, s.user_id, s.mailbox_id, s.recipient_ids, s.webhook_id
       from report_runs r join report_schedules s on s.team_id = r.team_id and s.id = r.schedule_id
      where r.team_id = $1 and r.id = $2 and r.state = 'due' and r.tries = $3 for update of r`,
    [teamId, run.id, run.tries],
  );
}

export function noteMade(
  db: Db,
  teamId: string,
  id: string,
  content: ReportContent,
  isSent: boolean,
  now: Temporal.Instant,
) {
  return db.run(
    `update report_runs set state = case when $5::boolean then 'sent' else 'made' end, made_at = $4::timestamptz, content = $3,
            ended_at = case when $5::boolean then $4::timestamptz end, next_check_at = case when $5::boolean then null else $4::timestamptz end
      where team_id = $1 and id = $2`,
    [teamId, id, JSON.stringify(content), now, isSent],
  );
}

/** Tried again at that time; null: it has failed. */
export function noteUnmade(
  db: Db,
  teamId: string,
  run: ClaimedRun,
  failure: string,
  again: Temporal.Instant | null,
  now: Temporal.Instant,
) {
  return db.run(
    `update report_runs set state = case when $5::timestamptz is null then 'failed' else state end, failure = $4, next_check_at = $5::timestamptz,
            ended_at = case when $5::timestamptz is null then $6::timestamptz end
      where team_id = $1 and id = $2 and tries = $3 and state = 'due'`,
    [teamId, run.id, run.tries, failure, again, now],
  );
}

export function insertMails(
  db: Db,
  teamId: string,
  runId: string,
  to: readonly { id: string; email: string }[],
  now: Temporal.Instant,
) {
  return db.run(
    `insert into report_mails (team_id, run_id, user_id, to_email, state, next_check_at)
     select $1, $2, w.id, w.email, 'planned', $5 from unnest($3::text[], $4::text[]) w (id, email)`,
    [teamId, runId, to.map(({ id }) => id), to.map(({ email }) => email), now],
  );
}

export type ClaimedMail = {
  runId: string;
  userId: string;
  toEmail: string;
  tries: number;
  /** Which the recipient chose; null: English. */
  language: string | null;
};

/** Mails that were released and never reported again are not retried. */
export async function claimReportMails(
  db: Db,
  teamId: string,
  now: Temporal.Instant,
  until: Temporal.Instant,
) {
  const lost = await db.rows<{ runId: string }>(
    `update report_mails set state = 'unconfirmed', next_check_at = null, ended_at = $2, said = $3
      where team_id = $1 and state = 'dot' and next_check_at <= $2 returning run_id`,
    [
      teamId,
      now,
      "Cadenza was stopped while it sent the email, so delivery is not confirmed. The email is not sent again.",
    ],
  );
  const claimed = await db.rows<ClaimedMail>(
    `update report_mails set state = 'claimed', tries = tries + 1, next_check_at = $3
      where team_id = $1 and (run_id, user_id) in (
              select run_id, user_id from report_mails where team_id = $1 and state in ('planned', 'claimed') and next_check_at <= $2
               order by next_check_at limit 10 for update skip locked)
     returning run_id, user_id, to_email, tries,
               (select language from users where team_id = $1 and id = report_mails.user_id) as language`,
    [teamId, now, until],
  );
  return { claimed, lost: lost.map(({ runId }) => runId) };
}

export function noteDot(
  db: Db,
  teamId: string,
  { runId, userId, tries }: ClaimedMail,
  now: Temporal.Instant,
) {
  return db.run(
    `update report_mails set state = 'dot', released_at = $5
      where team_id = $1 and run_id = $2 and user_id = $3 and tries = $4 and state = 'claimed' and next_check_at > $5`,
    [teamId, runId, userId, tries, now],
  );
}

export type MailEnd = {
  state: "sent" | "failed" | "unconfirmed" | "planned";
  said: string | null;
  again: Temporal.Instant | null;
};

export function noteMailEnd(
  db: Db,
  teamId: string,
  { runId, userId, tries }: ClaimedMail,
  end: MailEnd,
  now: Temporal.Instant,
) {
  return db.run(
    `update report_mails set state = $5::text, said = $6, next_check_at = $7::timestamptz, ended_at = case when $7::timestamptz is null then $8::timestamptz end,
            released_at = case when $5::text = 'planned' then null else released_at end
      where team_id = $1 and run_id = $2 and user_id = $3 and tries = $4 and state in ('claimed', 'dot')`,
    [teamId, runId, userId, tries, end.state, end.said, end.again, now],
  );
}

/** Once all its mails have ended, so has the run: sent where all were. Answers how it ended, or null while it goes on. */
export function endRun(db: Db, teamId: string, id: string, now: Temporal.Instant) {
  return db.row<{ state: RunState; scheduleId: string; failure: string | null }>(
    `update report_runs r set next_check_at = null, ended_at = $3, state = case when bad.many = 0 then 'sent' else 'failed' end, failure = bad.said
       from (select count(*) filter (where state <> 'sent') as many, min(said) filter (where state <> 'sent') as said,
                    count(*) filter (where next_check_at is not null) as open
               from report_mails where team_id = $1 and run_id = $2) bad
      where r.team_id = $1 and r.id = $2 and r.state = 'made' and bad.open = 0
     returning r.state, r.schedule_id, r.failure`,
    [teamId, id, now],
  );
}

/** Runs whose mails have all ended, but whose process died before it said so. */
export function waitUntil(db: Db, teamId: string, now: Temporal.Instant, until: Temporal.Instant) {
  return db.rows<{ id: string }>(
    `update report_runs set next_check_at = $3 where team_id = $1 and state = 'made' and next_check_at <= $2 returning id`,
    [teamId, now, until],
  );
}

export type RunRow = {
  id: string;
  scheduleId: string;
  dueAt: Temporal.Instant;
  state: RunState;
  madeAt: Temporal.Instant | null;
  endedAt: Temporal.Instant | null;
  failure: string | null;
  mails: { userId: string; email: string; state: MailState; said: string | null }[];
};

const RUN = `r.id, r.schedule_id, r.due_at, r.state, r.made_at, r.ended_at, r.failure,
  coalesce((select jsonb_agg(jsonb_build_object('userId', m.user_id, 'email', m.to_email, 'state', m.state, 'said', m.said) order by m.to_email)
              from report_mails m where m.team_id = r.team_id and m.run_id = r.id), '[]') as mails`;

export function listRuns(db: Db, teamId: string, scheduleId: string) {
  return db.rows<RunRow>(
    `select ${RUN} from report_runs r where r.team_id = $1 and r.schedule_id = $2 order by r.due_at desc limit 100`,
    [teamId, scheduleId],
  );
}

export type RunDetail = RunRow & { ownerId: string; mailboxId: string | null; content: ReportContent | null };

export function findRun(db: Db, teamId: string, id: string) {
  return db.row<RunDetail>(
    `select ${RUN}, s.user_id as owner_id, s.mailbox_id, r.content
       from report_runs r join report_schedules s on s.team_id = r.team_id and s.id = r.schedule_id
      where r.team_id = $1 and r.id = $2`,
    [teamId, id],
  );
}

export function deleteOldRuns(db: Db, teamId: string, before: Temporal.Instant) {
  return db.run("delete from report_runs where team_id = $1 and ended_at < $2", [teamId, before]);
}
