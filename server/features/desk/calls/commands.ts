import type { Act } from "../../../app.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { firstUnknown } from "../../contacts/references/store.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { completeByCall } from "../tasks/commands.ts";
import * as store from "./store.ts";

export type CallWish = {
  [Key in keyof Omit<store.CallValues, "id" | "createdAt" | "callIdentifier">]?:
    | store.CallValues[Key]
    | undefined;
};

/** Logs a call, or changes the one that the caller's own identifier names. */
export async function logCall(act: Act, callIdentifier: string | null, wish: CallWish) {
  const { db, now, caller } = act;
  const known = callIdentifier && (await store.lockCallByIdentifier(db, caller.teamId, callIdentifier));
  if (known) return save(act, known, wish, "call.updated");
  const blank: store.CallValues = {
    id: newId(),
    userId: caller.userId,
    contactId: null,
    accountId: null,
    dealId: null,
    taskId: null,
    outcomeId: null,
    purposeId: null,
    callIdentifier,
    isLogged: true,
    isInbound: false,
    fromNumber: null,
    toNumber: null,
    status: null,
    startedAt: null,
    endedAt: null,
    duration: null,
    recordingUrl: null,
    note: null,
    createdAt: now,
  };
  return save(act, blank, wish, "call.logged");
}

export async function changeCall(act: Act, id: string, wish: CallWish) {
  const call = await store.lockCall(act.db, act.caller.teamId, id);
  if (!call) throw new Refusal("record_not_found");
  return save(act, call, wish, "call.updated");
}

/** What it changed stays: the task it completed is done. */
export async function deleteCall(act: Act, id: string) {
  const { db, caller } = act;
  const call = await store.lockCall(db, caller.teamId, id);
  if (!call) throw new Refusal("record_not_found");
  await store.deleteCall(db, caller.teamId, id);
  const data = { contact_id: call.contactId, status: call.status, duration: call.duration };
  await record(byCaller(act), { type: "call.deleted", subject: { type: "call", id }, data });
}

async function save(act: Act, call: store.CallValues, wish: CallWish, type: "call.logged" | "call.updated") {
  const { db, now, caller } = act;
  const { teamId } = caller;
  const unknown = await firstUnknown(db, teamId, {
    users: [wish.userId],
    contacts: [wish.contactId],
    accounts: [wish.accountId],
    deals: [wish.dealId],
    tasks: [wish.taskId],
    callOutcomes: [wish.outcomeId],
    callPurposes: [wish.purposeId],
  });
  if (unknown) throw new Refusal("unknown_id", { value: unknown });

  const sent = Object.fromEntries(
    Object.entries(wish).filter(([, value]) => value !== undefined),
  ) as Partial<store.CallValues>;
  const next = { ...call, ...sent };
  if (sent.contactId && sent.accountId === undefined)
    next.accountId = (await store.accountOfContact(db, teamId, sent.contactId))?.accountId ?? next.accountId;
  if (sent.duration === undefined && (sent.startedAt || sent.endedAt))
    next.duration = secondsOf(next) ?? next.duration;
  await store.writeCall(db, teamId, next, now);
  const data = { contact_id: next.contactId, status: next.status, duration: next.duration };
  await record(byCaller(act), { type, subject: { type: "call", id: call.id }, data });
  if (next.taskId && hasEnded(next))
    await completeByCall(act, next.taskId, next.status === null ? null : next.status === "completed");
  const saved = await store.findCall(db, teamId, call.id);
  if (!saved) throw new Refusal("record_not_found");
  return saved;
}

/** It is over, whether or not anybody took it. One that could not be made is still to be made. */
function hasEnded({ status, isLogged }: store.CallValues) {
  return status === null ? isLogged : ["completed", "no_answer", "busy"].includes(status);
}

function secondsOf({ startedAt, endedAt }: store.CallValues) {
  if (!startedAt || !endedAt) return null;
  const seconds = Math.round((endedAt.epochMilliseconds - startedAt.epochMilliseconds) / 1000);
  return seconds >= 0 && seconds <= 1_000_000 ? seconds : null;
}
