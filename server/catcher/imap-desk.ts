// The state of a signed-in client, and the answers that many commands share.

import type { ImapView } from "./imap-view.ts";
import type { Token } from "./imap-words.ts";
import type { MailStore } from "./mail-store.ts";

export type ImapDesk = {
  store: MailStore;
  view: ImapView | null;
  say(line: string): Promise<void>;
  /** The same, where a test may have the line cut. */
  sayMail(line: string): Promise<void>;
};

/** Answers with what stands behind its tag. */
export type ImapCommand = (desk: ImapDesk, args: readonly Token[], byUid: boolean) => Promise<string>;

export const BAD = "BAD what is that?";
export const NO_FOLDER = "NO [NONEXISTENT] no such folder";
export const NOTHING_OPEN = "BAD no folder is selected";
