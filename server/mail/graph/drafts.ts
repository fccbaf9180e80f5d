// An email at Microsoft before and after it is sent: one message, which is a draft until Exchange has it and then lies in Sent Items
// under the same immutable id. So what became of it can be asked for, which SMTP cannot do.

import { z } from "zod";
import type { ApiAccount, ApiAnswer, ApiCalls } from "../by-api/calls.ts";
import type { Draft, DraftState } from "../by-api/mailbox.ts";
import { withLastingIds } from "./dialect.ts";

const MESSAGE = z.object({
  id: z.string().min(1).max(1000),
  isDraft: z.boolean().nullish(),
  internetMessageId: z.string().max(998).nullish(),
  toRecipients: z
    .array(z.object({ emailAddress: z.object({ address: z.string().nullish() }).nullish() }))
    .nullish(),
});
const PAGE = z.object({ value: z.array(MESSAGE).max(1000) });

type Message = z.output<typeof MESSAGE>;
type SoughtMessage = { internetMessageId: string; recipient: string | null };

const ASKED_FOR = "$select=id,isDraft,internetMessageId,toRecipients";

/** With our own bytes. */
export async function makeDraft(calls: ApiCalls, account: ApiAccount, raw: Buffer) {
  const answer = await calls.ask(account, {
    method: "POST",
    path: "/me/messages",
    body: raw.toString("base64"),
    contentType: "text/plain",
    headers: withLastingIds(),
  });
  const made =
    answer.kind === "answered" && answer.status === 201 ? MESSAGE.safeParse(answer.body).data : null;
  return { draft: made ? draftOf(made) : null, answer };
}

function draftOf({ id, internetMessageId }: Message): Draft {
  return { id, messageId: internetMessageId ?? null, threadId: null };
}

export function sendDraft(calls: ApiCalls, account: ApiAccount, id: string): Promise<ApiAnswer> {
  const asked = { path: `${pathOf(id)}/send`, body: "", contentType: "text/plain" };
  return calls.ask(account, { method: "POST", ...asked, headers: withLastingIds() });
}

export async function stateOf(calls: ApiCalls, account: ApiAccount, id: string): Promise<DraftState> {
  const answer = await calls.ask(account, {
    path: `${pathOf(id)}?${ASKED_FOR}`,
    headers: withLastingIds(),
  });
  if (answer.kind === "failed") return { is: "unknown" };
  if (answer.status === 404) return { is: "gone" };
  const message = answer.status === 200 ? MESSAGE.safeParse(answer.body).data : null;
  if (typeof message?.isDraft !== "boolean") return { is: "unknown" };
  if (message.isDraft) return { is: "draft" };
  return { is: "sent", messageId: message.internetMessageId ?? null, threadId: null };
}

/** Whether it is certain that the draft is there no more. */
export async function removeDraft(calls: ApiCalls, account: ApiAccount, id: string) {
  const answer = await calls.ask(account, {
    method: "DELETE",
    path: pathOf(id),
    headers: withLastingIds(),
  });
  return answer.kind === "answered" && (answer.status === 204 || answer.status === 404);
}

/**
 * Drafts of this email that an earlier attempt left, because the answer was lost or the process ended: a person might send them.
 * Answers what Graph said where it did not let us look.
 */
export async function removeLeftDrafts(
  calls: ApiCalls,
  account: ApiAccount,
  sought: SoughtMessage,
): Promise<ApiAnswer | null> {
  const { answer, messages } = await messagesIn(calls, account, "drafts", sought.internetMessageId);
  if (!messages) return answer;
  for (const { id } of messages.filter((message) => message.isDraft && isTo(message, sought.recipient)))
    if (!(await removeDraft(calls, account, id))) return answer;
  return null;
}

/** Null: it could not be looked for. */
export async function isInSent(calls: ApiCalls, account: ApiAccount, sought: SoughtMessage) {
  const { messages } = await messagesIn(calls, account, "sentitems", sought.internetMessageId);
  return messages ? messages.some((message) => isTo(message, sought.recipient)) : null;
}

async function messagesIn(
  calls: ApiCalls,
  account: ApiAccount,
  folder: "drafts" | "sentitems",
  messageId: string,
) {
  const filter = encodeURIComponent(`internetMessageId eq '${messageId.replaceAll("'", "''")}'`);
  const answer = await calls.ask(account, {
    path: `/me/mailFolders/${folder}/messages?$filter=${filter}&${ASKED_FOR}`,
    headers: withLastingIds(),
  });
  const isAnswered = answer.kind === "answered" && answer.status === 200;
  const page = isAnswered ? PAGE.safeParse(answer.body).data : null;
  const messages = page ? page.value.filter((one) => one.internetMessageId === messageId) : null;
  return { answer, messages };
}

/** Copies to others bear the same Message-ID. */
function isTo({ toRecipients }: Message, recipient: string | null) {
  if (recipient === null) return true;
  const wanted = recipient.toLowerCase();
  return (toRecipients ?? []).some(({ emailAddress }) => emailAddress?.address?.toLowerCase() === wanted);
}

export function pathOf(id: string) {
  return `/me/messages/${encodeURIComponent(id)}`;
}
