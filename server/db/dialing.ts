// A connection to one of the database's servers, encrypted as DATABASE_URL asks. The driver can do neither of two things: try
// TLS and go on without it (`prefer`), and choose a server when a connection is opened (`writable-server.ts`).

import { once } from "node:events";
import { createConnection, isIP, type Socket } from "node:net";
import { Duplex } from "node:stream";
import { connect as connectTls, type ConnectionOptions as TlsOptions } from "node:tls";
import type { Tls } from "./database-url.ts";

export type Server = { host: string; port: number };

const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/** What Node checks of the server's certificate. Null: the connection is not encrypted. */
export function tlsOptions({ mode, ...files }: Tls, host: string): TlsOptions | null {
  if (mode === "disable" || host.startsWith("/")) return null;
  if (mode === "verify-full") return files;
  // As in PostgreSQL's own clients: with a root certificate at hand, `require` checks who has signed.
  const isSignedByRoot = mode === "verify-ca" || (mode === "require" && files.ca !== undefined);
  return isSignedByRoot
    ? { ...files, checkServerIdentity: () => undefined }
    : { ...files, rejectUnauthorized: false };
}

export async function dial(server: Server, tls: Tls | null, signal: AbortSignal): Promise<Socket> {
  const { host, port } = server;
  const socket = host.startsWith("/")
    ? createConnection(`${host}/.s.PGSQL.${port}`)
    : createConnection({ host, port });
  socket.setNoDelay(true);
  try {
    await once(socket, "connect", { signal });
    const options = tls && tlsOptions(tls, host);
    return options ? await encrypted(socket, host, options, tls.mode === "prefer", signal) : socket;
  } catch (error) {
    socket.destroy();
    throw signal.aborted ? signal.reason : error;
  }
}

async function encrypted(
  socket: Socket,
  host: string,
  options: TlsOptions,
  mayGoWithout: boolean,
  signal: AbortSignal,
): Promise<Socket> {
  socket.write(SSL_REQUEST);
  const [answer] = (await once(socket, "data", { signal })) as [Buffer];
  if (answer.toString("latin1") === "N" && mayGoWithout) return socket;
  if (answer.toString("latin1") === "N") throw new Error("The server does not support SSL connections");
  // An attacker on the way would have added what follows the one letter: nothing is said before the encryption begins.
  if (answer.toString("latin1") !== "S") throw new Error("There was an error establishing an SSL connection");
  const name = isIP(host) === 0 ? { servername: host } : {};
  const secure = connectTls({ ...options, ...name, host, socket });
  await once(secure, "secureConnect", { signal });
  return secure;
}

/** For the driver, which calls `connect` with the address it was given. Where it leads is decided then. */
export class DialedStream extends Duplex {
  readonly #open: (signal: AbortSignal) => Promise<Socket>;
  readonly #given = new AbortController();
  #socket: Socket | null = null;
  #keepsAliveFrom: number | null = null;
  #unansweredSince: number | null = null;

  constructor(open: (signal: AbortSignal) => Promise<Socket>) {
    super({ allowHalfOpen: false });
    this.#open = open;
  }

  connect() {
    this.#open(this.#given.signal).then(
      (socket) => this.#adopt(socket),
      (error) => this.destroy(error),
    );
    return this;
  }

  #adopt(socket: Socket) {
    if (this.destroyed) return void socket.destroy();
    this.#socket = socket;
    if (this.#keepsAliveFrom !== null) socket.setKeepAlive(true, this.#keepsAliveFrom);
    socket.on("data", (piece) => {
      this.#unansweredSince = null;
      if (!this.push(piece)) socket.pause();
    });
    socket.on("end", () => this.push(null));
    socket.on("error", (error) => this.destroy(error));
    socket.on("close", () => this.destroy());
    this.emit("connect");
  }

  override _read() {
    this.#socket?.resume();
  }

  /** For how long nothing has come back for what was sent. */
  unansweredMs() {
    return this.#unansweredSince === null ? 0 : performance.now() - this.#unansweredSince;
  }

  override _write(piece: Buffer, _encoding: string, done: (error?: Error | null) => void) {
    this.#unansweredSince ??= performance.now();
    this.#socket?.write(piece, done);
  }

  override _writev(pieces: { chunk: Buffer }[], done: (error?: Error | null) => void) {
    this.#unansweredSince ??= performance.now();
    this.#socket?.write(Buffer.concat(pieces.map(({ chunk }) => chunk)), done);
  }

  override _final(done: () => void) {
    if (this.#socket) this.#socket.end(done);
    else done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void) {
    this.#given.abort(error ?? new Error("Connection terminated"));
    this.#socket?.destroy();
    done(error);
  }

  /** It is always off (`dial`). */
  setNoDelay() {
    return this;
  }

  setKeepAlive(_on: boolean, fromMs = 0) {
    this.#keepsAliveFrom = fromMs;
    this.#socket?.setKeepAlive(true, fromMs);
    return this;
  }

  ref() {
    this.#socket?.ref();
    return this;
  }

  unref() {
    this.#socket?.unref();
    return this;
  }
}
