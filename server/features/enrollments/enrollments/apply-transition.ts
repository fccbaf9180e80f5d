// Applies wishes and events to enrollments: any number of rows in a few statements. Records an event for each, and
// moves the contact to the stage that the sequence names.

import { setImmediate as untilSent } from "node:timers/promises";
import {
  decide,
  type EnrollmentChange,
  type LeftCode,
  type TransitionDecision,
  type TransitionRequest,
} from "../../../domain/enrollments/deciding.ts";
import { beginning, type EnrollmentStatus, REASONS } from "../../../domain/enrollments/enrollment.ts";
import { COUNTS_ANYWAY, TRANSITIONS } from "../../../domain/enrollments/transitions.ts";
import { BUILT_IN } from "../../../domain/sequences/rules.ts";
import { newId } from "../../../kernel/ids.ts";
import { moveToStages } from "../../contacts/contact-rows/holding-store.ts";
import { type By, type Happening, recordAll } from "../../events/events/store.ts";
import { stagesOfContacts, triggeredStages } from "../../sequences/sequences/links-store.ts";
import { gatherGuards } from "./guards.ts";
import type { EnrollmentFacts } from "./locking-store.ts";
import { type Pace, paceOf } from "./pace.ts";
import { writeStandings } from "./standings-store.ts";
import * as store from "./store.ts";
import { awaitAnswers } from "./unanswered-store.ts";

export type AppliedTransition = {
  before: EnrollmentFacts;
  /** As `writeStandings` has written it. */
  after: EnrollmentStatus;
  revision: number;
  /** A contact who starts over has a new row. */
  begunId: string | null;
};

export type TransitionResult = {
  changed: AppliedTransition[];
  left: { row: EnrollmentFacts; code: LeftCode }[];
};

/** The rows must be locked in this transaction. */
export async function applyTransitions(
  by: By,
  rows: readonly EnrollmentFacts[],
  wishFor: TransitionRequest | ((row: EnrollmentFacts) => TransitionRequest),
): Promise<TransitionResult> {
  if (rows.length === 0) return { changed: [], left: [] };
  const wishOf = typeof wishFor === "function" ? wishFor : () => wishFor;
  const factsOf = await gatherGuards(by, rows, [...new Set(rows.map((row) => wishOf(row).is))]);
  const decided = rows.map((row) => {
    const wish = wishOf(row);
    return { row, wish, decision: decide(wish, factsOf(row), by.now) };
  });
  const left = decided.flatMap(({ row, decision }) => (decision.code ? [{ row, code: decision.code }] : []));
  const changes = decided.flatMap(({ row, wish, decision: { change } }) =>
    change ? [{ row, wish, change }] : [],
  );

  const pace = await paceFor(by, changes);
  const restarts = changes.filter(({ wish }) => wish.is === "restart");
  const stuck = new Set(
    restarts.filter(({ row }) => !pace?.firstStep(row.sequenceId)).map(({ row }) => row.id),
  );
  const written = changes
    .filter(({ row }) => !stuck.has(row.id))
    .map(({ row, wish, change }) => ({
      row,
      change,
      after: { ...change.after, dueAt: dueOf(row, change, pace, by.now) },
      begunId: wish.is === "restart" ? newId() : null,
    }));
  const [stages] = await Promise.all([stagesNamed(by, decided), write(by, written, pace)]);
  await moveAll(by, stages);
  return {
    changed: written.map(({ row, after, begunId }) => ({
      before: row,
      after,
      revision: row.revision + 1,
      begunId,
    })),
    left: [
      ...left,
      ...restarts
        .filter(({ row }) => stuck.has(row.id))
        .map(({ row }) => ({ row, code: "step_removed" as const })),
    ],
  };
}

type Written = {
  row: EnrollmentFacts;
  change: EnrollmentChange;
  after: EnrollmentStatus;
  begunId: string | null;
};

/** Sent one behind the other without waiting: what is to be told is put into words while the rows are written. */
async function write(by: By, written: readonly Written[], pace: Pace | null) {
  if (written.length === 0) return;
  const { db, teamId, now } = by;
  const standings = written.map(({ row, after }) => ({ before: row, after }));
  const begun = written.flatMap(({ row, begunId }) =>
    begunId && pace ? [afresh(row, begunId, pace, now)] : [],
  );
  const through = written.filter(({ change }) => change.reason === REASONS.completedLastStep);
  const throughIds = through.map(({ row }) => row.id);
  const { daysToWaitBeforeMarkAsResponse: days } = BUILT_IN;
  const writing = Promise.all([
    writeStandings(db, teamId, standings, now),
    begun.length > 0 && store.insertAfresh(db, teamId, begun, by.userId, now),
    through.length > 0 && awaitAnswers(db, teamId, throughIds, { from: now, days }),
  ]);
  writing.catch(() => {}); // heard below
  await untilSent();
  await Promise.all([writing, recordAll(by, tellingOf(written, pace))]);
}

