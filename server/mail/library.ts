// How nodemailer's connection is set up: what it is trusted with, and what is kept from it.

import { isIP, type Socket } from "node:net";
import type SMTPConnection from "nodemailer/lib/smtp-connection";
import type { MailLogin, Server } from "./mail-server.ts";

/** Hears every command and reply, passwords and tokens blotted out. */
export type Ear = { sent(line: string): void; heard(text: string): void };

const LARGEST_REPLY = 64 * 1024;
const LONGEST_TIMER = 2 ** 31 - 1; // the library's own clocks are stopped: ours are per phase
const TOKEN_LOGIN = "TOKEN"; // under its real name the library prefers PLAIN, and shows the token as a password

export function optionsFor(
  { server, login, helloName }: { server: Server; login: MailLogin | null; helloName: string },
  socket: Socket | null,
  ear: Ear,
): SMTPConnection.Options {
  return {
    connection: socket ?? undefined,
    host: server.host, // for the certificate; the address was judged, and is connected already
    port: server.port,
    name: helloName,
    secure: server.security === "tls",
    requireTLS: server.security === "starttls",
    ignoreTLS: server.security === "none",
    tls: { minVersion: "TLSv1.2", ...(isIP(server.host) === 0 && { servername: server.host }) },
    connectionTimeout: LONGEST_TIMER,
    greetingTimeout: LONGEST_TIMER,
    socketTimeout: LONGEST_TIMER,
    socketCloseTimeout: 0,
    maxResponseSize: LARGEST_REPLY,
    ...(login?.kind === "oauth" && { customAuth: { [TOKEN_LOGIN]: showToken } }),
    transactionLog: true,
    logger: logTo(ear),
  };
}

function logTo(ear: Ear) {
  const deaf = () => {};
  const debug = ({ tnx }: { tnx?: string }, line: unknown) => {
    if (tnx === "client") ear.sent(String(line));
    if (tnx === "server") ear.heard(String(line));
  };
  return { trace: deaf, debug, info: deaf, warn: deaf, error: deaf, fatal: deaf };
}

export function authFor(login: MailLogin): SMTPConnection.AuthenticationType {
  if (login.kind === "password") return { user: login.username, pass: login.password };
  const { username, accessToken } = login;
  return { method: TOKEN_LOGIN, user: username, pass: accessToken };
}

/** A refused token is answered by a challenge, which an empty line turns into the refusal it is. */
async function showToken({ auth, sendCommand }: SMTPConnection.CustomAuthenticationContext) {
  const { user = "", pass = "" } = auth.credentials;
  const token = Buffer.from(`user=${user}\x01auth=Bearer ${pass}\x01\x01`).toString("base64");
  const first = await sendCommand(`AUTH XOAUTH2 ${token}`);
  const last = first.response.startsWith("334") ? await sendCommand("") : first;
  if (!last.response.startsWith("235")) throw new Error("refused");
}

export function reasonIn(error: Error) {
  return (error.message.split("\n")[0] ?? "").replace(/^Error initiating TLS - /, "");
}
