// What is new in a mailbox's inbox, or in another folder of it, batch by batch, for as long as a reader listens.
//
// UIDs count up and are never used again, so the last one read is a cursor: until the server numbers its mails anew
// (another UIDVALIDITY). Then the last weeks are read once more, and the code that takes the mails in recognizes them
// by their content. The first reading begins now, or with the first mail that went out from here: no reply is older.

import type { FetchMessageObject } from "imapflow";
import { folderFor } from "./folders.ts";
import { type ImapConnection, ReadingFailed } from "./imap-connection.ts";
import type { ServerClock } from "./server-clock.ts";

export type InboxCursor = {
  path: string;
  /** Null before the first reading. */
  uidValidity: number | null;
  lastUid: number;
  /** Mails that came before are left alone. */
  readsFrom: Temporal.Instant;
  /** In the words of a server that does not number its mails: then the numbers are ours. */
  position?: string | null;
};

export type FetchedMail = {
  uid: number;
  receivedAt: Temporal.Instant;
  threadId: string | null;
  /** Its whole, or its header alone where the rest is too large. */
  raw: Buffer;
  size: number;
  isWhole: boolean;
};

/** `before`: where to read on from until all of the batch is taken in, where the server gives no place in between. */
export type MailBatch = { cursor: InboxCursor; mails: FetchedMail[]; before?: InboxCursor };

export type Wariness =
  | "none"
  /** One at a time: something in this batch ended the connection before. */
  | "one_by_one"
  /** The first was to blame: only its header. */
  | "header_of_first"
  /** Not even that. */
  | "without_first";

const LARGEST_MAIL = 50 * 1024 * 1024;
const AT_ONCE_BYTES = 8 * 1024 * 1024;
const AT_ONCE_MAILS = 200;
const LISTED_AT_ONCE = 1_000;
const READ_AGAIN = { hours: 24 * 30 };

export class Inbox {
  readonly #connection: ImapConnection;
  readonly #clock: ServerClock;
  #isNews = false;
  #onNews = () => {};
  /** Ends when the server has heard that we wait no longer. */
  #idling = Promise.resolve();

  constructor(connection: ImapConnection, clock: ServerClock) {
    this.#connection = connection;
    this.#clock = clock;
    connection.client.on("exists", () => {
      this.#isNews = true;
      this.#onNews();
    });
    connection.client.on("close", () => this.#onNews());
  }

  get isOpen() {
    return this.#connection.isOpen;
  }

  /** Where what the server takes for spam lies; null where nothing says so. */
  async junkPath() {
    return folderFor("\\Junk", await this.#connection.within(this.#connection.client.list()));
  }

  leave() {
    return this.#connection.leave();
  }

  /**
   * Hands over everything that is new, oldest first. While a batch is taken in, the next is handed over already, and the
   * one after that fetched: `onBatch` sees to it that they take effect in their order. Answers where the folder is read
   * to; a failure on the way leaves what was handed over until then.
   */
  async readNew(
    cursor: InboxCursor,
    onBatch: (batch: MailBatch) => Promise<void>,
    wariness: Wariness = "none",
  ): Promise<InboxCursor> {
    this.#isNews = false;
    const { start, uids, knownTo, from } = await this.#newSince(cursor);
    let current = start;
    let [before, taking] = [Promise.resolve(), Promise.resolve()];
    try {
      for await (const mails of this.#fetched(uids, from, wariness)) {
        await before;
        before = taking;
        current = { ...current, lastUid: Math.max(current.lastUid, mails.at(-1)?.uid ?? 0) };
        taking = onBatch({ cursor: current, mails });
        taking.catch(() => {}); // told when it is awaited
      }
    } finally {
      await Promise.all([before, taking]); // what follows must not overtake them, and their failure is ours
    }
    const end = { ...current, lastUid: Math.max(current.lastUid, knownTo) };
    const isUntold =
      end.lastUid !== current.lastUid || (uids.length === 0 && end.uidValidity !== cursor.uidValidity);
    if (isUntold) await onBatch({ cursor: end, mails: [] });
    return end;
  }

  /** Waits for news, for so long at most. A server that never tells of any is asked again afterwards all the same. */
  async waitForNews(ms: number, stopping: AbortSignal) {
    if (this.#isNews || !this.isOpen || stopping.aborted) return;
    const { client } = this.#connection;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onNews = resolve;
    stopping.addEventListener("abort", () => resolve(), { once: true });
    const timer = setTimeout(resolve, ms);
    // It ends with the next thing that is asked; whether the server minds is found out then.
    if (client.capabilities.has("IDLE")) {
      const isOver = () => {};
      this.#idling = client.idle().then(isOver, isOver);
    }
    await promise;
    clearTimeout(timer);
  }

  /** `knownTo`: whatever has a lower number was looked at, or is older than we read, which is `from`. */
  async #newSince(
    cursor: InboxCursor,
  ): Promise<{ start: InboxCursor; uids: number[]; knownTo: number; from: Temporal.Instant | null }> {
    const { client } = this.#connection;
    const opening = client.mailboxOpen(cursor.path, { readOnly: true });
    opening.catch(() => {}); // told when it is awaited, which it is not where the server no longer hears us
    await this.#connection.hasHeard(this.#idling);
    const box = await this.#connection.within(opening);
    const uidValidity = Number(box.uidValidity);
    const knownTo = Math.max(0, (box.uidNext || 1) - 1);
    const start = { ...cursor, uidValidity };
    if (cursor.uidValidity === uidValidity) {
      if (box.exists === 0 || (knownTo > 0 && knownTo <= cursor.lastUid))
        return { start, uids: [], knownTo: 0, from: null };
      const found = await this.#search({ uid: `${cursor.lastUid + 1}:*` });
      const uids = found.filter((uid) => uid > cursor.lastUid); // `*` is the last one, also where it is older
      return { start, uids, knownTo: 0, from: null };
    }
    const longAgo = this.#clock.now().subtract(READ_AGAIN);
    const isLongAgo = Temporal.Instant.compare(cursor.readsFrom, longAgo) < 0;
    const from = cursor.uidValidity !== null && isLongAgo ? longAgo : cursor.readsFrom;
    const uids =
      box.exists === 0 ? [] : await this.#search({ since: dayBefore(from, this.#clock.aheadMs()) });
    return { start: { ...start, lastUid: 0 }, uids, knownTo, from };
  }

  async #search(query: { uid: string } | { since: Date }) {
    const found = await this.#connection.within(this.#connection.client.search(query, { uid: true }));
    if (!found) throw new ReadingFailed("dropped", "SEARCH was refused");
    return found.sort((one, other) => one - other);
  }

  async *#fetched(
    uids: readonly number[],
    from: Temporal.Instant | null,
    wariness: Wariness,
  ): AsyncGenerator<FetchedMail[]> {
    let isFirst = true;
    const since = from?.round({ smallestUnit: "second", roundingMode: "floor" }); // servers tell whole seconds
    for (let at = 0; at < uids.length; at += LISTED_AT_ONCE) {
      const all = await this.#list(uids.slice(at, at + LISTED_AT_ONCE));
      const listed = all.filter(
        ({ internalDate }) =>
          !since || Temporal.Instant.compare(this.#clock.cameAt(internalDate), since) >= 0,
      );
      for (const part of parted(listed, wariness)) {
        yield await this.#fetch(part, isFirst ? wariness : "none");
        isFirst = false;
      }
    }
  }

  #list(uids: readonly number[]) {
    const query = { uid: true, size: true, internalDate: true, threadId: true };
    return this.#connection.within(this.#connection.client.fetchAll(rangeOf(uids), query, { uid: true }));
  }

