// The body of one mail, whose end waits for a decision.
//
// The library pipes it to the server and would end it there at once, final dot included. We write everything but the
// end, wait until the bytes have really gone, ask, and only then release the end. From that moment, only the server
// knows the outcome.

import { Readable, type Writable } from "node:stream";
import { crashPoint } from "../seams.ts";
import type { Session } from "./session.ts";

/** The library's own stream between us and the socket, which doubles the dots at line starts. */
export type Lines = Writable & Pick<Readable, "readableLength">;

export type MayRelease = () => Promise<boolean>;

const SLICE = 256 * 1024; // a large mail leaves room for others

export class HeldBody extends Readable {
  /** What was decided about the dot. */
  state: "waiting" | "asking" | "held" | "released" = "waiting";
  /** Ends when nothing of ours is under way any more; fails with what went wrong in our own house. */
  finished: Promise<void> = Promise.resolve();
  readonly #raw: Buffer;
  readonly #session: Session;
  readonly #mayRelease: MayRelease;

  constructor(raw: Buffer, session: Session, mayRelease: MayRelease) {
    super({ read() {} }); // never called: what is piped is written in one go
    this.#raw = raw;
    this.#session = session;
    this.#mayRelease = mayRelease;
  }

  /** The library calls this once, when the server has given leave to write. */
  override pipe<T extends NodeJS.WritableStream>(lines: T): T {
    this.finished = this.#write(lines as unknown as Lines);
    this.finished.catch(() => this.#session.close("our_error"));
    return lines;
  }

  async #write(lines: Lines) {
    await crashPoint("after-rcpt");
    this.#session.enter("body");
    if (!(await this.#wrote(lines))) return;
    await crashPoint("after-body");
    this.#session.enter("gate");
    this.state = "asking";
    const isAllowed = await this.#mayRelease();
    await new Promise(setImmediate); // a reply that came too early is read before, not after
    if (!isAllowed) this.state = "held";
    if (!isAllowed || this.#isCutOff()) return this.#session.close(isAllowed ? "unreadable" : "held_back");
    this.state = "released";
    this.#session.dialogue.sent(".");
    this.#session.enter("dot");
    const gone = new Promise((resolve) => lines.once("end", resolve));
    lines.end();
    await Promise.race([gone, this.#session.ended]);
    await crashPoint("dot-written");
  }

  /** Whether everything but the dot has left this process. False where the connection ended first. */
  async #wrote(lines: Lines) {
    for (let at = 0; at < this.#raw.length && !this.#isCutOff(); at += SLICE) {
      const slice = this.#raw.subarray(at, at + SLICE);
      await Promise.race([new Promise((resolve) => lines.write(slice, resolve)), this.#session.ended]);
    }
    if (!this.#isCutOff()) await this.#session.flushed(lines);
    return !this.#isCutOff();
  }

  /** Lost, or answered before there was anything to answer. */
  #isCutOff() {
    return this.destroyed || !this.#session.isOpen || this.#session.isConfused;
  }
}
