// Records that are merged go on in workflows as the one that they are.

import type { Act } from "../../../app.ts";
import { leftOutOnceMerged } from "../../../domain/automation/candidate-merging.ts";
import { tellFinished } from "./carrying.ts";
import * as store from "./merging-store.ts";
import { layInLine } from "./pages.ts";

/** Before the losers are deleted. */
export async function mergeCandidates(act: Act, merged: store.Merged) {
  const { db, now } = act;
  const { teamId } = act.caller;
  await store.holdWorkflows(db, teamId);
  for (const page of await store.takePagesOf(db, teamId, merged)) await layInLine(db, teamId, page, now);
  const rows = await store.candidatesOfAll(db, teamId, merged);
  await store.giveCandidates(db, teamId, merged);
  const left = leftOutOnceMerged(rows, now);
  if (left.length === 0) return;
  await store.leaveOutMerged(db, teamId, left, now);
  await tellFinished(act, await store.runsOf(db, teamId, left));
}
