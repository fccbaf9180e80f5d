// Whoever was paused until a date goes on when it comes, also if nobody was running then.
//
// Several engines may do this side by side: each takes rows that no other holds. A sequence that somebody is changing is
// left for the next round, so that nobody goes on in one that is being switched off.

import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "../app.ts";
import { carryOut } from "../features/enrollments/carry-out.ts";
import { lockDueResumes, teamsWithResumesDue } from "../features/enrollments/store.ts";
import { crashPoint } from "../seams.ts";

const LOOK_EVERY_MS = 500;
const BATCH = 500;

export function startResuming(app: App) {
  const stopping = new AbortController();
  const run = async () => {
    while (!stopping.signal.aborted) {
      const resumed = await resumePaused(app).catch((error) => {
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
export async function resumePaused(app: App) {
  let resumed = 0;
  for (const teamId of await app.db.inTransaction((db) => teamsWithResumesDue(db, app.now())))
    resumed += await app.db.inTeam(teamId, async (db) => {
      const now = app.now();
      const rows = await lockDueResumes(db, teamId, BATCH, now);
      // Each goes on in the name of whoever added it.
      for (const [userId, theirs] of Map.groupBy(rows, ({ addedBy }) => addedBy)) {
        const origin = { requestId: null, address: null, cause: "clock" };
        await carryOut({ db, now, origin, teamId, userId, apiKeyId: null }, theirs, { is: "resumeAtDate" });
      }
      await crashPoint("resume-before-commit");
      return rows.length;
    });
  return resumed;
}
