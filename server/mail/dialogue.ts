// What was said on one connection: which commands went out, and which reply belongs to which. The library tells us of
// each line as it would tell its log; whose reply it is, and whether it was asked for at all, we say ourselves.

import type { SendPhase } from "./phases.ts";

export type Reply = { code: number; enhanced: string | null; text: string; phase: SendPhase };

const PHASE_OF: Record<string, SendPhase> = {
  greeting: "connect",
  EHLO: "connect",
  HELO: "connect",
  STARTTLS: "tls",
  MAIL: "mail",
  RCPT: "rcpt",
  DATA: "data",
  ".": "dot",
  RSET: "connect",
  QUIT: "connect",
};

export class Dialogue {
  /** Replies since `begin`, to the commands of one mail. */
  #replies: Reply[] = [];
  #asked: string[] = ["greeting"];
  /** What the server can, as it said it last: after TLS, where there is TLS. */
  offers = "";
  /** It answered a question we had not asked, or in words that are no reply. */
  isConfused = false;
  /** Set when the connection closes: a last line without an end proves nothing. */
  isOver = false;
  onReply: (reply: Reply) => void = () => {};

  begin() {
    this.#replies = [];
  }

  sent(line: string) {
    this.#asked.push(line.split(" ", 1)[0] ?? "");
  }

  heard(text: string, now: SendPhase) {
    if (this.isOver) return;
    const verb = this.#asked.shift();
    const read = readReply(text);
    if (!read || verb === undefined) this.isConfused = true;
    if (!read) return;
    if (verb === "EHLO") this.offers = text;
    const phase = verb === undefined ? now : (PHASE_OF[verb] ?? "login");
    const reply = { ...read, phase }; // what is no command is an answer within a login
    this.#replies.push(reply);
    this.onReply(reply);
  }

  replyIn(phase: SendPhase) {
    return this.#replies.findLast((reply) => reply.phase === phase) ?? null;
  }

  /** The first no. With several commands on their way at once, the later ones only follow from it. */
  firstRefusal() {
    return this.#replies.find(({ code }) => code >= 400) ?? null;
  }
}

/** Null for what is no reply at all. Of several lines, the text of all, without their numbers. */
export function readReply(text: string): Omit<Reply, "phase"> | null {
  const lines = text.split(/\r?\n/);
  const code = /^([2-5]\d\d)(?: |-|$)/.exec(lines[0] ?? "")?.[1];
  if (!code || !lines.every((line) => line.startsWith(code))) return null;
  const rest = lines.map((line) => line.slice(4));
  const [, enhanced] = /^([245]\.\d{1,3}\.\d{1,3})(?: |$)/.exec(rest[0] ?? "") ?? [];
  return { code: Number(code), enhanced: enhanced ?? null, text: text.slice(0, 2000) };
}
