// The open connections of each mailbox, lent to one mail at a time and used again: connecting, encrypting and signing in
// take longer than a mail.
//
// A connection is used again only when its last conversation ended where it should. A server may have closed one that
// rested, so it is asked before it is lent again.

import { hash } from "node:crypto";
import type { PhaseLimits } from "./phases.ts";
import { type ServerTarget, Session } from "./session.ts";

export type PoolLimits = {
  /** Open at once for one mailbox. Providers count, and refuse from about ten. */
  perMailbox: number;
  mailsEach: number;
  idleMs: number;
  /** Resting longer than this, it is asked whether it is still there. */
  trustedMs: number;
};

export const POOL_LIMITS: PoolLimits = { perMailbox: 5, mailsEach: 100, idleMs: 20_000, trustedMs: 1_000 };

export type Loan = {
  session: Session;
  /** It carried mails before; what goes wrong at its first word may be its age. */
  isUsed: boolean;
  /** `isClean`: the last mail ended where it should; otherwise the server is told to forget it. */
  giveBack(mayGoOn: boolean, isClean: boolean): void;
};

type Open = { session: Session; key: string; mails: number; isClean: boolean; restsSince: number };
type Line = { lent: number; resting: Open[]; waiting: (() => void)[] };

export class Connections {
  readonly #lines = new Map<string, Line>();
  readonly #phases: PhaseLimits;
  readonly #limits: PoolLimits;
  readonly #sweep: NodeJS.Timeout;
  #isClosed = false;

  constructor(phases: PhaseLimits, limits: PoolLimits) {
    this.#phases = phases;
    this.#limits = limits;
    this.#sweep = setInterval(() => this.#endRested(), Math.max(limits.idleMs / 4, 50));
    this.#sweep.unref();
  }

  /**
   * Waits in line where all connections of the mailbox are lent. One that could not be opened is lent all the same:
   * its `ending` says why. `isNew` asks for one that was not used before.
   */
  async borrow(mailboxId: string, target: ServerTarget, isNew = false): Promise<Loan> {
    const line = this.#lines.getOrInsertComputed(mailboxId, () => ({ lent: 0, resting: [], waiting: [] }));
    if (line.lent >= this.#limits.perMailbox)
      await new Promise<void>((resolve) => line.waiting.push(resolve)); // the borrower that gives back hands on the turn
    else line.lent += 1;
    try {
      const key = keyOf(target);
      const rested = await this.#rested(line, key, isNew);
      return this.#lend(mailboxId, line, rested ?? (await this.#opened(target, key)));
    } catch (error) {
      this.#passOn(mailboxId, line);
      throw error;
    }
  }

  /** Leaves every connection that rests. What is lent is left when it comes back. */
  async close() {
    this.#isClosed = true;
    clearInterval(this.#sweep);
    const resting = [...this.#lines.values()].flatMap((line) => line.resting.splice(0));
    await Promise.all(resting.map(({ session }) => session.leave()));
  }

  /** One that rests and still listens. All others that it comes by are left. */
  async #rested(line: Line, key: string, isNew: boolean) {
    for (let open = line.resting.pop(); open; open = line.resting.pop()) {
      if (!isNew && open.key === key && (await this.#stillListens(open))) return open;
      void open.session.leave();
    }
    return null;
  }

  async #stillListens({ session, isClean, restsSince }: Open) {
    await new Promise(setImmediate); // whatever it said beyond the last reply is heard first
    if (!session.isOpen || session.isConfused) return false;
    // A mail that was taken needs no RSET: its end has reset the conversation (RFC 5321 4.1.1.4).
    const isTrusted = isClean && performance.now() - restsSince < this.#limits.trustedMs;
    return isTrusted || session.reset();
  }

  async #opened(target: ServerTarget, key: string): Promise<Open> {
    const session = new Session(target, this.#phases);
    try {
      await session.open();
    } catch (error) {
      session.close("our_error");
      throw error;
    }
    return { session, key, mails: 0, isClean: true, restsSince: 0 };
  }

  #lend(mailboxId: string, line: Line, open: Open): Loan {
    const { session } = open;
    return {
      session,
      isUsed: open.mails > 0,
      giveBack: (mayGoOn, isClean) => {
        Object.assign(open, { mails: open.mails + 1, isClean, restsSince: performance.now() });
        const isKept = mayGoOn && session.isOpen && !session.isConfused && !this.#isClosed;
        if (isKept && open.mails < this.#limits.mailsEach) line.resting.push(open);
        else void session.leave();
        this.#passOn(mailboxId, line);
      },
    };
  }

  #passOn(mailboxId: string, line: Line) {
    const next = line.waiting.shift();
    if (next) return next();
    line.lent -= 1;
    this.#forgetEmpty(mailboxId, line);
  }

  #endRested() {
    const longAgo = performance.now() - this.#limits.idleMs;
    for (const [mailboxId, line] of this.#lines) {
      const [kept, left] = [[] as Open[], [] as Open[]];
      for (const open of line.resting)
        (open.session.isOpen && open.restsSince > longAgo ? kept : left).push(open);
      line.resting = kept;
      for (const { session } of left) void session.leave();
      this.#forgetEmpty(mailboxId, line);
    }
  }

  #forgetEmpty(mailboxId: string, { lent, resting }: Line) {
    if (lent === 0 && resting.length === 0) this.#lines.delete(mailboxId);
  }
}

/** A mailbox whose server or password changed gets new connections. */
function keyOf({ server, login, helloName }: ServerTarget) {
  return hash("sha256", JSON.stringify([server, login, helloName]), "base64");
}
