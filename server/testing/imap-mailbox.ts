// A mailbox in memory behind our own IMAP server, for tests that read mail. What a real server might do to them is
// turned on by `server.temper`, `server.dropAll`, `mail.changeUidValidity`.

import { type ImapServer, openImapServer } from "../catcher/imap-server.ts";
import type { MailStore, StoredFolder, StoredMail } from "../catcher/mail-store.ts";
import { certificate, LOGIN } from "./post-office.ts";

type Kept = StoredMail & { raw: Buffer | ((uid: number) => Buffer) };
type Box = { folder: StoredFolder; mails: Kept[] };

export class MemoryMail implements MailStore {
  readonly #boxes = new Map<string, Box>();
  readonly #told = new Set<(folder: string) => void>();
  /** How often a mail's bytes were asked for. */
  reads = 0;

  constructor(folders: Record<string, string | null> = { INBOX: null, Sent: "\\Sent", Junk: "\\Junk" }) {
    for (const [path, use] of Object.entries(folders))
      this.#boxes.set(path, { folder: { path, use, uidValidity: 1, uidNext: 1 }, mails: [] });
  }

  /** A mail comes in, and idling clients are notified. */
  deliver(
    raw: Buffer | string,
    { folder = "INBOX", at = Temporal.Now.instant(), flags = [] as string[] } = {},
  ) {
    const [uid] = this.#add(folder, 1, () => {
      const bytes = Buffer.from(raw as string);
      return { raw: bytes, size: bytes.length, at, flags };
    });
    this.#tell(folder);
    return uid as number;
  }

  /** Very many mails, each made when it is asked for. `make` answers the same for the same uid. */
  generate(
    count: number,
    make: (uid: number) => Buffer,
    { folder = "INBOX", at = Temporal.Now.instant() } = {},
  ) {
    const uids = this.#add(folder, count, (uid) => ({ raw: make, size: make(uid).length, at, flags: [] }));
    this.#tell(folder);
    return uids;
  }

  /** The folder was made anew: the mails that stay get new uids, from 1 or from `firstUid`. */
  changeUidValidity(folder = "INBOX", { keep = true, firstUid = 1 } = {}) {
    const box = this.#box(folder);
    box.mails = keep
      ? box.mails.map((mail, index) => ({ ...mail, raw: bytesOf(mail), uid: firstUid + index }))
      : [];
    const { uidValidity } = box.folder;
    box.folder = { ...box.folder, uidValidity: uidValidity + 1, uidNext: firstUid + box.mails.length };
  }

  async folders() {
    return [...this.#boxes.values()].map(({ folder }) => folder);
  }

  async list(folder: string, fromUid: number) {
    const { mails } = this.#box(folder);
    return fromUid <= 1 ? mails : mails.filter(({ uid }) => uid >= fromUid);
  }

  async get(folder: string, uid: number) {
    this.reads += 1;
    const mail = this.#find(folder, uid);
    return mail ? bytesOf(mail) : null;
  }

  async append(folder: string, raw: Buffer, flags: readonly string[], at: Temporal.Instant | null) {
    return this.deliver(raw, { folder, flags: [...flags], ...(at && { at }) });
  }

  async flag(folder: string, uid: number, flags: readonly string[]) {
    const mail = this.#find(folder, uid);
    if (mail) mail.flags = flags;
  }

  async remove(folder: string, uids: readonly number[]) {
    const box = this.#box(folder);
    box.mails = box.mails.filter(({ uid }) => !uids.includes(uid));
  }

  onNew(told: (folder: string) => void) {
    this.#told.add(told);
    return () => void this.#told.delete(told);
  }

  #add(path: string, count: number, make: (uid: number) => Omit<Kept, "uid">) {
    const box = this.#box(path);
    const first = box.folder.uidNext;
    const uids = Array.from({ length: count }, (_, index) => first + index);
    for (const uid of uids) box.mails.push({ uid, ...make(uid) });
    box.folder = { ...box.folder, uidNext: first + count };
    return uids;
  }

  /** By halving: there may be a hundred thousand of them. */
  #find(folder: string, uid: number) {
    const { mails } = this.#box(folder);
    let [low, high] = [0, mails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((mails[middle]?.uid ?? 0) < uid) low = middle + 1;
      else high = middle;
    }
    return mails[low]?.uid === uid ? mails[low] : undefined;
  }

  #tell(folder: string) {
    for (const told of this.#told) told(folder);
  }

  #box(path: string) {
    const box = this.#boxes.get(path);
    if (!box) throw new Error(`there is no folder ${path}`);
    return box;
  }
}

function bytesOf({ raw, uid }: Kept) {
  return typeof raw === "function" ? raw(uid) : raw;
}

export type ImapMailbox = { mail: MemoryMail; server: ImapServer; port: number; close(): Promise<void> };

/** LOGIN is let in, by password or by that word as an OAuth token. */
export async function openImapMailbox({
  mail = new MemoryMail(),
  secure = false,
  login = LOGIN,
} = {}): Promise<ImapMailbox> {
  const server = await openImapServer({
    login: async (username, password) =>
      username === login.username && password === login.password ? mail : null,
    tls: secure ? certificate("localhost") : null,
  });
  return { mail, server, port: server.port, close: () => server.close() };
}
