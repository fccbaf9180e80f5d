// How many LinkedIn tasks of one type a user gets in a day: LinkedIn itself restricts accounts that do more.
//
// Easy to get wrong: a task that is still open takes a place today, whenever it fell due, since the user will do it today. So a
// user who does none gets no new ones, and nothing ever piles up.

import { isOnLinkedIn, TASK_TYPES, type TaskType } from "./task.ts";

type LinkedInType = Extract<TaskType, `linkedin_${string}`>;

export const LINKEDIN_TYPES = TASK_TYPES.filter(isOnLinkedIn) as LinkedInType[];

/** Null or left out: no limit. */
export type LinkedInLimits = Partial<Record<LinkedInType, number | null>>;

/** One user's day, for tasks of one type. */
export type LinkedInDay = {
  userId: string;
  userName: string;
  type: TaskType;
  limit: number;
  done: number;
  /** Due today or earlier, and not done. */
  open: number;
  /** When the next day begins, in the team's time zone. */
  ends: Temporal.Instant;
};

/** Null: there is room. Without a time: only doing or skipping open ones makes room. */
export function fullLinkedInDay({ limit, done, open, ends }: LinkedInDay) {
  if (done + open < limit) return null;
  return { freeAt: open >= limit ? null : ends };
}
