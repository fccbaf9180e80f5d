// The server's side of an IMAP conversation as bytes: lines, and the literals they announce, until a command is whole.

/** A command as it came: text, with literals between. */
export type CommandPart = string | Buffer;

type ImapListener = {
  command(parts: readonly CommandPart[]): void;
  /** The client waits for leave to send its literal. */
  awaitsLeave(): void;
  /** No honest client sends that much. */
  overflow(): void;
};

const LONGEST_LINE = 64 * 1024;
const LARGEST_LITERAL = 60 * 1024 * 1024;
const MOST_PARTS = 200;

export class ImapReader {
  readonly #heard: ImapListener;
  #chunks: Buffer[] = [];
  #length = 0;
  #parts: CommandPart[] = [];
  /** Bytes of the literal that comes next; null while a line is read. */
  #wanted: number | null = null;
  #isOver = false;

  constructor(heard: ImapListener) {
    this.#heard = heard;
  }

  feed(chunk: Buffer) {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#wanted !== null && this.#length < this.#wanted) return; // a large literal is joined once, at its end
    let rest = this.#taken();
    for (let next: Buffer | null = rest; next && !this.#isOver; next = this.#step(next)) rest = next;
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#length = rest.length;
  }

  #taken() {
    const [only] = this.#chunks;
    return only && this.#chunks.length === 1 ? only : Buffer.concat(this.#chunks);
  }

  /** What is left after one line or one literal; null where neither is whole. */
  #step(rest: Buffer): Buffer | null {
    if (this.#wanted !== null) {
      if (rest.length < this.#wanted) return null;
      this.#parts.push(rest.subarray(0, this.#wanted));
      const left = rest.subarray(this.#wanted);
      this.#wanted = null;
      return left;
    }
    const end = rest.indexOf("\n");
    if (end > LONGEST_LINE || (end < 0 && rest.length > LONGEST_LINE)) return this.#overflow();
    if (end < 0) return null;
    this.#takeLine(rest.toString("utf8", 0, rest[end - 1] === 0x0d ? end - 1 : end));
    return rest.subarray(end + 1);
  }

  #takeLine(line: string) {
    const [announced, digits = "", plus] = /\{(\d{1,10})(\+?)\}$/.exec(line) ?? [];
    if (announced === undefined) {
      const parts = [...this.#parts, line];
      this.#parts = [];
      return this.#heard.command(parts);
    }
    if (Number(digits) > LARGEST_LITERAL || this.#parts.length > MOST_PARTS) return void this.#overflow();
    this.#parts.push(line.slice(0, -announced.length));
    this.#wanted = Number(digits);
    if (!plus) this.#heard.awaitsLeave();
  }

  #overflow() {
    this.#isOver = true;
    this.#heard.overflow();
    return null;
  }
}
