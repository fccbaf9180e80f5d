// Sends one email by Microsoft Graph: a draft of our own bytes is made, its id written down, the gate asked, and the draft sent.
//
// The draft stands for everything before an SMTP dot, and the call that sends it for the dot. Whatever the answer to that call is,
// Graph is asked what became of the message: one that is no draft any more was sent. One that still is may yet be on its way where
// the answer was lost, so that stays in doubt until long after (engine/sending/reconcile.ts).

import { crashPoint } from "../../seams.ts";
import type { SendOutcome } from "../outcome.ts";
import type { PreparedMail } from "../prepared-mail.ts";
import type { Hooks } from "../transmit.ts";
import type { GraphAccount, GraphAnswer, GraphCalls } from "./calls.ts";
import { type Draft, makeDraft, removeDraft, removeLeftDrafts, sendDraft, stateOf } from "./drafts.ts";
import { refusalIn } from "./refusals.ts";

export async function transmitByGraph(
  calls: GraphCalls,
  account: GraphAccount,
  mail: PreparedMail,
  hooks: Hooks,
): Promise<SendOutcome> {
  const sought = { internetMessageId: mail.messageId, recipient: mail.envelope.to };
  hooks.onPhase?.("connect");
  await crashPoint("after-connect");
  const blocked = await removeLeftDrafts(calls, account, sought);
  if (blocked) return notBegun(blocked);
  await crashPoint("after-auth");
  hooks.onPhase?.("body");
  const { draft, answer } = await makeDraft(calls, account, mail.raw);
  if (!draft) {
    await removeLeftDrafts(calls, account, sought); // its answer may be all that was lost
    return notBegun(answer);
  }
  await crashPoint("after-rcpt");
  let isAllowed = false;
  try {
    await hooks.onDraft?.({ id: draft.id, messageId: otherId(draft.messageId, mail) });
    await crashPoint("after-body");
    hooks.onPhase?.("gate");
    isAllowed = await hooks.mayRelease();
  } finally {
    if (!isAllowed) await removeDraft(calls, account, draft.id);
  }
  if (!isAllowed) return { kind: "held_back" };
  hooks.onPhase?.("dot");
  try {
    const sending = sendDraft(calls, account, draft);
    await crashPoint("dot-written");
    const outcome = await judged(calls, account, { mail, draft }, await sending);
    await crashPoint("reply-read");
    return outcome;
  } catch (cause) {
    return { kind: "ambiguous", why: "our_error", detail: null, cause };
  }
}

/** Certainly not sent. */
function notBegun(answer: GraphAnswer): SendOutcome {
  if (answer.kind === "failed") return { kind: "not_started", phase: "connect", ...reasonOf(answer) };
  const refused = refusalIn(answer);
  if (refused) return refused;
  const { said, waitMs } = answer;
  const detail = said ?? `HTTP ${answer.status}`;
  return { kind: "not_started", phase: "connect", why: "unreadable", detail, waitMs };
}

type Sending = { mail: PreparedMail; draft: Draft };

async function judged(
  calls: GraphCalls,
  account: GraphAccount,
  { mail, draft }: Sending,
  answer: GraphAnswer,
): Promise<SendOutcome> {
  const state = await stateOf(calls, account, draft.id);
  if (state.is === "sent") return accepted(mail, draft, state.messageId ?? draft.messageId);
  if (answer.kind === "answered" && answer.status === 202) return accepted(mail, draft, draft.messageId);
  // A refusal is believed where the draft is still one, and once it is removed, so that nothing sends it afterwards.
  const refused = answer.kind === "answered" ? refusalIn(answer) : null;
  if (refused?.hasOldToken) return refused; // nothing is done without a token, and the next attempt removes the draft
  if (refused && state.is === "draft" && (await removeDraft(calls, account, draft.id))) return refused;
  if (answer.kind === "failed") return { kind: "ambiguous", ...reasonOf(answer) };
  return { kind: "ambiguous", why: "unreadable", detail: answer.said ?? `HTTP ${answer.status}` };
}

function accepted(mail: PreparedMail, draft: Draft, messageId: string | null): SendOutcome {
  return {
    kind: "accepted",
    serverSaid: "Microsoft Graph: 202 Accepted",
    queueId: draft.id,
    newMessageId: otherId(messageId, mail),
  };
}

function otherId(messageId: string | null, mail: PreparedMail) {
  return messageId === mail.messageId ? null : messageId;
}

function reasonOf({ why }: Extract<GraphAnswer, { kind: "failed" }>) {
  switch (why) {
    case "private_address":
      return { why: "host_refused" as const, detail: null };
    case "name_not_found":
    case "timed_out":
    case "connection_failed":
      return { why, detail: null };
    default:
      return { why: "unreadable" as const, detail: why };
  }
}
