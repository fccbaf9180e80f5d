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
import { type KeptLook, type KeptMail, readKept } from "./kept-mails.ts";
import { findPlacedIn, type PlacedMail } from "./placed-mails.ts";
import { foundInSent } from "./sent-folder.ts";
import { lookThroughSent, type SentCursor, type SentLook, type SoughtMail, soughtAs } from "./sent-mails.ts";
import type { ServerClock } from "./server-clock.ts";

export type Failed = {
  kind: "failed";
  why: ReadingTrouble;
  serverSaid: string | null;
  waitMs?: number | null;
};

type Look = {
  found: ReadonlySet<string>;
  /** Drafts that are still there, and so were not sent. */
  unsent: ReadonlySet<string>;
  /** Drafts of which their provider does not say what became of them. */
  unknown: ReadonlySet<string>;
  /** By which Message-ID the provider sent those of which it said. */
  sentAs?: ReadonlyMap<string, string>;
};

export type Sought =
  | ({ kind: "looked" } & Look)
  /** There is no folder for what was sent, as far as anybody can tell. */
  | { kind: "no_folder" }
  | Failed;

export type PlacesLook = { kind: "looked"; found: ReadonlyMap<string, PlacedMail> } | Failed;

export type SentFolderLook = ({ kind: "looked" } & SentLook) | { kind: "no_folder" } | Failed;

/** So long a look into what was sent may take in all, and so much a server may say at once. */
const LOOK_MS = 30_000;
const LARGEST_SAID = 1024 * 1024;

/** The addresses that may be connected to, or why none may. */
type Reached = (server: ImapServer) => Promise<readonly string[] | ReadingTrouble>;

/** An inbox that stays open until the reader closes it, or the server does. */
export type OpenInbox = {
  readonly isOpen: boolean;
  /** Without it there is nothing to stay for. */
  readonly tellsOfNews: boolean;
  /** What the server calls the inbox. */
  readonly inboxPath: string;
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
      tellsOfNews: true,
      inboxPath: "INBOX",
      readNew: (cursor, onBatch, wariness) =>
        reads(onBatch, (guarded) => inbox.readNew(cursor, guarded, wariness)),
      waitForNews: (ms, stopping) => inbox.waitForNews(ms, stopping),
      junkPath: () => inbox.junkPath().catch(() => null), // whatever is the matter, the next reading finds it out
      leave: () => inbox.leave(),
    };
  }

  /** Which of these mails are in the mailbox's folder of sent mail. */
  async findSent(server: ImapServer, mails: readonly SoughtMail[]): Promise<Sought> {
    const noDrafts = { unsent: new Set<string>(), unknown: new Set<string>() };
    if (mails.length === 0) return { kind: "looked", found: new Set(), ...noDrafts };
    const connection = await this.#connected(server);
    if ("kind" in connection) return connection;
    try {
      const ids = await foundInSent(connection, [
        ...new Set(mails.map(({ internetMessageId }) => internetMessageId)),
      ]);
      if (!ids) return { kind: "no_folder" };
      const there = mails.filter(({ internetMessageId }) => ids.has(internetMessageId));
      return { kind: "looked", found: new Set(there.map(soughtAs)), ...noDrafts };
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

  /** In which folders these emails lie, by their Message-IDs. */
  async findPlaced(server: ImapServer, messageIds: readonly string[]): Promise<PlacesLook> {
    const connection = await this.#connected(server, { ...this.#limits, largestLiteral: LARGEST_SAID });
    if ("kind" in connection) return connection;
    try {
      const looking = findPlacedIn(connection, messageIds, this.#clock);
      return { kind: "looked", found: await connection.within(looking, LOOK_MS) };
    } catch (error) {
      return failedBy(droppedBy(error));
    } finally {
      await connection.leave();
    }
  }

  /** An email that was read before, whole. */
  async readKept(server: ImapServer, mail: KeptMail): Promise<KeptLook | Failed> {
    const connection = await this.#connected(server);
    if ("kind" in connection) return connection;
    try {
      return await connection.within(readKept(connection, mail), LOOK_MS);
    } catch (error) {
      return failedBy(droppedBy(error));
    } finally {
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

/** What a reading comes to, where the caller that takes mails in may fail on its own. */
export async function reads(
  onBatch: (batch: MailBatch) => Promise<void>,
  reading: (guarded: (batch: MailBatch) => Promise<void>) => Promise<InboxCursor>,
): Promise<{ kind: "read"; cursor: InboxCursor } | Failed> {
  let ours: { error: unknown } | null = null;
  const guarded = (batch: MailBatch) =>
    onBatch(batch).catch((error: unknown) => {
      ours = { error };
      throw error;
    });
  try {
    return { kind: "read", cursor: await reading(guarded) };
  } catch (error) {
    const mistake = ours as { error: unknown } | null;
    if (mistake) throw mistake.error; // the caller that takes mails in knows its own error
    return failedBy(droppedBy(error));
  }
}

export function failedBy({ why, serverSaid, waitMs }: ReadingFailed): Failed {
  return { kind: "failed", why, serverSaid, waitMs };
}
