// A mailbox at Microsoft as its reader sees it: the same as one that is read by IMAP, but that Graph tells of no news.

import { droppedBy, type ReadingTrouble } from "../imap-connection.ts";
import type { InboxCursor, MailBatch } from "../inbox.ts";
import {
  failedBy,
  type OpenInbox,
  type PlacesLook,
  reads,
  type SentFolderLook,
  type Sought,
} from "../reading.ts";
import type { SentCursor, SoughtMail } from "../sent-mails.ts";
import type { ServerClock } from "../server-clock.ts";
import type { GraphAccount, GraphCalls } from "./calls.ts";
import { GraphInbox, INBOX, JUNK } from "./inbox.ts";
import { findPlacedAtGraph } from "./placed.ts";
import { findAtGraph, lookThroughSentAtGraph } from "./sent.ts";
import { troubleIn } from "./trouble.ts";

/** Messages that could not be read, at most so many mailboxes' worth. */
const MOST_MAILBOXES = 10_000;

export class GraphReading {
  readonly #calls: GraphCalls;
  readonly #clock: ServerClock;
  readonly #failures = new Map<string, Map<string, number>>();

  constructor(calls: GraphCalls, clock: ServerClock) {
    this.#calls = calls;
    this.#clock = clock;
  }

  openInbox(account: GraphAccount): OpenInbox {
    const inbox = new GraphInbox(this.#calls, account, this.#clock, this.#failuresOf(account));
    return {
      isOpen: true,
      tellsOfNews: false,
      inboxPath: INBOX,
      readNew: (cursor: InboxCursor, onBatch: (batch: MailBatch) => Promise<void>) =>
        reads(onBatch, (guarded) => inbox.readNew(cursor, guarded)),
      waitForNews: async () => {},
      junkPath: async () => JUNK,
      leave: async () => {},
    };
  }

  async findSent(account: GraphAccount, mails: readonly SoughtMail[]): Promise<Sought> {
    return { kind: "looked", ...(await findAtGraph(this.#calls, account, mails)) };
  }

  async lookIntoSent(account: GraphAccount, known: SentCursor | null): Promise<SentFolderLook> {
    try {
      return { kind: "looked", ...(await lookThroughSentAtGraph(this.#calls, account, known, this.#clock)) };
    } catch (error) {
      return failedBy(droppedBy(error));
    }
  }

  async findPlaced(account: GraphAccount, messageIds: readonly string[]): Promise<PlacesLook> {
    try {
      return {
        kind: "looked",
        found: await findPlacedAtGraph(this.#calls, account, messageIds, this.#clock),
      };
    } catch (error) {
      return failedBy(droppedBy(error));
    }
  }

  /** Null: Graph lets us read the mailbox. */
  async trouble(account: GraphAccount): Promise<{ why: ReadingTrouble; said: string | null } | null> {
    const answer = await this.#calls.ask(account, { path: "/me/mailFolders/inbox?$select=id" });
    if (answer.kind === "answered" && answer.status === 200) return null;
    const { why, serverSaid: said } = troubleIn(answer);
    return { why, said };
  }

  #failuresOf({ email }: GraphAccount) {
    const known = this.#failures.get(email) ?? new Map<string, number>();
    if (this.#failures.size > MOST_MAILBOXES) this.#failures.clear();
    this.#failures.set(email, known);
    return known;
  }
}
