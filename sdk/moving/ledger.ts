// What a move has copied so far. Where it is kept is the business of its owner: the command line writes a file, the server a table.

export const KINDS = [
  "users",
  "mailboxes",
  "contact_stages",
  "account_stages",
  "deal_stages",
  "fields",
  "lists",
  "schedules",
  "accounts",
  "contacts",
  "sequences",
  "enrollments",
  "deals",
  "tasks",
  "calls",
  "notes",
] as const;

export type Kind = (typeof KINDS)[number];

/** `made`: the move has created it; otherwise it was there before. */
export type Copied = { kind: Kind; from: string; to: string; made: boolean };

/**
 * Records that go to the target in one call, written before it is made. Without it, a run that was killed would not know whether
 * they were created.
 */
export type Batch = { kind: Kind; ids: string[]; rows: unknown[]; key: string; sentAt: number };

/** Servers keep the answer to an idempotency key for a day. */
export const KEPT_MS = 23 * 3_600_000;

export type Ledger = {
  /** The id of the copy; undefined: the record was not copied yet. */
  get(kind: Kind, from: string): string | undefined;
  all(kind: Kind): readonly Copied[];
  /** The idempotency key under which this record is created, in every run of this move. */
  keyFor(kind: Kind, from: string): string;
  /** Kept for good when it answers. */
  put(copied: readonly Copied[]): Promise<void>;
  /** Before the call. Answers the key under which it is made. */
  send(kind: Kind, ids: string[], rows: unknown[]): Promise<string>;
  /** The last batch of an earlier run, if that run did not learn its result. */
  unanswered(kind: Kind): Batch | null;
};
