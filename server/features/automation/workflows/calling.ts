// A webhook of a workflow: each candidate is told by itself, signed as Standard Webhooks says, under an id that stays the same
// however often it is tried. No transaction is open meanwhile.

import { createHmac } from "node:crypto";
import type { App } from "../../../app.ts";
import { stored } from "../../../kernel/moments.ts";
import type { WorkflowCandidateRow } from "./candidates-store.ts";
import { placeOfSecret } from "./commands.ts";
import type { ActionOutcome } from "./outcomes.ts";
import type { WorkflowRow } from "./store.ts";

const AT_ONCE = 8;

export async function callEach(
  app: App,
  teamId: string,
  wish: {
    workflow: WorkflowRow;
    url: string;
    step: string;
    rows: readonly WorkflowCandidateRow[];
    isLastTry: boolean;
  },
) {
  const outcomes = new Map<string, ActionOutcome | null>();
  const waiting = [...wish.rows];
  const work = async () => {
    for (let row = waiting.shift(); row; row = waiting.shift())
      outcomes.set(row.id, await callFor(app, teamId, wish, row));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return outcomes;
}

/** Null: to be tried again. */
async function callFor(
  app: App,
  teamId: string,
  {
    workflow,
    url,
    step,
    isLastTry,
  }: { workflow: WorkflowRow; url: string; step: string; isLastTry: boolean },
  row: WorkflowCandidateRow,
): Promise<ActionOutcome | null> {
  const at = app.now();
  const body = JSON.stringify({
    id: `${row.id}.${step}`,
    type: "workflow.called",
    occurred_at: stored(at),
    data: {
      workflow_id: workflow.id,
      workflow_run_id: row.runId,
      candidate_id: row.id,
      step,
      entity: workflow.entity,
      entity_id: row.entityId,
      contact_id: row.contactId,
      event_id: row.eventId,
    },
  });
  const secret = app.secrets.open(placeOfSecret(teamId, workflow.id), workflow.secret);
  const answer = await app.outgoing.post(url, signed(`${row.id}.${step}`, body, secret, at), body);
  if (answer.kind === "failed")
    return isLastTry || answer.error === "private_address" || answer.error === "not_a_url"
      ? {
          outcome: "failed",
          code: answer.error === "private_address" ? "address_refused" : "receiver_refused",
          data: { error: answer.error },
        }
      : null;
  const data = { status_code: answer.status };
  if (answer.status >= 200 && answer.status < 300) return { outcome: "done", code: null, data };
  const isPassing = answer.status >= 500 || answer.status === 429 || answer.status === 408;
  return isPassing && !isLastTry ? null : { outcome: "failed", code: "receiver_refused", data };
}

function signed(id: string, body: string, secret: string, at: Temporal.Instant) {
  const timestamp = String(Math.floor(at.epochMilliseconds / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return {
    "content-type": "application/json",
    "user-agent": "Cadenza-Workflows",
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${signature}`,
  };
}
