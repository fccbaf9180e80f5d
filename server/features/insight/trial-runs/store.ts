import type { Db } from "../../../db/connect.ts";
import type { AllowFlag } from "../../../domain/enrollments/eligibility.ts";
import type { Agreement, Collision } from "../../../domain/insight/trial-run-report.ts";

type TrialReplies = "none" | "lively" | "hostile" | "holiday_season";

export type TrialWish = {
  days: number;
  replies: TrialReplies;
  /** To be added to the copy. */
  contactIds: string[];
  mailboxIds: string[];
  waived: AllowFlag[];
};

export type TrialPersonState = "active" | "paused" | "finished" | "failed" | "removed" | "left_out";

export type TrialPerson = {
  contactId: string;
  state: TrialPersonState;
  code: string | null;
  emails: number;
  nextAt: Temporal.Instant | null;
  waitedFor: string | null;
  waitedHours: number;
  collides: Collision[];
};

type CameOfIt = "replied" | "bounced" | "unsubscribed";

export type TrialEmailRow = {
  position: number;
  contactId: string;
  stepId: string | null;
  mailboxId: string | null;
  sentAt: Temporal.Instant;
  subject: string;
  bodyText: string | null;
  bodyHtml: string | null;
  cameOfIt: CameOfIt | null;
};

/** Counts and codes only: whom they are about is told by the rows of the contacts, which go with them. */
export type TrialReport = {
  inSequence: number;
  added: number;
  leftOut: number;
  others: number;
  hasMoreOthers: boolean;
  othersEmails: number;
  endings: { state: TrialPersonState; code: string | null; count: number }[];
  waits: { code: string; contacts: number; longestHours: number }[];
  agreement: Agreement;
  tookSeconds: number;
};

type JobStatus = "pending" | "running" | "done" | "failed" | "cancelled";

export type TrialRun = {
  id: string;
  sequenceId: string;
  userId: string;
  progressId: string;
  wish: TrialWish;
  beginsAt: Temporal.Instant | null;
  reachedAt: Temporal.Instant | null;
  report: TrialReport | null;
  createdAt: Temporal.Instant;
  status: JobStatus;
  error: string | null;
  finishedAt: Temporal.Instant | null;
};

const RUN = `select r.id, r.sequence_id, r.user_id, r.progress_id, r.wish, r.begins_at, r.reached_at, r.report, r.created_at,
         p.status, p.error, p.finished_at
    from trial_runs r
    join progress p on p.team_id = r.team_id and p.id = r.progress_id`;

/** `userId`: only those of this user. */
export function listTrialRuns(
  db: Db,
  teamId: string,
  { sequenceId, userId }: { sequenceId: string; userId: string | null },
) {
  return db.rows<TrialRun>(
    `${RUN} where r.team_id = $1 and r.sequence_id = $2 and ($3::text is null or r.user_id = $3)
      order by r.created_at desc, r.id desc limit 100`,
    [teamId, sequenceId, userId],
  );
}

export function findTrialRun(db: Db, teamId: string, id: string) {
  return db.row<TrialRun>(`${RUN} where r.team_id = $1 and r.id = $2`, [teamId, id]);
}

export function findTrialRunOfJob(db: Db, teamId: string, progressId: string) {
  return db.row<TrialRun>(`${RUN} where r.team_id = $1 and r.progress_id = $2`, [teamId, progressId]);
}

/** The first id that no contact of the team has. */
export async function firstUnknown(db: Db, teamId: string, contactIds: readonly string[]) {
  const row = await db.row<{ id: string }>(
    `select w.id from unnest($2::text[]) with ordinality as w (id, place)
      where not exists (select from contacts c where c.team_id = $1 and c.id = w.id) order by w.place limit 1`,
    [teamId, contactIds],
  );
  return row?.id ?? null;
}

