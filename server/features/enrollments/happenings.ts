// What happens to people in sequences without anybody wishing it: they reply, they unsubscribe, their mail bounces, a
// colleague leaves. Called within the transaction of whatever found it out.

import type { Wish } from "../../domain/deciding.ts";
import { holdContacts } from "../contacts/holding-store.ts";
import { type By, recordAll } from "../events/store.ts";
import { carryOut, happening, type Outcome } from "./carry-out.ts";
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
  | Extract<Wish, { is: "pause" }>
  | Extract<Wish, { is: "replied" }>
  | Extract<Wish, { is: "outOfOffice" }>
  | Extract<Wish, { is: "notSent" }>;

export type Happened = { enrollmentId: string; what: What };

/** Of several things that happened to one enrollment, each finds it as the one before has left it. */
export async function happened(by: By, happenings: readonly Happened[]): Promise<Outcome> {
  const { db, teamId } = by;
  const ids = [...new Set(happenings.map(({ enrollmentId }) => enrollmentId))];
  await holdContacts(db, teamId, await store.contactsOf(db, teamId, ids));
  const total: Outcome = { changed: [], left: [] };
  const byId = Map.groupBy(happenings, ({ enrollmentId }) => enrollmentId);
  for (let turn = 0; [...byId.values()].some((own) => own.length > turn); turn++) {
    const whats = new Map(ids.flatMap((id) => wishAt(byId, id, turn)));
    const rows = await lockEnrollments(db, teamId, [...whats.keys()]);
    const { changed, left } = await carryOut(by, rows, (row) => whats.get(row.id) as What);
    total.changed.push(...changed);
    total.left.push(...left);
  }
  return total;
}

function wishAt(byId: ReadonlyMap<string, Happened[]>, id: string, turn: number): [string, What][] {
  const what = byId.get(id)?.[turn]?.what;
  return what ? [[id, what]] : [];
}

/** Nobody may write to these contacts any more: they are through, wherever they are. Their rows must be locked. */
export async function barContacts(
  by: By,
  contactIds: readonly string[],
  what: "unsubscribed" | "doNotContact",
): Promise<Outcome> {
  if (contactIds.length === 0) return { changed: [], left: [] };
  const rows = await lockLiveOf(by.db, by.teamId, contactIds);
  return carryOut(by, rows, { is: what });
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
  return (await carryOut(by, theirs, { is: "userDeleted" })).changed.length;
}

const AT_ONCE = 2000;

/** Somebody has left the team, and their row says so by now: nothing goes on from their mailboxes, or in their sequences. Answers how many stopped. */
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
