// Tries a mailbox's two servers as sending and reading would: connect, encrypt, sign in, and leave.

import { connect, isIP, type Socket } from "node:net";
import type { MailLogin, Server } from "./mail-server.ts";
import { quoted } from "./server-said.ts";

type ConnectionPhase = "connect" | "tls" | "login";

/** `isLate`: it answered, but so slowly that the whole of it took too long. */
export type Failure = { phase: ConnectionPhase; serverSaid: string | null; isLate?: boolean };

type Pinned = { server: Server; ip: string; login: MailLogin | null; timeoutMs: number };

/** The whole may take so often what one answer may: a byte a second is an answer on its way for ever. */
const WHOLE = 3;
const LATE: Failure = { phase: "connect", serverSaid: null, isLate: true };

/** Null: everything went well. */
export async function testSmtp({ server, ip, login, timeoutMs }: Pinned): Promise<Failure | null> {
  const { createTransport } = await import("nodemailer"); // large, and only who tries a mailbox needs it
  const line = new Line(ip, server.port, timeoutMs);
  const transport = createTransport({
    getSocket: (_options, handOver) => line.open(handOver),
    host: ip,
    port: server.port,
    secure: server.security === "tls",
    requireTLS: server.security === "starttls",
    ignoreTLS: server.security === "none",
    forceAuth: login !== null,
    tls: tlsFor(server.host),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    logger: false,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(login && { auth: smtpAuth(login) }),
  });
  try {
    return await inTime(
      WHOLE * timeoutMs,
      transport.verify().then(
        () => null,
        (error: SmtpError) => smtpFailure(error, login),
      ),
    );
  } finally {
    transport.close();
    line.cut();
  }
}

type HandOver = (error: Error | null, options?: { connection: Socket }) => void;

/** The connection is opened by us, because the library gives us no other way to end it before it ends by itself. */
class Line {
  readonly #ip: string;
  readonly #port: number;
  readonly #timeoutMs: number;
  #socket: Socket | null = null;

  constructor(ip: string, port: number, timeoutMs: number) {
    this.#ip = ip;
    this.#port = port;
    this.#timeoutMs = timeoutMs;
  }

  open(handOver: HandOver) {
    const socket = connect({ host: this.#ip, port: this.#port, noDelay: true });
    this.#socket = socket;
    const late = setTimeout(() => socket.destroy(new Error("no answer")), this.#timeoutMs);
    socket.once("close", () => clearTimeout(late));
    socket.once("error", handOver);
    socket.once("connect", () => {
      clearTimeout(late);
      socket.off("error", handOver);
      handOver(null, { connection: socket });
    });
  }

  cut() {
    this.#socket?.on("error", () => {}); // the test is over; its error is not needed
    this.#socket?.destroy();
  }
}

async function inTime(ms: number, asked: Promise<Failure | null>) {
  const late = Promise.withResolvers<Failure>();
  const timer = setTimeout(() => late.resolve(LATE), ms);
  try {
    return await Promise.race([asked, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function smtpAuth(login: MailLogin) {
  return login.kind === "password"
    ? { user: login.username, pass: login.password }
    : { type: "OAuth2" as const, user: login.username, accessToken: login.accessToken };
}

type SmtpError = Error & { code?: string; originalCode?: string; response?: string };

function smtpFailure(error: SmtpError, login: MailLogin | null): Failure {
  const { code = "", originalCode = "", response } = error;
  if (code === "EAUTH") return { phase: "login", serverSaid: quoted(response, login) };
  if (code === "ETLS" || isTlsTrouble(originalCode))
    return { phase: "tls", serverSaid: quoted(response ?? reasonIn(error), login) };
  return { phase: "connect", serverSaid: quoted(response, login) };
}

export async function testImap({ server, ip, login, timeoutMs }: Pinned): Promise<Failure | null> {
  const { ImapFlow } = await import("imapflow"); // likewise
  const client = new ImapFlow({
    ...imapTarget(server, ip, login),
    verifyOnly: true,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    maxLineLength: 100_000,
    maxLiteralSize: 100_000,
    logger: false,
  });
  client.on("error", () => {}); // the same error also rejects connect(); an event needs a listener
  try {
    return await inTime(
      WHOLE * timeoutMs,
      client.connect().then(
        () => null,
        (error: ImapError) => imapFailure(error, login),
      ),
    );
  } finally {
    client.close();
  }
}

/** Where an IMAP client connects to, how it encrypts, and as whom it signs in. */
export function imapTarget(server: Server, ip: string, login: MailLogin | null) {
  return {
    host: ip,
    port: server.port,
    ...(isIP(server.host) === 0 && { servername: server.host }),
    secure: server.security === "tls",
    ...(server.security !== "tls" && { doSTARTTLS: server.security === "starttls" }),
    tls: { minVersion: "TLSv1.2" as const },
    auth: imapAuth(login),
  };
}

function imapAuth(login: MailLogin | null) {
  if (login?.kind === "oauth") return { user: login.username, accessToken: login.accessToken };
  return { user: login?.username ?? "", pass: login?.password ?? "" };
}

type ImapError = Error & {
  code?: string;
  tlsFailed?: boolean;
  authenticationFailed?: boolean;
  serverResponseCode?: string;
  responseText?: string;
  response?: unknown;
  reason?: string;
};

export function imapFailure(error: ImapError, login: MailLogin | null): Failure {
  const said = [error.responseText, error.response, error.reason].find((text) => typeof text === "string") as
    | string
    | undefined;
  if (error.tlsFailed || isTlsTrouble(error.code ?? ""))
    return { phase: "tls", serverSaid: quoted(said ?? reasonIn(error), login) };
  const isRefused = error.authenticationFailed && said && error.serverResponseCode !== "UNAVAILABLE";
  return { phase: isRefused ? "login" : "connect", serverSaid: quoted(said, login) };
}

/** The certificate must be for the name the person gave, though we connect to the address behind it. */
function tlsFor(host: string) {
  return { minVersion: "TLSv1.2" as const, ...(isIP(host) === 0 && { servername: host }) };
}

function isTlsTrouble(code: string) {
  return /CERT|SSL|TLS|EPROTO|SIGNATURE|ISSUER|CRL/.test(code) && code !== "ECONNRESET";
}

function reasonIn(error: Error) {
  return error.message.split("\n")[0]?.replace(/^Error initiating TLS - /, "");
}
