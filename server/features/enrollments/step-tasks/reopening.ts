// Reopens a task that was done or skipped by mistake, and puts its contact back to its step. Only if nothing has moved
// the contact since, and no mail of a later step is sent or on its way.

import { withInstants } from "../../../domain/enrollments/kept-standing.ts";
import { undoneTo } from "../../../domain/enrollments/undoing.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { holdContacts } from "../../contacts/contact-rows/holding-store.ts";
import { type By, recordAll } from "../../events/events/store.ts";
import { holdSequences } from "../../sequences/sequences/store.ts";
import { happening } from "../enrollments/apply-transition.ts";
import { barredAmong } from "../enrollments/guards.ts";
import { lockEnrollments } from "../enrollments/locking-store.ts";
import { writeStandings } from "../enrollments/standings-store.ts";
import * as endings from "./endings-store.ts";
import { lockMails } from "./store.ts";

/** Before the task itself is locked: it is still as it was done. */
export async function returnToStep(by: By, taskId: string) {
  const { db, teamId, now } = by;
  const seen = await endings.endingOf(db, teamId, taskId);
  if (!seen) return;
  await holdSequences(db, teamId, [seen.sequenceId]); // who finished is not seen by what switches it off or archives it
  await holdContacts(db, teamId, [seen.contactId]);
  const [row] = await lockEnrollments(db, teamId, [seen.enrollmentId]);
  if (seen.messageId) await lockMails(db, teamId, [seen.messageId]);
  const ending = await endings.endingOf(db, teamId, taskId); // another caller may have been faster
  const from = ending?.from;
  if (!row || !from || ending.hasGoneOn || row.revision !== from.revision) throw new Refusal("task_went_on");
  const barred = await barredAmong({ db, teamId }, [row]);
  const isSuppressed = row.email !== null && barred.has(row.email);
  const { standing } = undoneTo(
    withInstants(from.standing),
    { ...row, isSuppressed, isThereAgain: false },
    now,
  );
  if (!standing) throw new Refusal("task_went_on");
  await writeStandings(db, teamId, [{ before: row, after: standing }], now);
  await endings.setWaitsFrom(db, teamId, row.id, from.waitsFrom);
  if (seen.messageId) await endings.redraft(db, teamId, seen.messageId, now);
  if (row.state !== standing.state && (standing.state === "active" || standing.state === "paused"))
    await recordAll(by, [
      happening(standing.state === "active" ? "enrollment.resumed" : "enrollment.paused", row.id, row, {
        reason: "undone",
      }),
    ]);
}
