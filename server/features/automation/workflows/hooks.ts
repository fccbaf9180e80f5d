// Webhook calls that trigger a workflow. A payload is stored before it is acknowledged, and the engine processes it.
// Too many in a minute are refused at once, and no accepted payload is lost.

import { createHash } from "node:crypto";
import type { App } from "../../../app.ts";
import { newId } from "../../../kernel/ids.ts";
import { hashToken } from "../../../kernel/tokens.ts";
import { countSince, insertPayload } from "./payloads-store.ts";
import { findHook, findWorkflow } from "./store.ts";

const MOST_A_MINUTE = 600;

type HookResult = "taken" | "unknown" | "off" | "busy" | "empty";

export async function takeHookIn(
  app: App,
  token: string,
  body: Readonly<Record<string, unknown>>,
): Promise<HookResult> {
  if (!/^cdz_hook_[\w-]{43}$/.test(token)) return "unknown";
  const hook = await app.db.inTransaction((db) => findHook(db, hashToken(token)));
  if (!hook) return "unknown";
  const { teamId, workflowId } = hook;
  const kept = { ...body };
  if (Object.keys(kept).length === 0) return "empty";
  return app.db.inTeam(teamId, async (db) => {
    const now = app.now();
    const workflow = await findWorkflow(db, teamId, workflowId);
    if (!workflow) return "unknown";
    if (!workflow.isActive) return "off";
    if (
      (await countSince(db, teamId, workflowId, now.subtract({ minutes: 1 }), MOST_A_MINUTE)) >= MOST_A_MINUTE
    )
      return "busy";
    const hash = createHash("sha256").update(JSON.stringify(kept)).digest("hex");
    await insertPayload(db, teamId, { id: newId(), workflowId, body: kept, hash }, now);
    return "taken";
  });
}
