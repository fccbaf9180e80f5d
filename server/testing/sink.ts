// The recording sink: a mail server that takes everything and writes down what it took, one JSON line per mail, on
// the
// disk before the sender is told. Whatever else is claimed about a mail, this is the witness.
//
// In a test: `const sink = await openSink({ file })`. As a process of its own, which outlives the processes that are
// killed:
//   node server/testing/sink.ts --file=sink.jsonl --port=0 --before=0-25 --dropAfter=0.03 --seed=7
// It prints {"port":…} when it listens. Options, all of them optional but `file`:
//
//   file            where the lines go; appended to, so a sink that is started again goes on
//   port            0 chooses one
//   host            the address that it listens at; 127.0.0.1, if not said
//   security        none, tls (from the first byte) or starttls (offered); the certificate of tests, for localhost
//   before, after   milliseconds before and after storing, as `20` or `0-25`
//   dropBefore      how likely, 0 to 1, the connection is lost after the dot and before storing
//   dropAfter       …after storing, before the reply
//   silenceAfter    …nothing is said after storing, and the connection stays
//   refuse          refusals by phase, `mail=451,rcpt=550:0.1,end=554:0.05`: code, and how likely (always, if not said);
//                   `end=554/5.7.1` says which kind of no; phases: greeting, auth, mail, rcpt, data, end. `rcpt=550@bounce` refuses addresses with the word
//   hangUp          where the connection is lost, always: greeting, auth, mail, rcpt, data, 354 (with it), body, or answered (after its 250)
//   password        what signs in; anything does, if not said
//   seed            for all of these chances. The nth mail that arrives always has the same fate, however many arrive
//                   at once: all of it is drawn at its final dot, and every phase has chances of its own
//
// A line: n (1, 2, 3 …), at (when it was taken), rcpt, nrcpt, message_id, in_reply_to, tokens (every `T:contact:step`
// in
// the body), contact_token and step_token (of the first), has_unsub, has_post, from, login, bytes.

import { once } from "node:events";
import { appendFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import tls from "node:tls";
import { parseArgs } from "node:util";
import { endWithParent } from "../../scripts/end-with-parent.mjs";
import { type Chance, chanceFrom } from "../sample/chance.ts";
import { certificate } from "./post-office.ts";
import { Recording } from "./recording.ts";
import { SinkSession } from "./sink-session.ts";

export type SinkOptions = {
  file: string;
  port?: number;
  host?: string;
  security?: "none" | "tls" | "starttls";
  before?: string;
  after?: string;
  dropBefore?: number;
  dropAfter?: number;
  silenceAfter?: number;
  refuse?: string;
  hangUp?: HangUp;
  password?: string;
  seed?: number;
};

type HangUp = "greeting" | "auth" | "mail" | "rcpt" | "data" | "354" | "body" | "answered";

export type SinkLine = {
  n: number;
  at: string;
  rcpt: string;
  nrcpt: number;
  message_id: string | null;
  in_reply_to: string | null;
  tokens: string[];
  contact_token: string | null;
  step_token: string | null;
  has_unsub: boolean;
  has_post: boolean;
  from: string;
  login: string | null;
  bytes: number;
};

/**
 * A client that may not know what became of its mail. We ended it: `dropped before` or `after` it was stored, or
 * `silent`. Or the client was `gone` before it heard our no, or was `cut`, when it left before the dot.
 */
export type Unanswered = {
  message_id: string | null;
  what: "dropped before" | "dropped after" | "silent" | "gone" | "cut";
};

export type Sink = {
  port: number;
  /** From now on it takes every mail. What is on its way ends as one or the other: nobody is cut off. */
  behave(): void;
  close(): Promise<void>;
};

type SinkRefusal = {
  phase: string;
  code: number;
  enhanced: string | null;
  share: number;
  word: string | null;
};

/** What becomes of one mail. */
type Fate = {
  beforeMs: number;
  afterMs: number;
  isDroppedBefore: boolean;
  refusal: string | null;
  isDroppedAfter: boolean;
  isSilent: boolean;
};

/** What every connection of one sink shares. */
export type Temper = {
  security: "none" | "tls" | "starttls";
  password: string | null;
  hangUp: HangUp | null;
  /** The words of a refusal in this phase. */
  refusal(phase: string, address: string): string | null;
  /** Drawn in one go: what waits in between would let other mails take its chances. */
  fate(address: string): Fate;
  store(line: Omit<SinkLine, "n" | "at">): Promise<number>;
  /** Recorded beside the lines, in `<file>.unanswered`: the sender of this mail cannot know its outcome. */
  noteUnanswered(line: Unanswered): void;
};

export async function openSink(options: SinkOptions): Promise<Sink> {
  const mood = temperOf(options);
  const recording = await Recording.open(options.file);
  const store: Temper["store"] = (line) => recording.add({ at: new Date().toISOString(), ...line });
  const noteUnanswered = (line: Unanswered) =>
    appendFileSync(`${options.file}.unanswered`, `${JSON.stringify(line)}\n`);
  const temper = { ...mood, store, noteUnanswered };
  const sockets = new Set<Socket>();
  const welcome = (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    new SinkSession(socket, temper);
  };
  const isTls = temper.security === "tls";
  const server = isTls
    ? tls.createServer({ ...certificate("localhost"), noDelay: true }, welcome)
    : createServer({ noDelay: true }, welcome);
  server.on("tlsClientError", () => {});
  server.listen(options.port ?? 0, options.host ?? "127.0.0.1");
  await once(server, "listening").catch((taken) => recording.close().then(() => Promise.reject(taken)));
  return {
    port: (server.address() as AddressInfo).port,
    behave: () => void Object.assign(temper, temperOf({ file: options.file })),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve(recording.close()));
      }),
  };
}

