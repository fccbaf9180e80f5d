// A folder as one connection sees it: what has which number, until it is told otherwise.

import { isIn, type NumberSet } from "./imap-words.ts";
import type { MailStore, StoredFolder, StoredMail } from "./mail-store.ts";

export type SeenMail = { number: number; entry: StoredMail; flags: readonly string[] };

export class ImapView {
  readonly folder: StoredFolder;
  readonly isReadOnly: boolean;
  readonly #store: MailStore;
  #entries: StoredMail[] = [];

  private constructor(store: MailStore, folder: StoredFolder, isReadOnly: boolean) {
    this.#store = store;
    this.folder = folder;
    this.isReadOnly = isReadOnly;
  }

  static async open(store: MailStore, path: string, isReadOnly: boolean): Promise<ImapView | null> {
    const wanted = path.toUpperCase() === "INBOX" ? "INBOX" : path;
    const folder = (await store.folders()).find((one) => one.path === wanted);
    if (!folder) return null;
    const view = new ImapView(store, folder, isReadOnly);
    await view.refresh();
    return view;
  }

  get count() {
    return this.#entries.length;
  }

  get largestUid() {
    return this.#entries.at(-1)?.uid ?? 0;
  }

  get uidNext() {
    return Math.max(this.folder.uidNext, this.largestUid + 1);
  }

  get firstUnseen() {
    return this.#entries.findIndex(({ flags }) => !flags.includes("\\Seen")) + 1;
  }

  /** Whether anything came. */
  async refresh(): Promise<boolean> {
    const more = await this.#store.list(this.folder.path, this.largestUid + 1);
    for (const entry of more) this.#entries.push(entry);
    return more.length > 0;
  }

  all(): SeenMail[] {
    return this.#entries.map((entry, index) => ({ number: index + 1, entry, flags: entry.flags }));
  }

  /** An empty folder has no largest number, so `*` matches no mail. */
  chosen(set: NumberSet, byUid: boolean): SeenMail[] {
    const largest = byUid ? this.largestUid : this.count;
    return this.all().filter(({ number, entry }) => isIn(set, byUid ? entry.uid : number, largest));
  }

  read(uid: number) {
    return this.#store.get(this.folder.path, uid);
  }

  async flag({ number, entry }: SeenMail, flags: readonly string[]) {
    this.#entries[number - 1] = { ...entry, flags };
    await this.#store.flag(this.folder.path, entry.uid, flags);
  }

  /** The numbers they had, each counted after the ones before it were gone. */
  async expunge(): Promise<number[]> {
    const gone = this.all().filter(({ flags }) => flags.includes("\\Deleted"));
    await this.#store.remove(
      this.folder.path,
      gone.map(({ entry }) => entry.uid),
    );
    this.#entries = this.#entries.filter(({ flags }) => !flags.includes("\\Deleted"));
    return gone.map(({ number }, before) => number - before);
  }
}
