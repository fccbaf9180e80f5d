// One connection to a mailbox's server, from the first packet to the last. nodemailer speaks the protocol; how far we
// are, how long each part may take and why it ended are kept here.

import { connect, type Socket } from "node:net";
import type SMTPConnection from "nodemailer/lib/smtp-connection";
import { pinnedTo } from "../network-policy/reach.ts";
import { crashPoint } from "../seams.ts";
import { Dialogue } from "./dialogue.ts";
import type { Envelope } from "./envelope.ts";
import type { HeldBody, Lines } from "./held-body.ts";
import { authFor, type Ear, optionsFor, reasonIn } from "./library.ts";
import type { MailLogin, Server } from "./mail-server.ts";
import type { Why } from "./outcome.ts";
import { PhaseClock, type PhaseLimits, type SendPhase } from "./phases.ts";
import { quoted } from "./server-said.ts";

export type ServerTarget = {
  server: Server;
  login: MailLogin | null;
  /** How we call ourselves: the domain the mailbox is at, whichever machine we run on. */
  helloName: string;
  /** The addresses that may be connected to, or why none may. */
  reach: () => Promise<readonly string[] | Why>;
  onPhase: (phase: SendPhase) => void;
};

/** Why it ended. `held_back` and `done` are our own doing. */
export type SessionEnd = { why: Why | "held_back" | "our_error" | "done"; detail: string | null };

type EnvelopeWish = Envelope & { size: number; envelopeId: string };

const LONGEST_GOODBYE_MS = 1_000;
const ENVELOPE: ReadonlySet<SendPhase> = new Set(["mail", "rcpt", "data"]);
const MOST_REPLIES_AT_ONCE = 4;
const NOTHING = Buffer.alloc(0);

export class Session {
  readonly dialogue = new Dialogue();
  /** Settles when the connection is over, whichever side ended it. */
  readonly ended: Promise<SessionEnd>;
  ending: SessionEnd | null = null;
  /** Told of each phase of the mail on its way. */
  onPhase: (phase: SendPhase) => void;
  readonly #clock: PhaseClock;
  readonly #end: (ending: SessionEnd) => void;
  readonly #target: ServerTarget;
  #library: SMTPConnection | null = null;
  #socket: Socket | null = null;

  constructor(target: ServerTarget, limits: PhaseLimits) {
    this.#target = target;
    this.onPhase = target.onPhase;
    this.#clock = new PhaseClock(limits, () => this.close("timed_out"));
    const { promise, resolve } = Promise.withResolvers<SessionEnd>();
    this.ended = promise;
    this.#end = resolve;
    this.dialogue.onReply = ({ phase, code }) => this.#goOn(phase, code);
  }

  get isOpen() {
    return this.ending === null;
  }

  get isConfused() {
    return this.dialogue.isConfused;
  }

  get phase() {
    return this.#clock.phase;
  }

