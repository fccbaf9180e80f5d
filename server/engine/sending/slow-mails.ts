// Mails that their server keeps waiting, by mailbox. A server may take ten minutes to answer a final dot. Until then such
// a mail has one of the mailbox's connections, and all others go out without waiting for it.

/** Longer than a mail takes on a busy machine. Too short costs nothing: the mailbox never has more connections. */
const SLOW_MS = 5_000;

/** Has left our hands; its outcome is being written. */
type SentOff = { written: Promise<void> };

export class SlowMails {
  readonly #counts = new Map<string, number>();
  readonly #full = new Set<string>();
  readonly #underway = new Set<Promise<void>>();

  countOf(mailboxId: string) {
    return this.#counts.get(mailboxId) ?? 0;
  }

  /** All connections of the mailbox are taken by slow mails, until one of these ends. */
  noteFull(mailboxId: string) {
    if (this.countOf(mailboxId) > 0) this.#full.add(mailboxId);
  }

  isFull(mailboxId: string) {
    return this.#full.has(mailboxId);
  }

  /** Waits for a mail, but not for long. Answers nothing when it has not ended: then it goes on by itself. */
  async waitFor(mailboxId: string, mail: Promise<SentOff>): Promise<SentOff | null> {
    const late = Promise.withResolvers<null>();
    const timer = setTimeout(late.resolve, SLOW_MS, null);
    try {
      const sent = await Promise.race([mail, late.promise]);
      if (!sent) this.#leave(mailboxId, mail);
      return sent;
    } finally {
      clearTimeout(timer);
    }
  }

  /** With their outcomes. */
  async allEnded() {
    await Promise.all(this.#underway);
  }

  #leave(mailboxId: string, mail: Promise<SentOff>) {
    this.#counts.set(mailboxId, this.countOf(mailboxId) + 1);
    const underway = mail
      .finally(() => this.#end(mailboxId))
      .then(({ written }) => written)
      .catch(() => {}) // logged where it failed; its claim is found by its age
      .finally(() => this.#underway.delete(underway));
    this.#underway.add(underway);
  }

  #end(mailboxId: string) {
    const left = this.countOf(mailboxId) - 1;
    if (left > 0) this.#counts.set(mailboxId, left);
    else this.#counts.delete(mailboxId);
    this.#full.delete(mailboxId);
  }
}
