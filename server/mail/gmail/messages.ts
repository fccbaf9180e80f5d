// Messages as the Gmail API shows them, and how they are found: by their labels and by Gmail's own search.
//
// An email that is sent by the API gets another Message-ID from Gmail, in most cases (not documented; reported for years). So it is
// known by our token in its header too, and by its thread, which it is in from when it was a draft.

import { z } from "zod";
import type { AnsweredByApi, ApiAccount, ApiAnswer, ApiCalls } from "../by-api/calls.ts";
import { messageIdsIn } from "../header-block.ts";
import { addressesIn, addressOf } from "../mail-addresses.ts";
import type { SoughtMail } from "../sent-mails.ts";

export const HEADER = z.array(z.object({ name: z.string(), value: z.string() })).max(5_000);
const ID = z.string().min(1).max(200).regex(/^\S+$/);

export const MESSAGE = z.object({
  id: ID,
  threadId: ID.nullish(),
  labelIds: z.array(z.string()).max(1_000).nullish(),
  /** When Gmail took it in, in milliseconds. */
  internalDate: z.string().max(20).nullish(),
  raw: z.string().nullish(),
  payload: z.object({ headers: HEADER.nullish() }).nullish(),
});
export const LISTED = z.object({
  messages: z
    .array(z.object({ id: ID, threadId: ID.nullish() }))
    .max(1_000)
    .nullish(),
  nextPageToken: z.string().max(5_000).nullish(),
});
const THREAD = z.object({ messages: z.array(MESSAGE).max(5_000).nullish() });

export type Message = z.output<typeof MESSAGE>;
export type SoughtMessage = Pick<SoughtMail, "internetMessageId" | "recipient" | "token">;

export const DRAFT = "DRAFT";
export const SENT = "SENT";

const KNOWN_BY = ["Message-ID", "To", "X-Cadenza-Token"].map((name) => `metadataHeaders=${name}`).join("&");

export function isFound(answer: ApiAnswer): answer is AnsweredByApi {
  return answer.kind === "answered" && answer.status === 200;
}

/** The body of an answer in this shape; undefined if Gmail answered otherwise or not at all. */
export function read<T>(shape: z.ZodType<T>, answer: ApiAnswer): T | undefined {
  return isFound(answer) ? shape.safeParse(answer.body).data : undefined;
}

export function askFor(calls: ApiCalls, account: ApiAccount, id: string) {
  return calls.ask(account, { path: `/users/me/messages/${id}?format=metadata&${KNOWN_BY}` });
}

/** Null: it could not be looked for. */
export async function sentInThread(
  calls: ApiCalls,
  account: ApiAccount,
  threadId: string,
  sought: SoughtMessage,
): Promise<Message[] | null> {
  const answer = await calls.ask(account, {
    path: `/users/me/threads/${threadId}?format=metadata&${KNOWN_BY}`,
  });
  if (answer.kind === "answered" && answer.status === 404) return [];
  const messages = read(THREAD, answer)?.messages;
  return messages ? messages.filter((one) => isSent(one) && isOurs(one, sought)) : null;
}

/** Null: it could not be looked for. */
export async function sentByMessageId(
  calls: ApiCalls,
  account: ApiAccount,
  sought: SoughtMessage,
): Promise<Message[] | null> {
  const listed = read(
    LISTED,
    await search(calls, account, `rfc822msgid:${bare(sought.internetMessageId)}`, SENT),
  );
  if (!listed) return null;
  const found: Message[] = [];
  for (const { id } of listed.messages ?? []) {
    const answer = await askFor(calls, account, id);
    if (answer.kind === "answered" && answer.status === 404) continue;
    const message = read(MESSAGE, answer);
    if (!message) return null;
    if (isSent(message) && isOurs(message, sought)) found.push(message);
  }
  return found;
}

/** In which thread the mailbox has the email of that Message-ID, for an email that goes on with it. */
export async function threadOf(calls: ApiCalls, account: ApiAccount, messageId: string) {
  const listed = read(LISTED, await search(calls, account, `rfc822msgid:${bare(messageId)}`, null));
  return listed?.messages?.[0]?.threadId ?? null;
}

function search(calls: ApiCalls, account: ApiAccount, query: string, labelId: string | null) {
  const label = labelId === null ? "" : `&labelIds=${labelId}`;
  return calls.ask(account, {
    path: `/users/me/messages?maxResults=10${label}&q=${encodeURIComponent(query)}`,
  });
}

/** Copies to others bear the same Message-ID and token. */
export function isOurs(message: Message, { internetMessageId, recipient, token = null }: SoughtMessage) {
  const isNamed = messageIdOf(message) === internetMessageId;
  const hasToken = token !== null && headerOf(message, "x-cadenza-token") === token;
  if (!isNamed && !hasToken) return false;
  const to = addressesIn([headerOf(message, "to") ?? ""]);
  return recipient === null || to.includes(addressOf(recipient) ?? "");
}

export function isSent({ labelIds }: Message) {
  return labelIds?.includes(SENT) === true;
}

export function messageIdOf(message: Message) {
  return messageIdsIn([headerOf(message, "message-id") ?? ""], 2)[0] ?? null;
}

function headerOf({ payload }: Message, name: string) {
  return payload?.headers?.find((header) => header.name.toLowerCase() === name)?.value.trim() ?? null;
}

export function bare(messageId: string) {
  return messageId.replace(/^<|>$/g, "");
}

/** As IMAP says it (X-GM-THRID, decimal): so a mailbox that changes from IMAP to the API keeps its threads. */
export function threadNumber(threadId: string | null | undefined) {
  if (!threadId) return null;
  return /^[0-9a-f]{1,16}$/i.test(threadId) ? BigInt(`0x${threadId}`).toString() : threadId;
}
