// An enrollment that was paused until a date goes on when it comes, also after downtime. When the hold after a reply
// has run out, that is recorded. The gate checks the clock itself and does not wait for that record.
//
// Several engines may do this side by side: each takes rows that no other holds. A sequence that a user is changing
// is left for the next round, so that no contact goes on in one that is being switched off.

import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "../../app.ts";
import { endPassedHolds } from "../../features/contacts/answer-holds/commands.ts";
import { teamsWithHoldsOver } from "../../features/contacts/answer-holds/store.ts";
import { applyTransitions } from "../../features/enrollments/enrollments/apply-transition.ts";
import type { EnrollmentFacts } from "../../features/enrollments/enrollments/locking-store.ts";
import { lockDueResumes, teamsWithResumesDue } from "../../features/enrollments/enrollments/resumes-store.ts";
import { writeStandings } from "../../features/enrollments/enrollments/standings-store.ts";
import type { By } from "../../features/events/events/store.ts";
import { inParts } from "../../features/events/set-aside/commands.ts";
import { crashPoint } from "../../seams.ts";
import { batchOf, eachTeam, type Looping } from "../running/each-team.ts";

const LOOK_EVERY_MS = 500;
const BATCH = 500;

export function startResuming(app: App) {
  const stopping = new AbortController();
  const run = async () => {
    while (!stopping.signal.aborted) {
      const resumed = await resumePaused({ app, stopping: stopping.signal }).catch((error) => {
        app.log.warn({ err: error }, "paused enrollments could not be resumed");
        return 0;
      });
      if (resumed === 0) await sleep(LOOK_EVERY_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
  };
}

/** One batch for each team that has some. Answers how many it dealt with; 0 means there is nothing to do. */
export async function resumePaused(looping: Looping) {
  const { app } = looping;
  const teams = await app.db.inTransaction((db) => teamsWithResumesDue(db, app.now()));
  const resumed = await eachTeam(looping, "resume-paused", teams, (teamId) =>
    batchOf(app, teamId, async (by, manner) => {
      const rows = await lockDueResumes(by.db, teamId, BATCH, by.now);
      await inParts(by, { loop: "resume-paused", manner }, rows, async (some) => {
        // Each goes on in the name of the user who added it.
        for (const [userId, theirs] of Map.groupBy(some, ({ addedBy }) => addedBy))
          await resume({ ...by, userId }, theirs);
      });
      await crashPoint("resume-before-commit");
      return rows.length;
    }),
  );
  const held = await app.db.inTransaction((db) => teamsWithHoldsOver(db, app.now()));
  const ended = await eachTeam(looping, "end-holds", held, (teamId) => batchOf(app, teamId, endPassedHolds));
  return resumed + ended;
}

async function resume(by: By, rows: readonly EnrollmentFacts[]) {
  const { left } = await applyTransitions(by, rows, { is: "resumeAtDate" });
  // They wait for the sequence, or to be moved out of a leaver's mailbox, and no longer for a date, or the next round
  // would find them again.
  const waiting = left.map(({ row }) => ({
    before: row,
    after: { ...row, resumeAt: null, manuallySetUnpause: null },
  }));
  if (waiting.length > 0) await writeStandings(by.db, by.teamId, waiting, by.now);
}
