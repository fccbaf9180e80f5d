// The recording sink: a mail server that takes everything and writes down what it took, one JSON line per mail, on the
// disk before the sender is told. Whatever else is claimed about a mail, this is the witness.
//
// In a test: `const sink = await openSink({ file })`. As a process of its own, which outlives whoever is killed:
//   node server/testing/sink.ts --file=sink.jsonl --port=0 --before=0-25 --dropAfter=0.03 --seed=7
// It prints {"port":…} when it listens. Options, all of them optional but `file`:
//
//   file            where the lines go; appended to, so a sink that is started again goes on
//   port            0 chooses one
//   security        none, tls (from the first byte) or starttls (offered); the certificate of tests, for localhost
//   before, after   milliseconds before and after storing, as `20` or `0-25`
//   dropBefore      how likely, 0 to 1, the connection is lost after the dot and before storing
//   dropAfter       …after storing, before the reply
//   silenceAfter    …nothing is said after storing, and the connection stays
//   refuse          refusals by phase, `mail=451,rcpt=550:0.1,end=554:0.05`: code, and how likely (always, if not said);
//                   `end=554/5.7.1` says which kind of no; phases: greeting, auth, mail, rcpt, data, end. `rcpt=550@bounce` refuses whoever's address has the word
//   hangUp          where the connection is lost, always: greeting, auth, mail, rcpt, data, body, or answered (after its 250)
//   password        what signs in; anything does, if not said
//   seed            for all of these chances; the same seed and order of mails gives the same run
//
// A line: n (1, 2, 3 …), at (when it was taken), rcpt, nrcpt, message_id, in_reply_to, tokens (every `T:contact:step` in
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

type HangUp = "greeting" | "auth" | "mail" | "rcpt" | "data" | "body" | "answered";

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
 * Somebody who may not know what became of their mail. Left by us: `dropped before` or `after` it was stored, `silent`, or
 * `gone` before they heard our no. `cut`: they left before the dot.
 */
export type Unanswered = {
  message_id: string | null;
  what: "dropped before" | "dropped after" | "silent" | "gone" | "cut";
};

export type Sink = { port: number; close(): Promise<void> };

export type Refusal = {
  phase: string;
  code: number;
  enhanced: string | null;
  share: number;
  word: string | null;
};

/** What every connection of one sink shares. */
export type Temper = Required<Pick<SinkOptions, "dropBefore" | "dropAfter" | "silenceAfter">> & {
  security: "none" | "tls" | "starttls";
  password: string | null;
  hangUp: HangUp | null;
  before: () => number;
  after: () => number;
  refusals: Refusal[];
  chance: Chance;
  store(line: Omit<SinkLine, "n" | "at">): Promise<number>;
  /** Written down beside the lines, in `<file>.unanswered`: whoever sent this cannot know what became of it. */
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
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening").catch((taken) => recording.close().then(() => Promise.reject(taken)));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve(recording.close()));
      }),
  };
}

function temperOf(options: SinkOptions): Omit<Temper, "store" | "noteUnanswered"> {
  const chance = chanceFrom(options.seed ?? 1);
  const delay = (text = "0") => {
    const [least = 0, most = least] = text.split("-").map(Number);
    return () => (most > 0 ? chance.whole(least, most) : 0);
  };
  return {
    security: options.security ?? "none",
    password: options.password ?? null,
    hangUp: options.hangUp ?? null,
    before: delay(options.before),
    after: delay(options.after),
    dropBefore: options.dropBefore ?? 0,
    dropAfter: options.dropAfter ?? 0,
    silenceAfter: options.silenceAfter ?? 0,
    refusals: (options.refuse ?? "").split(",").filter(Boolean).map(readRefusal),
    chance,
  };
}

function readRefusal(text: string): Refusal {
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
