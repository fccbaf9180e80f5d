// One connection to a mailbox's IMAP server, for reading only: nothing is ever marked as read, moved or deleted.
//
// Everything asked of the server has its own time limit, because a connection that died on the way says nothing: what is
// not answered in time is closed, and then whatever was waited for fails.

import type { ImapFlow } from "imapflow";
import type { MailLogin, Server } from "./mail-server.ts";
import { imapFailure, imapTarget } from "./test-connection.ts";

export type ImapServer = Server & { login: MailLogin | null };

export type ReadingTrouble =
  | "host_refused"
  | "plaintext_refused"
  | "name_not_found"
  | "unreachable"
  | "tls_failed"
  | "auth_failed"
  | "dropped";

/** The mail server failed or refused; the error says which failure, and what the server said. */
export class ReadingFailed extends Error {
  readonly why: ReadingTrouble;
  readonly serverSaid: string | null;
  /** For so long the server asked to be left alone. */
  readonly waitMs: number | null;
  constructor(why: ReadingTrouble, serverSaid: string | null, waitMs: number | null = null) {
    super(why);
    this.why = why;
    this.serverSaid = serverSaid;
    this.waitMs = waitMs;
  }
}

export type ReadingLimits = {
  connectMs: number;
  /** For one answer, however long. */
  answerMs: number;
  /** For hearing that we no longer wait for news, which is a word. */
  doneMs: number;
  /** In bytes; without it, as large as a mail may be. */
  largestLiteral?: number;
};

export const READING_LIMITS: ReadingLimits = { connectMs: 15_000, answerMs: 60_000, doneMs: 10_000 };

const LARGEST_LITERAL = 52 * 1024 * 1024;
const LONGEST_LINE = 16 * 1024 * 1024; // a hundred thousand numbers stand in one line

const WHY = { connect: "unreachable", tls: "tls_failed", login: "auth_failed" } as const;

export class ImapConnection {
  readonly client: ImapFlow;
  readonly #limits: ReadingLimits;

  private constructor(client: ImapFlow, limits: ReadingLimits) {
    this.client = client;
    this.#limits = limits;
  }

  static async open(server: ImapServer, ip: string, limits: ReadingLimits): Promise<ImapConnection> {
    const { ImapFlow } = await import("imapflow"); // large, and only who reads needs it
    const client = new ImapFlow({
      ...imapTarget(server, ip, server.login),
      disableAutoIdle: true,
      disableCompression: true,
      connectionTimeout: limits.connectMs,
      greetingTimeout: limits.connectMs,
      socketTimeout: limits.answerMs + 300_000, // ours are shorter, and per answer
      maxLineLength: LONGEST_LINE,
      maxLiteralSize: limits.largestLiteral ?? LARGEST_LITERAL,
      logger: false,
    });
    client.on("error", () => {}); // the same error also rejects what was asked; an event needs a listener
    const connection = new ImapConnection(client, limits);
    try {
      await connection.within(client.connect(), limits.connectMs * 2);
      return connection;
    } catch (error) {
      client.close();
      const { phase, serverSaid } = imapFailure(error as Error, server.login);
      throw new ReadingFailed(WHY[phase], serverSaid);
    }
  }

  get isOpen() {
    return this.client.usable;
  }

  /** Until the server has heard that we no longer wait for news. */
  async hasHeard(idling: Promise<void>) {
    await this.within(idling, this.#limits.doneMs);
  }

  /** What was asked, or its failure as ours; after the time is up the connection is closed. */
  async within<T>(asked: Promise<T>, ms: number = this.#limits.answerMs): Promise<T> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      this.client.close();
      late.reject(new ReadingFailed("dropped", null));
    }, ms);
    try {
      return await Promise.race([asked, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** With a word, if the server still listens. */
  async leave() {
    if (!this.isOpen) return this.client.close();
    await this.within(this.client.logout(), 1_000).catch(() => {});
    this.client.close();
  }
}

/** A failure on the way, in our words. What is no failure of theirs is thrown on. */
export function droppedBy(error: unknown): ReadingFailed {
  if (error instanceof ReadingFailed) return error;
  const { code, responseText } = error as { code?: unknown; responseText?: unknown };
  const isTheirs = typeof code === "string" || typeof responseText === "string";
  if (!isTheirs) throw error;
  return new ReadingFailed("dropped", typeof responseText === "string" ? responseText.slice(0, 300) : null);
}
