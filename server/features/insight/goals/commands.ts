import type { Act } from "../../../app.ts";
import { expectedBy, type GoalPeriod, goalPeriod } from "../../../domain/insight/goals.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { byCaller, type EventType, record } from "../../events/events/store.ts";
import { findUser } from "../../identity/users/store.ts";
import { makeReport } from "../reports/commands.ts";
import * as store from "./store.ts";

type Reading = Pick<Act, "db" | "caller" | "now">;

export async function listGoals(act: Reading, userId: string, zone: string) {
  refuseStrangers(act.caller, userId);
  await userIn(act, userId);
  return countGoals(act, await store.listGoals(act.db, act.caller.teamId, userId), zone);
}

/** Each with its figure: what a report of the caller says of its user in its period. All are of one user. */
async function countGoals(act: Reading, goals: readonly store.GoalRow[], zone: string) {
  const periods = Map.groupBy(goals, ({ period }) => period);
  const counted = await Promise.all([...periods].map(([period, some]) => countIn(act, period, some, zone)));
  const byId = new Map(counted.flat().map((one) => [one.id, one]));
  return goals.flatMap(({ id }) => byId.get(id) ?? []);
}

async function countIn(act: Reading, period: GoalPeriod, goals: readonly store.GoalRow[], zone: string) {
  const { from, until } = goalPeriod(period, act.now, zone);
  const { whole } = await makeReport(act, {
    among: { userIds: [...new Set(goals.map(({ userId }) => userId))], subteamIds: null, among: [] },
    time: { name: "custom_range", min: from.toString(), max: until.toString() },
    metrics: [...new Set(goals.map(({ metric }) => metric))],
    group: null,
    pivot: null,
    sort: null,
    skipped: [],
    leastWhole: 0,
  });
  return goals.map((goal): store.GoalProgress => {
    const expected = expectedBy(goal.target, { from, until }, act.now, zone);
    return { ...goal, figure: whole.get(goal.metric) ?? 0, expected, from, until };
  });
}

type GoalWish = Pick<store.GoalRow, "userId" | "metric" | "period" | "target">;

export async function saveGoal(act: Act, wish: GoalWish, zone: string) {
  const { db, caller, now } = act;
  refuseStrangers(caller, wish.userId);
  if ((await userIn(act, wish.userId)).deactivatedAt !== null) throw new Refusal("user_deactivated");
  const goal = await store.saveGoal(db, caller.teamId, { ...wish, id: newId(), setById: caller.userId }, now);
  await tell(act, "goal.set", goal);
  const [counted] = await countIn(act, goal.period, [goal], zone);
  if (!counted) throw new Error("the goal was not counted");
  return counted;
}

export async function deleteGoal(act: Act, id: string) {
  const goal = await store.lockGoal(act.db, act.caller.teamId, id);
  const isSeen = goal && (act.caller.role === "admin" || goal.userId === act.caller.userId);
  if (!isSeen) throw new Refusal("record_not_found");
  await store.deleteGoal(act.db, act.caller.teamId, id);
  await tell(act, "goal.deleted", goal);
}

function refuseStrangers({ userId, role }: Act["caller"], ofUser: string) {
  if (ofUser !== userId && role !== "admin") throw new Refusal("admin_only");
}

async function userIn({ db, caller }: Pick<Act, "db" | "caller">, userId: string) {
  const user = await findUser(db, caller.teamId, userId);
  if (!user) throw new Refusal("record_not_found");
  return user;
}

function tell(act: Act, type: EventType, { userId, metric, period, target }: store.GoalRow) {
  return record(byCaller(act), {
    type,
    subject: { type: "user", id: userId },
    data: { metric, period, target },
  });
}
