// The server's side of an SMTP conversation as bytes: lines while commands are spoken, one body from DATA to its dot.

const END = Buffer.from("\r\n.\r\n");

type SmtpListener = {
  command(line: string): void;
  /** How many bytes of the body have come, each time some do. */
  body?(bytes: number): void;
  /** The body as it was sent, dots still doubled, without its last line. */
  end(body: Buffer): void;
};

export class SmtpReader {
  readonly #heard: SmtpListener;
  #rest: Buffer = Buffer.alloc(0);
  /** What has come of a body, or null while commands are spoken. */
  #body: { chunks: Buffer[]; length: number; tail: Buffer } | null = null;

  constructor(heard: SmtpListener) {
    this.#heard = heard;
  }

  /** What has come of a body whose end has not. */
  get unended() {
    return this.#body && Buffer.concat(this.#body.chunks).subarray(2);
  }

  /** What follows is a body. */
  expectBody() {
    const start = Buffer.from("\r\n"); // a dot may stand in the very first line
    this.#body = { chunks: [start], length: start.length, tail: start };
  }

  /** Forgets what was not dealt with: what came in the clear before TLS. */
  forget() {
    this.#rest = Buffer.alloc(0);
  }

  feed(chunk: Buffer) {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    while (this.#rest.length > 0 && (this.#body ? this.#readBody(this.#body) : this.#readLine()));
  }

  #readLine() {
    const end = this.#rest.indexOf("\r\n");
    if (end < 0) return false;
    const line = this.#rest.toString("utf8", 0, end);
    this.#rest = this.#rest.subarray(end + 2);
    this.#heard.command(line);
    return true;
  }

  #readBody(body: { chunks: Buffer[]; length: number; tail: Buffer }) {
    const chunk = this.#rest;
    this.#rest = Buffer.alloc(0);
    const seen = Buffer.concat([body.tail, chunk]);
    const found = seen.indexOf(END);
    const end = body.length - body.tail.length + found;
    body.chunks.push(chunk);
    body.length += chunk.length;
    body.tail = seen.subarray(-END.length + 1);
    if (found < 0) {
      this.#heard.body?.(body.length - 2);
      return false;
    }
    const all = Buffer.concat(body.chunks);
    this.#rest = all.subarray(end + END.length);
    this.#body = null;
    this.#heard.end(all.subarray(2, end + 2));
    return true;
  }
}

export function withoutDoubledDots(body: Buffer) {
  if (!body.includes("\r\n..") && body[0] !== 0x2e) return body;
  return Buffer.from(body.toString("latin1").replace(/(^|\r\n)\./g, "$1"), "latin1");
}
