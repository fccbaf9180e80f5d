// What is new under a label at Gmail, which is what others call a folder. Where it is read to is a number of the mailbox's history
// (users.history.list). A number is known for a week as a rule, at times for hours; one that is not (404) is lost, and then the last
// weeks are listed (users.messages.list), page by page, and the history goes on from before that.

import { z } from "zod";
import type { ApiAccount, ApiCalls } from "../by-api/calls.ts";
import { headerOf } from "../by-api/inbox.ts";
import type { Fetched, Page, Row } from "../by-api/mailbox.ts";
import { troubleIn } from "../by-api/trouble.ts";
import type { InboxCursor } from "../inbox.ts";
import type { ServerClock } from "../server-clock.ts";
import { DRAFT, LISTED, MESSAGE, read, threadNumber } from "./messages.ts";

/** Tabs such as Promotions are within it, as they are by IMAP. */
export const INBOX = "INBOX";
export const SPAM = "SPAM";

const AT_ONCE = 50;

const HISTORY_ID = z.union([
  z.string().regex(/^\d{1,30}$/),
  z.number().int().nonnegative().transform(String),
]);
const PROFILE = z.object({ historyId: HISTORY_ID });
const CHANGED = z.object({
  message: MESSAGE.pick({ id: true, labelIds: true }),
  labelIds: z.array(z.string()).max(1_000).nullish(),
});
const HISTORY = z.object({
  history: z
    .array(
      z.object({
        messagesAdded: z.array(CHANGED).max(5_000).nullish(),
        labelsAdded: z.array(CHANGED).max(5_000).nullish(),
      }),
    )
    .max(1_000)
    .nullish(),
  nextPageToken: z.string().max(5_000).nullish(),
  historyId: HISTORY_ID,
});

export function greet(calls: ApiCalls, account: ApiAccount) {
  return calls.ask(account, { path: "/users/me/profile" });
}

export async function pageOf(
  calls: ApiCalls,
  account: ApiAccount,
  cursor: InboxCursor,
  clock: ServerClock,
): Promise<Page | "lost"> {
  const place = cursor.position
    ? new URLSearchParams(cursor.position)
    : await beginning(calls, account, cursor.readsFrom, clock);
  return place.has("after")
    ? listed(calls, account, cursor.path, place)
    : changed(calls, account, cursor.path, place);
}

/** The number of before the list, so that what comes meanwhile is read after it. */
async function beginning(calls: ApiCalls, account: ApiAccount, from: Temporal.Instant, clock: ServerClock) {
  const answer = await greet(calls, account);
  const profile = read(PROFILE, answer);
  if (!profile) throw troubleIn(answer);
  // Gmail searches by its own clock, in whole seconds; one earlier, because it may mean later than.
  const after = Math.floor((from.epochMilliseconds - clock.aheadMs()) / 1000) - 1;
  return new URLSearchParams({ after: String(after), next: profile.historyId });
}

/** The newest come first: each page is turned round, and the pages stay as they are. */
async function listed(
  calls: ApiCalls,
  account: ApiAccount,
  label: string,
  place: URLSearchParams,
): Promise<Page | "lost"> {
  const query = new URLSearchParams({
    labelIds: label,
    maxResults: String(AT_ONCE),
    q: `after:${place.get("after")}`,
    includeSpamTrash: String(label === SPAM),
  });
  const token = place.get("page");
  if (token !== null) query.set("pageToken", token);
  const answer = await calls.ask(account, { path: `/users/me/messages?${query}` });
  if (answer.kind === "answered" && answer.status === 400 && token !== null) return "lost";
  const page = read(LISTED, answer);
  if (!page) throw troubleIn(answer);
  const next = page.nextPageToken ? new URLSearchParams(place) : null;
  next?.set("page", page.nextPageToken ?? "");
  return {
    rows: (page.messages ?? []).map(({ id }) => ({ id, receivedAt: undefined })).toReversed(),
    position: (next ?? new URLSearchParams({ history: place.get("next") ?? "" })).toString(),
    isLast: next === null,
  };
}

/** Messages that came, and those that were moved here: from spam, by a person. */
async function changed(
  calls: ApiCalls,
  account: ApiAccount,
  label: string,
  place: URLSearchParams,
): Promise<Page | "lost"> {
  const query = new URLSearchParams({
    startHistoryId: place.get("history") ?? "",
    labelId: label,
    maxResults: String(AT_ONCE),
  });
  for (const type of ["messageAdded", "labelAdded"]) query.append("historyTypes", type);
  const token = place.get("page");
  if (token !== null) query.set("pageToken", token);
  const answer = await calls.ask(account, { path: `/users/me/history?${query}` });
  const isLost =
    answer.kind === "answered" && (answer.status === 404 || (answer.status === 400 && token !== null));
  if (isLost) return "lost";
  const page = read(HISTORY, answer);
  if (!page) throw troubleIn(answer);
  const ids = (page.history ?? []).flatMap(({ messagesAdded, labelsAdded }) => [
    ...(messagesAdded ?? []),
    ...(labelsAdded ?? []).filter(({ labelIds }) => labelIds?.includes(label)),
  ]);
  const rows = new Set(
    ids.filter(({ message }) => !message.labelIds?.includes(DRAFT)).map(({ message }) => message.id),
  );
  const next = page.nextPageToken ? new URLSearchParams(place) : null;
  next?.set("page", page.nextPageToken ?? "");
  return {
    rows: [...rows].map((id) => ({ id, receivedAt: undefined })),
    position: (next ?? new URLSearchParams({ history: page.historyId })).toString(),
    isLast: next === null,
  };
}

export async function wholeOf(calls: ApiCalls, account: ApiAccount, { id }: Row): Promise<Fetched> {
  const answer = await calls.ask(account, { path: `/users/me/messages/${id}?format=raw` });
  if (answer.kind === "failed" && answer.why === "unreadable_answer") return { is: "too_large" };
  if (answer.kind === "answered" && answer.status === 404) return { is: "gone" };
  const message = read(MESSAGE, answer);
  if (message?.labelIds?.includes(DRAFT)) return { is: "gone" };
  if (typeof message?.raw !== "string") return { is: "failed", answer };
  return { is: "read", raw: Buffer.from(message.raw, "base64url"), ...factsOf(message) };
}

export async function headOf(calls: ApiCalls, account: ApiAccount, { id }: Row): Promise<Fetched> {
  const answer = await calls.ask(account, { path: `/users/me/messages/${id}?format=metadata` });
  if (answer.kind === "answered" && answer.status === 404) return { is: "gone" };
  const message = read(MESSAGE, answer);
  const fields = message?.payload?.headers;
  if (!fields) return { is: "failed", answer };
  return { is: "read", raw: headerOf(fields), ...factsOf(message) };
}

function factsOf({ internalDate, threadId }: Pick<z.output<typeof MESSAGE>, "internalDate" | "threadId">) {
  return { receivedAt: takenInAt(internalDate), threadId: threadNumber(threadId) };
}

export function takenInAt(internalDate: string | null | undefined) {
  return internalDate && /^\d{1,15}$/.test(internalDate)
    ? Temporal.Instant.fromEpochMilliseconds(Number(internalDate)).toString()
    : undefined;
}
