// Deletes what has expired: answers kept for idempotency, sessions and links long over, credits held without a use.

import type { App } from "../../app.ts";
import type { Db } from "../../db/connect.ts";
import { forgetOldAnswers } from "../../db/kept-answers.ts";
import { expiryOf } from "../../domain/basics/expiry.ts";
import { noteStorage } from "../../features/administration/storage/commands.ts";
import { forgetOldMoves } from "../../features/administration/team-moves/store.ts";
import { deleteOldNotices } from "../../features/automation/workflow-notices/store.ts";
import { deleteOldPayloads } from "../../features/automation/workflows/payloads-store.ts";
import { deleteOldRuns, finishRuns } from "../../features/automation/workflows/runs-store.ts";
import { deleteOldChanges } from "../../features/enrollments/changes/store.ts";
import { wakeWaiting } from "../../features/enrollments/enrollments/waiting-store.ts";
import { deleteOldPromises } from "../../features/enrollments/promises/store.ts";
import { deleteOldVerdicts } from "../../features/enrollments/verdicts/store.ts";
import type { By } from "../../features/events/events/store.ts";
import { type BatchMode, inParts } from "../../features/events/set-aside/commands.ts";
import { forgetOldAside } from "../../features/events/set-aside/store.ts";
import { deleteOldDeliveries } from "../../features/events/webhooks/deliveries-store.ts";
import { releaseExpired } from "../../features/identity/credits/giving-back.ts";
import { deleteOldInvitations } from "../../features/identity/invitations/store.ts";
import { deleteOldTries, deleteUnusedRegistrations } from "../../features/identity/oauth-clients/store.ts";
import { deleteOldGrants } from "../../features/identity/oauth-grants/store.ts";
import { deleteOldFailures, deleteOldSessions } from "../../features/identity/sessions/store.ts";
import { listTeamIds } from "../../features/identity/teams/store.ts";
import { deleteOldForecasts } from "../../features/insight/forecasts/store.ts";
import { deleteOldRuns as deleteOldReports } from "../../features/insight/report-schedules/runs-store.ts";
import { deleteOldTrialRuns } from "../../features/insight/trial-runs/store.ts";
import { deleteOldElsewhere } from "../../features/mailboxes/sent-elsewhere/store.ts";
import { deleteOldSignIns } from "../../features/mailboxes/sign-ins/store.ts";
import { clearAbandoned } from "../../features/prospecting/enrichment/losing.ts";
import { forgetExpired } from "../../features/prospecting/enrichment/store.ts";
import { deleteOldByproducts } from "../../features/prospecting/import-rows/byproducts-store.ts";
import { deleteOldRows } from "../../features/prospecting/import-rows/rows-store.ts";
import { deleteOldPieces } from "../../features/prospecting/import-rows/store.ts";
import { deleteOldCalls } from "../../features/prospecting/providers/store.ts";
import { deleteOldUnrelated } from "../../features/receiving/incoming/store.ts";
import { deleteOldUsage } from "../../features/receiving/language-model/store.ts";
import { wakeStranded } from "../../features/sending/outbox/stranded-store.ts";
import { deleteOldTests } from "../../features/sending/placement-tests/old-store.ts";
import { deleteOldTestLinks } from "../../features/sending/test-links/store.ts";
import { batchOf, eachTeam } from "../running/each-team.ts";
import { revive } from "./revive.ts";
import { STALLED_AFTER } from "./run-progress.ts";

const CHANGES_KEPT_FOR = { hours: 24 };
/** Those to which no contact was added. */
const IDLE_PROMISES_KEPT_FOR = { hours: 24 };
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
  await noteStorage(app);
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
  sessions: (db, { teamId, before }) => deleteOldSessions(db, teamId, before(expiryOf("sessions"))),
  invitations: (db, { teamId, before }) => deleteOldInvitations(db, teamId, before(expiryOf("sessions"))),
  deliveries: (db, { teamId, before }) => deleteOldDeliveries(db, teamId, before(expiryOf("deliveries"))),
  changes: (db, { teamId, before }) => deleteOldChanges(db, teamId, before(CHANGES_KEPT_FOR)),
  verdicts: (db, { teamId, before }) => deleteOldVerdicts(db, teamId, before(expiryOf("verdicts"))),
  "import pieces": (db, { teamId }) => deleteOldPieces(db, teamId),
  "import rows": (db, { teamId, before }) => deleteOldRows(db, teamId, before(expiryOf("verdicts"))),
  "import byproducts": (db, { teamId, before }) =>
    deleteOldByproducts(db, teamId, before(expiryOf("verdicts"))),
  forecasts: (db, { teamId, before }) => deleteOldForecasts(db, teamId, before(expiryOf("forecasts"))),
  trialRuns: (db, { teamId, before }) => deleteOldTrialRuns(db, teamId, before(expiryOf("trialRuns"))),
  promises: (db, { teamId, before }) =>
    deleteOldPromises(db, teamId, {
      before: before(expiryOf("verdicts")),
      unclaimedBefore: before(IDLE_PROMISES_KEPT_FOR),
    }),
  reports: (db, { teamId, before }) => deleteOldReports(db, teamId, before(expiryOf("reports"))),
  "sent elsewhere": (db, { teamId, before }) =>
    deleteOldElsewhere(db, teamId, before(SENT_ELSEWHERE_KEPT_FOR)),
  "unrelated mails": (db, { teamId, before }) =>
    deleteOldUnrelated(db, teamId, before(expiryOf("unrelated"))),
  grants: (db, { teamId, now, before }) => deleteOldGrants(db, teamId, now, before(expiryOf("sessions"))),
  "mailbox sign-ins": (db, { teamId, now }) => deleteOldSignIns(db, teamId, now),
  "held credits": (db, { teamId, now }) => releaseExpired(db, teamId, now),
  "known facts": (db, { teamId, now }) => forgetExpired(db, teamId, now),
  lookups: (db, { teamId, now }) => clearAbandoned(db, teamId, now),
  "open runs": async (db, { teamId, now }) => (await finishRuns(db, teamId, null, now)).length,
  runs: (db, { teamId, before }) => deleteOldRuns(db, teamId, before(expiryOf("workflowRuns"))),
  payloads: (db, { teamId, before }) => deleteOldPayloads(db, teamId, before(expiryOf("payloads"))),
  notices: (db, { teamId, before }) => deleteOldNotices(db, teamId, before(expiryOf("verdicts"))),
  "team moves": (db, { teamId, before }) => forgetOldMoves(db, teamId, before(expiryOf("teamMoves"))),
  "test links": (db, { teamId, before }) => deleteOldTestLinks(db, teamId, before(expiryOf("testLinks"))),
  "placement tests": (db, { teamId, before }) =>
    deleteOldTests(db, teamId, before(expiryOf("placementTests"))),
  "model usage": (db, { teamId, before }) => deleteOldUsage(db, teamId, before(expiryOf("modelUsage"))),
  "set aside": (db, { teamId, before }) => forgetOldAside(db, teamId, before(ASIDE_KEPT_FOR)),
  "provider calls": (db, { teamId, before }) => deleteOldCalls(db, teamId, before(expiryOf("providerCalls"))),
};

async function sweepTeam(by: By, manner: BatchMode) {
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
