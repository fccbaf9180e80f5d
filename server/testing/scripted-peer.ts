// A mail server that does exactly what it is told, decent or not, and remembers every byte it was sent.

import { type AddressInfo, createServer, type Socket } from "node:net";
import tls from "node:tls";
import { certificate } from "./post-office.ts";
import { SmtpReader, withoutDoubledDots } from "./smtp-reader.ts";

/** A reply (without its line end), or something worse. */
export type PeerReply = string | Misdeed;
type Misdeed = "drop" | "reset" | "silence" | { say: string; after: "drop" } | ((socket: Socket) => void);

export type Script = {
  greeting?: PeerReply;
  /** The lines of what it can; null for a server that knows no EHLO. */
  offers?: readonly string[];
  ehlo?: PeerReply;
  starttls?: PeerReply;
  auth?: PeerReply;
  mail?: PeerReply;
  rcpt?: PeerReply;
  /** By the whole line, before `rcpt`. */
  rcptOf?: (line: string) => PeerReply;
  data?: PeerReply;
  /** After so many bytes of the body. */
  inBody?: { after: number; move: PeerReply };
  /** At the dot. */
  end?: PeerReply;
  /** Whether the mail is kept before `end` is played. */
  stores?: boolean;
  rset?: PeerReply;
  security?: "none" | "tls" | "starttls";
  cert?: "localhost" | "elsewhere";
};

export const OFFERS = ["PIPELINING", "SIZE 50000000", "DSN", "SMTPUTF8", "AUTH PLAIN LOGIN XOAUTH2"];

export type ScriptedPeer = {
  port: number;
  /** Bodies it took, dots undoubled. */
  stored: Buffer[];
  commands: string[];
  /** Everything it was sent, TLS taken off. */
  heard: Buffer[];
  connections: number;
  open(): number;
  /** May be changed between two mails. */
  script: Script;
  close(): Promise<void>;
};

const FINE = {
  greeting: "220 peer ready",
  starttls: "220 go on",
  auth: "235 2.7.0 welcome",
  mail: "250 2.1.0 fine",
  rcpt: "250 2.1.5 fine",
  data: "354 go on",
  end: "250 2.0.0 Ok: queued as 4ABC123",
  rset: "250 2.0.0 forgotten",
} as const;

export async function openScripted(script: Script = {}): Promise<ScriptedPeer> {
  const sockets = new Set<Socket>();
  const peer = {
    stored: [],
    commands: [],
    heard: [],
    connections: 0,
    open: () => sockets.size,
    script,
  } as unknown as ScriptedPeer;
  const welcome = (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    peer.connections += 1;
    talk(peer, socket);
    play(socket, peer.script.greeting ?? FINE.greeting);
  };
  const isTls = script.security === "tls";
  const server = isTls
    ? tls.createServer({ ...certificate(script.cert ?? "localhost"), noDelay: true }, welcome)
    : createServer({ noDelay: true }, welcome);
  server.on("tlsClientError", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  peer.port = (server.address() as AddressInfo).port;
  peer.close = () =>
    new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
  return peer;
}

function talk(peer: ScriptedPeer, first: Socket) {
  let socket = first;
  let isSecure = peer.script.security === "tls";
  const reader = new SmtpReader({
    command(line) {
      peer.commands.push(line);
      answer(line.split(" ", 1)[0]?.toUpperCase() ?? "", line);
    },
    body(bytes) {
      const { inBody } = peer.script;
      if (inBody && bytes >= inBody.after) play(socket, inBody.move);
    },
    end(body) {
      if (peer.script.stores ?? true) peer.stored.push(withoutDoubledDots(body));
      play(socket, peer.script.end ?? FINE.end);
    },
  });
  const listen = (to: Socket) =>
    to.on("data", (chunk: Buffer) => {
      peer.heard.push(chunk);
      reader.feed(chunk);
    });
  listen(socket);

  function answer(verb: string, line: string) {
    const { script } = peer;
    if (verb === "EHLO") return play(socket, script.ehlo ?? offered(script, isSecure));
    if (verb === "HELO") return play(socket, "250 peer");
    if (verb === "STARTTLS") return upgrade();
    if (verb === "AUTH") return play(socket, script.auth ?? FINE.auth);
    if (verb === "") return play(socket, "535 5.7.8 token refused"); // what follows a challenge
    if (verb === "MAIL") return play(socket, script.mail ?? FINE.mail);
    if (verb === "RCPT") return play(socket, script.rcptOf?.(line) ?? script.rcpt ?? FINE.rcpt);
    if (verb === "RSET") return play(socket, script.rset ?? FINE.rset);
    if (verb === "QUIT") return play(socket, { say: "221 bye", after: "drop" });
    if (verb !== "DATA") return play(socket, "502 what?");
    const move = script.data ?? FINE.data;
    if (typeof move === "string" && move.startsWith("3")) reader.expectBody();
    play(socket, move);
  }

  function upgrade() {
    const move = peer.script.starttls ?? FINE.starttls;
    play(socket, move);
    if (typeof move !== "string" || !move.startsWith("2")) return;
    reader.forget();
    const plain = socket;
    plain.removeAllListeners("data");
    isSecure = true;
    socket = new tls.TLSSocket(plain, { isServer: true, ...certificate(peer.script.cert ?? "localhost") });
    socket.on("error", () => {});
    listen(socket);
  }
}

function offered({ offers = OFFERS, security }: Script, isSecure: boolean) {
  const lines = ["peer", ...offers, ...(security === "starttls" && !isSecure ? ["STARTTLS"] : [])];
  return lines.map((line, i) => `250${i === lines.length - 1 ? " " : "-"}${line}`).join("\r\n");
}

function play(socket: Socket, move: PeerReply) {
  if (typeof move === "function") return move(socket);
  if (move === "silence") return;
  if (!socket.writable) return;
  if (move === "drop") return socket.destroySoon();
  if (move === "reset") return socket instanceof tls.TLSSocket ? socket.destroy() : socket.resetAndDestroy();
  if (typeof move === "string") return socket.write(`${move}\r\n`);
  socket.end(`${move.say}\r\n`);
}
