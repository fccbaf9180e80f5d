import { stored, storedOrNull } from "../../../kernel/moments.ts";
import type { TeamMove } from "./store.ts";

export function presentMove(move: TeamMove) {
  const { id, userId, source, phase, progressId, status, error, kind, done, total, report, undone } = move;
  return {
    id,
    user_id: userId,
    source,
    has_source_key: move.sourceKey !== null,
    notes: move.withNotes,
    phase,
    entity_progress_job_id: progressId,
    status,
    error,
    at: kind === null || move.finishedAt !== null ? null : { kind, done, total },
    report,
    undone,
    created_at: stored(move.createdAt),
    updated_at: stored(move.updatedAt),
    finished_at: storedOrNull(move.finishedAt),
  };
}
