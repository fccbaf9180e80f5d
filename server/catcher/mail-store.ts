// What an IMAP server shows: folders of mails that only ever grow at the end, wherever they are stored.

export type StoredFolder = {
  path: string;
  /** What it is for (RFC 6154): `\Sent`, `\Junk`; the inbox says nothing. */
  use: string | null;
  /** Another number says: forget every uid you knew. */
  uidValidity: number;
  uidNext: number;
};

export type StoredMail = { uid: number; at: Temporal.Instant; size: number; flags: readonly string[] };

export type MailStore = {
  folders(): Promise<readonly StoredFolder[]>;
  /** Whatever has this uid or a later one, in their order. */
  list(folder: string, fromUid: number): Promise<readonly StoredMail[]>;
  get(folder: string, uid: number): Promise<Buffer | null>;
  /** The uid it got. */
  append(folder: string, raw: Buffer, flags: readonly string[], at: Temporal.Instant | null): Promise<number>;
  flag(folder: string, uid: number, flags: readonly string[]): Promise<void>;
  remove(folder: string, uids: readonly number[]): Promise<void>;
  /** Calls whenever something came into a folder; answers how to stop it. */
  onNew(told: (folder: string) => void): () => void;
};
