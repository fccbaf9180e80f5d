// What is new in a folder at Microsoft, page by page (delta query). Graph numbers no messages: each gets the next number of ours, and
// where a folder is read to is the link that Graph gave with the last page. The link and what the page held are written together.
//
// A link that Graph no longer takes (410) means: begin anew. Then the last weeks are read once more, under numbers of another
// series, and the code that takes the messages in recognizes them by their content.

import { z } from "zod";
import { ReadingFailed } from "../imap-connection.ts";
import type { FetchedMail, InboxCursor, MailBatch } from "../inbox.ts";
import type { ServerClock } from "../server-clock.ts";
import type { GraphAccount, GraphAnswer, GraphCalls } from "./calls.ts";
import { troubleIn } from "./trouble.ts";

const AT_ONCE = 50;
const READ_AGAIN = { hours: 24 * 30 };
/** So often a message may fail to be read before only its header is asked for, and then nothing of it. */
const TRIES_WHOLE = 3;
const TRIES_HEADER = 5;

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

export class GraphInbox {
  readonly #calls: GraphCalls;
  readonly #account: GraphAccount;
  readonly #clock: ServerClock;
  readonly #failures: Map<string, number>;

  /** `failures`: how often each message could not be read, kept from one visit to the next. */
  constructor(calls: GraphCalls, account: GraphAccount, clock: ServerClock, failures: Map<string, number>) {
    this.#calls = calls;
    this.#account = account;
    this.#clock = clock;
    this.#failures = failures;
  }

  async readNew(cursor: InboxCursor, onBatch: (batch: MailBatch) => Promise<void>): Promise<InboxCursor> {
    let current: InboxCursor = {
      ...cursor,
      uidValidity: cursor.uidValidity ?? 1,
      position: cursor.position ?? null,
    };
    let isAnew = false;
    for (;;) {
      const page = await this.#page(current);
      if (page === "lost") {
        if (isAnew)
          throw new ReadingFailed("dropped", "Microsoft Graph does not let the folder be read anew");
        isAnew = true;
        current = { ...current, uidValidity: (current.uidValidity ?? 0) + 1, lastUid: 0, position: null };
        continue;
      }
      const mails = await this.#fetched(page.rows, current.lastUid);
      const next = {
        ...current,
        lastUid: current.lastUid + page.rows.length,
        position: page.nextLink ?? page.deltaLink,
      };
      if (page.rows.length > 0 || next.position !== cursor.position)
        await onBatch({ cursor: next, mails, before: current });
      current = next;
      if (page.nextLink === null) return current;
    }
  }

  async #page({ path, position, readsFrom }: InboxCursor) {
    const longAgo = this.#clock.now().subtract(READ_AGAIN);
    const from = Temporal.Instant.compare(readsFrom, longAgo) < 0 ? longAgo : readsFrom;
    const link = position ?? firstPage(path, from, this.#clock.aheadMs());
    const answer = await this.#calls.ask(this.#account, { path: link, atOnce: AT_ONCE });
    if (answer.kind === "answered" && isLost(answer)) return "lost";
    const page =
      answer.kind === "answered" && answer.status === 200 ? PAGE.safeParse(answer.body).data : null;
    const nextLink = page?.["@odata.nextLink"] ?? null;
    const deltaLink = page?.["@odata.deltaLink"] ?? null;
    if (!page || (nextLink === null && deltaLink === null)) throw troubleIn(answer);
    const rows = page.value.filter((row) => row["@removed"] === undefined).toSorted(byTime);
    return { rows, nextLink, deltaLink };
  }

  async #fetched(rows: readonly Row[], lastUid: number) {
    const mails: FetchedMail[] = [];
    for (const [index, row] of rows.entries()) {
      const read = await this.#read(row.id);
      if (read)
        mails.push({
          ...read,
          uid: lastUid + index + 1,
          receivedAt: this.#clock.cameAt(row.receivedDateTime ?? undefined),
          threadId: null,
          size: read.raw.length,
        });
    }
    return mails;
  }

  /** Null: it is gone meanwhile. */
  async #read(id: string): Promise<{ raw: Buffer; isWhole: boolean } | null> {
    const tries = this.#failures.get(id) ?? 0;
    if (tries >= TRIES_HEADER) return { raw: Buffer.alloc(0), isWhole: false };
    const path = `/me/messages/${encodeURIComponent(id)}`;
    const answer = tries >= TRIES_WHOLE ? null : await this.#calls.bytes(this.#account, `${path}/$value`);
    if (answer?.kind === "read") {
      this.#failures.delete(id);
      return { raw: answer.raw, isWhole: true };
    }
    if (answer?.kind === "answered" && answer.status === 404) return null;
    const isTooLarge = answer?.kind === "failed" && answer.why === "unreadable_answer";
    if (answer && !isTooLarge) throw this.#failed(id, answer);
    const head = await this.#calls.ask(this.#account, { path: `${path}?$select=internetMessageHeaders` });
    if (head.kind === "answered" && head.status === 404) return null;
    const isAnswered = head.kind === "answered" && head.status === 200;
    const fields = isAnswered ? HEADERS.safeParse(head.body).data?.internetMessageHeaders : undefined;
    if (!fields) throw this.#failed(id, head);
    const lines = fields.map(({ name, value }) => `${name}: ${value.replace(/[\r\n]+/g, " ")}\r\n`);
    return { raw: Buffer.from(`${lines.join("")}\r\n`, "utf8"), isWhole: false };
  }

  #failed(id: string, answer: GraphAnswer) {
    const trouble = troubleIn(answer);
    const isOfMessage = trouble.why === "dropped" && trouble.waitMs === null;
    if (isOfMessage) this.#failures.set(id, (this.#failures.get(id) ?? 0) + 1);
    return trouble;
  }
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

function isLost({ status, code }: Extract<GraphAnswer, { kind: "answered" }>) {
  return status === 410 || /^(?:syncState|resyncRequired)/i.test(code);
}

function byTime(one: Row, other: Row) {
  const [a, b] = [one.receivedDateTime ?? "", other.receivedDateTime ?? ""];
  return a < b ? -1 : a > b ? 1 : one.id < other.id ? -1 : 1;
}
