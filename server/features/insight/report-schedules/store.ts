import type { Db } from "../../../db/connect.ts";

export type Every = "day" | "weekday" | "week" | "month";

export type ScheduleRow = {
  id: string;
  viewId: string;
  viewName: string;
  userId: string;
  every: Every;
  atTime: string;
  weekday: number | null;
  monthDay: number | null;
  timeZone: string;
  mailboxId: string | null;
  recipientIds: string[];
  webhookId: string | null;
  isActive: boolean;
  nextRunAt: Temporal.Instant;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
};

const COLUMNS = `s.id, s.view_id, v.name as view_name, s.user_id, s.every, s.at_time, s.weekday, s.month_day, s.time_zone, s.mailbox_id,
  s.recipient_ids, s.webhook_id, s.is_active, s.next_run_at, s.created_at, s.updated_at`;
const FROM = "report_schedules s join saved_views v on v.team_id = s.team_id and v.id = s.view_id";

/** One's own; admins see everybody's. */
export type ReportScheduleViewer = { userId: string; isAdmin: boolean };

export function listSchedules(db: Db, teamId: string, viewer: ReportScheduleViewer, viewId: string | null) {
  return db.rows<ScheduleRow>(
    `select ${COLUMNS} from ${FROM}
      where s.team_id = $1 and (s.user_id = $2 or $3) and ($4::text is null or s.view_id = $4)
      order by s.created_at, s.id`,
    [teamId, viewer.userId, viewer.isAdmin, viewId],
  );
}

export function findSchedule(db: Db, teamId: string, viewer: ReportScheduleViewer, id: string) {
  return db.row<ScheduleRow>(
    `select ${COLUMNS} from ${FROM} where s.team_id = $1 and s.id = $4 and (s.user_id = $2 or $3)`,
    [teamId, viewer.userId, viewer.isAdmin, id],
  );
}

export function lockSchedule(db: Db, teamId: string, viewer: ReportScheduleViewer, id: string) {
  return db.row<ScheduleRow>(
    `select ${COLUMNS} from ${FROM} where s.team_id = $1 and s.id = $4 and (s.user_id = $2 or $3) for update of s`,
    [teamId, viewer.userId, viewer.isAdmin, id],
  );
}

export type NewSchedule = Omit<ScheduleRow, "viewName" | "updatedAt">;

export function insertSchedule(db: Db, teamId: string, one: NewSchedule) {
  return db.run(
    `insert into report_schedules (team_id, id, view_id, user_id, every, at_time, weekday, month_day, time_zone, mailbox_id,
                                   recipient_ids, webhook_id, is_active, next_run_at, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)`,
    [
      ...[teamId, one.id, one.viewId, one.userId, one.every, one.atTime, one.weekday, one.monthDay],
      ...[one.timeZone, one.mailboxId, one.recipientIds, one.webhookId, one.isActive, one.nextRunAt],
      one.createdAt,
    ],
  );
}

export function updateSchedule(db: Db, teamId: string, one: ScheduleRow) {
  return db.run(
    `update report_schedules set every = $3, at_time = $4, weekday = $5, month_day = $6, time_zone = $7, recipient_ids = $8,
            is_active = $9, next_run_at = $10, updated_at = $11
      where team_id = $1 and id = $2`,
    [
      ...[teamId, one.id, one.every, one.atTime, one.weekday, one.monthDay, one.timeZone],
      ...[one.recipientIds, one.isActive, one.nextRunAt, one.updatedAt],
    ],
  );
}

export function deleteSchedule(db: Db, teamId: string, id: string) {
  return db.run("delete from report_schedules where team_id = $1 and id = $2", [teamId, id]);
}
