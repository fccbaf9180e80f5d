// Tries a mailbox's two servers as sending and reading would: connect, encrypt, sign in, and leave.

import { isIP } from "node:net";
import type { Login, Server } from "./mail-server.ts";
import { quoted } from "./server-said.ts";

export type Phase = "connect" | "tls" | "login";

export type Failure = { phase: Phase; serverSaid: string | null };

type Pinned = { server: Server; ip: string; login: Login | null; timeoutMs: number };

/** Null: everything went well. */
export async function testSmtp({ server, ip, login, timeoutMs }: Pinned): Promise<Failure | null> {
  const { createTransport } = await import("nodemailer"); // large, and only who tries a mailbox needs it
  const transport = createTransport({
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
    await transport.verify();
    return null;
  } catch (error) {
    return smtpFailure(error as SmtpError, login);
  } finally {
    transport.close();
  }
}

function smtpAuth(login: Login) {
  return login.kind === "password"
    ? { user: login.username, pass: login.password }
    : { type: "OAuth2" as const, user: login.username, accessToken: login.accessToken };
}

type SmtpError = Error & { code?: string; originalCode?: string; response?: string };

function smtpFailure(error: SmtpError, login: Login | null): Failure {
  const { code = "", originalCode = "", response } = error;
  if (code === "EAUTH") return { phase: "login", serverSaid: quoted(response, login) };
  if (code === "ETLS" || isTlsTrouble(originalCode))
    return { phase: "tls", serverSaid: quoted(response ?? reasonIn(error), login) };
  return { phase: "connect", serverSaid: quoted(response, login) };
}

export async function testImap({ server, ip, login, timeoutMs }: Pinned): Promise<Failure | null> {
  const { ImapFlow } = await import("imapflow"); // likewise
  const client = new ImapFlow({
    host: ip,
    port: server.port,
    ...(isIP(server.host) === 0 && { servername: server.host }),
    secure: server.security === "tls",
    ...(server.security !== "tls" && { doSTARTTLS: server.security === "starttls" }),
    tls: { minVersion: "TLSv1.2" },
    auth: imapAuth(login),
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
    await client.connect();
    return null;
  } catch (error) {
    return imapFailure(error as ImapError, login);
  } finally {
    client.close();
  }
}

export function imapAuth(login: Login | null) {
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

export function imapFailure(error: ImapError, login: Login | null): Failure {
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
