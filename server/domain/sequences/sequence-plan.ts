// What makes a list of steps one that can run. Asked after every change to steps and mails, about the sequence as
// it would then be: a rule about two steps can be broken from either of them.

export const STEP_TYPES = [
  "auto_email",
  "manual_email",
  "call",
  "action_item",
  "linkedin_step_connect",
  "linkedin_step_message",
  "linkedin_step_view_profile",
  "linkedin_step_interact_post",
] as const;
export type StepType = (typeof STEP_TYPES)[number];

export type PlannedStep = {
  type: StepType;
  exactAt: Temporal.Instant | null;
  touches: readonly { type: "new_thread" | "reply_to_thread"; isApproved: boolean; hasBody: boolean }[];
};

type PlanFault =
  | {
      code:
        | "exact_time_missing"
        | "exact_times_out_of_order"
        | "reply_without_thread"
        | "template_body_empty";
    }
  | { code: "touch_not_for_this_step"; type: StepType };

const EMAIL: readonly StepType[] = ["auto_email", "manual_email"];
const WRITTEN: readonly StepType[] = [...EMAIL, "call", "linkedin_step_connect", "linkedin_step_message"];

/** A mail goes out, by itself or by hand: such a step is nothing without a mail. */
export function isEmail(type: StepType) {
  return EMAIL.includes(type);
}

/** The first thing wrong with the list, or null. */
export function faultIn(steps: readonly PlannedStep[], byExactDaytime: boolean): PlanFault | null {
  let hasThread = false;
  let lastExact: Temporal.Instant | null = null;
  for (const { type, exactAt, touches } of steps) {
    if (touches.length > 0 && !WRITTEN.includes(type)) return { code: "touch_not_for_this_step", type };
    if (touches.some(({ isApproved, hasBody }) => isApproved && !hasBody))
      return { code: "template_body_empty" };
    if (isEmail(type)) {
      if (!hasThread && touches.some((touch) => touch.type === "reply_to_thread"))
        return { code: "reply_without_thread" };
      hasThread ||= touches.some((touch) => touch.type === "new_thread");
    }
    if (byExactDaytime) {
      if (!exactAt) return { code: "exact_time_missing" };
      if (lastExact && Temporal.Instant.compare(exactAt, lastExact) <= 0)
        return { code: "exact_times_out_of_order" };
      lastExact = exactAt;
    }
  }
  return null;
}

/**
 * The steps a contact goes through: those of the version their step belongs to. Without a step, those that new contacts
 * get.
 */
export function stepsBeside<Step extends { id: string; versionId: string | null }>(
  steps: readonly Step[],
  stepId: string | null,
): Step[] {
  const versionId = steps.find(({ id }) => id === stepId)?.versionId ?? null;
  return steps.filter((step) => step.versionId === versionId);
}

type Beginning = { position: number; isOn: boolean; exactAt: Temporal.Instant | null };

/**
 * Where a contact begins: the first step that is on, from a position onward. Of steps with dates the first in the
 * future; where there is none, the first from there.
 */
export function firstStepFrom<Step extends Beginning>(
  steps: readonly Step[],
  position: number,
  now: Temporal.Instant,
): Step | null {
  const ahead = steps.filter((step) => step.position >= position);
  const isPast = ({ exactAt }: Step) => exactAt !== null && Temporal.Instant.compare(exactAt, now) < 0;
  return ahead.find((step) => step.isOn && !isPast(step)) ?? ahead[0] ?? null;
}

/**
 * Where a contact goes on whose own step was deleted: at the step whose mail is on its way, or after the last one that
 * was done for them, as the list is now. Null: no step is left for them.
 */
export function stepInsteadOf<Step extends Beginning & { id: string }>(
  steps: readonly Step[],
  { doneIds, underwayId }: { doneIds: readonly string[]; underwayId: string | null },
  now: Temporal.Instant,
): Step | null {
  const underway = steps.find(({ id }) => id === underwayId);
  const done = steps.filter(({ id }) => doneIds.includes(id)).map(({ position }) => position);
  return underway ?? firstStepFrom(steps, Math.max(0, ...done) + 1, now);
}