/** The team's row is held: of two calls at once, the second one sees what the first began. */
export async function countRunning(db: Db, teamId: string) {
  await db.run("select from teams where id = $1 for no key update", [teamId]);
  const row = await db.row<{ count: number }>(
    `select count(*) as count from trial_runs r join progress p on p.team_id = r.team_id and p.id = r.progress_id
      where r.team_id = $1 and p.finished_at is null`,
    [teamId],
  );
  return row?.count ?? 0;
}

type NewRun = Pick<TrialRun, "id" | "sequenceId" | "userId" | "progressId" | "wish" | "createdAt">;

export function insertTrialRun(db: Db, teamId: string, run: NewRun) {
  return db.run(
    `insert into trial_runs (team_id, id, sequence_id, user_id, progress_id, wish, created_at) values ($1, $2, $3, $4, $5, $6, $7)`,
    [teamId, run.id, run.sequenceId, run.userId, run.progressId, JSON.stringify(run.wish), run.createdAt],
  );
}

/** What an earlier try had found is gone: the copy is made anew. */
export async function beginTrialRun(db: Db, teamId: string, id: string, at: Temporal.Instant) {
  await db.run("delete from trial_run_people where team_id = $1 and trial_run_id = $2", [teamId, id]);
  await db.run("delete from trial_run_emails where team_id = $1 and trial_run_id = $2", [teamId, id]);
  await db.run(
    "update trial_runs set begins_at = $3, reached_at = $3, report = null where team_id = $1 and id = $2",
    [teamId, id, at],
  );
}

export function noteReached(db: Db, teamId: string, id: string, at: Temporal.Instant) {
  return db.run("update trial_runs set reached_at = $3 where team_id = $1 and id = $2", [teamId, id, at]);
}

export function writeReport(db: Db, teamId: string, id: string, report: TrialReport) {
  return db.run("update trial_runs set report = $3 where team_id = $1 and id = $2", [
    teamId,
    id,
    JSON.stringify(report),
  ]);
}

/** A contact who was deleted meanwhile is left out. */
export function insertPeople(db: Db, teamId: string, id: string, people: readonly TrialPerson[]) {
  return db.run(
    `insert into trial_run_people (team_id, trial_run_id, contact_id, state, code, emails, next_at, waited_for, waited_hours, collides)
     select $1, $2, p."contactId", p.state, p.code, p.emails, p."nextAt", p."waitedFor", p."waitedHours",
            array(select jsonb_array_elements_text(p.collides))
       from jsonb_to_recordset($3::jsonb) as p ("contactId" text, state text, code text, emails int, "nextAt" timestamptz,
              "waitedFor" text, "waitedHours" float8, collides jsonb)
       join contacts c on c.team_id = $1 and c.id = p."contactId"
     on conflict do nothing`,
    [teamId, id, JSON.stringify(people)],
  );
}

export function insertEmails(db: Db, teamId: string, id: string, emails: readonly TrialEmailRow[]) {
  return db.run(
    `insert into trial_run_emails (team_id, trial_run_id, position, contact_id, step_id, mailbox_id, sent_at, subject, body_text, body_html, came_of_it)
     select $1, $2, e.position, e."contactId", e."stepId", e."mailboxId", e."sentAt", e.subject, e."bodyText", e."bodyHtml", e."cameOfIt"
       from jsonb_to_recordset($3::jsonb) as e (position int, "contactId" text, "stepId" text, "mailboxId" text, "sentAt" timestamptz,
              subject text, "bodyText" text, "bodyHtml" text, "cameOfIt" text)
       join contacts c on c.team_id = $1 and c.id = e."contactId"
     on conflict do nothing`,
    [teamId, id, JSON.stringify(emails)],
  );
}

export function deleteTrialRun(db: Db, teamId: string, id: string) {
  return db.run("delete from trial_runs where team_id = $1 and id = $2", [teamId, id]);
}

export function deleteOldTrialRuns(db: Db, teamId: string, before: Temporal.Instant) {
  return db.run(
    `delete from trial_runs r using progress p
      where r.team_id = $1 and r.created_at < $2 and p.team_id = r.team_id and p.id = r.progress_id and p.finished_at is not null`,
    [teamId, before],
  );
}
