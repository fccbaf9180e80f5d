import type { Db } from "../../../db/connect.ts";
import type { GoalPeriod } from "../../../domain/insight/goals.ts";
import type { Count } from "../../../domain/insight/report-metrics.ts";

type GoalMetric = Extract<
  Count,
  | "num_contacts_emailed"
  | "num_emails_sent"
  | "num_contacts_replied"
  | "num_emails_demoed"
  | "num_phone_calls"
  | "num_phone_calls_connect"
  | "num_tasks_completed"
  | "num_contacts_added_to_sequence"
  | "num_opportunities_created"
  | "num_opportunities_won"
>;

export type GoalRow = {
  id: string;
  userId: string;
  metric: GoalMetric;
  period: GoalPeriod;
  target: number;
  setById: string;
  setByName: string;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
};

/** With its figure, and where an even pace would be, in the period that runs now. */
export type GoalProgress = GoalRow & {
  figure: number;
  expected: number;
  from: Temporal.Instant;
  until: Temporal.Instant;
};

const COLUMNS = `g.id, g.user_id, g.metric, g.period, g.target, g.set_by as set_by_id,
  coalesce(nullif(trim(concat_ws(' ', u.first_name, u.last_name)), ''), u.email) as set_by_name, g.created_at, g.updated_at`;
const SETTER = "join users u on u.team_id = g.team_id and u.id = g.set_by";

export function listGoals(db: Db, teamId: string, userId: string) {
  return db.rows<GoalRow>(
    `select ${COLUMNS} from goals g ${SETTER} where g.team_id = $1 and g.user_id = $2
      order by array_position(array['day', 'week', 'month'], g.period), g.created_at, g.id`,
    [teamId, userId],
  );
}

export function lockGoal(db: Db, teamId: string, id: string) {
  return db.row<GoalRow>(
    `select ${COLUMNS} from goals g ${SETTER} where g.team_id = $1 and g.id = $2 for update of g`,
    [teamId, id],
  );
}

type GoalWish = Pick<GoalRow, "id" | "userId" | "metric" | "period" | "target" | "setById">;

/** The same metric and period again changes the target. */
export async function saveGoal(db: Db, teamId: string, goal: GoalWish, now: Temporal.Instant) {
  const row = await db.row<GoalRow>(
    `with g as (
       insert into goals (team_id, id, user_id, metric, period, target, set_by, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
       on conflict (team_id, user_id, metric, period)
         do update set target = excluded.target, set_by = excluded.set_by, updated_at = excluded.updated_at
       returning *)
     select ${COLUMNS} from g ${SETTER}`,
    [teamId, goal.id, goal.userId, goal.metric, goal.period, goal.target, goal.setById, now],
  );
  if (!row) throw new Error("the goal was not saved");
  return row;
}

export function deleteGoal(db: Db, teamId: string, id: string) {
  return db.run("delete from goals where team_id = $1 and id = $2", [teamId, id]);
}
