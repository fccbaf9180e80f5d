// Throws away what has had its time: answers kept for idempotency, sessions and links long over, credits held for nobody.

import type { App } from "../app.ts";
import { forgetOldAnswers } from "../db/kept-answers.ts";
import { deleteOldChanges } from "../features/changes/store.ts";
import { releaseExpired } from "../features/credits/giving-back.ts";
import { forgetExpired } from "../features/enrichment/store.ts";
import { deleteOldRows } from "../features/imports/rows-store.ts";
import { deleteOldPieces } from "../features/imports/store.ts";
import { deleteOldUnrelated } from "../features/incoming/store.ts";
import { deleteOldInvitations } from "../features/invitations/store.ts";
import { deleteOldTries, deleteUnusedRegistrations } from "../features/oauth-applications/store.ts";
import { deleteOldGrants } from "../features/oauth-grants/store.ts";
import { deleteOldCalls } from "../features/providers/store.ts";
import { deleteOldFailures, deleteOldSessions } from "../features/sessions/store.ts";
import { listTeamIds } from "../features/teams/store.ts";
import { deleteOldVerdicts } from "../features/verdicts/store.ts";
import { deleteOldDeliveries } from "../features/webhooks/store.ts";
import { reviveStalled, STALLED_AFTER } from "./run-progress.ts";

const SESSIONS_SHOWN_FOR = { hours: 90 * 24 };
const DELIVERIES_SHOWN_FOR = { hours: 30 * 24 };
const CHANGES_KEPT_FOR = { hours: 24 };
const PROVIDER_CALLS_KEPT_FOR = { hours: 90 * 24 };
const VERDICTS_KEPT_FOR = { hours: 90 * 24 };
const UNRELATED_KEPT_FOR = { hours: 60 * 24 }; // longer than mails are read again
const UNUSED_APPLICATIONS_KEPT_FOR = { hours: 7 * 24 };
const FAILURES_KEPT_FOR = { hours: 24 };

/** Answers how many rows went. Run twice, it finds nothing the second time. */
export async function sweep(app: App) {
  const now = app.now();
  const longAgo = now.subtract(SESSIONS_SHOWN_FOR);
  let swept = await app.db.inTransaction(async (db) => {
    const failures = await deleteOldFailures(db, now.subtract(FAILURES_KEPT_FOR));
    const tries = await deleteOldTries(db, now.subtract(FAILURES_KEPT_FOR));
    return (
      failures + tries + (await deleteUnusedRegistrations(db, now.subtract(UNUSED_APPLICATIONS_KEPT_FOR)))
    );
  });
  for (const teamId of await app.db.inTransaction(listTeamIds)) {
    swept += await app.db.inTeam(teamId, async (db) => {
      const answers = await forgetOldAnswers(db, teamId, now);
      const sessions = await deleteOldSessions(db, teamId, longAgo);
      const invitations = await deleteOldInvitations(db, teamId, longAgo);
      const deliveries = await deleteOldDeliveries(db, teamId, now.subtract(DELIVERIES_SHOWN_FOR));
      const changes = await deleteOldChanges(db, teamId, now.subtract(CHANGES_KEPT_FOR));
      const verdicts = await deleteOldVerdicts(db, teamId, now.subtract(VERDICTS_KEPT_FOR));
      const pieces = await deleteOldPieces(db, teamId);
      const rows = await deleteOldRows(db, teamId, now.subtract(VERDICTS_KEPT_FOR));
      const unrelated = await deleteOldUnrelated(db, teamId, now.subtract(UNRELATED_KEPT_FOR));
      const grants = await deleteOldGrants(db, teamId, now, longAgo);
      const reservations = await releaseExpired(db, teamId, now);
      const requests = await forgetExpired(db, teamId, now);
      const calls = await deleteOldCalls(db, teamId, now.subtract(PROVIDER_CALLS_KEPT_FOR));
      return (
        pieces +
        rows +
        requests +
        calls +
        unrelated +
        answers +
        sessions +
        invitations +
        deliveries +
        verdicts +
        changes +
        reservations +
        grants
      );
    });
    await reviveStalled(app, teamId, STALLED_AFTER);
  }
  return swept;
}
