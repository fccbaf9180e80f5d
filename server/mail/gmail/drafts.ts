// An email at Gmail before and after it is sent. A draft has an id of its own; when it is sent, Gmail deletes it and makes a message
// with the label SENT, under another id (Google: "Create and send draft emails"). So a draft that is there was not sent, and what
// became of one that is gone is looked for in its thread, and by its Message-ID.

import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { ApiAccount, ApiAnswer, ApiCalls } from "../by-api/calls.ts";
import type { Draft, DraftState } from "../by-api/mailbox.ts";
import { headerFieldsOf, messageIdsIn } from "../header-block.ts";
import type { PreparedMail } from "../prepared-mail.ts";
import {
  askFor,
  DRAFT,
  isOurs,
  isSent,
  MESSAGE,
  type Message,
  messageIdOf,
  read,
  type SoughtMessage,
  sentByMessageId,
  sentInThread,
  threadNumber,
  threadOf,
} from "./messages.ts";

const MADE = z.object({ id: MESSAGE.shape.id, message: MESSAGE });
const LISTED = z.object({ drafts: z.array(MADE).max(1_000).nullish() });

/** Above it an email is uploaded, as Google asks: up to 35 MB. */
const LARGEST_WITHIN_JSON = 3 * 1024 * 1024;
const HEADER_BYTES = 64 * 1024;

/** With our own bytes, in the thread that it goes on with. */
export async function makeDraft(calls: ApiCalls, account: ApiAccount, { raw }: PreparedMail) {
  const answers = messageIdsIn(headerIn(raw)["in-reply-to"], 1)[0] ?? null;
  const goesOn = answers === null ? null : await threadOf(calls, account, answers);
  const thread = goesOn === null ? {} : { threadId: goesOn };
  const answer = await calls.ask(
    account,
    raw.length > LARGEST_WITHIN_JSON ? uploaded(raw, thread) : withinJson(raw, thread),
  );
  const made = read(MADE, answer);
  return { draft: made ? draftOf(made.id, made.message) : null, answer };
}

function withinJson(raw: Buffer, thread: { threadId?: string }) {
  return {
    method: "POST" as const,
    path: "/users/me/drafts",
    contentType: "application/json",
    body: JSON.stringify({ message: { ...thread, raw: raw.toString("base64url") } }),
  };
}

function uploaded(raw: Buffer, thread: { threadId?: string }) {
  const boundary = `cadenza-${randomBytes(16).toString("hex")}`;
  const about = `--${boundary}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n${JSON.stringify({ message: thread })}`;
  const before = `${about}\r\n--${boundary}\r\nContent-Type: message/rfc822\r\n\r\n`;
  return {
    method: "POST" as const,
    path: "/upload/gmail/v1/users/me/drafts?uploadType=multipart",
    contentType: `multipart/related; boundary=${boundary}`,
    body: Buffer.concat([Buffer.from(before), raw, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}

/** The thread is kept with the id: in it the email is found once the draft is gone. */
function draftOf(id: string, { threadId }: Message): Draft {
  return { id: threadId ? `${id} ${threadId}` : id, messageId: null, threadId: threadNumber(threadId) };
}

function opened(draftId: string) {
  const [id = "", threadId = null] = draftId.split(" ");
  return { path: `/users/me/drafts/${encodeURIComponent(id)}`, id, threadId };
}

export function sendDraft(calls: ApiCalls, account: ApiAccount, draftId: string): Promise<ApiAnswer> {
  return calls.ask(account, {
    method: "POST",
    path: "/users/me/drafts/send",
    contentType: "application/json",
    body: JSON.stringify({ id: opened(draftId).id }),
  });
}

/** Gmail answers with the message that it made, under SENT. Its Message-ID is asked for, once more if need be. */
export async function stateAfter(
  calls: ApiCalls,
  account: ApiAccount,
  { mail, draft }: { mail: PreparedMail; draft: Draft },
  answer: ApiAnswer,
): Promise<DraftState> {
  const sent = read(MESSAGE, answer);
  if (!sent || !isSent(sent)) return stateOf(calls, account, draft.id, soughtFor(mail));
  const message =
    read(MESSAGE, await askFor(calls, account, sent.id)) ??
    read(MESSAGE, await askFor(calls, account, sent.id));
  return {
    is: "sent",
    messageId: message ? messageIdOf(message) : null,
    threadId: threadNumber(sent.threadId),
  };
}

export async function stateOf(
  calls: ApiCalls,
  account: ApiAccount,
  draftId: string,
  sought: SoughtMessage,
): Promise<DraftState> {
  const { path, threadId } = opened(draftId);
  const answer = await calls.ask(account, { path: `${path}?format=minimal` });
  if (read(MADE, answer)) return { is: "draft" };
  if (answer.kind === "failed" || answer.status !== 404) return { is: "unknown" };
  const inThread = threadId === null ? [] : await sentInThread(calls, account, threadId, sought);
  const found = inThread?.length ? inThread : await sentByMessageId(calls, account, sought);
  const message = found?.[0];
  if (message)
    return { is: "sent", messageId: messageIdOf(message), threadId: threadNumber(message.threadId) };
  return { is: inThread && found ? "gone" : "unknown" };
}

/** Whether it is certain that the draft is there no more. */
export async function removeDraft(calls: ApiCalls, account: ApiAccount, draftId: string) {
  const answer = await calls.ask(account, { method: "DELETE", path: opened(draftId).path });
  return answer.kind === "answered" && [200, 204, 404].includes(answer.status);
}

export async function removeLeftDrafts(calls: ApiCalls, account: ApiAccount, mail: PreparedMail) {
  const sought = soughtFor(mail);
  const query = encodeURIComponent(`to:${mail.envelope.to}`);
  const answer = await calls.ask(account, { path: `/users/me/drafts?maxResults=100&q=${query}` });
  const listed = read(LISTED, answer);
  if (!listed) return answer;
  for (const { id, message } of listed.drafts ?? []) {
    const shown = await askFor(calls, account, message.id);
    if (shown.kind === "answered" && shown.status === 404) continue; // sent or deleted meanwhile
    const head = read(MESSAGE, shown);
    if (!head) return shown;
    const isLeft = head.labelIds?.includes(DRAFT) === true && isOurs(head, sought);
    if (isLeft && !(await removeDraft(calls, account, id))) return answer;
  }
  return null;
}

function soughtFor({ raw, messageId, envelope }: PreparedMail): SoughtMessage {
  const token = headerIn(raw)["x-cadenza-token"]?.[0] ?? null;
  return { internetMessageId: messageId, recipient: envelope.to, token };
}

function headerIn(raw: Buffer) {
  return headerFieldsOf(raw.toString("latin1", 0, HEADER_BYTES));
}