  /** Connects, encrypts and signs in. Afterwards it is open, or `ending` says why not. */
  async open() {
    this.enter("connect");
    const { default: Library } = await import("nodemailer/lib/smtp-connection"); // large, and only who sends needs it
    if (!(await this.#connected())) return;
    const library = new Library(optionsFor(this.#target, this.#socket, this.#ear()));
    this.#library = library;
    library.on("error", (error) => this.#fail(error));
    library.on("end", () => this.close("closed"));
    if (this.#target.server.security === "tls") this.enter("tls");
    if (!(await this.#settled((done) => library.connect(done)))) return;
    this.#socket = library._socket || null;
    this.#mindHalfLines();
    await crashPoint("after-connect");
    if (this.#target.login && !(await this.#signedIn(library, this.#target.login))) return;
    await crashPoint("after-auth");
    this.#clock.stop();
  }

  /** Hands over one mail. Settles when the library has an answer, or the connection is over. */
  async send({ from, to, size, envelopeId }: EnvelopeWish, body: HeldBody) {
    this.enter("mail");
    const dsn = { ret: "HDRS", envid: envelopeId, notify: "FAILURE", recipient: to };
    const info = Promise.withResolvers<{ serverMessageId?: string | undefined } | null>();
    this.#library?.send({ from, to, size, dsn }, body, (error, sent) => info.resolve(error ? null : sent));
    const answer = await Promise.race([info.promise, this.ended.then(() => null)]);
    this.#clock.stop();
    // Replies that came together are read one by one, also when the line was dropped behind the last of them.
    if (!answer) for (let i = 0; i < MOST_REPLIES_AT_ONCE; i += 1) await new Promise(setImmediate);
    return answer;
  }

  /** Whether the server still listens, and has forgotten the mail before. */
  async reset() {
    this.enter("connect");
    this.dialogue.begin();
    const isReset = await this.#settled((done) => this.#library?.reset(done));
    this.#clock.stop();
    return isReset && this.isOpen;
  }

  enter(phase: SendPhase) {
    this.#clock.enter(phase);
    if (!this.isOpen) this.#clock.stop();
    this.onPhase(phase);
  }

  /** Waits until nothing of the body is left in this process. */
  async flushed(lines: Lines) {
    const socket = this.#socket;
    while (this.isOpen && socket && (lines.readableLength > 0 || socket.writableLength > 0)) {
      const isMoving = lines.readableLength > 0 && !socket.writableNeedDrain;
      await Promise.race([
        this.ended,
        new Promise((resolve) => (isMoving ? setImmediate(resolve) : socket.write(NOTHING, resolve))),
      ]);
    }
  }

  /** At once: not a byte more is written. */
  close(why: SessionEnd["why"], detail: string | null = null) {
    if (this.ending) return;
    if (this.phase === "tls" && this.#library?.upgrading === false) this.#clock.phase = "connect"; // TLS stood already
    this.ending = { why, detail };
    this.#clock.stop();
    this.#library?.close();
    this.#socket?.destroy();
    this.#end(this.ending);
  }

  /** Between two mails, with a word. */
  async leave() {
    if (!this.isOpen) return;
    this.#library?.quit();
    const late = setTimeout(() => this.close("done"), LONGEST_GOODBYE_MS);
    await this.ended;
    clearTimeout(late);
  }

  async #connected() {
    const { server, reach } = this.#target;
    const ips = await Promise.race([reach(), this.ended.then(() => "timed_out" as const)]);
    if (typeof ips === "string") this.close(ips);
    if (typeof ips === "string" || !this.isOpen) return false;
    const opening = Promise.withResolvers<boolean>();
    const socket = connect(
      { host: server.host, port: server.port, lookup: pinnedTo(ips), autoSelectFamily: true, noDelay: true },
      () => opening.resolve(true),
    );
    socket.on("error", () => this.close(this.#library ? "closed" : "connection_failed"));
    this.#socket = socket;
    return Promise.race([opening.promise, this.ended.then(() => false)]);
  }

  async #signedIn(library: SMTPConnection, login: MailLogin) {
    if (!library.allowsAuth) {
      this.enter("login");
      this.close("login_not_offered");
      return false;
    }
    this.enter("login");
    return this.#settled((done) => library.login(authFor(login), done));
  }

  /** Asks the library for one thing. A no ends the connection: what a server said to it is in the dialogue. */
  async #settled(ask: (done: (error?: Error | null) => void) => void) {
    const asked = Promise.withResolvers<boolean>();
    ask((error) => {
      if (error) this.#fail(error);
      asked.resolve(!error);
    });
    return Promise.race([asked.promise, this.ended.then(() => false)]);
  }

  #fail(error: Error) {
    const { code, originalCode } = error as { code?: string; originalCode?: string };
    if (this.#library?.upgrading || code === "ETLS") {
      this.#clock.phase = "tls";
      return this.close(code === "ETIMEDOUT" ? "timed_out" : "tls_failed", this.#quoted(reasonIn(error)));
    }
    this.close(code === "EPROTOCOL" ? "unreadable" : "closed", originalCode ?? null);
  }

  /** With several commands on their way, a reply to one is the beginning of the wait for the next. */
  #goOn(phase: SendPhase, code: number) {
    if (code >= 400) return; // a no, which the library takes for one
    const isYes = phase === "data" ? code === 354 && !this.dialogue.firstRefusal() : code < 300;
    // The library would end a mail that every recipient was refused with a dot, and take any 2xx reply for leave to
    // write.
    if (!isYes && ENVELOPE.has(phase)) this.close("unreadable");
    else if (phase === "mail") this.enter("rcpt");
    else if (phase === "rcpt") this.enter("data");
  }

  /** The library reports a line that was never ended, in the moment it sees the end. Half a reply proves nothing. */
  #mindHalfLines() {
    this.#socket?.prependListener("close", () => {
      this.dialogue.isOver = true;
    });
    this.#socket?.on("close", () => {
      this.dialogue.isOver = false;
    });
  }

  #quoted(text: string) {
    return quoted(text, this.#target.login);
  }

  /** What was said either way, as the library tells its log. */
  #ear(): Ear {
    return {
      sent: (line) => {
        this.dialogue.sent(line);
        if (line === "STARTTLS") this.enter("tls");
        if (this.phase === "tls" && line.startsWith("EHLO")) this.enter("connect");
      },
      heard: (text) => this.dialogue.heard(text, this.phase),
    };
  }
}
