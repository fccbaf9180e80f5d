import type { Db } from "../../../db/connect.ts";
import type { TeamSchedule } from "../../../domain/time/schedule.ts";
import { holidayColumns } from "../../sequences/holidays/store.ts";
import { listStepsOfAll } from "../../sequences/steps/store.ts";

export type NewEnrollment = {
  id: string;
  sequenceId: string;
  contactId: string;
  state: "active" | "paused" | "finished" | "failed";
  inactiveReason: string | null;
  failureReason: string | null;
  currentStepId: string | null;
  mailboxId: string | null;
  sendFromEmail: string | null;
  addedBy: string | null;
  addedAt: Temporal.Instant;
  dueAt: Temporal.Instant | null;
  pausedAt: Temporal.Instant | null;
  resumeAt: Temporal.Instant | null;
  finishedAt: Temporal.Instant | null;
  failedAt: Temporal.Instant | null;
  inResponseTo: string | null;
  updatedAt: Temporal.Instant;
};

/** All of them in one statement. */
export function insertEnrollments(db: Db, teamId: string, enrollments: readonly NewEnrollment[]) {
  return db.run(
    `insert into enrollments (team_id, id, sequence_id, contact_id, state, inactive_reason, failure_reason, current_step_id,
            mailbox_id, send_from_email, company_key, added_by, added_at, due_at, paused_at, resume_at, finished_at, failed_at,
            in_response_to, updated_at)
     select $1, e."id", e."sequenceId", e."contactId", e."state", e."inactiveReason", e."failureReason", e."currentStepId",
            e."mailboxId", e."sendFromEmail", c.company_key, e."addedBy", e."addedAt", e."dueAt", e."pausedAt", e."resumeAt",
            e."finishedAt", e."failedAt", e."inResponseTo", e."updatedAt"
       from jsonb_to_recordset($2::jsonb) as e ("id" text, "sequenceId" text, "contactId" text, "state" text,
            "inactiveReason" text, "failureReason" text, "currentStepId" text, "mailboxId" text, "sendFromEmail" text,
            "addedBy" text, "addedAt" timestamptz, "dueAt" timestamptz, "pausedAt" timestamptz, "resumeAt" timestamptz,
            "finishedAt" timestamptz, "failedAt" timestamptz, "inResponseTo" text, "updatedAt" timestamptz)
       join contacts c on c.team_id = $1 and c.id = e."contactId"`,
    [teamId, JSON.stringify(enrollments)],
  );
}

/** Those of the pairs whose contact has left that very sequence, by a mail of it. */
export async function leaversAmong(
  db: Db,
  teamId: string,
  pairs: readonly { sequenceId: string; contactId: string }[],
) {
  const rows = await db.rows<{ sequenceId: string; contactId: string }>(
    `select w.sequence_id, w.contact_id from unnest($2::text[], $3::text[]) as w (sequence_id, contact_id)
      where exists (select from messages m
                      join message_events v on v.team_id = m.team_id and v.message_id = m.id
                     where m.team_id = $1 and m.contact_id = w.contact_id and m.sequence_id = w.sequence_id
                       and m.unsubscribed_at is not null and v.type = 'unsubscribe' and v.detail ->> 'scope' = 'sequence')`,
    [teamId, pairs.map(({ sequenceId }) => sequenceId), pairs.map(({ contactId }) => contactId)],
  );
  return new Set(rows.map(({ sequenceId, contactId }) => `${sequenceId} ${contactId}`));
}

export async function contactsOf(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await db.rows<{ contactId: string }>(
    "select distinct contact_id from enrollments where team_id = $1 and id = any($2::text[])",
    [teamId, ids],
  );
  return rows.map(({ contactId }) => contactId);
}

export async function sequencesOf(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await db.rows<{ sequenceId: string }>(
    "select distinct sequence_id from enrollments where team_id = $1 and id = any($2::text[])",
    [teamId, ids],
  );
  return rows.map(({ sequenceId }) => sequenceId);
}

/** Wherever these contacts are or were, and have not been removed. */
export function enrollmentsOf(db: Db, teamId: string, contactIds: readonly string[]) {
  return db.rows<{ id: string; sequenceId: string; contactId: string; stepPosition: number | null }>(
    `select e.id, e.sequence_id, e.contact_id, st.position as step_position
       from enrollments e
       left join sequence_steps st on st.team_id = e.team_id and st.id = e.current_step_id
      where e.team_id = $1 and e.contact_id = any($2::text[]) and e.state <> 'removed'
      order by e.id`,
    [teamId, contactIds],
  );
}

/** By the id of the enrollment, in one sequence. */
export async function contactsByEnrollment(
  db: Db,
  teamId: string,
  sequenceId: string,
  ids: readonly string[],
) {
  const rows = await db.rows<{ id: string; contactId: string }>(
    `select id, contact_id from enrollments
      where team_id = $1 and sequence_id = $2 and id = any($3::text[]) and state <> 'removed'`,
    [teamId, sequenceId, ids],
  );
  return new Map(rows.map(({ id, contactId }) => [id, contactId]));
}

/** Those of the removed rows whose contact is in the same sequence again by a row that is not one of `except`. */
export async function liveAgain(
  db: Db,
  teamId: string,
  removedIds: readonly string[],
  except: readonly string[],
) {
  const rows = await db.rows<{ id: string }>(
    `select e.id from enrollments e
      where e.team_id = $1 and e.id = any($2::text[])
        and exists (select from enrollments o
                     where o.team_id = $1 and o.sequence_id = e.sequence_id and o.contact_id = e.contact_id
                       and o.state <> 'removed' and o.id <> all($3::text[]))`,
    [teamId, removedIds, except],
  );
  return rows.map(({ id }) => id);
}

