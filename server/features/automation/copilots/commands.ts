import type { Act } from "../../../app.ts";
import { learn, nextProposal } from "../../../domain/automation/copilot-ranking.ts";
import { mayChangeCopilot } from "../../../domain/identity/permissions.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { refuseLosing, viewerIn } from "../../access/sharing/hiding.ts";
import { holdNamed } from "../../access/uses/holding-store.ts";
import { byCaller, type EventType, record } from "../../events/events/store.ts";
import { findTeam } from "../../identity/teams/store.ts";
import { decideOnOpener, type OpenerDecision } from "../../receiving/model-suggestions/deciding.ts";
import { lockFor } from "../../sequences/sequences/finding.ts";
import { JOINING } from "../automation-rights/calls.ts";
import { boundTo, refuseBeyondRights } from "../automation-rights/rights.ts";
import { approveProposals, rejectProposals, undecided } from "./deciding.ts";
import * as proposalsStore from "./proposals-store.ts";
import { proposeDay } from "./proposing.ts";
import * as store from "./store.ts";

export async function createCopilot(act: Act, wish: store.CopilotWords) {
  const { db, now, caller } = act;
  await holdNamed(db, caller.teamId, wish.filters);
  await check(act, wish);
  const id = newId();
  const proposeAt = wish.isActive ? await nextFor(act, wish.hour, null) : null;
  await store.insertCopilot(
    db,
    caller.teamId,
    { ...wish, ...boundTo(caller), id, userId: caller.userId, proposeAt },
    now,
  );
  await tell(act, "copilot.created", { id, name: wish.name });
  return getCopilot(act, id);
}

export async function changeCopilot(act: Act, id: string, change: Partial<store.CopilotWords>) {
  const { db, now, caller } = act;
  const before = await changeable(act, id);
  const next = { ...before, ...change, ...boundTo(caller) };
  // A copilot can be switched off even where its sequence is archived, hidden or gone.
  if (change.filters) await holdNamed(db, caller.teamId, change.filters);
  const isSwitchedOff = change.isActive === false && Object.keys(change).length === 1;
  if (!isSwitchedOff) await check(act, next);
  if (change.filters) await refuseLosing(act, before.filters);
  const isMoved = next.hour !== before.hour || next.isActive !== before.isActive;
  const dueAt = isMoved ? await nextFor(act, next.hour, before.proposedOn) : before.proposeAt;
  await store.updateCopilot(db, caller.teamId, { ...next, proposeAt: next.isActive ? dueAt : null }, now);
  await tell(act, "copilot.changed", next);
  return getCopilot(act, id);
}

export async function deleteCopilot(act: Act, id: string) {
  const copilot = await changeable(act, id);
  await store.deleteCopilot(act.db, act.caller.teamId, id);
  await tell(act, "copilot.deleted", copilot);
}

export async function getCopilot({ db, caller }: Pick<Act, "db" | "caller">, id: string) {
  const copilot = await store.findCopilot(db, caller.teamId, id, viewerIn(caller));
  if (!copilot) throw new Refusal("record_not_found");
  return copilot;
}

export async function lessonsOf({ db, caller }: Pick<Act, "db" | "caller">, id: string) {
  return learn(await proposalsStore.recentDecisions(db, caller.teamId, id));
}

export async function proposeNow(act: Act, id: string) {
  const { isReviewed } = await changeable(act, id);
  if (!isReviewed) refuseBeyondRights(act.caller, JOINING);
  const ids = await proposeDay(act, id);
  return { copilot: await getCopilot(act, id), proposals: await shown(act, id, ids) };
}

export async function editProposal(act: Act, id: string, proposalId: string, mailboxId: string | null) {
  const { db, caller } = act;
  const copilot = await changeable(act, id);
  await undecided(act, id, [proposalId]);
  if (mailboxId !== null) await refuseUnknown(act, { contactIds: [], mailboxIds: [mailboxId] });
  await proposalsStore.setMailbox(db, caller.teamId, proposalId, mailboxId);
  await tell(act, "copilot.edited", copilot);
  return shown(act, id, [proposalId]);
}

/** Also for a contact who has joined already: mails that are not written yet use the opener. */
export async function decideOpener(act: Act, id: string, proposalId: string, wish: OpenerDecision) {
  const { db, caller } = act;
  const copilot = await changeable(act, id);
  const [proposal] = await proposalsStore.lockProposals(db, caller.teamId, id, [proposalId]);
  if (!proposal) throw new Refusal("record_not_found");
  if (proposal.state === "rejected" || proposal.state === "left_out") throw new Refusal("copilot_decided");
  await decideOnOpener(act, proposalId, wish);
  await record(byCaller(act), {
    type: "copilot.opener_decided",
    subject: { type: "copilot", id },
    data: { name: copilot.name, proposal_id: proposalId, decision: wish.decision },
  });
  return shown(act, id, [proposalId]);
}

export async function approve(act: Act, id: string, ids: readonly string[]) {
  refuseBeyondRights(act.caller, JOINING);
  await approveProposals(act, await changeable(act, id), ids, act.caller.userId);
  return shown(act, id, ids);
}

export async function reject(act: Act, id: string, ids: readonly string[], why: string | null) {
  await rejectProposals(act, await changeable(act, id), ids, why);
  return shown(act, id, ids);
}

function shown({ db, caller }: Act, id: string, ids: readonly string[]) {
  return proposalsStore.findProposals(db, caller.teamId, id, ids);
}

/** A user who changes a copilot, or decides for it, acts in its owner's name. */
async function changeable({ db, caller }: Act, id: string) {
  const copilot = await store.lockCopilot(db, caller.teamId, id, viewerIn(caller));
  if (!copilot) throw new Refusal("record_not_found");
  if (!mayChangeCopilot({ userId: caller.userId, isAdmin: caller.role === "admin" }, copilot.userId))
    throw new Refusal("copilot_of_another");
  return copilot;
}

async function check(act: Act, { sequenceId, exampleIds, mailboxIds, filters }: store.CopilotWords) {
  refuseBeyondRights(act.caller, JOINING);
  if (Object.keys(filters).length === 0 && exampleIds.length === 0)
    throw new Refusal("copilot_takes_everybody");
  await lockFor(act, sequenceId, "edit");
  await refuseUnknown(act, { contactIds: exampleIds, mailboxIds });
}

async function refuseUnknown(
  { db, caller }: Act,
  ids: { contactIds: readonly string[]; mailboxIds: readonly string[] },
) {
  const id = await store.firstUnknownExample(db, caller.teamId, ids);
  if (id !== null) throw new Refusal("copilot_names_missing", { id });
}

async function nextFor({ db, now, caller }: Act, hour: number, proposedOn: string | null) {
  return nextProposal(hour, (await findTeam(db, caller.teamId))?.timeZone ?? "UTC", now, proposedOn);
}

function tell(act: Act, type: EventType, { id, name }: { id: string; name: string }) {
  return record(byCaller(act), { type, subject: { type: "copilot", id }, data: { name } });
}
