// Asks a domain's mail server whether it would take mail for an address, and leaves before there is any mail. One
// connection, one address after the other, and one made-up name, to see whether the server takes anything.
//
// The server is a stranger's: what it says is read up to a limit, and the wait is bounded.

import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { type Reply, readReply } from "./dialogue.ts";
import { quoted } from "./server-said.ts";

type ProbeAnswer = Omit<Reply, "phase">;

export type ProbeWish = {
  helo: string;
  from: string;
  addresses: readonly string[];
  madeUp: string | null;
  /** Asked before each; the first no ends it. */
  mayAsk?: (address: string) => Promise<boolean>;
  /** Told of each answer before the next address is asked for. */
  heard?: (address: string, answer: ProbeAnswer, madeUp: ProbeAnswer | null) => Promise<void>;
};

export type ProbeOutcome =
  | { kind: "answered"; answers: ReadonlyMap<string, ProbeAnswer>; madeUp: ProbeAnswer | null }
  | { kind: "failed"; why: "not_reached" | "not_welcome" | "unreadable" | "timed_out" };

type Limits = { stepMs: number; wholeMs: number };

const LARGEST_TALK = 64 * 1024;
const ALWAYS = async () => true;
const NOBODY_LISTENS = async () => {};

class NotWelcome extends Error {}

export async function probe(
  { ip, port }: { ip: string; port: number },
  { helo, from, addresses, madeUp, mayAsk = ALWAYS, heard = NOBODY_LISTENS }: ProbeWish,
  { stepMs, wholeMs }: Limits,
): Promise<ProbeOutcome> {
  const socket = connect({ host: ip, port, noDelay: true });
  const over = setTimeout(() => socket.destroy(new Error("timed_out")), wholeMs);
  const talk = new Talk(socket, stepMs);
  const answers = new Map<string, ProbeAnswer>();
  let saidToMadeUp: ProbeAnswer | null = null;
  try {
    await talk.expectWelcome(null);
    await talk.expectWelcome(`EHLO ${helo}`);
    await talk.expectWelcome(`MAIL FROM:<${from}>`);
    const ask = (address: string) => talk.say(`RCPT TO:<${address}>`);
    if (madeUp !== null) saidToMadeUp = await ask(madeUp);
    for (const address of addresses) {
      if (!(await mayAsk(address))) break;
      const answer = await ask(address);
      answers.set(address, answer);
      await heard(address, answer, saidToMadeUp);
    }
    socket.write("QUIT\r\n");
    return { kind: "answered", answers, madeUp: saidToMadeUp };
  } catch (error) {
    // Addresses that were answered before the server hung up keep their answer.
    if (answers.size > 0) return { kind: "answered", answers, madeUp: saidToMadeUp };
    return { kind: "failed", why: whyOf(error as Error) };
  } finally {
    clearTimeout(over);
    socket.end();
    socket.destroySoon();
  }
}

class Talk {
  #socket: Socket;
  #stepMs: number;
  #lines: AsyncIterableIterator<string>;
  #size = 0;

  constructor(socket: Socket, stepMs: number) {
    this.#socket = socket;
    this.#stepMs = stepMs;
    socket.on("data", (chunk: Buffer) => {
      this.#size += chunk.length;
      if (this.#size > LARGEST_TALK) socket.destroy(new Error("unreadable"));
    });
    socket.on("error", () => {}); // readers of a line see its end
    this.#lines = createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY })[
      Symbol.asyncIterator
    ]();
  }

  async expectWelcome(command: string | null) {
    const { code } = await this.say(command);
    if (code >= 400) throw new NotWelcome();
  }

  async say(command: string | null): Promise<ProbeAnswer> {
    if (command !== null) this.#socket.write(`${command}\r\n`);
    const timer = setTimeout(() => this.#socket.destroy(new Error("timed_out")), this.#stepMs);
    try {
      const lines: string[] = [];
      do {
        const { value, done } = await this.#lines.next();
        if (done) throw this.#socket.errored ?? new Error("not_reached");
        lines.push(value);
      } while (/^\d{3}-/.test(lines.at(-1) ?? ""));
      const reply = readReply(lines.join("\n"));
      if (!reply) throw new Error("unreadable");
      return { ...reply, text: quoted(reply.text, null) ?? "" };
    } finally {
      clearTimeout(timer);
    }
  }
}

function whyOf(error: Error) {
  if (error instanceof NotWelcome) return "not_welcome";
  if (error.message === "timed_out" || error.message === "unreadable") return error.message;
  return "not_reached";
}
