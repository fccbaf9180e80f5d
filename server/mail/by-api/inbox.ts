// What is new in a folder that is read by its provider's API, page by page. The APIs number no messages: each gets the next number of
// ours, and where a folder is read to is the place that came with the last page. That place and what the page held are written
// together.
//
// A place that the provider does not know any more means: begin anew. Then the last weeks are read once more, under numbers of
// another series, and the code that takes the messages in recognizes them by their content.

import { ReadingFailed } from "../imap-connection.ts";
import type { FetchedMail, InboxCursor, MailBatch } from "../inbox.ts";
import type { ServerClock } from "../server-clock.ts";
import type { ApiAccount, ApiAnswer } from "./calls.ts";
import type { ApiMailboxes, Row } from "./mailbox.ts";
import { troubleIn } from "./trouble.ts";

const READ_AGAIN = { hours: 24 * 30 };
/** So often a message may fail to be read before only its header is asked for, and then nothing of it. */
const TRIES_WHOLE = 3;
const TRIES_HEADER = 5;

type Read = Pick<FetchedMail, "raw" | "isWhole" | "threadId"> & { receivedAt: string | undefined };

export class ApiInbox {
  readonly #api: ApiMailboxes;
  readonly #account: ApiAccount;
  readonly #clock: ServerClock;
  readonly #failures: Map<string, number>;

  /** `failures`: how often each message could not be read, kept from one visit to the next. */
  constructor(api: ApiMailboxes, account: ApiAccount, clock: ServerClock, failures: Map<string, number>) {
    this.#api = api;
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
      const page = await this.#api.page(this.#account, this.#notTooLongAgo(current));
      if (page === "lost") {
        if (isAnew)
          throw new ReadingFailed("dropped", `${this.#api.name} does not let the folder be read anew`);
        isAnew = true;
        current = { ...current, uidValidity: (current.uidValidity ?? 0) + 1, lastUid: 0, position: null };
        continue;
      }
      const mails = await this.#fetched(page.rows, current.lastUid);
      const next = { ...current, lastUid: current.lastUid + page.rows.length, position: page.position };
      if (page.rows.length > 0 || next.position !== cursor.position)
        await onBatch({ cursor: next, mails, before: current });
      current = next;
      if (page.isLast) return current;
    }
  }

  #notTooLongAgo(cursor: InboxCursor): InboxCursor {
    const longAgo = this.#clock.now().subtract(READ_AGAIN);
    const isLongAgo = Temporal.Instant.compare(cursor.readsFrom, longAgo) < 0;
    return isLongAgo ? { ...cursor, readsFrom: longAgo } : cursor;
  }

  async #fetched(rows: readonly Row[], lastUid: number) {
    const mails: FetchedMail[] = [];
    for (const [index, row] of rows.entries()) {
      const read = await this.#read(row);
      if (read)
        mails.push({
          ...read,
          uid: lastUid + index + 1,
          receivedAt: this.#clock.cameAt(read.receivedAt ?? row.receivedAt),
          size: read.raw.length,
        });
    }
    return mails;
  }

  /** Null: it is gone meanwhile. */
  async #read(row: Row): Promise<Read | null> {
    const tries = this.#failures.get(row.id) ?? 0;
    if (tries >= TRIES_HEADER)
      return { raw: Buffer.alloc(0), isWhole: false, threadId: null, receivedAt: undefined };
    const whole = tries >= TRIES_WHOLE ? null : await this.#api.whole(this.#account, row);
    if (whole?.is === "read") {
      this.#failures.delete(row.id);
      return { raw: whole.raw, isWhole: true, threadId: whole.threadId, receivedAt: whole.receivedAt };
    }
    if (whole?.is === "gone") return null;
    if (whole?.is === "failed") throw this.#failed(row.id, whole.answer);
    const head = await this.#api.head(this.#account, row);
    if (head.is === "failed") throw this.#failed(row.id, head.answer);
    if (head.is !== "read") return null;
    return { raw: head.raw, isWhole: false, threadId: head.threadId, receivedAt: head.receivedAt };
  }

  #failed(id: string, answer: ApiAnswer) {
    const trouble = troubleIn(answer);
    const isOfMessage = trouble.why === "dropped" && trouble.waitMs === null;
    if (isOfMessage) this.#failures.set(id, (this.#failures.get(id) ?? 0) + 1);
    return trouble;
  }
}

/** A header alone, as the provider took it apart. */
export function headerOf(fields: readonly { name: string; value: string }[]) {
  const lines = fields.map(({ name, value }) => `${name}: ${value.replace(/[\r\n]+/g, " ")}\r\n`);
  return Buffer.from(`${lines.join("")}\r\n`, "utf8");
}
