// Sends one email by its provider's API: a draft of our own bytes is made, its id written down, the gate asked, and the draft sent.
//
// The draft stands for everything before an SMTP dot, and the call that sends it for the dot. Whatever the answer to that call is,
// the provider is asked what became of the message: one that is no draft any more was sent. One that still is may yet be on its way
// where the answer was lost, so that stays in doubt until long after (engine/sending/reconcile.ts).

import { crashPoint } from "../../seams.ts";
import type { SendOutcome } from "../outcome.ts";
import type { PreparedMail } from "../prepared-mail.ts";
import type { Hooks } from "../transmit.ts";
import type { ApiAccount, ApiAnswer } from "./calls.ts";
import type { ApiMailboxes, Draft, ProviderIds } from "./mailbox.ts";

export async function transmitByApi(
  api: ApiMailboxes,
  account: ApiAccount,
  mail: PreparedMail,
  hooks: Hooks,
): Promise<SendOutcome> {
  hooks.onPhase?.("connect");
  await crashPoint("after-connect");
  const blocked = await api.removeLeftDrafts(account, mail);
  if (blocked) return notBegun(api, blocked);
  await crashPoint("after-auth");
  hooks.onPhase?.("body");
  const { draft, answer } = await api.makeDraft(account, mail);
  if (!draft) {
    await api.removeLeftDrafts(account, mail); // its answer may be all that was lost
    return notBegun(api, answer);
  }
  await crashPoint("after-rcpt");
  let isAllowed = false;
  try {
    await hooks.onDraft?.({ ...draft, messageId: otherId(draft.messageId, mail) });
    await crashPoint("after-body");
    hooks.onPhase?.("gate");
    isAllowed = await hooks.mayRelease();
  } finally {
    if (!isAllowed) await api.removeDraft(account, draft.id);
  }
  if (!isAllowed) return { kind: "held_back" };
  hooks.onPhase?.("dot");
  try {
    const sending = api.sendDraft(account, draft);
    await crashPoint("dot-written");
    const outcome = await judged(api, account, { mail, draft }, await sending);
    await crashPoint("reply-read");
    return outcome;
  } catch (cause) {
    return { kind: "ambiguous", why: "our_error", detail: null, cause };
  }
}

/** Certainly not sent. */
function notBegun(api: ApiMailboxes, answer: ApiAnswer): SendOutcome {
  if (answer.kind === "failed") return { kind: "not_started", phase: "connect", ...reasonOf(answer) };
  const refused = api.refusalIn(answer);
  if (refused) return refused;
  const { said, waitMs } = answer;
  const detail = said ?? `HTTP ${answer.status}`;
  return { kind: "not_started", phase: "connect", why: "unreadable", detail, waitMs };
}

type Sending = { mail: PreparedMail; draft: Draft };

async function judged(
  api: ApiMailboxes,
  account: ApiAccount,
  { mail, draft }: Sending,
  answer: ApiAnswer,
): Promise<SendOutcome> {
  const state = await api.stateAfter(account, mail, draft, answer);
  if (state.is === "sent") return accepted(api, { mail, draft }, state);
  // A refusal is believed where the draft is still one, and once it is removed, so that nothing sends it afterwards.
  const refused = api.refusalIn(answer);
  if (refused?.hasOldToken) return refused; // nothing is done without a token, and the next attempt removes the draft
  if (refused && state.is === "draft" && (await api.removeDraft(account, draft.id))) return refused;
  if (answer.kind === "failed") return { kind: "ambiguous", ...reasonOf(answer) };
  return { kind: "ambiguous", why: "unreadable", detail: answer.said ?? `HTTP ${answer.status}` };
}

function accepted(api: ApiMailboxes, { mail, draft }: Sending, ids: ProviderIds): SendOutcome {
  return {
    kind: "accepted",
    serverSaid: `${api.name}: accepted`,
    queueId: draft.id,
    newMessageId: otherId(ids.messageId ?? draft.messageId, mail),
    threadId: ids.threadId ?? draft.threadId,
  };
}

function otherId(messageId: string | null, mail: PreparedMail) {
  return messageId === mail.messageId ? null : messageId;
}

function reasonOf({ why }: Extract<ApiAnswer, { kind: "failed" }>) {
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
