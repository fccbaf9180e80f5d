// Throws away what has had its time: answers kept for idempotency, sessions and links long over, credits held for nobody.

import type { App } from "../app.ts";
import type { Db } from "../db/connect.ts";
import { forgetOldAnswers } from "../db/kept-answers.ts";
import { deleteOldChanges } from "../features/changes/store.ts";
import { releaseExpired } from "../features/credits/giving-back.ts";
import { clearAbandoned } from "../features/enrichment/losing.ts";
import { forgetExpired } from "../features/enrichment/store.ts";
import { wakeWaiting } from "../features/enrollments/waiting-store.ts";
import type { By } from "../features/events/store.ts";
import { deleteOldForecasts } from "../features/forecasts/store.ts";
import { deleteOldByproducts } from "../features/imports/byproducts-store.ts";
import { deleteOldRows } from "../features/imports/rows-store.ts";
import { deleteOldPieces } from "../features/imports/store.ts";
import { deleteOldUnrelated } from "../features/incoming/store.ts";
import { deleteOldInvitations } from "../features/invitations/store.ts";
import { deleteOldUsage } from "../features/language-model/store.ts";
import { deleteOldTries, deleteUnusedRegistrations } from "../features/oauth-applications/store.ts";
import { deleteOldGrants } from "../features/oauth-grants/store.ts";
import { deleteOldPromises } from "../features/promises/store.ts";
import { deleteOldCalls } from "../features/providers/store.ts";
import { deleteOldRuns as deleteOldReports } from "../features/report-schedules/runs-store.ts";
import { deleteOldElsewhere } from "../features/sent-elsewhere/store.ts";
import { deleteOldFailures, deleteOldSessions } from "../features/sessions/store.ts";
import { inParts, type Manner } from "../features/set-aside/commands.ts";
import { forgetOldAside } from "../features/set-aside/store.ts";
import { wakeStranded } from "../features/slots/stranded-store.ts";
import { listTeamIds } from "../features/teams/store.ts";
import { deleteOldVerdicts } from "../features/verdicts/store.ts";
import { deleteOldDeliveries } from "../features/webhooks/deliveries-store.ts";
import { deleteOldNotices } from "../features/workflow-notices/store.ts";
import { deleteOldPayloads } from "../features/workflows/payloads-store.ts";
import { deleteOldRuns, finishRuns } from "../features/workflows/runs-store.ts";
import { batchOf, eachTeam } from "./each-team.ts";
import { revive } from "./revive.ts";
import { STALLED_AFTER } from "./run-progress.ts";

const SESSIONS_SHOWN_FOR = { hours: 90 * 24 };
const DELIVERIES_SHOWN_FOR = { hours: 30 * 24 };
const CHANGES_KEPT_FOR = { hours: 24 };
const PROVIDER_CALLS_KEPT_FOR = { hours: 90 * 24 };
const MODEL_USAGE_KEPT_FOR = { hours: 400 * 24 };
const VERDICTS_KEPT_FOR = { hours: 90 * 24 };
const WORKFLOW_RUNS_KEPT_FOR = { hours: 90 * 24 };
const PAYLOADS_KEPT_FOR = { hours: 30 * 24 };
const REPORTS_KEPT_FOR = { hours: 90 * 24 };
const FORECASTS_KEPT_FOR = { hours: 90 * 24 };
/** Those on which nobody was added. */
const IDLE_PROMISES_KEPT_FOR = { hours: 24 };
const UNRELATED_KEPT_FOR = { hours: 60 * 24 }; // longer than mails are read again
const SENT_ELSEWHERE_KEPT_FOR = { hours: 2 * 24 }; // twice as long as it counts
const UNUSED_APPLICATIONS_KEPT_FOR = { hours: 7 * 24 };
const ASIDE_KEPT_FOR = { hours: 24 };
const FAILURES_KEPT_FOR = { hours: 24 };

/** Answers how many rows went. Run twice, it finds nothing the second time. */
export async function sweep(app: App) {
  const now = app.now();
  let swept = await app.db.inTransaction(async (db) => {
    const failures = await deleteOldFailures(db, now.subtract(FAILURES_KEPT_FOR));
    const tries = await deleteOldTries(db, now.subtract(FAILURES_KEPT_FOR));
    return (
      failures + tries + (await deleteUnusedRegistrations(db, now.subtract(UNUSED_APPLICATIONS_KEPT_FOR)))
    );
  });
  const teams = await app.db.inTransaction(listTeamIds);
  swept += await eachTeam({ app }, "sweep", teams, async (teamId) => {
    const deleted = await batchOf(app, teamId, (by, manner) => sweepTeam({ ...by, now }, manner));
    await app.db.inTeam(teamId, (db) => wakeWaiting(db, teamId, now));
    const stranded = await app.db.inTeam(teamId, (db) => wakeStranded(db, teamId, now));
    if (stranded.length > 0)
      app.log.warn({ teamId, enrollmentIds: stranded.slice(0, 20) }, `${stranded.length} people stood still`);
    return deleted;
  });
  await eachTeam({ app }, "revive-jobs", teams, (teamId) => revive(app, teamId, STALLED_AFTER));
  return swept;
}

