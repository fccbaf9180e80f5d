// Contacts at steps whose tasks are limited by the day: who has an open task already, and how many LinkedIn tasks the users have
// today who would get the others.

import { dayIn } from "../../../domain/basics/limits.ts";
import { LINKEDIN_TYPES, type LinkedInDay } from "../../../domain/work/linkedin-limits.ts";
import type { Around, ReadContext } from "./around.ts";
import type { StandingRow } from "./facts-store.ts";
import { dayOfDoers, doersOf, withOpenTask } from "./task-counts-store.ts";
import type { TeamRules } from "./team-rules.ts";

export type TaskDays = {
  /** An open task has its place: no limit holds it. */
  hasTask(enrollmentId: string): boolean;
  linkedIn(enrollmentId: string): LinkedInDay | null;
};

/** Costs nothing where nothing is limited, and where no contact is at a LinkedIn step. */
export async function taskDays(
  asking: ReadContext,
  { linkedIn: { limits, timeZone } }: Pick<TeamRules, "linkedIn">,
  { steps }: Pick<Around, "steps">,
  rows: readonly StandingRow[],
): Promise<TaskDays> {
  const typeAt = new Map(
    steps.flatMap(({ id, type }) => {
      const limited = LINKEDIN_TYPES.find((one) => one === type && typeof limits[one] === "number");
      return limited ? [[id, limited] as const] : [];
    }),
  );
  const limited = new Set(
    steps.flatMap(({ id, type, maxEmailsPerDay: most }) =>
      typeAt.has(id) || (most !== null && type !== "auto_email") ? [id] : [],
    ),
  );
  const there = rows.filter(({ currentStepId }) => limited.has(currentStepId ?? ""));
  if (there.length === 0) return NONE;
  const { db, caller, now } = asking;
  const having = await withOpenTask(db, caller.teamId, idsOf(there));
  const without = there.filter(({ id, currentStepId }) => !having.has(id) && typeAt.has(currentStepId ?? ""));
  const doers = without.length > 0 ? await doersOf(db, caller.teamId, idsOf(without)) : new Map();
  const asked = { userIds: [...new Set(doers.values())], types: [...new Set(typeAt.values())] };
  const day = dayIn(timeZone, now);
  const counts = doers.size > 0 ? await dayOfDoers(db, caller.teamId, asked, day) : [];
  const byDoer = new Map(counts.map((row) => [`${row.userId} ${row.type}`, row]));
  const stepOf = new Map(without.map(({ id, currentStepId }) => [id, currentStepId ?? ""]));
  return {
    hasTask: (id) => having.has(id),
    linkedIn(id) {
      const type = typeAt.get(stepOf.get(id) ?? "");
      const row = byDoer.get(`${doers.get(id)} ${type}`);
      const limit = type && limits[type];
      if (!row || !limit) return null;
      const { userId, name, done, open } = row;
      return { userId, userName: name, type, limit, done, open, ends: day.ends };
    },
  };
}

const NONE: TaskDays = { hasTask: () => false, linkedIn: () => null };

function idsOf(rows: readonly StandingRow[]) {
  return rows.map(({ id }) => id);
}
