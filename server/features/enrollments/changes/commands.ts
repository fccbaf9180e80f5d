// A change to many, remembered for a moment, and taken back.

import type { Act } from "../../../app.ts";
import type { EnrollmentStatus } from "../../../domain/enrollments/enrollment.ts";
import { standingOf, withInstants } from "../../../domain/enrollments/kept-standing.ts";
import { type UndoCode, undoneTo } from "../../../domain/enrollments/undoing.ts";
import { mayUndo } from "../../../domain/identity/permissions.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { holdContacts } from "../../contacts/contact-rows/holding-store.ts";
import { byCaller, type Happening, record, recordAll } from "../../events/events/store.ts";
import { lockFor } from "../../sequences/sequences/finding.ts";
import type { AppliedTransition } from "../enrollments/apply-transition.ts";
import { barredAmong } from "../enrollments/guards.ts";
import { type EnrollmentFacts, lockEnrollments } from "../enrollments/locking-store.ts";
import { writeStandings } from "../enrollments/standings-store.ts";
import { liveAgain } from "../enrollments/store.ts";
import { undone } from "../enrollments/undone-event.ts";
import { giveBackTasks } from "../step-tasks/giving-back.ts";
import * as store from "./store.ts";

const UNDO_FOR = { seconds: 30 };

/** Remembers what was before, for as long as it can be put back. Null: nothing was changed. */
export async function rememberChange(act: Act, kind: string, changed: readonly AppliedTransition[]) {
  if (changed.length === 0) return null;
  // It counts from now, when the work is done, not from when it began.
  const change = await insertChange(act, kind, act.app.now().add(UNDO_FOR));
  const items = changed.flatMap(({ before, revision, begunId }) => [
    { enrollmentId: before.id, before: standingOf(before), revision },
    ...(begunId ? [{ enrollmentId: begunId, before: null, revision: 1 }] : []),
  ]);
  await store.insertItems(act.db, act.caller.teamId, change.id, items);
  return change;
}

/** What the engine does batch by batch cannot be taken back. */
export function rememberJob(act: Act, kind: string) {
  return insertChange(act, kind, null);
}

async function insertChange({ db, now, caller }: Act, kind: string, undoUntil: Temporal.Instant | null) {
  const change = { id: newId(), kind, userId: caller.userId, madeAt: now, undoUntil };
  await store.insertChange(db, caller.teamId, change);
  return change;
}

type Verdict = { contactId: string; code: UndoCode | null };

export async function undoChange(act: Act, id: string) {
  const { db, now, caller } = act;
  const { teamId } = caller;
  const change = await store.lockChange(db, teamId, id);
  if (!change) throw new Refusal("record_not_found");
  refuseUndo(act, change);

  const items = await store.itemsOfChange(db, teamId, id);
  const sequenceIds = [...new Set(items.map(({ sequenceId }) => sequenceId))].sort();
  for (const sequenceId of sequenceIds) await lockFor(act, sequenceId, "edit");
  await holdContacts(
    db,
    teamId,
    items.map(({ contactId }) => contactId),
  );
  const rows = await lockEnrollments(
    db,
    teamId,
    items.map(({ enrollmentId }) => enrollmentId),
  );
  const orphaned = new Set(await store.itemsOfLeavers(db, teamId, id));
  const verdicts = await putBack(act, change, items, rows, orphaned);
  await store.markUndone(db, teamId, id, now);
  await record(byCaller(act), {
    type: "change.undone",
    subject: { type: "change", id },
    data: { kind: change.kind, undone: verdicts.filter(({ code }) => !code).length },
  });
  return { id, undoneAt: now, verdicts };
}

function refuseUndo({ now, caller }: Act, change: store.ChangeRow) {
  if (!mayUndo({ userId: caller.userId, isAdmin: caller.role === "admin" }, change.userId))
    throw new Refusal("change_of_another");
  if (change.undoneAt) throw new Refusal("change_undone_already");
  if (!change.undoUntil) throw new Refusal("change_not_undoable");
  if (Temporal.Instant.compare(now, change.undoUntil) > 0) throw new Refusal("change_too_old");
}

/**
 * A contact who started over has two rows: both are put back, or neither. `orphaned` are the rows that would depend on
 * a user who has left.
 */
async function putBack(
  act: Act,
  change: store.ChangeRow,
  items: readonly store.ChangeItemRow[],
  rows: readonly EnrollmentFacts[],
  orphaned: ReadonlySet<string>,
): Promise<Verdict[]> {
  const { db, now, caller } = act;
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const barred = await barredAmong({ db, teamId: caller.teamId }, rows);
  const removed = rows.filter(({ state }) => state === "removed").map(({ id: rowId }) => rowId);
  const begun = items.filter(({ before }) => before === null).map(({ enrollmentId }) => enrollmentId);
  const again = new Set(await liveAgain(db, caller.teamId, removed, begun));

  const writing: { row: EnrollmentFacts; standing: EnrollmentStatus }[] = [];
  const pairs = Map.groupBy(items, ({ sequenceId, contactId }) => `${sequenceId} ${contactId}`);
  const verdicts = [...pairs.values()].map((pair): Verdict => {
    const { contactId } = pair[0] as store.ChangeItemRow;
    const plans = pair.map((item) => {
      const row = rowOf.get(item.enrollmentId);
      if (!row || row.revision !== item.revision) return { code: "changed_since" as const };
      if (!item.before) return { code: null, row, standing: removedNow(row, now) };
      // Where a step was deleted, its contacts have no current step, and their revision is the same.
      if (item.before.currentStepId !== row.currentStepId) return { code: "step_removed" as const };
      const isSuppressed = row.email !== null && barred.has(row.email);
      const areUsersThere = !orphaned.has(row.id);
      const world = { ...row, isSuppressed, areUsersThere, isThereAgain: again.has(row.id) };
      return { row, ...undoneTo(withInstants(item.before), world, now) };
    });
    const code = plans.map((plan) => plan.code).find((one) => one !== null) ?? null;
    if (code) return { contactId, code };
    for (const plan of plans) if (plan.standing) writing.push({ row: plan.row, standing: plan.standing });
    return { contactId, code };
  });
  await write(act, writing);
  const paused = writing.filter(({ standing }) => standing.state === "paused").map(({ row }) => row.id);
  await giveBackTasks(byCaller(act), paused, change.madeAt);
  return verdicts;
}

/** Of one contact in one sequence a single row may be there, so those that go must be gone first. */
async function write(act: Act, writing: readonly { row: EnrollmentFacts; standing: EnrollmentStatus }[]) {
  const { db, now, caller } = act;
  const [going, coming] = [true, false].map((goes) =>
    writing.filter(({ standing }) => (standing.state === "removed") === goes),
  );
  for (const part of [going, coming])
    if (part && part.length > 0)
      await writeStandings(
        db,
        caller.teamId,
        part.map(({ row, standing }) => ({ before: row, after: standing })),
        now,
      );
  await recordAll(byCaller(act), writing.map(toldOf));
}

function toldOf({ row, standing }: { row: EnrollmentFacts; standing: EnrollmentStatus }): Happening {
  if (row.state !== standing.state || row.mailboxId === standing.mailboxId) return undone(row, standing);
  const moved = undone(row, standing, { email_account_id: standing.mailboxId });
  return { ...moved, type: "enrollment.moved" };
}

function removedNow(row: EnrollmentFacts, now: Temporal.Instant): EnrollmentStatus {
  return { ...standingOf(row), state: "removed", dueAt: null, resumeAt: null, removedAt: now };
}