type Old = {
  teamId: string;
  now: Temporal.Instant;
  before(keptFor: Temporal.DurationLike): Temporal.Instant;
};

/** By what they delete, which is put aside where it fails. */
const DELETES: Record<string, (db: Db, old: Old) => Promise<number>> = {
  answers: (db, { teamId, now }) => forgetOldAnswers(db, teamId, now),
  sessions: (db, { teamId, before }) => deleteOldSessions(db, teamId, before(SESSIONS_SHOWN_FOR)),
  invitations: (db, { teamId, before }) => deleteOldInvitations(db, teamId, before(SESSIONS_SHOWN_FOR)),
  deliveries: (db, { teamId, before }) => deleteOldDeliveries(db, teamId, before(DELIVERIES_SHOWN_FOR)),
  changes: (db, { teamId, before }) => deleteOldChanges(db, teamId, before(CHANGES_KEPT_FOR)),
  verdicts: (db, { teamId, before }) => deleteOldVerdicts(db, teamId, before(VERDICTS_KEPT_FOR)),
  "import pieces": (db, { teamId }) => deleteOldPieces(db, teamId),
  "import rows": (db, { teamId, before }) => deleteOldRows(db, teamId, before(VERDICTS_KEPT_FOR)),
  "import byproducts": (db, { teamId, before }) => deleteOldByproducts(db, teamId, before(VERDICTS_KEPT_FOR)),
  forecasts: (db, { teamId, before }) => deleteOldForecasts(db, teamId, before(FORECASTS_KEPT_FOR)),
  promises: (db, { teamId, before }) =>
    deleteOldPromises(db, teamId, {
      ...{ before: before(VERDICTS_KEPT_FOR), unclaimedBefore: before(IDLE_PROMISES_KEPT_FOR) },
    }),
  reports: (db, { teamId, before }) => deleteOldReports(db, teamId, before(REPORTS_KEPT_FOR)),
  "sent elsewhere": (db, { teamId, before }) =>
    deleteOldElsewhere(db, teamId, before(SENT_ELSEWHERE_KEPT_FOR)),
  "unrelated mails": (db, { teamId, before }) => deleteOldUnrelated(db, teamId, before(UNRELATED_KEPT_FOR)),
  grants: (db, { teamId, now, before }) => deleteOldGrants(db, teamId, now, before(SESSIONS_SHOWN_FOR)),
  "held credits": (db, { teamId, now }) => releaseExpired(db, teamId, now),
  "known facts": (db, { teamId, now }) => forgetExpired(db, teamId, now),
  lookups: (db, { teamId, now }) => clearAbandoned(db, teamId, now),
  "open runs": async (db, { teamId, now }) => (await finishRuns(db, teamId, null, now)).length,
  runs: (db, { teamId, before }) => deleteOldRuns(db, teamId, before(WORKFLOW_RUNS_KEPT_FOR)),
  payloads: (db, { teamId, before }) => deleteOldPayloads(db, teamId, before(PAYLOADS_KEPT_FOR)),
  notices: (db, { teamId, before }) => deleteOldNotices(db, teamId, before(VERDICTS_KEPT_FOR)),
  "model usage": (db, { teamId, before }) => deleteOldUsage(db, teamId, before(MODEL_USAGE_KEPT_FOR)),
  "set aside": (db, { teamId, before }) => forgetOldAside(db, teamId, before(ASIDE_KEPT_FOR)),
  "provider calls": (db, { teamId, before }) => deleteOldCalls(db, teamId, before(PROVIDER_CALLS_KEPT_FOR)),
};

async function sweepTeam(by: By, manner: Manner) {
  const { db, teamId, now } = by;
  const old: Old = { teamId, now, before: (keptFor) => now.subtract(keptFor) };
  let swept = 0;
  const kinds = Object.entries(DELETES).map(([id, run]) => ({ id, run }));
  await inParts(by, { loop: "sweep", manner }, kinds, async (some) => {
    let count = 0;
    for (const { run } of some) count += await run(db, old);
    swept += count;
  });
  return swept;
}
