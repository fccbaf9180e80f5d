// What each type of step is called, what it is for, and how a wait is said.

import type { DraftStep, StepType, WaitMode } from "./draft.ts";

export const STEP_TYPES: Record<StepType, { name: string; does: string; group: string }> = {
  auto_email: { name: "Automatic email", does: "Goes out by itself when it is due", group: "Email" },
  manual_email: { name: "Manual email", does: "A task: you read it over and send it", group: "Email" },
  call: { name: "Phone call", does: "A task to call, with what to say beside it", group: "Tasks" },
  action_item: { name: "Action item", does: "A task of any kind, in your words", group: "Tasks" },
  linkedin_step_connect: {
    name: "LinkedIn connection request",
    does: "A task to ask for a connection",
    group: "LinkedIn",
  },
  linkedin_step_message: {
    name: "LinkedIn message",
    does: "A task to write to a connection",
    group: "LinkedIn",
  },
  linkedin_step_view_profile: {
    name: "LinkedIn profile view",
    does: "A task to look at the profile",
    group: "LinkedIn",
  },
  linkedin_step_interact_post: {
    name: "LinkedIn post interaction",
    does: "A task to like or comment on a post",
    group: "LinkedIn",
  },
};

export const STEP_ORDER = Object.keys(STEP_TYPES) as StepType[];

export function nameOf(type: StepType) {
  return STEP_TYPES[type].name;
}

const UNITS: Record<WaitMode, [one: string, many: string]> = {
  minute: ["minute", "minutes"],
  hour: ["hour", "hours"],
  day: ["schedule day", "schedule days"],
};

/** "3 schedule days later"; for the first, since when they were added. */
export function sayWait(
  { waitTime, waitMode, exactAt }: Pick<DraftStep, "waitTime" | "waitMode" | "exactAt">,
  isFirst: boolean,
) {
  if (exactAt) return "On a date of its own";
  if (waitTime === 0) return isFirst ? "As soon as they are added" : "At once after the step before";
  const [one, many] = UNITS[waitMode];
  return `${waitTime} ${waitTime === 1 ? one : many} ${isFirst ? "after they are added" : "later"}`;
}

const DAY_AND_TIME = {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
} as const;

/** "Thu 27 Nov, 09:00" on the clock of that zone. */
export function sayDate(at: string, timeZone: string) {
  return new Intl.DateTimeFormat("en-GB", { ...DAY_AND_TIME, timeZone }).format(new Date(at));
}
