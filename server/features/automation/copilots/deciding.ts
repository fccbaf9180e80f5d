// Decides on proposed contacts. Approved contacts join by the usual rules and with the usual verdicts, and no more than
// the mailboxes have room for.

import type { Act } from "../../../app.ts";
import { freeSlots } from "../../../domain/automation/copilot-ranking.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { addContacts, NAMED_AND_AT_ONCE } from "../../enrollments/enrolling/commands.ts";
import { capacitiesOf } from "../../enrollments/enrolling/store.ts";
import { USUAL_TERMS } from "../../enrollments/enrolling/terms.ts";
import { byCaller, record } from "../../events/events/store.ts";
import * as proposalsStore from "./proposals-store.ts";
import * as store from "./store.ts";

/** The user who approves; null: the copilot itself, which needs no approval. */
export async function approveProposals(
  act: Act,
  copilot: store.CopilotRow,
  ids: readonly string[],
  decidedBy: string | null,
) {
  const { db, now, caller } = act;
  const proposals = await undecided(act, copilot.id, ids);
  await store.takeTurn(db, caller.teamId);
  for (const [mailboxId, theirs] of Map.groupBy(proposals, (one) => one.mailboxId)) {
    const mailboxIds = mailboxId === null ? copilot.mailboxIds : [mailboxId];
    const room = freeSlots(await capacitiesOf(db, caller.teamId, mailboxIds, now));
    if (room !== null && theirs.length > room)
      throw new Refusal("copilot_no_room", { room, count: theirs.length });
    const decisions = await join(act, copilot, mailboxIds, theirs);
    await proposalsStore.writeDecisions(db, caller.teamId, decisions, { userId: decidedBy, now });
  }
  await tell(act, "copilot.approved", copilot, ids.length);
}

export async function rejectProposals(
  act: Act,
  copilot: store.CopilotRow,
  ids: readonly string[],
  why: string | null,
) {
  const { db, now, caller } = act;
  const proposals = await undecided(act, copilot.id, ids);
  const decisions = proposals.map(({ id }) => ({ id, state: "rejected" as const, why, enrollmentId: null }));
  await proposalsStore.writeDecisions(db, caller.teamId, decisions, { userId: caller.userId, now });
  await tell(act, "copilot.rejected", copilot, decisions.length);
}

/** Locked. One that is not there, or was decided already, and nothing is done. */
export async function undecided({ db, caller }: Act, copilotId: string, ids: readonly string[]) {
  const wanted = [...new Set(ids)];
  const proposals = await proposalsStore.lockProposals(db, caller.teamId, copilotId, wanted);
  if (proposals.length < wanted.length) throw new Refusal("record_not_found");
  if (proposals.some(({ state }) => state !== "proposed")) throw new Refusal("copilot_decided");
  return proposals;
}

async function join(
  act: Act,
  copilot: store.CopilotRow,
  mailboxIds: readonly string[],
  proposals: readonly proposalsStore.ProposalRow[],
): Promise<proposalsStore.ProposalDecision[]> {
  const { joined } = await addContacts(act, {
    sequenceId: copilot.sequenceId,
    mailboxIds,
    contactIds: proposals.map(({ contactId }) => contactId),
    ...NAMED_AND_AT_ONCE,
    ...USUAL_TERMS,
    isExplicit: act.origin.cause === "api" || act.origin.cause === "web",
  });
  const enrollments = new Map(joined?.enrollments.map(({ id, contactId }) => [contactId, id]));
  const reasons = new Map(joined?.skipped.map((one) => [one.contactId, one.reasons[0]?.code ?? null]));
  return proposals.map(({ id, contactId }) => {
    const enrollmentId = enrollments.get(contactId) ?? null;
    const state = enrollmentId ? ("approved" as const) : ("left_out" as const);
    return { id, state, enrollmentId, why: enrollmentId ? null : (reasons.get(contactId) ?? null) };
  });
}

function tell(
  act: Act,
  type: "copilot.approved" | "copilot.rejected",
  { id, name }: store.CopilotRow,
  count: number,
) {
  return record(byCaller(act), { type, subject: { type: "copilot", id }, data: { name, count } });
}
