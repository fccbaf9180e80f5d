// What is new in a folder at Microsoft (delta query): where a folder is read to is the link that Graph gave with the last page. A link
// that Graph no longer takes (410) is lost.

import { z } from "zod";
import type { AnsweredByApi, ApiAccount, ApiCalls } from "../by-api/calls.ts";
import { headerOf } from "../by-api/inbox.ts";
import type { Fetched, Page } from "../by-api/mailbox.ts";
import { troubleIn } from "../by-api/trouble.ts";
import type { InboxCursor } from "../inbox.ts";
import type { ServerClock } from "../server-clock.ts";
import { withLastingIds } from "./dialect.ts";

const AT_ONCE = 50;

/** Folders are called so in every language. */
export const INBOX = "inbox";
export const JUNK = "junkemail";

const ROW = z.object({
  id: z.string().min(1).max(1000),
  receivedDateTime: z.string().max(40).nullish(),
  "@removed": z.unknown().optional(),
});
const PAGE = z.object({
  value: z.array(ROW).max(5_000),
  "@odata.nextLink": z.string().max(20_000).optional(),
  "@odata.deltaLink": z.string().max(20_000).optional(),
});
const HEADERS = z.object({
  internetMessageHeaders: z.array(z.object({ name: z.string(), value: z.string() })).max(2_000),
});

type Row = z.output<typeof ROW>;

export async function pageOf(
  calls: ApiCalls,
  account: ApiAccount,
  { path, position, readsFrom }: InboxCursor,
  clock: ServerClock,
): Promise<Page | "lost"> {
  const link = position ?? firstPage(path, readsFrom, clock.aheadMs());
  const answer = await calls.ask(account, { path: link, headers: withLastingIds(AT_ONCE) });
  if (answer.kind === "answered" && isLost(answer)) return "lost";
  const page =
    answer.kind === "answered" && answer.status === 200 ? PAGE.safeParse(answer.body).data : undefined;
  const nextLink = page?.["@odata.nextLink"] ?? null;
  const reached = nextLink ?? page?.["@odata.deltaLink"] ?? null;
  if (!page || reached === null) throw troubleIn(answer);
  const rows = page.value.filter((row) => row["@removed"] === undefined).toSorted(byTime);
  return {
    rows: rows.map(({ id, receivedDateTime }) => ({ id, receivedAt: receivedDateTime ?? undefined })),
    position: reached,
    isLast: nextLink === null,
  };
}

export async function wholeOf(calls: ApiCalls, account: ApiAccount, path: string): Promise<Fetched> {
  const answer = await calls.bytes(account, { path: `${path}/$value`, headers: withLastingIds() });
  if (answer.kind === "read") return { is: "read", raw: answer.raw, receivedAt: undefined, threadId: null };
  if (answer.kind === "answered" && answer.status === 404) return { is: "gone" };
  const isTooLarge = answer.kind === "failed" && answer.why === "unreadable_answer";
  return isTooLarge ? { is: "too_large" } : { is: "failed", answer };
}

export async function headOf(calls: ApiCalls, account: ApiAccount, path: string): Promise<Fetched> {
  const asked = { path: `${path}?$select=internetMessageHeaders`, headers: withLastingIds() };
  const answer = await calls.ask(account, asked);
  if (answer.kind === "answered" && answer.status === 404) return { is: "gone" };
  const isAnswered = answer.kind === "answered" && answer.status === 200;
  const fields = isAnswered ? HEADERS.safeParse(answer.body).data?.internetMessageHeaders : undefined;
  if (!fields) return { is: "failed", answer };
  return { is: "read", raw: headerOf(fields), receivedAt: undefined, threadId: null };
}

/** Graph filters by its own clock, in whole seconds. */
function firstPage(folder: string, from: Temporal.Instant, aheadMs: number) {
  const at = from.subtract({ milliseconds: Math.round(aheadMs) }).round({
    smallestUnit: "second",
    roundingMode: "floor",
  });
  const query = `changeType=created&$select=id,receivedDateTime&$filter=receivedDateTime+ge+${at}`;
  return `/me/mailFolders/${encodeURIComponent(folder)}/messages/delta?${query}`;
}

function isLost({ status, code }: AnsweredByApi) {
  return status === 410 || /^(?:syncState|resyncRequired)/i.test(code);
}

function byTime(one: Row, other: Row) {
  const [a, b] = [one.receivedDateTime ?? "", other.receivedDateTime ?? ""];
  return a < b ? -1 : a > b ? 1 : one.id < other.id ? -1 : 1;
}