function tellingOf(written: readonly Written[], pace: Pace | null) {
  return [
    ...written.map(toldOf),
    ...written.flatMap(({ row, begunId }) =>
      begunId
        ? [
            happening("enrollment.added", begunId, row, {
              step_position: pace?.firstStep(row.sequenceId)?.position ?? 1,
            }),
          ]
        : [],
    ),
  ];
}

async function paceFor(
  { db, teamId, now }: By,
  changes: readonly { row: EnrollmentFacts; wish: TransitionRequest; change: EnrollmentChange }[],
) {
  const timed = changes.filter(
    ({ wish, change: { due } }) => wish.is === "restart" || due === "resumed" || due === "rested",
  );
  if (timed.length === 0) return null;
  return paceOf(
    db,
    teamId,
    timed.map(({ row }) => row),
    now,
  );
}

function dueOf(
  row: EnrollmentFacts,
  { due }: EnrollmentChange,
  pace: Pace | null,
  now: Temporal.Instant,
): Temporal.Instant | null {
  if (due === "none") return null;
  if (due === "kept" || !pace) return row.dueAt;
  const stoodStill = due === "rested" && !row.keepsDates;
  return pace.resumed({ ...row, heldSince: stoodStill ? (row.pausedAt ?? now) : null });
}

function afresh(row: EnrollmentFacts, id: string, pace: Pace, now: Temporal.Instant): store.Afresh {
  const { state, reason } = beginning(
    { isActive: row.isSequenceActive },
    { isPaused: false, startsAt: null },
  );
  return {
    id,
    previousId: row.id,
    state,
    inactiveReason: reason,
    currentStepId: pace.firstStep(row.sequenceId)?.id ?? "",
    dueAt: pace.begun(row.sequenceId, row),
    pausedAt: state === "paused" ? now : null, // what is left of the wait is left when the sequence is switched on
  };
}

function toldOf({ row, change: { event, reason }, after }: Written) {
  return happening(event, row.id, row, {
    ...(reason !== null && { reason }),
    ...(row.stepPosition !== null && { step_position: row.stepPosition }),
    ...(event === "enrollment.resumed" && row.state === "failed" && { after_failure: true }),
    ...(event === "enrollment.moved" && { email_account_id: after.mailboxId }),
  });
}

export function happening(
  type: Happening["type"],
  id: string,
  { sequenceId, contactId }: Pick<EnrollmentFacts, "sequenceId" | "contactId">,
  data: Record<string, unknown> = {},
): Happening {
  return {
    type,
    subject: { type: "enrollment", id },
    data: { sequence_id: sequenceId, contact_id: contactId, ...data },
  };
}

/** Where several sequences name a stage for one contact, the oldest enrollment wins: its stage is named first. */
async function stagesNamed(
  { db, teamId }: By,
  decided: readonly { row: EnrollmentFacts; wish: TransitionRequest; decision: TransitionDecision }[],
) {
  const wanted = decided.flatMap(({ row, wish, decision }) => {
    const transition = wish.is === "move" ? null : TRANSITIONS[wish.is];
    const counts = decision.change !== null || (wish.is !== "move" && COUNTS_ANYWAY.includes(wish.is));
    const event = counts && row.state !== "removed" ? (transition?.trigger ?? null) : null;
    return event === null ? [] : [{ contactId: row.contactId, sequenceId: row.sequenceId, event }];
  });
  return wanted.length === 0 ? [] : triggeredStages(db, teamId, wanted);
}

/** Moves contacts to the stages that sequences name for an event; without a stage, no contact moves. */
export async function moveByTriggers(
  by: By,
  wanted: readonly { contactId: string; sequenceId: string; event: string }[],
) {
  if (wanted.length === 0) return;
  await moveAll(by, await triggeredStages(by.db, by.teamId, wanted));
}

/** Something was found out about these people that is no happening of a sequence. Their rows must be locked. */
export async function moveByNews(by: By, contactIds: readonly string[], event: "job_changed") {
  if (contactIds.length > 0) await moveAll(by, await stagesOfContacts(by.db, by.teamId, contactIds, event));
}

async function moveAll(by: By, stages: readonly { contactId: string; stageId: string }[]) {
  if (stages.length === 0) return;
  const moved = await moveToStages(by.db, by.teamId, stages, by.now);
  await recordAll(
    by,
    moved.map(({ id, fromStageId, toStageId }) => ({
      type: "contact.stage_changed" as const,
      subject: { type: "contact" as const, id },
      data: { from: fromStageId, to: toStageId },
    })),
  );
}