  async #fetch(part: readonly FetchMessageObject[], wariness: Wariness): Promise<FetchedMail[]> {
    if (wariness === "without_first")
      return part.map((one) => this.#fetchedFrom(one, Buffer.alloc(0), false));
    const isHeaderOnly = wariness === "header_of_first" || (part[0]?.size ?? 0) > LARGEST_MAIL;
    const query = isHeaderOnly ? { uid: true, headers: true } : { uid: true, source: true };
    const { client } = this.#connection;
    const uids = part.map(({ uid }) => uid);
    const found = await this.#connection.within(client.fetchAll(rangeOf(uids), query, { uid: true }));
    const byUid = new Map(found.map((one) => [one.uid, isHeaderOnly ? one.headers : one.source]));
    return part.flatMap((one) => {
      const raw = byUid.get(one.uid); // undefined where the mail is gone meanwhile
      return raw ? [this.#fetchedFrom(one, raw, !isHeaderOnly)] : [];
    });
  }

  #fetchedFrom(
    { uid, internalDate, threadId, size = 0 }: FetchMessageObject,
    raw: Buffer,
    isWhole: boolean,
  ): FetchedMail {
    return {
      uid,
      raw,
      isWhole,
      size,
      receivedAt: this.#clock.cameAt(internalDate),
      threadId: threadId ?? null,
    };
  }
}

/** So that no part is larger than memory likes; a mail that is too large comes by itself. */
function* parted(listed: readonly FetchMessageObject[], wariness: Wariness): Generator<FetchMessageObject[]> {
  const mostMails = wariness === "none" ? AT_ONCE_MAILS : 1;
  let part: FetchMessageObject[] = [];
  let bytes = 0;
  for (const one of listed.toSorted((a, b) => a.uid - b.uid)) {
    const size = one.size ?? 0;
    const isFull = part.length >= mostMails || bytes + size > AT_ONCE_BYTES;
    if (isFull && part.length > 0) {
      yield part;
      [part, bytes] = [[], 0];
    }
    part.push(one);
    bytes += size;
  }
  if (part.length > 0) yield part;
}

/** `1:3,7`: servers set a limit to how long a command may be. */
function rangeOf(uids: readonly number[]) {
  const ranges: [number, number][] = [];
  for (const uid of uids.toSorted((one, other) => one - other)) {
    const last = ranges.at(-1);
    if (last && uid === last[1] + 1) last[1] = uid;
    else ranges.push([uid, uid]);
  }
  return ranges.map(([from, to]) => (from === to ? from : `${from}:${to}`)).join(",");
}

/** SEARCH knows days of the server's own clock, so one more is looked at. */
function dayBefore(at: Temporal.Instant, aheadMs: number) {
  return new Date(at.subtract({ hours: 24 }).epochMilliseconds - aheadMs);
}
