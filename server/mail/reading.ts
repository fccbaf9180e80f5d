// Reading a mailbox: the connection under the same rules as every other, and what can be asked over it.

import {
  droppedBy,
  ImapConnection,
  type ImapServer,
  type ReadingFailed,
  type ReadingLimits,
  type ReadingTrouble,
} from "./imap-connection.ts";
import { Inbox, type InboxCursor, type MailBatch, type Wariness } from "./inbox.ts";
import { foundInSent } from "./sent-folder.ts";
import { lookThroughSent, type SentCursor, type SentLook } from "./sent-mails.ts";
import type { ServerClock } from "./server-clock.ts";

export type Failed = { kind: "failed"; why: ReadingTrouble; serverSaid: string | null };

export type Sought =
  | { kind: "looked"; found: ReadonlySet<string> }
  /** There is no folder for what was sent, as far as anybody can tell. */
  | { kind: "no_folder" }
  | Failed;

export type SentFolderLook = ({ kind: "looked" } & SentLook) | { kind: "no_folder" } | Failed;

/** So long a look into what was sent may take in all, and so much a server may say at once. */
const LOOK_MS = 30_000;
const LARGEST_SAID = 1024 * 1024;

/** The addresses that may be connected to, or why none may. */
type Reached = (server: ImapServer) => Promise<readonly string[] | ReadingTrouble>;

/** An inbox that stays open until the reader closes it, or the server does. */
export type OpenInbox = {
  readonly isOpen: boolean;
  readNew(
    cursor: InboxCursor,
    onBatch: (batch: MailBatch) => Promise<void>,
    wariness?: Wariness,
  ): Promise<{ kind: "read"; cursor: InboxCursor } | Failed>;
  /** In the folder that was read last. */
  waitForNews(ms: number, stopping: AbortSignal): Promise<void>;
  /** Null: there is none, or the server does not say. */
  junkPath(): Promise<string | null>;
  leave(): Promise<void>;
};

export class Reading {
  readonly #reached: Reached;
  readonly #limits: ReadingLimits;
  readonly #clock: ServerClock;

  constructor(reached: Reached, limits: ReadingLimits, clock: ServerClock) {
    this.#reached = reached;
    this.#limits = limits;
    this.#clock = clock;
  }

  async openInbox(server: ImapServer): Promise<OpenInbox | Failed> {
    const connection = await this.#connected(server);
    if ("kind" in connection) return connection;
    const inbox = new Inbox(connection, this.#clock);
    return {
      get isOpen() {
        return inbox.isOpen;
      },
      async readNew(cursor, onBatch, wariness) {
        let ours: { error: unknown } | null = null;
        const guarded = (batch: MailBatch) =>
          onBatch(batch).catch((error: unknown) => {
            ours = { error };
            throw error;
          });
        try {
          return { kind: "read", cursor: await inbox.readNew(cursor, guarded, wariness) };
        } catch (error) {
          const mistake = ours as { error: unknown } | null;
          if (mistake) throw mistake.error; // the caller that takes mails in knows its own error
          return failedBy(droppedBy(error));
        }
      },
      waitForNews: (ms, stopping) => inbox.waitForNews(ms, stopping),
      junkPath: () => inbox.junkPath().catch(() => null), // whatever is the matter, the next reading finds it out
      leave: () => inbox.leave(),
    };
  }

  /** Which of these mails are in the mailbox's folder of sent mail. */
  async findSent(server: ImapServer, internetMessageIds: readonly string[]): Promise<Sought> {
    if (internetMessageIds.length === 0) return { kind: "looked", found: new Set() };
    const connection = await this.#connected(server);
    if ("kind" in connection) return connection;
    try {
      const found = await foundInSent(connection, internetMessageIds);
      return found ? { kind: "looked", found } : { kind: "no_folder" };
    } catch (error) {
      return failedBy(droppedBy(error));
    } finally {
      await connection.leave();
    }
  }

  /** What lies new among what the mailbox has sent, over a connection of its own: whatever happens there, the inbox is read. */
  async lookIntoSent(
    server: ImapServer,
    known: SentCursor | null,
    until: AbortSignal,
  ): Promise<SentFolderLook> {
    const connection = await this.#connected(server, { ...this.#limits, largestLiteral: LARGEST_SAID });
    if ("kind" in connection) return connection;
    const close = () => connection.client.close();
    until.addEventListener("abort", close, { once: true });
    try {
      const looking = lookThroughSent(connection, known, this.#clock);
      const look = await connection.within(looking, LOOK_MS);
      return look ? { kind: "looked", ...look } : { kind: "no_folder" };
    } catch (error) {
      return failedBy(droppedBy(error));
    } finally {
      until.removeEventListener("abort", close);
      await connection.leave();
    }
  }

  async #connected(server: ImapServer, limits = this.#limits): Promise<ImapConnection | Failed> {
    const ips = await this.#reached(server);
    if (typeof ips === "string") return { kind: "failed", why: ips, serverSaid: null };
    try {
      return await ImapConnection.open(server, ips[0] ?? "", limits);
    } catch (error) {
      return failedBy(error as ReadingFailed);
    }
  }
}

function failedBy({ why, serverSaid }: ReadingFailed): Failed {
  return { kind: "failed", why, serverSaid };
}