function temperOf(options: SinkOptions): Omit<Temper, "store" | "noteUnanswered"> {
  const { seed = 1, dropBefore = 0, dropAfter = 0, silenceAfter = 0 } = options;
  const refusal = refusing((options.refuse ?? "").split(",").filter(Boolean).map(readRefusal), seed);
  const chance = chanceFrom(seed);
  const beforeMs = delay(options.before, chance);
  const afterMs = delay(options.after, chance);
  return {
    security: options.security ?? "none",
    password: options.password ?? null,
    hangUp: options.hangUp ?? null,
    refusal,
    fate: (address) => ({
      beforeMs: beforeMs(),
      afterMs: afterMs(),
      isDroppedBefore: chance.happens(dropBefore),
      refusal: refusal("end", address),
      isDroppedAfter: chance.happens(dropAfter),
      isSilent: chance.happens(silenceAfter),
    }),
  };
}

function delay(text = "0", chance: Chance) {
  const [least = 0, most = least] = text.split("-").map(Number);
  return () => (most > 0 ? chance.whole(least, most) : 0);
}

/** Each with chances of its own: how many are refused in one phase does not depend on another. */
function refusing(refusals: readonly SinkRefusal[], seed: number): Temper["refusal"] {
  const own = refusals.map((refusal, n) => ({ ...refusal, chance: chanceFrom(seed + n + 1) }));
  return (phase, address) => {
    for (const { phase: where, code, enhanced, share, word, chance } of own) {
      const isMeant = where === phase && (word === null || address.includes(word));
      if (isMeant && chance.happens(share))
        return enhanced === null && phase === "rcpt"
          ? `${code} ${Math.trunc(code / 100)}.0.0 no such address, as told`
          : `${code} ${enhanced ?? `${Math.trunc(code / 100)}.0.0`} refused as told`;
    }
    return null;
  };
}

function readRefusal(text: string): SinkRefusal {
  const [, phase = "", code = "", enhanced = null, share = "1", word = null] =
    /^(greeting|auth|mail|rcpt|data|end)=([45]\d\d)(?:\/([45]\.\d\.\d+))?(?::([\d.]+))?(?:@(.+))?$/.exec(
      text,
    ) ?? [];
  if (!phase) throw new Error(`refuse: "${text}" cannot be read`);
  return { phase, code: Number(code), enhanced, share: Number(share), word };
}

function optionsFrom(args: string[]): SinkOptions {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args,
    options: {
      file: text,
      port: text,
      host: text,
      security: text,
      before: text,
      after: text,
      dropBefore: text,
      dropAfter: text,
      silenceAfter: text,
      refuse: text,
      hangUp: text,
      password: text,
      seed: text,
    },
  });
  const numbers = ["port", "dropBefore", "dropAfter", "silenceAfter", "seed"];
  const read = Object.entries(values).map(([name, value]) => [
    name,
    numbers.includes(name) ? Number(value) : value,
  ]);
  const options = Object.fromEntries(read) as SinkOptions;
  if (!options.file) throw new Error("--file= is missing");
  return options;
}

if (import.meta.main) {
  endWithParent(process.ppid);
  const sink = await openSink(optionsFrom(process.argv.slice(2)));
  process.stdout.write(`${JSON.stringify({ port: sink.port })}\n`);
}
