// A mailbox that is read by its provider's API, as its reader sees it: the same as one that is read by IMAP, but that nobody tells
// of news.

import { droppedBy, type ReadingTrouble } from "../imap-connection.ts";
import type { InboxCursor, MailBatch } from "../inbox.ts";
import type { KeptLook, KeptMail } from "../kept-mails.ts";
import {
  type Failed,
  failedBy,
  type OpenInbox,
  type PlacesLook,
  reads,
  type SentFolderLook,
  type Sought,
} from "../reading.ts";
import type { SentCursor, SoughtMail } from "../sent-mails.ts";
import type { ServerClock } from "../server-clock.ts";
import type { ApiAccount } from "./calls.ts";
import { ApiInbox } from "./inbox.ts";
import type { ApiMailboxes } from "./mailbox.ts";
import { troubleIn } from "./trouble.ts";

/** Messages that could not be read, at most so many mailboxes' worth. */
const MOST_MAILBOXES = 10_000;

export class ApiReading {
  readonly #apis: Readonly<Record<ApiAccount["kind"], ApiMailboxes>>;
  readonly #clock: ServerClock;
  readonly #failures = new Map<string, Map<string, number>>();

  constructor(apis: Readonly<Record<ApiAccount["kind"], ApiMailboxes>>, clock: ServerClock) {
    this.#apis = apis;
    this.#clock = clock;
  }

  openInbox(account: ApiAccount): OpenInbox {
    const api = this.#apis[account.kind];
    const inbox = new ApiInbox(api, account, this.#clock, this.#failuresOf(account));
    return {
      isOpen: true,
      tellsOfNews: false,
      inboxPath: api.inbox,
      readNew: (cursor: InboxCursor, onBatch: (batch: MailBatch) => Promise<void>) =>
        reads(onBatch, (guarded) => inbox.readNew(cursor, guarded)),
      waitForNews: async () => {},
      junkPath: async () => api.junk,
      leave: async () => {},
    };
  }

  async findSent(account: ApiAccount, mails: readonly SoughtMail[]): Promise<Sought> {
    return { kind: "looked", ...(await this.#apis[account.kind].findSent(account, mails)) };
  }

  async lookIntoSent(account: ApiAccount, known: SentCursor | null): Promise<SentFolderLook> {
    try {
      return { kind: "looked", ...(await this.#apis[account.kind].lookThroughSent(account, known)) };
    } catch (error) {
      return failedBy(droppedBy(error));
    }
  }

  async findPlaced(account: ApiAccount, messageIds: readonly string[]): Promise<PlacesLook> {
    try {
      return { kind: "looked", found: await this.#apis[account.kind].findPlaced(account, messageIds) };
    } catch (error) {
      return failedBy(droppedBy(error));
    }
  }

  async readKept(account: ApiAccount, { messageId }: KeptMail): Promise<KeptLook | Failed> {
    if (messageId === null) return { kind: "gone" }; // the numbers are ours
    try {
      const fetched = await this.#apis[account.kind].readKept(account, messageId);
      if (fetched.is === "read") return { kind: "found", raw: fetched.raw };
      if (fetched.is !== "failed") return { kind: fetched.is };
      return failedBy(troubleIn(fetched.answer));
    } catch (error) {
      return failedBy(droppedBy(error));
    }
  }

  /** Null: the provider lets us read the mailbox. */
  async trouble(account: ApiAccount): Promise<{ why: ReadingTrouble; said: string | null } | null> {
    const answer = await this.#apis[account.kind].greet(account);
    if (answer.kind === "answered" && answer.status === 200) return null;
    const { why, serverSaid: said } = troubleIn(answer);
    return { why, said };
  }

  #failuresOf({ kind, email }: ApiAccount) {
    const key = `${kind} ${email}`;
    const known = this.#failures.get(key) ?? new Map<string, number>();
    if (this.#failures.size > MOST_MAILBOXES) this.#failures.clear();
    this.#failures.set(key, known);
    return known;
  }
}
