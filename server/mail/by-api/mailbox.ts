// What sending and reading by a provider's API takes. Each provider has its own calls for these (mail/graph, mail/gmail); in which
// order they are made, and what follows from their answers, is the same for all.

import type { InboxCursor } from "../inbox.ts";
import type { RefusedMail } from "../outcome.ts";
import type { PlacedMail } from "../placed-mails.ts";
import type { PreparedMail } from "../prepared-mail.ts";
import type { SentCursor, SentLook, SoughtMail } from "../sent-mails.ts";
import type { ApiAccount, ApiAnswer } from "./calls.ts";

/** How the provider calls an email; null where it is not known, or as we do. */
export type ProviderIds = { messageId: string | null; threadId: string | null };

export type Draft = ProviderIds & { id: string };

/** `gone`: the provider knows no message of that id, for the moment. `unknown`: it did not say. */
export type DraftState = ({ is: "sent" } & ProviderIds) | { is: "draft" | "gone" | "unknown" };

export type FoundInSent = {
  found: Set<string>;
  unsent: Set<string>;
  unknown: Set<string>;
  sentAs: Map<string, string>;
};

export type Row = { id: string; receivedAt: string | undefined };
export type Page = { rows: Row[]; position: string; isLast: boolean };

export type Fetched =
  | { is: "read"; raw: Buffer; receivedAt: string | undefined; threadId: string | null }
  | { is: "gone" | "too_large" }
  | { is: "failed"; answer: ApiAnswer };

export type ApiMailboxes = {
  /** As people call it. */
  name: string;
  /** What the provider calls its folders. */
  inbox: string;
  junk: string;
  /** With our own bytes. */
  makeDraft(account: ApiAccount, mail: PreparedMail): Promise<{ draft: Draft | null; answer: ApiAnswer }>;
  sendDraft(account: ApiAccount, draft: Draft): Promise<ApiAnswer>;
  /** What became of it, after this answer to the call that sends it. */
  stateAfter(account: ApiAccount, mail: PreparedMail, draft: Draft, answer: ApiAnswer): Promise<DraftState>;
  /** Whether it is certain that the draft is there no more. */
  removeDraft(account: ApiAccount, id: string): Promise<boolean>;
  /**
   * Drafts of this email that an earlier attempt left, because the answer was lost or the process ended: a person might send them.
   * Answers what the provider said where it did not let us look.
   */
  removeLeftDrafts(account: ApiAccount, mail: PreparedMail): Promise<ApiAnswer | null>;
  /** Null: nothing was refused in so many words; 5xx says only that something went wrong. */
  refusalIn(answer: ApiAnswer): RefusedMail | null;
  /** `lost`: the place where we were is not known any more. */
  page(account: ApiAccount, cursor: InboxCursor): Promise<Page | "lost">;
  whole(account: ApiAccount, row: Row): Promise<Fetched>;
  head(account: ApiAccount, row: Row): Promise<Fetched>;
  findSent(account: ApiAccount, mails: readonly SoughtMail[]): Promise<FoundInSent>;
  /** In which folders these emails lie, by their Message-IDs. Throws what was in the way. */
  findPlaced(account: ApiAccount, messageIds: readonly string[]): Promise<ReadonlyMap<string, PlacedMail>>;
  /** An email that was read before, by its Message-ID. */
  readKept(account: ApiAccount, messageId: string): Promise<Fetched>;
  lookThroughSent(account: ApiAccount, known: SentCursor | null): Promise<SentLook>;
  /** The cheapest call that needs a mailbox that may be read. */
  greet(account: ApiAccount): Promise<ApiAnswer>;
};
