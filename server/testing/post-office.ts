// Mail servers for tests: a real SMTP server, and an IMAP peer that knows enough to accept or refuse a login.

import { readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import tls from "node:tls";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** Certificates made for tests, valid for a century: for localhost, for another name, and for the names of two domains. */
export function certificate(name: "localhost" | "elsewhere" | "settings") {
  const read = (part: string) =>
    readFileSync(new URL(`../mail/specimens/tls/${name}.${part}.pem`, import.meta.url), "utf8");
  return { key: read("key"), cert: read("cert") };
}

/** Makes this process believe the certificates of tests, as an operator's own authority would be believed. */
export function trustTestCertificates() {
  const own = [certificate("localhost").cert, certificate("elsewhere").cert, certificate("settings").cert];
  tls.setDefaultCACertificates([...tls.getCACertificates("bundled"), ...own]);
}

export type Peer = { port: number; seen: string[]; close(): Promise<void> };

export const LOGIN = { username: "ines", password: "correct-horse-battery" };

/** An SMTP server that lets LOGIN in, by password or by that word as an OAuth token. */
export async function openSmtp(options: SMTPServerOptions = {}): Promise<Peer> {
  const seen: string[] = [];
  const server = new SMTPServer({
    ...certificate("localhost"),
    authMethods: ["PLAIN", "LOGIN", "XOAUTH2"],
    onAuth({ username = "", password, accessToken, method }, _session, done) {
      seen.push(`${method} ${username}`);
      const isRight = username === LOGIN.username && (password ?? accessToken) === LOGIN.password;
      if (isRight) return done(null, { user: username });
      done(new Error(`5.7.8 no such login ${password ?? accessToken}`));
    },
    ...options,
  });
  server.on("error", () => {}); // clients that hang up in the middle are what tests are about
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    seen,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** An IMAP peer: greets, tells what it can, and answers a login as `login` says. */
export function openImap(
  login: (user: string, password: string) => string,
  { greeting = "* OK ready", secure = true, cert = certificate("localhost") } = {},
): Promise<Peer> {
  const seen: string[] = [];
  const talk = (socket: Socket) => {
    socket.on("error", () => {});
    socket.write(`${greeting}\r\n`);
    if (greeting.startsWith("* BYE")) socket.end();
    let rest = "";
    socket.on("data", (chunk) => {
      const lines = (rest + chunk.toString()).split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) socket.write(answerTo(line, login, seen));
    });
  };
  return listening(secure ? tls.createServer(cert, talk) : createServer(talk), seen);
}

function answerTo(line: string, login: (user: string, password: string) => string, seen: string[]) {
  const [tag = "*", verb = "", ...words] = line.split(" ");
  seen.push(verb.toUpperCase());
  switch (verb.toUpperCase()) {
    case "CAPABILITY":
      return `* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\n${tag} OK done\r\n`;
    case "LOGIN":
      return `${tag} ${login(...(words.map((word) => word.replaceAll('"', "")) as [string, string]))}\r\n`;
    case "AUTHENTICATE": {
      const [who = "", how = ""] = Buffer.from(words[1] ?? "", "base64")
        .toString()
        .split("\x01");
      const [user, token] = [who.replace(/^user=/, ""), how.replace(/^auth=Bearer /, "")];
      return `${tag} ${login(user, token)}\r\n`;
    }
    case "LOGOUT":
      return `* BYE bye\r\n${tag} OK done\r\n`;
    default:
      return `${tag} OK done\r\n`;
  }
}

/** Accepts the connection and never says a word. */
export function openSilent(): Promise<Peer> {
  return listening(
    createServer((socket) => socket.on("error", () => {})),
    [],
  );
}

async function listening(server: Server, seen: string[]): Promise<Peer> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => sockets.add(socket));
  server.on("tlsClientError", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
