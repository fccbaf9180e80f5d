// What happens to enrollments without a user's wish: the contact replies or unsubscribes, a mail bounces, a colleague
// leaves. Called in the transaction that found it out.

import type { TransitionRequest } from "../../../domain/enrollments/deciding.ts";
import { holdContacts } from "../../contacts/contact-rows/holding-store.ts";
import { type By, recordAll } from "../../events/events/store.ts";
import { applyTransitions, happening, type TransitionResult } from "./apply-transition.ts";
import { type EnrollmentFacts, lockEnrollments, lockLiveOf } from "./locking-store.ts";
import * as store from "./store.ts";

export type What =
  | {
      is:
        | "interested"
        | "clicked"
        | "unsubscribed"
        | "doNotContact"
        | "completedLastStep"
        | "hardBounced"
        | "spamBlocked"
        | "userDeleted";
    }
  | Extract<TransitionRequest, { is: "pause" }>
  | Extract<TransitionRequest, { is: "replied" }>
  | Extract<TransitionRequest, { is: "outOfOffice" }>
  | Extract<TransitionRequest, { is: "notSent" }>;

export type EventOfEnrollment = { enrollmentId: string; what: What };

/** Of several things that happened to one enrollment, each finds it as the one before has left it. */
export async function happened(by: By, happenings: readonly EventOfEnrollment[]): Promise<TransitionResult> {
  const { db, teamId } = by;
  const ids = [...new Set(happenings.map(({ enrollmentId }) => enrollmentId))];
  await holdContacts(db, teamId, await store.contactsOf(db, teamId, ids));
  const total: TransitionResult = { changed: [], left: [] };
  const byId = Map.groupBy(happenings, ({ enrollmentId }) => enrollmentId);
  for (let turn = 0; [...byId.values()].some((own) => own.length > turn); turn++) {
    const whats = new Map(ids.flatMap((id) => wishAt(byId, id, turn)));
    const rows = await lockEnrollments(db, teamId, [...whats.keys()]);
    const { changed, left } = await applyTransitions(by, rows, (row) => whats.get(row.id) as What);
    total.changed.push(...changed);
    total.left.push(...left);
  }
  return total;
}

function wishAt(byId: ReadonlyMap<string, EventOfEnrollment[]>, id: string, turn: number): [string, What][] {
  const what = byId.get(id)?.[turn]?.what;
  return what ? [[id, what]] : [];
}

/** These contacts finish in every sequence. Their rows must be locked. */
export async function finishEverywhere(
  by: By,
  contactIds: readonly string[],
  what: "unsubscribed" | "doNotContact" | "meetingBooked",
): Promise<TransitionResult> {
  if (contactIds.length === 0) return { changed: [], left: [] };
  const rows = await lockLiveOf(by.db, by.teamId, contactIds);
  return applyTransitions(by, rows, { is: what });
}

/** The sequence goes on, but not in the name of a user who has left meanwhile. Answers how many enrollments stopped. */
export async function stopLeaversIn(by: By, sequenceId: string) {
  const ids = await store.activeOfLeavers(by.db, by.teamId, sequenceId);
  let stopped = 0;
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const rows = await lockEnrollments(by.db, by.teamId, ids.slice(start, start + AT_ONCE));
    stopped += await stopOfLeavers(by, rows);
  }
  return stopped;
}

/** Until they were locked, another mailbox may have been chosen for some: those go on. */
async function stopOfLeavers(by: By, rows: readonly EnrollmentFacts[]) {
  const theirs = rows.filter(({ areUsersThere }) => !areUsersThere);
  return (await applyTransitions(by, theirs, { is: "userDeleted" })).changed.length;
}

const AT_ONCE = 2000;

/**
 * A user has left the team, and their row already says so. Enrollments in their mailboxes or their sequences stop.
 * Answers how many stopped.
 */
export async function loseUser(by: By, userId: string) {
  let stopped = 0;
  for (;;) {
    const ids = await store.activeOfUser(by.db, by.teamId, userId, AT_ONCE);
    if (ids.length === 0) return stopped;
    stopped += await stopOfLeavers(by, await lockEnrollments(by.db, by.teamId, ids));
  }
}

/** These contacts are about to go, and their enrollments go along: the history says so. Their rows must be locked. */
export async function tellRemoved(by: By, contactIds: readonly string[]) {
  const rows = await store.enrollmentsOf(by.db, by.teamId, contactIds);
  await recordAll(
    by,
    rows.map((row) =>
      happening("enrollment.removed", row.id, row, {
        reason: "contact deleted",
        ...(row.stepPosition !== null && { step_position: row.stepPosition }),
      }),
    ),
  );
}