/** Active enrollments in a sequence whose owner has left, or whose mailbox belongs to a user who has left. */
export async function activeOfLeavers(db: Db, teamId: string, sequenceId: string) {
  const rows = await db.rows<{ id: string }>(
    `select e.id from enrollments e
       join sequences s on s.team_id = e.team_id and s.id = e.sequence_id
       join users o on o.team_id = s.team_id and o.id = s.owner_id
       left join mailboxes m on m.team_id = e.team_id and m.id = e.mailbox_id
       left join users u on u.team_id = m.team_id and u.id = m.user_id
      where e.team_id = $1 and e.sequence_id = $2 and e.state = 'active'
        and (o.deactivated_at is not null or u.deactivated_at is not null)
      order by e.id`,
    [teamId, sequenceId],
  );
  return rows.map(({ id }) => id);
}

/** So many of those who are active in this person's sequences, or mailed from their mailboxes. */
export async function activeOfUser(db: Db, teamId: string, userId: string, limit: number) {
  const rows = await db.rows<{ id: string }>(
    `(select e.id from sequences s
        join enrollments e on e.team_id = s.team_id and e.sequence_id = s.id and e.state = 'active'
       where s.team_id = $1 and s.owner_id = $2
       limit $3)
      union
     (select e.id from mailboxes m
        join enrollments e on e.team_id = m.team_id and e.mailbox_id = m.id and e.state = 'active'
       where m.team_id = $1 and m.user_id = $2
       limit $3)
      limit $3`,
    [teamId, userId, limit],
  );
  return rows.map(({ id }) => id);
}

/** Rows that are replaced by another one. They can still be read. */
export function setEnrollmentsAside(
  db: Db,
  teamId: string,
  ids: readonly string[],
  reason: string,
  now: Temporal.Instant,
) {
  return db.run(
    `update enrollments set state = 'removed', inactive_reason = $3, due_at = null, resume_at = null, removed_at = $4,
            updated_at = $4, revision = revision + 1
      where team_id = $1 and id = any($2::text[])`,
    [teamId, ids, reason, now],
  );
}

export type Afresh = {
  id: string;
  /** The row that this one comes after. */
  previousId: string;
  state: "active" | "paused";
  inactiveReason: string | null;
  currentStepId: string;
  dueAt: Temporal.Instant | null;
  pausedAt: Temporal.Instant | null;
};

/** The next generation of those who start over: the same contact, sequence, mailbox and company. */
export function insertAfresh(
  db: Db,
  teamId: string,
  rows: readonly Afresh[],
  addedBy: string | null,
  now: Temporal.Instant,
) {
  return db.run(
    `insert into enrollments (team_id, id, sequence_id, contact_id, generation, state, inactive_reason, current_step_id,
            mailbox_id, send_from_email, company_key, added_by, added_at, due_at, paused_at, updated_at)
     select $1, n."id", e.sequence_id, e.contact_id, e.generation + 1, n."state", n."inactiveReason", n."currentStepId",
            e.mailbox_id, e.send_from_email, e.company_key, $3, $4, n."dueAt", n."pausedAt", $4
       from jsonb_to_recordset($2::jsonb) as n ("id" text, "previousId" text, "state" text, "inactiveReason" text,
            "currentStepId" text, "dueAt" timestamptz, "pausedAt" timestamptz)
       join enrollments e on e.team_id = $1 and e.id = n."previousId"`,
    [teamId, JSON.stringify(rows), addedBy, now],
  );
}

/** By sequence: its own schedule or the team's default, and its steps in order, those of earlier versions behind them. */
export async function plansOf(db: Db, teamId: string, sequenceIds: readonly string[]) {
  const [schedules, steps] = await Promise.all([
    db.rows<TeamSchedule & { sequenceId: string; sendsAtUsualHour: boolean }>(
      `select s.id as sequence_id, s.sends_at_usual_hour, h.time_zone, h.use_contacts_time_zone, h.skip_holidays, ${holidayColumns("h.team_id")},
              (select coalesce(jsonb_agg(jsonb_build_object('weekday', w.weekday, 'startsAt', w.starts_at, 'endsAt', w.ends_at)
                                         order by w.weekday, w.starts_at), '[]')
                 from schedule_windows w where w.team_id = h.team_id and w.schedule_id = h.id) as windows
         from sequences s
         join schedules h on h.team_id = s.team_id
          and (h.id = s.schedule_id or s.schedule_id is null and h.is_default)
        where s.team_id = $1 and s.id = any($2::text[])`,
      [teamId, sequenceIds],
    ),
    listStepsOfAll(db, teamId, sequenceIds),
  ]);
  const byId = new Map<string, { schedule: TeamSchedule; sendsAtUsualHour: boolean }>(
    schedules.map(({ sequenceId, sendsAtUsualHour, ...schedule }) => [
      sequenceId,
      { schedule, sendsAtUsualHour },
    ]),
  );
  const stepsBy = Map.groupBy(steps, ({ sequenceId }) => sequenceId);
  return new Map(
    sequenceIds.map((id) => {
      const { schedule = null, sendsAtUsualHour = false } = byId.get(id) ?? {};
      return [id, { schedule, sendsAtUsualHour, steps: stepsBy.get(id) ?? [] }];
    }),
  );
}

/** Locks one, of which a person has planned the mail of its step: the engine need not. */
export function holdAtStep(db: Db, teamId: string, id: string) {
  return db.row<{ state: string; currentStepId: string | null }>(
    `update enrollments set plan_at = null where team_id = $1 and id = $2 returning state, current_step_id`,
    [teamId, id],
  );
}
