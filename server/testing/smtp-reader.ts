// The server's side of an SMTP conversation as bytes: lines while commands are spoken, one body from DATA to its dot.

const END = Buffer.from("\r\n.\r\n");

export type Heard = {
  command(line: string): void;
  /** How many bytes of the body have come, each time some do. */
  body?(bytes: number): void;
  /** The body as it was sent, dots still doubled, without its last line. */
  end(body: Buffer): void;
};

export class SmtpReader {
  #rest: Buffer = Buffer.alloc(0);
  #isBody = false;
  #searched = 0;
  readonly #heard: Heard;

  constructor(heard: Heard) {
    this.#heard = heard;
  }

  /** What follows is a body. */
  expectBody() {
    this.#isBody = true;
    this.#rest = Buffer.concat([Buffer.from("\r\n"), this.#rest]); // a dot may stand in the very first line
    this.#searched = 0;
  }

  /** Forgets what was not dealt with: what came in the clear before TLS. */
  forget() {
    this.#rest = Buffer.alloc(0);
  }

  feed(chunk: Buffer) {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    while (this.#rest.length > 0 && (this.#isBody ? this.#readBody() : this.#readLine()));
  }

  #readLine() {
    const end = this.#rest.indexOf("\r\n");
    if (end < 0) return false;
    const line = this.#rest.toString("utf8", 0, end);
    this.#rest = this.#rest.subarray(end + 2);
    this.#heard.command(line);
    return true;
  }

  #readBody() {
    const end = this.#rest.indexOf(END, this.#searched);
    if (end < 0) {
      this.#searched = Math.max(0, this.#rest.length - END.length);
      this.#heard.body?.(this.#rest.length - 2);
      return false;
    }
    const body = this.#rest.subarray(2, end + 2);
    this.#rest = this.#rest.subarray(end + END.length);
    this.#isBody = false;
    this.#heard.end(body);
    return true;
  }
}

export function withoutDoubledDots(body: Buffer) {
  if (!body.includes("\r\n..") && body[0] !== 0x2e) return body;
  return Buffer.from(body.toString("latin1").replace(/(^|\r\n)\./g, "$1"), "latin1");
}
