// A team moves in from Apollo, or from another server that speaks its API. The engine does the work (engine/moving/move-team.ts):
// here it is started, and what it needs and finds is written down.
//
// The source's key is sealed, goes to no server but the source, and is forgotten when everything is copied.

import type { Act, App } from "../../../app.ts";
import type { JobType } from "../../../domain/basics/job-types.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { completeProgress, startProgress } from "../../events/progress/commands.ts";
import { lockWork } from "../../events/progress/store.ts";
import { WHY_NOT_CALLED } from "../../events/webhooks/url-fault.ts";
import { createApiKey, revokeApiKey } from "../../identity/api-keys/commands.ts";
import { countCopied } from "./records-store.ts";
import * as store from "./store.ts";

const JOB: JobType = "team_move";
export const APOLLO = "https://api.apollo.io";

type MoveWish = {
  source: string;
  key: string | undefined;
  withNotes: boolean | undefined;
  phase: "look" | "copy";
};

/** Waits for no network but a resolver's; called before the transaction. */
export async function refuseUnfitSource({ outgoing }: App, source: string) {
  const fault = await outgoing.check(sourceOf(source));
  if (fault) throw new Refusal("team_move_source_refused", { source, why: WHY_NOT_CALLED[fault] });
}

/** `apollo`, or an address with or without /api/v1. */
function sourceOf(said: string) {
  if (said.trim().toLowerCase() === "apollo") return APOLLO;
  return said
    .trim()
    .replace(/\/{1,9}$/, "")
    .replace(/(?:\/api)?\/v1$/, "");
}

/** The first run from a source, or one more: what was copied before is not copied again. */
export async function startMove(act: Act, wish: MoveWish) {
  const { app, db, caller } = act;
  const source = sourceOf(wish.source);
  const moves = await refuseRunning(act);
  const before = moves.find((one) => one.source === source);
  const id = before?.id ?? newId();
  const sourceKey =
    wish.key === undefined
      ? (before?.sourceKey ?? null)
      : app.secrets.seal(placeOfKey(caller.teamId, id), wish.key);
  if (!sourceKey) throw new Refusal("parameter_missing", { name: "source_key" });
  const withNotes = wish.withNotes ?? before?.withNotes ?? false;
  await run(act, { id, source, sourceKey, withNotes, phase: wish.phase, copyId: before?.copyId ?? newId() });
  return store.findMove(db, caller.teamId, id) as Promise<store.TeamMove>;
}

/** What the move has created is deleted. What was there before stays. */
export async function undoMove(act: Act, id: string) {
  const { db, caller } = act;
  const move = (await refuseRunning(act)).find((one) => one.id === id);
  if (!move) throw new Refusal("record_not_found");
  if ((await countCopied(db, caller.teamId, id)).length === 0) throw new Refusal("team_move_nothing_to_undo");
  await run(act, { ...move, phase: "undo" });
  return store.findMove(db, caller.teamId, id) as Promise<store.TeamMove>;
}

async function refuseRunning({ db, caller }: Act) {
  const moves = await store.lockMoves(db, caller.teamId);
  if (moves.some(({ finishedAt }) => finishedAt === null)) throw new Refusal("team_move_running");
  return moves;
}

type Run = Pick<store.TeamMove, "id" | "source" | "sourceKey" | "withNotes" | "phase" | "copyId">;

async function run(act: Act, wanted: Run) {
  const { db, now, caller } = act;
  const { id, source, phase } = wanted;
  const job = await startProgress(act, {
    jobType: JOB,
    entityIds: [],
    params: { team_move_id: id, source, phase },
    resultPath: `/team_moves/${id}`,
  });
  await store.writeRun(db, caller.teamId, { ...wanted, userId: caller.userId, progressId: job.id }, now);
  await record(byCaller(act), {
    type: "team_move.started",
    subject: { type: "job", id: job.id },
    data: { source, phase },
  });
}

function placeOfKey(teamId: string, id: string) {
  return { teamId, table: "team_moves", rowId: id, column: "source_key" };
}

/** For the one run in which it is sent. */
export function openSourceKey({ secrets }: Pick<App, "secrets">, teamId: string, move: store.TeamMove) {
  return move.sourceKey && secrets.open(placeOfKey(teamId, move.id), move.sourceKey);
}

/** With this key the run calls our own API, with the rights of the user who started it. One that a killed run left is revoked. */
export async function openRun(act: Act, move: store.TeamMove) {
  await closeRun(act, move);
  const { apiKey, key } = await createApiKey(act, {
    name: `Move from ${new URL(move.source).host}`,
    isMaster: true,
    scopes: [],
    userId: move.userId,
    expiresAt: null,
  });
  await store.setApiKey(act.db, act.caller.teamId, move.id, apiKey.id);
  return key;
}

export async function closeRun(act: Act, { id }: Pick<store.TeamMove, "id">) {
  const { db, caller } = act;
  const move = await store.findMove(db, caller.teamId, id);
  if (!move?.apiKeyId) return;
  await revokeApiKey(act, move.apiKeyId);
  await store.setApiKey(db, caller.teamId, id, null);
}

/** Nothing where it was stopped meanwhile. */
export async function finishMove(
  act: Act,
  { id, progressId, phase }: store.TeamMove,
  result: { report: store.MoveReport } | { undone: store.MoveUndone },
) {
  const { db, now, caller } = act;
  const work = await lockWork(db, caller.teamId, progressId);
  if (!work || work.finishedAt) return;
  if ("undone" in result)
    await store.writeUndone(db, caller.teamId, id, { undone: result.undone, copyId: newId() }, now);
  else await store.writeReport(db, caller.teamId, id, result.report, now);
  if (phase === "copy") await store.forgetSourceKey(db, caller.teamId, id);
  await completeProgress(act, work);
}
