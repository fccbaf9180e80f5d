// The terms on which contacts join: who adds them, their mailboxes, their first step and their start.

import type { Act } from "../../../app.ts";
import type { AllowFlag } from "../../../domain/enrollments/eligibility.ts";
import { REASONS } from "../../../domain/enrollments/enrollment.ts";
import { mayAddInAnothersName } from "../../../domain/identity/permissions.ts";
import { contactPace, dueAfter } from "../../../domain/sequences/cadence.ts";
import { firstStepFrom } from "../../../domain/sequences/sequence-plan.ts";
import type { Whereabouts } from "../../../domain/time/holiday-calendars.ts";
import type { TeamSchedule } from "../../../domain/time/schedule.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { isMasterKey } from "../../identity/ownership/ownership.ts";
import { findUser } from "../../identity/users/store.ts";
import { type UsableMailbox, usableMailboxes } from "../../mailboxes/mailboxes/usable.ts";
import { findScheduleFor, type ScheduleRow } from "../../sequences/schedules/store.ts";
import { lockFor } from "../../sequences/sequences/finding.ts";
import type { SequenceRow } from "../../sequences/sequences/store.ts";
import { listSteps, type StepRow } from "../../sequences/steps/store.ts";
import type { JoiningTerms } from "./store.ts";

/** What a caller says of it. It is kept as JSON where the work is put off. */
export type TermsWish = {
  sequenceId: string;
  mailboxIds: readonly string[];
  sendFromAddress: string | null;
  waived: ReadonlySet<AllowFlag>;
  skipsVerification: boolean;
  adderId: string | null;
  startsPaused: boolean;
  startsAt: Temporal.Instant | null;
  startStep: number;
  reEnrolls: boolean;
  waitsForOthers: boolean;
  /** A person or a call adds them, and no file, workflow or copilot. */
  isExplicit: boolean;
  /** Of work that was put off: whether a master key asked for it. */
  byMasterKey?: boolean;
};

/** The terms of a call that names none. */
export const USUAL_TERMS = {
  sendFromAddress: null,
  waived: new Set(),
  skipsVerification: true,
  adderId: null,
  startsPaused: false,
  startsAt: null,
  startStep: 1,
  reEnrolls: false,
  waitsForOthers: false,
} satisfies Partial<TermsWish>;

export type JoinTerms = {
  sequence: SequenceRow;
  steps: StepRow[];
  adderId: string;
  byMasterKey: boolean;
  mailboxes: readonly UsableMailbox[];
  waived: ReadonlySet<AllowFlag>;
  reEnrolls: boolean;
  isExplicit: boolean;
  /** A contact who is active in another sequence begins when that one is done. */
  waitsForOthers: boolean;
  skipsVerification: boolean;
  firstStep: StepRow | null;
  start: Omit<
    JoiningTerms,
    "sequenceId" | "addedBy" | "allowsUnverified" | "allowsNoEmail" | "allowsSameEmail"
  >;
  /** Whether the first date can be promised: not while the end of a pause is unknown. */
  isDated: boolean;
  sendFrom(mailboxId: string): string;
  /** `readAt`: when the contact read emails before, where the sequence asks. */
  firstDue(where: Whereabouts, readAt: readonly number[]): Temporal.Instant | null;
  schedule: ScheduleRow | null;
};

export async function readTerms(act: Act, wish: TermsWish): Promise<JoinTerms> {
  const { db, now, caller } = act;
  const sequence = await lockFor(act, wish.sequenceId, "edit");
  const byMasterKey = wish.byMasterKey ?? isMasterKey(caller);
  const adderId = await adderOf(act, wish.adderId, byMasterKey);
  const domains = sequence.allowedSendFromDomains;
  const mailboxes = await usableMailboxes(act, wish.mailboxIds, wish.sendFromAddress, domains);
  const [steps, schedule] = await Promise.all([
    listSteps(db, caller.teamId, sequence.id),
    findScheduleFor(db, caller.teamId, sequence.scheduleId),
  ]);
  const firstStep = firstOf(steps, wish.startStep, wish.startsAt ?? now);
  const start = startOf(sequence, wish, firstStep);
  const addresses = new Map(mailboxes.map(({ id, sendFrom }) => [id, sendFrom]));
  const { waived, reEnrolls, skipsVerification, waitsForOthers } = wish;
  return {
    sequence,
    steps,
    adderId,
    byMasterKey,
    mailboxes,
    waived,
    reEnrolls,
    isExplicit: wish.isExplicit ?? true, // work that was put off by an earlier version does not say
    waitsForOthers,
    skipsVerification,
    firstStep,
    start,
    isDated: start.state === "active" || start.resumeAt !== null,
    sendFrom: (mailboxId) => addresses.get(mailboxId) ?? "",
    firstDue: duesFrom(wish.startsAt ?? now, firstStep, schedule),
    schedule,
  };
}

/** Who is recorded as having added them. */
async function adderOf({ db, caller }: Act, wanted: string | null, byMasterKey: boolean) {
  if (wanted === null || wanted === caller.userId) return caller.userId;
  const user = await findUser(db, caller.teamId, wanted);
  if (!user || user.deactivatedAt) throw new Refusal("owner_not_found", { id: wanted });
  const actor = { isAdmin: caller.role === "admin", isMasterKey: byMasterKey };
  if (!mayAddInAnothersName(actor)) throw new Refusal("joining_for_another");
  return wanted;
}

function firstOf(steps: readonly StepRow[], startStep: number, from: Temporal.Instant) {
  const first = firstStepFrom(steps, startStep, from);
  if (first === null && (steps.length > 0 || startStep > 1))
    throw new Refusal("joining_step_missing", { position: startStep, count: steps.length });
  return first;
}

function startOf(sequence: SequenceRow, wish: TermsWish, firstStep: StepRow | null): JoinTerms["start"] {
  const firstStepId = firstStep?.id ?? null;
  if (wish.startsAt)
    return { state: "paused", inactiveReason: REASONS.scheduledStart, firstStepId, resumeAt: wish.startsAt };
  if (wish.startsPaused)
    return { state: "paused", inactiveReason: REASONS.manuallyPaused, firstStepId, resumeAt: null };
  if (!sequence.isActive)
    return { state: "paused", inactiveReason: REASONS.sequenceInactive, firstStepId, resumeAt: null };
  return { state: "active", inactiveReason: null, firstStepId, resumeAt: null };
}

// A thousand people live in a few dozen places, and in each of them the first step falls due at one instant, save for those whose
// usual hour is known.
function duesFrom(from: Temporal.Instant, step: StepRow | null, schedule: TeamSchedule | null) {
  const dues = new Map<string, Temporal.Instant | null>();
  return ({ timeZone, country, region }: Whereabouts, readAt: readonly number[]) => {
    if (!step) return null;
    const find = () =>
      dueAfter({ step, ...contactPace(schedule, { timeZone, country, region }, readAt), from });
    if (readAt.length > 0) return find();
    const key = [timeZone, country, region].join("\n");
    const known = dues.get(key);
    if (known !== undefined) return known;
    const due = find();
    dues.set(key, due);
    return due;
  };
}
